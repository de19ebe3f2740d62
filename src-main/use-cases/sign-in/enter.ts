import type { Account } from '../../domain/account.ts';
import { auditEntry, oneself } from '../../domain/audit.ts';
import type { Exemption } from '../../domain/compliance.ts';
import { NO_FAILURES } from '../../domain/lockout.ts';
import { isUsableOwner } from '../../domain/role.ts';
import type { Session } from '../../domain/session.ts';
import type { Caller, Instant } from '../../domain/values.ts';
import type { Deps } from '../../ports/deps.ts';
import type { Tx } from '../../ports/store.ts';
import { enqueueLetter } from '../delivery/enqueue-letter.ts';
import { openSession } from '../sessions/open-session.ts';

/** How somebody who proved themself comes in. */
export interface Entry {
  readonly exemption: Exemption;
  readonly provenWith: Session['provenWith'];
  readonly scope: Session['scope'];
}

/**
 * Inside the transaction that accepted the last proof: opens the session. Failures are forgotten with a full sign-in only:
 * a session for enrolling waits for a code yet (S11). Every owner hears of a break-glass account that is used (R37).
 */
export async function enter(
  deps: Pick<Deps, 'random' | 'vault'>,
  tx: Tx,
  account: Account,
  caller: Caller,
  { exemption, provenWith, scope }: Entry,
  now: Instant,
): Promise<string> {
  const throttle = scope === 'full' ? { throttle: NO_FAILURES } : {};
  await tx.accounts.change(account.id, { ...throttle, lastSignInAt: now });
  await tx.audit.append(auditEntry('signedIn', now, caller, oneself(account.id), detailOf(provenWith, scope)));
  if (exemption.breakGlass) await tellOfBreakGlass(deps, tx, account, caller, now);
  return openSession(deps, tx, account, caller, provenWith, now, scope);
}

function detailOf(provenWith: Session['provenWith'], scope: Session['scope']) {
  const reason = scope === 'enrolOnly' ? { reason: scope } : {};
  if (provenWith === 'trustedDevice') return { reason: provenWith };
  return provenWith === null ? reason : { method: provenWith, ...reason };
}

async function tellOfBreakGlass(
  deps: Pick<Deps, 'random' | 'vault'>,
  tx: Tx,
  { id, name }: Account,
  caller: Caller,
  now: Instant,
): Promise<void> {
  await tx.audit.append(auditEntry('breakGlassUsed', now, caller, oneself(id)));
  for (const owner of (await tx.accounts.privileged()).filter(isUsableOwner)) {
    await enqueueLetter(deps, tx, owner, { kind: 'breakGlassUsed', at: now, who: name, client: caller.client }, now);
  }
}
