import { and, asc, count, eq, gt, lte, type Placeholder, sql } from 'drizzle-orm';
import type { OutboxRows } from '../../ports/store.ts';
import { type Db, everyColumn, slot } from './database.ts';
import { outbox } from './schema-records.ts';

export function outboxRows(db: Db): OutboxRows {
  const isQueued = eq(outbox.state, 'queued');
  const queued = and(eq(outbox.id, slot('id')), isQueued);
  const oneMore = sql`${outbox.attempts} + 1`;

  const add = db.insert(outbox).values(everyColumn(outbox)).prepare();
  const find = db
    .select()
    .from(outbox)
    .where(eq(outbox.id, slot('id')))
    .prepare();
  const limit: Placeholder = sql.placeholder('limit');
  const due = db
    .select()
    .from(outbox)
    .where(and(isQueued, lte(outbox.dueAt, slot('now'))))
    .orderBy(asc(outbox.bulk), asc(outbox.createdAt))
    .limit(limit)
    .prepare();
  const nextDue = db.select({ dueAt: outbox.dueAt }).from(outbox).where(isQueued).orderBy(asc(outbox.dueAt)).prepare();
  const markSent = db.update(outbox).set({ state: 'sent', sealed: null, attempts: oneMore }).where(queued).prepare();
  const markFailed = db
    .update(outbox)
    .set({ state: 'failed', sealed: null, attempts: oneMore })
    .where(queued)
    .prepare();
  const hasten = db
    .update(outbox)
    .set({ dueAt: slot('at') })
    .where(and(isQueued, gt(outbox.dueAt, slot('at'))))
    .prepare();
  const waiting = db.select({ waiting: count() }).from(outbox).where(isQueued).prepare();
  const retryAt = db
    .update(outbox)
    .set({ dueAt: slot('dueAt'), attempts: oneMore })
    .where(queued)
    .prepare();

  return {
    async add(row) {
      add.run({ ...row });
    },
    async find(id) {
      return find.get({ id }) ?? null;
    },
    async due(now, limit) {
      return due.all({ now, limit });
    },
    async nextDue() {
      return nextDue.get()?.dueAt ?? null;
    },
    async markSent(id) {
      markSent.run({ id });
    },
    async retryAt(id, dueAt) {
      retryAt.run({ id, dueAt });
    },
    async markFailed(id) {
      markFailed.run({ id });
    },
    async hasten(at) {
      hasten.run({ at });
    },
    async waiting() {
      return waiting.get()?.waiting ?? 0;
    },
  };
}
