import { desc, eq } from 'drizzle-orm';
import type { Exemption } from '../../domain/compliance.ts';
import type { ExceptionRows } from '../../ports/store-policy.ts';
import { type Db, everyColumn, slot } from './database.ts';
import { exceptions, groupMembers } from './schema-workspace.ts';
import type { Seals } from './seals.ts';

export function exceptionRows(db: Db, seals: Seals): ExceptionRows {
  const add = db.insert(exceptions).values(everyColumn(exceptions)).prepare();
  const remove = db
    .delete(exceptions)
    .where(eq(exceptions.id, slot('id')))
    .prepare();
  const find = db
    .select()
    .from(exceptions)
    .where(eq(exceptions.id, slot('id')))
    .prepare();
  const list = db.select().from(exceptions).orderBy(desc(exceptions.createdAt), desc(exceptions.id)).prepare();
  const memberships = db
    .select()
    .from(groupMembers)
    .where(eq(groupMembers.accountId, slot('accountId')))
    .prepare();
  const ofAccount = db
    .select()
    .from(exceptions)
    .where(eq(exceptions.accountId, slot('accountId')))
    .prepare();
  const ofGroup = db
    .select()
    .from(exceptions)
    .where(eq(exceptions.groupId, slot('groupId')))
    .prepare();
  const checked = (row: typeof exceptions.$inferSelect) => seals.checked(exceptions, row, { id: row.id });

  return {
    async add(exception) {
      add.run({ ...exception });
    },
    async remove(id) {
      const row = find.get({ id });
      if (!row) return null;
      const removed = checked(row);
      remove.run({ id });
      return removed;
    },
    async list() {
      return list.all().map(checked);
    },
    async exemptionFor(accountId) {
      // Memberships are rows of their own, which somebody may have made up.
      const groups = memberships.all({ accountId }).map((row) => seals.checked(groupMembers, row, { accountId }));
      return [...ofAccount.all({ accountId }), ...groups.flatMap(({ groupId }) => ofGroup.all({ groupId }))]
        .map(checked)
        .reduce(withException, { breakGlass: false, extendedUntil: null });
    },
  };
}

function withException(
  { breakGlass, extendedUntil }: Exemption,
  { kind, until }: Pick<typeof exceptions.$inferSelect, 'kind' | 'until'>,
): Exemption {
  return {
    breakGlass: breakGlass || kind === 'breakGlass',
    extendedUntil: until === null ? extendedUntil : Math.max(extendedUntil ?? 0, until),
  };
}
