import { eq } from 'drizzle-orm';
import type { Factor } from '../../domain/account.ts';
import type { FactorRows } from '../../ports/store.ts';
import { type Db, everyColumn, slot } from './database.ts';
import { factors } from './schema.ts';
import type { Seals } from './seals.ts';

export function factorRows(db: Db, seals: Seals): FactorRows {
  const add = db.insert(factors).values(everyColumn(factors)).prepare();
  const listFor = db
    .select()
    .from(factors)
    .where(eq(factors.accountId, slot('accountId')))
    .prepare();
  const touch = db
    .update(factors)
    .set({ lastUsedAt: slot('at') })
    .where(eq(factors.id, slot('id')))
    .prepare();
  const removeAllFor = db
    .delete(factors)
    .where(eq(factors.accountId, slot('accountId')))
    .prepare();

  return {
    async add(factor) {
      add.run({ ...factor });
    },
    async listFor(accountId) {
      return listFor
        .all({ accountId })
        .map((row) => seals.checked(factors, row, { accountId }))
        .sort(byPreference);
    },
    async touch(id, at) {
      touch.run({ id, at });
    },
    async removeAllFor(accountId) {
      return removeAllFor.run({ accountId }).changes;
    },
  };
}

/** An account has a handful: sorting them here is cheap (see `Db`). */
function byPreference(a: Factor, b: Factor): number {
  return Number(b.preferred) - Number(a.preferred) || a.createdAt - b.createdAt;
}
