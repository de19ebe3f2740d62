import type { Account } from '../../domain/account.ts';
import type { Actor } from '../../domain/actor.ts';
import { type AuditKind, auditEntry } from '../../domain/audit.ts';
import { type DomainCode, done, type Outcome, refused, settle } from '../../domain/errors.ts';
import { isLocked, LOCK_AFTER } from '../../domain/lockout.ts';
import { readRecoveryCode } from '../../domain/recovery-codes.ts';
import { may } from '../../domain/role.ts';
import { mayEditTwoStep } from '../../domain/sign-in.ts';
import { hashToken } from '../../domain/token.ts';
import type { Instant } from '../../domain/values.ts';
import type { Deps } from '../../ports/deps.ts';
import type { RecoveryCode, Tx } from '../../ports/store.ts';
import { answerCode } from '../codes/answer-code.ts';
import type { CodeView } from '../codes/code-view.ts';
import { recordFailure } from '../codes/record-failure.ts';
import { spendRecoveryCode, weighRecoveryCode } from '../codes/spend-recovery-code.ts';
import { stillStands } from '../sessions/authenticate.ts';
import { sendOwnCode } from '../two-step/send-enable-code.ts';
import { mayUseEmail, type Proof } from '../two-step/step-up.ts';

/** Bell topic for whoever sees the policy; to be rung after the commit that changed it, or what is excepted from it. */
export const POLICY_TOPIC = 'policy';

/** What an act on policy came to, and the acting session's new token (S16). */
export interface Confirmed<T> {
  readonly value: T;
  readonly token: string;
}

/**
 * An act on the workspace's policy, confirmed by a code mailed for it or by a recovery code (R24, R27, R28, R29). The
 * permission is read again inside the transaction, what the act needs is asked before a proof is spent on it, and every
 * refusal is on record.
 * @param check inside the transaction: whether the act may be done, and what it then needs
 * @param act inside the same one: does it and puts it on record
 * @throws {DomainError} `surfaceForbidden`, `notSignedIn`, `forbidden`, what `check` refuses, `methodUnavailable`, `locked`,
 * `codeRejected`, `challengeBurnt`, `challengeExpired`, `recoveryCodeRejected`
 */
export async function confirmAct<C, T>(
  deps: Deps,
  by: Actor,
  proof: Proof,
  check: (tx: Tx, account: Account, now: Instant) => Promise<Outcome<C>>,
  act: (tx: Tx, checked: C, now: Instant) => Promise<T>,
): Promise<Confirmed<T>> {
  const now = deps.clock.now();
  const recoveryCode = await weighProof(deps, by, proof);
  const outcome = await deps.store.transaction(async (tx): Promise<Outcome<Confirmed<T>>> => {
    const decided = await decide(deps, tx, by, proof, recoveryCode, check, now);
    if (decided.kind === 'refused') {
      const reason = decided.error.code;
      const parties = { actorId: by.account.id, targetId: null };
      const detail = { purpose: 'policy' as const, reason };
      await tx.audit.append(auditEntry(REFUSAL_KIND[reason] ?? 'policyRefused', now, by.caller, parties, detail));
      return decided;
    }
    const value = await act(tx, decided.value.checked, now);
    const token = deps.random.token();
    await tx.sessions.rotate(by.session.id, hashToken(token), decided.value.account.epoch);
    return done({ value, token });
  });
  const confirmed = settle(outcome);
  deps.bell.ring(POLICY_TOPIC);
  return confirmed;
}

/** How a refusal is put on record; what the act itself refuses is `policyRefused`. */
const REFUSAL_KIND: Partial<Record<DomainCode, AuditKind>> = {
  surfaceForbidden: 'surfaceRefused',
  notSignedIn: 'accessDenied',
  forbidden: 'accessDenied',
  methodUnavailable: 'stepUpRejected',
  locked: 'stepUpRejected',
  codeRejected: 'stepUpRejected',
  challengeBurnt: 'stepUpRejected',
  challengeExpired: 'stepUpRejected',
  recoveryCodeRejected: 'stepUpRejected',
};

/**
 * Sends the code that will confirm an act on policy. Whoever has two-step verification off has nothing stronger than it.
 * @throws {DomainError} `surfaceForbidden`, `locked`, `methodUnavailable`, `resendTooSoon`, `tooManyCodes`
 */
export async function sendPolicyCode(deps: Deps, by: Actor): Promise<CodeView> {
  return sendOwnCode(deps, by, 'policy', async (tx, now) => {
    const { throttle } = by.account;
    if (isLocked(throttle, now)) return refused('locked', { until: throttle.lockedUntil }); // no code would be weighed
    return (await mailCounts(tx, by.account, now)) ? done(undefined) : refused('methodUnavailable');
  });
}

/** Outside any transaction: the recovery code that was typed, if there is one and it is right. */
async function weighProof(deps: Deps, by: Actor, proof: Proof): Promise<RecoveryCode | null> {
  if (proof.method !== 'recoveryCode') return null;
  const typed = readRecoveryCode(proof.code);
  const stored = typed && (await deps.store.read((tx) => tx.recoveryCodes.findUnused(by.account.id, typed.selector)));
  return (await weighRecoveryCode(deps, stored, typed)) ? stored : null;
}

async function decide<C>(
  deps: Deps,
  tx: Tx,
  { caller, session, account: { id } }: Actor,
  proof: Proof,
  recoveryCode: RecoveryCode | null,
  check: (tx: Tx, account: Account, now: Instant) => Promise<Outcome<C>>,
  now: Instant,
): Promise<Outcome<{ account: Account; checked: C }>> {
  if (!mayEditTwoStep(caller.surface)) return refused('surfaceForbidden');
  const account = await tx.accounts.find(id);
  if (!account || account.suspendedAt !== null || !(await stillStands(tx, session))) return refused('notSignedIn');
  if (!may((await tx.roles.matrix())[account.role], 'generalSettings', 'manage')) return refused('forbidden');
  const checked = await check(tx, account, now);
  if (checked.kind === 'refused') return checked;
  const proven = await decideProof(deps, tx, { caller, session, account }, proof, recoveryCode, now);
  return proven.kind === 'refused' ? proven : done({ account, checked: checked.value });
}

async function decideProof(
  deps: Deps,
  tx: Tx,
  { caller, session, account }: Actor,
  proof: Proof,
  recoveryCode: RecoveryCode | null,
  now: Instant,
): Promise<Outcome<unknown>> {
  if (isLocked(account.throttle, now)) return refused('locked', { until: account.throttle.lockedUntil });
  if (proof.method === 'email') {
    if (!(await mailCounts(tx, account, now))) return refused('methodUnavailable');
    return answerCode(deps, tx, account, { purpose: 'policy', boundTo: session.id }, proof, now);
  }
  const left = recoveryCode && (await spendRecoveryCode(deps, tx, account, caller, recoveryCode, now));
  if (left !== null) return done(left);
  const { failures } = await recordFailure(deps, tx, account, now);
  return refused('recoveryCodeRejected', { triesLeft: LOCK_AFTER - (failures % LOCK_AFTER || LOCK_AFTER) });
}

async function mailCounts(tx: Tx, account: Account, now: Instant): Promise<boolean> {
  return account.twoStep === 'off' || mayUseEmail(tx, account, now);
}
