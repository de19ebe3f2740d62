import { expect, test } from 'vitest';
import { atOnce, challenge, type OpenStore, T0, withAccounts } from './samples.ts';

export function challengeContract(open: OpenStore): void {
  test('a challenge comes back as it was asked', async () => {
    const store = await withAccounts(open);
    await store.transaction((tx) => tx.challenges.add(challenge()));
    expect(await store.read((tx) => tx.challenges.find('question'))).toEqual(challenge());
    expect(await store.read((tx) => tx.challenges.find('another'))).toBe(null);
  });

  test('S7 of twenty redemptions of one challenge at once exactly one gets it', async () => {
    const store = await withAccounts(open);
    await store.transaction((tx) => tx.challenges.add(challenge()));
    const won = await atOnce(20, () => store.transaction((tx) => tx.challenges.redeem('question')));
    expect(won.filter((each) => each !== null)).toEqual([challenge()]);
    expect(await store.read((tx) => tx.challenges.find('question'))).toBe(null);
  });

  test('a redemption that was rolled back leaves the challenge open', async () => {
    const store = await withAccounts(open);
    await store.transaction((tx) => tx.challenges.add(challenge()));
    const failing = store.transaction(async (tx) => {
      await tx.challenges.redeem('question');
      throw new Error('mishap');
    });
    await expect(failing).rejects.toThrow('mishap');
    expect(await store.transaction((tx) => tx.challenges.redeem('question'))).toEqual(challenge());
  });

  test('S10 twenty wrong answers at once are all counted, and the last is remembered', async () => {
    const store = await withAccounts(open);
    await store.transaction((tx) => tx.challenges.add(challenge()));
    const counted = await atOnce(20, (index) =>
      store.transaction((tx) => tx.challenges.countWrong('question', `wrong ${index}`)),
    );
    expect(counted).toEqual(Array.from({ length: 20 }, (_, index) => ({ tries: index + 1 })));
    expect(await store.read((tx) => tx.challenges.find('question'))).toEqual(
      challenge({ tries: 20, lastWrongMac: 'wrong 19' }),
    );
  });

  test('a challenge that was redeemed or voided counts, redeems and is found no more', async () => {
    const store = await withAccounts(open);
    await store.transaction(async (tx) => {
      await tx.challenges.add(challenge({ id: 'redeemed' }));
      await tx.challenges.redeem('redeemed');
      await tx.challenges.add(challenge({ id: 'voided' }));
      await tx.challenges.voidFor('ada');
      for (const id of ['redeemed', 'voided', 'unknown']) {
        expect(await tx.challenges.countWrong(id, 'wrong')).toBe(null);
        expect(await tx.challenges.redeem(id)).toBe(null);
        expect(await tx.challenges.find(id)).toBe(null);
      }
      expect(await tx.challenges.findLatest('ada', 'signIn', 'pending')).toBe(null);
    });
  });

  test('S6 the latest is the newest open one of its account, purpose and place', async () => {
    const store = await withAccounts(open, 'eve');
    const newest = challenge({ id: 'newest', createdAt: T0 + 1 });
    await store.transaction(async (tx) => {
      await tx.challenges.add(newest);
      await tx.challenges.add(challenge({ id: 'older', createdAt: T0 }));
      await tx.challenges.add(challenge({ id: 'elsewhere', boundTo: 'another', createdAt: T0 + 2 }));
      await tx.challenges.add(challenge({ id: 'for another act', purpose: 'disable', createdAt: T0 + 3 }));
      await tx.challenges.add(challenge({ id: 'hers', accountId: 'eve', createdAt: T0 + 4 }));
    });
    expect(await store.read((tx) => tx.challenges.findLatest('ada', 'signIn', 'pending'))).toEqual(newest);
    expect(await store.read((tx) => tx.challenges.findLatest('ada', 'enable', 'pending'))).toBe(null);
  });

  test('of two asked in the same millisecond, the latest is the one asked last', async () => {
    const store = await withAccounts(open);
    await store.transaction(async (tx) => {
      await tx.challenges.add(challenge({ id: 'z asked first' }));
      await tx.challenges.add(challenge({ id: 'a asked last' }));
    });
    expect((await store.read((tx) => tx.challenges.findLatest('ada', 'signIn', 'pending')))?.id).toBe('a asked last');
  });

  test('voiding ends what is open: of one purpose, or of all', async () => {
    const store = await withAccounts(open, 'eve');
    await store.transaction(async (tx) => {
      await tx.challenges.add(challenge({ id: 'a' }));
      await tx.challenges.add(challenge({ id: 'b', purpose: 'enable' }));
      await tx.challenges.add(challenge({ id: 'c', purpose: 'disable' }));
      await tx.challenges.add(challenge({ id: 'hers', accountId: 'eve' }));
    });
    expect(await store.transaction((tx) => tx.challenges.voidFor('ada', 'enable'))).toBe(1);
    expect(await store.transaction((tx) => tx.challenges.voidFor('ada'))).toBe(2);
    expect(await store.transaction((tx) => tx.challenges.voidFor('ada'))).toBe(0);
    expect((await store.read((tx) => tx.challenges.find('hers')))?.id).toBe('hers');
  });

  test('S61 sends count from the given instant on, voided ones too, redeemed ones not', async () => {
    const store = await withAccounts(open, 'eve');
    await store.transaction(async (tx) => {
      await tx.challenges.add(challenge({ id: 'before', createdAt: T0 - 1 }));
      await tx.challenges.add(challenge({ id: 'late', createdAt: T0 + 9 }));
      await tx.challenges.add(challenge({ id: 'first', createdAt: T0, purpose: 'enable' }));
      await tx.challenges.voidFor('ada');
      await tx.challenges.add(challenge({ id: 'redeemed', createdAt: T0 + 1 }));
      await tx.challenges.redeem('redeemed');
      await tx.challenges.add(challenge({ id: 'hers', accountId: 'eve', createdAt: T0 + 2 }));
    });
    expect(await store.read((tx) => tx.challenges.sendsSince('ada', T0))).toEqual([T0, T0 + 9]);
  });
}
