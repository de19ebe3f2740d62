import type { Account } from '../../domain/account.ts';
import type { Actor } from '../../domain/actor.ts';
import { auditEntry, oneself } from '../../domain/audit.ts';
import { done, type Outcome, refused } from '../../domain/errors.ts';
import { isLocked, LOCK_AFTER } from '../../domain/lockout.ts';
import { readRecoveryCode } from '../../domain/recovery-codes.ts';
import { mayEditTwoStep } from '../../domain/sign-in.ts';
import type { Instant } from '../../domain/values.ts';
import type { Deps } from '../../ports/deps.ts';
import type { RecoveryCode, Tx } from '../../ports/store.ts';
import { answerCode, type CodeAnswer } from '../codes/answer-code.ts';
import { recordFailure, tellOfLock } from '../codes/record-failure.ts';
import { spendRecoveryCode, weighRecoveryCode } from '../codes/spend-recovery-code.ts';
import { type Reservation, reservePassword, takeBackPassword, weighPassword } from '../codes/weigh-password.ts';

/** The second half of a step-up: a code sent for this very act, or a recovery code (R8, R12). */
export type Proof =
  | ({ readonly method: 'email' } & CodeAnswer)
  | { readonly method: 'recoveryCode'; readonly code?: unknown };

/** Current password and proof for one sensitive act: a session alone, however it was opened, never suffices (R7, S26). */
export interface StepUp {
  readonly currentPassword: string;
  readonly proof: Proof;
}

export type StepUpPurpose = 'disable' | 'newRecoveryCodes';

/** What the slow hashes said, before the transaction that decides. */
export interface WeighedStepUp {
  readonly reservation: Reservation | null;
  readonly passwordRight: boolean;
  readonly recoveryCode: RecoveryCode | null;
}

/** Outside any transaction: counts, then weighs, password and recovery code. */
export async function weighStepUp(deps: Deps, by: Actor, { currentPassword, proof }: StepUp): Promise<WeighedStepUp> {
  const now = deps.clock.now();
  const typed = proof.method === 'recoveryCode' ? readRecoveryCode(proof.code) : null;
  const { reservation, stored } = await deps.store.transaction(async (tx) => {
    const account = await tx.accounts.find(by.account.id);
    // What is refused whatever the answer is not weighed, or a right password would be left counted as wrong.
    const permitted =
      mayEditTwoStep(by.caller.surface) &&
      account?.epoch === by.session.epoch &&
      account.twoStep === 'active' &&
      !isLocked(account.throttle, now);
    return {
      reservation: permitted ? await reservePassword(tx, account, now) : null,
      stored: typed && (await tx.recoveryCodes.findUnused(by.account.id, typed.selector)),
    };
  });
  const passwordRight = await weighPassword(deps, reservation, currentPassword);
  const proven = passwordRight && proof.method === 'recoveryCode' && (await weighRecoveryCode(deps, stored, typed));
  return { reservation, passwordRight, recoveryCode: proven ? stored : null };
}

/**
 * Inside the transaction of the act: decides the step-up, audits a refusal, and gives the account as it is now.
 * Refusals: `surfaceForbidden`, `notSignedIn`, `twoStepOff`, `locked`, `currentPasswordRejected`, `codeRejected`,
 * `challengeBurnt`, `challengeExpired`, `recoveryCodeRejected`.
 */
export async function decideStepUp(
  deps: Deps,
  tx: Tx,
  by: Actor,
  purpose: StepUpPurpose,
  { proof }: StepUp,
  weighed: WeighedStepUp,
  now: Instant,
): Promise<Outcome<Account>> {
  const outcome = await decide(deps, tx, by, purpose, proof, weighed, now);
  if (outcome.kind === 'refused') {
    const reason = outcome.error.code;
    const kind = reason === 'surfaceForbidden' ? 'surfaceRefused' : 'stepUpRejected';
    await tx.audit.append(auditEntry(kind, now, by.caller, oneself(by.account.id), { purpose, reason }));
  }
  return outcome;
}

async function decide(
  deps: Deps,
  tx: Tx,
  { caller, session, account: { id } }: Actor,
  purpose: StepUpPurpose,
  proof: Proof,
  { reservation, passwordRight, recoveryCode }: WeighedStepUp,
  now: Instant,
): Promise<Outcome<Account>> {
  if (!mayEditTwoStep(caller.surface)) return refused('surfaceForbidden');
  const current = await tx.accounts.find(id);
  const account = current && reservation && passwordRight ? await takeBackPassword(tx, current, reservation) : current;
  if (!account || account.epoch !== session.epoch) return refused('notSignedIn');
  if (account.twoStep === 'off') return refused('twoStepOff');
  if (!reservation) return refused('locked', { until: account.throttle.lockedUntil });
  if (!passwordRight) {
    await tellOfLock(deps, tx, reservation.account, reservation.reserved, now);
    return refused('currentPasswordRejected');
  }
  if (proof.method === 'email') {
    const answered = await answerCode(deps, tx, account, { purpose, boundTo: session.id }, proof, now);
    return answered.kind === 'refused' ? answered : done(account);
  }
  if (isLocked(account.throttle, now)) return refused('locked', { until: account.throttle.lockedUntil });
  const left = recoveryCode && (await spendRecoveryCode(deps, tx, account, caller, recoveryCode, now));
  if (left !== null) return done(account);
  const { failures } = await recordFailure(deps, tx, account, now);
  return refused('recoveryCodeRejected', { triesLeft: LOCK_AFTER - (failures % LOCK_AFTER || LOCK_AFTER) });
}
