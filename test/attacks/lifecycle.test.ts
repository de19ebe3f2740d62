import { expect, test } from 'vitest';
import { openEngine } from '../support/engine.ts';
import {
  CREDENTIALS,
  enableTwoStep,
  OWNER,
  otherThan,
  type Person,
  personAt,
  signedInOwner,
} from '../support/person.ts';
import { auditedBy } from './support/audit.ts';
import { changedTables, dumpOf, enforcePolicy } from './support/database.ts';
import {
  accountOf,
  copiesOf,
  fullySignedIn,
  mailedProof,
  pendingSignIn,
  protectedOwner,
  sessionsOf,
  signedIn,
} from './support/people.ts';
import { expectRefusal, verdictOf, wordFor } from './support/verdict.ts';

const NEXT = { newPassword: 'a brand new phrase', confirmPassword: 'a brand new phrase' };

test('S25 an enrolment that is asked for and left enrols nothing', async () => {
  const engine = await openEngine();
  const owner = await signedInOwner(engine);
  const { challengeId } = await owner.api.self.twoStep.sendEnableCode({ method: 'email' });
  const code = await engine.codeFor(OWNER.email);
  await expectRefusal(owner.api.self.twoStep.enable({ challengeId, code: otherThan(code) }), 'codeRejected');
  expect(await owner.api.self.twoStep.status()).toMatchObject({
    state: 'off',
    methods: [],
    recoveryCodes: { total: 0 },
  });
  expect(dumpOf(engine)).toMatchObject({ factors: [], recovery_codes: [] });
  expect(await personAt(engine).api.open.signIn.withPassword(CREDENTIALS)).toEqual({ next: 'signedIn' });
  await owner.api.self.signOut();
  const later = await signedIn(engine);
  await expectRefusal(later.api.self.twoStep.enable({ challengeId, code }), 'challengeExpired');
});

test('S25 new recovery codes that are asked for and left leave the old ones working', async () => {
  const engine = await openEngine();
  const { owner, codes } = await protectedOwner(engine);
  const proof = await mailedProof(engine, owner, 'newRecoveryCodes');
  const wrong = { currentPassword: OWNER.password, proof: { ...proof, code: otherThan(proof.code) } };
  await expectRefusal(owner.api.self.twoStep.newRecoveryCodes(wrong), 'codeRejected');
  const { api } = await pendingSignIn(engine);
  expect(await api.open.signIn.prove({ method: 'recoveryCode', code: codes[0] ?? '' })).toEqual({
    recoveryCodesLeft: 9,
  });
});

test('S25 switching off that is asked for and left keeps the second step in place', async () => {
  const engine = await openEngine();
  const { owner } = await protectedOwner(engine);
  await mailedProof(engine, owner, 'disable');
  expect(await owner.api.self.twoStep.status()).toMatchObject({ state: 'active', recoveryCodes: { left: 10 } });
  expect(await personAt(engine).api.open.signIn.withPassword(CREDENTIALS)).toEqual({ next: 'secondStep' });
});

/** A session opened with the password alone that outlives enabling, as policy `onEnrol: keep` allows. */
async function passwordOnlySession() {
  const engine = await openEngine();
  const owner = await signedInOwner(engine);
  enforcePolicy(engine, { onEnrol: 'keep' });
  const old = await signedIn(engine);
  const codes = await enableTwoStep(engine, owner);
  return { engine, old, codes };
}

test('S26 a session opened with the password alone can neither switch off nor renew codes without a second proof', async () => {
  const { engine, old } = await passwordOnlySession();
  const before = dumpOf(engine);
  const currentPassword = OWNER.password;
  const proofs = [
    { method: 'email' as const, challengeId: 'none', code: '000000' },
    { method: 'email' as const, challengeId: 'none' },
    { method: 'recoveryCode' as const, code: '0'.repeat(20) },
    { method: 'recoveryCode' as const },
    null,
  ];
  for (const proof of proofs) {
    for (const act of ['disable', 'newRecoveryCodes'] as const) {
      const audited = await auditedBy(engine, async () => {
        const word = wordFor(await verdictOf(old.api.self.twoStep[act]({ currentPassword, proof })));
        expect(word).toMatch(/^(challengeExpired|recoveryCodeRejected|proofNeeded)$/);
      });
      expect(audited).toMatchObject([{ kind: 'stepUpRejected', detail: { purpose: act } }]);
    }
  }
  expect(changedTables(before, dumpOf(engine))).toEqual([]);
});

test('S26 the second proof without the password does nothing either', async () => {
  const { engine, old, codes } = await passwordOnlySession();
  const proof = { method: 'recoveryCode' as const, code: codes[0] ?? '' };
  for (const act of ['disable', 'newRecoveryCodes'] as const) {
    await expectRefusal(old.api.self.twoStep[act]({ currentPassword: 'not this', proof }), 'currentPasswordRejected');
    await expectRefusal(old.api.self.twoStep[act]({ proof } as never), 'invalidInput');
    await expectRefusal(old.api.self.twoStep[act]({ currentPassword: OWNER.password } as never), 'invalidInput');
  }
  expect((await old.api.self.twoStep.status()).recoveryCodes.left).toBe(10);
  expect((await accountOf(engine)).twoStep).toBe('active');
});

test('S26 the password is not changed by whoever only sits at the session', async () => {
  const engine = await openEngine();
  const { owner } = await protectedOwner(engine);
  const before = dumpOf(engine);
  for (const currentPassword of ['not this', OWNER.password.toUpperCase(), ` ${OWNER.password}`]) {
    await expectRefusal(owner.api.self.password.change({ currentPassword, ...NEXT }), 'currentPasswordRejected');
  }
  await expectRefusal(owner.api.self.password.change({ currentPassword: '', ...NEXT }), 'invalidInput');
  expect(changedTables(before, dumpOf(engine))).toEqual([]);
});

/** Everything that changes password or factors, done by somebody signed in. */
const CHANGES: Record<string, (engine: Awaited<ReturnType<typeof openEngine>>, by: Person) => Promise<unknown>> = {
  'a change of password': (_, by) => by.api.self.password.change({ currentPassword: OWNER.password, ...NEXT }),
  'new recovery codes': async (engine, by) => {
    const proof = await mailedProof(engine, by, 'newRecoveryCodes');
    return by.api.self.twoStep.newRecoveryCodes({ currentPassword: OWNER.password, proof });
  },
  'switching off': async (engine, by) => {
    const proof = await mailedProof(engine, by, 'disable');
    return by.api.self.twoStep.disable({ currentPassword: OWNER.password, proof });
  },
};

test.each(Object.entries(CHANGES))(
  'S27 %s ends every other session and keeps the one it was made in',
  async (_, change) => {
    const engine = await openEngine();
    const { owner } = await protectedOwner(engine);
    const others = [await fullySignedIn(engine), await fullySignedIn(engine)];
    await change(engine, owner);
    for (const other of others) await expectRefusal(other.api.self.me(), 'notSignedIn');
    expect(await sessionsOf(engine)).toBe(1);
    expect(await owner.api.self.me()).toMatchObject({ account: { email: OWNER.email } });
  },
);

test.each(Object.entries(CHANGES))('S15 S27 %s elsewhere ends a sign-in that is pending', async (_, change) => {
  const engine = await openEngine();
  const { owner, codes } = await protectedOwner(engine);
  const pending = await pendingSignIn(engine);
  await change(engine, owner);
  const byCode = { method: 'email' as const, challengeId: pending.challengeId, code: pending.code };
  const before = await sessionsOf(engine);
  await expectRefusal(pending.api.open.signIn.prove(byCode), 'signInExpired');
  await expectRefusal(pending.api.open.signIn.prove({ method: 'recoveryCode', code: codes[0] ?? '' }), 'signInExpired');
  await expectRefusal(pending.api.open.signIn.sendCode({ method: 'email' }), 'signInExpired');
  expect(await pending.api.open.welcome()).toMatchObject({ stage: 'signIn' });
  expect(await sessionsOf(engine)).toBe(before);
});

test.each(Object.entries(CHANGES))('S15 %s voids every code that was asked for before it', async (_, change) => {
  const engine = await openEngine();
  const { owner } = await protectedOwner(engine);
  const [disable, renew] = [
    await mailedProof(engine, owner, 'disable'),
    await mailedProof(engine, owner, 'newRecoveryCodes'),
  ];
  engine.clock.advance(61_000);
  await change(engine, owner);
  for (const proof of [disable, renew]) {
    expect(await owner.api.self.twoStep.codeState({ challengeId: proof.challengeId })).toBeNull();
  }
});

test('S15 a policy changed elsewhere makes a pending sign-in start over, with code and recovery code alike', async () => {
  const engine = await openEngine();
  const { codes } = await protectedOwner(engine);
  const pending = await pendingSignIn(engine);
  enforcePolicy(engine, { enforcement: 'required' });
  const byCode = { method: 'email' as const, challengeId: pending.challengeId, code: pending.code };
  await expectRefusal(pending.api.open.signIn.prove(byCode), 'signInExpired');
  const byRecovery = { method: 'recoveryCode' as const, code: codes[0] ?? '' };
  await expectRefusal(pending.api.open.signIn.prove(byRecovery), 'signInExpired');
  await fullySignedIn(engine);
});

test('S15 S72 whatever was granted or begun in an older epoch opens nothing, though it still lies in the store', async () => {
  const engine = await openEngine();
  const { owner, codes } = await protectedOwner(engine);
  const proof = await mailedProof(engine, owner, 'disable');
  const pending = await pendingSignIn(engine);
  const [kept = owner] = copiesOf(engine, owner, 1);
  const { id, epoch } = await accountOf(engine);
  await engine.deps.store.transaction((tx) => tx.accounts.change(id, { epoch: epoch + 1 }));
  expect(dumpOf(engine)).toMatchObject({ sessions: [{ epoch }], pending_sign_ins: [{ epoch }] });
  await expectRefusal(kept.api.self.twoStep.disable({ currentPassword: OWNER.password, proof }), 'notSignedIn');
  const byCode = { method: 'email' as const, challengeId: pending.challengeId, code: pending.code };
  await expectRefusal(pending.api.open.signIn.prove(byCode), 'signInExpired');
  const byRecovery = { method: 'recoveryCode' as const, code: codes[0] ?? '' };
  await expectRefusal(pending.api.open.signIn.prove(byRecovery), 'signInExpired');
  await expectRefusal(pending.api.open.signIn.sendCode({ method: 'email' }), 'signInExpired');
});

test('S27 enabling ends the other sessions, unless policy keeps them', async () => {
  const engine = await openEngine();
  const owner = await signedInOwner(engine);
  const other = await signedIn(engine);
  await enableTwoStep(engine, owner);
  await expectRefusal(other.api.self.me(), 'notSignedIn');
  expect(await sessionsOf(engine)).toBe(1);

  const { engine: keeping, old } = await passwordOnlySession();
  expect(await old.api.self.me()).toMatchObject({ twoStep: 'active' });
  expect(await sessionsOf(keeping)).toBe(2);
});

test('S27 policy spares sessions on enabling only', async () => {
  const { engine, old } = await passwordOnlySession();
  const full = await fullySignedIn(engine);
  await full.api.self.password.change({ currentPassword: OWNER.password, ...NEXT });
  await expectRefusal(old.api.self.me(), 'notSignedIn');
});

test('S27 keeping sessions revives none that an earlier change had ended', async () => {
  const engine = await openEngine();
  const owner = await signedInOwner(engine);
  enforcePolicy(engine, { onEnrol: 'keep' });
  const stale = await signedIn(engine);
  const { id, epoch } = await accountOf(engine);
  await engine.deps.store.transaction((tx) => tx.accounts.change(id, { epoch: epoch + 1 }));
  await expectRefusal(stale.api.self.me(), 'notSignedIn');
  const fresh = await signedIn(engine);
  await enableTwoStep(engine, fresh);
  await expectRefusal(stale.api.self.me(), 'notSignedIn');
  await expectRefusal(owner.api.self.me(), 'notSignedIn');
});

test('S27 signing the others out ends their sessions and pending sign-ins, and nothing of oneself', async () => {
  const engine = await openEngine();
  const { owner } = await protectedOwner(engine);
  const other = await fullySignedIn(engine);
  const pending = await pendingSignIn(engine);
  expect(await owner.api.self.sessions.endOthers()).toEqual({ ended: 1 });
  await expectRefusal(other.api.self.me(), 'notSignedIn');
  await expectRefusal(pending.api.open.signIn.pending(), 'signInExpired');
  expect(await owner.api.self.sessions.list()).toHaveLength(1);
});
