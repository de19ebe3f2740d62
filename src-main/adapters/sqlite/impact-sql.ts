import { IMPACT_FACTS } from '../../domain/impact.ts';
import { type PolicyInForce, WORKING_METHODS } from '../../domain/policy.ts';
import { DAY, type Instant } from '../../domain/values.ts';
import { METHODS } from './enumerations.ts';
import { CELLS, IS_ACTIVE, IS_OFF, IS_OWNER, IS_PRIVILEGED, PHONE_IS_KNOWN, PRIVILEGED_CELLS } from './people-cells.ts';

type Fact = (typeof IMPACT_FACTS)[number];

/** What the facts are found by. A type, not an interface: named parameters need an index signature. */
export type Question = {
  readonly now: Instant;
  readonly requiredFrom: Instant;
  readonly period: number;
  /** Whoever's time begins by this instant has the deadline behind them; below all times where there is none. */
  readonly pastFrom: Instant;
  /** Whoever's time begins after this one differs from the rest by it; above all times where nobody does. */
  readonly lateFrom: Instant;
  /** JSON array of the methods that are blocked. */
  readonly blocked: string;
  /** Likewise, of those alone that this version lets people have: their factors are gone through. */
  readonly taken: string;
  /** JSON array of the cells of those who have two-step verification, and need a security key beside. */
  readonly keyed: string;
};

/** The cells of those who can sign in, each with the facts that it tells. */
export const OPEN_CELLS = CELLS.filter(({ state }) => state === 'off' || state === 'active').map((each) => ({
  ...each,
  bits:
    (each.state === 'active' ? bitOf('active') : 0) |
    (each.role === 'owner' ? bitOf('owner') : 0) |
    (each.role === 'member' ? 0 : bitOf('privileged')) |
    (each.hasPhone ? bitOf('phone') : 0),
}));
const OPEN = OPEN_CELLS.map(({ cell }) => cell).join(', ');

/** The facts that a cell tells. */
const OF_CELL = bitOf('active') | bitOf('owner') | bitOf('privileged') | bitOf('phone');

const OWN = 'FROM exceptions e WHERE e.account_id = p.account_id';
/** From the memberships on: there may be more groups than anybody is in. */
const OF_GROUPS =
  'FROM group_members m CROSS JOIN exceptions e ON e.group_id = m.group_id WHERE m.account_id = p.account_id';
const GIVES_TIME = 'e.until > max(:now, max(:requiredFrom, p.since) + :period)';
const BLOCKED = 'SELECT value FROM json_each(:blocked)';
const HELD = 'FROM factors f WHERE f.account_id = p.account_id';

const IS_KEYED = 'p.cell IN (SELECT value FROM json_each(:keyed))';

/** How each fact is found, of somebody who is looked at. What takes a look elsewhere is asked where their kind may hang on it. */
const FACT: Readonly<Record<Fact, string>> = {
  active: IS_ACTIVE,
  owner: IS_OWNER,
  privileged: IS_PRIVILEGED,
  reset: 'p.must_enrol_since IS NOT NULL',
  past: 'max(:requiredFrom, p.since) <= :pastFrom',
  breakGlass: `EXISTS (SELECT 1 ${OWN} AND e.kind = 'breakGlass')`,
  extended: `CASE WHEN ${IS_OFF} OR ${IS_KEYED}
    THEN EXISTS (SELECT 1 ${OWN} AND ${GIVES_TIME}) OR EXISTS (SELECT 1 ${OF_GROUPS} AND ${GIVES_TIME}) ELSE 0 END`,
  kept: `CASE WHEN ${IS_ACTIVE} AND :taken <> '[]'
    THEN EXISTS (SELECT 1 ${HELD} AND f.method NOT IN (${BLOCKED})) OR NOT EXISTS (SELECT 1 ${HELD}) ELSE 1 END`,
  key: `CASE WHEN ${IS_KEYED} THEN EXISTS (SELECT 1 ${HELD} AND f.method = 'securityKey') ELSE 0 END`,
  phone: PHONE_IS_KNOWN,
};
const BITS = IMPACT_FACTS.map((fact, index) => `((${FACT[fact]}) << ${index})`).join(' | ');
const IS_WANTED = `(${BITS}) IN (SELECT value FROM json_each(:wanted))`;

export const COUNTED = `SELECT cell, total FROM people_counts WHERE cell IN (${OPEN})`;
export const HIGHEST = 'SELECT coalesce(max(id), 0) FROM people';

/** Of whom more tells than their cell: who was reset or came late, has an exception, or has to have a key. Some twice. */
const SPECIALS = `SELECT account_id AS id FROM people INDEXED BY people_to_enrol WHERE must_enrol_since IS NOT NULL
  UNION ALL SELECT account_id FROM people INDEXED BY people_since WHERE cell IN (${OPEN}) AND since > :lateFrom
  UNION ALL SELECT account_id FROM people p WHERE ${IS_KEYED}
  UNION ALL SELECT account_id FROM exceptions WHERE account_id IS NOT NULL AND (kind = 'breakGlass' OR until > :now)
  UNION ALL SELECT m.account_id FROM exceptions e CROSS JOIN group_members m ON m.group_id = e.group_id WHERE e.until > :now`;
/** Besides who has a method that is to go. Goes through the factors. */
const OF_METHOD = `UNION ALL SELECT account_id FROM factors WHERE method IN (SELECT value FROM json_each(:taken))`;

/** `:cap` ids at most of those of whom more tells than their cell. */
export function specialsSql({ taken }: Question): string {
  return `${SPECIALS} ${taken === '[]' ? '' : OF_METHOD} LIMIT :cap`;
}

const OF_SPECIALS = `FROM json_each(:ids) s CROSS JOIN people p ON p.account_id = s.value WHERE +p.cell IN (${OPEN})`;
export const COUNT_SPECIALS = `SELECT cell, bits, count(*) AS count
  FROM (SELECT p.cell AS cell, ${BITS} AS bits ${OF_SPECIALS}) GROUP BY cell, bits`;
const FOUND = 'p.account_id AS id, p.email_key AS emailKey';
export const LIST_SPECIALS = `SELECT ${FOUND} ${OF_SPECIALS} AND p.email_key > :afterKey AND ${IS_WANTED}
  ORDER BY p.email_key LIMIT :limit`;
export const LIST_CELL = `SELECT ${FOUND} FROM people p WHERE p.cell = :cell AND p.email_key > :afterKey ORDER BY p.email_key`;

/** Everybody whose number is behind `:after`, up to `:until`. */
export const COUNT_STRETCH = `SELECT bits, count(*) AS count FROM (
    SELECT ${BITS} AS bits FROM people p WHERE p.id > :after AND p.id <= :until AND +p.cell IN (${OPEN}))
  GROUP BY bits`;
/** The nearest of the addresses at which the cells each have `:ahead` more people; null when none has as many left. */
export const HORIZON = `SELECT min(far) FROM (
  SELECT (SELECT p.email_key FROM people p WHERE p.cell = c.value AND p.email_key > :afterKey
    ORDER BY p.email_key LIMIT 1 OFFSET :ahead) AS far
  FROM json_each(:cells) c)`;
/** Those between two addresses. */
export const LIST_STRETCH = `SELECT ${FOUND} FROM json_each(:cells) c CROSS JOIN people p
  WHERE p.cell = c.value AND p.email_key > :afterKey AND p.email_key <= :endKey AND ${IS_WANTED}
  ORDER BY p.email_key LIMIT :limit`;

export const LOAD = `SELECT a.id, a.name, a.email, a.email_key AS emailKey, a.role, a.created_at AS createdAt,
    a.joined_at AS joinedAt, a.must_enrol_since AS mustEnrolSince, ${BITS} AS bits,
    (SELECT max(until) FROM (SELECT e.until ${OWN} UNION ALL SELECT e.until ${OF_GROUPS})) AS extendedUntil
  FROM json_each(:ids) d CROSS JOIN people p ON p.account_id = d.value CROSS JOIN accounts a ON a.id = d.value
  ORDER BY d.key`;

export function questionOf({ policy, requiredSince }: PolicyInForce, now: Instant): Question {
  const period = policy.complianceDays * DAY;
  const requiredFrom = requiredSince ?? now;
  const pastFrom = requiredSince === null ? -1 : now - period;
  return {
    now,
    period,
    requiredFrom,
    pastFrom,
    lateFrom: requiredFrom <= pastFrom ? pastFrom : Number.MAX_SAFE_INTEGER,
    blocked: JSON.stringify(METHODS.filter((method) => policy.methods[method] === 'blocked')),
    taken: JSON.stringify(WORKING_METHODS.filter((method) => policy.methods[method] === 'blocked')),
    keyed: JSON.stringify(policy.phishingResistant === 'off' ? [] : PRIVILEGED_CELLS),
  };
}

/** All facts about somebody of whom nothing but their cell tells. */
export function usual(ofCell: number, { requiredFrom, pastFrom }: Question): number {
  return ofCell | bitOf('kept') | (requiredFrom <= pastFrom ? bitOf('past') : 0);
}

/** The cells in which there may be people with any of `wanted` as their facts. */
export function cellsWith(wanted: readonly number[]): number[] {
  return OPEN_CELLS.filter(({ bits }) => wanted.some((each) => (each & OF_CELL) === bits)).map(({ cell }) => cell);
}

export function bitOf(fact: Fact): number {
  return 1 << IMPACT_FACTS.indexOf(fact);
}
