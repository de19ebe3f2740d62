import { DomainError } from '../../domain/errors.ts';
import {
  overdueRule,
  PAGE,
  type PeopleFilter,
  type PeopleOrder,
  type PeoplePlace,
  type PeopleQuestion,
  type PeopleTotals,
  type Person,
  personOf,
  readCursor,
  writeCursor,
} from '../../domain/people.ts';
import type { PolicyInForce } from '../../domain/policy.ts';
import type { Deps } from '../../ports/deps.ts';

/** One page of the users' list. */
export interface PeoplePage {
  readonly rows: readonly Person[];
  /** Where the next one begins; null behind the last. */
  readonly next: string | null;
}

type Listing = Pick<Deps, 'store' | 'clock' | 'pause'>;

/** A page of the list, from behind the cursor (R39). @throws {DomainError} `invalidInput` for a cursor that is none of this order */
export async function listPeople(
  deps: Listing,
  filter: PeopleFilter,
  order: PeopleOrder,
  cursor: string | null,
  size = PAGE,
): Promise<PeoplePage> {
  const rows: Person[] = [];
  let next = placeIn(cursor, order);
  const { policy, question } = await questionOf(deps, filter);
  // The store does a bounded piece of work at a time, so that a search nobody fits keeps nobody waiting.
  for (;;) {
    const piece = await deps.store.read((tx) => tx.people.page(question, order, next, size - rows.length));
    rows.push(...piece.records.map((record) => personOf(record, policy, question.now)));
    next = piece.next;
    if (next === null || rows.length === size) return { rows, next: next && writeCursor(order, next) };
    await deps.pause.breathe();
  }
}

/** How many a filter leaves. */
export async function countPeople(deps: Listing, filter: PeopleFilter): Promise<number> {
  const { question } = await questionOf(deps, filter);
  return countAll(deps, question);
}

/** The figures above the list. */
export async function totalPeople(deps: Listing): Promise<PeopleTotals> {
  const { question } = await questionOf(deps, { search: '', status: 'overdue', role: null, groupId: null });
  const states = await deps.store.read((tx) => tx.people.totals(question.now));
  return { ...states, overdue: await countAll(deps, question) };
}

async function countAll({ store, pause }: Listing, question: PeopleQuestion): Promise<number> {
  let total = 0;
  for (let next: number | null = 0; next !== null; ) {
    const after: number = next;
    const piece = await store.read((tx) => tx.people.count(question, after));
    total += piece.counted;
    next = piece.next;
    if (next !== null) await pause.breathe();
  }
  return total;
}

async function questionOf(
  { store, clock }: Listing,
  filter: PeopleFilter,
): Promise<{ policy: PolicyInForce; question: PeopleQuestion }> {
  const now = clock.now();
  const policy = await store.read((tx) => tx.workspace.policy());
  return { policy, question: { filter, now, overdue: overdueRule(policy, now) } };
}

/** @throws {DomainError} `invalidInput` */
function placeIn(cursor: string | null, order: PeopleOrder): PeoplePlace | null {
  if (cursor === null) return null;
  const place = readCursor(cursor, order);
  if (place === null) throw new DomainError('invalidInput', { fields: { cursor: 'This is no place in this list.' } });
  return place;
}
