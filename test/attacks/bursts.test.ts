import { expect, test } from 'vitest';
import { drawCode } from '../../src-main/domain/code.ts';
import { openEngine } from '../support/engine.ts';
import { OWNER, otherThan, personAt, signedInOwner } from '../support/person.ts';
import { auditTally } from './support/audit.ts';
import {
  accountOf,
  copiesOf,
  fullySignedIn,
  mailedProof,
  pendingSignIn,
  protectedOwner,
  sessionsOf,
} from './support/people.ts';
import { expectRefusal, tally, times } from './support/verdict.ts';
import { countWork } from './support/work.ts';

test('S7 of twenty parallel submits of one right code, exactly one signs in', async () => {
  const engine = await openEngine();
  await protectedOwner(engine);
  const before = await sessionsOf(engine);
  const { challengeId, code, ...pending } = await pendingSignIn(engine);
  const copies = copiesOf(engine, pending, 20);
  const results = copies.map(({ api }) => api.open.signIn.prove({ method: 'email', challengeId, code }));
  expect(await tally(results)).toEqual({ done: 1, signInExpired: 19 });
  expect(copies.filter(({ jar }) => jar.session !== null)).toHaveLength(1);
  expect(await sessionsOf(engine)).toBe(before + 1);
  expect(await auditTally(engine)).toMatchObject({ signedIn: 1, codeRejected: 19 });
});

test('S7 of twenty parallel submits of one right code for enabling, one enables, and its recovery codes are the ones that work', async () => {
  const engine = await openEngine();
  const owner = await signedInOwner(engine);
  const { challengeId } = await owner.api.self.twoStep.sendEnableCode({ method: 'email' });
  const code = await engine.codeFor(OWNER.email);
  const copies = copiesOf(engine, owner, 20);
  const shown: (readonly string[])[] = [];
  const results = copies.map(async ({ api }) => {
    const { recoveryCodes } = await api.self.twoStep.enable({ challengeId, code });
    shown.push(recoveryCodes);
  });
  expect(await tally(results)).toMatchObject({ done: 1 });
  expect(await auditTally(engine)).toMatchObject({ twoStepEnabled: 1 });
  expect(await sessionsOf(engine)).toBe(1);
  const pending = await pendingSignIn(engine);
  const recoveryCode = shown[0]?.[9] ?? '';
  await pending.api.open.signIn.prove({ method: 'recoveryCode', code: recoveryCode });
});

test.each(['disable', 'newRecoveryCodes'] as const)(
  'S7 of twenty parallel submits of one right proof for %s, exactly one counts',
  async (act) => {
    const engine = await openEngine();
    const { owner } = await protectedOwner(engine);
    const proof = await mailedProof(engine, owner, act);
    const stepUp = { currentPassword: OWNER.password, proof };
    const copies = copiesOf(engine, owner, 20);
    expect(await tally(copies.map(({ api }) => api.self.twoStep[act](stepUp)))).toMatchObject({ done: 1 });
    const audited = await auditTally(engine);
    expect((audited.twoStepDisabled ?? 0) + (audited.recoveryCodesReplaced ?? 0)).toBe(1);
    expect((audited.stepUpRejected ?? 0) + (audited.accessDenied ?? 0)).toBe(19);
    expect(copies.filter(({ jar }) => jar.session !== owner.jar.session)).toHaveLength(1);
    expect((await accountOf(engine)).throttle).toEqual({ failures: 0, lockedUntil: 0, triesInLock: 0 });
  },
);

test('S9 of twenty parallel submits of one recovery code in one sign-in, exactly one signs in', async () => {
  const engine = await openEngine();
  const { codes } = await protectedOwner(engine);
  const copies = copiesOf(engine, await pendingSignIn(engine), 20);
  const answer = { method: 'recoveryCode' as const, code: codes[0] ?? '' };
  expect(await tally(copies.map(({ api }) => api.open.signIn.prove(answer)))).toMatchObject({ done: 1 });
  expect(copies.filter(({ jar }) => jar.session !== null)).toHaveLength(1);
  const { id } = await accountOf(engine);
  expect(await engine.read((tx) => tx.recoveryCodes.counts(id))).toEqual({ left: 9, total: 10 });
});

test('S9 of one recovery code in twenty sign-ins at once, exactly one signs in', async () => {
  const engine = await openEngine();
  const { codes } = await protectedOwner(engine);
  const people = [];
  for (const _ of times(20, () => null)) {
    const person = personAt(engine);
    await person.api.open.signIn.withPassword({ email: OWNER.email, password: OWNER.password });
    people.push(person);
  }
  const answer = { method: 'recoveryCode' as const, code: codes[0] ?? '' };
  expect(await tally(people.map(({ api }) => api.open.signIn.prove(answer)))).toEqual({
    done: 1,
    recoveryCodeRejected: 19,
  });
  const { id } = await accountOf(engine);
  expect(await engine.read((tx) => tx.recoveryCodes.counts(id))).toEqual({ left: 9, total: 10 });
});

test('S9 one recovery code used at once for a sign-in and for switching off serves one of them', async () => {
  const engine = await openEngine();
  const { codes } = await protectedOwner(engine);
  const session = await fullySignedIn(engine);
  const pending = await pendingSignIn(engine);
  const proof = { method: 'recoveryCode' as const, code: codes[0] ?? '' };
  const results = await tally([
    pending.api.open.signIn.prove(proof),
    session.api.self.twoStep.disable({ currentPassword: OWNER.password, proof }),
  ]);
  expect(results).toMatchObject({ done: 1 });
});

test('S10 of a burst of fifty wrong codes, five are weighed and the challenge is burnt', async () => {
  const engine = await openEngine();
  await protectedOwner(engine);
  const { api, challengeId, code } = await pendingSignIn(engine);
  const wrong = times(50, (index) => drawCode(() => (Number(code) + index + 1) % 1_000_000));
  const burst = wrong.map((guess) => api.open.signIn.prove({ method: 'email', challengeId, code: guess }));
  expect(await tally(burst)).toEqual({ codeRejected: 4, challengeBurnt: 46 });
  await expectRefusal(api.open.signIn.prove({ method: 'email', challengeId, code }), 'challengeBurnt');
  expect((await accountOf(engine)).throttle).toEqual({ failures: 5, lockedUntil: 0, triesInLock: 0 });
});

test('S10 of a burst of fifty wrong recovery codes in one sign-in, five are weighed', async () => {
  const engine = await openEngine();
  const { codes } = await protectedOwner(engine);
  const pending = await pendingSignIn(engine);
  const { counted, work } = countWork(engine);
  const [{ api } = pending] = copiesOf(counted, pending, 1);
  const right = codes[0] ?? '';
  const guesses = times(50, (index) => `${right.slice(0, 4)}${String(index).padStart(16, '0')}`);
  const burst = await tally(guesses.map((code) => api.open.signIn.prove({ method: 'recoveryCode', code })));
  expect(burst).toEqual({ recoveryCodeRejected: 50 });
  expect(work.verify).toBe(5);
  await expectRefusal(api.open.signIn.prove({ method: 'recoveryCode', code: right }), 'recoveryCodeRejected');
});

test('S10 of a burst of fifty wrong passwords, ten lock the account and ten more are weighed', async () => {
  const engine = await openEngine();
  await signedInOwner(engine);
  const { counted, work } = countWork(engine);
  const { api } = personAt(counted);
  const burst = times(50, (index) =>
    api.open.signIn.withPassword({ email: OWNER.email, password: `wrong password ${index}` }),
  );
  expect(await tally(burst)).toEqual({ signInRejected: 50 });
  expect([work.verify, work.pretend]).toEqual([20, 30]);
  expect((await accountOf(engine)).throttle).toMatchObject({ failures: 10, triesInLock: 10 });
  const letters = await engine.letters();
  expect(letters.filter(({ message }) => message.kind === 'accountLocked')).toHaveLength(1);
});

test('S10 of a burst of fifty wrong current passwords in a session, ten are weighed', async () => {
  const engine = await openEngine();
  const { owner } = await protectedOwner(engine);
  const { counted, work } = countWork(engine);
  const [{ api } = owner] = copiesOf(counted, owner, 1);
  const acts = times(50, (index) => {
    const currentPassword = `wrong password ${index}`;
    const change = { currentPassword, newPassword: 'a brand new phrase', confirmPassword: 'a brand new phrase' };
    const proof = { method: 'recoveryCode' as const, code: 'none' };
    return index % 2 ? api.self.password.change(change) : api.self.twoStep.disable({ currentPassword, proof });
  });
  expect(await tally(acts)).toEqual({ currentPasswordRejected: 10, locked: 40 });
  expect(work.verify).toBe(10);
});

test('S11 right passwords given at once, of which one counts, leave no failure behind and no lock', async () => {
  const engine = await openEngine();
  const owner = await signedInOwner(engine);
  const next = { newPassword: 'a brand new phrase', confirmPassword: 'a brand new phrase' };
  const changes = copiesOf(engine, owner, 15).map(({ api }) =>
    api.self.password.change({ currentPassword: OWNER.password, ...next }),
  );
  expect(await tally(changes)).toMatchObject({ done: 1 });
  expect((await accountOf(engine)).throttle).toMatchObject({ failures: 0, lockedUntil: 0 });
});

test('S10 the same wrong code sent twice in a row counts once, but not across challenges', async () => {
  const engine = await openEngine();
  await protectedOwner(engine);
  for (const failures of [1, 2]) {
    const { api, challengeId, code } = await pendingSignIn(engine);
    const answer = { method: 'email' as const, challengeId, code: otherThan(code) };
    expect(await tally(times(20, () => api.open.signIn.prove(answer)))).toEqual({ codeRejected: 20 });
    expect((await accountOf(engine)).throttle.failures).toBe(failures);
  }
});
