import { expect, test } from 'vitest';
import { DAY } from '../../../src-main/domain/values.ts';
import { openEngine } from '../../support/engine.ts';
import { CREDENTIALS, enableTwoStep, OWNER, personAt, refusalOf, signedInOwner } from '../../support/person.ts';

const NEW = 'ada@new.example';

test('R12 S23 an address is changed by password and a code to the new one; the old one is told and can stop it', async () => {
  const engine = await openEngine();
  const owner = await signedInOwner(engine);
  const other = personAt(engine);
  await other.api.open.signIn.withPassword(CREDENTIALS);
  const { challengeId, sentTo } = await owner.api.self.email.sendCode({
    newEmail: NEW,
    currentPassword: OWNER.password,
  });
  expect(sentTo).toBe('a•••@new.example');
  const code = await engine.codeFor(NEW);
  await owner.api.self.email.change({ currentPassword: OWNER.password, proof: null, challengeId, code });

  expect((await owner.api.self.me()).account.email).toBe(NEW);
  expect(await refusalOf(other.api.self.me())).toMatchObject({ code: 'notSignedIn' });
  const letters = (await engine.letters()).slice(-2).map(({ to, message }) => [to, message.kind]);
  expect(letters.sort()).toEqual([
    [OWNER.email, 'emailChanged'],
    [NEW, 'emailConfirmed'],
  ]);

  const told = (await engine.letters()).map(({ message }) => message).find(({ kind }) => kind === 'emailChanged');
  const undo = told?.kind === 'emailChanged' ? told.undoCode : '';
  const passwords = { newPassword: 'a whole new secret', confirmPassword: 'a whole new secret' };
  await personAt(engine).api.open.reset.finish({ code: undo, ...passwords });
  expect(await refusalOf(owner.api.self.me())).toMatchObject({ code: 'notSignedIn' });
  const back = personAt(engine);
  expect(await back.api.open.signIn.withPassword({ email: OWNER.email, password: 'a whole new secret' })).toEqual({
    next: 'signedIn',
  });
});

test('S23 a change cannot be stopped after three days', async () => {
  const engine = await openEngine();
  const owner = await signedInOwner(engine);
  const { challengeId } = await owner.api.self.email.sendCode({ newEmail: NEW, currentPassword: OWNER.password });
  const code = await engine.codeFor(NEW);
  await owner.api.self.email.change({ currentPassword: OWNER.password, proof: null, challengeId, code });
  const told = (await engine.letters()).map(({ message }) => message).find(({ kind }) => kind === 'emailChanged');
  engine.clock.advance(3 * DAY);
  const undo = {
    code: told?.kind === 'emailChanged' ? told.undoCode : '',
    newPassword: 'x'.repeat(9),
    confirmPassword: 'x'.repeat(9),
  };
  expect(await refusalOf(personAt(engine).api.open.reset.finish(undo))).toMatchObject({ code: 'oneTimeCodeRejected' });
});

test('R7 S26 with two-step verification active a proof is needed too, and a wrong new-address code spends none', async () => {
  const engine = await openEngine();
  const owner = await signedInOwner(engine);
  const [recoveryCode = ''] = await enableTwoStep(engine, owner);
  const { challengeId } = await owner.api.self.email.sendCode({ newEmail: NEW, currentPassword: OWNER.password });
  const code = await engine.codeFor(NEW);
  const change = (answer: string, proof: { method: 'recoveryCode'; code: string } | null) =>
    owner.api.self.email.change({ currentPassword: OWNER.password, proof, challengeId, code: answer });
  expect(await refusalOf(change(code, null))).toMatchObject({ code: 'proofNeeded' });
  const wrong = code === '000000' ? '000001' : '000000';
  expect(await refusalOf(change(wrong, { method: 'recoveryCode', code: recoveryCode }))).toMatchObject({
    code: 'codeRejected',
  });
  expect((await owner.api.self.twoStep.status()).recoveryCodes.left).toBe(10);
  await change(code, { method: 'recoveryCode', code: recoveryCode });
  expect((await owner.api.self.twoStep.status()).recoveryCodes.left).toBe(9);
});

test('S23 no code leaves without the current password, and a pending sign-in can change nothing', async () => {
  const engine = await openEngine();
  const owner = await signedInOwner(engine);
  const wanted = { newEmail: NEW, currentPassword: 'not the password' };
  expect(await refusalOf(owner.api.self.email.sendCode(wanted))).toMatchObject({ code: 'currentPasswordRejected' });
  expect(await engine.letters()).toEqual([]);
  await enableTwoStep(engine, owner);
  const pending = personAt(engine);
  await pending.api.open.signIn.withPassword(CREDENTIALS);
  expect(
    await refusalOf(pending.api.self.email.sendCode({ ...wanted, currentPassword: OWNER.password })),
  ).toMatchObject({
    code: 'notSignedIn',
  });
});

test('S23 who stops a change stops what was built on it: the code of a later change does not undo the stopping', async () => {
  const engine = await openEngine();
  const thief = await signedInOwner(engine);
  const moveTo = async (newEmail: string) => {
    const { challengeId } = await thief.api.self.email.sendCode({ newEmail, currentPassword: OWNER.password });
    const code = await engine.codeFor(newEmail);
    await thief.api.self.email.change({ currentPassword: OWNER.password, proof: null, challengeId, code });
  };
  await moveTo('first@thief.example');
  await moveTo('second@thief.example');
  const undoCodes = (await engine.letters()).flatMap(({ message }) =>
    message.kind === 'emailChanged' ? [message.undoCode] : [],
  );
  const finish = (code: string | undefined) =>
    personAt(engine).api.open.reset.finish({
      code,
      newPassword: 'a whole new secret',
      confirmPassword: 'a whole new secret',
    });
  expect(undoCodes).toHaveLength(2);
  await finish(undoCodes[0]);
  expect(await refusalOf(finish(undoCodes[1]))).toMatchObject({ code: 'oneTimeCodeRejected' });
});
