import { expect, test } from 'vitest';
import { type Engine, openEngine } from '../../support/engine.ts';
import {
  letterKinds,
  mailedAnswer,
  mailedProof,
  ownerAfterPassword,
  ownerByCode,
  stepUpBy,
} from '../../support/flows.ts';
import {
  CREDENTIALS,
  enableTwoStep,
  OWNER,
  otherThan,
  personAt,
  refusalOf,
  signedInOwner,
} from '../../support/person.ts';

const MINUTE = 60_000;
const WRONG = { ...CREDENTIALS, password: 'not my password' };

/** Tries that many wrong passwords, whatever comes of them. */
async function hammer(engine: Engine, times: number): Promise<void> {
  for (let i = 0; i < times; i += 1) await refusalOf(personAt(engine).api.open.signIn.withPassword(WRONG));
}

async function throttleOf(engine: Engine) {
  return engine.read(async (tx) => (await tx.accounts.findByEmailKey(OWNER.email))?.throttle);
}

async function passwordGives(engine: Engine): Promise<string> {
  const call = personAt(engine).api.open.signIn.withPassword(CREDENTIALS);
  return call.then(({ next }) => next).catch(async (error) => (await refusalOf(Promise.reject(error))).code);
}

test('R42 nine failures lock nothing, the tenth locks for a quarter of an hour, to the millisecond', async () => {
  const engine = await openEngine();
  await signedInOwner(engine);
  await hammer(engine, 9);
  expect(await throttleOf(engine)).toEqual({ failures: 9, lockedUntil: 0, triesInLock: 0 });
  await hammer(engine, 1);
  const until = engine.clock.now() + 15 * MINUTE;
  expect(await throttleOf(engine)).toEqual({ failures: 10, lockedUntil: until, triesInLock: 0 });
  engine.clock.advance(15 * MINUTE - 1);
  expect(await passwordGives(engine)).toBe('locked');
  engine.clock.advance(1);
  expect(await passwordGives(engine)).toBe('signedIn');
  expect(await throttleOf(engine)).toEqual({ failures: 0, lockedUntil: 0, triesInLock: 0 });
});

test('R42 locks grow: fifteen minutes, thirty, an hour and again an hour', async () => {
  const engine = await openEngine();
  await signedInOwner(engine);
  const lengths: number[] = [];
  for (let round = 0; round < 4; round += 1) {
    await hammer(engine, 10);
    const { lockedUntil = 0 } = (await throttleOf(engine)) ?? {};
    lengths.push((lockedUntil - engine.clock.now()) / MINUTE);
    engine.clock.advance(lockedUntil - engine.clock.now());
  }
  expect(lengths).toEqual([15, 30, 60, 60]);
  expect(await throttleOf(engine)).toMatchObject({ failures: 40 });
});

test('R42 S11 failures of every kind add up on one counter, and neither codes sent anew nor restarts reset it', async () => {
  const engine = await openEngine();
  const owner = await signedInOwner(engine);
  await enableTwoStep(engine, owner);
  await hammer(engine, 2); // 2
  const pending = await ownerAfterPassword(engine, 'web');
  const answer = await mailedAnswer(engine, pending);
  await refusalOf(pending.api.open.signIn.prove({ ...answer, code: otherThan(answer.code) })); // 3
  await refusalOf(pending.api.open.signIn.prove({ method: 'recoveryCode', code: 'x' })); // 4
  engine.clock.advance(MINUTE);
  await pending.api.open.signIn.sendCode({ method: 'email' });
  const resent = await mailedAnswer(engine, pending);
  await refusalOf(pending.api.open.signIn.prove({ ...resent, code: otherThan(resent.code) })); // 5
  await refusalOf(owner.api.self.twoStep.disable(stepUpBy('x', 'not my password'))); // 6
  await refusalOf(owner.api.self.twoStep.disable(stepUpBy('x'))); // 7
  const proof = await mailedProof(engine, owner, 'disable');
  const wrongProof = { ...proof, code: otherThan(proof.code) };
  await refusalOf(owner.api.self.twoStep.disable({ currentPassword: OWNER.password, proof: wrongProof })); // 8
  const change = { currentPassword: 'no', newPassword: 'a brand new secret', confirmPassword: 'a brand new secret' };
  await refusalOf(owner.api.self.password.change(change)); // 9
  expect(await throttleOf(engine)).toMatchObject({ failures: 9, lockedUntil: 0 });

  await engine.deps.store.close();
  const restarted = await openEngine({ folder: engine.folder, clock: engine.clock });
  await hammer(restarted, 1); // 10
  expect(await throttleOf(restarted)).toMatchObject({ failures: 10, lockedUntil: engine.clock.now() + 15 * MINUTE });
});

test('R42 S13 hammering a locked account does not lengthen the lock', async () => {
  const engine = await openEngine();
  await signedInOwner(engine);
  await hammer(engine, 10);
  const locked = await throttleOf(engine);
  await hammer(engine, 30);
  expect(await throttleOf(engine)).toEqual({ ...locked, triesInLock: 10 });
  engine.clock.advance(15 * MINUTE);
  expect(await passwordGives(engine)).toBe('signedIn');
});

test('R42 S13 during a lock the right password with a recovery code gets the owner in and lifts the lock', async () => {
  const engine = await openEngine();
  const [code] = await enableTwoStep(engine, await signedInOwner(engine));
  await hammer(engine, 10);
  const person = await ownerAfterPassword(engine);
  await person.api.open.signIn.prove({ method: 'recoveryCode', code });
  expect(await throttleOf(engine)).toEqual({ failures: 0, lockedUntil: 0, triesInLock: 0 });
  expect(await passwordGives(engine)).toBe('secondStep');
});

test('R42 during a lock a mailed code is refused unweighed, and works once the lock is over', async () => {
  const engine = await openEngine();
  await enableTwoStep(engine, await signedInOwner(engine));
  await hammer(engine, 9);
  const person = await ownerAfterPassword(engine);
  const answer = await mailedAnswer(engine, person);
  const wrong = { ...answer, code: otherThan(answer.code) };
  await refusalOf(person.api.open.signIn.prove(wrong)); // the tenth
  const until = engine.clock.now() + 15 * MINUTE;
  expect(await refusalOf(person.api.open.signIn.prove(answer))).toEqual({ code: 'locked', data: { until } });
  expect(await refusalOf(person.api.open.signIn.sendCode({ method: 'email' }))).toMatchObject({
    code: 'methodUnavailable',
  });
  engine.clock.advance(15 * MINUTE);
  const later = await ownerByCode(engine);
  expect(await later.api.self.me()).toMatchObject({ twoStep: 'active' });
});

test('R42 a lock stops step-up and change of password too, but not the session', async () => {
  const engine = await openEngine();
  const owner = await signedInOwner(engine);
  const [code] = await enableTwoStep(engine, owner);
  await hammer(engine, 10);
  const newPassword = 'a brand new secret';
  for (const call of [
    () => owner.api.self.twoStep.disable(stepUpBy(code)),
    () => owner.api.self.twoStep.newRecoveryCodes(stepUpBy(code)),
    () =>
      owner.api.self.password.change({ currentPassword: OWNER.password, newPassword, confirmPassword: newPassword }),
  ]) {
    expect(await refusalOf(call())).toEqual({ code: 'locked', data: { until: engine.clock.now() + 15 * MINUTE } });
  }
  expect(await owner.api.self.me()).toMatchObject({ twoStep: 'active' });
  expect(await throttleOf(engine)).toMatchObject({ failures: 10, triesInLock: 0 });
});

test('R42 the owner is told of each lock once, by letter, with its end', async () => {
  const engine = await openEngine();
  await signedInOwner(engine);
  await hammer(engine, 20);
  expect(await letterKinds(engine)).toEqual(['accountLocked']);
  expect((await engine.letters())[0]).toMatchObject({
    to: OWNER.email,
    message: { at: engine.clock.now(), until: engine.clock.now() + 15 * MINUTE },
  });
  engine.clock.advance(15 * MINUTE);
  await hammer(engine, 10);
  expect(await letterKinds(engine)).toEqual(['accountLocked', 'accountLocked']);
});

test('R42 only a full sign-in takes failures off: the right password alone does not', async () => {
  const engine = await openEngine();
  await enableTwoStep(engine, await signedInOwner(engine));
  await hammer(engine, 5);
  const person = await ownerAfterPassword(engine);
  expect(await throttleOf(engine)).toEqual({ failures: 5, lockedUntil: 0, triesInLock: 0 });
  await person.api.open.signIn.prove(await mailedAnswer(engine, person));
  expect(await throttleOf(engine)).toEqual({ failures: 0, lockedUntil: 0, triesInLock: 0 });
});

test('R42 failures of one account are not held against another', async () => {
  const engine = await openEngine();
  await signedInOwner(engine);
  for (let i = 0; i < 12; i += 1) {
    const unknown = { email: 'nobody@example.org', password: 'x' };
    await refusalOf(personAt(engine).api.open.signIn.withPassword(unknown));
  }
  expect(await throttleOf(engine)).toEqual({ failures: 0, lockedUntil: 0, triesInLock: 0 });
});
