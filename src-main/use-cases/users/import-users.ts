import type { Actor } from '../../domain/actor.ts';
import { auditEntry } from '../../domain/audit.ts';
import { DomainError, done, type Outcome, refused, settle } from '../../domain/errors.ts';
import type { Instant } from '../../domain/values.ts';
import type { Deps } from '../../ports/deps.ts';
import type { Tx } from '../../ports/store.ts';
import { JOBS_TOPIC } from '../jobs/run-jobs.ts';
import { endJob } from '../jobs/start-instructions.ts';
import { denyAccess } from '../sessions/authenticate.ts';
import { decidePermission, MANAGES_USERS, onRecord } from './act-on-user.ts';
import { writePieces } from './import-pieces.ts';
import { type ImportRead, readThrough } from './read-import.ts';
import { turnBack } from './run-import.ts';

const ACT = { name: 'import', targetId: null };

/** People added in one transaction: some milliseconds, so that nobody who signs in meanwhile waits for it. */
const PIECE = 20;

/**
 * Reads a file through and begins to add everybody in it, or in the end nobody (R39). Answers once all is written down that
 * there is to do: from then on it goes on by itself, through restarts and after a sign-out; `seeImport` tells how far it is.
 * @param size people added in one transaction
 * @returns the import's id
 * @throws {DomainError} `notSignedIn`, `forbidden`, `jobRunning`, `invalidInput`, `importUnfit`
 */
export async function importUsers(deps: Deps, by: Actor, csv: string, size = PIECE): Promise<string> {
  const isRunning = (await deps.store.read((tx) => tx.jobs.running('userImport'))) !== null;
  const read = isRunning ? null : await readThrough(deps, by.account.role, csv);
  if (read?.total === 0) throw new DomainError('invalidInput', { fields: { csv: 'There is nobody in this file.' } });
  const id = deps.random.id();
  const now = deps.clock.now();
  const begun = await deps.store.transaction((tx) =>
    onRecord(tx, by, ACT, now, async (): Promise<Outcome<void>> => {
      const permitted = await decidePermission(tx, by, MANAGES_USERS);
      if (permitted.kind === 'refused') return permitted;
      if (!read) return refused('jobRunning');
      if (read.faults.length > 0) return refused('importUnfit', { errors: read.faults.length });
      return begin(tx, by, id, read, size, now);
    }),
  );
  settle(begun);
  deps.bell.ring(JOBS_TOPIC);
  return id;
}

async function begin(
  tx: Tx,
  { account, caller }: Actor,
  id: string,
  { rows }: ImportRead,
  size: number,
  now: Instant,
): Promise<Outcome<void>> {
  const total = rows.length;
  const isFirst = await tx.jobs.add({
    id,
    kind: 'userImport',
    state: 'running',
    phase: 'adding',
    reason: null,
    cursor: '',
    done: 0,
    total,
    createdBy: account.id,
    createdAt: now,
    endedAt: null,
  });
  if (!isFirst) return refused('jobRunning');
  await writePieces(tx.jobPieces, id, { by: account.id, caller, total }, rows, size);
  const parties = { actorId: account.id, targetId: null };
  await tx.audit.append(auditEntry('jobStarted', now, caller, parties, { reason: 'userImport', count: total }));
  return done(undefined);
}

/**
 * Takes an import back that is still adding: nobody stays. One that is inviting is stopped where it is, and everybody stays:
 * the others can be invited by hand. One that has ended, or is being taken back, stays as it is.
 * @throws {DomainError} `notSignedIn`, `forbidden`, `notFound`
 */
export async function cancelImport(deps: Deps, by: Actor, id: string): Promise<void> {
  const now = deps.clock.now();
  const outcome = await deps.store.transaction(async (tx): Promise<Outcome<void> | null> => {
    const job = await tx.jobs.find(id);
    if (job?.kind !== 'userImport') return null;
    return onRecord(tx, by, ACT, now, async () => {
      const permitted = await decidePermission(tx, by, MANAGES_USERS);
      if (permitted.kind === 'refused') return permitted;
      if (job.state !== 'running') return done(undefined);
      if (job.phase === 'adding') {
        await turnBack(tx, job, 'cancelled', { actorId: by.account.id, caller: by.caller }, now);
      } else if (job.phase === 'inviting') {
        await tx.jobs.turn(id, 'inviting', job.done, 'cancelled');
        await endJob(tx, by, id, now);
      }
      return done(undefined);
    });
  });
  deps.bell.ring(JOBS_TOPIC);
  if (outcome) return settle(outcome);
  const parties = { actorId: by.account.id, targetId: null };
  return denyAccess(deps, by.caller, parties, 'admin.users.cancelImport', 'notFound');
}
