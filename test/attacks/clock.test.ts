import { describe, expect, test } from 'vitest';
import { DAY, HOUR, MINUTE, SECOND } from '../../src-main/domain/values.ts';
import { type Engine, openEngine } from '../support/engine.ts';
import { CREDENTIALS, OWNER, type Person, personAt, signedInOwner } from '../support/person.ts';
import { addAccount, SECOND as BEN, mailedProof, pendingSignIn, protectedOwner, signedIn } from './support/people.ts';
import { verdictOf, wordFor } from './support/verdict.ts';

/** A moment before, the moment itself, and one after. */
const AROUND = [-1, 0, 1] as const;

/** What a call comes to just before, at and just after `end`: the engine is set up anew for each. */
async function around(
  begin: (engine: Engine) => Promise<{ end: number; call: () => Promise<unknown> }>,
): Promise<string[]> {
  const words: string[] = [];
  for (const offset of AROUND) {
    const engine = await openEngine();
    const { end, call } = await begin(engine);
    engine.clock.advance(end + offset - engine.clock.now());
    words.push(wordFor(await verdictOf(call())));
  }
  return words;
}

describe('what ends, ends on the millisecond', () => {
  test('S11 a code lives five minutes at sign-in', async () => {
    const words = await around(async (engine) => {
      await protectedOwner(engine);
      const { api, challengeId, code } = await pendingSignIn(engine);
      const end = engine.clock.now() + 5 * MINUTE;
      return { end, call: () => api.open.signIn.prove({ method: 'email', challengeId, code }) };
    });
    expect(words).toEqual(['done', 'challengeExpired', 'challengeExpired']);
  });

  test('S26 a code lives five minutes at a step-up', async () => {
    const words = await around(async (engine) => {
      const { owner } = await protectedOwner(engine);
      const proof = await mailedProof(engine, owner, 'disable');
      const end = engine.clock.now() + 5 * MINUTE;
      return { end, call: () => owner.api.self.twoStep.disable({ currentPassword: OWNER.password, proof }) };
    });
    expect(words).toEqual(['done', 'challengeExpired', 'challengeExpired']);
  });

  test('S25 a code for enabling lives five minutes', async () => {
    const words = await around(async (engine) => {
      const owner = await signedInOwner(engine);
      const { challengeId, expiresAt } = await owner.api.self.twoStep.sendEnableCode({ method: 'email' });
      const code = await engine.codeFor(OWNER.email);
      return { end: expiresAt, call: () => owner.api.self.twoStep.enable({ challengeId, code }) };
    });
    expect(words).toEqual(['done', 'challengeExpired', 'challengeExpired']);
  });

  test('S3 a pending sign-in lives ten minutes, whatever it is answered with', async () => {
    const words = await around(async (engine) => {
      const { codes } = await protectedOwner(engine);
      const { api } = await pendingSignIn(engine);
      const { expiresAt } = await api.open.signIn.pending();
      expect(expiresAt).toBe(engine.clock.now() + 10 * MINUTE);
      return { end: expiresAt, call: () => api.open.signIn.prove({ method: 'recoveryCode', code: codes[0] ?? '' }) };
    });
    expect(words).toEqual(['done', 'signInExpired', 'signInExpired']);
  });

  test('S3 sending the code again does not lengthen a pending sign-in', async () => {
    const words = await around(async (engine) => {
      await protectedOwner(engine);
      const { api } = await pendingSignIn(engine);
      const { expiresAt } = await api.open.signIn.pending();
      engine.clock.advance(9 * MINUTE);
      await api.open.signIn.sendCode({ method: 'email' });
      return { end: expiresAt, call: () => api.open.signIn.pending() };
    });
    expect(words).toEqual(['done', 'signInExpired', 'signInExpired']);
  });

  test('R15 another code leaves a minute after the last, not before', async () => {
    const words = await around(async (engine) => {
      await protectedOwner(engine);
      const { api } = await pendingSignIn(engine);
      const end = engine.clock.now() + 60 * SECOND;
      return { end, call: () => api.open.signIn.sendCode({ method: 'email' }) };
    });
    expect(words).toEqual(['resendTooSoon', 'done', 'done']);
  });

  test('R42 a lock lasts fifteen minutes', async () => {
    const words = await around(async (engine) => {
      await signedInOwner(engine);
      const { api } = personAt(engine);
      for (let guess = 0; guess < 10; guess += 1) {
        await verdictOf(api.open.signIn.withPassword({ ...CREDENTIALS, password: `guess ${guess}` }));
      }
      return { end: engine.clock.now() + 15 * MINUTE, call: () => api.open.signIn.withPassword(CREDENTIALS) };
    });
    expect(words).toEqual(['locked', 'done', 'done']);
  });
});

const SESSIONS = {
  owner: { who: OWNER, idle: 15 * MINUTE, absolute: 12 * HOUR },
  member: { who: BEN, idle: HOUR, absolute: 24 * HOUR },
};

describe.each(Object.entries(SESSIONS))('a session of an %s', (_, { who, idle, absolute }) => {
  const begin = async (engine: Engine): Promise<Person> => {
    await signedInOwner(engine);
    await addAccount(engine);
    return signedIn(engine, who);
  };

  test('S15 ends when it was idle for too long, and reading does not count as activity', async () => {
    const words = await around(async (engine) => {
      const { api } = await begin(engine);
      const end = engine.clock.now() + idle;
      for (let step = 0; step < 5; step += 1) {
        engine.clock.advance(idle / 10);
        await api.self.me();
        await api.self.sessions.list();
      }
      return { end, call: () => api.self.me() };
    });
    expect(words).toEqual(['done', 'notSignedIn', 'notSignedIn']);
  });

  test('S15 goes on from the last thing its person did, on the millisecond', async () => {
    const words = await around(async (engine) => {
      const { api } = await begin(engine);
      engine.clock.advance(idle - 1);
      await api.self.keepAlive();
      return { end: engine.clock.now() + idle, call: () => api.self.me() };
    });
    expect(words).toEqual(['done', 'notSignedIn', 'notSignedIn']);
  });

  test('S15 ends for good after its absolute length, however busy', async () => {
    const words = await around(async (engine) => {
      const { api } = await begin(engine);
      const end = engine.clock.now() + absolute;
      while (engine.clock.now() + idle / 2 < end) {
        engine.clock.advance(idle / 2);
        await api.self.keepAlive();
      }
      return { end, call: () => api.self.me() };
    });
    expect(words).toEqual(['done', 'notSignedIn', 'notSignedIn']);
  });

  test('S16 is not lengthened by a change of password, which only rotates its token', async () => {
    const words = await around(async (engine) => {
      const { api } = await begin(engine);
      const { endsAt } = (await api.self.me()).session;
      while (engine.clock.now() + idle / 2 < endsAt) {
        engine.clock.advance(idle / 2);
        await api.self.keepAlive();
      }
      const next = { newPassword: 'a brand new phrase', confirmPassword: 'a brand new phrase' };
      await api.self.password.change({ currentPassword: who.password, ...next });
      expect((await api.self.me()).session.endsAt).toBe(endsAt);
      return { end: endsAt, call: () => api.self.me() };
    });
    expect(words).toEqual(['done', 'notSignedIn', 'notSignedIn']);
  });
});

describe('S61 codes that nobody redeems are rationed', () => {
  /** Signs in again and again, `every` so often; tells how many codes left. */
  async function codesSent(engine: Engine, signIns: number, every: number): Promise<number> {
    for (let count = 0; count < signIns; count += 1) {
      await personAt(engine).api.open.signIn.withPassword(CREDENTIALS);
      await engine.letters();
      engine.clock.advance(every);
    }
    return (await engine.letters()).filter(({ message }) => message.kind === 'signInCode').length;
  }

  test('five an hour, over all sign-ins together', async () => {
    const engine = await openEngine();
    const { owner } = await protectedOwner(engine);
    expect(await codesSent(engine, 12, SECOND)).toBe(5);
    const { api } = personAt(engine);
    expect(await api.open.signIn.withPassword(CREDENTIALS)).toEqual({ next: 'secondStep' });
    expect(await api.open.signIn.pending()).toMatchObject({ code: null, methods: ['email', 'recoveryCode'] });
    expect(wordFor(await verdictOf(api.open.signIn.sendCode({ method: 'email' })))).toBe('tooManyCodes');
    expect(wordFor(await verdictOf(owner.api.self.twoStep.sendProofCode({ purpose: 'disable' })))).toBe('tooManyCodes');
  });

  test('the sixth leaves an hour after the first, not before', async () => {
    const words = await around(async (engine) => {
      const { owner } = await protectedOwner(engine);
      const end = engine.clock.now() + HOUR;
      expect(await codesSent(engine, 5, SECOND)).toBe(5);
      for (let minute = 0; minute < 55; minute += 11) {
        engine.clock.advance(11 * MINUTE);
        await owner.api.self.keepAlive();
      }
      return { end, call: () => owner.api.self.twoStep.sendProofCode({ purpose: 'disable' }) };
    });
    expect(words).toEqual(['tooManyCodes', 'done', 'done']);
  });

  test('ten a day, and the eleventh a day after the first', async () => {
    const engine = await openEngine();
    await protectedOwner(engine);
    expect(await codesSent(engine, 23, HOUR)).toBe(10);
    expect(await codesSent(engine, 1, HOUR)).toBe(10);
    expect(await codesSent(engine, 1, HOUR)).toBe(11);
  });

  test('codes that are redeemed are not counted', async () => {
    const engine = await openEngine();
    await protectedOwner(engine);
    for (let count = 0; count < 12; count += 1) {
      const { api, challengeId, code } = await pendingSignIn(engine);
      await api.open.signIn.prove({ method: 'email', challengeId, code });
    }
  });

  test('cancelling, wrong answers and sweeping give none back within the day', async () => {
    const engine = await openEngine();
    await protectedOwner(engine);
    for (let count = 0; count < 5; count += 1) {
      const { api, challengeId } = await pendingSignIn(engine);
      await verdictOf(api.open.signIn.prove({ method: 'email', challengeId, code: 'no code' }));
      await api.open.signIn.cancel();
    }
    await engine.deps.store.transaction((tx) => tx.sessions.sweep(engine.clock.now() + DAY - HOUR));
    const { api } = personAt(engine);
    await api.open.signIn.withPassword(CREDENTIALS);
    expect((await api.open.signIn.pending()).code).toBeNull();
  });
});
