import { expect, test } from 'vitest';
import type { Message } from '../../../src-main/domain/message.ts';
import { type Engine, openEngine } from '../../support/engine.ts';
import { mailedStepUp, ownerAfterPassword, stepUpBy } from '../../support/flows.ts';
import { enableTwoStep, OWNER, personAt, refusalOf, signedInOwner } from '../../support/person.ts';
import { MEMBER, signedInMember } from '../../support/records.ts';

const TO_OWNER = { to: OWNER.email, name: OWNER.name, workspace: 'Example Works', locale: 'en' as const };
const CLIENT = 'Chrome on Linux';

/** The letters that an act causes, as values, by kind: what a mail adapter will be given, whichever it is. */
async function lettersOf(engine: Engine, act: () => Promise<unknown>) {
  const before = (await engine.letters()).length;
  await act();
  const letters = (await engine.letters()).slice(before);
  return letters.sort((one, two) => (one.message.kind < two.message.kind ? -1 : 1));
}

function toOwner(message: Message) {
  return { ...TO_OWNER, message };
}

test('R5 enabling writes one letter with the code and, once it is confirmed, one that says so; to the owner alone', async () => {
  const engine = await openEngine();
  const owner = await signedInOwner(engine);
  const at = engine.clock.now();
  let challengeId = '';
  const asked = await lettersOf(engine, async () => {
    ({ challengeId } = await owner.api.self.twoStep.sendEnableCode({ method: 'email' }));
  });
  const code = expect.stringMatching(/^\d{6}$/);
  expect(asked).toEqual([toOwner({ kind: 'enableCode', code, expiresAt: at + 5 * 60_000 })]);

  engine.clock.advance(30_000);
  const digits = await engine.codeFor(OWNER.email);
  const confirmed = await lettersOf(engine, () => owner.api.self.twoStep.enable({ challengeId, code: digits }));
  expect(confirmed).toEqual([toOwner({ kind: 'twoStepEnabled', at: at + 30_000, client: CLIENT })]);
});

test('R5 disabling writes one letter with the code and, once it is confirmed, one that says so; to the owner alone', async () => {
  const engine = await openEngine();
  const owner = await signedInOwner(engine);
  await enableTwoStep(engine, owner);
  const at = engine.clock.now();
  const letters = await lettersOf(engine, async () => {
    await owner.api.self.twoStep.disable(await mailedStepUp(engine, owner, 'disable'));
  });
  const code = expect.stringMatching(/^\d{6}$/);
  expect(letters).toEqual([
    toOwner({ kind: 'disableCode', code, expiresAt: at + 5 * 60_000 }),
    toOwner({ kind: 'twoStepDisabled', at, client: CLIENT }),
  ]);
});

test('R5 a refused attempt is confirmed to nobody', async () => {
  const engine = await openEngine();
  const owner = await signedInOwner(engine);
  const { challengeId } = await owner.api.self.twoStep.sendEnableCode({ method: 'email' });
  const code = await engine.codeFor(OWNER.email);
  const enable = (answer: string) => owner.api.self.twoStep.enable({ challengeId, code: answer });
  expect(await lettersOf(engine, () => refusalOf(enable('nonsense')))).toEqual([]);
  await enable(code);
  await engine.letters();
  expect(await lettersOf(engine, () => refusalOf(owner.api.self.twoStep.disable(stepUpBy('nonsense'))))).toEqual([]);
});

test('R5 every further act on the account writes to its owner: sign-in code, recovery code used, new codes, password, lock', async () => {
  const engine = await openEngine();
  const owner = await signedInOwner(engine);
  const codes = await enableTwoStep(engine, owner);
  const at = engine.clock.now();
  const code = expect.stringMatching(/^\d{6}$/);
  const expiresAt = at + 5 * 60_000;

  const signingIn = await lettersOf(engine, async () => {
    const person = await ownerAfterPassword(engine);
    await person.api.open.signIn.prove({ method: 'recoveryCode', code: codes[0] });
  });
  expect(signingIn).toEqual([
    toOwner({ kind: 'recoveryCodeUsed', at, client: CLIENT, left: 9 }),
    toOwner({ kind: 'signInCode', code, expiresAt }),
  ]);

  const newCodes = await lettersOf(engine, async () => {
    await owner.api.self.twoStep.newRecoveryCodes(await mailedStepUp(engine, owner, 'newRecoveryCodes'));
  });
  expect(newCodes).toEqual([
    toOwner({ kind: 'newRecoveryCodesCode', code, expiresAt }),
    toOwner({ kind: 'recoveryCodesReplaced', at, client: CLIENT }),
  ]);

  const newPassword = 'a brand new secret';
  const passwordChange = await lettersOf(engine, () =>
    owner.api.self.password.change({ currentPassword: OWNER.password, newPassword, confirmPassword: newPassword }),
  );
  expect(passwordChange).toEqual([toOwner({ kind: 'passwordChanged', at, client: CLIENT })]);

  const hammered = await lettersOf(engine, async () => {
    for (let i = 0; i < 10; i += 1) {
      await refusalOf(personAt(engine).api.open.signIn.withPassword({ email: OWNER.email, password: `guess ${i}` }));
    }
  });
  expect(hammered).toEqual([toOwner({ kind: 'accountLocked', at, until: at + 15 * 60_000 })]);
});

test('R5 a letter goes to the address as its owner wrote it, and what one person does is written to no other', async () => {
  const engine = await openEngine();
  const email = 'Ada.Byron@Example.ORG';
  const owner = personAt(engine);
  const { password, name } = OWNER;
  await owner.api.open.setUp({
    workspaceName: 'Example Works',
    name,
    email,
    password,
    confirmPassword: password,
    template: 'strong',
  });
  const member = await signedInMember(engine);
  await enableTwoStep(engine, owner, 'Ada.Byron@example.org');
  await engine.letters();
  await enableTwoStep(engine, member, MEMBER.email);
  expect((await engine.letters()).map(({ to, name: addressee, message }) => [to, addressee, message.kind])).toEqual([
    ['Ada.Byron@example.org', OWNER.name, 'enableCode'],
    ['Ada.Byron@example.org', OWNER.name, 'twoStepEnabled'],
    [MEMBER.email, MEMBER.name, 'enableCode'],
    [MEMBER.email, MEMBER.name, 'twoStepEnabled'],
  ]);
});
