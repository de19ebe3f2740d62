import { and, asc, eq, gt, gte, ne, sql } from 'drizzle-orm';
import type { OneTimeCodeRows } from '../../ports/store.ts';
import { type Db, everyColumn, slot } from './database.ts';
import { oneTimeCodes } from './schema-sign-in.ts';
import type { Seals } from './seals.ts';

export function oneTimeCodeRows(db: Db, seals: Seals): OneTimeCodeRows {
  const isOpen = eq(oneTimeCodes.state, 'open');
  const ofPurpose = and(eq(oneTimeCodes.accountId, slot('accountId')), eq(oneTimeCodes.purpose, slot('purpose')));

  const add = db.insert(oneTimeCodes).values(everyColumn(oneTimeCodes)).prepare();
  const findByHash = db
    .select()
    .from(oneTimeCodes)
    .where(and(eq(oneTimeCodes.codeHash, slot('codeHash')), isOpen))
    .prepare();
  const redeem = db
    .update(oneTimeCodes)
    .set({ state: 'redeemed' })
    .where(and(eq(oneTimeCodes.id, slot('id')), isOpen))
    .prepare();
  const voidFor = db.update(oneTimeCodes).set({ state: 'voided' }).where(and(ofPurpose, isOpen)).prepare();
  // By the order of adding: two changes can share a millisecond.
  const isLater = sql`rowid > (select rowid from one_time_codes where id = ${slot('id')})`;
  const voidAfter = db
    .update(oneTimeCodes)
    .set({ state: 'voided' })
    .where(and(ofPurpose, isOpen, isLater))
    .prepare();
  const sendsSince = db
    .select()
    .from(oneTimeCodes)
    .where(and(ofPurpose, gte(oneTimeCodes.createdAt, slot('since')), ne(oneTimeCodes.state, 'redeemed')))
    .orderBy(asc(oneTimeCodes.createdAt))
    .prepare();
  const openFor = db
    .select()
    .from(oneTimeCodes)
    .where(and(ofPurpose, isOpen, gt(oneTimeCodes.expiresAt, slot('now'))))
    .orderBy(asc(oneTimeCodes.createdAt))
    .prepare();

  return {
    async add(code) {
      add.run({ ...code, state: 'open' });
    },
    async findByHash(codeHash) {
      const row = findByHash.get({ codeHash });
      if (row === undefined) return null;
      const { state: _, ...code } = seals.checked(oneTimeCodes, row, { codeHash });
      return code;
    },
    async redeem(id) {
      return redeem.run({ id }).changes === 1;
    },
    async voidFor(accountId, purpose) {
      return voidFor.run({ accountId, purpose }).changes;
    },
    async voidAfter(id, accountId, purpose) {
      return voidAfter.run({ id, accountId, purpose }).changes;
    },
    async sendsSince(accountId, purpose, since) {
      const rows = sendsSince.all({ accountId, purpose, since });
      return rows.map((row) => seals.checked(oneTimeCodes, row, { accountId, purpose }).createdAt);
    },
    async openFor(accountId, purpose, now) {
      const rows = openFor.all({ accountId, purpose, now });
      return rows.map((row) => {
        const { state: _, ...code } = seals.checked(oneTimeCodes, row, { accountId, purpose });
        return code;
      });
    },
  };
}
