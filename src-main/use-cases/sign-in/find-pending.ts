import type { Account } from '../../domain/account.ts';
import type { Policy } from '../../domain/policy.ts';
import { isPendingLive, type PendingSignIn } from '../../domain/session.ts';
import { hashToken, isToken } from '../../domain/token.ts';
import type { Instant } from '../../domain/values.ts';
import type { Tx } from '../../ports/store.ts';

export interface PendingFound {
  readonly pending: PendingSignIn;
  readonly account: Account;
  readonly policy: Policy;
}

/**
 * Inside a transaction: the pending sign-in of this token with account and policy as they are now; null when there
 * is none, it is over, or password, factors or policy changed since it began (S3, S15).
 */
export async function findPending(tx: Tx, token: string | null, now: Instant): Promise<PendingFound | null> {
  if (!isToken(token)) return null;
  const pending = await tx.pendingSignIns.findByTokenHash(hashToken(token));
  const account = pending && (await tx.accounts.find(pending.accountId));
  if (!pending || !account) return null;
  const { policy, version } = await tx.workspace.policy();
  return isPendingLive(pending, account, version, now) ? { pending, account, policy } : null;
}
