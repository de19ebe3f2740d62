import { expect, test } from 'vitest';
import { GENESIS, verifyChain } from '../../../src-main/domain/audit-chain.ts';
import { atOnce, auditEntry, type OpenStore, T0 } from './samples.ts';

export function auditContract(open: OpenStore): void {
  test('R43 entries come back whole, numbered from one, chained to each other', async () => {
    const store = await open();
    const entries = [
      auditEntry({ kind: 'workspaceCreated', detail: { after: 'strong' } }),
      auditEntry({ kind: 'codeRejected', actorId: null, detail: { purpose: 'signIn', method: 'email', count: 3 } }),
      auditEntry({ kind: 'accessDenied', actorId: null, targetId: null, surface: 'web', address: '', detail: {} }),
    ];
    await store.transaction(async (tx) => {
      for (const entry of entries) await tx.audit.append(entry);
    });
    const listed = await store.read((tx) => tx.audit.list(0, 10));
    expect(listed).toMatchObject(entries.map((entry, index) => ({ ...entry, sequence: index + 1 })));
    expect(listed.map((entry) => entry.previousHash)).toEqual([GENESIS.hash, listed[0]?.hash, listed[1]?.hash]);
    expect(verifyChain(listed)).toBe(null);
  });

  test('S77 twenty entries at once make one chain', async () => {
    const store = await open();
    await atOnce(20, (index) => store.transaction((tx) => tx.audit.append(auditEntry({ at: T0 + index }))));
    const listed = await store.read((tx) => tx.audit.list(0, 100));
    expect(listed).toHaveLength(20);
    expect(verifyChain(listed)).toBe(null);
  });

  test('S37 the newest entry of some kinds is found, and none where there is none', async () => {
    const store = await open();
    await store.transaction(async (tx) => {
      for (const kind of ['clockDoubted', 'clockAccepted', 'clockDoubted', 'signedIn'] as const) {
        await tx.audit.append(auditEntry({ kind }));
      }
    });
    const found = await store.read((tx) => tx.audit.latestOf(['clockDoubted', 'clockAccepted']));
    expect(found).toMatchObject({ sequence: 3, kind: 'clockDoubted' });
    expect(await store.read((tx) => tx.audit.latestOf(['damageFound']))).toBe(null);
  });

  test('an entry that was rolled back leaves no gap', async () => {
    const store = await open();
    await store.transaction((tx) => tx.audit.append(auditEntry()));
    const failing = store.transaction(async (tx) => {
      await tx.audit.append(auditEntry({ kind: 'signedOut' }));
      throw new Error('mishap');
    });
    await expect(failing).rejects.toThrow('mishap');
    await store.transaction((tx) => tx.audit.append(auditEntry({ kind: 'nameChanged' })));
    const listed = await store.read((tx) => tx.audit.list(0, 10));
    expect(listed.map((entry) => [entry.sequence, entry.kind])).toEqual([
      [1, 'signedIn'],
      [2, 'nameChanged'],
    ]);
    expect(verifyChain(listed)).toBe(null);
  });

  test('it is read page by page', async () => {
    const store = await open();
    await store.transaction(async (tx) => {
      for (let index = 0; index < 5; index += 1) await tx.audit.append(auditEntry());
    });
    const page = async (after: number) =>
      (await store.read((tx) => tx.audit.list(after, 2))).map((entry) => entry.sequence);
    expect([await page(0), await page(2), await page(4), await page(5)]).toEqual([[1, 2], [3, 4], [5], []]);
  });

  test('S37 the time of the newest entry is known, null before the first', async () => {
    const store = await open();
    expect(await store.read((tx) => tx.audit.latestAt())).toBe(null);
    await store.transaction(async (tx) => {
      await tx.audit.append(auditEntry({ at: T0 }));
      await tx.audit.append(auditEntry({ at: T0 + 7 }));
    });
    expect(await store.read((tx) => tx.audit.latestAt())).toBe(T0 + 7);
  });
}
