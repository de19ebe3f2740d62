import { join } from 'node:path';
import Database from 'better-sqlite3';
import { drizzle } from 'drizzle-orm/better-sqlite3';
import { describe, expect, onTestFinished, test } from 'vitest';
import { type Bounds, peopleRows } from '../../../src-main/adapters/sqlite/people.ts';
import { rowsOn } from '../../../src-main/adapters/sqlite/rows.ts';
import { RowSeals } from '../../../src-main/adapters/sqlite/seals.ts';
import {
  overdueRule,
  type PeopleFilter,
  type PeopleOrder,
  type PeoplePlace,
  type PeopleQuestion,
} from '../../../src-main/domain/people.ts';
import { type PolicyInForce, policyOf } from '../../../src-main/domain/policy.ts';
import { DAY } from '../../../src-main/domain/values.ts';
import type { Tx } from '../../../src-main/ports/store.ts';
import type { PeopleRows } from '../../../src-main/ports/store-people.ts';
import { fillCrowd, inOrder, sieve, TODAY } from '../../support/crowd.ts';
import { freshFolder, openTestStore } from '../../support/open-test-store.ts';

const SIZE = 400;
const PAGE = 7;

/** One that gathers whoever may fit, one that walks the sorted list in small steps: whatever is asked. */
const WAYS: Readonly<Record<string, Bounds>> = {
  gathered: {
    candidates: 100_000,
    sample: 10_000,
    ahead: 50,
    stretches: 4,
    counted: 50_000,
    countedOver: 50_000,
    mended: 50_000,
  },
  'walked to': { candidates: 0, sample: 1, ahead: 3, stretches: 2, counted: 50, countedOver: 50, mended: 10 },
};

const REQUIRED: PolicyInForce = {
  version: 1,
  policy: { ...policyOf('strong'), enforcement: 'required', complianceDays: 3 },
  requiredSince: TODAY - 5 * DAY,
};
const STRICT: PolicyInForce = { ...REQUIRED, policy: { ...REQUIRED.policy, phishingResistant: 'privilegedRoles' } };
const YOUNG: PolicyInForce = { ...REQUIRED, requiredSince: TODAY - DAY };
const OPTIONAL: PolicyInForce = { version: 1, policy: policyOf('strong'), requiredSince: null };
const OFF: PolicyInForce = { ...OPTIONAL, policy: { ...OPTIONAL.policy, enforcement: 'off' } };

const EVERYBODY: PeopleFilter = { search: '', status: null, role: null, groupId: null };
const STATUSES = [null, 'active', 'off', 'overdue', 'invited', 'locked', 'suspended', 'noPhone'] as const;
const SEARCHES = [
  'smith',
  'SMITH',
  'asa',
  'Zoé',
  'jo',
  'j',
  'иван',
  'van der',
  'n d',
  'example.org',
  '"; --',
  "o'h",
  'nobody at all',
  'q1',
  '@',
];
const ORDERS: readonly PeopleOrder[] = (['name', 'email', 'lastSignIn', 'created'] as const).flatMap((sort) =>
  (['asc', 'desc'] as const).map((direction) => ({ sort, direction })),
);

interface Scene {
  readonly tx: Tx;
  people(bounds: Bounds): PeopleRows;
  readonly client: Database.Database;
}

async function crowd(): Promise<Scene> {
  const folder = await freshFolder();
  const store = await openTestStore(folder, 'none');
  await fillCrowd(store, SIZE);
  const client = new Database(join(folder, 'vestibule.db'));
  onTestFinished(() => {
    client.close();
  });
  const db = drizzle(client, { casing: 'snake_case' });
  const tx = rowsOn(db, new RowSeals());
  return { tx, client, people: (bounds) => peopleRows(db, tx, bounds) };
}

function question(filter: Partial<PeopleFilter>, policy: PolicyInForce): PeopleQuestion {
  return { filter: { ...EVERYBODY, ...filter }, now: TODAY, overdue: overdueRule(policy, TODAY) };
}

async function pagedIds(people: PeopleRows, asked: PeopleQuestion, order: PeopleOrder): Promise<string[]> {
  const ids: string[] = [];
  let place: PeoplePlace | null = null;
  do {
    const piece = await people.page(asked, order, place, PAGE);
    expect(piece.records.length).toBeLessThanOrEqual(PAGE);
    ids.push(...piece.records.map(({ account }) => account.id));
    place = piece.next;
  } while (place !== null);
  return ids;
}

async function counted(people: PeopleRows, asked: PeopleQuestion): Promise<number> {
  let [total, next]: [number, number | null] = [0, 0];
  while (next !== null) {
    const piece = await people.count(asked, next);
    total += piece.counted;
    next = piece.next;
  }
  return total;
}

describe.each(Object.keys(WAYS))('R39 people who are %s', (way) => {
  const bounds = WAYS[way] as Bounds;

  test('come whole, once and in order on pages, whatever is sorted and filtered by', async () => {
    const { tx, people } = await crowd();
    const list = people(bounds);
    for (const status of STATUSES) {
      for (const order of ORDERS) {
        const asked = question({ status }, STRICT);
        const expected = inOrder(await sieve(tx, asked, STRICT), order);
        expect([status, order, await pagedIds(list, asked, order)]).toEqual([status, order, expected]);
        expect(expected).not.toEqual([]);
      }
    }
  });

  test('are found by parts of names and addresses, whatever their case and accents, and counted', async () => {
    const { tx, people } = await crowd();
    const list = people(bounds);
    for (const search of SEARCHES) {
      for (const [index, status] of STATUSES.entries()) {
        const order = ORDERS[index] as PeopleOrder;
        const asked = question({ search, status }, REQUIRED);
        const expected = inOrder(await sieve(tx, asked, REQUIRED), order);
        expect([search, status, await pagedIds(list, asked, order)]).toEqual([search, status, expected]);
        expect([search, status, await counted(list, asked)]).toEqual([search, status, expected.length]);
      }
    }
  });

  test('are narrowed to a role and a group, and counted', async () => {
    const { tx, people } = await crowd();
    const list = people(bounds);
    for (const role of ['owner', 'member', null] as const) {
      for (const groupId of ['even', 'third', 'unknown', null]) {
        for (const status of STATUSES) {
          const asked = question({ role, groupId, status }, REQUIRED);
          const order = ORDERS[0] as PeopleOrder;
          const expected = inOrder(await sieve(tx, asked, REQUIRED), order);
          const seen = [await pagedIds(list, asked, order), await counted(list, asked)];
          expect([role, groupId, status, ...seen]).toEqual([role, groupId, status, expected, expected.length]);
        }
      }
    }
  });

  test.each([
    ['required for long', REQUIRED],
    ['required, and of privileged roles with a key', STRICT],
    ['required since yesterday', YOUNG],
    ['optional', OPTIONAL],
    ['switched off', OFF],
  ])('R26 R37 are overdue as the rules say where two-step verification is %s', async (_, policy) => {
    const { tx, people } = await crowd();
    const list = people(bounds);
    for (const role of [null, 'admin', 'member'] as const) {
      const asked = question({ status: 'overdue', role }, policy);
      const expected = inOrder(await sieve(tx, asked, policy), { sort: 'name', direction: 'asc' });
      expect(await pagedIds(list, asked, { sort: 'name', direction: 'asc' })).toEqual(expected);
      expect(await counted(list, asked)).toBe(expected.length);
    }
  });
});

test('R39 whatever is asked, no statement reads a table to its end, but for the span it was given', async () => {
  const { client, people } = await crowd();
  const statements = new Set<string>();
  const prepare = client.prepare.bind(client);
  client.prepare = ((source: string) => {
    statements.add(source);
    return prepare(source);
  }) as typeof client.prepare;
  for (const bounds of Object.values(WAYS)) {
    const list = people(bounds);
    for (const status of STATUSES) {
      for (const search of ['', 'jo', 'smith']) {
        for (const groupId of [null, 'even']) {
          const asked = question({ status, search, groupId }, STRICT);
          for (const order of ORDERS) await list.page(asked, order, null, PAGE);
          await list.count(asked, 0);
        }
      }
    }
    await list.totals(TODAY);
  }
  const scans = [...statements].flatMap((source) => {
    const names = [...source.matchAll(/:(\w+)/g)].map(([, name]) => [name, null]);
    const plan = prepare(`EXPLAIN QUERY PLAN ${source}`).all(Object.fromEntries(names)) as { detail: string }[];
    return plan
      .map(({ detail }) => detail)
      .filter(
        (detail) =>
          detail.startsWith('SCAN') &&
          !/^SCAN (c|d|json_each|far|x|\(subquery-\d+\)|people_search) ?(VIRTUAL|$)/.test(detail),
      )
      .map((detail) => `${detail} for ${source}`);
  });
  expect(statements.size).toBeGreaterThan(60);
  // The counters, one for each state and role; exceptions, which people make one by one.
  expect(scans.filter((scan) => !/^SCAN (people_counts|exceptions|e)\b/.test(scan))).toEqual([]);
});
