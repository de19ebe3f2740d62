import { expect, test } from 'vitest';
import type { PasswordHash } from '../../src-main/ports/password-hash.ts';
import { type Engine, openEngine } from '../support/engine.ts';
import { CREDENTIALS, enableTwoStep, OWNER, personAt, signedInOwner } from '../support/person.ts';
import { auditTally } from './support/audit.ts';
import {
  accountOf,
  copiesOf,
  fullySignedIn,
  mailedProof,
  pendingSignIn,
  protectedOwner,
  sessionsOf,
  signedIn,
  withDeps,
} from './support/people.ts';
import { expectRefusal, tally, times, verdictOf, wordFor } from './support/verdict.ts';

const NEXT = { newPassword: 'a brand new phrase', confirmPassword: 'a brand new phrase' };

/** The engine with password answers held back until `release`: the time a real hash takes, as long as a test needs it. */
function heldHash(engine: Engine): { slow: Engine; weighing: Promise<void>; release(): void } {
  const { passwordHash } = engine.deps;
  let begun = () => {};
  let release = () => {};
  const weighing = new Promise<void>((resolve) => {
    begun = resolve;
  });
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  const slowly: PasswordHash = {
    ...passwordHash,
    async verify(encoded, secret) {
      begun();
      await held;
      return passwordHash.verify(encoded, secret);
    },
  };
  return { slow: withDeps(engine, { passwordHash: slowly }), weighing, release };
}

test('S15 a password changed while the old one is being weighed admits nobody', async () => {
  const engine = await openEngine();
  const owner = await signedInOwner(engine);
  const { slow, weighing, release } = heldHash(engine);
  const late = personAt(slow);
  const signIn = verdictOf(late.api.open.signIn.withPassword(CREDENTIALS));
  await weighing;
  await owner.api.self.password.change({ currentPassword: OWNER.password, ...NEXT });
  release();
  expect(wordFor(await signIn)).toBe('signInRejected');
  expect(late.jar).toEqual({ session: null, pending: null });
});

test('S15 two-step verification enabled while the password is being weighed asks for the second step', async () => {
  const engine = await openEngine();
  const owner = await signedInOwner(engine);
  const { slow, weighing, release } = heldHash(engine);
  const late = personAt(slow);
  const signIn = late.api.open.signIn.withPassword(CREDENTIALS);
  await weighing;
  await enableTwoStep(engine, owner);
  release();
  expect(await signIn).toEqual({ next: 'secondStep' });
  expect(late.jar.session).toBeNull();
});

test('S15 new recovery codes made while an old one is being weighed void it', async () => {
  const engine = await openEngine();
  const { owner, codes } = await protectedOwner(engine);
  const pending = await pendingSignIn(engine);
  const { slow, weighing, release } = heldHash(engine);
  const [late = pending] = copiesOf(slow, pending, 1);
  const prove = verdictOf(late.api.open.signIn.prove({ method: 'recoveryCode', code: codes[0] ?? '' }));
  await weighing;
  const proof = await mailedProof(engine, owner, 'newRecoveryCodes');
  await owner.api.self.twoStep.newRecoveryCodes({ currentPassword: OWNER.password, proof });
  release();
  expect(wordFor(await prove)).toBe('signInExpired');
  expect((await owner.api.self.twoStep.status()).recoveryCodes.left).toBe(10);
});

test.each(['disable', 'newRecoveryCodes', 'password'] as const)(
  'S27 a session that is ended while its step-up (%s) is being weighed does nothing any more',
  async (act) => {
    const engine = await openEngine();
    const { owner } = await protectedOwner(engine);
    const thief = await fullySignedIn(engine);
    const proof = await mailedProof(engine, thief, act === 'disable' ? 'disable' : 'newRecoveryCodes');
    const { slow, weighing, release } = heldHash(engine);
    const [{ api } = thief] = copiesOf(slow, thief, 1);
    const currentPassword = OWNER.password;
    const attempt = verdictOf(
      act === 'password'
        ? api.self.password.change({ currentPassword, ...NEXT })
        : api.self.twoStep[act]({ currentPassword, proof }),
    );
    await weighing;
    await owner.api.self.sessions.endOthers();
    release();
    expect(wordFor(await attempt)).toBe('notSignedIn');
    expect((await accountOf(engine)).epoch).toBe(2);
    expect(await owner.api.self.twoStep.status()).toMatchObject({ state: 'active', recoveryCodes: { left: 10 } });
    expect((await accountOf(engine)).throttle).toEqual({ failures: 0, lockedUntil: 0, triesInLock: 0 });
  },
);

test('S27 a session that is ended while it enables enables nothing', async () => {
  const engine = await openEngine();
  const owner = await signedInOwner(engine);
  const thief = await signedIn(engine);
  const { challengeId } = await thief.api.self.twoStep.sendEnableCode({ method: 'email' });
  const code = await engine.codeFor(OWNER.email);
  const { passwordHash } = engine.deps;
  const endingFirst: PasswordHash = {
    ...passwordHash,
    async hash(secret, kind) {
      await owner.api.self.sessions.endOthers();
      return passwordHash.hash(secret, kind);
    },
  };
  const [seat = thief] = copiesOf(withDeps(engine, { passwordHash: endingFirst }), thief, 1);
  await expectRefusal(seat.api.self.twoStep.enable({ challengeId, code }), 'notSignedIn');
  expect((await accountOf(engine)).twoStep).toBe('off');
});

test('S7 S27 twenty right answers while another window switches off: one act wins, and what it says holds', async () => {
  const engine = await openEngine();
  const { owner } = await protectedOwner(engine);
  const { challengeId, code, ...pending } = await pendingSignIn(engine);
  const proof = await mailedProof(engine, owner, 'disable');
  const copies = copiesOf(engine, pending, 20);
  const calls = copies.map(({ api }) => api.open.signIn.prove({ method: 'email', challengeId, code }));
  const disable = owner.api.self.twoStep.disable({ currentPassword: OWNER.password, proof });
  const answers = await tally(calls);
  await disable;
  expect(answers.done ?? 0).toBeLessThanOrEqual(1);
  expect((await accountOf(engine)).twoStep).toBe('off');
  for (const { api, jar } of copies) {
    if (jar.session !== null) await expectRefusal(api.self.me(), 'notSignedIn');
  }
  expect(await sessionsOf(engine)).toBe(1);
  expect(await auditTally(engine)).toMatchObject({ twoStepDisabled: 1 });
});

test('S7 enabling in two sessions at once: one set of recovery codes, one enabled entry, the other is refused', async () => {
  const engine = await openEngine();
  const first = await signedInOwner(engine);
  const second = await signedIn(engine);
  const one = await first.api.self.twoStep.sendEnableCode({ method: 'email' });
  const oneCode = await engine.codeFor(OWNER.email);
  const two = await second.api.self.twoStep.sendEnableCode({ method: 'email' });
  const twoCode = await engine.codeFor(OWNER.email);
  const results = await Promise.all([
    verdictOf(first.api.self.twoStep.enable({ challengeId: one.challengeId, code: oneCode })),
    verdictOf(second.api.self.twoStep.enable({ challengeId: two.challengeId, code: twoCode })),
  ]);
  expect(results.filter(({ kind }) => kind === 'done')).toHaveLength(1);
  expect(await auditTally(engine)).toMatchObject({ twoStepEnabled: 1 });
  const { id } = await accountOf(engine);
  expect(await engine.read((tx) => tx.recoveryCodes.counts(id))).toEqual({ left: 10, total: 10 });
  expect(await engine.read((tx) => tx.factors.listFor(id))).toHaveLength(1);
  expect(await sessionsOf(engine)).toBe(1);
});

test('S27 switching off and new recovery codes at once in two sessions: one wins, the other is signed out', async () => {
  const engine = await openEngine();
  await protectedOwner(engine);
  const [first, second] = [await fullySignedIn(engine), await fullySignedIn(engine)];
  const off = await mailedProof(engine, first, 'disable');
  const renew = await mailedProof(engine, second, 'newRecoveryCodes');
  const currentPassword = OWNER.password;
  const words = await tally([
    first.api.self.twoStep.disable({ currentPassword, proof: off }),
    second.api.self.twoStep.newRecoveryCodes({ currentPassword, proof: renew }),
  ]);
  expect(words).toEqual({ done: 1, notSignedIn: 1 });
  expect(await sessionsOf(engine)).toBe(1);
  const { id, twoStep } = await accountOf(engine);
  const { total } = await engine.read((tx) => tx.recoveryCodes.counts(id));
  expect(total).toBe(twoStep === 'off' ? 0 : 10);
});

test('S15 the password changed in two windows at once is one of the two, and opens', async () => {
  const engine = await openEngine();
  const owner = await signedInOwner(engine);
  const passwords = ['the first new phrase', 'the second new phrase'];
  const changes = copiesOf(engine, owner, 2).map(({ api }, index) => {
    const newPassword = passwords[index] ?? '';
    return api.self.password.change({ currentPassword: OWNER.password, newPassword, confirmPassword: newPassword });
  });
  expect(await tally(changes)).toMatchObject({ done: 1 });
  const opened = [];
  for (const password of [OWNER.password, ...passwords]) {
    const call = personAt(engine).api.open.signIn.withPassword({ email: OWNER.email, password });
    opened.push((await verdictOf(call)).kind);
  }
  expect(opened.filter((kind) => kind === 'done')).toHaveLength(1);
  expect(opened[0]).toBe('refused');
});

test('S40 of twenty first runs at once, one sets up, and its owner is the only one', async () => {
  const engine = await openEngine();
  const people = times(20, () => personAt(engine));
  const runs = people.map(({ api }, index) =>
    api.open.setUp({
      workspaceName: `Workspace ${index}`,
      name: `Owner ${index}`,
      email: `owner${index}@example.org`,
      password: OWNER.password,
      confirmPassword: OWNER.password,
      template: 'strong',
    }),
  );
  expect(await tally(runs)).toEqual({ done: 1, alreadySetUp: 19 });
  expect(people.filter(({ jar }) => jar.session !== null)).toHaveLength(1);
  expect(await engine.read((tx) => tx.accounts.count())).toBe(1);
  expect(await auditTally(engine)).toEqual({ workspaceCreated: 1, accessDenied: 19 });
});

test('S61 of twenty requests for a code at once, one is sent', async () => {
  const engine = await openEngine();
  const { owner } = await protectedOwner(engine);
  const { api } = await pendingSignIn(engine);
  engine.clock.advance(60_000);
  const before = (await engine.letters()).length;
  expect(await tally(times(20, () => api.open.signIn.sendCode({ method: 'email' })))).toEqual({
    done: 1,
    resendTooSoon: 19,
  });
  const proofs = times(20, () => owner.api.self.twoStep.sendProofCode({ purpose: 'disable' }));
  expect(await tally(proofs)).toEqual({ done: 1, resendTooSoon: 19 });
  expect((await engine.letters()).length).toBe(before + 2);
});

test('S27 two sessions that sign each other out at once do not both go on', async () => {
  const engine = await openEngine();
  await protectedOwner(engine);
  const [first, second] = [await fullySignedIn(engine), await fullySignedIn(engine)];
  await tally([first.api.self.sessions.endOthers(), second.api.self.sessions.endOthers()]);
  expect(await sessionsOf(engine)).toBeLessThanOrEqual(1);
});
