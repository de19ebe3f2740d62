import { expect, test } from 'vitest';
import { openEngine } from '../support/engine.ts';
import { CREDENTIALS, enableTwoStep, OWNER, personAt, signedInOwner } from '../support/person.ts';
import { browserAt, PENDING_COOKIE, SESSION_COOKIE } from './support/browser.ts';
import { dumpOf } from './support/database.ts';
import { addAccount, mailedProof, pendingSignIn, protectedOwner, SECOND, signedIn } from './support/people.ts';
import { expectRefusal } from './support/verdict.ts';

const PLANTED = 'A'.repeat(43);

test('S16 a session identifier planted before sign-in is not the one signed in under', async () => {
  const engine = await openEngine();
  await signedInOwner(engine);
  const victim = browserAt(engine);
  victim.cookies.set(SESSION_COOKIE, PLANTED);
  victim.cookies.set(PENDING_COOKIE, PLANTED);
  await victim.mutate('open.signIn.withPassword', CREDENTIALS);
  expect(victim.cookies.get(SESSION_COOKIE)).not.toBe(PLANTED);
  expect(victim.cookies.get(PENDING_COOKIE)).toBeUndefined();
  const attacker = browserAt(engine);
  attacker.cookies.set(SESSION_COOKIE, PLANTED);
  expect((await attacker.query('self.me')).refusal?.code).toBe('notSignedIn');
});

test('S16 a pending identifier planted before the password is not the one that becomes pending', async () => {
  const engine = await openEngine();
  await protectedOwner(engine);
  const victim = personAt(engine);
  victim.jar.pending = PLANTED;
  await victim.api.open.signIn.withPassword(CREDENTIALS);
  const attacker = personAt(engine);
  attacker.jar.pending = PLANTED;
  await expectRefusal(attacker.api.open.signIn.pending(), 'signInExpired');
  await victim.api.open.signIn.pending();
});

test("S16 signing in over somebody else's live session signs in anew, and ends the one it took the place of", async () => {
  const engine = await openEngine();
  await signedInOwner(engine);
  await addAccount(engine);
  const attacker = await signedIn(engine, SECOND);
  const victim = personAt(engine);
  victim.jar.session = attacker.jar.session;
  await victim.api.open.signIn.withPassword(CREDENTIALS);
  expect(await victim.api.self.me()).toMatchObject({ account: { email: OWNER.email } });
  await expectRefusal(attacker.api.self.me(), 'notSignedIn');
});

test('S16 each step of a sign-in hands out a token nobody has seen, and the one before it is dead', async () => {
  const engine = await openEngine();
  await protectedOwner(engine);
  const { api, jar, challengeId, code } = await pendingSignIn(engine);
  const pendingToken = jar.pending;
  await api.open.signIn.prove({ method: 'email', challengeId, code });
  expect(jar).toEqual({ session: expect.stringMatching(/^[\w-]{43}$/), pending: null });
  expect(jar.session).not.toBe(pendingToken);
  const replay = personAt(engine);
  replay.jar.pending = pendingToken;
  await expectRefusal(replay.api.open.signIn.pending(), 'signInExpired');
});

test('S16 every step-up rotates the token of the session it is done in', async () => {
  const engine = await openEngine();
  const owner = await signedInOwner(engine);
  const currentPassword = OWNER.password;
  const next = { newPassword: 'a brand new phrase', confirmPassword: 'a brand new phrase' };
  const acts = [
    () => enableTwoStep(engine, owner),
    async () => {
      const proof = await mailedProof(engine, owner, 'newRecoveryCodes');
      await owner.api.self.twoStep.newRecoveryCodes({ currentPassword, proof });
    },
    async () => {
      const proof = await mailedProof(engine, owner, 'disable');
      await owner.api.self.twoStep.disable({ currentPassword, proof });
    },
    () => owner.api.self.password.change({ currentPassword, ...next }),
  ];
  const { id } = (await owner.api.self.me()).session;
  for (const act of acts) {
    const before = owner.jar.session;
    await act();
    expect(owner.jar.session).not.toBe(before);
    const stolen = personAt(engine);
    stolen.jar.session = before;
    await expectRefusal(stolen.api.self.me(), 'notSignedIn');
    expect((await owner.api.self.me()).session.id).toBe(id);
  }
});

test('S16 a refused sign-in or step-up hands out nothing', async () => {
  const engine = await openEngine();
  await protectedOwner(engine);
  const browser = browserAt(engine);
  const wrong = await browser.mutate('open.signIn.withPassword', { ...CREDENTIALS, password: 'not this' });
  expect(wrong.setCookies).toEqual([]);
  await browser.mutate('open.signIn.withPassword', CREDENTIALS);
  const answer = await browser.mutate('open.signIn.prove', { method: 'recoveryCode', code: 'no' });
  expect([answer.refusal?.code, answer.setCookies]).toEqual(['recoveryCodeRejected', []]);
});

test('S16 tokens travel in cookies that no script reads and no other site sends, and are kept as hashes only', async () => {
  const engine = await openEngine();
  await protectedOwner(engine);
  const browser = browserAt(engine);
  const { setCookies } = await browser.mutate('open.signIn.withPassword', CREDENTIALS);
  for (const cookie of setCookies) expect(cookie).toMatch(/; Path=\/api; HttpOnly; SameSite=Strict/);
  const { challengeId, code, api, jar } = await pendingSignIn(engine);
  const tokens = [...browser.cookies.values(), jar.pending];
  await api.open.signIn.prove({ method: 'email', challengeId, code });
  const stored = JSON.stringify(dumpOf(engine));
  for (const token of [...tokens, jar.session]) {
    expect(token).toMatch(/^[\w-]{43}$/);
    expect(stored).not.toContain(token);
  }
});

test("S6 another account's session id ends nothing, and is as unknown as any", async () => {
  const engine = await openEngine();
  const owner = await signedInOwner(engine);
  await addAccount(engine);
  const other = await signedIn(engine, SECOND);
  const { id } = (await owner.api.self.me()).session;
  await expectRefusal(other.api.self.sessions.end({ id }), 'notFound');
  expect(await other.api.self.sessions.endOthers()).toEqual({ ended: 0 });
  expect((await owner.api.self.me()).session.id).toBe(id);
  expect((await other.api.self.sessions.list()).map((session) => session.current)).toEqual([true]);
});

test('S16 a token that was altered, cut, repeated or sent twice opens nothing', async () => {
  const engine = await openEngine();
  const owner = await signedInOwner(engine);
  const token = owner.jar.session ?? '';
  const last = token.endsWith('A') ? 'B' : 'A';
  const altered = [
    token.slice(0, -1),
    token.slice(0, -1) + last,
    token + token,
    `${token}=`,
    token.toLowerCase(),
    '',
    '%00',
  ];
  for (const value of altered) {
    const thief = personAt(engine);
    thief.jar.session = value;
    await expectRefusal(thief.api.self.me(), 'notSignedIn');
  }
});
