import { expect, test } from 'vitest';
import { dispatchLetters } from '../../src-main/use-cases/delivery/dispatch-letters.ts';
import { openEngine } from '../support/engine.ts';
import { listen } from '../support/listen.ts';
import { enableTwoStep, OWNER, personAt, signedInOwner } from '../support/person.ts';
import { addAccount, fullySignedIn, pendingSignIn, protectedOwner, SECOND, signedIn } from './support/people.ts';

test('S27 a session that was ended hears of its end, and of nothing after it', async () => {
  const engine = await openEngine();
  const { owner } = await protectedOwner(engine);
  const thief = await fullySignedIn(engine);
  const ears = listen(engine, thief);
  await ears.settle();
  await owner.api.self.sessions.endOthers();
  await ears.settle();
  expect([ears.heard, ears.isOver()]).toEqual([['session'], true]);
  await owner.api.self.twoStep.sendProofCode({ purpose: 'disable' });
  await engine.letters();
  expect(ears.heard).toEqual(['session']);
});

test('S27 a session whose token was rotated goes on hearing, for it goes on', async () => {
  const engine = await openEngine();
  const owner = await signedInOwner(engine);
  const ears = listen(engine, owner);
  await ears.settle();
  await enableTwoStep(engine, owner);
  await ears.settle();
  const before = ears.heard.length;
  await owner.api.self.twoStep.sendProofCode({ purpose: 'disable' });
  await engine.letters();
  await ears.settle();
  expect(ears.heard.length).toBeGreaterThan(before);
  expect(ears.isOver()).toBe(false);
  await ears.leave();
});

test("S1 a pending sign-in hears of its own letters, and nobody hears of another's", async () => {
  const engine = await openEngine();
  await protectedOwner(engine);
  await addAccount(engine);
  const ben = listen(engine, await signedIn(engine, SECOND));
  const stranger = listen(engine, personAt(engine));
  const pending = await pendingSignIn(engine);
  const ears = listen(engine, pending);
  for (const { settle } of [ben, stranger, ears]) await settle();
  expect(stranger.isOver()).toBe(true);
  engine.clock.advance(60_000);
  await pending.api.open.signIn.sendCode({ method: 'email' });
  await engine.letters();
  for (const { settle } of [ben, ears]) await settle();
  expect([ben.heard, ears.heard]).toEqual([[], ['delivery']]);
  await pending.api.open.signIn.cancel();
  await personAt(engine).api.open.signIn.withPassword({ email: OWNER.email, password: OWNER.password });
  await dispatchLetters({ ...engine.deps, mail: { send: async () => undefined } });
  await ears.settle();
  await dispatchLetters({ ...engine.deps, mail: { send: async () => undefined } });
  expect(ears.isOver()).toBe(true);
  await ben.leave();
});
