import { and, desc, eq } from 'drizzle-orm';
import type { JobPhase, JobReason, JobState } from '../../domain/job.ts';
import type { JobRows } from '../../ports/store-policy.ts';
import { type Db, everyColumn, slot } from './database.ts';
import { jobs } from './schema-workspace.ts';

export function jobRows(db: Db): JobRows {
  const isRunning = eq(jobs.state, 'running');
  const running = and(eq(jobs.id, slot('id')), isRunning);
  const add = db.insert(jobs).values(everyColumn(jobs)).onConflictDoNothing().prepare();
  const find = db
    .select()
    .from(jobs)
    .where(eq(jobs.id, slot('id')))
    .prepare();
  const findRunning = db
    .select()
    .from(jobs)
    .where(and(eq(jobs.kind, slot('kind')), isRunning))
    .prepare();
  const latest = db
    .select()
    .from(jobs)
    .where(eq(jobs.kind, slot('kind')))
    .orderBy(desc(jobs.createdAt))
    .prepare();
  const advance = db
    .update(jobs)
    .set({ cursor: slot('cursor'), done: slot('done') })
    .where(running)
    .prepare();
  const turn = db
    .update(jobs)
    .set({ phase: slot<JobPhase>('phase'), done: slot('done'), reason: slot<JobReason>('reason') })
    .where(running)
    .prepare();
  const end = db
    .update(jobs)
    .set({ state: slot<JobState>('state'), endedAt: slot('at') })
    .where(running)
    .prepare();

  return {
    async add(job) {
      return add.run({ ...job }).changes === 1;
    },
    async find(id) {
      return find.get({ id }) ?? null;
    },
    async running(kind) {
      return findRunning.get({ kind }) ?? null;
    },
    async latest(kind) {
      return latest.get({ kind }) ?? null;
    },
    async advance(id, cursor, done) {
      return advance.run({ id, cursor, done }).changes === 1;
    },
    async turn(id, phase, done, reason) {
      return turn.run({ id, phase, done, reason }).changes === 1;
    },
    async end(id, state, at) {
      return end.run({ id, state, at }).changes === 1;
    },
  };
}
