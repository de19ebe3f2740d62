import { expect, test } from 'vitest';
import { openEngine } from '../../support/engine.ts';
import { ownerAfterPassword } from '../../support/flows.ts';
import { enableTwoStep, OWNER, signedInOwner } from '../../support/person.ts';
import { MEMBER, signedInMember, writePolicy } from '../../support/records.ts';

test('R5 the status before anything was enabled', async () => {
  const engine = await openEngine();
  const owner = await signedInOwner(engine);
  expect(await owner.api.self.twoStep.status()).toEqual({
    state: 'off',
    methods: [],
    recoveryCodes: { left: 0, total: 0, low: false },
    available: ['email'],
    enforcement: 'optional',
    onEnrol: 'revokeOthers',
    mayDisable: true,
  });
});

test('R5 the status once it is active', async () => {
  const engine = await openEngine();
  const owner = await signedInOwner(engine);
  await enableTwoStep(engine, owner);
  expect(await owner.api.self.twoStep.status()).toEqual({
    state: 'active',
    methods: [
      {
        id: expect.any(String),
        method: 'email',
        name: 'Email',
        address: OWNER.email,
        preferred: true,
        createdAt: engine.clock.now(),
        lastUsedAt: null,
        state: 'allowed',
      },
    ],
    recoveryCodes: { left: 10, total: 10, low: false },
    available: ['email'],
    enforcement: 'optional',
    onEnrol: 'revokeOthers',
    mayDisable: true,
  });
});

test('R4 the profile counts the codes that are left and warns at three and fewer', async () => {
  const engine = await openEngine();
  const codes = await enableTwoStep(engine, await signedInOwner(engine));
  const seen: unknown[] = [];
  for (const code of codes) {
    const person = await ownerAfterPassword(engine);
    await person.api.open.signIn.prove({ method: 'recoveryCode', code });
    seen.push((await person.api.self.twoStep.status()).recoveryCodes);
  }
  expect(seen).toEqual([9, 8, 7, 6, 5, 4, 3, 2, 1, 0].map((left) => ({ left, total: 10, low: left <= 3 })));
});

test('R5 everyone sees their own status only', async () => {
  const engine = await openEngine();
  const owner = await signedInOwner(engine);
  const member = await signedInMember(engine);
  await enableTwoStep(engine, owner);
  expect(await member.api.self.twoStep.status()).toMatchObject({
    state: 'off',
    methods: [],
    recoveryCodes: { total: 0 },
  });
  const { challengeId } = await member.api.self.twoStep.sendEnableCode({ method: 'email' });
  expect(await member.api.self.twoStep.codeState({ challengeId })).toMatchObject({ sentTo: 'm•••@example.org' });
  expect(await owner.api.self.twoStep.codeState({ challengeId })).toBeNull();
  expect((await engine.letters()).at(-1)).toMatchObject({ to: MEMBER.email, message: { kind: 'enableCode' } });
});

test('R13 the status tells what policy allows to enrol and whether it demands it', async () => {
  const engine = await openEngine();
  const owner = await signedInOwner(engine);
  const { policy } = await engine.read((tx) => tx.workspace.policy());
  await writePolicy(engine, { enforcement: 'required', methods: { ...policy.methods, email: 'legacy' } });
  expect(await owner.api.self.twoStep.status()).toMatchObject({ available: [], enforcement: 'required' });
});
