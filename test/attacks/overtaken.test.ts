import { expect, test } from 'vitest';
import { DAY } from '../../src-main/domain/values.ts';
import type { PasswordHash } from '../../src-main/ports/password-hash.ts';
import { sendPolicyCode } from '../../src-main/use-cases/policy/confirm-act.ts';
import { rename } from '../../src-main/use-cases/profile/rename.ts';
import { authenticate } from '../../src-main/use-cases/sessions/authenticate.ts';
import { sendEnableCode, sendProofCode } from '../../src-main/use-cases/two-step/send-enable-code.ts';
import { type Engine, openEngine } from '../support/engine.ts';
import { type Person, personAt } from '../support/person.ts';
import { type Colleague, colleague, ownerOf } from '../support/staff.ts';
import { changePolicyTo, policyProof } from '../use-cases/policy/admin.ts';
import { auditedBy } from './support/audit.ts';
import { pendingSignIn, withDeps } from './support/people.ts';
import { expectRefusal } from './support/verdict.ts';

const YEAR = 365 * DAY;

/** The engine with passwords that take as long to weigh as the test wants, for whoever is seated before it. */
function slowPasswords(engine: Engine): { slow: Engine; weighed: Promise<void>; goOn: () => void } {
  let [goOn, begun] = [() => {}, () => {}];
  const held = new Promise<void>((resolve) => (goOn = resolve));
  const weighed = new Promise<void>((resolve) => (begun = resolve));
  const passwordHash: PasswordHash = {
    ...engine.deps.passwordHash,
    async verify(encoded, secret) {
      begun();
      await held;
      return engine.deps.passwordHash.verify(encoded, secret);
    },
  };
  return { slow: withDeps(engine, { passwordHash }), weighed, goOn };
}

/** The owner, signed in after the clock has leapt a year ahead. */
async function aYearAhead(engine: Engine, owner: Colleague): Promise<Person> {
  engine.clock.advance(YEAR);
  const { challengeId, code, ...back } = await pendingSignIn(engine, owner);
  await back.api.open.signIn.prove({ method: 'email', challengeId, code });
  return back;
}

/** What it takes to accept that the clock was set right. */
async function clockProof(engine: Engine, { api }: Person, { email }: Colleague) {
  const { challengeId } = await api.self.twoStep.sendProofCode({ purpose: 'clock' });
  return { method: 'email' as const, challengeId, code: await engine.codeFor(email) };
}

/** A clock that ran a year ahead and was set right; the owner says so while Mel's password is being weighed. */
async function overtakenByTheClock(engine: Engine, owner: Colleague, mel: Colleague): Promise<Person> {
  const truth = engine.clock.now();
  const back = await aYearAhead(engine, owner);
  engine.clock.claim(truth);
  const proof = await clockProof(engine, back, owner);
  const { slow, weighed, goOn } = slowPasswords(engine);
  const person = personAt(slow);
  const signIn = person.api.open.signIn.withPassword({ email: mel.email, password: mel.password });
  await weighed;
  await back.api.admin.clock.accept({ currentPassword: owner.password, proof });
  goOn();
  await signIn;
  expect(engine.clock.now()).toBe(truth);
  return person;
}

test('S37 a sign-in that began under the wrong time opens no session that would last for as long as that was wrong', async () => {
  const engine = await openEngine();
  const owner = await ownerOf(engine);
  const mel = await colleague(engine, 'member', { name: 'Mel Member', twoStep: 'off' });
  const person = await overtakenByTheClock(engine, owner, mel);
  expect((await person.api.open.welcome()).stage).toBe('signIn');
  engine.clock.advance(2 * DAY);
  await expectRefusal(person.api.self.me(), 'notSignedIn');
});

test('S37 nor a second step that could be answered for as long', async () => {
  const engine = await openEngine();
  const owner = await ownerOf(engine);
  const mel = await colleague(engine, 'member', { name: 'Mel Member' });
  await changePolicyTo(engine, owner, { trust: '30d' });
  const person = await overtakenByTheClock(engine, owner, mel);
  await expectRefusal(person.api.open.signIn.pending(), 'signInExpired');
});

test('S37 R37 more time that was given under the wrong time is as long as it was meant, and no year longer', async () => {
  const engine = await openEngine({ sealed: true });
  const owner = await ownerOf(engine);
  const mel = await colleague(engine, 'member', { name: 'Mel Member', twoStep: 'off' });
  await changePolicyTo(engine, owner, { enforcement: 'required', complianceDays: 0, afterDeadline: 'block' });
  const truth = engine.clock.now();
  const back = await aYearAhead(engine, owner);
  const wish = { kind: 'extension' as const, reason: 'Away', until: engine.clock.now() + 30 * DAY };
  const granted = { target: { accountId: mel.id }, ...wish, proof: await policyProof(engine, back) };
  await back.api.admin.exceptions.grant(granted);
  engine.clock.claim(truth);
  const proof = await clockProof(engine, back, owner);
  await back.api.admin.clock.accept({ currentPassword: owner.password, proof });
  const [exception] = await back.api.admin.exceptions.list();
  expect(exception).toMatchObject({ until: truth + 30 * DAY, createdAt: truth });
  const signIn = () => personAt(engine).api.open.signIn.withPassword({ email: mel.email, password: mel.password });
  engine.clock.advance(30 * DAY - 1);
  expect(await signIn()).toEqual({ next: 'signedIn' });
  engine.clock.advance(1);
  await expectRefusal(signIn(), 'deadlinePassed');
});

/** Whoever calls, as the API lets them in: what comes next may overtake the call. */
async function letIn(engine: Engine, { jar }: Colleague) {
  const caller = { surface: 'desktop' as const, addresses: ['192.0.2.7'], client: 'test' };
  const actor = await authenticate(engine.deps, caller, jar.session);
  if (!actor) throw new Error('This person is not signed in.');
  return actor;
}

test('S39 a code that was asked for when a suspension came is not sent', async () => {
  const engine = await openEngine();
  const owner = await ownerOf(engine);
  const [mia, mel] = [await colleague(engine, 'manager'), await colleague(engine, 'member', { twoStep: 'off' })];
  const [manager, member] = [await letIn(engine, mia), await letIn(engine, mel)];
  for (const { id } of [mia, mel]) await owner.api.admin.users.suspend({ id, reason: 'Taken over' });
  const before = (await engine.letters()).length;
  const entries = await auditedBy(engine, async () => {
    await expectRefusal(sendPolicyCode(engine.deps, manager), 'notSignedIn');
    await expectRefusal(sendProofCode(engine.deps, manager, 'disable'), 'notSignedIn');
    await expectRefusal(sendEnableCode(engine.deps, member, 'email'), 'notSignedIn');
  });
  expect(entries.map(({ kind, detail }) => [kind, detail.reason])).toEqual(
    Array.from({ length: 3 }, () => ['codeRefused', 'notSignedIn']),
  );
  expect(await engine.letters()).toHaveLength(before);
});

test('S39 a name that was sent when the account was deleted is not written into what is left of it', async () => {
  const engine = await openEngine();
  await ownerOf(engine);
  const mel = await colleague(engine, 'member', { twoStep: 'off' });
  const actor = await letIn(engine, mel);
  await mel.api.self.account.delete({ currentPassword: mel.password, proof: null });
  const entries = await auditedBy(engine, () =>
    expectRefusal(rename(engine.deps, actor, 'Mel of Harbour Lane'), 'notSignedIn'),
  );
  expect(entries).toMatchObject([{ kind: 'accessDenied', actorId: mel.id, detail: { reason: 'rename' } }]);
  expect((await engine.read((tx) => tx.accounts.find(mel.id)))?.name).not.toContain('Mel');
});
