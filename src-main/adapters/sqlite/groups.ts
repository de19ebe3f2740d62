import { and, asc, eq, sql } from 'drizzle-orm';
import type { Group } from '../../domain/exception.ts';
import type { GroupRows } from '../../ports/store-policy.ts';
import { type Db, everyColumn, slot } from './database.ts';
import { groupMembers, groups } from './schema-workspace.ts';
import type { Seals } from './seals.ts';

export function groupRows(db: Db, seals: Seals): GroupRows {
  const byId = eq(groups.id, slot('id'));
  const member = and(eq(groupMembers.groupId, slot('groupId')), eq(groupMembers.accountId, slot('accountId')));
  const add = db.insert(groups).values(everyColumn(groups)).onConflictDoNothing({ target: groups.nameKey }).prepare();
  const holderOf = db
    .select({ id: groups.id })
    .from(groups)
    .where(eq(groups.nameKey, slot('nameKey')))
    .prepare();
  const rename = db
    .update(groups)
    .set({ name: slot('name'), nameKey: slot('nameKey') })
    .where(byId)
    .prepare();
  const remove = db.delete(groups).where(byId).prepare();
  const find = db.select().from(groups).where(byId).prepare();
  const members = sql<number>`(select count(*) from ${groupMembers} where ${groupMembers.groupId} = ${groups.id})`;
  const list = db.select({ group: groups, members }).from(groups).orderBy(asc(groups.nameKey)).prepare();
  const addMember = db.insert(groupMembers).values(everyColumn(groupMembers)).onConflictDoNothing().prepare();
  const removeMember = db.delete(groupMembers).where(member).prepare();
  const groupsOf = db
    .select({ group: groups })
    .from(groupMembers)
    .innerJoin(groups, eq(groups.id, groupMembers.groupId))
    .where(eq(groupMembers.accountId, slot('accountId')))
    .prepare();

  const toGroup = (row: typeof groups.$inferSelect): Group => {
    const { nameKey: _, ...group } = seals.checked(groups, row, { id: row.id });
    return group;
  };

  return {
    async add(group) {
      return add.run({ ...group, nameKey: nameKeyOf(group.name) }).changes === 1;
    },
    async rename(id, name) {
      const holder = holderOf.get({ nameKey: nameKeyOf(name) });
      if (holder && holder.id !== id) return false;
      return rename.run({ id, name, nameKey: nameKeyOf(name) }).changes === 1;
    },
    async remove(id) {
      return remove.run({ id }).changes === 1;
    },
    async find(id) {
      const row = find.get({ id });
      return row ? toGroup(row) : null;
    },
    async list() {
      return list.all().map(({ group, members }) => ({ ...toGroup(group), members }));
    },
    async addMember(groupId, accountId) {
      return addMember.run({ groupId, accountId }).changes === 1;
    },
    async removeMember(groupId, accountId) {
      return removeMember.run({ groupId, accountId }).changes === 1;
    },
    async groupsOf(accountId) {
      return groupsOf
        .all({ accountId })
        .map(({ group }) => toGroup(group))
        .sort((a, b) => (nameKeyOf(a.name) < nameKeyOf(b.name) ? -1 : 1));
    },
  };
}

function nameKeyOf(name: string): string {
  return name.normalize('NFKC').toLowerCase();
}
