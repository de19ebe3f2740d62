import { and, eq, isNull } from 'drizzle-orm';
import type { RecoveryCodeRows } from '../../ports/store.ts';
import { type Db, everyColumn, slot } from './database.ts';
import { recoveryCodes } from './schema.ts';
import type { Seals } from './seals.ts';

export function recoveryCodeRows(db: Db, seals: Seals): RecoveryCodeRows {
  const ofAccount = eq(recoveryCodes.accountId, slot('accountId'));
  const unused = and(ofAccount, eq(recoveryCodes.selector, slot('selector')), isNull(recoveryCodes.usedAt));

  const add = db.insert(recoveryCodes).values(everyColumn(recoveryCodes)).prepare();
  const removeAllFor = db.delete(recoveryCodes).where(ofAccount).prepare();
  const findUnused = db.select().from(recoveryCodes).where(unused).prepare();
  const consume = db
    .update(recoveryCodes)
    .set({ usedAt: slot('at') })
    .where(unused)
    .prepare();
  const list = db.select().from(recoveryCodes).where(ofAccount).prepare();

  return {
    async replaceAll(accountId, codes, at) {
      removeAllFor.run({ accountId });
      for (const code of codes) add.run({ accountId, ...code, createdAt: at, usedAt: null });
    },
    async removeAllFor(accountId) {
      return removeAllFor.run({ accountId }).changes;
    },
    async findUnused(accountId, selector) {
      const row = findUnused.get({ accountId, selector });
      if (row === undefined) return null;
      const { hash } = seals.checked(recoveryCodes, row, { accountId, selector, usedAt: null });
      return { selector, hash };
    },
    async consume(accountId, selector, at) {
      return consume.run({ accountId, selector, at }).changes === 1;
    },
    async counts(accountId) {
      const all = list.all({ accountId }).map((row) => seals.checked(recoveryCodes, row, { accountId }));
      return { left: all.filter(({ usedAt }) => usedAt === null).length, total: all.length };
    },
  };
}
