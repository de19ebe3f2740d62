import { expect, test } from 'vitest';
import { DAY, MINUTE } from '../../../src-main/domain/values.ts';
import { startOwnerRecovery } from '../../../src-main/use-cases/recovery/start-owner-recovery.ts';
import { type Engine, openEngine } from '../../support/engine.ts';
import { CREDENTIALS, enableTwoStep, OWNER, personAt, refusalOf, signedInOwner } from '../../support/person.ts';

const FRESH = { newPassword: 'a whole new secret', confirmPassword: 'a whole new secret' };

async function resetCode(engine: Engine): Promise<string> {
  await personAt(engine).api.open.reset.request({ email: OWNER.email });
  const codes = (await engine.letters()).flatMap(({ message }) =>
    message.kind === 'passwordReset' ? message.resetCode : [],
  );
  return codes.at(-1) ?? '';
}

test('R19 S20 a reset by mail sets the password, ends every session, signs nobody in and leaves the factors alone', async () => {
  const engine = await openEngine();
  const owner = await signedInOwner(engine);
  await enableTwoStep(engine, owner);
  const visitor = personAt(engine);
  await visitor.api.open.reset.finish({ code: await resetCode(engine), ...FRESH });

  expect(visitor.jar).toEqual({ session: null, pending: null });
  expect(await refusalOf(owner.api.self.me())).toMatchObject({ code: 'notSignedIn' });
  expect(await refusalOf(visitor.api.open.signIn.withPassword(CREDENTIALS))).toMatchObject({ code: 'signInRejected' });
  const next = await visitor.api.open.signIn.withPassword({ email: OWNER.email, password: FRESH.newPassword });
  expect(next).toEqual({ next: 'secondStep' });
});

test('R19 S22 for a day after it the mailbox is not the second step too where recovery codes are left, then it is again', async () => {
  const engine = await openEngine();
  const owner = await signedInOwner(engine);
  const [recoveryCode = ''] = await enableTwoStep(engine, owner);
  const code = await resetCode(engine);
  await personAt(engine).api.open.reset.finish({ code, ...FRESH });

  const person = personAt(engine);
  const credentials = { email: OWNER.email, password: FRESH.newPassword };
  await person.api.open.signIn.withPassword(credentials);
  expect(await person.api.open.signIn.pending()).toMatchObject({ methods: ['recoveryCode'], code: null });
  expect(await refusalOf(person.api.open.signIn.sendCode({ method: 'email' }))).toMatchObject({
    code: 'methodUnavailable',
  });
  await person.api.open.signIn.prove({ method: 'recoveryCode', code: recoveryCode });
  expect(await refusalOf(person.api.self.twoStep.sendProofCode({ purpose: 'disable' }))).toMatchObject({
    code: 'methodUnavailable',
  });

  engine.clock.advance(DAY);
  const later = personAt(engine);
  await later.api.open.signIn.withPassword(credentials);
  expect((await later.api.open.signIn.pending()).methods).toEqual(['email', 'recoveryCode']);
});

test('S21 a reset code works once, not in parallel, not after its end, not after a newer one, not after a change of address', async () => {
  const engine = await openEngine();
  const owner = await signedInOwner(engine);
  const finish = (code: string) => personAt(engine).api.open.reset.finish({ code, ...FRESH });
  const rejected = { code: 'oneTimeCodeRejected' };

  const code = await resetCode(engine);
  const tries = await Promise.allSettled(Array.from({ length: 20 }, () => finish(code)));
  expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  expect(await refusalOf(finish(code))).toMatchObject(rejected);

  engine.clock.advance(MINUTE);
  const old = await resetCode(engine);
  engine.clock.advance(30 * MINUTE);
  expect(await refusalOf(finish(old))).toMatchObject(rejected);
  const first = await resetCode(engine);
  engine.clock.advance(MINUTE);
  const second = await resetCode(engine);
  expect(await refusalOf(finish(first))).toMatchObject(rejected);

  await owner.api.open.signIn.withPassword({ email: OWNER.email, password: FRESH.newPassword });
  const { challengeId } = await owner.api.self.email.sendCode({
    newEmail: 'ada@new.example',
    currentPassword: FRESH.newPassword,
  });
  const answer = { challengeId, code: await engine.codeFor('ada@new.example') };
  await owner.api.self.email.change({ currentPassword: FRESH.newPassword, proof: null, ...answer });
  expect(await refusalOf(finish(second))).toMatchObject(rejected);
});

test('S17 asking for a reset tells nothing: known, unknown, malformed and capped addresses get the same answer', async () => {
  const engine = await openEngine();
  await signedInOwner(engine);
  const ask = (email: string) => personAt(engine).api.open.reset.request({ email });
  expect(await ask('nobody@example.org')).toEqual({});
  expect(await ask('not an address')).toEqual({});
  for (let asked = 0; asked < 7; asked += 1) {
    expect(await ask(OWNER.email)).toEqual({});
    engine.clock.advance(MINUTE);
  }
  expect((await engine.letters()).filter(({ message }) => message.kind === 'passwordReset')).toHaveLength(5);
});

test('R40 a sole owner who lost everything gets in with the printed code; everyone is told; it works once within the hour', async () => {
  const engine = await openEngine();
  const owner = await signedInOwner(engine);
  await enableTwoStep(engine, owner);
  const caller = { surface: 'desktop' as const, addresses: [], client: 'Command line' };
  const { code } = await startOwnerRecovery(engine.deps, caller, { email: null, newEmail: null });
  expect((await engine.letters()).at(-1)).toMatchObject({ to: OWNER.email, message: { kind: 'ownerRecoveryStarted' } });

  await personAt(engine).api.open.reset.finish({ code, ...FRESH });
  const back = personAt(engine);
  const credentials = { email: OWNER.email, password: FRESH.newPassword };
  expect(await back.api.open.signIn.withPassword(credentials)).toEqual({ next: 'signedIn' });
  expect(await back.api.self.twoStep.status()).toMatchObject({ state: 'off', recoveryCodes: { left: 0 } });
  expect(await refusalOf(personAt(engine).api.open.reset.finish({ code, ...FRESH }))).toMatchObject({
    code: 'oneTimeCodeRejected',
  });
});

test('R40 the only owner cannot delete their account', async () => {
  const engine = await openEngine();
  const owner = await signedInOwner(engine);
  expect(
    await refusalOf(owner.api.self.account.delete({ currentPassword: OWNER.password, proof: null })),
  ).toMatchObject({
    code: 'lastOwner',
  });
  expect((await owner.api.self.me()).account.name).toBe(OWNER.name);
});
