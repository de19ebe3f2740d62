import type { Role } from '../../domain/account.ts';
import type { Actor } from '../../domain/actor.ts';
import { auditEntry } from '../../domain/audit.ts';
import { done, type Outcome, refused, settle } from '../../domain/errors.ts';
import { mayGrant } from '../../domain/role.ts';
import type { Deps } from '../../ports/deps.ts';
import { newAccount } from '../set-up/create-workspace.ts';
import { decidePermission, MANAGES_USERS, onRecord } from './act-on-user.ts';
import { invite } from './invite.ts';
import { readNewUser } from './read-user-form.ts';

export interface NewUser {
  readonly name: string;
  readonly email: string;
  readonly phone: string | null;
  readonly role: Role;
}

/**
 * Adds somebody, who chooses their own password by the invitation that is mailed to them (S42). Gives the account's id.
 * @throws {DomainError} `invalidInput`, `forbidden`, `targetOutranks` for a role one may not give, `emailTaken`
 */
export async function addUser(deps: Deps, by: Actor, form: NewUser): Promise<string> {
  const now = deps.clock.now();
  const { name, phone, address } = readNewUser(form);
  const account = { ...newAccount(deps.random.id(), name, address, form.role, null, now), phone };
  const outcome = await deps.store.transaction((tx) =>
    onRecord(tx, by, { name: 'add', targetId: null }, now, async (): Promise<Outcome<string>> => {
      const permitted = await decidePermission(tx, by, MANAGES_USERS);
      if (permitted.kind === 'refused') return permitted;
      if (!mayGrant(permitted.value.role, form.role)) return refused('targetOutranks');
      if (!(await tx.accounts.add(account))) return refused('emailTaken');
      await invite(deps, tx, account, permitted.value, now);
      const parties = { actorId: by.account.id, targetId: account.id };
      await tx.audit.append(auditEntry('userAdded', now, by.caller, parties, { after: form.role }));
      return done(account.id);
    }),
  );
  return settle(outcome);
}
