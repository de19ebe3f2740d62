import { expect, test } from 'vitest';
import { openEngine } from '../../support/engine.ts';
import { letterKinds, ownerAfterPassword, ownerByCode } from '../../support/flows.ts';
import {
  CREDENTIALS,
  enableTwoStep,
  OWNER,
  otherThan,
  personAt,
  refusalOf,
  signedInOwner,
} from '../../support/person.ts';
import { auditedBy, everythingStored, MEMBER, signedInMember, writePolicy } from '../../support/records.ts';

test('R2 a six-digit code is mailed and enables two-step verification once it is confirmed', async () => {
  const engine = await openEngine();
  const owner = await signedInOwner(engine);
  const sent = await owner.api.self.twoStep.sendEnableCode({ method: 'email' });
  expect(await letterKinds(engine)).toEqual(['enableCode']);
  const code = await engine.codeFor(OWNER.email);
  expect(code).toMatch(/^\d{6}$/);
  expect(sent).toEqual({
    challengeId: sent.challengeId,
    sentTo: 'a•••@example.org',
    sentAt: engine.clock.now(),
    resendAt: engine.clock.now() + 60_000,
    expiresAt: engine.clock.now() + 5 * 60_000,
    triesLeft: 5,
    delivery: 'queued',
  });
  expect(await owner.api.self.twoStep.codeState({ challengeId: sent.challengeId })).toEqual({
    ...sent,
    delivery: 'sent',
  });
  expect(await owner.api.self.twoStep.status()).toMatchObject({ state: 'off', methods: [] });

  const audited = await auditedBy(engine, () => owner.api.self.twoStep.enable({ challengeId: sent.challengeId, code }));
  expect(audited).toMatchObject([{ kind: 'twoStepEnabled', surface: 'desktop', detail: { method: 'email' } }]);
  expect(await owner.api.self.twoStep.status()).toMatchObject({ state: 'active' });
});

test.each([
  ['a wrong code', (code: string) => otherThan(code)],
  ['nothing', () => undefined],
  ['a number', (code: string) => Number(code)],
  ['the code in a list', (code: string) => [code]],
])('R2 %s enables nothing and is counted', async (_, mangle) => {
  const engine = await openEngine();
  const owner = await signedInOwner(engine);
  const { challengeId } = await owner.api.self.twoStep.sendEnableCode({ method: 'email' });
  const code = await engine.codeFor(OWNER.email);
  const wrong = mangle(code) as string;
  expect(await refusalOf(owner.api.self.twoStep.enable({ challengeId, code: wrong }))).toEqual({
    code: 'codeRejected',
    data: { triesLeft: 4 },
  });
  expect(await owner.api.self.twoStep.status()).toMatchObject({
    state: 'off',
    methods: [],
    recoveryCodes: { total: 0 },
  });
  await owner.api.self.twoStep.enable({ challengeId, code });
});

test.each([
  [-1, 'active'],
  [0, 'challengeExpired'],
  [1, 'challengeExpired'],
])('R2 the code lives five minutes: %i ms from its end it gives %s', async (offset, outcome) => {
  const engine = await openEngine();
  const owner = await signedInOwner(engine);
  const { challengeId, expiresAt } = await owner.api.self.twoStep.sendEnableCode({ method: 'email' });
  const code = await engine.codeFor(OWNER.email);
  engine.clock.advance(expiresAt + offset - engine.clock.now());
  const call = owner.api.self.twoStep.enable({ challengeId, code });
  if (outcome === 'active') await call;
  else expect(await refusalOf(call)).toMatchObject({ code: outcome });
  expect((await owner.api.self.twoStep.status()).state).toBe(outcome === 'active' ? 'active' : 'off');
});

test('R2 a code forgives spaces and dashes', async () => {
  const engine = await openEngine();
  const owner = await signedInOwner(engine);
  const { challengeId } = await owner.api.self.twoStep.sendEnableCode({ method: 'email' });
  const code = await engine.codeFor(OWNER.email);
  await owner.api.self.twoStep.enable({ challengeId, code: ` ${code.slice(0, 3)} - ${code.slice(3)} ` });
  expect((await owner.api.self.twoStep.status()).state).toBe('active');
});

test('R5 enabling makes the status active and is confirmed by a letter', async () => {
  const engine = await openEngine();
  const owner = await signedInOwner(engine);
  await enableTwoStep(engine, owner);
  expect(await owner.api.self.twoStep.status()).toMatchObject({ state: 'active' });
  expect(await owner.api.self.me()).toMatchObject({ twoStep: 'active' });
  expect((await engine.letters()).at(-1)).toEqual({
    to: OWNER.email,
    name: OWNER.name,
    workspace: 'Example Works',
    locale: 'en',
    message: { kind: 'twoStepEnabled', at: engine.clock.now(), client: 'Chrome on Linux' },
  });
});

test('R6 enabling ends every other session and pending sign-in; the one that acts goes on under a new token', async () => {
  const engine = await openEngine();
  const owner = await signedInOwner(engine);
  const others = [await ownerAfterPassword(engine), await ownerAfterPassword(engine, 'web')];
  const [{ id } = { id: '' }] = (await owner.api.self.sessions.list()).filter(({ current }) => current);
  const oldToken = owner.jar.session;
  await enableTwoStep(engine, owner);

  for (const other of others) expect(await refusalOf(other.api.self.me())).toMatchObject({ code: 'notSignedIn' });
  expect(owner.jar.session).not.toBe(oldToken);
  expect(await owner.api.self.sessions.list()).toMatchObject([{ id, current: true }]);
  const planted = personAt(engine);
  planted.jar.session = oldToken;
  expect(await refusalOf(planted.api.self.me())).toMatchObject({ code: 'notSignedIn' });
});

test('R6 enabling leaves the sessions of other accounts alone', async () => {
  const engine = await openEngine();
  const owner = await signedInOwner(engine);
  const member = await signedInMember(engine);
  await enableTwoStep(engine, owner);
  expect(await member.api.self.me()).toMatchObject({ account: { email: MEMBER.email }, twoStep: 'off' });
});

test('R6 where policy says so, enabling keeps the other sessions; changing the password afterwards still ends them', async () => {
  const engine = await openEngine();
  const owner = await signedInOwner(engine);
  const other = await ownerAfterPassword(engine, 'mobile');
  await writePolicy(engine, { onEnrol: 'keep' });
  const oldToken = owner.jar.session;
  await enableTwoStep(engine, owner);

  expect(await other.api.self.me()).toMatchObject({ twoStep: 'active' });
  expect(owner.jar.session).not.toBe(oldToken);
  expect(await owner.api.self.me()).toMatchObject({ twoStep: 'active' });
  expect(await personAt(engine).api.open.signIn.withPassword(CREDENTIALS)).toEqual({ next: 'secondStep' });

  const newPassword = 'an even quieter harbour';
  await owner.api.self.password.change({
    currentPassword: OWNER.password,
    newPassword,
    confirmPassword: newPassword,
  });
  expect(await refusalOf(other.api.self.me())).toMatchObject({ code: 'notSignedIn' });
});

test('R13 an e-mail factor is enrolled: named, preferred, with when it was made and last used', async () => {
  const engine = await openEngine();
  const owner = await signedInOwner(engine);
  await enableTwoStep(engine, owner);
  const createdAt = engine.clock.now();
  const factor = { method: 'email', state: 'allowed', name: 'Email', address: OWNER.email, preferred: true, createdAt };
  expect((await owner.api.self.twoStep.status()).methods).toEqual([
    { ...factor, id: expect.any(String), lastUsedAt: null },
  ]);
  engine.clock.advance(61_000);
  const again = await ownerByCode(engine);
  expect((await again.api.self.twoStep.status()).methods).toMatchObject([
    { ...factor, lastUsedAt: engine.clock.now() },
  ]);
});

test('R13 a method that policy does not allow cannot be enrolled, and nothing is sent', async () => {
  const engine = await openEngine();
  const owner = await signedInOwner(engine);
  const { policy } = await engine.read((tx) => tx.workspace.policy());
  for (const state of ['blocked', 'legacy'] as const) {
    await writePolicy(engine, { methods: { ...policy.methods, email: state } });
    expect(await owner.api.self.twoStep.status()).toMatchObject({ available: [] });
    const call = owner.api.self.twoStep.sendEnableCode({ method: 'email' });
    expect(await refusalOf(call)).toMatchObject({ code: 'methodUnavailable' });
  }
  expect(await letterKinds(engine)).toEqual([]);
});

test('R13 a method that policy blocks after its code was sent is not enrolled any more', async () => {
  const engine = await openEngine();
  const owner = await signedInOwner(engine);
  const { challengeId } = await owner.api.self.twoStep.sendEnableCode({ method: 'email' });
  const code = await engine.codeFor(OWNER.email);
  const { policy } = await engine.read((tx) => tx.workspace.policy());
  await writePolicy(engine, { methods: { ...policy.methods, email: 'blocked' } });
  const before = everythingStored(engine);
  expect(await refusalOf(owner.api.self.twoStep.enable({ challengeId, code }))).toMatchObject({
    code: 'methodUnavailable',
  });
  expect(everythingStored(engine)).toEqual(before);
});

test('R2 what is active already cannot be enabled again, whichever session asks', async () => {
  const engine = await openEngine();
  const owner = await signedInOwner(engine);
  await writePolicy(engine, { onEnrol: 'keep' });
  const other = await ownerAfterPassword(engine);
  const { challengeId } = await other.api.self.twoStep.sendEnableCode({ method: 'email' });
  const code = await engine.codeFor(OWNER.email);
  await enableTwoStep(engine, owner);
  expect(await refusalOf(other.api.self.twoStep.sendEnableCode({ method: 'email' }))).toMatchObject({
    code: 'twoStepAlreadyActive',
  });
  expect(await refusalOf(other.api.self.twoStep.enable({ challengeId, code }))).toMatchObject({
    code: 'twoStepAlreadyActive',
  });
});

test('R2 two-step verification stays off when the enrolment is abandoned', async () => {
  const engine = await openEngine();
  const owner = await signedInOwner(engine);
  await owner.api.self.twoStep.sendEnableCode({ method: 'email' });
  await owner.api.self.signOut();
  const again = personAt(engine);
  expect(await again.api.open.signIn.withPassword(CREDENTIALS)).toEqual({ next: 'signedIn' });
  expect(await again.api.self.twoStep.status()).toMatchObject({
    state: 'off',
    methods: [],
    recoveryCodes: { total: 0 },
  });
});
