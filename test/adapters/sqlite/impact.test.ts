import { join } from 'node:path';
import Database from 'better-sqlite3';
import { drizzle } from 'drizzle-orm/better-sqlite3';
import fc from 'fast-check';
import { expect, onTestFinished, test } from 'vitest';
import { type ImpactBounds, impactRows } from '../../../src-main/adapters/sqlite/impact.ts';
import { IMPACT_KINDS, type Impact, type ImpactKind, together } from '../../../src-main/domain/impact.ts';
import { type PolicyInForce, policyOf } from '../../../src-main/domain/policy.ts';
import { DAY, type Method } from '../../../src-main/domain/values.ts';
import type { ImpactRows } from '../../../src-main/ports/store-policy.ts';
import { fillCrowd, TODAY } from '../../support/crowd.ts';
import { freshFolder, openTestStore } from '../../support/open-test-store.ts';

/** Read to the end without harm: what people grant one by one, and lists that were handed over or found just before. */
const SMALL =
  /^SCAN (c|d|s|e|exceptions|people_counts|\(subquery-\d+\)|json_each VIRTUAL TABLE.*)( VIRTUAL TABLE.*| |$)/;
/** Without the security key, which the crowd has and this version lets nobody have: nothing is looked up for its sake. */
const METHODS: readonly Method[] = ['email', 'sms', 'authenticatorApp', 'phoneApproval'];

/** One that looks at the special ones alone, and one that goes past everybody in small steps. */
const PLAIN: ImpactBounds = { specials: 100_000, countedOver: 100_000, ahead: 100_000, listed: 100_000 };
const PIECED: ImpactBounds = { specials: -1, countedOver: 37, ahead: 9, listed: 13 };

const drafts = fc
  .record({
    enforcement: fc.constantFrom<PolicyInForce['policy']['enforcement']>('off', 'optional', 'required', 'required'),
    complianceDays: fc.integer({ min: 0, max: 10 }),
    afterDeadline: fc.constantFrom<PolicyInForce['policy']['afterDeadline']>('enrol', 'block'),
    phishingResistant: fc.constantFrom<PolicyInForce['policy']['phishingResistant']>('off', 'privilegedRoles'),
    blocked: fc.subarray([...METHODS]),
    since: fc.integer({ min: 0, max: 12 }),
  })
  .map(({ blocked, since, ...rules }): PolicyInForce => {
    const states = METHODS.map((method) => [method, blocked.includes(method) ? 'blocked' : 'allowed']);
    const methods = { ...policyOf('strong').methods, ...Object.fromEntries(states), securityKey: 'allowed' } as const;
    const sms = { entitled: true, role: 'primary' } as const;
    const requiredSince = rules.enforcement === 'required' ? TODAY - since * DAY : null;
    return { version: 1, policy: { ...policyOf('strong'), ...rules, methods, sms }, requiredSince };
  });
const REQUIRED: PolicyInForce = {
  version: 1,
  policy: { ...policyOf('strong'), enforcement: 'required', complianceDays: 3, phishingResistant: 'privilegedRoles' },
  requiredSince: TODAY - 5 * DAY,
};
const WITHOUT_EMAIL: PolicyInForce = {
  ...REQUIRED,
  policy: { ...REQUIRED.policy, methods: { ...REQUIRED.policy.methods, email: 'blocked' } },
};

async function crowd(): Promise<{ client: Database.Database; impact(bounds: ImpactBounds): ImpactRows }> {
  const folder = await freshFolder();
  await fillCrowd(await openTestStore(folder, 'none'), 300);
  const client = new Database(join(folder, 'vestibule.db'));
  onTestFinished(() => {
    client.close();
  });
  return { client, impact: (bounds) => impactRows(drizzle(client, { casing: 'snake_case' }), bounds) };
}

async function counted(impact: ImpactRows, draft: PolicyInForce): Promise<{ sum: Impact; pieces: number }> {
  const first = await impact.count(draft, 0, TODAY);
  let [sum, pieces] = [first.counted, 1];
  for (let { next } = first; next !== null; pieces += 1) {
    const piece = await impact.count(draft, next, TODAY);
    sum = together(sum, piece.counted);
    next = piece.next;
  }
  return { sum, pieces };
}

async function listed(impact: ImpactRows, draft: PolicyInForce, kind: ImpactKind | null) {
  const [rows, sizes] = [[] as unknown[], [] as number[]];
  for (let next: string | null = ''; next !== null; ) {
    const piece = await impact.list(draft, kind, next, 100_000, TODAY);
    rows.push(...piece.rows);
    sizes.push(piece.rows.length);
    next = piece.next;
  }
  return { rows, sizes };
}

test('R36 R37 what is counted and listed in small pieces is what is found all at once, whatever the policy', async () => {
  const { impact } = await crowd();
  const [plain, pieced] = [impact(PLAIN), impact(PIECED)];
  await fc.assert(
    fc.asyncProperty(drafts, async (draft) => {
      const [once, bitByBit] = [await counted(plain, draft), await counted(pieced, draft)];
      expect(bitByBit.sum).toEqual(once.sum);
      expect([once.pieces, bitByBit.pieces]).toEqual([1, 8]);
      for (const kind of [...IMPACT_KINDS, null]) {
        const [whole, parts] = [await listed(plain, draft, kind), await listed(pieced, draft, kind)];
        expect([kind, parts.rows]).toEqual([kind, whole.rows]);
        expect(whole.rows).toHaveLength(once.sum[kind ?? 'total']);
        expect(Math.max(...parts.sizes)).toBeLessThanOrEqual(PIECED.listed);
      }
    }),
    { numRuns: 12 },
  );
});

test('R36 R37 an extension for a group is counted and listed in pieces once its members are more than are looked at one by one', async () => {
  const { impact } = await crowd();
  const specials = (most: number) => counted(impact({ ...PLAIN, specials: most, countedOver: 60 }), REQUIRED);
  const [few, many] = [await specials(1_000), await specials(50)];
  expect([few.pieces, many.pieces]).toEqual([1, 5]);
  expect(many.sum).toEqual(few.sum);
  expect(few.sum.extended).toBeGreaterThan(20);
});

test('R36 nothing that is asked of the preview reads the people to their end; only a method that is taken away has the factors read', async () => {
  const { client, impact } = await crowd();
  const statements = new Set<string>();
  const prepare = client.prepare.bind(client);
  client.prepare = ((source: string) => {
    statements.add(source);
    return prepare(source);
  }) as typeof client.prepare;
  for (const bounds of [PLAIN, PIECED]) {
    const rows = impact(bounds);
    await rows.standing();
    for (const draft of [REQUIRED, WITHOUT_EMAIL]) {
      await counted(rows, draft);
      for (const kind of [...IMPACT_KINDS, null]) await listed(rows, draft, kind);
    }
  }
  const scans = [...statements].flatMap((source) => {
    const slots = Object.fromEntries([...source.matchAll(/:(\w+)/g)].map(([, name]) => [name, null]));
    const plan = prepare(`EXPLAIN QUERY PLAN ${source}`).all(slots) as { detail: string }[];
    return plan.map(({ detail }) => detail).filter((detail) => /^SCAN/.test(detail) && !SMALL.test(detail));
  });
  expect(statements.size).toBe(11);
  expect(scans).toEqual([expect.stringMatching(/^SCAN factors\b/)]);
});
