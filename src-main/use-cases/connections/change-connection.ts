import type { Actor } from '../../domain/actor.ts';
import { type AuditDetail, auditEntry } from '../../domain/audit.ts';
import { done, type Outcome, refused, settle } from '../../domain/errors.ts';
import { may } from '../../domain/role.ts';
import { hashToken } from '../../domain/token.ts';
import type { Deps } from '../../ports/deps.ts';
import type { Tx } from '../../ports/store.ts';
import { decideStepUp, meansIn, type StepUp, weighStepUp } from '../two-step/step-up.ts';

/**
 * A change to how the workspace sends, after step-up: whoever holds the mail holds the codes. It is audited with what
 * was before and after, letters that wait are due at once, and the acting session goes on under a new token (S16).
 * @param change inside the transaction: does it, and says what to put on record
 * @returns the acting session's new token
 * @throws {DomainError} `forbidden`, what `change` refuses, and see `decideStepUp`
 */
export async function changeConnection(
  deps: Deps,
  by: Actor,
  stepUp: StepUp,
  change: (tx: Tx) => Promise<Outcome<AuditDetail>>,
): Promise<string> {
  const now = deps.clock.now();
  const weighed = await weighStepUp(deps, by, 'connections', stepUp);
  const outcome = await deps.store.transaction(async (tx) => {
    const decided = await decideStepUp(deps, tx, by, 'connections', stepUp, weighed, now);
    if (decided.kind === 'refused') return decided;
    const parties = { actorId: by.account.id, targetId: null };
    if (!may((await tx.roles.matrix())[decided.value.role], 'connections', 'manage')) {
      await tx.audit.append(auditEntry('accessDenied', now, by.caller, parties, { reason: 'connections' }));
      return refused('forbidden');
    }
    const changed = await change(tx);
    if (changed.kind === 'refused') return changed;
    await tx.outbox.hasten(now);
    const token = deps.random.token();
    await tx.sessions.rotate(by.session.id, hashToken(token), decided.value.epoch);
    const detail = { ...meansIn(stepUp), ...changed.value };
    await tx.audit.append(auditEntry('connectionChanged', now, by.caller, parties, detail));
    return done(token);
  });
  return settle(outcome);
}
