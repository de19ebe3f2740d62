import type { Account } from '../../domain/account.ts';
import { auditEntry, stranger } from '../../domain/audit.ts';
import { done, type Outcome } from '../../domain/errors.ts';
import type { PolicyInForce } from '../../domain/policy.ts';
import { PENDING_LIFETIME } from '../../domain/session.ts';
import { hashToken } from '../../domain/token.ts';
import type { TrustChange, TrustToken } from '../../domain/trusted-device.ts';
import type { Caller, Instant, ProofMethod } from '../../domain/values.ts';
import type { Deps } from '../../ports/deps.ts';
import type { Tx } from '../../ports/store.ts';
import { issueCode } from '../codes/issue-code.ts';
import { carriedFor, recogniseDevice, renewTrust } from '../trust/recognise-device.ts';
import { enter } from './enter.ts';
import { refuseSignIn, weighSignIn } from './weigh-sign-in.ts';

/** Where an accepted password leads; the tokens are for the carrier (cookie or host jar) alone. */
export interface PasswordAccepted {
  readonly next: 'signedIn' | 'secondStep' | 'enrol';
  readonly token: string;
  /** Null where the carrier keeps what it had. */
  readonly trust: TrustChange | null;
}

/**
 * Inside the transaction that found the password right: in, on to the second step, to enrolling, or out, as policy has it
 * (R14, R18, R20, R26).
 * @param held what the carrier is known by as a trusted device
 */
export async function letIn(
  deps: Pick<Deps, 'random' | 'vault' | 'clock'>,
  tx: Tx,
  caller: Caller,
  account: Account,
  held: readonly TrustToken[],
  now: Instant,
): Promise<Outcome<PasswordAccepted>> {
  const inForce = await tx.workspace.policy();
  const { device, forget } = await recogniseDevice(deps, tx, caller, account, inForce, held, now);
  const state = { trusted: device !== null, proven: false };
  const { decision, exemption } = await weighSignIn(deps, tx, caller, account, inForce, state, now);
  const trust: TrustChange | null =
    forget.length > 0 ? { keep: null, forget, lasts: carriedFor(inForce.policy.trust) } : null;
  switch (decision.kind) {
    case 'deny':
      return refuseSignIn(tx, caller, account, decision, now);
    case 'prove':
      return done({
        next: 'secondStep',
        trust,
        token: await askForMore(deps, tx, caller, account, inForce, decision.methods, now),
      });
    case 'enrol': {
      const entry = { exemption, provenWith: null, scope: 'enrolOnly' as const };
      return done({ next: 'enrol', trust, token: await enter(deps, tx, account, caller, entry, now) });
    }
    case 'admit': {
      const renewed = decision.trusted && device ? await renewTrust(deps, tx, device, inForce, now) : null;
      if (decision.trusted && !renewed) return letIn(deps, tx, caller, account, [], now);
      const entry = { exemption, provenWith: renewed && ('trustedDevice' as const), scope: 'full' as const };
      const token = await enter(deps, tx, account, caller, entry, now);
      return done({ next: 'signedIn', trust: renewed ? { ...renewed, forget } : trust, token });
    }
  }
}

/** Opens the second step, and sends the code where e-mail comes first. */
async function askForMore(
  deps: Pick<Deps, 'random' | 'vault'>,
  tx: Tx,
  caller: Caller,
  account: Account,
  { version }: PolicyInForce,
  [first]: readonly ProofMethod[],
  now: Instant,
): Promise<string> {
  const id = deps.random.id();
  const token = deps.random.token();
  await tx.pendingSignIns.add({
    id,
    accountId: account.id,
    tokenHash: hashToken(token),
    epoch: account.epoch,
    policyVersion: version,
    surface: caller.surface,
    recoveryTries: 0,
    createdAt: now,
    expiresAt: now + PENDING_LIFETIME,
  });
  await tx.audit.append(auditEntry('passwordAccepted', now, caller, stranger(account.id)));
  if (first === 'email') {
    // A code over the hourly cap is not sent; the screen then says so and offers the other ways.
    const sent = await issueCode(deps, tx, account, 'signIn', id, now);
    const kind = sent.kind === 'done' ? 'codeSent' : 'codeRefused';
    await tx.audit.append(auditEntry(kind, now, caller, stranger(account.id), { purpose: 'signIn', method: 'email' }));
  }
  return token;
}
