import type { JobKind, JobState } from '../../domain/job.ts';
import type { Instant } from '../../domain/values.ts';
import type { Deps } from '../../ports/deps.ts';

export interface JobView {
  readonly id: string;
  readonly state: JobState;
  /** Accounts dealt with, of `total`. */
  readonly done: number;
  readonly total: number;
  readonly createdAt: Instant;
  readonly endedAt: Instant | null;
}

/** The long work of a kind that was begun last, running or ended; null when there never was one. */
export async function seeJob({ store }: Pick<Deps, 'store'>, kind: JobKind): Promise<JobView | null> {
  const job = await store.read((tx) => tx.jobs.latest(kind));
  if (!job) return null;
  const { id, state, done, total, createdAt, endedAt } = job;
  return { id, state, done, total: Math.max(total, done), createdAt, endedAt };
}
