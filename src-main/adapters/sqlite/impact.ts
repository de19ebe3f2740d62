import { bitsOfKind, IMPACT_FACTS, type ImpactAccount, type ImpactKind, sumUp } from '../../domain/impact.ts';
import { type PolicyInForce, WORKING_METHODS } from '../../domain/policy.ts';
import { DAY, type Instant } from '../../domain/values.ts';
import type { ImpactRows } from '../../ports/store-policy.ts';
import type { Db } from './database.ts';
import { METHODS } from './enumerations.ts';
import { CELLS } from './people-cells.ts';

type Fact = (typeof IMPACT_FACTS)[number];

/** What the facts are found by. A type, not an interface: named parameters need an index signature. */
type Question = {
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
  /** JSON array of the cells in which it matters who has a security key. */
  readonly keyed: string;
};

const BEGINNING = 'coalesce(a.joined_at, a.created_at)';
const GROUP_EXCEPTIONS = 'FROM group_members m JOIN exceptions e ON e.group_id = m.group_id WHERE m.account_id = a.id';
const UNTIL = `nullif(max(
  coalesce((SELECT max(e.until) FROM exceptions e WHERE e.account_id = a.id), 0),
  coalesce((SELECT max(e.until) ${GROUP_EXCEPTIONS}), 0)), 0)`;
const BLOCKED = 'SELECT value FROM json_each(:blocked)';
const TAKEN = 'SELECT value FROM json_each(:taken)';

/** How each fact is found, of an account that is looked at. */
const FACT: Readonly<Record<Fact, string>> = {
  active: `a.two_step = 'active'`,
  owner: `a.role = 'owner'`,
  privileged: `a.role <> 'member'`,
  reset: 'a.must_enrol_since IS NOT NULL',
  past: `max(:requiredFrom, ${BEGINNING}) <= :pastFrom`,
  breakGlass: `EXISTS (SELECT 1 FROM exceptions e WHERE e.account_id = a.id AND e.kind = 'breakGlass')`,
  extended: `coalesce(${UNTIL} > :now AND ${UNTIL} > max(:requiredFrom, ${BEGINNING}) + :period, 0)`,
  kept: `NOT EXISTS (SELECT 1 FROM factors f WHERE f.account_id = a.id)
    OR EXISTS (SELECT 1 FROM factors f WHERE f.account_id = a.id AND f.method NOT IN (${BLOCKED}))`,
  key: `EXISTS (SELECT 1 FROM factors f WHERE f.account_id = a.id AND f.method = 'securityKey')`,
  phone: 'a.phone IS NOT NULL',
};
const BITS = IMPACT_FACTS.map((fact, index) => `((${FACT[fact]}) << ${index})`).join(' | ');

/** The cells of those who can sign in, each with the facts that it tells. */
const OPEN_CELLS = CELLS.filter(({ state }) => state === 'off' || state === 'active').map((each) => ({
  ...each,
  bits:
    (each.state === 'active' ? bitOf('active') : 0) |
    (each.role === 'owner' ? bitOf('owner') : 0) |
    (each.role === 'member' ? 0 : bitOf('privileged')) |
    (each.hasPhone ? bitOf('phone') : 0),
}));
const OPEN = OPEN_CELLS.map(({ cell }) => cell).join(', ');
const BITS_OF_CELL = new Map(OPEN_CELLS.map(({ cell, bits }) => [cell, bits]));

/** Of whom more tells than their cell: who was reset or came late, has an exception, a blocked method, or has to have a key. */
const specials = (factors: string) => `special AS MATERIALIZED (
  SELECT account_id AS id FROM people INDEXED BY people_to_enrol WHERE must_enrol_since IS NOT NULL
  UNION SELECT account_id FROM people INDEXED BY people_since WHERE cell IN (${OPEN}) AND since > :lateFrom
  UNION SELECT account_id FROM people WHERE cell IN (SELECT value FROM json_each(:keyed))
  UNION SELECT account_id FROM exceptions WHERE account_id IS NOT NULL
  UNION SELECT m.account_id FROM exceptions e CROSS JOIN group_members m ON m.group_id = e.group_id
  ${factors})`;
const SPECIALS = specials('');
/** Goes through all factors: only where a method is to go that people have. */
const SPECIALS_BY_METHOD = specials(`UNION SELECT account_id FROM factors WHERE method IN (${TAKEN})`);
/** The same, asked of one person. */
const IS_SPECIAL = `(p.must_enrol_since IS NOT NULL OR p.since > :lateFrom
  OR p.cell IN (SELECT value FROM json_each(:keyed))
  OR EXISTS (SELECT 1 FROM exceptions e WHERE e.account_id = p.account_id)
  OR EXISTS (SELECT 1 FROM group_members m JOIN exceptions e ON e.group_id = m.group_id WHERE m.account_id = p.account_id)
  OR EXISTS (SELECT 1 FROM factors f WHERE f.account_id = p.account_id AND f.method IN (${TAKEN})))`;

interface Found {
  readonly id: string;
  readonly emailKey: string;
}

/**
 * Most people are told apart by the cell they are in, state, role and phone, alone: they are counted by the counters, and
 * found by the index of their cell. Only the few whom more tells of are looked at one by one (CROSS JOIN: SQLite must begin
 * with them).
 */
export function impactRows({ $client: client }: Db): ImpactRows {
  const totals = client.prepare<[], { cell: number; total: number }>(
    `SELECT cell, total FROM people_counts WHERE cell IN (${OPEN})`,
  );
  const special = byMethod((found) =>
    client.prepare<[Question], { cell: number; bits: number; count: number }>(`
    WITH ${found}
    SELECT cell, bits, count(*) AS count FROM (
      SELECT p.cell, ${BITS} AS bits FROM special s CROSS JOIN people p ON p.account_id = s.id
      CROSS JOIN accounts a ON a.id = s.id WHERE +p.cell IN (${OPEN}))
    GROUP BY cell, bits`),
  );
  type Range = Question & { afterKey: string; limit: number };
  const ordinaryList = client.prepare<[Range & { cell: number }], Found>(`
    SELECT p.account_id AS id, p.email_key AS emailKey FROM people p
    WHERE p.cell = :cell AND p.email_key > :afterKey AND NOT ${IS_SPECIAL}
    ORDER BY p.email_key LIMIT :limit`);
  const specialList = byMethod((found) =>
    client.prepare<[Range & { wanted: string }], Found>(`
    WITH ${found}
    SELECT a.id, a.email_key AS emailKey FROM special s CROSS JOIN people p ON p.account_id = s.id
    CROSS JOIN accounts a ON a.id = s.id
    WHERE +p.cell IN (${OPEN}) AND a.email_key > :afterKey AND (${BITS}) IN (SELECT value FROM json_each(:wanted))
    ORDER BY a.email_key LIMIT :limit`),
  );
  const cellList = client.prepare<[{ cell: number; afterKey: string; limit: number }], Found>(`
    SELECT p.account_id AS id, p.email_key AS emailKey FROM people p WHERE p.cell = :cell AND p.email_key > :afterKey
    ORDER BY p.email_key LIMIT :limit`);
  const load = client.prepare<[Question & { id: string }], ImpactAccount>(`
    SELECT a.id, a.name, a.email, a.email_key AS emailKey, a.role, a.created_at AS createdAt, a.joined_at AS joinedAt,
      a.must_enrol_since AS mustEnrolSince, ${UNTIL} AS extendedUntil, ${BITS} AS bits
    FROM accounts a WHERE a.id = :id`);

  function find(question: Question, draft: PolicyInForce, kind: ImpactKind, afterKey: string, limit: number): Found[] {
    const wanted = bitsOfKind(draft, kind);
    const range = { ...question, afterKey, limit };
    const cells = OPEN_CELLS.filter(({ bits }) => wanted.includes(usual(bits, question)));
    const ordinary = cells.flatMap(({ cell }) => ordinaryList.all({ ...range, cell }));
    return inOrder([...ordinary, ...specialList(question).all({ ...range, wanted: JSON.stringify(wanted) })], limit);
  }

  return {
    async standing() {
      const sum = { total: 0, active: 0 };
      for (const { cell, total } of totals.all()) {
        sum.total += total;
        if ((BITS_OF_CELL.get(cell) ?? 0) & bitOf('active')) sum.active += total;
      }
      return sum;
    },
    async count(draft, now) {
      const question = questionOf(draft, now);
      const usualOf = (cell: number) => usual(BITS_OF_CELL.get(cell) ?? 0, question);
      const found = totals.all().map(({ cell, total }) => ({ bits: usualOf(cell), count: total }));
      for (const { cell, bits, count } of special(question).all(question)) {
        found.push({ bits: usualOf(cell), count: -count }, { bits, count });
      }
      return sumUp(draft, found);
    },
    async list(draft, kind, afterKey, limit, now) {
      const question = questionOf(draft, now);
      const everybody = () => OPEN_CELLS.flatMap(({ cell }) => cellList.all({ cell, afterKey, limit }));
      const found = kind === null ? inOrder(everybody(), limit) : find(question, draft, kind, afterKey, limit);
      return found.flatMap(({ id }) => load.get({ ...question, id }) ?? []);
    },
  };
}

/** One statement for policies that take a method from people, one for all others. */
function byMethod<S>(prepare: (specials: string) => S): (question: Question) => S {
  const [ordinary, thorough] = [prepare(SPECIALS), prepare(SPECIALS_BY_METHOD)];
  return ({ taken }) => (taken === '[]' ? ordinary : thorough);
}

function inOrder(found: Found[], limit: number): Found[] {
  return found.sort((a, b) => (a.emailKey < b.emailKey ? -1 : 1)).slice(0, limit);
}

/** All facts about somebody of whom nothing but their cell tells. */
function usual(ofCell: number, { requiredFrom, pastFrom }: Question): number {
  return ofCell | bitOf('kept') | (requiredFrom <= pastFrom ? bitOf('past') : 0);
}

function questionOf({ policy, requiredSince }: PolicyInForce, now: Instant): Question {
  const period = policy.complianceDays * DAY;
  const requiredFrom = requiredSince ?? now;
  const pastFrom = requiredSince === null ? -1 : now - period;
  const keyed = OPEN_CELLS.filter(({ state, role }) => state === 'active' && role !== 'member');
  return {
    now,
    period,
    requiredFrom,
    pastFrom,
    lateFrom: requiredFrom <= pastFrom ? pastFrom : Number.MAX_SAFE_INTEGER,
    blocked: JSON.stringify(METHODS.filter((method) => policy.methods[method] === 'blocked')),
    taken: JSON.stringify(WORKING_METHODS.filter((method) => policy.methods[method] === 'blocked')),
    keyed: JSON.stringify(policy.phishingResistant === 'off' ? [] : keyed.map(({ cell }) => cell)),
  };
}

function bitOf(fact: Fact): number {
  return 1 << IMPACT_FACTS.indexOf(fact);
}
