import type { Actor } from '../../domain/actor.ts';
import { auditEntry, oneself } from '../../domain/audit.ts';
import { done, refused, settle } from '../../domain/errors.ts';
import { NO_FAILURES } from '../../domain/lockout.ts';
import type { Deps } from '../../ports/deps.ts';
import { enqueueLetter } from '../delivery/enqueue-letter.ts';
import { startNewEpoch } from '../sessions/start-new-epoch.ts';
import { mayDisable } from './may-disable.ts';
import { decideStepUp, meansIn, type StepUp, weighStepUp } from './step-up.ts';

/**
 * Switches two-step verification off (R8): factors and recovery codes are gone for good (S28), other sessions end
 * (S27). Gives the acting session's new token.
 * @throws {DomainError} `enforcementApplies` (R30); see `decideStepUp`
 */
export async function disableTwoStep(deps: Deps, by: Actor, stepUp: StepUp): Promise<string> {
  const now = deps.clock.now();
  const weighed = await weighStepUp(deps, by, 'disable', stepUp);
  const outcome = await deps.store.transaction(async (tx) => {
    const decided = await decideStepUp(deps, tx, by, 'disable', stepUp, weighed, now, async (account) =>
      (await mayDisable(tx, account, now)) ? done(undefined) : refused('enforcementApplies'),
    );
    if (decided.kind === 'refused') return decided;
    const account = decided.value;
    await tx.factors.removeAllFor(account.id);
    await tx.recoveryCodes.removeAllFor(account.id);
    const token = await startNewEpoch(deps, tx, account, by, { twoStep: 'off', throttle: NO_FAILURES });
    await enqueueLetter(deps, tx, account, { kind: 'twoStepDisabled', at: now, client: by.caller.client }, now);
    await tx.audit.append(auditEntry('twoStepDisabled', now, by.caller, oneself(account.id), meansIn(stepUp)));
    return done(token);
  });
  deps.bell.ring(`session:${by.account.id}`);
  return settle(outcome);
}
