import type { Account } from '../../domain/account.ts';
import { auditEntry } from '../../domain/audit.ts';
import { complianceOf } from '../../domain/compliance.ts';
import type { Job, JobKind } from '../../domain/job.ts';
import type { Message } from '../../domain/message.ts';
import type { PolicyInForce } from '../../domain/policy.ts';
import type { Caller, Instant } from '../../domain/values.ts';
import type { Deps } from '../../ports/deps.ts';
import type { Tx } from '../../ports/store.ts';
import { enqueueLetter } from '../delivery/enqueue-letter.ts';

/** Bell topic that wakes whoever runs jobs; to be rung after the commit that begins one. */
export const JOBS_TOPIC = 'jobs';

/** Accounts dealt with in one transaction: about ten milliseconds, so that nobody who signs in meanwhile waits for it. */
const PIECE = 40;
/** While so many letters wait to leave, no more are written: a mail server that is down must not fill the disk. */
export const LETTERS_WAITING = 300;

/** `idle`: there is nothing to do. `waiting`: there is, once letters have left. */
export type Ran = 'idle' | 'worked' | 'waiting';

type JobDeps = Pick<Deps, 'store' | 'clock' | 'vault' | 'random'>;

/** What a piece of each kind of long work does. Inside the transaction that moves the job's cursor. */
const PIECES: Record<JobKind, (deps: JobDeps, tx: Tx, job: Job, size: number, now: Instant) => Promise<Ran>> = {
  setupInstructions: writeInstructions,
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

/**
 * Letters to the next accounts, in the order of their ids, on how and by when to set up two-step verification (R28). The job
 * that began with the requirement also tells those who have it; a later one reminds the others only.
 */
async function writeInstructions(deps: JobDeps, tx: Tx, job: Job, size: number, now: Instant): Promise<Ran> {
  const inForce = await tx.workspace.policy();
  if (inForce.policy.enforcement !== 'required') return end(tx, job, 'cancelled', now);
  const room = LETTERS_WAITING - (await tx.outbox.waiting());
  if (room <= 0) return 'waiting';
  const accounts = await tx.accounts.listAfter(job.cursor, Math.min(size, room));
  const last = accounts.at(-1);
  if (!last) return end(tx, job, 'done', now);
  const isReminder = job.createdAt !== inForce.requiredSince;
  for (const account of accounts) {
    const message = await instructionsFor(tx, inForce, account, now);
    if (message && !(isReminder && message.kind === 'alreadyEnrolled')) {
      await enqueueLetter(deps, tx, account, message, now, 'bulk');
    }
  }
  await tx.jobs.advance(job.id, last.id, job.done + accounts.length);
  return 'worked';
}

/** What an account is told; null for who cannot sign in or is not asked. */
async function instructionsFor(
  tx: Tx,
  inForce: PolicyInForce,
  account: Account,
  now: Instant,
): Promise<Message | null> {
  if (account.passwordHash === null || account.suspendedAt !== null) return null;
  const factors = await tx.factors.listFor(account.id);
  const exemption = await tx.exceptions.exemptionFor(account.id);
  const compliance = complianceOf(inForce, account, factors, exemption, now);
  switch (compliance.kind) {
    case 'notAsked':
      return null;
    case 'met':
      return { kind: 'alreadyEnrolled' };
    case 'due':
      return { kind: 'enrolBy', deadline: compliance.deadline };
    case 'overdue':
      // Whoever is refused from then on is not told to set it up at the next sign-in.
      return inForce.policy.afterDeadline === 'block' && account.mustEnrolSince === null && account.role !== 'owner'
        ? { kind: 'enrolBy', deadline: compliance.deadline }
        : { kind: 'enrolNow' };
  }
}

async function end(
  tx: Tx,
  { id, kind, done, createdBy }: Job,
  state: 'done' | 'cancelled',
  now: Instant,
): Promise<Ran> {
  await tx.jobs.end(id, state, now);
  const parties = { actorId: createdBy, targetId: null };
  const detail = { reason: kind, after: state, count: done };
  await tx.audit.append(auditEntry('jobEnded', now, ENGINE, parties, detail));
  return 'worked';
}

/** Nobody calls: the engine itself goes on with what somebody began. */
const ENGINE: Caller = { surface: 'desktop', addresses: [], client: 'Vestibule' };
