import { describe, expect, test } from 'vitest';
import { openEngine } from '../../support/engine.ts';
import { mailedStepUp, ownerByCode, stepUpBy } from '../../support/flows.ts';
import { enableTwoStep, OWNER, otherThan, refusalOf, signedInOwner } from '../../support/person.ts';
import { auditedBy, everythingStored } from '../../support/records.ts';

const ACTS = [
  ['disabling', 'disable', 'disable'],
  ['new recovery codes', 'newRecoveryCodes', 'newRecoveryCodes'],
] as const;

async function activeOwner() {
  const engine = await openEngine();
  const owner = await signedInOwner(engine);
  const codes = await enableTwoStep(engine, owner);
  const { id } = (await owner.api.self.me()).account;
  const throttle = () => engine.read(async (tx) => (await tx.accounts.find(id))?.throttle);
  return { engine, owner, codes, throttle };
}

describe.each(ACTS)('R7 %s', (_, act, purpose) => {
  test('R7 a wrong current password is refused and counted, and the mailed code is not used up by it', async () => {
    const { engine, owner, throttle } = await activeOwner();
    const right = await mailedStepUp(engine, owner, purpose);
    const audited = await auditedBy(engine, async () => {
      const wrong = { ...right, currentPassword: 'not my password' };
      expect(await refusalOf(owner.api.self.twoStep[act](wrong))).toEqual({
        code: 'currentPasswordRejected',
        data: undefined,
      });
    });
    expect(audited).toMatchObject([{ kind: 'stepUpRejected', detail: { purpose, reason: 'currentPasswordRejected' } }]);
    expect(await throttle()).toMatchObject({ failures: 1 });
    expect(await owner.api.self.twoStep.status()).toMatchObject({ state: 'active', recoveryCodes: { left: 10 } });
    await owner.api.self.twoStep[act](right);
  });

  test('R7 a wrong current password beside a right recovery code leaves the code unused', async () => {
    const { owner, codes } = await activeOwner();
    const wrong = stepUpBy(codes[0], 'not my password');
    expect(await refusalOf(owner.api.self.twoStep[act](wrong))).toMatchObject({ code: 'currentPasswordRejected' });
    await owner.api.self.twoStep[act](stepUpBy(codes[0]));
  });

  test('R7 the right password with a wrong mailed code is refused, and counts as one failure, not two', async () => {
    const { engine, owner, throttle } = await activeOwner();
    const right = await mailedStepUp(engine, owner, purpose);
    const wrong = { ...right, proof: { ...right.proof, code: otherThan(right.proof.code) } };
    expect(await refusalOf(owner.api.self.twoStep[act](wrong))).toEqual({
      code: 'codeRejected',
      data: { triesLeft: 4 },
    });
    expect(await throttle()).toEqual({ failures: 1, lockedUntil: 0, triesInLock: 0 });
  });

  test('R7 the right password with a wrong recovery code is refused and says how many tries are left', async () => {
    const { owner, throttle } = await activeOwner();
    for (const triesLeft of [9, 8]) {
      expect(await refusalOf(owner.api.self.twoStep[act](stepUpBy('00000-00000-00000-00000')))).toEqual({
        code: 'recoveryCodeRejected',
        data: { triesLeft },
      });
    }
    expect(await throttle()).toMatchObject({ failures: 2 });
  });

  test('R7 a code that was mailed in another session of the same person does not count', async () => {
    const { engine, owner } = await activeOwner();
    const other = await ownerByCode(engine);
    const elsewhere = await mailedStepUp(engine, other, purpose);
    expect(await refusalOf(owner.api.self.twoStep[act](elsewhere))).toMatchObject({ code: 'challengeExpired' });
    await other.api.self.twoStep[act](elsewhere);
  });

  test('R7 a success takes the failures before it off the account', async () => {
    const { engine, owner, throttle } = await activeOwner();
    await refusalOf(owner.api.self.twoStep[act](stepUpBy(undefined, 'not my password')));
    await owner.api.self.twoStep[act](await mailedStepUp(engine, owner, purpose));
    expect(await throttle()).toEqual({ failures: 0, lockedUntil: 0, triesInLock: 0 });
  });
});

test.each([
  ['no password', { currentPassword: '', proof: { method: 'recoveryCode', code: 'x' } }],
  ['no proof', { currentPassword: OWNER.password }],
  ['a proof by a method that does not exist', { currentPassword: OWNER.password, proof: { method: 'horoscope' } }],
  ['a proof without its challenge', { currentPassword: OWNER.password, proof: { method: 'email', code: '123456' } }],
  ['a key that is not asked for', { ...stepUpBy('x'), role: 'owner' }],
  ['an endless password', stepUpBy('x', 'p'.repeat(1_000_000))],
])('R7 %s is bad input: refused with a word on the field, and nothing changes', async (_, input) => {
  const { engine, owner } = await activeOwner();
  const before = everythingStored(engine);
  const disable: (input: unknown) => Promise<unknown> = owner.api.self.twoStep.disable as never;
  await expect(disable(input)).rejects.toMatchObject({ code: 'BAD_REQUEST' });
  expect(everythingStored(engine)).toEqual(before);
});
