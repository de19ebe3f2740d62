import type { Actor } from '../../domain/actor.ts';
import { auditEntry } from '../../domain/audit.ts';
import { done } from '../../domain/errors.ts';
import type { Deps } from '../../ports/deps.ts';
import { actOnUser, MANAGES_USERS } from './act-on-user.ts';
import { readNameAndPhone } from './read-user-form.ts';

export interface UserEdit {
  readonly id: string;
  readonly name: string;
  readonly phone: string | null;
}

/** Changes somebody's name and phone number. Their address is theirs to change. @throws {DomainError} `invalidInput`, and see `actOnUser` */
export async function editUser(deps: Deps, by: Actor, { id, ...form }: UserEdit): Promise<void> {
  const wanted = readNameAndPhone(form);
  const what = { name: 'edit', targetId: id, needs: MANAGES_USERS, oneself: 'whatever' as const };
  await actOnUser(deps, by, what, async (tx, { target }, now) => {
    const changed = (['name', 'phone'] as const).filter((field) => wanted[field] !== target[field]);
    await tx.accounts.change(id, wanted);
    // Which fields, and not what was in them: the log outlives a deleted account, whose data must be gone.
    const parties = { actorId: by.account.id, targetId: id };
    await tx.audit.append(auditEntry('userEdited', now, by.caller, parties, { after: changed.join(', ') }));
    return done(undefined);
  });
}
