import { stranger } from '../../domain/audit.ts';
import { isLocked } from '../../domain/lockout.ts';
import type { Policy } from '../../domain/policy.ts';
import { mailCountsFrom, usableMethods } from '../../domain/sign-in.ts';
import type { Caller, Instant, ProofMethod } from '../../domain/values.ts';
import type { Deps } from '../../ports/deps.ts';
import { type CodeView, viewCode } from '../codes/code-view.ts';
import { denyAccess } from '../sessions/authenticate.ts';
import { findPending } from './find-pending.ts';
import { meansOf } from './means-of.ts';

/** What the second step's screen shows. */
export interface PendingView {
  /** Preferred first, recovery codes last (R16). */
  readonly methods: readonly ProofMethod[];
  readonly code: CodeView | null;
  readonly lockedUntil: Instant | null;
  /** After a reset by mail, when a code by mail will do again; null when it does (R19). */
  readonly mailCountsFrom: Instant | null;
  /** For how long this computer may be remembered; null where policy allows none (R18). */
  readonly remember: Exclude<Policy['trust'], 'never'> | null;
  readonly expiresAt: Instant;
  readonly now: Instant;
}

/** @throws {DomainError} `signInExpired` */
export async function seePending(deps: Deps, caller: Caller, token: string | null): Promise<PendingView> {
  const { store, clock } = deps;
  const now = clock.now();
  const view = await store.read(async (tx) => {
    const found = await findPending(tx, token, now);
    if (!found) return null;
    const {
      pending,
      account,
      inForce: { policy },
    } = found;
    const challenge = await tx.challenges.findLatest(account.id, 'signIn', pending.id);
    return {
      methods: usableMethods(policy, account, await meansOf(tx, account.id), now),
      code: challenge && (await viewCode(tx, challenge)),
      lockedUntil: isLocked(account.throttle, now) ? account.throttle.lockedUntil : null,
      mailCountsFrom: now < mailCountsFrom(account) ? mailCountsFrom(account) : null,
      remember: policy.trust === 'never' || clock.isWrong() ? null : policy.trust,
      expiresAt: pending.expiresAt,
      now,
    };
  });
  return view ?? denyAccess(deps, caller, stranger(null), 'open.signIn.pending', 'signInExpired');
}

/** Whether this token still stands for a sign-in that waits for its second step. */
export async function isPending(deps: Deps, token: string | null): Promise<boolean> {
  return (await pendingAccountId(deps, token)) !== null;
}

/** Whose sign-in waits under this token, null for none. */
export async function pendingAccountId({ store, clock }: Deps, token: string | null): Promise<string | null> {
  const now = clock.now();
  const found = await store.read((tx) => findPending(tx, token, now));
  return found?.account.id ?? null;
}
