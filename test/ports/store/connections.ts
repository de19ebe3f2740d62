import { expect, test } from 'vitest';
import { type OpenStore, T0 } from './samples.ts';

export function connectionContract(open: OpenStore): void {
  test('before one is made there is none, and none to remove', async () => {
    const store = await open();
    expect(await store.read((tx) => tx.connections.find('smtp'))).toBe(null);
    expect(await store.transaction((tx) => tx.connections.remove('smtp'))).toBe(false);
  });

  test('R50 it is found as it was put, and what is put later takes its place', async () => {
    const store = await open();
    await store.transaction((tx) => tx.connections.put('smtp', 'v1|sealed', T0));
    expect(await store.read((tx) => tx.connections.find('smtp'))).toEqual({ sealed: 'v1|sealed', updatedAt: T0 });
    await store.transaction((tx) => tx.connections.put('smtp', 'v1|other', T0 + 1));
    expect(await store.read((tx) => tx.connections.find('smtp'))).toEqual({ sealed: 'v1|other', updatedAt: T0 + 1 });
  });

  test('removed, it is gone', async () => {
    const store = await open();
    await store.transaction((tx) => tx.connections.put('smtp', 'v1|sealed', T0));
    expect(await store.transaction((tx) => tx.connections.remove('smtp'))).toBe(true);
    expect(await store.read((tx) => tx.connections.find('smtp'))).toBe(null);
  });

  test('what a transaction that fails had put is not there', async () => {
    const store = await open();
    const failing = store.transaction(async (tx) => {
      await tx.connections.put('smtp', 'v1|sealed', T0);
      throw new Error('the act failed');
    });
    await expect(failing).rejects.toThrow('the act failed');
    expect(await store.read((tx) => tx.connections.find('smtp'))).toBe(null);
  });
}
