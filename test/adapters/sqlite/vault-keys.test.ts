import { expect, test } from 'vitest';
import { freshFolder, openTestStore } from '../../support/open-test-store.ts';

const KEY = { kid: 'k1', guard: 'keyFile', wrapped: 'wrapped', createdAt: 5 } as const;

test('wrapped data keys are kept, oldest first, and are there at the next start', async () => {
  const folder = await freshFolder();
  const store = await openTestStore(folder);
  expect(store.vaultKeys.list()).toEqual([]);
  store.vaultKeys.add({ ...KEY, kid: 'k2', createdAt: 9 });
  store.vaultKeys.add(KEY);
  await store.close();
  const again = await openTestStore(folder);
  expect(again.vaultKeys.list()).toEqual([KEY, { ...KEY, kid: 'k2', createdAt: 9 }]);
});

test('a data key’s name is given once', async () => {
  const store = await openTestStore();
  store.vaultKeys.add(KEY);
  expect(() => store.vaultKeys.add({ ...KEY, wrapped: 'other' })).toThrow();
  expect(store.vaultKeys.list()).toEqual([KEY]);
});

test('no data key is added in the middle of a transaction, which might take it back', async () => {
  const store = await openTestStore();
  await store.transaction(async () => {
    expect(() => store.vaultKeys.add(KEY)).toThrow('transaction');
  });
  expect(store.vaultKeys.list()).toEqual([]);
});

test('S71 wrapped keys change hands all at once, or not at all', async () => {
  const store = await openTestStore();
  const second = { ...KEY, kid: 'k2', createdAt: 9 };
  store.vaultKeys.add(KEY);
  store.vaultKeys.add(second);
  const moved = [KEY, second].map((key) => ({ ...key, guard: 'keychain' as const, wrapped: `moved ${key.kid}` }));
  expect(() => store.vaultKeys.rewrap([...moved, { ...KEY, kid: 'k3' }])).toThrow('k3');
  expect(store.vaultKeys.list()).toEqual([KEY, second]);
  store.vaultKeys.rewrap(moved);
  expect(store.vaultKeys.list()).toEqual(moved);
});

test('no data key changes hands in the middle of a transaction', async () => {
  const store = await openTestStore();
  store.vaultKeys.add(KEY);
  await store.transaction(async () => {
    expect(() => store.vaultKeys.rewrap([{ ...KEY, wrapped: 'moved' }])).toThrow('transaction');
  });
  expect(store.vaultKeys.list()).toEqual([KEY]);
});
