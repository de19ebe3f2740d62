import type { Account } from '../../domain/account.ts';
import type { Actor } from '../../domain/actor.ts';
import { type AuditDetail, auditEntry } from '../../domain/audit.ts';
import { DomainError, done, type Outcome, refused, settle } from '../../domain/errors.ts';
import type { PolicyException } from '../../domain/exception.ts';
import { NAME_WANTED, parseName } from '../../domain/person-name.ts';
import { may } from '../../domain/role.ts';
import type { Instant } from '../../domain/values.ts';
import type { Deps } from '../../ports/deps.ts';
import type { Tx } from '../../ports/store.ts';
import { noteEnd } from '../policy/exceptions.ts';
import { decidePermission, decideUserAct, MANAGES_USERS, onRecord } from '../users/act-on-user.ts';

/** Makes a group (R37). Gives its id. @throws {DomainError} `invalidInput`, `nameTaken`, `forbidden` */
export async function addGroup(deps: Deps, by: Actor, name: string): Promise<string> {
  const id = deps.random.id();
  const wanted = readName(name);
  await changeGroups(deps, by, 'addGroup', async (tx, now) => {
    const added = await tx.groups.add({ id, name: wanted, createdAt: now });
    return added ? done({ after: wanted }) : refused('nameTaken');
  });
  return id;
}

/** @throws {DomainError} `invalidInput`, `notFound`, `nameTaken`, `forbidden` */
export async function renameGroup(
  deps: Deps,
  by: Actor,
  { id, name }: { readonly id: string; readonly name: string },
): Promise<void> {
  const wanted = readName(name);
  await changeGroups(deps, by, 'renameGroup', async (tx) => {
    const group = await tx.groups.find(id);
    if (!group) return refused('notFound');
    const renamed = await tx.groups.rename(id, wanted);
    return renamed ? done({ before: group.name, after: wanted }) : refused('nameTaken');
  });
}

/**
 * With the exceptions it was given, each on record; its members stay.
 * @throws {DomainError} `notFound`, `forbidden`, `groupExcepted` (see `addMember`)
 */
export async function removeGroup(deps: Deps, by: Actor, id: string): Promise<void> {
  await changeGroups(deps, by, 'removeGroup', async (tx, now, actor) => {
    const group = await tx.groups.find(id);
    if (!group) return refused('notFound');
    const exceptions = await exceptionsOf(tx, id);
    if (exceptions.length > 0 && !(await managesPolicy(tx, actor))) return refused('groupExcepted');
    for (const exception of exceptions) await noteEnd(tx, by, exception, group.name, now);
    await tx.groups.remove(id);
    return done({ before: group.name });
  });
}

export interface Membership {
  readonly groupId: string;
  readonly accountId: string;
}

/**
 * Puts somebody into a group. To put them into one that has an exception is to grant it to them, and to take them out is to
 * end it: both are for those who manage policy as well (R37). It counts for as long as the exception stands in the list, past
 * its end too. Nobody puts themself into one, nor whom they do not outrank: that would be a way round enforcement.
 * @throws {DomainError} `notFound`, `groupExcepted`, `stateUnfit` when there already, `notOnYourself`, and see `decideUserAct`
 */
export async function addMember(deps: Deps, by: Actor, membership: Membership): Promise<void> {
  await changeMembership(deps, by, 'addMember', membership, async (tx, isExcepted) => {
    const { groupId, accountId } = membership;
    if (isExcepted && accountId === by.account.id) return refused('notOnYourself');
    return (await tx.groups.addMember(groupId, accountId)) ? done('after') : refused('stateUnfit');
  });
}

/** @throws {DomainError} `notFound`, `groupExcepted` (see `addMember`), `stateUnfit` when not in it, and see `decideUserAct` */
export async function removeMember(deps: Deps, by: Actor, membership: Membership): Promise<void> {
  await changeMembership(deps, by, 'removeMember', membership, async (tx) => {
    const { groupId, accountId } = membership;
    return (await tx.groups.removeMember(groupId, accountId)) ? done('before') : refused('stateUnfit');
  });
}

async function exceptionsOf(tx: Tx, groupId: string): Promise<PolicyException[]> {
  return (await tx.exceptions.list()).filter((exception) => exception.groupId === groupId);
}

async function managesPolicy(tx: Tx, { role }: Account): Promise<boolean> {
  return may((await tx.roles.matrix())[role], 'generalSettings', 'manage');
}

async function changeMembership(
  deps: Deps,
  by: Actor,
  name: string,
  { groupId, accountId }: Membership,
  change: (tx: Tx, isExcepted: boolean) => Promise<Outcome<'before' | 'after'>>,
): Promise<void> {
  const what = { name, targetId: accountId, needs: MANAGES_USERS, oneself: 'whatever' as const };
  const now = deps.clock.now();
  const outcome = await deps.store.transaction((tx) =>
    onRecord(tx, by, what, now, async () => {
      const decided = await decideUserAct(tx, by, what);
      if (decided.kind === 'refused') return decided;
      const group = await tx.groups.find(groupId);
      if (!group) return refused('notFound');
      const isExcepted = (await exceptionsOf(tx, groupId)).length > 0;
      if (isExcepted && !(await managesPolicy(tx, decided.value.actor))) return refused('groupExcepted');
      const changed = await change(tx, isExcepted);
      if (changed.kind === 'refused') return changed;
      const parties = { actorId: by.account.id, targetId: accountId };
      const detail = { [changed.value]: group.name };
      await tx.audit.append(auditEntry('groupChanged', now, by.caller, parties, detail));
      return done(undefined);
    }),
  );
  settle(outcome);
}

async function changeGroups(
  deps: Deps,
  by: Actor,
  name: string,
  change: (tx: Tx, now: Instant, actor: Account) => Promise<Outcome<AuditDetail>>,
): Promise<void> {
  const now = deps.clock.now();
  const outcome = await deps.store.transaction((tx) =>
    onRecord(tx, by, { name, targetId: null }, now, async () => {
      const permitted = await decidePermission(tx, by, MANAGES_USERS);
      if (permitted.kind === 'refused') return permitted;
      const changed = await change(tx, now, permitted.value);
      if (changed.kind === 'refused') return changed;
      const parties = { actorId: by.account.id, targetId: null };
      await tx.audit.append(auditEntry('groupChanged', now, by.caller, parties, changed.value));
      return done(undefined);
    }),
  );
  settle(outcome);
}

function readName(input: string): string {
  const name = parseName(input);
  if (name === null) throw new DomainError('invalidInput', { fields: { name: NAME_WANTED } });
  return name;
}
