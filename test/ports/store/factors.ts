import { expect, test } from 'vitest';
import { factor, type OpenStore, T0, withAccounts } from './samples.ts';

export function factorContract(open: OpenStore): void {
  test('R17 they are listed preferred first, then oldest first, of one account only', async () => {
    const store = await withAccounts(open, 'eve');
    const old = factor({ id: 'old', preferred: false, method: 'sms', createdAt: T0 });
    const young = factor({ id: 'young', preferred: false, method: 'authenticatorApp', createdAt: T0 + 1 });
    const preferred = factor({ id: 'preferred', preferred: true, method: 'securityKey', createdAt: T0 + 2 });
    await store.transaction(async (tx) => {
      for (const each of [young, preferred, old]) await tx.factors.add(each);
      await tx.factors.add(factor({ id: 'hers', accountId: 'eve' }));
    });
    expect(await store.read((tx) => tx.factors.listFor('ada'))).toEqual([preferred, old, young]);
    expect(await store.read((tx) => tx.factors.listFor('nobody'))).toEqual([]);
  });

  test('R13 use is noted on the factor used', async () => {
    const store = await withAccounts(open);
    await store.transaction(async (tx) => {
      await tx.factors.add(factor());
      await tx.factors.touch('mailbox', T0 + 5);
    });
    expect(await store.read((tx) => tx.factors.listFor('ada'))).toEqual([factor({ lastUsedAt: T0 + 5 })]);
  });

  test('an account prefers one factor at most', async () => {
    const store = await withAccounts(open);
    await store.transaction((tx) => tx.factors.add(factor()));
    await expect(store.transaction((tx) => tx.factors.add(factor({ id: 'second' })))).rejects.toThrow();
  });

  test('a factor of nobody is refused', async () => {
    const store = await open();
    await expect(store.transaction((tx) => tx.factors.add(factor()))).rejects.toThrow();
  });

  test('removing all of an account leaves the others’', async () => {
    const store = await withAccounts(open, 'eve');
    await store.transaction(async (tx) => {
      await tx.factors.add(factor());
      await tx.factors.add(factor({ id: 'app', preferred: false, method: 'authenticatorApp' }));
      await tx.factors.add(factor({ id: 'hers', accountId: 'eve' }));
    });
    expect(await store.transaction((tx) => tx.factors.removeAllFor('ada'))).toBe(2);
    expect(await store.read((tx) => tx.factors.listFor('ada'))).toEqual([]);
    expect(await store.read((tx) => tx.factors.listFor('eve'))).toHaveLength(1);
  });
}
