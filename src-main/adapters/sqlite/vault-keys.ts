import { asc } from 'drizzle-orm';
import type { VaultKeys } from '../../ports/vault.ts';
import { type Db, everyColumn } from './database.ts';
import { vaultKeys } from './schema-records.ts';

export function vaultKeyRows(db: Db): VaultKeys {
  const list = db.select().from(vaultKeys).orderBy(asc(vaultKeys.createdAt), asc(vaultKeys.kid)).prepare();
  const add = db.insert(vaultKeys).values(everyColumn(vaultKeys)).prepare();

  return {
    list() {
      return list.all();
    },
    add(key) {
      // A key that seals something must not vanish with the rollback of somebody else's work.
      if (db.$client.inTransaction) throw new Error('A data key cannot be added in the middle of a transaction.');
      add.run({ ...key });
    },
  };
}
