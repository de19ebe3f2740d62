import { expect, test } from 'vitest';
import { DAY } from '../../../src-main/domain/values.ts';
import type { Store } from '../../../src-main/ports/store.ts';
import {
  account,
  atOnce,
  challenge,
  letter,
  type OpenStore,
  pendingSignIn,
  session,
  T0,
  withAccounts,
} from './samples.ts';

export function sessionContract(open: OpenStore): void {
  const ids = async (store: Store, accountId = 'ada') =>
    (await store.read((tx) => tx.sessions.listFor(accountId))).map((each) => each.id);

  test('one is found, with its account, by the hash of its token', async () => {
    const store = await withAccounts(open, 'eve');
    const proven = session({ provenWith: 'recoveryCode', surface: 'web' });
    await store.transaction((tx) => tx.sessions.add(proven));
    expect(await store.read((tx) => tx.sessions.findWithAccount('hash of session'))).toEqual({
      session: proven,
      account: account(),
    });
    expect(await store.read((tx) => tx.sessions.findWithAccount('hash of nothing'))).toBe(null);
  });

  test('two never share a token, and none belongs to nobody', async () => {
    const store = await withAccounts(open);
    await store.transaction((tx) => tx.sessions.add(session()));
    const twin = session({ id: 'twin', tokenHash: 'hash of session' });
    await expect(store.transaction((tx) => tx.sessions.add(twin))).rejects.toThrow();
    const stray = session({ id: 'stray', accountId: 'nobody' });
    await expect(store.transaction((tx) => tx.sessions.add(stray))).rejects.toThrow();
    expect(await ids(store)).toEqual(['session']);
  });

  test('they are listed by newest activity, of one account only', async () => {
    const store = await withAccounts(open, 'eve');
    await store.transaction(async (tx) => {
      await tx.sessions.add(session({ id: 'a', lastSeenAt: T0 + 1 }));
      await tx.sessions.add(session({ id: 'b', lastSeenAt: T0 + 2 }));
      await tx.sessions.add(session({ id: 'c', lastSeenAt: T0 }));
      await tx.sessions.add(session({ id: 'hers', accountId: 'eve' }));
      await tx.sessions.touch('c', T0 + 3);
    });
    expect(await ids(store)).toEqual(['c', 'b', 'a']);
  });

  test('S16 a rotated session keeps its id and answers to its new token alone', async () => {
    const store = await withAccounts(open);
    await store.transaction(async (tx) => {
      await tx.sessions.add(session());
      await tx.sessions.rotate('session', 'hash of the new one', 2);
    });
    expect(await store.read((tx) => tx.sessions.findWithAccount('hash of session'))).toBe(null);
    expect((await store.read((tx) => tx.sessions.findWithAccount('hash of the new one')))?.session).toEqual(
      session({ tokenHash: 'hash of the new one', epoch: 2 }),
    );
  });

  test('S27 carrying over lifts every session of the account to the new epoch, nobody else’s', async () => {
    const store = await withAccounts(open, 'eve');
    await store.transaction(async (tx) => {
      await tx.sessions.add(session({ id: 'a' }));
      await tx.sessions.add(session({ id: 'b' }));
      await tx.sessions.add(session({ id: 'hers', accountId: 'eve' }));
      await tx.sessions.carryOver('ada', 5);
    });
    const epochs = await store.read(async (tx) =>
      [...(await tx.sessions.listFor('ada')), ...(await tx.sessions.listFor('eve'))].map((each) => each.epoch),
    );
    expect(epochs).toEqual([5, 5, 1]);
  });

  test('of twenty that end one session at once exactly one did', async () => {
    const store = await withAccounts(open);
    await store.transaction((tx) => tx.sessions.add(session()));
    const ended = await atOnce(20, () => store.transaction((tx) => tx.sessions.remove('session')));
    expect(ended.filter(Boolean)).toHaveLength(1);
  });

  test('R6 all of an account end, or all but one', async () => {
    const store = await withAccounts(open, 'eve');
    await store.transaction(async (tx) => {
      for (const id of ['a', 'b', 'c']) await tx.sessions.add(session({ id }));
      await tx.sessions.add(session({ id: 'hers', accountId: 'eve' }));
    });
    expect(await store.transaction((tx) => tx.sessions.removeAllFor('ada', 'b'))).toBe(2);
    expect(await ids(store)).toEqual(['b']);
    expect(await store.transaction((tx) => tx.sessions.removeAllFor('ada'))).toBe(1);
    expect(await ids(store)).toEqual([]);
    expect(await ids(store, 'eve')).toEqual(['hers']);
  });

  test('R26 an enrolling session is promoted to a full one; its id, token and beginning stay', async () => {
    const store = await withAccounts(open);
    await store.transaction(async (tx) => {
      await tx.sessions.add(session({ scope: 'enrolOnly' }));
      await tx.sessions.promote('session', 'email', T0 + 5, T0 + DAY);
    });
    const promoted = { scope: 'full', provenWith: 'email', lastSeenAt: T0 + 5, endsAt: T0 + DAY } as const;
    expect((await store.read((tx) => tx.sessions.findWithAccount('hash of session')))?.session).toEqual(
      session(promoted),
    );
  });

  test('S37 all end at once: sessions, pending sign-ins and open codes, whose sending still counts', async () => {
    const store = await withAccounts(open, 'eve');
    await store.transaction(async (tx) => {
      await tx.sessions.add(session());
      await tx.sessions.add(session({ id: 'hers', accountId: 'eve' }));
      await tx.pendingSignIns.add(pendingSignIn({ id: 'waiting' }));
      await tx.challenges.add(challenge());
      expect(await tx.sessions.removeAll()).toBe(4);
      expect(await tx.sessions.removeAll()).toBe(0);
    });
    expect([await ids(store), await ids(store, 'eve')]).toEqual([[], []]);
    expect(await store.read((tx) => tx.pendingSignIns.findByTokenHash('hash of waiting'))).toBe(null);
    expect(await store.read((tx) => tx.challenges.find('question'))).toBe(null);
    expect(await store.read((tx) => tx.challenges.sendsSince('ada', 0))).toEqual([T0]);
  });

  test('S37 what lies in the future is taken back, and what does not is left alone', async () => {
    const store = await withAccounts(open, 'eve');
    const now = T0 + DAY;
    const locked = (lockedUntil: number) => ({ failures: 10, lockedUntil, triesInLock: 1 });
    await store.transaction(async (tx) => {
      await tx.challenges.add(challenge({ id: 'past', createdAt: now }));
      await tx.challenges.add(challenge({ id: 'to come', createdAt: now + 1 }));
      await tx.accounts.change('ada', { throttle: locked(now + 3_600_000), joinedAt: now, mailResetAt: now });
      await tx.accounts.change('eve', { throttle: locked(now + 3_600_001), joinedAt: now + 1, mailResetAt: now + 1 });
      await tx.sessions.forgetFuture(now);
    });
    const [ada, eve, past, toCome] = await store.read((tx) =>
      Promise.all([
        tx.accounts.find('ada'),
        tx.accounts.find('eve'),
        tx.challenges.find('past'),
        tx.challenges.find('to come'),
      ]),
    );
    expect(ada).toMatchObject({ throttle: locked(now + 3_600_000), joinedAt: now, mailResetAt: now });
    const freed = { failures: 10, lockedUntil: 0, triesInLock: 0 };
    expect(eve).toMatchObject({ throttle: freed, joinedAt: now, mailResetAt: now });
    expect([past?.id, toCome]).toEqual(['past', null]);
  });

  test('the sweep takes what is past its end and not a millisecond more', async () => {
    const store = await withAccounts(open);
    const now = T0 + 2 * DAY;
    await store.transaction(async (tx) => {
      await tx.sessions.add(session({ id: 'over', endsAt: now }));
      await tx.sessions.add(session({ id: 'alive', endsAt: now + 1 }));
      await tx.pendingSignIns.add(pendingSignIn({ id: 'over', expiresAt: now }));
      await tx.pendingSignIns.add(pendingSignIn({ id: 'alive', expiresAt: now + 1 }));
    });
    expect(await store.transaction((tx) => tx.sessions.sweep(now))).toBe(2);
    expect(await store.transaction((tx) => tx.sessions.sweep(now))).toBe(0);
    expect(await ids(store)).toEqual(['alive']);
    expect(await store.read((tx) => tx.pendingSignIns.findByTokenHash('hash of over'))).toBe(null);
    expect((await store.read((tx) => tx.pendingSignIns.findByTokenHash('hash of alive')))?.id).toBe('alive');
  });

  test('S61 the sweep keeps a day of sends for the caps, and letters that still wait', async () => {
    const store = await withAccounts(open);
    const now = T0 + DAY;
    await store.transaction(async (tx) => {
      await tx.challenges.add(challenge({ id: 'a day old', createdAt: now - DAY }));
      await tx.challenges.add(challenge({ id: 'younger', createdAt: now - DAY + 1 }));
      await tx.outbox.add(letter({ id: 'sent', state: 'sent', sealed: null, createdAt: now - DAY }));
      await tx.outbox.add(letter({ id: 'failed', state: 'failed', sealed: null, createdAt: now - DAY }));
      await tx.outbox.add(letter({ id: 'just sent', state: 'sent', sealed: null, createdAt: now - DAY + 1 }));
      await tx.outbox.add(letter({ id: 'queued', createdAt: now - DAY }));
    });
    expect(await store.transaction((tx) => tx.sessions.sweep(now))).toBe(3);
    expect(await store.read((tx) => tx.challenges.sendsSince('ada', 0))).toEqual([now - DAY + 1]);
    const left = await store.read((tx) => Promise.all(['sent', 'failed', 'just sent', 'queued'].map(tx.outbox.find)));
    expect(left.map((row) => row?.id)).toEqual([undefined, undefined, 'just sent', 'queued']);
  });
}
