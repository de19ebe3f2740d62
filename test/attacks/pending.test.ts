import { expect, test } from 'vitest';
import { openEngine } from '../support/engine.ts';
import { CREDENTIALS, enableTwoStep, OWNER, personAt, signedInOwner } from '../support/person.ts';
import { type Browser, browserAt, PENDING_COOKIE, SESSION_COOKIE } from './support/browser.ts';
import { enforcePolicy } from './support/database.ts';
import { pendingSignIn, protectedOwner } from './support/people.ts';
import { PROCEDURES } from './support/procedures.ts';
import { expectRefusal, verdictOf, wordFor } from './support/verdict.ts';

/** The owner's browser after the right password: a second step is owed. */
async function pendingBrowser() {
  const engine = await openEngine();
  await protectedOwner(engine);
  const browser = browserAt(engine);
  const answer = await browser.mutate('open.signIn.withPassword', CREDENTIALS);
  return { engine, browser, answer };
}

const SELF = PROCEDURES.filter(({ path }) => path.startsWith('self.'));

const ask = (browser: Browser, path: string, type: string) =>
  type === 'query' ? browser.query(path) : browser.mutate(path);

test('S1 a pending sign-in is handed one cookie, and it opens no procedure of a signed-in person', async () => {
  const { browser, answer } = await pendingBrowser();
  expect(answer.data).toEqual({ next: 'secondStep' });
  expect([...browser.cookies.keys()]).toEqual([PENDING_COOKIE]);
  for (const { path, type } of SELF) {
    expect([path, (await ask(browser, path, type)).refusal?.code]).toEqual([path, 'notSignedIn']);
  }
});

test('S1 every cookie a pending sign-in was handed opens nothing when it is replayed as a session', async () => {
  const { browser, answer } = await pendingBrowser();
  const values = answer.setCookies.map((cookie) => /=([^;]*)/.exec(cookie)?.[1] ?? '');
  for (const value of values) {
    browser.cookies.set(SESSION_COOKIE, value);
    for (const { path, type } of SELF) {
      expect([path, (await ask(browser, path, type)).refusal?.code]).toEqual([path, 'notSignedIn']);
    }
  }
});

test('S1 a session is no pending sign-in either: its token proves nothing at the second step', async () => {
  const engine = await openEngine();
  const owner = await signedInOwner(engine);
  const swapped = personAt(engine);
  swapped.jar.pending = owner.jar.session;
  await expectRefusal(swapped.api.open.signIn.pending(), 'signInExpired');
  await expectRefusal(swapped.api.open.signIn.sendCode({ method: 'email' }), 'signInExpired');
  expect(await swapped.api.open.welcome()).toMatchObject({ stage: 'signIn' });
});

test('S2 asking to be remembered and leaving before the second step brings neither a session nor trust', async () => {
  const { engine, browser } = await pendingBrowser();
  const remembering = await browser.mutate('open.signIn.withPassword', { ...CREDENTIALS, rememberDevice: true });
  expect(remembering.refusal?.code).toBe('invalidInput');
  const jar = Object.fromEntries(browser.cookies);
  const later = browserAt(engine);
  for (const [name, value] of Object.entries(jar)) later.cookies.set(name, value);
  expect((await later.query('self.me')).refusal?.code).toBe('notSignedIn');
  engine.clock.advance(11 * 60_000);
  expect((await later.query('open.welcome')).data).toMatchObject({ stage: 'signIn' });
  expect((await later.mutate('open.signIn.withPassword', CREDENTIALS)).data).toEqual({ next: 'secondStep' });
});

test('S3 neither an empty answer nor going back skips the second step', async () => {
  const { browser } = await pendingBrowser();
  const empties = [undefined, {}, [], '', { method: 'email' }, { method: '' }, { method: 'none' }, { code: '' }];
  for (const empty of empties) {
    expect((await browser.mutate('open.signIn.prove', empty)).status).toBe(400);
  }
  expect((await browser.mutate('open.signIn.prove', { method: 'recoveryCode' })).refusal?.code).toBe(
    'recoveryCodeRejected',
  );
  for (const _ of [1, 2]) {
    expect((await browser.mutate('open.signIn.withPassword', CREDENTIALS)).data).toEqual({ next: 'secondStep' });
    expect((await browser.query('open.welcome')).data).toMatchObject({ stage: 'secondStep' });
  }
  expect((await browser.query('self.me')).refusal?.code).toBe('notSignedIn');
});

test('S3 a restart keeps the second step owed, and a policy that changed meanwhile makes the sign-in start over', async () => {
  const before = await openEngine();
  await protectedOwner(before);
  const pending = await pendingSignIn(before);
  await before.deps.store.close();

  const after = await openEngine({ folder: before.folder, clock: before.clock });
  const resumed = personAt(after);
  resumed.jar.pending = pending.jar.pending;
  await expectRefusal(resumed.api.self.me(), 'notSignedIn');
  expect(await resumed.api.open.welcome()).toMatchObject({ stage: 'secondStep' });

  enforcePolicy(after, { enforcement: 'required' });
  const answer = { method: 'email' as const, challengeId: pending.challengeId, code: pending.code };
  await expectRefusal(resumed.api.open.signIn.prove(answer), 'signInExpired');
  expect(await resumed.api.open.welcome()).toMatchObject({ stage: 'signIn' });
});

test('S3 after a restart the right code still finishes an unchanged sign-in', async () => {
  const before = await openEngine();
  await protectedOwner(before);
  const pending = await pendingSignIn(before);
  await before.deps.store.close();

  const resumed = personAt(await openEngine({ folder: before.folder, clock: before.clock }));
  resumed.jar.pending = pending.jar.pending;
  await resumed.api.open.signIn.prove({ method: 'email', challengeId: pending.challengeId, code: pending.code });
  expect(await resumed.api.self.me()).toMatchObject({ account: { email: OWNER.email } });
});

test('S4 whatever else a client claims beside its answer is refused, and decides nothing', async () => {
  const claims = { mfaRequired: false, twoStep: 'off', next: 'signedIn', role: 'owner', epoch: 99, admin: true };
  const { engine, browser } = await pendingBrowser();
  const { challengeId } = ((await browser.query('open.signIn.pending')).data as { code: { challengeId: string } }).code;
  const code = await engine.codeFor(OWNER.email);
  for (const [name, value] of Object.entries(claims)) {
    const signIn = await browser.mutate('open.signIn.withPassword', { ...CREDENTIALS, [name]: value });
    expect([name, signIn.refusal?.code]).toEqual([name, 'invalidInput']);
    const prove = await browser.mutate('open.signIn.prove', { method: 'email', challengeId, code, [name]: value });
    expect([name, prove.refusal?.code]).toEqual([name, 'invalidInput']);
  }
  expect((await browser.query('open.welcome')).data).toMatchObject({ stage: 'secondStep' });
});

test('S4 an answer that was accepted opens nothing when it is replayed, whoever replays it', async () => {
  const engine = await openEngine();
  await protectedOwner(engine);
  const { api, jar, challengeId, code } = await pendingSignIn(engine);
  const stolen = jar.pending;
  const answer = { method: 'email' as const, challengeId, code };
  await api.open.signIn.prove(answer);

  const thief = personAt(engine);
  thief.jar.pending = stolen;
  await expectRefusal(thief.api.open.signIn.prove(answer), 'signInExpired');
  const other = await pendingSignIn(engine);
  expect(wordFor(await verdictOf(other.api.open.signIn.prove(answer)))).toMatch(/^(codeRejected|challengeExpired)$/);
  await expectRefusal(thief.api.self.me(), 'notSignedIn');
});

test('S4 a client that pretends to be another surface is not believed: the host says where a call comes from', async () => {
  const engine = await openEngine();
  const owner = await signedInOwner(engine);
  const elsewhere = personAt(engine, 'web');
  elsewhere.jar.session = owner.jar.session;
  await expectRefusal(elsewhere.api.self.twoStep.sendEnableCode({ method: 'email' }), 'surfaceForbidden');
  const claim = { method: 'email', surface: 'desktop' } as { method: 'email' };
  await expectRefusal(elsewhere.api.self.twoStep.sendEnableCode(claim), 'invalidInput');
  await expectRefusal(elsewhere.api.self.twoStep.enable({ challengeId: 'x', code: '000000' }), 'surfaceForbidden');
  await enableTwoStep(engine, owner);
  elsewhere.jar.session = owner.jar.session;
  const { currentPassword, proof } = { currentPassword: OWNER.password, proof: { method: 'recoveryCode' as const } };
  await expectRefusal(elsewhere.api.self.twoStep.disable({ currentPassword, proof }), 'surfaceForbidden');
  expect((await owner.api.self.twoStep.status()).state).toBe('active');
});
