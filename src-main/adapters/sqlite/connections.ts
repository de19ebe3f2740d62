import { eq } from 'drizzle-orm';
import type { ConnectionRows } from '../../ports/store.ts';
import { type Db, everyColumn, slot } from './database.ts';
import { connections } from './schema-records.ts';

export function connectionRows(db: Db): ConnectionRows {
  const ofKind = eq(connections.kind, slot('kind'));
  const find = db
    .select({ sealed: connections.sealed, updatedAt: connections.updatedAt })
    .from(connections)
    .where(ofKind)
    .prepare();
  const put = db
    .insert(connections)
    .values(everyColumn(connections))
    .onConflictDoUpdate({ target: connections.kind, set: { sealed: slot('sealed'), updatedAt: slot('updatedAt') } })
    .prepare();
  const remove = db.delete(connections).where(ofKind).prepare();

  return {
    async find(kind) {
      return find.get({ kind }) ?? null;
    },
    async put(kind, sealed, updatedAt) {
      put.run({ kind, sealed, updatedAt });
    },
    async remove(kind) {
      return remove.run({ kind }).changes > 0;
    },
  };
}
