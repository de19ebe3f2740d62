import { MailFailure } from '../../domain/mail-failure.ts';
import type { Letter } from '../../domain/message.ts';
import { DAY, type Duration, type Instant, MINUTE, SECOND } from '../../domain/values.ts';
import type { StopSignal } from '../../ports/ambient.ts';
import type { Deps } from '../../ports/deps.ts';
import type { OutboxRow, Store, Tx } from '../../ports/store.ts';
import { placeOfLetter } from './enqueue-letter.ts';
import { type HandOverDeps, handOver } from './hand-over.ts';

const FIRST_RETRY: Duration = 5 * SECOND;
const LONGEST_RETRY: Duration = 5 * MINUTE;
const GIVE_UP_AFTER: Duration = DAY;
const AT_ONCE = 8; // one letter that hangs must not hold back everyone else's codes

export interface DispatchDeps extends HandOverDeps, Pick<Deps, 'clock' | 'bell' | 'log'> {
  /** No letter is taken up after this. */
  readonly stop?: StopSignal;
}

export interface Dispatched {
  readonly sent: number;
  readonly retried: number;
  readonly failed: number;
}

/** Letters under way, per store: whoever dispatches at the same time leaves them alone. */
const underWay = new WeakMap<Store, Set<string>>();

/**
 * Sends every letter that is due, and returns when none is. Sending happens outside any transaction; a letter
 * is erased once it is sent or given up. What fails is tried again after 5 s, 10 s … 5 min, while the next try
 * would still come in time: before a code expires, within a day for anything else (R51). What the mail server refuses
 * for good is given up at once, so that another way is offered in time. A crash, or a line that breaks, between
 * sending and recording repeats the letter under the same id and date, by which the receiving end knows it.
 */
export async function dispatchLetters(deps: DispatchDeps): Promise<Dispatched> {
  const taken = underWay.get(deps.store) ?? new Set<string>();
  underWay.set(deps.store, taken);
  const count = { sent: 0, retried: 0, failed: 0 };
  while (!deps.stop?.aborted) {
    const now = deps.clock.now();
    const due = await deps.store.read((tx) => tx.outbox.due(now, AT_ONCE + taken.size));
    const mine = due.filter((row) => !taken.has(row.id)).slice(0, AT_ONCE - taken.size);
    if (mine.length === 0) return count;
    for (const row of mine) taken.add(row.id);
    const outcomes = await Promise.all(
      mine.map((row) => deliverOnce(deps, row.id, now).finally(() => taken.delete(row.id))),
    );
    for (const outcome of outcomes) if (outcome !== 'nothing') count[outcome] += 1;
  }
  return count;
}

/** Looks again now that the letter is taken: another dispatch may have sent it since it was found due. */
async function deliverOnce(deps: DispatchDeps, id: string, now: Instant): Promise<keyof Dispatched | 'nothing'> {
  const row = await deps.store.read((tx) => tx.outbox.find(id));
  if (row?.state !== 'queued' || row.sealed === null || row.dueAt > now) return 'nothing';
  const outcome = await attempt(deps, row, row.sealed, now);
  await deps.store.transaction((tx) => record(tx, row, outcome, deps.clock.now()));
  deps.bell.ring(`delivery:${row.accountId}`);
  return outcome;
}

async function attempt(deps: DispatchDeps, row: OutboxRow, sealed: string, now: Instant): Promise<keyof Dispatched> {
  const letter = openLetter(deps, row, sealed);
  if (letter === null || now >= lastMoment(row, letter)) return 'failed';
  try {
    await handOver(deps, row.id, letter, row.createdAt);
    return 'sent';
  } catch (error) {
    deps.log.warn({ letter: row.id, attempts: row.attempts + 1, error }, 'A letter could not be delivered');
    if (error instanceof MailFailure && error.trouble.permanent) return 'failed';
    return deps.clock.now() + backoff(row.attempts) < lastMoment(row, letter) ? 'retried' : 'failed';
  }
}

/** Null for a letter that does not open: trying again would not help. */
function openLetter({ vault, log }: DispatchDeps, row: OutboxRow, sealed: string): Letter | null {
  try {
    return JSON.parse(vault.open(sealed, placeOfLetter(row)));
  } catch (error) {
    log.error({ letter: row.id, error }, 'A letter in the outbox does not open');
    return null;
  }
}

function record(tx: Tx, row: OutboxRow, outcome: keyof Dispatched, now: Instant): Promise<void> {
  if (outcome === 'sent') return tx.outbox.markSent(row.id);
  if (outcome === 'failed') return tx.outbox.markFailed(row.id);
  return tx.outbox.retryAt(row.id, now + backoff(row.attempts));
}

/** After this nobody needs the letter. */
function lastMoment(row: OutboxRow, { message }: Letter): Instant {
  return 'expiresAt' in message ? message.expiresAt : row.createdAt + GIVE_UP_AFTER;
}

function backoff(attempts: number): Duration {
  return Math.min(FIRST_RETRY * 2 ** attempts, LONGEST_RETRY);
}
