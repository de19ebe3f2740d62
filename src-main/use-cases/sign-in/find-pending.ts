import type { Account } from '../../domain/account.ts';
import type { PolicyInForce } from '../../domain/policy.ts';
import { isPendingLive, type PendingSignIn } from '../../domain/session.ts';
import { hashToken, isToken } from '../../domain/token.ts';
import type { Instant } from '../../domain/values.ts';
import type { Tx } from '../../ports/store.ts';

export interface PendingFound {
  readonly pending: PendingSignIn;
  readonly account: Account;
  readonly inForce: PolicyInForce;
}

/**
 * Inside a transaction: the pending sign-in of this token with account and policy as they are now; null when there
 * is none, it is over, or password, factors or policy changed since it began, or the account was suspended (S3, S15).
 */
export async function findPending(tx: Tx, token: string | null, now: Instant): Promise<PendingFound | null> {
  if (!isToken(token)) return null;
  const pending = await tx.pendingSignIns.findByTokenHash(hashToken(token));
  const account = pending && (await tx.accounts.find(pending.accountId));
  if (!pending || !account || account.suspendedAt !== null) return null;
  const inForce = await tx.workspace.policy();
  return isPendingLive(pending, account, inForce.version, now) ? { pending, account, inForce } : null;
}
