import type { Job, JobKind } from '../../domain/job.ts';
import type { Instant } from '../../domain/values.ts';
import type { Tx } from '../../ports/store.ts';
import { runImport } from '../users/run-import.ts';
import type { JobDeps, Ran } from './long-work.ts';
import { writeInstructions } from './write-instructions.ts';

/** Bell topic that wakes whoever runs jobs; to be rung after the commit that begins one. */
export const JOBS_TOPIC = 'jobs';

/** Accounts dealt with in one transaction: about ten milliseconds, so that nobody who signs in meanwhile waits for it. */
const PIECE = 40;

/** What a piece of each kind of long work does. Inside the transaction that moves the job on. */
const PIECES: Record<JobKind, (deps: JobDeps, tx: Tx, job: Job, size: number, now: Instant) => Promise<Ran>> = {
  setupInstructions: writeInstructions,
  userImport: runImport,
};

/**
 * Does one piece of each long work that is under way. A piece and how far it came are one commit: after a kill the work goes
 * on behind the last commit, with nothing left out and nothing done twice.
 * @param size accounts in a piece, at most
 */
export async function runJobs(deps: JobDeps, size = PIECE): Promise<Ran> {
  const now = deps.clock.now();
  const kinds = Object.keys(PIECES) as JobKind[];
  const runs: Ran[] = [];
  for (const kind of kinds) {
    if (!(await deps.store.read((tx) => tx.jobs.running(kind)))) continue; // an idle look must not wait for writers
    runs.push(
      await deps.store.transaction(async (tx) => {
        const job = await tx.jobs.running(kind);
        return job ? PIECES[kind](deps, tx, job, size, now) : 'idle';
      }),
    );
  }
  return runs.includes('worked') ? 'worked' : runs.includes('waiting') ? 'waiting' : 'idle';
}
