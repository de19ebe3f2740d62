import type { Actor } from '../../domain/actor.ts';
import { auditEntry } from '../../domain/audit.ts';
import { done, type Outcome, refused, settle } from '../../domain/errors.ts';
import type { JobState } from '../../domain/job.ts';
import type { Instant } from '../../domain/values.ts';
import type { Deps } from '../../ports/deps.ts';
import type { Tx } from '../../ports/store.ts';
import { decidePermission } from '../users/act-on-user.ts';
import { JOBS_TOPIC } from './run-jobs.ts';

/** Inside a transaction: begins writing to everybody; null while that is under way already. Gives the job's id. */
export async function startInstructions(
  { random }: Pick<Deps, 'random'>,
  tx: Tx,
  { account, caller }: Actor,
  now: Instant,
): Promise<string | null> {
  const id = random.id();
  const begun = await tx.jobs.add({
    id,
    kind: 'setupInstructions',
    state: 'running',
    phase: null,
    reason: null,
    cursor: '',
    done: 0,
    total: await tx.accounts.count(),
    createdBy: account.id,
    createdAt: now,
    endedAt: null,
  });
  if (!begun) return null;
  await tx.audit.append(auditEntry('jobStarted', now, caller, parties(account), { reason: 'setupInstructions' }));
  return id;
}

/** Inside a transaction: ends what is under way, where anything is. */
export async function endInstructions(tx: Tx, by: Actor, now: Instant): Promise<void> {
  const job = await tx.jobs.running('setupInstructions');
  if (job) await endJob(tx, by, job.id, now);
}

/** Inside a transaction. False when it is not running (any more). */
export async function endJob(
  tx: Tx,
  { account, caller }: Actor,
  id: string,
  now: Instant,
  state: Exclude<JobState, 'running'> = 'cancelled',
): Promise<boolean> {
  const job = await tx.jobs.find(id);
  if (!job || !(await tx.jobs.end(id, state, now))) return false;
  const detail = { reason: job.kind, after: state, count: job.done };
  await tx.audit.append(auditEntry('jobEnded', now, caller, parties(account), detail));
  return true;
}

/**
 * Writes once more to everybody who has not set it up, while it is required (R28).
 * @returns the job's id
 * @throws {DomainError} `notSignedIn`, `forbidden`, `stateUnfit` while it is not required, `jobRunning`
 */
export async function sendInstructions(deps: Deps, by: Actor): Promise<{ jobId: string }> {
  const jobId = await act(deps, by, async (tx, now) => {
    if ((await tx.workspace.policy()).policy.enforcement !== 'required') return refused('stateUnfit');
    const id = await startInstructions(deps, tx, by, now);
    return id === null ? refused('jobRunning') : done(id);
  });
  return { jobId };
}

/** Stops long work where it stands: what it has done stays done. @throws {DomainError} `notSignedIn`, `forbidden`, `notFound` */
export async function cancelJob(deps: Deps, by: Actor, id: string): Promise<void> {
  await act(deps, by, async (tx, now) => {
    // An import is stopped where people are managed: it takes back what it did.
    const isImport = (await tx.jobs.find(id))?.kind === 'userImport';
    return !isImport && (await endJob(tx, by, id, now)) ? done(undefined) : refused('notFound');
  });
}

async function act<T>(
  { store, clock, bell }: Deps,
  by: Actor,
  work: (tx: Tx, now: Instant) => Promise<Outcome<T>>,
): Promise<T> {
  const now = clock.now();
  const outcome = await store.transaction(async (tx): Promise<Outcome<T>> => {
    const permitted = await decidePermission(tx, by, [['generalSettings', 'manage']]);
    const worked = permitted.kind === 'done' ? await work(tx, now) : permitted;
    if (worked.kind === 'refused') {
      const detail = { reason: worked.error.code };
      await tx.audit.append(auditEntry('policyRefused', now, by.caller, parties(by.account), detail));
    }
    return worked;
  });
  bell.ring(JOBS_TOPIC);
  return settle(outcome);
}

function parties({ id }: { readonly id: string }) {
  return { actorId: id, targetId: null };
}
