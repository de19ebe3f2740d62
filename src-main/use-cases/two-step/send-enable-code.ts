import type { Actor } from '../../domain/actor.ts';
import { auditEntry, oneself } from '../../domain/audit.ts';
import type { ChallengePurpose } from '../../domain/challenge.ts';
import { done, type Outcome, refused, settle } from '../../domain/errors.ts';
import { enrollableMethods } from '../../domain/policy.ts';
import { mayEditTwoStep } from '../../domain/sign-in.ts';
import type { Instant, Method } from '../../domain/values.ts';
import type { Deps } from '../../ports/deps.ts';
import type { Tx } from '../../ports/store.ts';
import { type CodeView, viewCode } from '../codes/code-view.ts';
import { issueCode } from '../codes/issue-code.ts';
import { stillStands } from '../sessions/authenticate.ts';
import { mayUseEmail, type StepUpPurpose, whyTwoStepNeeded } from './step-up.ts';

/**
 * Sends the code that will prove the mailbox (R2, R13). Nothing is enrolled yet (S25).
 * @throws {DomainError} `surfaceForbidden` (R1), `twoStepAlreadyActive`, `twoStepDisabledByPolicy`, `methodUnavailable`,
 *   `resendTooSoon`, `tooManyCodes`
 */
export async function sendEnableCode(deps: Deps, by: Actor, method: Method): Promise<CodeView> {
  return sendOwnCode(deps, by, 'enable', async (tx) => {
    if (by.account.twoStep === 'active') return refused('twoStepAlreadyActive');
    const { policy } = await tx.workspace.policy();
    if (policy.enforcement === 'off') return refused('twoStepDisabledByPolicy');
    return enrollableMethods(policy).includes(method) ? done(undefined) : refused('methodUnavailable');
  });
}

/**
 * Sends the code that will prove a sensitive act on an account whose two-step verification is active (R8, R9).
 * @throws {DomainError} `surfaceForbidden`, `twoStepOff`, `enrolYourselfFirst`, `methodUnavailable`, `resendTooSoon`, `tooManyCodes`
 */
export async function sendProofCode(deps: Deps, by: Actor, purpose: StepUpPurpose): Promise<CodeView> {
  return sendOwnCode(deps, by, purpose, async (tx, now) => {
    if (by.account.twoStep === 'off') return refused(whyTwoStepNeeded(purpose) ?? 'twoStepOff');
    return (await mayUseEmail(tx, by.account, now)) ? done(undefined) : refused('methodUnavailable');
  });
}

/**
 * Sends a code for an act on or by one’s own account, once `check` permits it; a refusal is on record. Whoever was signed out
 * or suspended meanwhile is sent nothing: `notSignedIn`.
 */
export async function sendOwnCode(
  deps: Deps,
  { account, session, caller }: Actor,
  purpose: ChallengePurpose,
  check: (tx: Tx, now: Instant) => Promise<Outcome<undefined>>,
): Promise<CodeView> {
  const now = deps.clock.now();
  const outcome = await deps.store.transaction(async (tx) => {
    const permit = async () => {
      if (!mayEditTwoStep(caller.surface)) return refused('surfaceForbidden');
      return (await stillStands(tx, session)) ? check(tx, now) : refused('notSignedIn');
    };
    const permitted = await permit();
    const issued =
      permitted.kind === 'refused' ? permitted : await issueCode(deps, tx, account, purpose, session.id, now);
    const detail = { purpose, method: 'email' as const };
    if (issued.kind === 'refused') {
      const reason = issued.error.code;
      const kind = reason === 'surfaceForbidden' ? 'surfaceRefused' : 'codeRefused';
      await tx.audit.append(auditEntry(kind, now, caller, oneself(account.id), { ...detail, reason }));
      return issued;
    }
    await tx.audit.append(auditEntry('codeSent', now, caller, oneself(account.id), detail));
    return done(await viewCode(tx, issued.value));
  });
  return settle(outcome);
}
