import { expect, test } from 'vitest';
import { account, atOnce, auditEntry, type OpenStore, withAccounts } from './samples.ts';

export function transactionContract(open: OpenStore): void {
  test('what a transaction wrote is there for whoever asks after it', async () => {
    const store = await open();
    const result = await store.transaction((tx) => tx.accounts.add(account()));
    expect(result).toBe(true);
    expect(await store.read((tx) => tx.accounts.find('ada'))).toEqual(account());
  });

  test('a transaction sees its own writes', async () => {
    const store = await open();
    const seen = await store.transaction(async (tx) => {
      await tx.accounts.add(account());
      return tx.accounts.find('ada');
    });
    expect(seen).toEqual(account());
  });

  test('S73 when the work throws, nothing of it stays and the error comes back as it was', async () => {
    const store = await open();
    const mishap = new Error('mishap');
    const failing = store.transaction(async (tx) => {
      await tx.accounts.add(account());
      await tx.audit.append(auditEntry());
      throw mishap;
    });
    await expect(failing).rejects.toBe(mishap);
    expect(await store.read((tx) => tx.accounts.count())).toBe(0);
    expect(await store.read((tx) => tx.audit.list(0, 10))).toEqual([]);
  });

  test('a write that the store refuses fails its whole transaction, and the next one goes on as if nothing had been', async () => {
    const store = await withAccounts(open);
    const twice = store.transaction(async (tx) => {
      await tx.accounts.add(account({ id: 'eve' }));
      await tx.accounts.add(account({ id: 'ada', emailKey: 'else@example.org' }));
    });
    await expect(twice).rejects.toThrow();
    expect(await store.read((tx) => tx.accounts.find('eve'))).toBe(null);
    await store.transaction((tx) => tx.accounts.add(account({ id: 'eve' })));
    expect(await store.read((tx) => tx.accounts.count())).toBe(2);
  });

  test('writers run one after another in the order they came, each to its end', async () => {
    const store = await open();
    const steps: string[] = [];
    await atOnce(20, (index) =>
      store.transaction(async (tx) => {
        steps.push(`${index} begins`);
        await tx.accounts.count();
        await Promise.resolve();
        await tx.accounts.add(account({ id: `${index}` }));
        steps.push(`${index} ends`);
      }),
    );
    expect(steps).toEqual(Array.from({ length: 20 }, (_, index) => [`${index} begins`, `${index} ends`]).flat());
  });

  test('a failing writer does not hold up those behind it', async () => {
    const store = await open();
    const outcomes = await Promise.allSettled([
      store.transaction(() => Promise.reject(new Error('first'))),
      store.transaction((tx) => tx.accounts.add(account())),
      store.transaction(() => {
        throw new Error('third, before its promise');
      }),
      store.transaction((tx) => tx.accounts.count()),
    ]);
    expect(outcomes.map((outcome) => (outcome.status === 'fulfilled' ? outcome.value : 'failed'))).toEqual([
      'failed',
      true,
      'failed',
      1,
    ]);
  });

  test('of twenty read-and-write transactions at once, none loses another one’s write', async () => {
    const store = await withAccounts(open);
    await atOnce(20, () =>
      store.transaction(async (tx) => {
        const current = await tx.accounts.find('ada');
        await Promise.resolve();
        await tx.accounts.change('ada', { epoch: (current?.epoch ?? 0) + 1 });
      }),
    );
    expect((await store.read((tx) => tx.accounts.find('ada')))?.epoch).toBe(21);
  });

  test('a reader keeps its snapshot while a writer commits beside it', async () => {
    const store = await withAccounts(open);
    const seen = await store.read(async (tx) => {
      const before = await tx.accounts.count();
      await store.transaction((writing) => writing.accounts.add(account({ id: 'eve' })));
      return [before, await tx.accounts.count()];
    });
    expect(seen).toEqual([1, 1]);
    expect(await store.read((tx) => tx.accounts.count())).toBe(2);
  });

  test('a reader sees nothing of a transaction that is still open', async () => {
    const store = await open();
    await store.transaction(async (tx) => {
      await tx.accounts.add(account());
      expect(await store.read((reading) => reading.accounts.count())).toBe(0);
    });
    expect(await store.read((tx) => tx.accounts.count())).toBe(1);
  });

  test('a read that was asked for after a commit sees it, however many readers were there before', async () => {
    const store = await open();
    const slow = store.read(async (tx) => {
      await tx.accounts.count();
      for (let turn = 0; turn < 50; turn += 1) await Promise.resolve();
      return tx.accounts.count();
    });
    await store.transaction((tx) => tx.accounts.add(account()));
    expect(await Promise.all([slow, store.read((tx) => tx.accounts.count())])).toEqual([expect.any(Number), 1]);
  });

  test('readers at once do not mix up', async () => {
    const store = await withAccounts(open, ...Array.from({ length: 19 }, (_, index) => `${index}`));
    const ids = ['ada', ...Array.from({ length: 19 }, (_, index) => `${index}`)];
    const found = await Promise.all(
      ids.map((id) =>
        store.read(async (tx) => {
          const first = await tx.accounts.find(id);
          await Promise.resolve();
          return [first?.id, (await tx.accounts.find(id))?.id];
        }),
      ),
    );
    expect(found).toEqual(ids.map((id) => [id, id]));
  });

  test('writing through a read is refused and changes nothing', async () => {
    const store = await withAccounts(open);
    await expect(store.read((tx) => tx.accounts.add(account({ id: 'eve' })))).rejects.toThrow();
    await expect(store.read((tx) => tx.accounts.change('ada', { name: 'Eve' }))).rejects.toThrow();
    await expect(store.read((tx) => tx.audit.append(auditEntry()))).rejects.toThrow();
    expect(await store.read(async (tx) => [await tx.accounts.count(), await tx.accounts.find('ada')])).toEqual([
      1,
      account(),
    ]);
  });

  test('a transaction that asks for another inside it is refused instead of waiting for itself', async () => {
    const store = await open();
    await expect(store.transaction(() => store.transaction((tx) => tx.accounts.add(account())))).rejects.toThrow(
      'wait for itself',
    );
    await store.transaction((tx) => tx.accounts.add(account()));
    expect(await store.read((tx) => tx.accounts.count())).toBe(1);
  });

  test('what outlives a transaction may not write through it, but may begin its own', async () => {
    const store = await open();
    const { leaked, later } = await store.transaction(async (tx) => {
      const over = Promise.withResolvers<void>();
      const own = over.promise.then(() => store.transaction((fresh) => fresh.accounts.add(account())));
      return { leaked: tx, later: { over, own } };
    });
    await expect((async () => leaked.accounts.add(account({ id: 'eve' })))()).rejects.toThrow('over');
    later.over.resolve();
    expect(await later.own).toBe(true);
    expect(await store.read((tx) => tx.accounts.count())).toBe(1);
  });

  test('closing waits for work in flight and refuses what comes after', async () => {
    const store = await open();
    const inFlight = store.transaction(async (tx) => {
      await Promise.resolve();
      return tx.accounts.add(account());
    });
    const closed = store.close();
    await expect(store.transaction((tx) => tx.accounts.count())).rejects.toThrow('closed');
    await expect(store.read((tx) => tx.accounts.count())).rejects.toThrow('closed');
    expect(await inFlight).toBe(true);
    await closed;
    await store.close();
  });
}
