import { expect, test } from 'vitest';
import { overdueRule, type PeopleFilter, type PeopleQuestion } from '../../../src-main/domain/people.ts';
import { policyOf } from '../../../src-main/domain/policy.ts';
import type { AccountChange, Store } from '../../../src-main/ports/store.ts';
import { account, type OpenStore, T0, withAccounts } from './samples.ts';

const BY_NAME = { sort: 'name', direction: 'asc' } as const;

function asking(filter: Partial<PeopleFilter> = {}): PeopleQuestion {
  const policy = { version: 1, policy: policyOf('strong'), requiredSince: null };
  const everybody = { search: '', status: null, role: null, groupId: null };
  return { filter: { ...everybody, ...filter }, now: T0, overdue: overdueRule(policy, T0) };
}

async function idsOf(store: Store, filter: Partial<PeopleFilter> = {}): Promise<string[]> {
  const { records } = await store.read((tx) => tx.people.page(asking(filter), BY_NAME, null, 50));
  const { counted } = await store.read((tx) => tx.people.count(asking(filter), 0));
  expect(counted).toBe(records.length);
  return records.map(({ account }) => account.id);
}

const change = (store: Store, id: string, fields: AccountChange) =>
  store.transaction((tx) => tx.accounts.change(id, fields));

export function peopleContract(open: OpenStore): void {
  test('R39 whoever is added is found at once, with what else is known of them, and whoever is deleted is not', async () => {
    const store = await withAccounts(open, 'eve');
    const { records, next } = await store.read((tx) => tx.people.page(asking(), BY_NAME, null, 50));
    const unknown = { factors: [], exemption: { breakGlass: false, extendedUntil: null } };
    expect(records).toEqual([
      { account: account(), ...unknown },
      { account: account({ id: 'eve' }), ...unknown },
    ]);
    expect(next).toBe(null);
    await change(store, 'eve', { deletedAt: T0, name: '', email: '', emailKey: 'gone' });
    expect(await idsOf(store)).toEqual(['ada']);
    expect(await idsOf(store, { search: 'eve' })).toEqual([]);
  });

  test('R39 a change of any field that is searched, filtered or counted by shows at once', async () => {
    const store = await withAccounts(open, 'eve');
    const steps: [AccountChange, Partial<PeopleFilter>][] = [
      [{ name: 'Åse Øvergård' }, { search: 'ÅSE' }],
      [{ name: 'Ива́н Ли' }, { search: 'иван' }],
      [{ email: 'new@example.net', emailKey: 'new@example.net' }, { search: 'example.net' }],
      [{ role: 'helpDesk' }, { role: 'helpDesk' }],
      [{ twoStep: 'active' }, { status: 'active' }],
      [{ throttle: { failures: 10, lockedUntil: T0 + 1, triesInLock: 0 } }, { status: 'locked' }],
      [{ phone: '+4915112345678' }, { role: 'helpDesk' }],
      [{ suspendedAt: T0 }, { status: 'suspended' }],
      [{ suspendedAt: null, passwordHash: null }, { status: 'invited' }],
    ];
    for (const [fields, filter] of steps) {
      await change(store, 'eve', fields);
      expect([fields, await idsOf(store, filter)]).toEqual([fields, ['eve']]);
    }
    expect(await idsOf(store, { status: 'noPhone' })).toEqual(['ada']);
    expect(await store.read((tx) => tx.people.totals(T0))).toEqual({
      total: 2,
      active: 0,
      off: 1,
      invited: 1,
      suspended: 0,
      locked: 1,
      missingPhone: 1,
    });
    expect(await store.read((tx) => tx.people.totals(T0 + 1))).toMatchObject({ locked: 0 });
  });

  test('R39 a page ends where it is told to and the next goes on from there; of equals, who came first comes first', async () => {
    const store = await withAccounts(open, 'eve', 'joe');
    const first = await store.read((tx) => tx.people.page(asking(), BY_NAME, null, 2));
    const second = await store.read((tx) => tx.people.page(asking(), BY_NAME, first.next, 2));
    const ids = [first, second].map(({ records }) => records.map(({ account }) => account.id));
    expect(ids).toEqual([['ada', 'eve'], ['joe']]);
    expect(second.next).toBe(null);
  });

  test('S73 what a transaction undid was never in the list', async () => {
    const store = await withAccounts(open);
    const failing = store.transaction(async (tx) => {
      await tx.accounts.add(account({ id: 'eve', name: 'Éve' }));
      throw new Error('no');
    });
    await expect(failing).rejects.toThrow('no');
    expect(await idsOf(store)).toEqual(['ada']);
    expect(await idsOf(store, { search: 'eve' })).toEqual([]);
  });
}
