import { asc, eq } from 'drizzle-orm';
import type { VaultKeys } from '../../ports/vault.ts';
import { type Db, everyColumn, slot } from './database.ts';
import { vaultKeys } from './schema-records.ts';

export function vaultKeyRows(db: Db): VaultKeys {
  const list = db.select().from(vaultKeys).orderBy(asc(vaultKeys.createdAt), asc(vaultKeys.kid)).prepare();
  const add = db.insert(vaultKeys).values(everyColumn(vaultKeys)).prepare();
  const rewrap = db
    .update(vaultKeys)
    .set({ guard: slot('guard'), wrapped: slot('wrapped') })
    .where(eq(vaultKeys.kid, slot('kid')))
    .prepare();
  const rewrapAll = db.$client.transaction((keys: Parameters<VaultKeys['rewrap']>[0]) => {
    for (const { kid, guard, wrapped } of keys) {
      if (rewrap.run({ kid, guard, wrapped }).changes !== 1) throw new Error(`There is no data key ${kid}.`);
    }
  });

  /** A key that seals something must not vanish with the rollback of somebody else's work. */
  function refuseWithinTransaction() {
    if (db.$client.inTransaction) throw new Error('Data keys cannot be written in the middle of a transaction.');
  }

  return {
    list() {
      return list.all();
    },
    add(key) {
      refuseWithinTransaction();
      add.run({ ...key });
    },
    rewrap(keys) {
      refuseWithinTransaction();
      rewrapAll.immediate(keys);
    },
  };
}
