import { expect, test } from 'vitest';
import { MINUTE, SECOND } from '../../src-main/domain/values.ts';
import { type Engine, openEngine } from '../support/engine.ts';
import { CREDENTIALS, OWNER, otherThan, personAt, signedInOwner } from '../support/person.ts';
import { auditTally } from './support/audit.ts';
import {
  accountOf,
  addAccount,
  SECOND as BEN,
  fullySignedIn,
  mailedProof,
  pendingSignIn,
  protectedOwner,
} from './support/people.ts';
import { expectRefusal, verdictOf, wordFor } from './support/verdict.ts';

const WRONG = 'certainly not this one';
const NEXT = { newPassword: 'a brand new phrase', confirmPassword: 'a brand new phrase' };

const failuresOf = async (engine: Engine) => (await accountOf(engine)).throttle.failures;

/** Wrong passwords at the sign-in screen, one after another. */
async function guessPasswords(engine: Engine, count: number, address?: string): Promise<void> {
  for (let guess = 0; guess < count; guess += 1) {
    const { api } = personAt(engine, 'desktop', address);
    await expectRefusal(
      api.open.signIn.withPassword({ email: OWNER.email, password: `${WRONG} ${guess}` }),
      'signInRejected',
    );
  }
}

test('S11 failures count on one counter across sign-ins, factors, step-ups, addresses and a restart', async () => {
  const first = await openEngine();
  const { owner } = await protectedOwner(first);
  await guessPasswords(first, 2, '198.51.100.1');
  expect(await failuresOf(first)).toBe(2);

  const pending = await pendingSignIn(first, OWNER, '198.51.100.2');
  const { challengeId, code } = pending;
  await pending.api.open.signIn.prove({ method: 'email', challengeId, code: otherThan(code) }).catch(() => null);
  await pending.api.open.signIn.prove({ method: 'recoveryCode', code: '0'.repeat(20) }).catch(() => null);
  expect(await failuresOf(first)).toBe(4);

  const change = { currentPassword: WRONG, ...NEXT };
  await expectRefusal(owner.api.self.password.change(change), 'currentPasswordRejected');
  const proof = { method: 'recoveryCode' as const, code: '0'.repeat(20) };
  await expectRefusal(owner.api.self.twoStep.disable({ currentPassword: WRONG, proof }), 'currentPasswordRejected');
  const stepUp = { currentPassword: OWNER.password, proof };
  await expectRefusal(owner.api.self.twoStep.newRecoveryCodes(stepUp), 'recoveryCodeRejected');
  const mailed = await mailedProof(first, owner, 'disable');
  const wrongCode = { currentPassword: OWNER.password, proof: { ...mailed, code: otherThan(mailed.code) } };
  await expectRefusal(owner.api.self.twoStep.disable(wrongCode), 'codeRejected');
  expect(await failuresOf(first)).toBe(8);
  await first.deps.store.close();

  const second = await openEngine({ folder: first.folder, clock: first.clock });
  expect(await failuresOf(second)).toBe(8);
  await guessPasswords(second, 2, '198.51.100.3');
  const { api } = personAt(second);
  await api.open.signIn.withPassword(CREDENTIALS);
  expect(await api.open.signIn.pending()).toMatchObject({
    methods: ['recoveryCode'],
    lockedUntil: second.clock.now() + 15 * MINUTE,
  });
});

test('S11 sending the code again never resets the counter', async () => {
  const engine = await openEngine();
  await protectedOwner(engine);
  const { api, challengeId, code } = await pendingSignIn(engine);
  let answer = { method: 'email' as const, challengeId, code: otherThan(code) };
  for (const failures of [1, 2, 3, 4]) {
    await expectRefusal(api.open.signIn.prove(answer), 'codeRejected');
    expect(await failuresOf(engine)).toBe(failures);
    engine.clock.advance(60 * SECOND);
    const resent = await api.open.signIn.sendCode({ method: 'email' });
    answer = { ...answer, challengeId: resent.challengeId, code: otherThan(await engine.codeFor(OWNER.email)) };
  }
});

test('S11 the right password does not reset what wrong codes counted, nor does signing in anew', async () => {
  const engine = await openEngine();
  await protectedOwner(engine);
  for (const failures of [1, 2, 3]) {
    const { api, challengeId, code } = await pendingSignIn(engine);
    await expectRefusal(api.open.signIn.prove({ method: 'email', challengeId, code: otherThan(code) }), 'codeRejected');
    await api.open.signIn.cancel();
    expect(await failuresOf(engine)).toBe(failures);
  }
});

test('S11 changing the password does not reset the counter: only a full sign-in or step-up does', async () => {
  const engine = await openEngine();
  const { owner } = await protectedOwner(engine);
  const mailed = await mailedProof(engine, owner, 'disable');
  const wrongCode = { currentPassword: OWNER.password, proof: { ...mailed, code: otherThan(mailed.code) } };
  await expectRefusal(owner.api.self.twoStep.disable(wrongCode), 'codeRejected');
  await owner.api.self.password.change({ currentPassword: OWNER.password, ...NEXT });
  expect(await failuresOf(engine)).toBe(1);
});

test('S11 a full sign-in clears the counter', async () => {
  const engine = await openEngine();
  await protectedOwner(engine);
  await guessPasswords(engine, 9);
  await fullySignedIn(engine);
  expect((await accountOf(engine)).throttle).toEqual({ failures: 0, lockedUntil: 0, triesInLock: 0 });
});

test('S11 the lock stands after a restart and lets the right code through only when it is over', async () => {
  const first = await openEngine();
  await protectedOwner(first);
  const pending = await pendingSignIn(first);
  await guessPasswords(first, 10);
  await first.deps.store.close();

  const second = await openEngine({ folder: first.folder, clock: first.clock });
  const resumed = personAt(second);
  resumed.jar.pending = pending.jar.pending;
  const answer = { method: 'email' as const, challengeId: pending.challengeId, code: pending.code };
  expect(await verdictOf(resumed.api.open.signIn.prove(answer))).toEqual({
    kind: 'refused',
    code: 'locked',
    data: { until: second.clock.now() + 15 * MINUTE },
  });
  await expectRefusal(resumed.api.open.signIn.sendCode({ method: 'email' }), 'methodUnavailable');
  second.clock.advance(15 * MINUTE);
  await fullySignedIn(second);
});

test('S11 a lock is evaded neither through a step-up nor through a change of password, whatever is right', async () => {
  const engine = await openEngine();
  const { owner, codes } = await protectedOwner(engine);
  const mailed = await mailedProof(engine, owner, 'disable');
  await guessPasswords(engine, 10);
  const currentPassword = OWNER.password;
  const proofs = [mailed, { method: 'recoveryCode' as const, code: codes[0] ?? '' }];
  for (const proof of proofs) {
    await expectRefusal(owner.api.self.twoStep.disable({ currentPassword, proof }), 'locked');
    await expectRefusal(owner.api.self.twoStep.newRecoveryCodes({ currentPassword, proof }), 'locked');
  }
  await expectRefusal(owner.api.self.password.change({ currentPassword, ...NEXT }), 'locked');
  expect((await owner.api.self.twoStep.status()).recoveryCodes.left).toBe(10);
});

test('S11 a step-up is no way to go on guessing passwords or codes', async () => {
  const engine = await openEngine();
  const { owner } = await protectedOwner(engine);
  const { challengeId, code } = await mailedProof(engine, owner, 'disable');
  const words: string[] = [];
  for (let guess = 0; guess < 14; guess += 1) {
    const wrong = ((Number(code) + 1 + guess) % 1_000_000).toString().padStart(6, '0');
    const proof = { method: 'email' as const, challengeId, code: wrong };
    const currentPassword = guess < 3 ? OWNER.password : `${WRONG} ${guess}`;
    words.push(wordFor(await verdictOf(owner.api.self.twoStep.disable({ currentPassword, proof }))));
  }
  expect(words).toEqual([
    ...Array(3).fill('codeRejected'),
    ...Array(7).fill('currentPasswordRejected'),
    ...Array(4).fill('locked'),
  ]);
});

test('S11 a code for enabling is not weighed during a lock', async () => {
  const engine = await openEngine();
  const owner = await signedInOwner(engine);
  const { challengeId } = await owner.api.self.twoStep.sendEnableCode({ method: 'email' });
  const code = await engine.codeFor(OWNER.email);
  await guessPasswords(engine, 10);
  await expectRefusal(owner.api.self.twoStep.enable({ challengeId, code }), 'locked');
  expect((await accountOf(engine)).twoStep).toBe('off');
});

test('R42 a recovery code after the right password gets its owner in during a lock, a wrong one does not', async () => {
  const engine = await openEngine();
  const { codes } = await protectedOwner(engine);
  await guessPasswords(engine, 10);
  const { api } = personAt(engine);
  expect(await api.open.signIn.withPassword(CREDENTIALS)).toEqual({ next: 'secondStep' });
  expect(await api.open.signIn.pending()).toMatchObject({
    methods: ['recoveryCode'],
    code: null,
    lockedUntil: engine.clock.now() + 15 * MINUTE,
  });
  await expectRefusal(api.open.signIn.prove({ method: 'recoveryCode', code: '0'.repeat(20) }), 'recoveryCodeRejected');
  expect(await api.open.signIn.prove({ method: 'recoveryCode', code: codes[0] ?? '' })).toEqual({
    recoveryCodesLeft: 9,
  });
});

test('S11 without two-step verification the right password is told of the lock, and past ten tries nothing is', async () => {
  const engine = await openEngine();
  await signedInOwner(engine);
  await guessPasswords(engine, 10);
  await expectRefusal(personAt(engine).api.open.signIn.withPassword(CREDENTIALS), 'locked');
  await guessPasswords(engine, 10);
  await expectRefusal(personAt(engine).api.open.signIn.withPassword(CREDENTIALS), 'signInRejected');
  expect(await auditTally(engine)).toMatchObject({ passwordRejected: 21, signInLocked: 1 });
});

test("S11 hammering one account locks no other, and does not lengthen the owner's lock", async () => {
  const engine = await openEngine();
  await signedInOwner(engine);
  await addAccount(engine);
  await guessPasswords(engine, 10);
  const { lockedUntil } = (await accountOf(engine)).throttle;
  engine.clock.advance(14 * MINUTE);
  await guessPasswords(engine, 15);
  expect((await accountOf(engine)).throttle.lockedUntil).toBe(lockedUntil);
  expect(await personAt(engine).api.open.signIn.withPassword({ email: BEN.email, password: BEN.password })).toEqual({
    next: 'signedIn',
  });
});

test('S11 each further ten failures lock for longer: 15 minutes, 30, then an hour each time', async () => {
  const engine = await openEngine();
  await signedInOwner(engine);
  for (const minutes of [15, 30, 60, 60]) {
    await guessPasswords(engine, 10);
    expect((await accountOf(engine)).throttle.lockedUntil - engine.clock.now()).toBe(minutes * MINUTE);
    engine.clock.advance(minutes * MINUTE);
  }
});
