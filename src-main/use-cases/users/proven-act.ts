import type { Account } from '../../domain/account.ts';
import type { Actor } from '../../domain/actor.ts';
import { done, type Outcome, refused, settle } from '../../domain/errors.ts';
import { hashToken } from '../../domain/token.ts';
import type { Instant } from '../../domain/values.ts';
import type { Deps } from '../../ports/deps.ts';
import type { Tx } from '../../ports/store.ts';
import { decideStepUp, type StepUp, weighStepUp } from '../two-step/step-up.ts';
import { onRecord } from './act-on-user.ts';

export interface ProvenAct<D> {
  readonly name: string;
  readonly targetId: string | null;
  readonly purpose: 'roles' | 'resetTwoStep' | 'allowlist';
  /** Whether it may be done at all; asked before the person is, and again in the transaction that does it. */
  decide(tx: Tx): Promise<Outcome<D & { readonly actor: Account }>>;
  act(tx: Tx, decided: D & { readonly actor: Account }, now: Instant): Promise<void>;
}

/**
 * An act on others that takes the acting person's password and second step: their own two-step verification must be active,
 * or a stolen password would reach as far as they do. Their session goes on under a new token (S16), which is the result.
 * @throws {DomainError} what `decide` refuses, `enrolYourselfFirst`, and see `decideStepUp`
 */
export async function doProven<D>(deps: Deps, by: Actor, stepUp: StepUp, what: ProvenAct<D>): Promise<string> {
  const now = deps.clock.now();
  const decide = (tx: Tx) =>
    onRecord(tx, by, what, now, async () => {
      const decided = await what.decide(tx);
      if (decided.kind === 'refused') return decided;
      return decided.value.actor.twoStep === 'active' ? decided : refused('enrolYourselfFirst');
    });
  settle(await deps.store.transaction(decide)); // whoever may not must not spend a code to learn it
  const weighed = await weighStepUp(deps, by, what.purpose, stepUp);
  const outcome = await deps.store.transaction(async (tx) => {
    const proven = await decideStepUp(deps, tx, by, what.purpose, stepUp, weighed, now);
    if (proven.kind === 'refused') return proven;
    const decided = await decide(tx);
    if (decided.kind === 'refused') return decided;
    await what.act(tx, decided.value, now);
    const token = deps.random.token();
    await tx.sessions.rotate(by.session.id, hashToken(token), proven.value.epoch);
    return done(token);
  });
  return settle(outcome);
}

export interface SometimesProven<D> extends ProvenAct<D> {
  /** Whether it gives more than may be given without a proof, as things are in the transaction that does it. */
  needsProof(decided: D & { readonly actor: Account }): boolean;
}

/**
 * An act that takes a step-up only where it gives somebody more than before. Without one, whatever else speaks against the act
 * is said first, so that nobody proves anything in vain.
 * @param stepUp null where none came with it; one that came is weighed, needed or not
 * @returns the acting session's new token; null where nothing was proven
 * @throws {DomainError} what `decide` refuses; `proofNeeded`, or `enrolYourselfFirst` to who has no second step, where a
 *   step-up is needed and none came; see `doProven`
 */
export async function doProvenIfNeeded<D>(
  deps: Deps,
  by: Actor,
  stepUp: StepUp | null,
  what: SometimesProven<D>,
): Promise<string | null> {
  if (stepUp) return doProven(deps, by, stepUp, what);
  const now = deps.clock.now();
  const outcome = await deps.store.transaction((tx) =>
    onRecord(tx, by, what, now, async (): Promise<Outcome<null>> => {
      const decided = await what.decide(tx);
      if (decided.kind === 'refused') return decided;
      if (what.needsProof(decided.value)) {
        return refused(decided.value.actor.twoStep === 'active' ? 'proofNeeded' : 'enrolYourselfFirst');
      }
      await what.act(tx, decided.value, now);
      return done(null);
    }),
  );
  return settle(outcome);
}
