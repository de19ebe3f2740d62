import type { Account } from '../../domain/account.ts';
import { auditEntry, oneself } from '../../domain/audit.ts';
import { NO_FAILURES } from '../../domain/lockout.ts';
import type { PendingSignIn } from '../../domain/session.ts';
import type { Caller, Instant, ProofMethod } from '../../domain/values.ts';
import type { Deps } from '../../ports/deps.ts';
import type { Tx } from '../../ports/store.ts';
import { openSession } from '../sessions/open-session.ts';

/**
 * Inside the transaction that used up the proof: ends the pending sign-in and opens the session, both or neither
 * (S74). Null when a parallel call was faster (S7).
 */
export async function finishSignIn(
  deps: Pick<Deps, 'random'>,
  tx: Tx,
  pending: PendingSignIn,
  account: Account,
  caller: Caller,
  method: ProofMethod,
  now: Instant,
): Promise<string | null> {
  if (!(await tx.pendingSignIns.remove(pending.id))) return null;
  await tx.accounts.change(account.id, { throttle: NO_FAILURES, lastSignInAt: now });
  const factor = (await tx.factors.listFor(account.id)).find((candidate) => candidate.method === method);
  if (factor) await tx.factors.touch(factor.id, now);
  await tx.audit.append(auditEntry('signedIn', now, caller, oneself(account.id), { method }));
  return openSession(deps, tx, account, caller, method, now);
}
