import { expect, test } from 'vitest';
import { openEngine } from '../support/engine.ts';
import { CREDENTIALS, enableTwoStep, OWNER, pendingOwner, personAt, signedInOwner } from '../support/person.ts';

test('a workspace is set up, two-step verification goes on, sign-in asks for the code, and it goes off again', async () => {
  const engine = await openEngine();
  const owner = await signedInOwner(engine);
  const codes = await enableTwoStep(engine, owner);
  expect(codes).toHaveLength(10);

  const again = await pendingOwner(engine);
  await again.api.open.signIn.prove({
    method: 'email',
    challengeId: again.challengeId,
    code: await engine.codeFor(OWNER.email),
  });
  expect(await again.api.self.me()).toMatchObject({ account: { name: OWNER.name, role: 'owner' }, twoStep: 'active' });

  const byCode = await pendingOwner(engine);
  expect(await byCode.api.open.signIn.prove({ method: 'recoveryCode', code: codes[0] ?? '' })).toEqual({
    recoveryCodesLeft: 9,
  });

  const { challengeId } = await byCode.api.self.twoStep.sendProofCode({ purpose: 'disable' });
  await byCode.api.self.twoStep.disable({
    currentPassword: OWNER.password,
    proof: { method: 'email', challengeId, code: await engine.codeFor(OWNER.email) },
  });
  const plain = personAt(engine);
  expect(await plain.api.open.signIn.withPassword(CREDENTIALS)).toEqual({ next: 'signedIn' });
});
