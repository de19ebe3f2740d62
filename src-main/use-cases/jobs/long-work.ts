import { auditEntry } from '../../domain/audit.ts';
import type { Job, JobState } from '../../domain/job.ts';
import type { Caller, Instant } from '../../domain/values.ts';
import type { Deps } from '../../ports/deps.ts';
import type { Tx } from '../../ports/store.ts';

/** While so many letters wait to leave, no more are written: a mail server that is down must not fill the disk. */
export const LETTERS_WAITING = 300;

/** `idle`: there is nothing to do. `waiting`: there is, once letters have left. */
export type Ran = 'idle' | 'worked' | 'waiting';

export type JobDeps = Pick<Deps, 'store' | 'clock' | 'vault' | 'random'>;

/** Nobody calls: the engine itself goes on with what somebody began. */
export const ENGINE: Caller = { surface: 'desktop', addresses: [], client: 'Vestibule' };

/** How many more letters to very many may be written now; 0 or less for none. */
export async function roomForLetters(tx: Pick<Tx, 'outbox'>): Promise<number> {
  return LETTERS_WAITING - (await tx.outbox.waiting());
}

/** Inside a transaction: a job has come to its end by itself. */
export async function endByItself(
  tx: Pick<Tx, 'jobs' | 'audit'>,
  { id, kind, createdBy }: Job,
  state: Exclude<JobState, 'running'>,
  count: number,
  now: Instant,
): Promise<Ran> {
  await tx.jobs.end(id, state, now);
  const parties = { actorId: createdBy, targetId: null };
  await tx.audit.append(auditEntry('jobEnded', now, ENGINE, parties, { reason: kind, after: state, count }));
  return 'worked';
}
