import { and, eq, gte, ne, sql } from 'drizzle-orm';
import type { Challenge } from '../../domain/challenge.ts';
import type { ChallengeRows } from '../../ports/store.ts';
import { type Db, everyColumn, slot } from './database.ts';
import { challenges } from './schema-sign-in.ts';
import type { Seals } from './seals.ts';

type Row = typeof challenges.$inferSelect;

export function challengeRows(db: Db, seals: Seals): ChallengeRows {
  const isOpen = eq(challenges.state, 'open');
  const open = and(eq(challenges.id, slot('id')), isOpen);
  const ofAccount = eq(challenges.accountId, slot('accountId'));
  const ofPurpose = eq(challenges.purpose, slot('purpose'));

  const add = db.insert(challenges).values(everyColumn(challenges)).prepare();
  const find = db.select().from(challenges).where(open).prepare();
  const findOpen = db
    .select()
    .from(challenges)
    .where(and(ofAccount, ofPurpose, eq(challenges.boundTo, slot('boundTo')), isOpen))
    .prepare();
  const countWrong = db
    .update(challenges)
    .set({ tries: sql`${challenges.tries} + 1`, lastWrongMac: slot('wrongMac') })
    .where(open)
    .returning({ tries: challenges.tries })
    .prepare();
  const redeem = db.update(challenges).set({ state: 'redeemed' }).where(open).prepare();
  const findRedeemed = db
    .select()
    .from(challenges)
    .where(eq(challenges.id, slot('id')))
    .prepare();
  const voidAll = db.update(challenges).set({ state: 'voided' }).where(and(ofAccount, isOpen)).prepare();
  const voidPurpose = db
    .update(challenges)
    .set({ state: 'voided' })
    .where(and(ofAccount, ofPurpose, isOpen))
    .prepare();
  const sendsSince = db
    .select()
    .from(challenges)
    .where(and(ofAccount, gte(challenges.createdAt, slot('since')), ne(challenges.state, 'redeemed')))
    .prepare();

  function whole(row: Row | undefined, sought: Partial<Row>): Challenge | null {
    if (row === undefined) return null;
    const { state: _, ...challenge } = seals.checked(challenges, row, sought);
    return challenge;
  }

  return {
    async add(challenge) {
      add.run({ ...challenge, state: 'open' });
    },
    async find(id) {
      return whole(find.get({ id }), { id });
    },
    async findLatest(accountId, purpose, boundTo) {
      return whole(newestOf(findOpen.all({ accountId, purpose, boundTo })), { accountId, purpose, boundTo });
    },
    async countWrong(id, wrongMac) {
      return countWrong.get({ id, wrongMac }) ?? null;
    },
    async redeem(id) {
      return redeem.run({ id }).changes === 1 ? whole(findRedeemed.get({ id }), { id }) : null;
    },
    async voidFor(accountId, purpose) {
      const voided = purpose === undefined ? voidAll.run({ accountId }) : voidPurpose.run({ accountId, purpose });
      return voided.changes;
    },
    async sendsSince(accountId, since) {
      const rows = sendsSince.all({ accountId, since });
      const sends = rows.map((row) => seals.checked(challenges, row, { accountId }).createdAt);
      return sends.sort((a, b) => a - b);
    },
  };
}

/** Of two of the same millisecond the later row. There are never more than a few: sorting here is cheap (see `Db`). */
function newestOf(rows: readonly Row[]): Row | undefined {
  return rows.reduce<Row | undefined>(
    (newest, row) => (newest && newest.createdAt > row.createdAt ? newest : row),
    undefined,
  );
}
