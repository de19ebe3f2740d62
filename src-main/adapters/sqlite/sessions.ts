import { and, desc, eq, gt, lte, ne, sql } from 'drizzle-orm';
import { DAY, HOUR } from '../../domain/values.ts';
import type { SessionRows } from '../../ports/store.ts';
import { knownAccount } from './accounts.ts';
import { type Db, everyColumn, slot } from './database.ts';
import { lookUp } from './look-up.ts';
import { accounts } from './schema.ts';
import { outbox } from './schema-records.ts';
import { challenges, oneTimeCodes, pendingSignIns, sessions, trustedDevices } from './schema-sign-in.ts';
import { exceptions } from './schema-workspace.ts';
import type { Seals } from './seals.ts';

export function sessionRows(db: Db, seals: Seals): SessionRows {
  const byId = eq(sessions.id, slot('id'));
  const ofAccount = eq(sessions.accountId, slot('accountId'));

  const add = db.insert(sessions).values(everyColumn(sessions)).prepare();
  // Two look-ups by key instead of a join, in a fifth of its time (see `Db`).
  const findByToken = lookUp(db, seals, sessions, 'tokenHash');
  const findAccount = lookUp(db, seals, accounts, 'id');
  const listFor = db.select().from(sessions).where(ofAccount).orderBy(desc(sessions.lastSeenAt)).prepare();
  const touch = db
    .update(sessions)
    .set({ lastSeenAt: slot('at') })
    .where(byId)
    .prepare();
  const rotate = db
    .update(sessions)
    .set({ tokenHash: slot('tokenHash'), epoch: slot('epoch') })
    .where(byId)
    .prepare();
  const promote = db
    .update(sessions)
    .set({ scope: 'full', provenWith: slot('provenWith'), lastSeenAt: slot('at'), endsAt: slot('endsAt') })
    .where(byId)
    .prepare();
  const carryOver = db
    .update(sessions)
    .set({ epoch: slot('epoch') })
    .where(ofAccount)
    .prepare();
  const remove = db.delete(sessions).where(byId).prepare();
  const removeAllFor = db.delete(sessions).where(ofAccount).prepare();
  const removeOthersOf = db
    .delete(sessions)
    .where(and(ofAccount, ne(sessions.id, slot('exceptId'))))
    .prepare();
  const sweeps = sweepStatements(db);

  return {
    async add(session) {
      add.run({ ...session });
    },
    async findWithAccount(tokenHash) {
      const session = findByToken(tokenHash);
      const account = session && findAccount(session.accountId);
      return account ? { session, account: knownAccount(account) } : null;
    },
    async listFor(accountId) {
      return listFor.all({ accountId }).map((row) => seals.checked(sessions, row, { accountId }));
    },
    async touch(id, at) {
      touch.run({ id, at });
    },
    async rotate(id, tokenHash, epoch) {
      rotate.run({ id, tokenHash, epoch });
    },
    async carryOver(accountId, epoch) {
      carryOver.run({ accountId, epoch });
    },
    async remove(id) {
      return remove.run({ id }).changes === 1;
    },
    async removeAllFor(accountId, exceptId) {
      const removed =
        exceptId === undefined ? removeAllFor.run({ accountId }) : removeOthersOf.run({ accountId, exceptId });
      return removed.changes;
    },
    async promote(id, provenWith, at, endsAt) {
      promote.run({ id, provenWith, at, endsAt });
    },
    async removeAll() {
      const removed = [sessions, pendingSignIns].map((table) => db.delete(table).run().changes);
      const voided = db.update(challenges).set({ state: 'voided' }).where(eq(challenges.state, 'open')).run().changes;
      return removed.reduce((sum, changes) => sum + changes, voided);
    },
    async forgetFuture(now) {
      forgetFuture(db, now);
    },
    async sweep(now) {
      const slots = { now, dayAgo: now - DAY };
      return sweeps.reduce((removed, statement) => removed + statement.run(slots).changes, 0);
    },
  };
}

/** Once in a blue moon, so prepared for the occasion. */
function forgetFuture(db: Db, now: number): void {
  for (const table of [challenges, oneTimeCodes, trustedDevices]) {
    db.delete(table).where(gt(table.createdAt, now)).run();
  }
  db.update(accounts)
    .set({ lockedUntil: 0, triesInLock: 0 })
    .where(gt(accounts.lockedUntil, now + HOUR))
    .run();
  // As much time as was given, from now on.
  db.update(exceptions)
    .set({ until: sql`${now} + ${exceptions.until} - ${exceptions.createdAt}`, createdAt: now })
    .where(gt(exceptions.createdAt, now))
    .run();
  for (const column of ['createdAt', 'joinedAt', 'mailResetAt', 'lastSignInAt'] as const) {
    db.update(accounts)
      .set({ [column]: now })
      .where(gt(accounts[column], now))
      .run();
  }
}

/** What is past its end. Challenges and the letters they came by are kept a day, for the caps on sending. */
function sweepStatements(db: Db) {
  const isDone = (state: 'sent' | 'failed') =>
    db
      .delete(outbox)
      .where(and(eq(outbox.state, state), lte(outbox.createdAt, slot('dayAgo'))))
      .prepare();
  return [
    db
      .delete(sessions)
      .where(lte(sessions.endsAt, slot('now')))
      .prepare(),
    db
      .delete(pendingSignIns)
      .where(lte(pendingSignIns.expiresAt, slot('now')))
      .prepare(),
    db
      .delete(challenges)
      .where(and(lte(challenges.createdAt, slot('dayAgo')), lte(challenges.expiresAt, slot('now'))))
      .prepare(),
    db
      .delete(oneTimeCodes)
      .where(and(lte(oneTimeCodes.createdAt, slot('dayAgo')), lte(oneTimeCodes.expiresAt, slot('now'))))
      .prepare(),
    db
      .delete(trustedDevices)
      .where(lte(trustedDevices.expiresAt, slot('now')))
      .prepare(),
    isDone('sent'),
    isDone('failed'),
  ];
}
