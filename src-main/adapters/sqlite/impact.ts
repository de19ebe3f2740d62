import { bitsOfKind, IMPACT_FACTS, type ImpactAccount, type ImpactKind, sumUp } from '../../domain/impact.ts';
import type { PolicyInForce } from '../../domain/policy.ts';
import { DAY, type Instant } from '../../domain/values.ts';
import type { ImpactRows } from '../../ports/store-policy.ts';
import type { Db } from './database.ts';
import { METHODS } from './enumerations.ts';

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
};

/** As in the partial indexes, for SQLite to use them. */
const CAN_SIGN_IN = 'a.deleted_at IS NULL AND a.suspended_at IS NULL AND a.password_hash IS NOT NULL';
const BEGINNING = 'coalesce(a.joined_at, a.created_at)';
const GROUP_EXCEPTIONS = 'FROM group_members m JOIN exceptions e ON e.group_id = m.group_id WHERE m.account_id = a.id';
const UNTIL = `nullif(max(
  coalesce((SELECT max(e.until) FROM exceptions e WHERE e.account_id = a.id), 0),
  coalesce((SELECT max(e.until) ${GROUP_EXCEPTIONS}), 0)), 0)`;

/** How each fact is found. */
const FACT: Readonly<Record<Fact, string>> = {
  active: `a.two_step = 'active'`,
  privileged: `a.role <> 'member'`,
  reset: 'a.must_enrol_since IS NOT NULL',
  past: `max(:requiredFrom, ${BEGINNING}) <= :pastFrom`,
  breakGlass: `EXISTS (SELECT 1 FROM exceptions e WHERE e.account_id = a.id AND e.kind = 'breakGlass')`,
  extended: `coalesce(${UNTIL} > :now AND ${UNTIL} > max(:requiredFrom, ${BEGINNING}) + :period, 0)`,
  kept: `NOT EXISTS (SELECT 1 FROM factors f WHERE f.account_id = a.id) OR EXISTS (
    SELECT 1 FROM factors f WHERE f.account_id = a.id AND f.method NOT IN (SELECT value FROM json_each(:blocked)))`,
  key: `EXISTS (SELECT 1 FROM factors f WHERE f.account_id = a.id AND f.method = 'securityKey')`,
  phone: 'a.phone IS NOT NULL',
};

/** Facts that an account's own row tells at all times. The index `accounts_impact` is on this expression. */
const OWN = `((a.two_step = 'active') | ((a.role <> 'member') << 1) | ((a.must_enrol_since IS NOT NULL) << 2) | ((a.phone IS NOT NULL) << 8))`;
const OWN_BITS = subsets(bitOf('active'), bitOf('privileged'), bitOf('reset'), bitOf('phone'));
const BITS = IMPACT_FACTS.map((fact, index) => `((${FACT[fact]}) << ${index})`).join(' | ');

/** Whom more than their own row may tell of: who came late, has an exception, or a method that matters. */
const SPECIAL = `(${BEGINNING} > :lateFrom
  OR EXISTS (SELECT 1 FROM exceptions e WHERE e.account_id = a.id)
  OR EXISTS (SELECT 1 ${GROUP_EXCEPTIONS})
  OR EXISTS (SELECT 1 FROM factors f WHERE f.account_id = a.id
    AND (f.method = 'securityKey' OR f.method IN (SELECT value FROM json_each(:blocked)))))`;
const SPECIALS = `special AS MATERIALIZED (
  SELECT a.id FROM accounts a WHERE ${CAN_SIGN_IN} AND ${BEGINNING} > :lateFrom
  UNION SELECT account_id FROM exceptions WHERE account_id IS NOT NULL
  UNION SELECT m.account_id FROM exceptions e JOIN group_members m ON m.group_id = e.group_id
  UNION SELECT account_id FROM factors WHERE method = 'securityKey'
  UNION SELECT account_id FROM factors WHERE method IN (SELECT value FROM json_each(:blocked)))`;

interface Found {
  readonly id: string;
  readonly emailKey: string;
}

/**
 * Most accounts are told apart by their own row alone, and one index has them so apart: they are counted, and found, without
 * being read. Only the few whom more tells of are looked at one by one (CROSS JOIN: SQLite must begin with them).
 */
export function impactRows({ $client: client }: Db): ImpactRows {
  const ordinary = client
    .prepare<[number], number>(`SELECT count(*) FROM accounts a WHERE ${CAN_SIGN_IN} AND ${OWN} = ?`)
    .pluck();
  const special = client.prepare<[Question], { own: number; bits: number; count: number }>(`
    WITH ${SPECIALS}
    SELECT own, bits, count(*) AS count FROM (
      SELECT ${OWN} AS own, ${BITS} AS bits FROM special s CROSS JOIN accounts a ON a.id = s.id WHERE ${CAN_SIGN_IN})
    GROUP BY own, bits`);
  type Range = Question & { afterKey: string; limit: number };
  const ordinaryList = client.prepare<[Range & { own: number }], Found>(`
    SELECT a.id, a.email_key AS emailKey FROM accounts a
    WHERE ${CAN_SIGN_IN} AND ${OWN} = :own AND a.email_key > :afterKey AND NOT ${SPECIAL}
    ORDER BY a.email_key LIMIT :limit`);
  const specialList = client.prepare<[Range & { wanted: string }], Found>(`
    WITH ${SPECIALS}
    SELECT a.id, a.email_key AS emailKey FROM special s CROSS JOIN accounts a ON a.id = s.id
    WHERE ${CAN_SIGN_IN} AND a.email_key > :afterKey AND (${BITS}) IN (SELECT value FROM json_each(:wanted))
    ORDER BY a.email_key LIMIT :limit`);
  const everybody = client.prepare<[string, number], Found>(`
    SELECT a.id, a.email_key AS emailKey FROM accounts a WHERE ${CAN_SIGN_IN} AND a.email_key > ?
    ORDER BY a.email_key LIMIT ?`);
  const load = client.prepare<[Question & { id: string }], ImpactAccount>(`
    SELECT a.id, a.name, a.email, a.email_key AS emailKey, a.role, a.created_at AS createdAt, a.joined_at AS joinedAt,
      a.must_enrol_since AS mustEnrolSince, ${UNTIL} AS extendedUntil, ${BITS} AS bits
    FROM accounts a WHERE a.id = :id`);

  function find(question: Question, draft: PolicyInForce, kind: ImpactKind, afterKey: string, limit: number): Found[] {
    const wanted = bitsOfKind(draft, kind);
    const range = { ...question, afterKey, limit };
    const lists = OWN_BITS.filter((own) => wanted.includes(usual(own, question))).map((own) =>
      ordinaryList.all({ ...range, own }),
    );
    const found = [...lists.flat(), ...specialList.all({ ...range, wanted: JSON.stringify(wanted) })];
    return found.sort((a, b) => (a.emailKey < b.emailKey ? -1 : 1)).slice(0, limit);
  }

  return {
    async standing() {
      const counts = OWN_BITS.map((own) => ({ own, count: ordinary.get(own) ?? 0 }));
      const sum = (some: typeof counts) => some.reduce((total, { count }) => total + count, 0);
      return { total: sum(counts), active: sum(counts.filter(({ own }) => own & bitOf('active'))) };
    },
    async count(draft, now) {
      const question = questionOf(draft, now);
      const found = OWN_BITS.map((own) => ({ bits: usual(own, question), count: ordinary.get(own) ?? 0 }));
      for (const { own, bits, count } of special.all(question)) {
        found.push({ bits: usual(own, question), count: -count }, { bits, count });
      }
      return sumUp(draft, found);
    },
    async list(draft, kind, afterKey, limit, now) {
      const question = questionOf(draft, now);
      const found = kind === null ? everybody.all(afterKey, limit) : find(question, draft, kind, afterKey, limit);
      return found.flatMap(({ id }) => load.get({ ...question, id }) ?? []);
    },
  };
}

/** All facts about somebody of whom nothing but their own row tells. */
function usual(own: number, { requiredFrom, pastFrom }: Question): number {
  return own | bitOf('kept') | (requiredFrom <= pastFrom ? bitOf('past') : 0);
}

function questionOf({ policy, requiredSince }: PolicyInForce, now: Instant): Question {
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
  };
}

function bitOf(fact: Fact): number {
  return 1 << IMPACT_FACTS.indexOf(fact);
}

/** Every sum of some of the bits. */
function subsets(...bits: number[]): number[] {
  const all = bits.reduce((sum, bit) => sum | bit, 0);
  return Array.from({ length: all + 1 }, (_, sum) => sum).filter((sum) => (sum & all) === sum);
}
