import { expect, test } from 'vitest';
import { DAY } from '../../src-main/domain/values.ts';
import type { PasswordHash } from '../../src-main/ports/password-hash.ts';
import { type Engine, openEngine } from '../support/engine.ts';
import { type Person, personAt } from '../support/person.ts';
import { type Colleague, colleague, ownerOf } from '../support/staff.ts';
import { changePolicyTo } from '../use-cases/policy/admin.ts';
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

/** A clock that ran a year ahead and was set right; the owner says so while Mel's password is being weighed. */
async function overtakenByTheClock(engine: Engine, owner: Colleague, mel: Colleague): Promise<Person> {
  const truth = engine.clock.now();
  engine.clock.advance(YEAR);
  const back = await pendingSignIn(engine, owner);
  await back.api.open.signIn.prove({ method: 'email', challengeId: back.challengeId, code: back.code });
  engine.clock.claim(truth);
  const { challengeId } = await back.api.self.twoStep.sendProofCode({ purpose: 'clock' });
  const proof = { method: 'email' as const, challengeId, code: await engine.codeFor(owner.email) };
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
