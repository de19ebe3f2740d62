import { and, asc, desc, eq, gte, ne, sql } from 'drizzle-orm';
import type { Challenge } from '../../domain/challenge.ts';
import type { ChallengeRows } from '../../ports/store.ts';
import { type Db, everyColumn, slot } from './database.ts';
import { challenges } from './schema-sign-in.ts';

export function challengeRows(db: Db): ChallengeRows {
  const isOpen = eq(challenges.state, 'open');
  const open = and(eq(challenges.id, slot('id')), isOpen);
  const ofAccount = eq(challenges.accountId, slot('accountId'));
  const ofPurpose = eq(challenges.purpose, slot('purpose'));

  const add = db.insert(challenges).values(everyColumn(challenges)).prepare();
  const find = db.select().from(challenges).where(open).prepare();
  const findLatest = db
    .select()
    .from(challenges)
    .where(and(ofAccount, ofPurpose, eq(challenges.boundTo, slot('boundTo')), isOpen))
    .orderBy(desc(challenges.createdAt), desc(sql`rowid`))
    .limit(1)
    .prepare();
  const countWrong = db
    .update(challenges)
    .set({ tries: sql`${challenges.tries} + 1`, lastWrongMac: slot('wrongMac') })
    .where(open)
    .returning({ tries: challenges.tries })
    .prepare();
  const redeem = db.update(challenges).set({ state: 'redeemed' }).where(open).returning().prepare();
  const voidAll = db.update(challenges).set({ state: 'voided' }).where(and(ofAccount, isOpen)).prepare();
  const voidPurpose = db
    .update(challenges)
    .set({ state: 'voided' })
    .where(and(ofAccount, ofPurpose, isOpen))
    .prepare();
  const sendsSince = db
    .select({ at: challenges.createdAt })
    .from(challenges)
    .where(and(ofAccount, gte(challenges.createdAt, slot('since')), ne(challenges.state, 'redeemed')))
    .orderBy(asc(challenges.createdAt))
    .prepare();

  return {
    async add(challenge) {
      add.run({ ...challenge, state: 'open' });
    },
    async find(id) {
      return challengeOrNull(find.get({ id }));
    },
    async findLatest(accountId, purpose, boundTo) {
      return challengeOrNull(findLatest.get({ accountId, purpose, boundTo }));
    },
    async countWrong(id, wrongMac) {
      return countWrong.get({ id, wrongMac }) ?? null;
    },
    async redeem(id) {
      return challengeOrNull(redeem.get({ id }));
    },
    async voidFor(accountId, purpose) {
      const voided = purpose === undefined ? voidAll.run({ accountId }) : voidPurpose.run({ accountId, purpose });
      return voided.changes;
    },
    async sendsSince(accountId, since) {
      return sendsSince.all({ accountId, since }).map((send) => send.at);
    },
  };
}

function challengeOrNull(row: typeof challenges.$inferSelect | undefined): Challenge | null {
  if (row === undefined) return null;
  const { state: _, ...challenge } = row;
  return challenge;
}
