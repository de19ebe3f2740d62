import { expect, test } from 'vitest';
import { DAY } from '../../src-main/domain/values.ts';
import { type Engine, openEngine } from '../support/engine.ts';
import { enableTwoStep, type Person, personAt } from '../support/person.ts';
import { type Colleague, colleague, ownerOf } from '../support/staff.ts';
import { changePolicyTo } from '../use-cases/policy/admin.ts';
import { type Browser, browserAt, PENDING_COOKIE, SESSION_COOKIE } from './support/browser.ts';
import { pendingSignIn, withDeps } from './support/people.ts';
import { expectRefusal, verdictOf, wordFor } from './support/verdict.ts';

const credentials = ({ email, password }: Colleague) => ({ email, password });

/** Two-step verification is required of everybody at the next sign-in; Mel has none, Ben has. */
async function enforced(change: { afterDeadline?: 'enrol' | 'block'; complianceDays?: number } = {}) {
  const engine = await openEngine();
  const owner = await ownerOf(engine);
  const mel = await colleague(engine, 'member', { name: 'Mel Member', twoStep: 'off' });
  const ben = await colleague(engine, 'member', { name: 'Ben Member' });
  await changePolicyTo(engine, owner, { enforcement: 'required', complianceDays: 0, ...change });
  return { engine, owner, mel, ben };
}

async function enrollingBrowser(engine: Engine, mel: Colleague): Promise<Browser> {
  const browser = browserAt(engine);
  const answer = await browser.mutate('open.signIn.withPassword', credentials(mel));
  expect(answer.data).toEqual({ next: 'enrol' });
  return browser;
}

test('S1 S24 the cookie of an enrolling session, replayed as any other, opens no second step and no session beside it', async () => {
  const { engine, mel } = await enforced();
  const browser = await enrollingBrowser(engine, mel);
  expect([...browser.cookies.keys()]).toEqual([SESSION_COOKIE]);
  const replay = browserAt(engine);
  const token = browser.cookies.get(SESSION_COOKIE) ?? '';
  for (const name of [PENDING_COOKIE, 'vestibule_trust_test']) replay.cookies.set(name, token);
  expect((await replay.query('open.signIn.pending')).refusal?.code).toBe('signInExpired');
  expect((await replay.query('self.me')).refusal?.code).toBe('notSignedIn');
});

test('S24 with the second step owed nobody enrols, not even with a code that was mailed for enrolling', async () => {
  const { engine, ben, mel } = await enforced();
  const pending = await pendingSignIn(engine, ben);
  await expectRefusal(pending.api.self.twoStep.sendEnableCode({ method: 'email' }), 'notSignedIn');
  const enrolling = personAt(engine);
  await enrolling.api.open.signIn.withPassword(credentials(mel));
  const { challengeId } = await enrolling.api.self.twoStep.sendEnableCode({ method: 'email' });
  const code = await engine.codeFor(mel.email);
  await expectRefusal(pending.api.self.twoStep.enable({ challengeId, code }), 'notSignedIn');
  await expectRefusal(pending.api.open.signIn.prove({ method: 'email', challengeId, code }), 'challengeExpired');
  expect(await pending.api.open.welcome()).toMatchObject({ stage: 'secondStep' });
});

test('S6 S24 a code mailed to one enrolling person, or in one enrolling session, enrols in no other', async () => {
  const { engine, mel } = await enforced();
  const cai = await colleague(engine, 'member', { name: 'Cai Member', twoStep: 'off' }).catch(() => null);
  expect(cai).not.toBeNull();
  const [one, other] = [personAt(engine), personAt(engine)];
  for (const person of [one, other]) await person.api.open.signIn.withPassword(credentials(mel));
  const { challengeId } = await one.api.self.twoStep.sendEnableCode({ method: 'email' });
  const code = await engine.codeFor(mel.email);
  await expectRefusal(other.api.self.twoStep.enable({ challengeId, code }), 'challengeExpired');
  if (cai) await expectRefusal(cai.api.self.twoStep.enable({ challengeId, code }), 'challengeExpired');
  await one.api.self.twoStep.enable({ challengeId, code });
  expect(await other.api.open.welcome()).toMatchObject({ stage: 'signIn' });
});

test('S3 a restart, going back and empty posts leave an enrolling session what it is', async () => {
  const { engine, mel } = await enforced();
  const browser = await enrollingBrowser(engine, mel);
  await engine.deps.store.close();
  const after = await openEngine({ folder: engine.folder, clock: engine.clock });
  const resumed = browserAt(after);
  for (const [name, value] of browser.cookies) resumed.cookies.set(name, value);
  for (const empty of [undefined, {}, [], '', { challengeId: '' }, { code: '' }]) {
    expect((await resumed.mutate('self.twoStep.enable', empty)).status).toBeGreaterThanOrEqual(400);
    expect((await resumed.query('open.welcome')).data).toMatchObject({ stage: 'enrol' });
  }
  expect((await resumed.query('self.sessions.list')).refusal?.code).toBe('enrolFirst');
  expect((await resumed.mutate('open.signIn.withPassword', credentials(mel))).data).toEqual({ next: 'enrol' });
});

test('S3 S19 a policy that cannot be read lets nobody in, with or without two-step verification', async () => {
  const { engine, mel, ben } = await enforced();
  const broken = withDeps(engine, {
    store: {
      ...engine.deps.store,
      transaction: (work) => engine.deps.store.transaction((tx) => work(blind(tx))),
      read: (work) => engine.deps.store.read((tx) => work(blind(tx))),
    },
  });
  for (const who of [mel, ben]) {
    const person = personAt(broken);
    const verdict = await verdictOf(person.api.open.signIn.withPassword(credentials(who)));
    expect([wordFor(verdict), person.jar.session, person.jar.pending]).toEqual(['failed', null, null]);
  }

  function blind<T extends { workspace: { policy(): Promise<unknown> } }>(tx: T): T {
    const policy = () => Promise.reject(new Error('The policy cannot be read.'));
    return { ...tx, workspace: { ...tx.workspace, policy } };
  }
});

test('S15 S24 whoever was enrolling when an admin suspended them, and is back, starts over', async () => {
  const { engine, owner, mel } = await enforced();
  const browser = await enrollingBrowser(engine, mel);
  await owner.api.admin.users.suspend({ id: mel.id, reason: 'A mistake' });
  await owner.api.admin.users.reinstate({ id: mel.id });
  expect((await browser.query('open.welcome')).data).toMatchObject({ stage: 'signIn' });
});

test('S3 R20 a limit to other addresses that came after the password holds at the code that enrols', async () => {
  const { engine, owner, mel } = await enforced();
  const person = personAt(engine);
  expect(await person.api.open.signIn.withPassword(credentials(mel))).toEqual({ next: 'enrol' });
  const { challengeId } = await person.api.self.twoStep.sendEnableCode({ method: 'email' });
  const answer = { challengeId, code: await engine.codeFor(mel.email) };
  await owner.api.admin.users.setAllowlist({ id: mel.id, text: '198.51.100.77', confirmed: false });
  await expectRefusal(person.api.self.twoStep.enable(answer), 'addressRefused');
  await engine.deps.store.transaction((tx) => tx.accounts.change(mel.id, { allowlist: [] }));
  await person.api.self.twoStep.enable(answer);
});

test('S24 S27 two who enrol with one password at once: the first to prove the mailbox ends the other', async () => {
  const { engine, mel } = await enforced();
  const [victim, thief] = [personAt(engine), personAt(engine)];
  for (const person of [victim, thief]) await person.api.open.signIn.withPassword(credentials(mel));
  await enableTwoStep(engine, victim, mel.email);
  await expectRefusal(thief.api.self.me(), 'notSignedIn');
  expect(await thief.api.open.signIn.withPassword(credentials(mel))).toEqual({ next: 'secondStep' });
});

test('S34 with the time over, who is refused is refused on every surface, and told why only with the right password', async () => {
  const { engine, mel } = await enforced({ afterDeadline: 'block' });
  for (const surface of ['desktop', 'web', 'mobile', 'federated'] as const) {
    const person: Person = personAt(engine, surface);
    await expectRefusal(person.api.open.signIn.withPassword(credentials(mel)), 'deadlinePassed');
    const wrong = { ...credentials(mel), password: 'not this one' };
    await expectRefusal(person.api.open.signIn.withPassword(wrong), 'signInRejected');
    expect([person.jar.session, person.jar.pending]).toEqual([null, null]);
  }
});

test('S34 S36 the gate is the same on every surface: enrol, or the second step, from the deadline on and not before', async () => {
  const { engine, mel, ben } = await enforced({ complianceDays: 1 });
  const start = engine.clock.now() - 60_000;
  const SURFACES = ['desktop', 'web', 'mobile', 'federated'] as const;
  const seen: unknown[] = [];
  for (const off of [-1, 0, 1]) {
    engine.clock.advance(start + DAY + off - engine.clock.now());
    for (const surface of SURFACES) {
      const { next } = await personAt(engine, surface).api.open.signIn.withPassword(credentials(mel));
      const enrolled = await personAt(engine, surface).api.open.signIn.withPassword(credentials(ben));
      seen.push([off, next, enrolled.next]);
    }
  }
  expect(seen).toEqual([
    ...SURFACES.map(() => [-1, 'signedIn', 'secondStep']),
    ...SURFACES.map(() => [0, 'enrol', 'secondStep']),
    ...SURFACES.map(() => [1, 'enrol', 'secondStep']),
  ]);
});

test('R1 S34 an enrolling session of the desktop, used from another surface, enrols nobody there', async () => {
  const { engine, mel } = await enforced();
  const desk = personAt(engine);
  await desk.api.open.signIn.withPassword(credentials(mel));
  for (const surface of ['web', 'mobile', 'federated'] as const) {
    const elsewhere = personAt(engine, surface);
    elsewhere.jar.session = desk.jar.session;
    expect(wordFor(await verdictOf(elsewhere.api.self.twoStep.sendEnableCode({ method: 'email' })))).toMatch(
      /^(surfaceForbidden|notSignedIn)$/,
    );
    expect(wordFor(await verdictOf(elsewhere.api.self.sessions.list()))).toMatch(/^(enrolFirst|notSignedIn)$/);
  }
});
