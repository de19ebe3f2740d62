import { expect, test } from 'vitest';
import { letter, type OpenStore, T0, withAccounts } from './samples.ts';

export function outboxContract(open: OpenStore): void {
  test('a letter comes back as it was added', async () => {
    const store = await withAccounts(open);
    await store.transaction((tx) => tx.outbox.add(letter()));
    expect(await store.read((tx) => tx.outbox.find('letter'))).toEqual(letter());
    expect(await store.read((tx) => tx.outbox.find('another'))).toBe(null);
  });

  test('R51 due are the queued ones whose time has come, oldest first, so many at most', async () => {
    const store = await withAccounts(open);
    await store.transaction(async (tx) => {
      await tx.outbox.add(letter({ id: 'young', createdAt: T0 + 2, dueAt: T0 + 2 }));
      await tx.outbox.add(letter({ id: 'old, tried before', createdAt: T0, dueAt: T0 + 5, attempts: 1 }));
      await tx.outbox.add(letter({ id: 'middle', createdAt: T0 + 1, dueAt: T0 + 1 }));
      await tx.outbox.add(letter({ id: 'not yet', createdAt: T0, dueAt: T0 + 6 }));
      await tx.outbox.add(letter({ id: 'sent', state: 'sent', sealed: null }));
    });
    const due = async (limit: number) => (await store.read((tx) => tx.outbox.due(T0 + 5, limit))).map((row) => row.id);
    expect(await due(10)).toEqual(['old, tried before', 'middle', 'young']);
    expect(await due(2)).toEqual(['old, tried before', 'middle']);
  });

  test('the next due instant is the earliest of the queued ones, null when none waits', async () => {
    const store = await withAccounts(open);
    expect(await store.read((tx) => tx.outbox.nextDue())).toBe(null);
    await store.transaction(async (tx) => {
      await tx.outbox.add(letter({ id: 'later', dueAt: T0 + 9 }));
      await tx.outbox.add(letter({ id: 'sooner', dueAt: T0 + 4 }));
      await tx.outbox.add(letter({ id: 'sent', dueAt: T0, state: 'sent', sealed: null }));
    });
    expect(await store.read((tx) => tx.outbox.nextDue())).toBe(T0 + 4);
  });

  test.each(['sent', 'failed'] as const)('S70 a letter that is %s is erased', async (state) => {
    const store = await withAccounts(open);
    await store.transaction(async (tx) => {
      await tx.outbox.add(letter());
      await (state === 'sent' ? tx.outbox.markSent('letter') : tx.outbox.markFailed('letter'));
    });
    expect(await store.read((tx) => tx.outbox.find('letter'))).toEqual(letter({ state, sealed: null, attempts: 1 }));
    expect(await store.read((tx) => tx.outbox.due(T0 + 99, 10))).toEqual([]);
  });

  test('R51 a letter to be tried again keeps its text and counts its attempts', async () => {
    const store = await withAccounts(open);
    await store.transaction(async (tx) => {
      await tx.outbox.add(letter());
      await tx.outbox.retryAt('letter', T0 + 5_000);
      await tx.outbox.retryAt('letter', T0 + 15_000);
    });
    expect(await store.read((tx) => tx.outbox.find('letter'))).toEqual(letter({ attempts: 2, dueAt: T0 + 15_000 }));
  });

  test('R51 what is done stays done: no second outcome, no way back into the queue', async () => {
    const store = await withAccounts(open);
    await store.transaction(async (tx) => {
      await tx.outbox.add(letter());
      await tx.outbox.markSent('letter');
      await tx.outbox.retryAt('letter', T0 + 1);
      await tx.outbox.markFailed('letter');
    });
    expect(await store.read((tx) => tx.outbox.find('letter'))).toEqual(
      letter({ state: 'sent', sealed: null, attempts: 1 }),
    );
  });

  test('R50 waiting letters can be made due at once; those that are due, and those that are done, stay as they are', async () => {
    const store = await withAccounts(open);
    await store.transaction(async (tx) => {
      await tx.outbox.add(letter({ id: 'waiting', dueAt: T0 + 300_000, attempts: 7 }));
      await tx.outbox.add(letter({ id: 'due', dueAt: T0 - 1 }));
      await tx.outbox.add(letter({ id: 'failed', dueAt: T0 + 300_000, state: 'failed', sealed: null }));
      await tx.outbox.hasten(T0);
    });
    const dueAt = (id: string) => store.read(async (tx) => (await tx.outbox.find(id))?.dueAt);
    expect(await Promise.all(['waiting', 'due', 'failed'].map(dueAt))).toEqual([T0, T0 - 1, T0 + 300_000]);
    expect(await store.read(async (tx) => (await tx.outbox.find('waiting'))?.attempts)).toBe(7);
  });
}
