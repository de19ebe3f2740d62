import type { Account } from '../../domain/account.ts';
import type { Actor } from '../../domain/actor.ts';
import { auditEntry, oneself } from '../../domain/audit.ts';
import { done, type Outcome, refused } from '../../domain/errors.ts';
import { isLocked, LOCK_AFTER } from '../../domain/lockout.ts';
import { readRecoveryCode } from '../../domain/recovery-codes.ts';
import { mayEditTwoStep, usableMethods } from '../../domain/sign-in.ts';
import type { Instant, ProofMethod } from '../../domain/values.ts';
import type { Deps } from '../../ports/deps.ts';
import type { RecoveryCode, Tx } from '../../ports/store.ts';
import { answerCode, type CodeAnswer } from '../codes/answer-code.ts';
import { recordFailure, tellOfLock } from '../codes/record-failure.ts';
import { spendRecoveryCode, weighRecoveryCode } from '../codes/spend-recovery-code.ts';
import { type Reservation, reservePassword, takeBackPassword, weighPassword } from '../codes/weigh-password.ts';
import { stillStands } from '../sessions/authenticate.ts';
import { meansOf } from '../sign-in/means-of.ts';

/** The second half of a step-up: a code sent for this very act, or a recovery code (R8, R12). */
export type Proof =
  | ({ readonly method: 'email' } & CodeAnswer)
  | { readonly method: 'recoveryCode'; readonly code?: unknown };

/**
 * Current password and proof for one sensitive act: a session alone, however it was opened, never suffices (R7, S26).
 * The proof may be null only while two-step verification is off: then there is nothing stronger than the password.
 */
export interface StepUp {
  readonly currentPassword: string;
  readonly proof: Proof | null;
}

/** What an act was proven with, for its entry in the audit log (R43); nothing where the password was all there is. */
export function meansIn({ proof }: Pick<StepUp, 'proof'>): { readonly method?: ProofMethod } {
  return proof ? { method: proof.method } : {};
}

export type StepUpPurpose =
  | 'disable'
  | 'newRecoveryCodes'
  | 'changeEmail'
  | 'deleteAccount'
  | 'connections'
  | 'roles'
  | 'resetTwoStep'
  | 'clock'
  | 'allowlist';

/** Acts on two-step verification itself, which there must be. */
const NEEDS_TWO_STEP: readonly StepUpPurpose[] = ['disable', 'newRecoveryCodes'];

/** Acts on others, which take two steps of whoever does them. */
const NEEDS_OWN: readonly StepUpPurpose[] = ['roles', 'resetTwoStep', 'allowlist'];

/** What the refusal is for whose two-step verification is off; null where the password is as strong as it gets. */
export function whyTwoStepNeeded(purpose: StepUpPurpose): 'twoStepOff' | 'enrolYourselfFirst' | null {
  if (NEEDS_OWN.includes(purpose)) return 'enrolYourselfFirst';
  return NEEDS_TWO_STEP.includes(purpose) ? 'twoStepOff' : null;
}

/** What the slow hashes said, before the transaction that decides. */
export interface WeighedStepUp {
  readonly reservation: Reservation | null;
  readonly passwordRight: boolean;
  readonly recoveryCode: RecoveryCode | null;
}

/** Outside any transaction: counts, then weighs, password and recovery code. */
export async function weighStepUp(
  deps: Deps,
  by: Actor,
  purpose: StepUpPurpose,
  { currentPassword, proof }: StepUp,
): Promise<WeighedStepUp> {
  const now = deps.clock.now();
  const typed = proof?.method === 'recoveryCode' ? readRecoveryCode(proof.code) : null;
  const { reservation, stored } = await deps.store.transaction(async (tx) => {
    const account = await tx.accounts.find(by.account.id);
    // What is refused whatever the answer is not weighed, or a right password would be left counted as wrong.
    const permitted =
      mayEditTwoStep(by.caller.surface) &&
      account?.epoch === by.session.epoch &&
      hasWhatItTakes(account, purpose, proof) &&
      !isLocked(account.throttle, now);
    return {
      reservation: permitted ? await reservePassword(tx, account, now) : null,
      stored: typed && (await tx.recoveryCodes.findUnused(by.account.id, typed.selector)),
    };
  });
  const passwordRight = await weighPassword(deps, reservation, currentPassword);
  const proven = passwordRight && proof?.method === 'recoveryCode' && (await weighRecoveryCode(deps, stored, typed));
  return { reservation, passwordRight, recoveryCode: proven ? stored : null };
}

function hasWhatItTakes(account: Account, purpose: StepUpPurpose, proof: Proof | null): boolean {
  return account.twoStep === 'active' ? proof !== null : whyTwoStepNeeded(purpose) === null;
}

/** What else the act needs: asked once the password is right, and before a proof is spent on it. */
export type Check = (account: Account) => Promise<Outcome<unknown>>;

/**
 * Inside the transaction of the act: decides the step-up, audits a refusal, and gives the account as it is now.
 * Refusals: `surfaceForbidden`, `notSignedIn`, `twoStepOff`, `enrolYourselfFirst`, `proofNeeded`, `methodUnavailable`, `locked`, `currentPasswordRejected`, `codeRejected`,
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
  check: Check = async () => done(undefined),
): Promise<Outcome<Account>> {
  const outcome = await decide(deps, tx, by, purpose, proof, weighed, now, check);
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
  proof: Proof | null,
  { reservation, passwordRight, recoveryCode }: WeighedStepUp,
  now: Instant,
  check: Check,
): Promise<Outcome<Account>> {
  if (!mayEditTwoStep(caller.surface)) return refused('surfaceForbidden');
  const current = await tx.accounts.find(id);
  const account = current && reservation && passwordRight ? await takeBackPassword(tx, current, reservation) : current;
  if (!account || !(await stillStands(tx, session))) return refused('notSignedIn');
  if (!hasWhatItTakes(account, purpose, proof)) {
    return account.twoStep === 'off' ? refused(whyTwoStepNeeded(purpose) ?? 'twoStepOff') : refused('proofNeeded');
  }
  if (!reservation) return refused('locked', { until: account.throttle.lockedUntil });
  if (!passwordRight) {
    await tellOfLock(deps, tx, reservation.account, reservation.reserved, now);
    return refused('currentPasswordRejected');
  }
  const checked = await check(account);
  if (checked.kind === 'refused') return checked;
  if (account.twoStep === 'off' || proof === null) return done(account);
  if (proof.method === 'email') {
    if (!(await mayUseEmail(tx, account, now))) return refused('methodUnavailable');
    const answered = await answerCode(deps, tx, account, { purpose, boundTo: session.id }, proof, now);
    return answered.kind === 'refused' ? answered : done(account);
  }
  if (isLocked(account.throttle, now)) return refused('locked', { until: account.throttle.lockedUntil });
  const left = recoveryCode && (await spendRecoveryCode(deps, tx, account, caller, recoveryCode, now));
  if (left !== null) return done(account);
  const { failures } = await recordFailure(deps, tx, account, now);
  return refused('recoveryCodeRejected', { triesLeft: LOCK_AFTER - (failures % LOCK_AFTER || LOCK_AFTER) });
}

/** Whether the mailbox counts as a proof now: not in the day after a reset by mail, where there is another way (R19, S22). */
export async function mayUseEmail(tx: Tx, account: Account, now: Instant): Promise<boolean> {
  const { policy } = await tx.workspace.policy();
  return usableMethods(policy, account, await meansOf(tx, account.id), now).includes('email');
}
