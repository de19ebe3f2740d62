import type { Account, Role } from '../../domain/account.ts';
import type { Actor } from '../../domain/actor.ts';
import { auditEntry } from '../../domain/audit.ts';
import { done, refused } from '../../domain/errors.ts';
import { isPrivileged, mayGrant } from '../../domain/role.ts';
import type { Deps } from '../../ports/deps.ts';
import { newAccount } from '../set-up/create-workspace.ts';
import { meansIn, type StepUp } from '../two-step/step-up.ts';
import { decidePermission, MANAGES_USERS } from './act-on-user.ts';
import { invite } from './invite.ts';
import { doProvenIfNeeded } from './proven-act.ts';
import { readNewUser } from './read-user-form.ts';

export interface NewUser {
  readonly name: string;
  readonly email: string;
  readonly phone: string | null;
  readonly role: Role;
}

/** Who was added, and the acting session's new token where one was proven for. */
export interface UserAdded {
  readonly id: string;
  readonly token: string | null;
}

/**
 * Adds somebody, who chooses their own password by the invitation that is mailed to them (S42). A role above member takes the
 * acting person's password and second step, as it would if it were given later (S26): else a session left open would be
 * enough to make oneself an owner.
 * @throws {DomainError} `invalidInput`, `forbidden`, `targetOutranks` for a role one may not give, `emailTaken`; see
 *   `doProvenIfNeeded`
 */
export async function addUser(deps: Deps, by: Actor, form: NewUser, stepUp: StepUp | null): Promise<UserAdded> {
  const { name, phone, address } = readNewUser(form);
  const id = deps.random.id();
  const token = await doProvenIfNeeded<{ readonly actor: Account }>(deps, by, stepUp, {
    name: 'add',
    targetId: null,
    purpose: 'roles',
    async decide(tx) {
      const permitted = await decidePermission(tx, by, MANAGES_USERS);
      if (permitted.kind === 'refused') return permitted;
      if (!mayGrant(permitted.value.role, form.role)) return refused('targetOutranks');
      if (await tx.accounts.findByEmailKey(address.key)) return refused('emailTaken');
      return done({ actor: permitted.value });
    },
    needsProof: () => isPrivileged(form.role),
    async act(tx, { actor }, now) {
      const account = { ...newAccount(id, name, address, form.role, null, now), phone };
      if (!(await tx.accounts.add(account))) throw new Error('An address that was free is taken.');
      await invite(deps, tx, account, actor, now);
      const parties = { actorId: actor.id, targetId: id };
      const detail = { ...(stepUp && meansIn(stepUp)), after: form.role };
      await tx.audit.append(auditEntry('userAdded', now, by.caller, parties, detail));
    },
  });
  return { id, token };
}
