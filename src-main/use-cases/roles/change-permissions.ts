import type { Account, Role } from '../../domain/account.ts';
import type { Actor } from '../../domain/actor.ts';
import { auditEntry } from '../../domain/audit.ts';
import { done, refused } from '../../domain/errors.ts';
import { isFixed, type Module, type Permissions } from '../../domain/role.ts';
import type { Deps } from '../../ports/deps.ts';
import { meansIn, type StepUp } from '../two-step/step-up.ts';
import { decidePermission, MANAGES_USERS } from '../users/act-on-user.ts';
import { doProven } from '../users/proven-act.ts';

/** Bell topic for whoever sees what the roles may; to be rung after the commit that changed it. */
export const ROLES_TOPIC = 'roles';

/**
 * Sets what a role may (R40), after step-up; owners only. It holds from the very next call of everybody who has it (S39).
 * Gives the acting session's new token.
 * @throws {DomainError} `forbidden`; `invalidInput` for what cannot be edited away, `stateUnfit` when nothing would
 *   change; see `doProven`
 */
export async function changePermissions(
  deps: Deps,
  by: Actor,
  { role, permissions }: { readonly role: Role; readonly permissions: Permissions },
  stepUp: StepUp,
): Promise<string> {
  const token = await doProven<{ readonly actor: Account; readonly before: Permissions }>(deps, by, stepUp, {
    name: 'changePermissions',
    targetId: null,
    purpose: 'roles',
    async decide(tx) {
      const permitted = await decidePermission(tx, by, MANAGES_USERS);
      if (permitted.kind === 'refused') return permitted;
      if (permitted.value.role !== 'owner') return refused('forbidden');
      const before = (await tx.roles.matrix())[role];
      const changed = changedModules(before, permissions);
      if (changed.some((module) => isFixed(role, module))) {
        return refused('invalidInput', { fields: { permissions: 'This permission belongs to the role for good.' } });
      }
      return changed.length > 0 ? done({ actor: permitted.value, before }) : refused('stateUnfit');
    },
    async act(tx, { actor, before }, now) {
      await tx.roles.put(role, permissions, now);
      const changed = changedModules(before, permissions);
      const inWords = (of: Permissions) => `${role}: ${changed.map((module) => `${module} ${of[module]}`).join(', ')}`;
      const parties = { actorId: actor.id, targetId: null };
      const detail = { ...meansIn(stepUp), before: inWords(before), after: inWords(permissions) };
      await tx.audit.append(auditEntry('rolesChanged', now, by.caller, parties, detail));
    },
  });
  deps.bell.ring(ROLES_TOPIC);
  return token;
}

function changedModules(before: Permissions, after: Permissions): Module[] {
  return (Object.keys(before) as Module[]).filter((module) => before[module] !== after[module]);
}
