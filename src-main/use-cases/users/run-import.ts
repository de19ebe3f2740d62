import type { Account } from '../../domain/account.ts';
import { auditEntry, type Parties } from '../../domain/audit.ts';
import { DamagedData } from '../../domain/damaged-data.ts';
import { importedId } from '../../domain/imported.ts';
import type { Job, JobReason } from '../../domain/job.ts';
import { stateOf } from '../../domain/people.ts';
import { mayGrant } from '../../domain/role.ts';
import type { Caller, Instant } from '../../domain/values.ts';
import type { Tx } from '../../ports/store.ts';
import { ENGINE, endByItself, type JobDeps, type Ran, roomForLetters } from '../jobs/long-work.ts';
import { newAccount } from '../set-up/create-workspace.ts';
import { decideStanding, MANAGES_USERS } from './act-on-user.ts';
import { type ImportHead, type Newcomer, readHead, readPiece, removePiece } from './import-pieces.ts';
import { invite } from './invite.ts';

/** Pieces that nobody will be added from any more, thrown away at a time. */
const DROPPED = 20;

/**
 * One piece of an import (R39). People are added, without a letter; when all are there, each is mailed an invitation,
 * behind all other letters; where it turned back, whoever was added is taken out again. Everybody or nobody, in the end.
 */
export async function runImport(deps: JobDeps, tx: Tx, job: Job, size: number, now: Instant): Promise<Ran> {
  switch (job.phase) {
    case 'adding':
      return addPiece(tx, job, now);
    case 'inviting':
      return invitePiece(deps, tx, job, size, now);
    default:
      return undoPiece(tx, job, size, now);
  }
}

/** Inside a transaction: nobody more is added, and whoever was is to be taken out again. Puts on record who said so, or why. */
export async function turnBack(
  tx: Tx,
  job: Job,
  reason: JobReason,
  by: { readonly actorId: string; readonly caller: Caller },
  now: Instant,
): Promise<void> {
  // Where what was written cannot be believed, neither can how far it came.
  await tx.jobs.turn(job.id, 'undoing', reason === 'damaged' ? job.total : job.done, reason);
  const parties = { actorId: by.actorId, targetId: null };
  await tx.audit.append(auditEntry('adminActRefused', now, by.caller, parties, { reason: `import: ${reason}` }));
}

interface Ready {
  readonly head: ImportHead;
  readonly people: readonly Newcomer[];
}

/** Who began it must be permitted at each piece, as at any act of theirs (S39); their session need not live on. */
async function addPiece(tx: Tx, job: Job, now: Instant): Promise<Ran> {
  const ready = await unlessDamaged(tx, job, now, () => decidePiece(tx, job));
  if (typeof ready === 'string') {
    await turnBack(tx, job, ready, { actorId: job.createdBy, caller: ENGINE }, now);
    return 'worked';
  }
  const { head, people } = ready;
  const entry = (kind: 'userAdded' | 'usersImported', targetId: string | null, detail: object) =>
    auditEntry(kind, now, head.caller, { actorId: head.by, targetId }, detail);
  for (const [index, { name, address, phone, role }] of people.entries()) {
    const account = newAccount(importedId(job.id, job.done + index), name, address, role, null, now);
    if (!(await tx.accounts.add({ ...account, phone }))) throw new Error('An address that was free is taken.');
    await tx.audit.append(entry('userAdded', account.id, { after: role }));
  }
  await removePiece(tx.jobPieces, job.id, job.done);
  const done = job.done + people.length;
  if (done < head.total) {
    await tx.jobs.advance(job.id, '', done);
  } else {
    await tx.jobs.turn(job.id, 'inviting', 0, null);
    await tx.audit.append(entry('usersImported', null, { count: done }));
  }
  return 'worked';
}

/** The next people, if they may be added, or why they may not: reads, and writes nothing. */
async function decidePiece(tx: Tx, job: Job): Promise<Ready | JobReason> {
  const begun = await decideBeginner(tx, job);
  if (typeof begun === 'string') return begun;
  const people = await readPiece(tx.jobPieces, job.id, job.done);
  if (!people) return 'damaged';
  for (const { address, role } of people) {
    if (!mayGrant(begun.by.role, role)) return 'targetOutranks';
    if (await tx.accounts.findByEmailKey(address.key)) return 'emailTaken';
  }
  return { head: begun.head, people };
}

interface Begun {
  readonly head: ImportHead;
  /** Who began it, as they are now. */
  readonly by: Account;
}

async function decideBeginner(tx: Tx, job: Job): Promise<Begun | JobReason> {
  const head = await readHead(tx.jobPieces, job.id);
  if (!head || head.total !== job.total) return 'damaged';
  const standing = await decideStanding(tx, head.by, MANAGES_USERS);
  if (standing.kind === 'done') return { head, by: standing.value };
  return standing.error.code === 'forbidden' ? 'forbidden' : 'notSignedIn';
}

/** Whoever began it may have lost the right to since: then nobody more is invited in their name. */
async function invitePiece(deps: JobDeps, tx: Tx, job: Job, size: number, now: Instant): Promise<Ran> {
  const room = await roomForLetters(tx);
  if (room <= 0) return 'waiting';
  const until = Math.min(job.done + Math.min(size, room), job.total);
  const ready = await unlessDamaged(tx, job, now, () => decideInvitations(tx, job, until, now));
  if (typeof ready === 'string') {
    await tx.jobs.turn(job.id, 'inviting', job.done, ready);
    return endInviting(tx, job, 'failed', job.done, now);
  }
  const { head, by, accounts } = ready;
  for (const account of accounts) {
    await invite(deps, tx, account, by, now, 'bulk');
    const parties: Parties = { actorId: head.by, targetId: account.id };
    await tx.audit.append(auditEntry('invitationSent', now, head.caller, parties));
  }
  await tx.jobs.advance(job.id, '', until);
  return until < job.total ? 'worked' : endInviting(tx, job, 'done', job.total, now);
}

/** Left out: whoever was invited by hand meanwhile, joined by that, was suspended, or is gone. */
async function decideInvitations(
  tx: Tx,
  job: Job,
  until: number,
  now: Instant,
): Promise<(Begun & { readonly accounts: readonly Account[] }) | JobReason> {
  const begun = await decideBeginner(tx, job);
  if (typeof begun === 'string') return begun;
  const accounts: Account[] = [];
  for (let index = job.done; index < until; index += 1) {
    const account = await tx.accounts.find(importedId(job.id, index));
    if (!account || account.deletedAt !== null || stateOf(account) !== 'invited') continue;
    const isInvited = (await tx.oneTimeCodes.openFor(account.id, 'invitation', now)).length > 0;
    if (!isInvited) accounts.push(account);
  }
  return { ...begun, accounts };
}

/** Inside a transaction: the end of an import whose people stay. */
async function endInviting(tx: Tx, job: Job, state: 'done' | 'failed', count: number, now: Instant): Promise<Ran> {
  await tx.jobPieces.drop(job.id, DROPPED);
  return endByItself(tx, job, state, count, now);
}

/** Where the cursor of an import is once all are out: what they were found by is cleared away. */
const TIDYING = 'tidying';

/** Takes the last ones out first. No letter has left to them, so nobody can have joined. */
async function undoPiece(tx: Tx, job: Job, size: number, now: Instant): Promise<Ran> {
  if (job.done === 0) return tidyPiece(tx, job, now);
  const from = Math.max(0, job.done - size);
  const ids = Array.from({ length: job.done - from }, (_, index) => importedId(job.id, job.done - 1 - index));
  const reason = `import: ${job.reason}`;
  for (const targetId of await tx.people.removeInvited(ids)) {
    await tx.audit.append(auditEntry('userRemoved', now, ENGINE, { actorId: job.createdBy, targetId }, { reason }));
  }
  await tx.jobs.advance(job.id, '', from);
  await tx.jobPieces.drop(job.id, DROPPED);
  return 'worked';
}

async function tidyPiece(tx: Tx, job: Job, now: Instant): Promise<Ran> {
  const isLeft = await tx.people.tidy(job.cursor === TIDYING ? 'goingOn' : 'beginning');
  const dropped = await tx.jobPieces.drop(job.id, DROPPED);
  await tx.jobs.advance(job.id, TIDYING, 0);
  if (isLeft || dropped === DROPPED) return 'worked';
  return endByItself(tx, job, job.reason === 'cancelled' ? 'cancelled' : 'failed', 0, now);
}

/** What is not as it was written is put on record, and nothing is decided on it (S55). */
async function unlessDamaged<T>(tx: Tx, job: Job, now: Instant, read: () => Promise<T>): Promise<T | JobReason> {
  try {
    return await read();
  } catch (error) {
    if (!(error instanceof DamagedData)) throw error;
    const parties = { actorId: job.createdBy, targetId: null };
    await tx.audit.append(auditEntry('damageFound', now, ENGINE, parties, { reason: error.place }));
    return 'damaged';
  }
}
