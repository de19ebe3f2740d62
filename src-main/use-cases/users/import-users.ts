import type { Account } from '../../domain/account.ts';
import type { Actor } from '../../domain/actor.ts';
import { auditEntry } from '../../domain/audit.ts';
import { DomainError, done, type Outcome, refused, settle } from '../../domain/errors.ts';
import { isPrivileged } from '../../domain/role.ts';
import type { ImportRow } from '../../domain/user-import.ts';
import type { Instant } from '../../domain/values.ts';
import type { Deps } from '../../ports/deps.ts';
import type { Tx } from '../../ports/store.ts';
import { JOBS_TOPIC } from '../jobs/run-jobs.ts';
import { endJob } from '../jobs/start-instructions.ts';
import { denyAccess } from '../sessions/authenticate.ts';
import { meansIn, type StepUp } from '../two-step/step-up.ts';
import { decidePermission, MANAGES_USERS, onRecord } from './act-on-user.ts';
import { writePieces } from './import-pieces.ts';
import { doProvenIfNeeded } from './proven-act.ts';
import { readThrough } from './read-import.ts';
import { turnBack } from './run-import.ts';

const ACT = { name: 'import', targetId: null };

/** People added in one transaction: some milliseconds, so that nobody who signs in meanwhile waits for it. */
const PIECE = 20;

/** What was begun, and the acting session's new token where it was proven for. */
export interface ImportBegun {
  readonly importId: string;
  readonly token: string | null;
}

/**
 * Reads a file through and begins to add everybody in it, or in the end nobody (R39). Answers once all is written down that
 * there is to do: from then on it goes on by itself, through restarts and after a sign-out; `seeImport` tells how far it is.
 * A file with any role above member in it takes the acting person's password and second step (S26), see `addUser`.
 * @param size people added in one transaction
 * @throws {DomainError} `notSignedIn`, `forbidden`, `jobRunning`, `invalidInput`, `importUnfit`; see `doProvenIfNeeded`
 */
export async function importUsers(
  deps: Deps,
  by: Actor,
  csv: string,
  stepUp: StepUp | null,
  size = PIECE,
): Promise<ImportBegun> {
  const isRunning = (await deps.store.read((tx) => tx.jobs.running('userImport'))) !== null;
  const read = isRunning ? null : await readThrough(deps, by.account.role, csv);
  if (read?.total === 0) throw new DomainError('invalidInput', { fields: { csv: 'There is nobody in this file.' } });
  const importId = deps.random.id();
  const token = await doProvenIfNeeded<Ready>(deps, by, stepUp, {
    ...ACT,
    purpose: 'roles',
    async decide(tx) {
      const permitted = await decidePermission(tx, by, MANAGES_USERS);
      if (permitted.kind === 'refused') return permitted;
      if (!read || (await tx.jobs.running('userImport'))) return refused('jobRunning');
      if (read.faults.length > 0) return refused('importUnfit', { errors: read.faults.length });
      return done({ actor: permitted.value, rows: read.rows });
    },
    needsProof: ({ rows }) => rows.some(({ role }) => isPrivileged(role)),
    async act(tx, { rows }, now) {
      await begin(tx, by, importId, rows, size, stepUp ? meansIn(stepUp) : {}, now);
    },
  });
  deps.bell.ring(JOBS_TOPIC);
  return { importId, token };
}

interface Ready {
  readonly actor: Account;
  readonly rows: readonly ImportRow[];
}

async function begin(
  tx: Tx,
  { account, caller }: Actor,
  id: string,
  rows: readonly ImportRow[],
  size: number,
  means: ReturnType<typeof meansIn>,
  now: Instant,
): Promise<void> {
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
  if (!isFirst) throw new Error('An import began though none was running.');
  await writePieces(tx.jobPieces, id, { by: account.id, caller, total }, rows, size);
  const parties = { actorId: account.id, targetId: null };
  const detail = { ...means, reason: 'userImport', count: total };
  await tx.audit.append(auditEntry('jobStarted', now, caller, parties, detail));
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
