import type { Account, Factor, Role } from './account.ts';
import { type Compliance, complianceOf, type Exemption } from './compliance.ts';
import { isLocked } from './lockout.ts';
import type { PolicyInForce } from './policy.ts';
import { DAY, type Instant, type Method } from './values.ts';

/** Rows of one page of the users' list. */
export const PAGE = 50;

/**
 * What the list can be narrowed to (R39). `active` and `off` are two-step states of those who have joined and are not
 * suspended; `overdue` are those of them who had to enrol by now; `locked` and `noPhone` may be anybody.
 */
export type PeopleStatus = 'active' | 'off' | 'overdue' | 'invited' | 'locked' | 'suspended' | 'noPhone';

export interface PeopleFilter {
  /** A part of a name or of an address; one or two characters: the beginning of a word of them. Empty for everybody. */
  readonly search: string;
  readonly status: PeopleStatus | null;
  readonly role: Role | null;
  readonly groupId: string | null;
}

export type PeopleSort = 'name' | 'email' | 'lastSignIn' | 'created';

/** Who of those who can sign in had to enrol by now, as far as figures can say it (`complianceOf` decides). */
export interface OverdueRule {
  /** Whoever was there by this instant, and is not excepted, has no time left; null while nobody is asked. */
  readonly thereBy: Instant | null;
  /** Whether an admin's reset is still to be made up for. */
  readonly resetsCount: boolean;
  /** Whether privileged roles need a security key beside (R38). */
  readonly privilegedNeedKey: boolean;
}

/** The filter's question, with all that its answer depends on. */
export interface PeopleQuestion {
  readonly filter: PeopleFilter;
  readonly overdue: OverdueRule;
  readonly now: Instant;
}

export interface PeopleOrder {
  readonly sort: PeopleSort;
  readonly direction: 'asc' | 'desc';
}

/** Behind which row a page begins: the value it is sorted by, and its id where several have that value. */
export interface PeoplePlace {
  readonly value: string | number;
  /** Unique in the list, and the same for as long as the person is in it. */
  readonly id: number;
}

/** An account and what else is known of it, as one look-up brings it. */
export interface PersonRecord {
  readonly account: Account;
  readonly factors: readonly Factor[];
  readonly exemption: Exemption;
}

/** A row of the users' list: nothing in it is a secret. */
export interface Person {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly phone: string | null;
  readonly role: Role;
  readonly state: PersonState;
  readonly locked: boolean;
  readonly twoStep: 'off' | 'active';
  readonly compliance: Compliance['kind'];
  /** Until when, or since when, two-step verification is asked for; null where it is not or is there. */
  readonly deadline: Instant | null;
  readonly methods: readonly Method[];
  readonly breakGlass: boolean;
  readonly lastSignInAt: Instant | null;
  readonly createdAt: Instant;
}

export type PersonState = 'active' | 'invited' | 'suspended';

export interface PeopleTotals {
  readonly total: number;
  readonly active: number;
  readonly off: number;
  readonly overdue: number;
  readonly invited: number;
  readonly suspended: number;
  readonly locked: number;
  readonly missingPhone: number;
}

/** Suspension outlives an invitation; whoever has no password has not joined. */
export function stateOf({ suspendedAt, passwordHash }: Account): PersonState {
  if (suspendedAt !== null) return 'suspended';
  return passwordHash === null ? 'invited' : 'active';
}

/** Where somebody stands in the list: of those who cannot sign in, nothing is asked yet. */
export function standingOf(record: PersonRecord, inForce: PolicyInForce, now: Instant): Compliance {
  if (stateOf(record.account) !== 'active') return { kind: 'notAsked' };
  return complianceOf(inForce, record.account, record.factors, record.exemption, now);
}

/** `standingOf` turned round: instead of the time at which somebody is late, who is late at this time. */
export function overdueRule({ policy, requiredSince }: PolicyInForce, now: Instant): OverdueRule {
  const asked = policy.enforcement === 'required' && requiredSince !== null;
  const thereBy = now - policy.complianceDays * DAY;
  return {
    thereBy: asked && requiredSince <= thereBy ? thereBy : null,
    resetsCount: policy.enforcement !== 'off',
    privilegedNeedKey: policy.phishingResistant !== 'off',
  };
}

export function personOf(record: PersonRecord, inForce: PolicyInForce, now: Instant): Person {
  const { account, factors, exemption } = record;
  const standing = standingOf(record, inForce, now);
  return {
    id: account.id,
    name: account.name,
    email: account.email,
    phone: account.phone,
    role: account.role,
    state: stateOf(account),
    locked: isLocked(account.throttle, now),
    twoStep: account.twoStep,
    compliance: standing.kind,
    deadline: 'deadline' in standing ? standing.deadline : null,
    methods: factors.map(({ method }) => method),
    breakGlass: exemption.breakGlass,
    lastSignInAt: account.lastSignInAt,
    createdAt: account.createdAt,
  };
}

/** Marks above and below letters, once they stand apart from them. */
const MARKS = /\p{M}+/gu;

/**
 * The form in which names, addresses and what is searched for are held against each other and sorted: neither
 * capitals, accents nor ligatures count. Idempotent.
 */
export function searchKeyOf(text: string): string {
  return text.normalize('NFKD').replace(MARKS, '').toLowerCase().normalize('NFKD').replace(MARKS, '');
}

/** What a person typed to search for, in the form it is searched in; empty for nothing. */
export function needleOf(search: string): string {
  return searchKeyOf(search.replace(/\p{Cc}/gu, ''))
    .replace(/\s+/gu, ' ')
    .trim();
}

/** A page's end as a client holds it and hands it back; it means nothing to anybody else. */
export function writeCursor({ sort, direction }: PeopleOrder, { value, id }: PeoplePlace): string {
  return encodeURIComponent(JSON.stringify([sort, direction, value, id]));
}

/** Null for anything that is not a cursor of this very order. */
export function readCursor(cursor: string, { sort, direction }: PeopleOrder): PeoplePlace | null {
  const parts = parsed(cursor);
  if (!Array.isArray(parts) || parts.length !== 4) return null;
  const [ofSort, ofDirection, value, id] = parts as unknown[];
  const kind = sort === 'name' || sort === 'email' ? 'string' : 'number';
  const fits = ofSort === sort && ofDirection === direction && typeof value === kind && Number.isSafeInteger(id);
  return fits ? { value: value as string | number, id: id as number } : null;
}

function parsed(cursor: string): unknown {
  try {
    return JSON.parse(decodeURIComponent(cursor));
  } catch {
    return null;
  }
}
