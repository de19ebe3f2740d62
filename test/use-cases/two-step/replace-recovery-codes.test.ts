import { expect, test } from 'vitest';
import { RECOVERY_CODE_COUNT } from '../../../src-main/domain/recovery-codes.ts';
import { openEngine } from '../../support/engine.ts';
import { letterKinds, mailedStepUp, ownerAfterPassword, ownerByCode, stepUpBy } from '../../support/flows.ts';
import { enableTwoStep, refusalOf, signedInOwner } from '../../support/person.ts';
import { auditedBy, everythingStored } from '../../support/records.ts';

test('R9 codes that were lost are replaced by switching off and on again', async () => {
  const engine = await openEngine();
  const owner = await signedInOwner(engine);
  const old = await enableTwoStep(engine, owner);
  await owner.api.self.twoStep.disable(await mailedStepUp(engine, owner, 'disable'));
  const fresh = await enableTwoStep(engine, owner);
  expect(new Set([...old, ...fresh]).size).toBe(2 * RECOVERY_CODE_COUNT);
  expect(await owner.api.self.twoStep.status()).toMatchObject({ recoveryCodes: { left: 10, total: 10 } });
});

test.each(['email', 'recoveryCode'])(
  'R9 new codes come without switching off, proven by %s; the old set dies',
  async (by) => {
    const engine = await openEngine();
    const owner = await signedInOwner(engine);
    const old = await enableTwoStep(engine, owner);
    const stepUp = by === 'email' ? await mailedStepUp(engine, owner, 'newRecoveryCodes') : stepUpBy(old[9]);
    let fresh: readonly string[] = [];
    const audited = await auditedBy(engine, async () => {
      fresh = (await owner.api.self.twoStep.newRecoveryCodes(stepUp)).recoveryCodes;
    });
    expect(audited).toMatchObject([{ kind: 'recoveryCodesReplaced', detail: { method: by } }]);
    expect(new Set([...old, ...fresh]).size).toBe(2 * RECOVERY_CODE_COUNT);
    expect(await owner.api.self.twoStep.status()).toMatchObject({
      state: 'active',
      recoveryCodes: { left: 10, total: 10, low: false },
    });
    expect((await letterKinds(engine)).at(-1)).toBe('recoveryCodesReplaced');

    const pending = await ownerAfterPassword(engine);
    const withOld = pending.api.open.signIn.prove({ method: 'recoveryCode', code: old[0] });
    expect(await refusalOf(withOld)).toMatchObject({ code: 'recoveryCodeRejected' });
    expect(await pending.api.open.signIn.prove({ method: 'recoveryCode', code: fresh[0] })).toEqual({
      recoveryCodesLeft: 9,
    });
  },
);

test('R9 R6 new codes end the other sessions; the one that acts goes on under a new token', async () => {
  const engine = await openEngine();
  const owner = await signedInOwner(engine);
  await enableTwoStep(engine, owner);
  const other = await ownerByCode(engine, 'mobile');
  const oldToken = owner.jar.session;
  await owner.api.self.twoStep.newRecoveryCodes(await mailedStepUp(engine, owner, 'newRecoveryCodes'));
  expect(await refusalOf(other.api.self.me())).toMatchObject({ code: 'notSignedIn' });
  expect(owner.jar.session).not.toBe(oldToken);
  expect(await owner.api.self.me()).toMatchObject({ twoStep: 'active' });
});

test('R9 while it is off there are no codes to replace', async () => {
  const engine = await openEngine();
  const owner = await signedInOwner(engine);
  const before = everythingStored(engine);
  for (const call of [
    () => owner.api.self.twoStep.sendProofCode({ purpose: 'newRecoveryCodes' }),
    () => owner.api.self.twoStep.newRecoveryCodes(stepUpBy('0')),
  ]) {
    expect(await refusalOf(call())).toMatchObject({ code: 'twoStepOff' });
  }
  expect(everythingStored(engine)).toEqual(before);
});

test('R9 a code mailed for disabling does not make new codes, nor the other way round', async () => {
  const engine = await openEngine();
  const owner = await signedInOwner(engine);
  await enableTwoStep(engine, owner);
  const forDisabling = await mailedStepUp(engine, owner, 'disable');
  expect(await refusalOf(owner.api.self.twoStep.newRecoveryCodes(forDisabling))).toMatchObject({
    code: 'challengeExpired',
  });
  const forCodes = await mailedStepUp(engine, owner, 'newRecoveryCodes');
  expect(await refusalOf(owner.api.self.twoStep.disable(forCodes))).toMatchObject({ code: 'challengeExpired' });
  await owner.api.self.twoStep.newRecoveryCodes(forCodes);
});
