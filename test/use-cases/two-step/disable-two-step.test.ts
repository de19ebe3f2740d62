import { expect, test } from 'vitest';
import { openEngine } from '../../support/engine.ts';
import { letterKinds, mailedStepUp, ownerAfterPassword, ownerByCode, stepUpBy } from '../../support/flows.ts';
import { CREDENTIALS, enableTwoStep, OWNER, personAt, refusalOf, signedInOwner } from '../../support/person.ts';
import { auditedBy, everythingStored } from '../../support/records.ts';

test('R8 password and mailed code switch it off: the codes are gone, sign-in needs no second step', async () => {
  const engine = await openEngine();
  const owner = await signedInOwner(engine);
  await enableTwoStep(engine, owner);
  const stepUp = await mailedStepUp(engine, owner, 'disable');
  const audited = await auditedBy(engine, () => owner.api.self.twoStep.disable(stepUp));
  expect(audited).toMatchObject([{ kind: 'twoStepDisabled', detail: { method: 'email' } }]);

  const off = { state: 'off', methods: [], recoveryCodes: { left: 0, total: 0, low: false } };
  expect(await owner.api.self.twoStep.status()).toMatchObject(off);
  const again = personAt(engine);
  expect(await again.api.open.signIn.withPassword(CREDENTIALS)).toEqual({ next: 'signedIn' });
  expect(await again.api.self.me()).toMatchObject({ twoStep: 'off' });
});

test('R8 a recovery code serves as the proof, and its use and the switching off are both told by letter', async () => {
  const engine = await openEngine();
  const owner = await signedInOwner(engine);
  const [code] = await enableTwoStep(engine, owner);
  await owner.api.self.twoStep.disable(stepUpBy(code));
  expect(await owner.api.self.twoStep.status()).toMatchObject({ state: 'off' });
  expect(await letterKinds(engine)).toEqual(['enableCode', 'twoStepEnabled', 'recoveryCodeUsed', 'twoStepDisabled']);
});

test('R5 disabling makes the status off and is confirmed by a letter', async () => {
  const engine = await openEngine();
  const owner = await signedInOwner(engine);
  await enableTwoStep(engine, owner);
  await owner.api.self.twoStep.disable(await mailedStepUp(engine, owner, 'disable'));
  expect(await owner.api.self.twoStep.status()).toMatchObject({ state: 'off' });
  expect((await engine.letters()).at(-1)).toEqual({
    to: OWNER.email,
    name: OWNER.name,
    workspace: 'Example Works',
    locale: 'en',
    message: { kind: 'twoStepDisabled', at: engine.clock.now(), client: 'Chrome on Linux' },
  });
});

test('R8 disabling ends the other sessions and whatever sign-in was under way; the one that acts goes on', async () => {
  const engine = await openEngine();
  const owner = await signedInOwner(engine);
  await enableTwoStep(engine, owner);
  const other = await ownerByCode(engine, 'web');
  const pending = await ownerAfterPassword(engine);
  const oldToken = owner.jar.session;
  await owner.api.self.twoStep.disable(await mailedStepUp(engine, owner, 'disable'));

  expect(await refusalOf(other.api.self.me())).toMatchObject({ code: 'notSignedIn' });
  expect(await refusalOf(pending.api.open.signIn.pending())).toMatchObject({ code: 'signInExpired' });
  expect(owner.jar.session).not.toBe(oldToken);
  expect(await owner.api.self.sessions.list()).toHaveLength(1);
});

test('R8 R10 the recovery codes stay dead when two-step verification is enabled again', async () => {
  const engine = await openEngine();
  const owner = await signedInOwner(engine);
  const old = await enableTwoStep(engine, owner);
  await owner.api.self.twoStep.disable(await mailedStepUp(engine, owner, 'disable'));
  const fresh = await enableTwoStep(engine, owner);
  expect(fresh.filter((code) => old.includes(code))).toEqual([]);

  for (const code of old.slice(0, 5)) {
    const pending = await ownerAfterPassword(engine);
    expect(await refusalOf(pending.api.open.signIn.prove({ method: 'recoveryCode', code }))).toMatchObject({
      code: 'recoveryCodeRejected',
    });
  }
  const pending = await ownerAfterPassword(engine);
  await pending.api.open.signIn.prove({ method: 'recoveryCode', code: fresh[0] });
  expect(await pending.api.self.me()).toMatchObject({ twoStep: 'active' });
});

test('R12 without the mailbox: sign in with a recovery code, disable with another one', async () => {
  const engine = await openEngine();
  const [first, second] = await enableTwoStep(engine, await signedInOwner(engine));
  const person = await ownerAfterPassword(engine);
  expect(await person.api.open.signIn.prove({ method: 'recoveryCode', code: first })).toEqual({ recoveryCodesLeft: 9 });
  expect(await person.api.self.me()).toMatchObject({ twoStep: 'active' });

  expect(await refusalOf(person.api.self.twoStep.disable(stepUpBy(first)))).toMatchObject({
    code: 'recoveryCodeRejected',
  });
  await person.api.self.twoStep.disable(stepUpBy(second));
  expect(await person.api.self.twoStep.status()).toMatchObject({ state: 'off', recoveryCodes: { total: 0 } });
  expect(await personAt(engine).api.open.signIn.withPassword(CREDENTIALS)).toEqual({ next: 'signedIn' });
});

test('R8 what is off cannot be switched off, and asking for it often costs nothing', async () => {
  const engine = await openEngine();
  const owner = await signedInOwner(engine);
  const before = everythingStored(engine);
  for (let i = 0; i < 12; i += 1) {
    expect(await refusalOf(owner.api.self.twoStep.disable(stepUpBy('0')))).toMatchObject({ code: 'twoStepOff' });
  }
  expect(await refusalOf(owner.api.self.twoStep.sendProofCode({ purpose: 'disable' }))).toMatchObject({
    code: 'twoStepOff',
  });
  expect(everythingStored(engine)).toEqual(before);
});
