import type { Account } from '../../domain/account.ts';
import type { Actor } from '../../domain/actor.ts';
import { auditEntry } from '../../domain/audit.ts';
import { DomainError, refused } from '../../domain/errors.ts';
import type { Instant } from '../../domain/values.ts';
import type { Deps } from '../../ports/deps.ts';
import type { Tx } from '../../ports/store.ts';
import { enqueueLetter } from '../delivery/enqueue-letter.ts';
import { meansIn, type StepUp } from '../two-step/step-up.ts';
import { decideUserAct, type Sides } from './act-on-user.ts';
import { endPresence } from './end-presence.ts';
import { doProven } from './proven-act.ts';
import { REASON_WANTED, readReason } from './read-reason.ts';

const NEEDS = [['helpDesk', 'manage']] as const;

/**
 * For somebody who lost mailbox and codes (R41, until there are cases): factors, recovery codes, trusted devices, sessions
 * and whatever is half done die; their next sign-in opens nothing but enrolment. Password and address stay theirs (S42).
 * Every address known of them is told. Gives the acting session's new token.
 * @throws {DomainError} `invalidInput` without a reason; see `decideUserAct`, `doProven`; `forbidden` where policy has it
 *   switched off, `stateUnfit` when there is nothing to reset
 */
export async function resetTwoStep(
  deps: Deps,
  by: Actor,
  { id, reason }: { readonly id: string; readonly reason: string },
  stepUp: StepUp,
): Promise<string> {
  const written = readReason(reason);
  if (written === null) throw new DomainError('invalidInput', { fields: { reason: REASON_WANTED } });
  const what = { name: 'resetTwoStep', targetId: id, needs: NEEDS, oneself: 'refused' as const };
  const token = await doProven<Sides>(deps, by, stepUp, {
    ...what,
    purpose: 'resetTwoStep',
    async decide(tx) {
      const sides = await decideUserAct(tx, by, what);
      if (sides.kind === 'refused') return sides;
      if ((await tx.workspace.policy()).policy.adminReset === 'off') return refused('forbidden');
      return sides.value.target.twoStep === 'active' ? sides : refused('stateUnfit');
    },
    async act(tx, { actor, target }, now) {
      await takeFactors(tx, target, now);
      for (const email of await knownAddresses(tx, target, now)) {
        await enqueueLetter(deps, tx, { ...target, email }, { kind: 'twoStepReset', at: now, by: actor.name }, now);
      }
      const parties = { actorId: actor.id, targetId: id };
      const detail = { ...meansIn(stepUp), reason: written };
      await tx.audit.append(auditEntry('twoStepReset', now, by.caller, parties, detail));
    },
  });
  deps.bell.ring(`session:${id}`);
  return token;
}

async function takeFactors(tx: Tx, target: Account, now: Instant): Promise<void> {
  const mustEnrolSince = Math.max(now, (target.joinedAt ?? 0) + 1); // never the time of joining, which means another thing
  await tx.accounts.change(target.id, { twoStep: 'off', mustEnrolSince, epoch: target.epoch + 1 });
  await tx.factors.removeAllFor(target.id);
  await tx.recoveryCodes.removeAllFor(target.id);
  await tx.trustedDevices.removeAllFor(target.id);
  await endPresence(tx, target.id);
  await tx.oneTimeCodes.voidFor(target.id, 'resetPassword');
}

/** The present address, and those that could still take back a change away from them: whoever took the account over may hold the present one (R41). */
async function knownAddresses(tx: Tx, { id, email }: Account, now: Instant): Promise<ReadonlySet<string>> {
  const undoable = await tx.oneTimeCodes.openFor(id, 'undoEmailChange', now);
  return new Set([email, ...undoable.map(({ sentTo }) => sentTo)]);
}
