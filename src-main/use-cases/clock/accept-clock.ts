import type { Actor } from '../../domain/actor.ts';
import { auditEntry } from '../../domain/audit.ts';
import { done, refused, settle } from '../../domain/errors.ts';
import type { Deps } from '../../ports/deps.ts';
import { openSession } from '../sessions/open-session.ts';
import { decideStepUp, meansIn, type StepUp, weighStepUp } from '../two-step/step-up.ts';

/**
 * An owner says that this computer's clock is right (S37). After a wrong mark everything begun or granted under it is void,
 * and nothing in the store is left to lie in the future. Gives the acting owner's new session's token.
 * @throws {DomainError} `forbidden`; `stateUnfit` when nobody doubts the clock; see `decideStepUp`
 */
export async function acceptClock(deps: Deps, by: Actor, stepUp: StepUp): Promise<string> {
  const { store, clock } = deps;
  const now = clock.now();
  const weighed = await weighStepUp(deps, by, 'clock', stepUp);
  const outcome = await store.transaction(async (tx) => {
    const decided = await decideStepUp(deps, tx, by, 'clock', stepUp, weighed, now, async ({ role }) => {
      if (role !== 'owner') return refused('forbidden');
      return clock.isWrong() || clock.isDoubted() ? done(undefined) : refused('stateUnfit');
    });
    if (decided.kind === 'refused') return decided;
    const account = decided.value;
    const at = clock.isWrong() ? clock.claimed() : now;
    if (at < now) {
      await tx.sessions.removeAll();
      await tx.sessions.forgetFuture(at);
      await tx.outbox.hasten(at);
      const { policy, requiredSince } = await tx.workspace.policy();
      if (requiredSince !== null && requiredSince > at) await tx.workspace.changePolicy(policy, at, at);
    }
    await tx.sessions.remove(by.session.id);
    const token = await openSession(deps, tx, account, by.caller, by.session.provenWith, at);
    const parties = { actorId: account.id, targetId: null };
    const detail = { ...meansIn(stepUp), before: String(now), after: String(at) };
    await tx.audit.append(auditEntry('clockAccepted', at, by.caller, parties, detail));
    return done({ token, at });
  });
  const { token, at } = settle(outcome);
  clock.accept(at);
  return token;
}
