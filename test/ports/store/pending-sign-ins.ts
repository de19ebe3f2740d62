import { expect, test } from 'vitest';
import { atOnce, type OpenStore, pendingSignIn, withAccounts } from './samples.ts';

export function pendingSignInContract(open: OpenStore): void {
  test('one is found by the hash of its token', async () => {
    const store = await withAccounts(open);
    await store.transaction((tx) => tx.pendingSignIns.add(pendingSignIn()));
    expect(await store.read((tx) => tx.pendingSignIns.findByTokenHash('hash of pending'))).toEqual(pendingSignIn());
    expect(await store.read((tx) => tx.pendingSignIns.findByTokenHash('hash of nothing'))).toBe(null);
  });

  test('two never share a token', async () => {
    const store = await withAccounts(open);
    await store.transaction((tx) => tx.pendingSignIns.add(pendingSignIn()));
    const second = pendingSignIn({ id: 'second', tokenHash: 'hash of pending' });
    await expect(store.transaction((tx) => tx.pendingSignIns.add(second))).rejects.toThrow();
  });

  test('S10 twenty tries at once get twenty numbers; after the end there is none', async () => {
    const store = await withAccounts(open);
    await store.transaction((tx) => tx.pendingSignIns.add(pendingSignIn()));
    const tries = await atOnce(20, () => store.transaction((tx) => tx.pendingSignIns.countRecoveryTry('pending')));
    expect(tries).toEqual(Array.from({ length: 20 }, (_, index) => index + 1));
    await store.transaction((tx) => tx.pendingSignIns.remove('pending'));
    expect(await store.transaction((tx) => tx.pendingSignIns.countRecoveryTry('pending'))).toBe(null);
  });

  test('S7 of twenty that end one at once exactly one did', async () => {
    const store = await withAccounts(open);
    await store.transaction((tx) => tx.pendingSignIns.add(pendingSignIn()));
    const ended = await atOnce(20, () => store.transaction((tx) => tx.pendingSignIns.remove('pending')));
    expect(ended.filter(Boolean)).toHaveLength(1);
    expect(await store.read((tx) => tx.pendingSignIns.findByTokenHash('hash of pending'))).toBe(null);
  });

  test('S15 all of an account end at once, nobody else’s', async () => {
    const store = await withAccounts(open, 'eve');
    await store.transaction(async (tx) => {
      await tx.pendingSignIns.add(pendingSignIn({ id: 'one' }));
      await tx.pendingSignIns.add(pendingSignIn({ id: 'two' }));
      await tx.pendingSignIns.add(pendingSignIn({ id: 'hers', accountId: 'eve' }));
    });
    expect(await store.transaction((tx) => tx.pendingSignIns.removeAllFor('ada'))).toBe(2);
    expect((await store.read((tx) => tx.pendingSignIns.findByTokenHash('hash of hers')))?.id).toBe('hers');
  });
}
