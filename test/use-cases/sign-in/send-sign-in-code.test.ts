import { expect, test } from 'vitest';
import { openEngine } from '../../support/engine.ts';
import { letterKinds, mailedAnswer, ownerAfterPassword } from '../../support/flows.ts';
import { enableTwoStep, OWNER, personAt, refusalOf, signedInOwner } from '../../support/person.ts';
import { auditedBy, auditOf, everythingStored } from '../../support/records.ts';

async function secondStep() {
  const engine = await openEngine();
  const codes = await enableTwoStep(engine, await signedInOwner(engine));
  return { engine, codes, person: await ownerAfterPassword(engine) };
}

test('R15 the first code leaves with the accepted password', async () => {
  const { engine, person } = await secondStep();
  const { code, now } = await person.api.open.signIn.pending();
  expect(code).toEqual({
    challengeId: expect.any(String),
    sentTo: 'a•••@example.org',
    sentAt: now,
    resendAt: now + 60_000,
    expiresAt: now + 5 * 60_000,
    triesLeft: 5,
    delivery: 'queued',
  });
  expect((await letterKinds(engine)).at(-1)).toBe('signInCode');
  expect((await person.api.open.signIn.pending()).code?.delivery).toBe('sent');
});

test.each([
  [0, 'resendTooSoon'],
  [59_999, 'resendTooSoon'],
  [60_000, 'sent'],
  [60_001, 'sent'],
])('R15 Resend after %i ms: %s', async (wait, outcome) => {
  const { engine, person } = await secondStep();
  const resendAt = engine.clock.now() + 60_000;
  engine.clock.advance(wait);
  const resend = () => person.api.open.signIn.sendCode({ method: 'email' });
  if (outcome === 'sent') {
    expect(await resend()).toMatchObject({ sentAt: engine.clock.now(), resendAt: engine.clock.now() + 60_000 });
    return;
  }
  const audited = await auditedBy(engine, async () => {
    expect(await refusalOf(resend())).toEqual({ code: 'resendTooSoon', data: { resendAt } });
  });
  expect(audited).toMatchObject([{ kind: 'codeRefused', detail: { purpose: 'signIn', reason: 'resendTooSoon' } }]);
});

test('R15 a resent code replaces the one before, and has tries of its own', async () => {
  const { engine, person } = await secondStep();
  const old = await mailedAnswer(engine, person);
  await refusalOf(person.api.open.signIn.prove({ ...old, code: 'nonsense' }));
  engine.clock.advance(60_000);
  expect(await person.api.open.signIn.sendCode({ method: 'email' })).toMatchObject({ triesLeft: 5 });
  expect(await refusalOf(person.api.open.signIn.prove(old))).toMatchObject({ code: 'challengeExpired' });
  await person.api.open.signIn.prove(await mailedAnswer(engine, person));
});

test('R15 R22 past five codes an hour the password is still accepted, no code leaves, and the screen can say when', async () => {
  const { engine, codes } = await secondStep();
  const first = engine.clock.now();
  for (let i = 0; i < 4; i += 1) await ownerAfterPassword(engine);
  const person = await ownerAfterPassword(engine);
  expect(await person.api.open.signIn.pending()).toMatchObject({ code: null, methods: ['email', 'recoveryCode'] });
  expect(await refusalOf(person.api.open.signIn.sendCode({ method: 'email' }))).toEqual({
    code: 'tooManyCodes',
    data: { retryAt: first + 60 * 60_000 },
  });
  expect((await auditOf(engine)).filter(({ kind }) => kind === 'codeSent')).toHaveLength(6); // one of them for enabling
  await person.api.open.signIn.prove({ method: 'recoveryCode', code: codes[0] });
});

test('R15 sign-ins that succeed do not use up the codes of the hour', async () => {
  const { engine, person } = await secondStep();
  await person.api.open.signIn.prove(await mailedAnswer(engine, person));
  for (let i = 0; i < 8; i += 1) {
    const next = await ownerAfterPassword(engine);
    await next.api.open.signIn.prove(await mailedAnswer(engine, next));
  }
});

test('R14 nobody gets a code sent without the password first', async () => {
  const { engine, person } = await secondStep();
  const letters = await letterKinds(engine);
  const before = everythingStored(engine);
  const stranger = personAt(engine);
  for (const token of [null, 'x', 'A'.repeat(43), person.jar.session]) {
    stranger.jar.pending = token;
    expect(await refusalOf(stranger.api.open.signIn.sendCode({ method: 'email' }))).toMatchObject({
      code: 'signInExpired',
    });
  }
  expect(everythingStored(engine)).toEqual(before);
  expect(await letterKinds(engine)).toEqual(letters);
  expect(new Set((await engine.letters()).map(({ to }) => to))).toEqual(new Set([OWNER.email]));
});
