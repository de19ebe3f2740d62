import type { Account } from '../../domain/account.ts';
import type { Actor } from '../../domain/actor.ts';
import { auditEntry } from '../../domain/audit.ts';
import { DomainError, type Outcome, refused, settle } from '../../domain/errors.ts';
import { mayGrant } from '../../domain/role.ts';
import type { ImportRow } from '../../domain/user-import.ts';
import type { Deps } from '../../ports/deps.ts';
import type { Store, Tx } from '../../ports/store.ts';
import { OUTBOX_TOPIC } from '../delivery/enqueue-letter.ts';
import { denyAccess } from '../sessions/authenticate.ts';
import { newAccount } from '../set-up/create-workspace.ts';
import { decidePermission, MANAGES_USERS, onRecord } from './act-on-user.ts';
import { type Invitation, prepareInvitation } from './invite.ts';
import { type ImportRead, readThrough } from './read-import.ts';

export interface ImportProgress {
  readonly state: 'running' | 'done' | 'cancelled' | 'failed';
  readonly done: number;
  readonly total: number;
}

interface Run {
  readonly id: string;
  progress: ImportProgress;
  /** Who took it back, be it somebody else than who began it. */
  cancelledBy: Actor | null;
}

/** The latest import of each store. In memory only: an import is one transaction, which ends with the program. */
const runs = new WeakMap<Store, Run>();

/** Somebody to be added, all drawn and sealed. */
interface Newcomer extends Invitation {
  readonly account: Account;
}

/** People dealt with between two pauses: some milliseconds of work. */
const AT_A_TIME = 20;

/** Thrown to roll back, and never seen outside. */
class Stopped extends Error {}

/**
 * Adds everybody in the file, or nobody: in one transaction, which pauses again and again so that other work goes on (R39).
 * Answers once the file has been read and the adding has begun; `seeImport` tells how far it is. Each person is mailed an
 * invitation, behind all other letters.
 * @throws {DomainError} `jobRunning`, `invalidInput`, `importUnfit`
 */
export async function importUsers(deps: Deps, by: Actor, csv: string): Promise<string> {
  const run: Run = { id: deps.random.id(), progress: { state: 'running', done: 0, total: 0 }, cancelledBy: null };
  if (runs.get(deps.store)?.progress.state === 'running') await refuse(deps, by, new DomainError('jobRunning'));
  runs.set(deps.store, run);
  const read = await readFit(deps, by, run, csv);
  run.progress = { state: 'running', done: 0, total: read.rows.length };
  void addAll(deps, by, run, read.rows);
  return run.id;
}

/** How far an import is. @throws {DomainError} `notFound` */
export async function seeImport(deps: Pick<Deps, 'store' | 'clock'>, by: Actor, id: string): Promise<ImportProgress> {
  return (await findRun(deps, by, id, 'admin.users.importState')).progress;
}

/** Takes an import back that is still under way: nobody is added. One that has ended stays as it is. @throws {DomainError} `notFound` */
export async function cancelImport(deps: Pick<Deps, 'store' | 'clock'>, by: Actor, id: string): Promise<void> {
  // Writes nothing: that would wait for the end of the very transaction it is to stop.
  (await findRun(deps, by, id, 'admin.users.cancelImport')).cancelledBy ??= by;
}

async function findRun(deps: Pick<Deps, 'store' | 'clock'>, by: Actor, id: string, procedure: string): Promise<Run> {
  const run = runs.get(deps.store);
  if (run?.id === id) return run;
  return denyAccess(deps, by.caller, { actorId: by.account.id, targetId: null }, procedure, 'notFound');
}

async function readFit(deps: Deps, by: Actor, run: Run, csv: string): Promise<ImportRead> {
  try {
    const read = await readThrough(deps, by.account.role, csv);
    if (read.faults.length > 0) await refuse(deps, by, new DomainError('importUnfit', { errors: read.faults.length }));
    if (read.rows.length === 0) {
      throw new DomainError('invalidInput', { fields: { csv: 'There is nobody in this file.' } });
    }
    return read;
  } catch (error) {
    run.progress = { ...run.progress, state: 'failed' };
    throw error;
  }
}

async function refuse(deps: Deps, by: Actor, error: DomainError<'jobRunning'> | DomainError<'importUnfit'>) {
  await deps.store.transaction((tx) =>
    onRecord(tx, by, ACT, deps.clock.now(), async () => ({ kind: 'refused', error: error as unknown as DomainError })),
  );
  throw error;
}

const ACT = { name: 'import', targetId: null };

/** Never rejects: nobody waits for it. */
async function addAll(deps: Deps, by: Actor, run: Run, rows: readonly ImportRow[]): Promise<void> {
  try {
    const newcomers = await prepareAll(deps, by, run, rows);
    await deps.store.transaction(async (tx) => {
      await inPieces(deps, run, newcomers, 1, async (piece) => settle(await addSome(deps, tx, by, piece)));
      const parties = { actorId: by.account.id, targetId: null };
      const detail = { count: rows.length };
      await tx.audit.append(auditEntry('usersImported', deps.clock.now(), by.caller, parties, detail));
    });
    run.progress = { state: 'done', done: rows.length, total: rows.length };
    deps.bell.ring(OUTBOX_TOPIC);
  } catch (error) {
    run.progress = { ...run.progress, state: error instanceof Stopped ? 'cancelled' : 'failed', done: 0 };
    await tellWhy(deps, (error instanceof Stopped && run.cancelledBy) || by, error);
  }
}

/** Draws codes and seals letters before the transaction, for while that runs every other writer waits. */
async function prepareAll(deps: Deps, by: Actor, run: Run, rows: readonly ImportRow[]): Promise<Newcomer[]> {
  const workspace = (await deps.store.read((tx) => tx.workspace.find()))?.name ?? '';
  const now = deps.clock.now();
  const newcomers: Newcomer[] = [];
  await inPieces(deps, run, rows, 0, async (piece) => {
    for (const { name, address, phone, role } of piece) {
      const account = { ...newAccount(deps.random.id(), name, address, role, null, now), phone };
      newcomers.push({ account, ...prepareInvitation(deps, workspace, account, by.account, now) });
    }
  });
  return newcomers;
}

/** One of two rounds over everybody, with a pause before each piece; each round is half of the work. */
async function inPieces<T>(
  { pause }: Pick<Deps, 'pause'>,
  run: Run,
  all: readonly T[],
  roundsDone: 0 | 1,
  work: (piece: readonly T[]) => Promise<unknown>,
): Promise<void> {
  for (let from = 0; from < all.length; from += AT_A_TIME) {
    await pause.breathe();
    if (run.cancelledBy) throw new Stopped();
    await work(all.slice(from, from + AT_A_TIME));
    const steps = roundsDone * all.length + Math.min(from + AT_A_TIME, all.length);
    run.progress = { ...run.progress, done: Math.trunc(steps / 2) };
  }
}

async function addSome(deps: Deps, tx: Tx, by: Actor, newcomers: readonly Newcomer[]): Promise<Outcome<Account>> {
  const permitted = await decidePermission(tx, by, MANAGES_USERS);
  if (permitted.kind === 'refused') return permitted;
  for (const { account, code, letter } of newcomers) {
    if (!mayGrant(permitted.value.role, account.role)) return refused('targetOutranks');
    if (!(await tx.accounts.add(account))) return refused('emailTaken');
    await tx.oneTimeCodes.add(code);
    await tx.outbox.add(letter);
    const parties = { actorId: by.account.id, targetId: account.id };
    await tx.audit.append(auditEntry('userAdded', deps.clock.now(), by.caller, parties, { after: account.role }));
  }
  return permitted;
}

/** Puts on record, once all is rolled back, why nobody was added. */
async function tellWhy(deps: Deps, by: Actor, error: unknown): Promise<void> {
  const isExpected = error instanceof Stopped || error instanceof DomainError;
  if (!isExpected) deps.log.error({ error }, 'an import failed');
  const why = error instanceof Stopped ? 'cancelled' : error instanceof DomainError ? error.code : 'failed';
  const parties = { actorId: by.account.id, targetId: null };
  const entry = auditEntry('adminActRefused', deps.clock.now(), by.caller, parties, { reason: `import: ${why}` });
  try {
    await deps.store.transaction((tx) => tx.audit.append(entry));
  } catch {
    // The app is closing, or its disk is full: that nobody was added holds all the same.
  }
}
