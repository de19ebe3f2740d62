import type { Account } from '../../domain/account.ts';
import type { Actor } from '../../domain/actor.ts';
import { auditEntry, oneself } from '../../domain/audit.ts';
import { maskEmail, parseEmail } from '../../domain/email-address.ts';
import { DomainError, done, type Outcome, refused, settle } from '../../domain/errors.ts';
import { isLocked } from '../../domain/lockout.ts';
import { mayEditTwoStep } from '../../domain/sign-in.ts';
import type { Instant } from '../../domain/values.ts';
import type { Deps } from '../../ports/deps.ts';
import type { Tx } from '../../ports/store.ts';
import { type CodeAnswer, weighAnswer } from '../codes/answer-code.ts';
import { type CodeView, viewCode } from '../codes/code-view.ts';
import { issueCode } from '../codes/issue-code.ts';
import { tellOfLock } from '../codes/record-failure.ts';
import { reservePassword, takeBackPassword, weighPassword } from '../codes/weigh-password.ts';
import { enqueueLetter } from '../delivery/enqueue-letter.ts';
import { issueOneTimeCode } from '../recovery/issue-one-time-code.ts';
import { startNewEpoch } from '../sessions/start-new-epoch.ts';
import { decideStepUp, meansIn, type StepUp, weighStepUp } from '../two-step/step-up.ts';

export interface AddressWanted {
  readonly newEmail: string;
  readonly currentPassword: string;
}

/**
 * Sends a code to the new address, after the current password, so that nobody's mailbox is flooded from an open session
 * (S23). That another account has the address is said only once its mailbox has answered: nobody learns here who else there is.
 * @throws {DomainError} `invalidInput`, `surfaceForbidden`, `notSignedIn`, `locked`, `currentPasswordRejected`,
 *   `resendTooSoon`, `tooManyCodes`
 */
export async function sendNewAddressCode(deps: Deps, by: Actor, wanted: AddressWanted): Promise<CodeView> {
  const { store, clock } = deps;
  const { caller, session } = by;
  const now = clock.now();
  const address = parseEmail(wanted.newEmail);
  const fault = !address ? 'Enter an address like name@example.org.' : 'This is your address already.';
  if (!address || address.key === by.account.emailKey) {
    throw new DomainError('invalidInput', { fields: { newEmail: fault } });
  }
  const reservation = await store.transaction(async (tx) => {
    const account = await tx.accounts.find(by.account.id);
    const permitted =
      mayEditTwoStep(caller.surface) && account?.epoch === session.epoch && !isLocked(account.throttle, now);
    return permitted ? reservePassword(tx, account, now) : null;
  });
  const right = await weighPassword(deps, reservation, wanted.currentPassword);
  const outcome = await store.transaction(async (tx) => {
    const current = await tx.accounts.find(by.account.id);
    const account = current && reservation && right ? await takeBackPassword(tx, current, reservation) : current;
    const decide = async (): Promise<Outcome<CodeView>> => {
      if (!mayEditTwoStep(caller.surface)) return refused('surfaceForbidden');
      if (!account || account.epoch !== session.epoch) return refused('notSignedIn');
      if (!reservation) return refused('locked', { until: account.throttle.lockedUntil });
      if (!right) {
        await tellOfLock(deps, tx, reservation.account, reservation.reserved, now);
        return refused('currentPasswordRejected');
      }
      const issued = await issueCode(deps, tx, account, 'confirmEmail', session.id, now, address.email);
      return issued.kind === 'refused' ? issued : done(await viewCode(tx, issued.value));
    };
    const decided = await decide();
    const kind = decided.kind === 'done' ? 'codeSent' : 'codeRefused';
    const reason = decided.kind === 'refused' ? { reason: decided.error.code } : {};
    const detail = { purpose: 'confirmEmail' as const, method: 'email' as const, ...reason };
    await tx.audit.append(auditEntry(kind, now, caller, oneself(by.account.id), detail));
    return decided;
  });
  return settle(outcome);
}

/**
 * Changes the address to the one that the code was sent to (R12, S23): current password, a proof where two-step verification
 * is active, and the code. The old address is told, with a code that stops the change for three days; other sessions end.
 * Gives the acting session's new token.
 * @throws {DomainError} see `decideStepUp`; `codeRejected`, `challengeBurnt`, `challengeExpired`, `emailTaken`
 */
export async function changeEmail(deps: Deps, by: Actor, stepUp: StepUp, answer: CodeAnswer): Promise<string> {
  const now = deps.clock.now();
  const weighed = await weighStepUp(deps, by, 'changeEmail', stepUp);
  const outcome = await deps.store.transaction(async (tx) => {
    const address = parseEmail((await tx.challenges.find(answer.challengeId))?.sentTo ?? '');
    const place = { purpose: 'confirmEmail' as const, boundTo: by.session.id };
    const check = async (account: Account): Promise<Outcome<unknown>> => {
      const weighedCode = await weighAnswer(deps, tx, account, place, answer, now);
      if (weighedCode.kind === 'refused' || !address) return weighedCode;
      return (await tx.accounts.findByEmailKey(address.key)) ? refused('emailTaken') : done(undefined);
    };
    const decided = await decideStepUp(deps, tx, by, 'changeEmail', stepUp, weighed, now, check);
    if (decided.kind === 'refused') return decided;
    const account = decided.value;
    if (!address || !(await tx.challenges.redeem(answer.challengeId))) return refused('challengeExpired');
    await tx.oneTimeCodes.voidFor(account.id, 'resetPassword');
    const token = await startNewEpoch(deps, tx, account, by, { email: address.email, emailKey: address.key });
    await tellBoth(deps, tx, account, address.email, by, now);
    const detail = { ...meansIn(stepUp), before: maskEmail(account.email), after: maskEmail(address.email) };
    await tx.audit.append(auditEntry('emailChanged', now, by.caller, oneself(account.id), detail));
    return done(token);
  });
  deps.bell.ring(`session:${by.account.id}`);
  return settle(outcome);
}

async function tellBoth(deps: Deps, tx: Tx, account: Account, newEmail: string, { caller }: Actor, now: Instant) {
  const { code, expiresAt } = await issueOneTimeCode(deps, tx, account, 'undoEmailChange', account.email, now);
  const about = { at: now, client: caller.client };
  await enqueueLetter(deps, tx, account, { kind: 'emailChanged', ...about, undoCode: code, expiresAt }, now);
  await enqueueLetter(deps, tx, { ...account, email: newEmail }, { kind: 'emailConfirmed', ...about }, now);
}
