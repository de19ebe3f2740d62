import type { Statement } from 'better-sqlite3';
import { deadlineFor, NO_EXEMPTION } from '../../domain/compliance.ts';
import { bitsOfKind, IMPACT_FACTS, type ImpactAccount, sumUp } from '../../domain/impact.ts';
import type { MethodState, PolicyInForce } from '../../domain/policy.ts';
import type { Instant } from '../../domain/values.ts';
import type { ImpactRows } from '../../ports/store-policy.ts';
import type { Db } from './database.ts';
import { METHODS } from './enumerations.ts';

/** What the facts are found by. */
interface Question {
  readonly now: Instant;
  /** Whoever was there from this instant at the latest has the deadline behind them; below every time where there is none. */
  readonly pastFrom: Instant;
  /** Of a deadline, for who is there since the epoch: what an extension must reach beyond. */
  readonly requiredFrom: Instant;
  readonly period: number;
  /** JSON array of the methods that are blocked. */
  readonly blocked: string;
}

const CAN_SIGN_IN = 'a.deleted_at IS NULL AND a.suspended_at IS NULL AND a.password_hash IS NOT NULL';

/** Own and groups' exceptions of each account that has any. */
const EXEMPT = `
  exempt AS MATERIALIZED (
    SELECT account_id AS id, max(kind = 'breakGlass') AS glass, max(until) AS until FROM (
      SELECT account_id, kind, until FROM exceptions WHERE account_id IS NOT NULL
      UNION ALL
      SELECT m.account_id, e.kind, e.until FROM exceptions e JOIN group_members m ON m.group_id = e.group_id)
    GROUP BY account_id)`;

const DEADLINE = 'max(:requiredFrom, coalesce(a.joined_at, a.created_at)) + :period';

/** One expression for each of `IMPACT_FACTS`. */
const FACT: Readonly<Record<(typeof IMPACT_FACTS)[number], string>> = {
  active: `a.two_step = 'active'`,
  privileged: `a.role <> 'member'`,
  reset: 'a.must_enrol_since IS NOT NULL',
  past: 'max(:requiredFrom, coalesce(a.joined_at, a.created_at)) <= :pastFrom',
  breakGlass: 'coalesce(x.glass, 0)',
  extended: `coalesce(x.until > :now AND x.until > ${DEADLINE}, 0)`,
  kept: `NOT EXISTS (SELECT 1 FROM gone WHERE gone.id = a.id)`,
  key: `EXISTS (SELECT 1 FROM keyed WHERE keyed.id = a.id)`,
  phone: 'a.phone IS NOT NULL',
};

const BITS = IMPACT_FACTS.map((fact, index) => `((${FACT[fact]}) << ${index})`).join(' | ');

/** Who has a factor of a blocked method and none of another, and who has a security key: few, where there is anybody. */
const METHODS_HELD = `
  gone AS MATERIALIZED (
    SELECT DISTINCT f.account_id AS id FROM factors f WHERE f.method IN (SELECT value FROM json_each(:blocked))
      AND NOT EXISTS (SELECT 1 FROM factors k
        WHERE k.account_id = f.account_id AND k.method NOT IN (SELECT value FROM json_each(:blocked)))),
  keyed AS MATERIALIZED (SELECT DISTINCT account_id AS id FROM factors WHERE method = 'securityKey')`;

export function impactRows({ $client: client }: Db): ImpactRows {
  const standing = client.prepare<[], { total: number; active: number }>(
    `SELECT count(*) AS total, coalesce(sum(a.two_step = 'active'), 0) AS active FROM accounts a WHERE ${CAN_SIGN_IN}`,
  );
  const count: Statement<[Question], { bits: number; count: number }> = client.prepare(`
    WITH ${EXEMPT}, ${METHODS_HELD}
    SELECT bits, count(*) AS count FROM (
      SELECT ${BITS} AS bits FROM accounts a LEFT JOIN exempt x ON x.id = a.id WHERE ${CAN_SIGN_IN})
    GROUP BY bits`);
  const list: Statement<[Question & { wanted: string; afterKey: string; limit: number }], ImpactAccount> =
    client.prepare(`
    WITH ${EXEMPT}, ${METHODS_HELD}
    SELECT p.id, p.name, p.email, p.email_key AS emailKey, p.role, p.created_at AS createdAt, p.joined_at AS joinedAt,
      p.must_enrol_since AS mustEnrolSince, found.extendedUntil, found.bits
    FROM (
      SELECT a.id, a.email_key, x.until AS extendedUntil, ${BITS} AS bits
      FROM accounts a LEFT JOIN exempt x ON x.id = a.id
      WHERE ${CAN_SIGN_IN} AND a.email_key > :afterKey AND (${BITS}) IN (SELECT value FROM json_each(:wanted))
      ORDER BY a.email_key LIMIT :limit) found
    JOIN accounts p ON p.id = found.id ORDER BY found.email_key`);

  return {
    async standing() {
      return standing.get() ?? { total: 0, active: 0 };
    },
    async count(draft, now) {
      return sumUp(draft, count.all(questionOf(draft, now)));
    },
    async list(draft, kind, afterKey, limit, now) {
      const wanted = JSON.stringify(kind === null ? EVERYTHING : bitsOfKind(draft, kind));
      return list.all({ ...questionOf(draft, now), wanted, afterKey, limit });
    },
  };
}

const EVERYTHING = Array.from({ length: 1 << IMPACT_FACTS.length }, (_, bits) => bits);

function questionOf(draft: PolicyInForce, now: Instant): Question {
  const { policy, requiredSince } = draft;
  const states: Readonly<Record<string, MethodState>> = policy.methods;
  const blocked = JSON.stringify(METHODS.filter((method) => states[method] === 'blocked'));
  const epochDeadline = deadlineFor(draft, { createdAt: 0, joinedAt: null }, NO_EXEMPTION);
  const period = epochDeadline === null ? 0 : epochDeadline - (requiredSince ?? 0);
  return {
    now,
    period,
    blocked,
    requiredFrom: requiredSince ?? now,
    pastFrom: requiredSince === null ? -1 : now - period,
  };
}
