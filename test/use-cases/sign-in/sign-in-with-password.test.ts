import { describe, expect, test } from 'vitest';
import { PENDING_LIFETIME } from '../../../src-main/domain/session.ts';
import { openEngine } from '../../support/engine.ts';
import { letterKinds, ownerAfterPassword } from '../../support/flows.ts';
import { CREDENTIALS, enableTwoStep, OWNER, personAt, refusalOf, signedInOwner } from '../../support/person.ts';
import { auditedBy, everythingStored, writePolicy } from '../../support/records.ts';

const WRONG = { email: OWNER.email, password: 'not my password' };

describe('R22 who learns what from the first step', () => {
  test('R22 an unknown address, a wrong password and a wrong password on a locked account get one and the same answer', async () => {
    const engine = await openEngine();
    await enableTwoStep(engine, await signedInOwner(engine));
    const answerTo = async (email: string, password: string) => {
      const person = personAt(engine);
      const refusal = await refusalOf(person.api.open.signIn.withPassword({ email, password }));
      return { refusal, jar: person.jar, stage: (await person.api.open.welcome()).stage };
    };
    const unknown = await answerTo('nobody@example.org', WRONG.password);
    expect(unknown).toEqual({
      refusal: { code: 'signInRejected', data: undefined },
      jar: { session: null, pending: null },
      stage: 'signIn',
    });
    expect(await answerTo('not an address', WRONG.password)).toEqual(unknown);
    for (let i = 0; i < 25; i += 1) expect(await answerTo(WRONG.email, WRONG.password)).toEqual(unknown);
    // Past the cap within the lock nothing is weighed, so the right password says no more than a wrong one.
    expect(await answerTo(OWNER.email, OWNER.password)).toEqual(unknown);
  });

  test('R22 only the right password is told of a lock, until when, and what is left to do', async () => {
    const engine = await openEngine();
    await signedInOwner(engine);
    for (let i = 0; i < 10; i += 1) await refusalOf(personAt(engine).api.open.signIn.withPassword(WRONG));
    const until = engine.clock.now() + 15 * 60_000;
    expect(await refusalOf(personAt(engine).api.open.signIn.withPassword(WRONG))).toMatchObject({
      code: 'signInRejected',
    });
    expect(await refusalOf(personAt(engine).api.open.signIn.withPassword(CREDENTIALS))).toEqual({
      code: 'locked',
      data: { until },
    });
  });

  test('R22 only the right password is told whether two-step verification is active, and to which mailbox the code went', async () => {
    const engine = await openEngine();
    await enableTwoStep(engine, await signedInOwner(engine));
    const stranger = personAt(engine);
    await refusalOf(stranger.api.open.signIn.withPassword(WRONG));
    expect(await refusalOf(stranger.api.open.signIn.pending())).toMatchObject({ code: 'signInExpired' });
    const owner = await ownerAfterPassword(engine);
    expect(await owner.api.open.signIn.pending()).toMatchObject({ code: { sentTo: 'a•••@example.org' } });
  });

  test('R22 a wrong password sends nobody a code, and letters go to the account only', async () => {
    const engine = await openEngine();
    await enableTwoStep(engine, await signedInOwner(engine));
    const before = await letterKinds(engine);
    for (let i = 0; i < 9; i += 1) await refusalOf(personAt(engine).api.open.signIn.withPassword(WRONG));
    await refusalOf(personAt(engine).api.open.signIn.withPassword({ ...WRONG, email: 'nobody@example.org' }));
    expect(await letterKinds(engine)).toEqual(before);
    await refusalOf(personAt(engine).api.open.signIn.withPassword(WRONG));
    expect(await letterKinds(engine)).toEqual([...before, 'accountLocked']);
    expect(new Set((await engine.letters()).map(({ to }) => to))).toEqual(new Set([OWNER.email]));
  });

  test('R22 every refusal is on record: on whom where that is known, by nobody', async () => {
    const engine = await openEngine();
    const owner = await signedInOwner(engine);
    const { id } = (await owner.api.self.me()).account;
    const audited = await auditedBy(engine, async () => {
      await refusalOf(personAt(engine, 'web', '203.0.113.5').api.open.signIn.withPassword(WRONG));
      await refusalOf(personAt(engine).api.open.signIn.withPassword({ ...WRONG, email: 'nobody@example.org' }));
    });
    expect(audited).toMatchObject([
      { kind: 'passwordRejected', actorId: null, targetId: id, surface: 'web', address: '203.0.113.5' },
      { kind: 'passwordRejected', actorId: null, targetId: null },
    ]);
    expect(JSON.stringify(audited)).not.toContain(WRONG.password);
  });
});

test.each(['ADA@example.org', 'ada@EXAMPLE.ORG', '  ada@example.org\n', 'ada＠example.org', 'ａｄａ@example.org'])(
  'R14 the address may be typed as %j',
  async (email) => {
    const engine = await openEngine();
    await signedInOwner(engine);
    const person = personAt(engine);
    expect(await person.api.open.signIn.withPassword({ email, password: OWNER.password })).toEqual({
      next: 'signedIn',
    });
  },
);

test('R14 the second step waits ten minutes for its answer, to the millisecond', async () => {
  const engine = await openEngine();
  await enableTwoStep(engine, await signedInOwner(engine));
  const person = await ownerAfterPassword(engine);
  const { expiresAt, now } = await person.api.open.signIn.pending();
  expect(expiresAt - now).toBe(PENDING_LIFETIME);
  expect(PENDING_LIFETIME).toBe(10 * 60_000);
  engine.clock.advance(PENDING_LIFETIME - 1);
  expect((await person.api.open.welcome()).stage).toBe('secondStep');
  engine.clock.advance(1);
  expect((await person.api.open.welcome()).stage).toBe('signIn');
  for (const call of [
    () => person.api.open.signIn.pending(),
    () => person.api.open.signIn.sendCode({ method: 'email' }),
    () => person.api.open.signIn.prove({ method: 'email', challengeId: 'x', code: '123456' }),
    () => person.api.open.signIn.prove({ method: 'recoveryCode', code: 'x' }),
  ]) {
    expect(await refusalOf(call())).toMatchObject({ code: 'signInExpired' });
  }
});

test('R14 signing in again on a screen that waits for the second step starts over', async () => {
  const engine = await openEngine();
  await enableTwoStep(engine, await signedInOwner(engine));
  const person = await ownerAfterPassword(engine);
  const first = person.jar.pending;
  await person.api.open.signIn.withPassword(CREDENTIALS);
  expect(person.jar.pending).not.toBe(first);
});

test.each([
  ['the policy', async (engine: Awaited<ReturnType<typeof openEngine>>) => writePolicy(engine, { trust: '1d' })],
])('R14 a sign-in that began before %s changed starts over', async (_, change) => {
  const engine = await openEngine();
  await enableTwoStep(engine, await signedInOwner(engine));
  const person = await ownerAfterPassword(engine);
  await change(engine);
  expect(await refusalOf(person.api.open.signIn.pending())).toMatchObject({ code: 'signInExpired' });
  expect(await personAt(engine).api.open.signIn.withPassword(CREDENTIALS)).toEqual({ next: 'secondStep' });
});

test.each([
  ['nothing', undefined],
  ['no password', { email: OWNER.email }],
  ['a blank address', { email: '   ', password: 'x' }],
  ['a list for an address', { email: [OWNER.email], password: OWNER.password }],
  ['an address of a megabyte', { email: `${'a'.repeat(1_000_000)}@example.org`, password: 'x' }],
  ['a password of a megabyte', { email: OWNER.email, password: 'x'.repeat(1_000_000) }],
  ['a key that is not asked for', { ...CREDENTIALS, mfaRequired: false }],
])('R22 %s is bad input, and nothing changes', async (_, input) => {
  const engine = await openEngine();
  await signedInOwner(engine);
  const before = everythingStored(engine);
  const signIn: (input: unknown) => Promise<unknown> = personAt(engine).api.open.signIn.withPassword as never;
  await expect(signIn(input)).rejects.toMatchObject({ code: 'BAD_REQUEST' });
  expect(everythingStored(engine)).toEqual(before);
});
