import { expect, test } from 'vitest';
import { openEngine } from '../../support/engine.ts';
import { ownerAfterPassword } from '../../support/flows.ts';
import { CREDENTIALS, enableTwoStep, personAt, refusalOf, signedInOwner } from '../../support/person.ts';
import { writePolicy } from '../../support/records.ts';

test('R16 the second step offers the account’s methods, the preferred one first and recovery codes last', async () => {
  const engine = await openEngine();
  await enableTwoStep(engine, await signedInOwner(engine));
  const person = await ownerAfterPassword(engine);
  expect(await person.api.open.signIn.pending()).toMatchObject({
    methods: ['email', 'recoveryCode'],
    lockedUntil: null,
  });
});

test('R16 a recovery code can be chosen although a mailed code is on its way, and the other way round', async () => {
  const engine = await openEngine();
  const codes = await enableTwoStep(engine, await signedInOwner(engine));
  const person = await ownerAfterPassword(engine);
  await refusalOf(person.api.open.signIn.prove({ method: 'recoveryCode', code: 'not one of mine' }));
  const { code } = await person.api.open.signIn.pending();
  await refusalOf(person.api.open.signIn.prove({ method: 'email', challengeId: code?.challengeId ?? '', code: 'x' }));
  await person.api.open.signIn.prove({ method: 'recoveryCode', code: codes[9] });
  expect(await person.api.self.me()).toMatchObject({ twoStep: 'active' });
});

test('R16 a method that policy blocks still serves who has no other', async () => {
  const engine = await openEngine();
  await enableTwoStep(engine, await signedInOwner(engine));
  const { policy } = await engine.read((tx) => tx.workspace.policy());
  await writePolicy(engine, { methods: { ...policy.methods, email: 'blocked' } });
  const person = await ownerAfterPassword(engine);
  expect((await person.api.open.signIn.pending()).methods).toEqual(['email', 'recoveryCode']);
});

test('R22 during a lock only the recovery code is offered, and the screen knows until when', async () => {
  const engine = await openEngine();
  await enableTwoStep(engine, await signedInOwner(engine));
  const waiting = await ownerAfterPassword(engine);
  for (let i = 0; i < 10; i += 1) {
    await refusalOf(personAt(engine).api.open.signIn.withPassword({ ...CREDENTIALS, password: 'not my password' }));
  }
  const lockedUntil = engine.clock.now() + 15 * 60_000;
  const view = { methods: ['recoveryCode'], lockedUntil };
  expect(await waiting.api.open.signIn.pending()).toMatchObject(view);
  const person = await ownerAfterPassword(engine);
  expect(await person.api.open.signIn.pending()).toMatchObject({ ...view, code: null });
});

test('R22 a pending sign-in shows nothing of the account but its masked mailbox', async () => {
  const engine = await openEngine();
  await enableTwoStep(engine, await signedInOwner(engine));
  const person = await ownerAfterPassword(engine);
  const view = await person.api.open.signIn.pending();
  expect(Object.keys(view).sort()).toEqual([
    'code',
    'expiresAt',
    'lockedUntil',
    'mailCountsFrom',
    'methods',
    'now',
    'remember',
  ]);
  expect(JSON.stringify(view)).not.toMatch(/ada|Ada Owner/);
});

test('R14 giving a pending sign-in up makes its code worthless; giving nothing up is no error', async () => {
  const engine = await openEngine();
  await enableTwoStep(engine, await signedInOwner(engine));
  const person = await ownerAfterPassword(engine);
  const token = person.jar.pending;
  const { code } = await person.api.open.signIn.pending();
  await person.api.open.signIn.cancel();
  expect(person.jar.pending).toBeNull();
  await person.api.open.signIn.cancel();
  person.jar.pending = token;
  const answer = { method: 'email' as const, challengeId: code?.challengeId ?? '', code: 'x' };
  expect(await refusalOf(person.api.open.signIn.prove(answer))).toMatchObject({ code: 'signInExpired' });
});
