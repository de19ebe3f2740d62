import { eq, sql } from 'drizzle-orm';
import type { PendingSignInRows } from '../../ports/store.ts';
import { type Db, everyColumn, slot } from './database.ts';
import { lookUp } from './look-up.ts';
import { pendingSignIns } from './schema-sign-in.ts';
import type { Seals } from './seals.ts';

export function pendingSignInRows(db: Db, seals: Seals): PendingSignInRows {
  const add = db.insert(pendingSignIns).values(everyColumn(pendingSignIns)).prepare();
  const findByTokenHash = lookUp(db, seals, pendingSignIns, 'tokenHash');
  const countRecoveryTry = db
    .update(pendingSignIns)
    .set({ recoveryTries: sql`${pendingSignIns.recoveryTries} + 1` })
    .where(eq(pendingSignIns.id, slot('id')))
    .returning({ tries: pendingSignIns.recoveryTries })
    .prepare();
  const remove = db
    .delete(pendingSignIns)
    .where(eq(pendingSignIns.id, slot('id')))
    .prepare();
  const removeAllFor = db
    .delete(pendingSignIns)
    .where(eq(pendingSignIns.accountId, slot('accountId')))
    .prepare();

  return {
    async add(pending) {
      add.run({ ...pending });
    },
    async findByTokenHash(tokenHash) {
      return findByTokenHash(tokenHash);
    },
    async countRecoveryTry(id) {
      return countRecoveryTry.get({ id })?.tries ?? null;
    },
    async remove(id) {
      return remove.run({ id }).changes === 1;
    },
    async removeAllFor(accountId) {
      return removeAllFor.run({ accountId }).changes;
    },
  };
}
