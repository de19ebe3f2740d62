import { DomainError } from '../../domain/errors.ts';
import { isLocked } from '../../domain/lockout.ts';
import {
  PAGE,
  type PeopleFilter,
  type PeopleOrder,
  type PeoplePlace,
  type PeopleTotals,
  type Person,
  type PersonRecord,
  personOf,
  readCursor,
  searchKeyOf,
  standingOf,
  stateOf,
  writeCursor,
} from '../../domain/people.ts';
import type { Deps } from '../../ports/deps.ts';
import type { Tx } from '../../ports/store.ts';

/** One page of the users' list. */
export interface PeoplePage {
  readonly rows: readonly Person[];
  /** Where the next one begins; null behind the last. */
  readonly next: string | null;
}

/** A page of the list, from behind the cursor (R39). @throws {DomainError} `invalidInput` for a cursor that is none of this order */
export async function listPeople(
  { store, clock }: Pick<Deps, 'store' | 'clock'>,
  filter: PeopleFilter,
  order: PeopleOrder,
  cursor: string | null,
): Promise<PeoplePage> {
  const after = placeIn(cursor, order);
  const now = clock.now();
  return store.read(async (tx) => {
    const { policy, people } = await matching(tx, filter, now);
    const sorted = people.sort((a, b) => compare(placeOf(a, order), placeOf(b, order), order));
    const from = after === null ? sorted : sorted.filter((each) => compare(placeOf(each, order), after, order) > 0);
    const page = from.slice(0, PAGE);
    const last = page.at(-1);
    return {
      rows: page.map((each) => personOf(each, policy, now)),
      next: last && from.length > PAGE ? writeCursor(order, placeOf(last, order)) : null,
    };
  });
}

/** How many a filter leaves. */
export function countPeople({ store, clock }: Pick<Deps, 'store' | 'clock'>, filter: PeopleFilter): Promise<number> {
  return store.read(async (tx) => (await matching(tx, filter, clock.now())).people.length);
}

/** The figures above the list. */
export async function totalPeople(deps: Pick<Deps, 'store' | 'clock'>): Promise<PeopleTotals> {
  const count = (status: PeopleFilter['status']) =>
    countPeople(deps, { search: '', status, role: null, groupId: null });
  return {
    total: await count(null),
    active: await count('active'),
    off: await count('off'),
    overdue: await count('overdue'),
    invited: await count('invited'),
    suspended: await count('suspended'),
    locked: await count('locked'),
    missingPhone: await count('noPhone'),
  };
}

/** @throws {DomainError} `invalidInput` */
export function placeIn(cursor: string | null, order: PeopleOrder): PeoplePlace | null {
  if (cursor === null) return null;
  const place = readCursor(cursor, order);
  if (place === null) throw new DomainError('invalidInput', { fields: { cursor: 'This is no place in this list.' } });
  return place;
}

async function matching(tx: Tx, filter: PeopleFilter, now: number) {
  const policy = await tx.workspace.policy();
  const people: PersonRecord[] = [];
  for (const account of await tx.accounts.list()) {
    const record = {
      account,
      factors: await tx.factors.listFor(account.id),
      exemption: await tx.exceptions.exemptionFor(account.id),
    };
    const groups = filter.groupId === null ? [] : await tx.groups.groupsOf(account.id);
    const isIn = filter.groupId === null || groups.some(({ id }) => id === filter.groupId);
    const isOverdue = () => standingOf(record, policy, now).kind === 'overdue';
    if (isIn && matches(record, filter, now, isOverdue)) people.push(record);
  }
  return { policy, people };
}

function matches({ account }: PersonRecord, filter: PeopleFilter, now: number, isOverdue: () => boolean): boolean {
  const needle = searchKeyOf(filter.search.trim());
  const found = [account.name, account.email].some((text) => searchKeyOf(text).includes(needle));
  const state = stateOf(account);
  const fits = {
    active: () => state === 'active' && account.twoStep === 'active',
    off: () => state === 'active' && account.twoStep === 'off',
    overdue: isOverdue,
    invited: () => state === 'invited',
    suspended: () => state === 'suspended',
    locked: () => isLocked(account.throttle, now),
    noPhone: () => account.phone === null,
  };
  return (
    found && (filter.role === null || account.role === filter.role) && (filter.status === null || fits[filter.status]())
  );
}

function placeOf({ account }: PersonRecord, { sort }: PeopleOrder): PeoplePlace {
  const value = {
    name: searchKeyOf(account.name),
    email: account.emailKey,
    lastSignIn: account.lastSignInAt ?? 0,
    created: account.createdAt,
  }[sort];
  return { value, id: account.id };
}

function compare(a: PeoplePlace, b: PeoplePlace, { direction }: PeopleOrder): number {
  const up = a.value === b.value ? (a.id < b.id ? -1 : a.id > b.id ? 1 : 0) : a.value < b.value ? -1 : 1;
  return direction === 'asc' ? up : -up;
}
