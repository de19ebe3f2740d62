import { expect, test } from 'vitest';
import { account, atOnce, type OpenStore, T0, withAccounts } from './samples.ts';

export function accountContract(open: OpenStore): void {
  test('an account comes back as it was added, by id and by the key form of its address', async () => {
    const store = await open();
    const locked = account({
      role: 'owner',
      throttle: { failures: 10, lockedUntil: T0 + 900_000, triesInLock: 3 },
      lastSignInAt: T0 + 1,
    });
    await store.transaction((tx) => tx.accounts.add(locked));
    expect(await store.read((tx) => tx.accounts.find('ada'))).toEqual(locked);
    expect(await store.read((tx) => tx.accounts.findByEmailKey('ada@example.org'))).toEqual(locked);
  });

  test('an account nobody has is null', async () => {
    const store = await withAccounts(open);
    expect(await store.read((tx) => tx.accounts.find('eve'))).toBe(null);
    expect(await store.read((tx) => tx.accounts.findByEmailKey('Ada@Example.org'))).toBe(null);
  });

  test('S18 of twenty accounts at once under one address exactly one is added', async () => {
    const store = await open();
    const added = await atOnce(20, (index) =>
      store.transaction((tx) => tx.accounts.add(account({ id: `${index}`, emailKey: 'ada@example.org' }))),
    );
    expect(added.filter(Boolean)).toHaveLength(1);
    expect(await store.read((tx) => tx.accounts.count())).toBe(1);
  });

  test('a change touches what it names and nothing else', async () => {
    const store = await withAccounts(open, 'eve');
    const change = {
      name: 'Augusta Ada King',
      passwordHash: 'another',
      passwordChangedAt: T0 + 1,
      twoStep: 'active',
      epoch: 2,
      lastSignInAt: T0 + 2,
      throttle: { failures: 3, lockedUntil: T0 + 3, triesInLock: 1 },
    } as const;
    for (const [field, value] of Object.entries(change)) {
      await store.transaction((tx) => tx.accounts.change('eve', { [field]: value }));
      expect(await store.read((tx) => tx.accounts.find('eve'))).toMatchObject({ [field]: value });
    }
    expect(await store.read((tx) => tx.accounts.find('eve'))).toEqual(account({ id: 'eve', ...change }));
    expect(await store.read((tx) => tx.accounts.find('ada'))).toEqual(account());
  });

  test('one change may name several fields, set one to null, or name none', async () => {
    const store = await withAccounts(open);
    await store.transaction((tx) => tx.accounts.change('ada', { epoch: 7, lastSignInAt: T0, twoStep: 'active' }));
    await store.transaction((tx) => tx.accounts.change('ada', { lastSignInAt: null }));
    await store.transaction((tx) => tx.accounts.change('ada', {}));
    expect(await store.read((tx) => tx.accounts.find('ada'))).toEqual(account({ epoch: 7, twoStep: 'active' }));
  });

  test('changing an account that is not there fails', async () => {
    const store = await open();
    await expect(store.transaction((tx) => tx.accounts.change('nobody', { epoch: 2 }))).rejects.toThrow();
  });

  test('S17 a pretended change changes nothing', async () => {
    const store = await withAccounts(open, 'eve');
    const before = await store.read((tx) => tx.accounts.list());
    await store.transaction((tx) => tx.accounts.pretendChange());
    await store.transaction((tx) => tx.accounts.pretendChange());
    expect(await store.read((tx) => tx.accounts.list())).toEqual(before);
  });

  test('R27 who must enrol for joining late alone is forgiven it, who was reset is not', async () => {
    const store = await withAccounts(open);
    const late = account({ id: 'late', emailKey: 'late', joinedAt: T0, mustEnrolSince: T0, allowlist: ['192.0.2.7'] });
    const reset = account({ id: 'reset', emailKey: 'reset', joinedAt: T0, mustEnrolSince: T0 + 1 });
    const founder = account({ id: 'founder', emailKey: 'founder', joinedAt: null, mustEnrolSince: T0 });
    await store.transaction(async (tx) => {
      for (const each of [late, reset, founder]) await tx.accounts.add(each);
      await tx.accounts.forgiveLateJoining();
    });
    const found = (id: string) => store.read((tx) => tx.accounts.find(id));
    expect(await found('late')).toEqual({ ...late, mustEnrolSince: null });
    expect([await found('reset'), await found('founder'), await found('ada')]).toEqual([reset, founder, account()]);
  });

  test('count counts them', async () => {
    const store = await withAccounts(open, 'eve', 'joe');
    expect(await store.read((tx) => tx.accounts.count())).toBe(3);
  });

  test('S56 hostile text is kept as it was written', async () => {
    const store = await open();
    const hostile = account({ name: `Robert'); DROP TABLE accounts;--\u0000\r\nBcc: x <b>𝒜</b> ?1 :id $name` });
    await store.transaction((tx) => tx.accounts.add(hostile));
    expect(await store.read((tx) => tx.accounts.find('ada'))).toEqual(hostile);
    expect(await store.read((tx) => tx.accounts.findByEmailKey(`' or 1=1 --`))).toBe(null);
  });
}
