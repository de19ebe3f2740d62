import type { Role } from '../../domain/account.ts';
import type { Actor } from '../../domain/actor.ts';
import { auditEntry } from '../../domain/audit.ts';
import { refused } from '../../domain/errors.ts';
import { isPromotion, isUsableOwner, mayGrant } from '../../domain/role.ts';
import type { Deps } from '../../ports/deps.ts';
import type { Tx } from '../../ports/store.ts';
import { enqueueLetter } from '../delivery/enqueue-letter.ts';
import { meansIn, type StepUp } from '../two-step/step-up.ts';
import { decideUserAct, MANAGES_USERS, type Sides } from './act-on-user.ts';
import { doProven } from './proven-act.ts';

/**
 * Gives somebody another role, after step-up. It holds from their very next call (S39); of two who demote each other, the
 * second is no longer who could (S40). A higher role is not had by what came before it without a second step: trusted devices
 * and sessions of the password alone end (S33). Gives the acting session's new token.
 * @throws {DomainError} see `decideUserAct`, `doProven`; `targetOutranks` for a role one may not give, `stateUnfit`,
 *   `lastOwner` (R40)
 */
export async function changeRole(
  deps: Deps,
  by: Actor,
  { id, role }: { readonly id: string; readonly role: Role },
  stepUp: StepUp,
): Promise<string> {
  const what = { name: 'changeRole', targetId: id, needs: MANAGES_USERS, oneself: 'refused' as const };
  const token = await doProven<Sides>(deps, by, stepUp, {
    ...what,
    purpose: 'roles',
    async decide(tx) {
      const sides = await decideUserAct(tx, by, what);
      if (sides.kind === 'refused') return sides;
      const { actor, target } = sides.value;
      if (!mayGrant(actor.role, role)) return refused('targetOutranks');
      if (target.role === role) return refused('stateUnfit');
      return (await leavesAnOwner(tx, target.id)) ? sides : refused('lastOwner');
    },
    async act(tx, { actor, target }, now) {
      await tx.accounts.change(id, { role });
      if (isPromotion(target.role, role)) await endUnproven(tx, id);
      await enqueueLetter(deps, tx, target, { kind: 'roleChanged', at: now, by: actor.name, role }, now);
      const parties = { actorId: actor.id, targetId: id };
      const detail = { ...meansIn(stepUp), before: target.role, after: role };
      await tx.audit.append(auditEntry('roleChanged', now, by.caller, parties, detail));
    },
  });
  deps.bell.ring(`session:${id}`);
  return token;
}

/** What the account has open, or would open, without a second step of its own. */
async function endUnproven(tx: Tx, accountId: string): Promise<void> {
  await tx.trustedDevices.removeAllFor(accountId);
  for (const { id, provenWith } of await tx.sessions.listFor(accountId)) {
    if (provenWith === null || provenWith === 'trustedDevice') await tx.sessions.remove(id);
  }
}

/** Whether the workspace has a usable owner besides this account (R40, S40). */
export async function leavesAnOwner(tx: Tx, exceptId: string): Promise<boolean> {
  return (await tx.accounts.privileged()).some((account) => account.id !== exceptId && isUsableOwner(account));
}
