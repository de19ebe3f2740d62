import type { Actor } from '../../domain/actor.ts';
import { auditEntry, oneself } from '../../domain/audit.ts';
import { done, refused, settle } from '../../domain/errors.ts';
import { isUsableOwner } from '../../domain/role.ts';
import type { Deps } from '../../ports/deps.ts';
import { enqueueLetter } from '../delivery/enqueue-letter.ts';
import { decideStepUp, meansIn, type StepUp, weighStepUp } from '../two-step/step-up.ts';
import { eraseAccount } from './erase-account.ts';

/**
 * Deletes one's own account: name, address, phone, password, factors, codes and sessions are gone; the id stays, so that the
 * audit log keeps its meaning without a name. The address may be used again. Where codes went is swept within a day of
 * their end, as ever.
 * @throws {DomainError} see `decideStepUp`; `lastOwner` (R40)
 */
export async function deleteAccount(deps: Deps, by: Actor, stepUp: StepUp): Promise<void> {
  const now = deps.clock.now();
  const weighed = await weighStepUp(deps, by, 'deleteAccount', stepUp);
  const outcome = await deps.store.transaction(async (tx) => {
    const decided = await decideStepUp(deps, tx, by, 'deleteAccount', stepUp, weighed, now, async ({ role }) => {
      const owners = (await tx.accounts.privileged()).filter(isUsableOwner);
      return role === 'owner' && owners.length === 1 ? refused('lastOwner') : done(undefined);
    });
    if (decided.kind === 'refused') return decided;
    const account = decided.value;
    await enqueueLetter(deps, tx, account, { kind: 'accountDeleted', at: now, client: by.caller.client }, now);
    await eraseAccount(tx, account, now);
    await tx.audit.append(auditEntry('accountDeleted', now, by.caller, oneself(account.id), meansIn(stepUp)));
    return done(undefined);
  });
  deps.bell.ring(`session:${by.account.id}`);
  return settle(outcome);
}
