import { expect, test } from 'vitest';
import { openEngine } from '../../support/engine.ts';
import { mailedAnswer, ownerAfterPassword } from '../../support/flows.ts';
import { enableTwoStep, OWNER, otherThan, personAt, refusalOf, signedInOwner } from '../../support/person.ts';
import { auditedBy } from '../../support/records.ts';

async function secondStep() {
  const engine = await openEngine();
  await enableTwoStep(engine, await signedInOwner(engine));
  const person = await ownerAfterPassword(engine);
  return { engine, person, right: await mailedAnswer(engine, person) };
}

test('R15 the sign-in code is six digits, in a letter of its own kind, and signs in once', async () => {
  const { engine, person, right } = await secondStep();
  expect(right.code).toMatch(/^\d{6}$/);
  expect((await engine.letters()).at(-1)).toMatchObject({
    to: OWNER.email,
    message: { kind: 'signInCode', code: right.code },
  });
  const pending = person.jar.pending;
  expect(await person.api.open.signIn.prove(right)).toEqual({ recoveryCodesLeft: null });
  const replay = personAt(engine);
  replay.jar.pending = pending;
  expect(await refusalOf(replay.api.open.signIn.prove(right))).toMatchObject({ code: 'signInExpired' });
  expect(replay.jar.session).toBeNull();
});

test('R22 a wrong code says how many tries are left, and a burnt one says so even to the right code', async () => {
  const { person, right } = await secondStep();
  const refusals: unknown[] = [];
  for (const wrong of ['000001', '000002', '000003', '000004', '000005'].map((code) =>
    code === right.code ? '999999' : code,
  )) {
    refusals.push(await refusalOf(person.api.open.signIn.prove({ ...right, code: wrong })));
  }
  expect(refusals).toEqual([
    { code: 'codeRejected', data: { triesLeft: 4 } },
    { code: 'codeRejected', data: { triesLeft: 3 } },
    { code: 'codeRejected', data: { triesLeft: 2 } },
    { code: 'codeRejected', data: { triesLeft: 1 } },
    { code: 'challengeBurnt', data: undefined },
  ]);
  expect(await refusalOf(person.api.open.signIn.prove(right))).toMatchObject({ code: 'challengeBurnt' });
  expect(await person.api.open.signIn.pending()).toMatchObject({ code: { triesLeft: 0 } });
});

test('R15 the same wrong code twice in a row counts once; the same one after another counts again', async () => {
  const { person, right } = await secondStep();
  const [one, two] = [otherThan(right.code), right.code === '111111' ? '222222' : '111111'];
  const left: unknown[] = [];
  for (const code of [one, one, one, two, one]) {
    left.push((await refusalOf(person.api.open.signIn.prove({ ...right, code }))).data);
  }
  expect(left).toEqual([4, 4, 4, 3, 2].map((triesLeft) => ({ triesLeft })));
});

test.each([
  [-1, 'signedIn'],
  [0, 'challengeExpired'],
  [1, 'challengeExpired'],
])('R15 the code lives five minutes: %i ms from its end it gives %s', async (offset, outcome) => {
  const { engine, person, right } = await secondStep();
  const { code } = await person.api.open.signIn.pending();
  expect((code?.expiresAt ?? 0) - (code?.sentAt ?? 0)).toBe(5 * 60_000);
  engine.clock.advance(5 * 60_000 + offset);
  const call = person.api.open.signIn.prove(right);
  if (outcome === 'signedIn') await call;
  else expect(await refusalOf(call)).toMatchObject({ code: outcome });
});

test('R14 the code of one sign-in does not finish another', async () => {
  const { engine, person, right } = await secondStep();
  engine.clock.advance(60_000);
  const other = await ownerAfterPassword(engine);
  const others = await mailedAnswer(engine, other);
  expect(await refusalOf(person.api.open.signIn.prove(others))).toMatchObject({ code: 'challengeExpired' });
  expect(await refusalOf(other.api.open.signIn.prove(right))).toMatchObject({ code: 'challengeExpired' });
  await other.api.open.signIn.prove(others);
});

test('R22 every wrong answer is on record, and none of the codes is', async () => {
  const { engine, person, right } = await secondStep();
  const wrong = otherThan(right.code);
  const audited = await auditedBy(engine, () => refusalOf(person.api.open.signIn.prove({ ...right, code: wrong })));
  expect(audited).toMatchObject([
    { kind: 'codeRejected', actorId: null, detail: { purpose: 'signIn', method: 'email', reason: 'codeRejected' } },
  ]);
  expect(audited[0]?.targetId).not.toBeNull();
  expect(JSON.stringify(audited)).not.toContain(wrong);
});

test.each([
  ['no method', { challengeId: 'x', code: '123456' }],
  ['another method', { method: 'sms', challengeId: 'x', code: '123456' }],
  ['no challenge', { method: 'email', code: '123456' }],
  ['a challenge of a megabyte', { method: 'email', challengeId: 'x'.repeat(1_000_000), code: '123456' }],
  ['a key that is not asked for', { method: 'email', challengeId: 'x', code: '123456', trusted: true }],
])('R22 %s is bad input', async (_, input) => {
  const { person } = await secondStep();
  const prove: (input: unknown) => Promise<unknown> = person.api.open.signIn.prove as never;
  await expect(prove(input)).rejects.toMatchObject({ code: 'BAD_REQUEST' });
  expect(person.jar.session).toBeNull();
});
