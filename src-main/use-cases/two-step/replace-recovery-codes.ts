import type { Actor } from '../../domain/actor.ts';
import { auditEntry, oneself } from '../../domain/audit.ts';
import { done, settle } from '../../domain/errors.ts';
import { NO_FAILURES } from '../../domain/lockout.ts';
import type { Deps } from '../../ports/deps.ts';
import { enqueueLetter } from '../delivery/enqueue-letter.ts';
import { startNewEpoch } from '../sessions/start-new-epoch.ts';
import type { RecoveryCodesShown } from './enable-two-step.ts';
import { drawNewRecoveryCodes } from './new-recovery-codes.ts';
import { decideStepUp, meansIn, type StepUp, weighStepUp } from './step-up.ts';

/**
 * New recovery codes without switching off (R9): the old set dies (R10), other sessions end (S27).
 * @throws {DomainError} see `decideStepUp`
 */
export async function replaceRecoveryCodes(deps: Deps, by: Actor, stepUp: StepUp): Promise<RecoveryCodesShown> {
  const now = deps.clock.now();
  const weighed = await weighStepUp(deps, by, 'newRecoveryCodes', stepUp);
  const codes = weighed.passwordRight ? await drawNewRecoveryCodes(deps) : { shown: [], stored: [] };
  const outcome = await deps.store.transaction(async (tx) => {
    const decided = await decideStepUp(deps, tx, by, 'newRecoveryCodes', stepUp, weighed, now);
    if (decided.kind === 'refused') return decided;
    const account = decided.value;
    await tx.recoveryCodes.replaceAll(account.id, codes.stored, now);
    const token = await startNewEpoch(deps, tx, account, by, { throttle: NO_FAILURES });
    await enqueueLetter(deps, tx, account, { kind: 'recoveryCodesReplaced', at: now, client: by.caller.client }, now);
    await tx.audit.append(auditEntry('recoveryCodesReplaced', now, by.caller, oneself(account.id), meansIn(stepUp)));
    return done({ recoveryCodes: codes.shown, token });
  });
  deps.bell.ring(`session:${by.account.id}`);
  return settle(outcome);
}
