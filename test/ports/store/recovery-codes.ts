import { expect, test } from 'vitest';
import { atOnce, type OpenStore, recoveryCodes, T0, withAccounts } from './samples.ts';

export function recoveryCodeContract(open: OpenStore): void {
  test('S9 of twenty uses of one code at once exactly one counts', async () => {
    const store = await withAccounts(open);
    await store.transaction((tx) => tx.recoveryCodes.replaceAll('ada', recoveryCodes(10), T0));
    const used = await atOnce(20, () => store.transaction((tx) => tx.recoveryCodes.consume('ada', 'SEL3', T0)));
    expect(used.filter(Boolean)).toHaveLength(1);
    expect(await store.read((tx) => tx.recoveryCodes.counts('ada'))).toEqual({ left: 9, total: 10 });
  });

  test('R4 an unused code is found by its selector, a used or unknown one is not', async () => {
    const store = await withAccounts(open, 'eve');
    await store.transaction(async (tx) => {
      await tx.recoveryCodes.replaceAll('ada', recoveryCodes(2), T0);
      await tx.recoveryCodes.consume('ada', 'SEL0', T0);
    });
    const find = (accountId: string, selector: string) =>
      store.read((tx) => tx.recoveryCodes.findUnused(accountId, selector));
    expect(await find('ada', 'SEL1')).toEqual({ selector: 'SEL1', hash: 'hash 1' });
    expect(await find('ada', 'SEL0')).toBe(null);
    expect(await find('ada', 'NONE')).toBe(null);
    expect(await find('eve', 'SEL1')).toBe(null);
    expect(await store.transaction((tx) => tx.recoveryCodes.consume('eve', 'SEL1', T0))).toBe(false);
  });

  test('R9 a new set takes the place of the old one, used codes included', async () => {
    const store = await withAccounts(open);
    await store.transaction(async (tx) => {
      await tx.recoveryCodes.replaceAll('ada', recoveryCodes(10), T0);
      await tx.recoveryCodes.consume('ada', 'SEL1', T0);
      await tx.recoveryCodes.replaceAll('ada', [{ selector: 'SEL1', hash: 'fresh' }], T0 + 1);
    });
    expect(await store.read((tx) => tx.recoveryCodes.counts('ada'))).toEqual({ left: 1, total: 1 });
    expect(await store.read((tx) => tx.recoveryCodes.findUnused('ada', 'SEL1'))).toEqual({
      selector: 'SEL1',
      hash: 'fresh',
    });
    expect(await store.read((tx) => tx.recoveryCodes.findUnused('ada', 'SEL2'))).toBe(null);
  });

  test('S28 removed codes are gone, for this account alone', async () => {
    const store = await withAccounts(open, 'eve');
    await store.transaction(async (tx) => {
      await tx.recoveryCodes.replaceAll('ada', recoveryCodes(10), T0);
      await tx.recoveryCodes.replaceAll('eve', recoveryCodes(3), T0);
    });
    expect(await store.transaction((tx) => tx.recoveryCodes.removeAllFor('ada'))).toBe(10);
    expect(await store.read((tx) => tx.recoveryCodes.counts('ada'))).toEqual({ left: 0, total: 0 });
    expect(await store.read((tx) => tx.recoveryCodes.findUnused('ada', 'SEL1'))).toBe(null);
    expect(await store.read((tx) => tx.recoveryCodes.counts('eve'))).toEqual({ left: 3, total: 3 });
  });

  test('a set with one selector twice is refused as a whole', async () => {
    const store = await withAccounts(open);
    const [code] = recoveryCodes(1);
    const twice = code ? [code, code] : [];
    await expect(store.transaction((tx) => tx.recoveryCodes.replaceAll('ada', twice, T0))).rejects.toThrow();
    expect(await store.read((tx) => tx.recoveryCodes.counts('ada'))).toEqual({ left: 0, total: 0 });
  });
}
