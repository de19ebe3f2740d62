import { expect, test } from 'vitest';
import type { OneTimeCode } from '../../../src-main/domain/one-time-code.ts';
import { atOnce, type OpenStore, T0, withAccounts } from './samples.ts';

const code = (change: Partial<OneTimeCode> = {}): OneTimeCode => ({
  id: 'reset-1',
  accountId: 'ada',
  purpose: 'resetPassword',
  codeHash: 'hash-1',
  sentTo: 'ada@example.org',
  createdAt: T0,
  expiresAt: T0 + 1_800_000,
  ...change,
});

export function oneTimeCodeContract(open: OpenStore): void {
  const opened = async () => {
    const store = await withAccounts(open);
    await store.transaction((tx) => tx.oneTimeCodes.add(code()));
    return store;
  };

  test('S21 an open one-time code is found by its hash, and of twenty that redeem it one wins', async () => {
    const store = await opened();
    expect(await store.read((tx) => tx.oneTimeCodes.findByHash('hash-1'))).toEqual(code());
    expect(await store.read((tx) => tx.oneTimeCodes.findByHash('hash-2'))).toBeNull();
    const won = await atOnce(20, () => store.transaction((tx) => tx.oneTimeCodes.redeem('reset-1')));
    expect(won.filter(Boolean)).toHaveLength(1);
    expect(await store.read((tx) => tx.oneTimeCodes.findByHash('hash-1'))).toBeNull();
  });

  test('a voided one-time code is not found, yet counts as sent; a redeemed one does not; other purposes stay', async () => {
    const store = await opened();
    await store.transaction((tx) =>
      tx.oneTimeCodes.add(code({ id: 'undo', codeHash: 'hash-3', purpose: 'undoEmailChange', createdAt: T0 + 1 })),
    );
    expect(await store.transaction((tx) => tx.oneTimeCodes.voidFor('ada', 'resetPassword'))).toBe(1);
    const sends = (purpose: OneTimeCode['purpose'], since: number) =>
      store.read((tx) => tx.oneTimeCodes.sendsSince('ada', purpose, since));
    expect(await store.read((tx) => tx.oneTimeCodes.findByHash('hash-1'))).toBeNull();
    expect(await sends('resetPassword', T0)).toEqual([T0]);
    expect(await sends('resetPassword', T0 + 1)).toEqual([]);
    expect(await store.transaction((tx) => tx.oneTimeCodes.redeem('undo'))).toBe(true);
    expect(await sends('undoEmailChange', T0)).toEqual([]);
  });

  test('R41 the open ones of one account and purpose are those neither used nor void nor past their end, oldest first', async () => {
    const store = await opened();
    const undo = (n: number, expiresAt: number) =>
      code({ id: `undo-${n}`, codeHash: `hash-${n + 1}`, purpose: 'undoEmailChange', createdAt: T0 + n, expiresAt });
    const open = await store.transaction(async (tx) => {
      for (const n of [3, 2, 1]) await tx.oneTimeCodes.add(undo(n, T0 + 10 * n));
      await tx.oneTimeCodes.add(undo(4, T0 + 40));
      await tx.oneTimeCodes.redeem('undo-4');
      return tx.oneTimeCodes.openFor('ada', 'undoEmailChange', T0 + 10);
    });
    expect(open).toEqual([undo(2, T0 + 20), undo(3, T0 + 30)]);
    expect(await store.read((tx) => tx.oneTimeCodes.openFor('grace', 'undoEmailChange', T0))).toEqual([]);
  });

  test('S23 the codes added after one are voided in the order of adding, at the same instant too; earlier and other ones stay', async () => {
    const store = await opened();
    const undo = (n: number) => code({ id: `undo-${n}`, codeHash: `undo-hash-${n}`, purpose: 'undoEmailChange' });
    await store.transaction(async (tx) => {
      for (const n of [1, 2, 3]) await tx.oneTimeCodes.add(undo(n));
    });
    expect(await store.transaction((tx) => tx.oneTimeCodes.voidAfter('undo-2', 'ada', 'undoEmailChange'))).toBe(1);
    const found = (hash: string) => store.read((tx) => tx.oneTimeCodes.findByHash(hash));
    expect(await found('undo-hash-1')).toEqual(undo(1));
    expect(await found('undo-hash-2')).toEqual(undo(2));
    expect(await found('undo-hash-3')).toBeNull();
    expect(await found('hash-1')).toEqual(code());
  });
}
