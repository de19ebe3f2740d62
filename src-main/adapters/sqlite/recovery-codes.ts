import { and, count, eq, isNull } from 'drizzle-orm';
import type { RecoveryCodeRows } from '../../ports/store.ts';
import { type Db, everyColumn, slot } from './database.ts';
import { recoveryCodes } from './schema.ts';

export function recoveryCodeRows(db: Db): RecoveryCodeRows {
  const ofAccount = eq(recoveryCodes.accountId, slot('accountId'));
  const unused = and(ofAccount, eq(recoveryCodes.selector, slot('selector')), isNull(recoveryCodes.usedAt));

  const add = db.insert(recoveryCodes).values(everyColumn(recoveryCodes)).prepare();
  const removeAllFor = db.delete(recoveryCodes).where(ofAccount).prepare();
  const findUnused = db
    .select({ selector: recoveryCodes.selector, hash: recoveryCodes.hash })
    .from(recoveryCodes)
    .where(unused)
    .prepare();
  const consume = db
    .update(recoveryCodes)
    .set({ usedAt: slot('at') })
    .where(unused)
    .prepare();
  const counts = db
    .select({ total: count(), used: count(recoveryCodes.usedAt) })
    .from(recoveryCodes)
    .where(ofAccount)
    .prepare();

  return {
    async replaceAll(accountId, codes, at) {
      removeAllFor.run({ accountId });
      for (const code of codes) add.run({ accountId, ...code, createdAt: at, usedAt: null });
    },
    async removeAllFor(accountId) {
      return removeAllFor.run({ accountId }).changes;
    },
    async findUnused(accountId, selector) {
      return findUnused.get({ accountId, selector }) ?? null;
    },
    async consume(accountId, selector, at) {
      return consume.run({ accountId, selector, at }).changes === 1;
    },
    async counts(accountId) {
      const { total, used } = counts.get({ accountId }) ?? { total: 0, used: 0 };
      return { left: total - used, total };
    },
  };
}
