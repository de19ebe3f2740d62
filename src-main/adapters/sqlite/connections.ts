import { eq } from 'drizzle-orm';
import type { ConnectionRows } from '../../ports/store.ts';
import { type Db, everyColumn, slot } from './database.ts';
import { connections } from './schema-records.ts';
import type { Seals } from './seals.ts';

export function connectionRows(db: Db, seals: Seals): ConnectionRows {
  const ofKind = eq(connections.kind, slot('kind'));
  const find = db.select().from(connections).where(ofKind).prepare();
  const put = db
    .insert(connections)
    .values(everyColumn(connections))
    .onConflictDoUpdate({ target: connections.kind, set: { sealed: slot('sealed'), updatedAt: slot('updatedAt') } })
    .prepare();
  const remove = db.delete(connections).where(ofKind).prepare();

  return {
    async find(kind) {
      const row = find.get({ kind });
      if (row === undefined) return null;
      const { sealed, updatedAt } = seals.checked(connections, row, { kind });
      return { sealed, updatedAt };
    },
    async put(kind, sealed, updatedAt) {
      put.run({ kind, sealed, updatedAt });
    },
    async remove(kind) {
      return remove.run({ kind }).changes > 0;
    },
  };
}
