import { expect, test } from 'vitest';
import { openEngine } from '../../support/engine.ts';
import { ownerAfterPassword } from '../../support/flows.ts';
import { enableTwoStep, OWNER, refusalOf, signedInOwner } from '../../support/person.ts';
import { auditedBy, MEMBER, signedInMember } from '../../support/records.ts';

async function secondStep() {
  const engine = await openEngine();
  const codes = await enableTwoStep(engine, await signedInOwner(engine));
  return { engine, codes, person: await ownerAfterPassword(engine) };
}

const prove = (code?: unknown) => ({ method: 'recoveryCode' as const, code: code as string });

test('R4 each recovery code works once', async () => {
  const { engine, codes, person } = await secondStep();
  expect(await person.api.open.signIn.prove(prove(codes[0]))).toEqual({ recoveryCodesLeft: 9 });
  const again = await ownerAfterPassword(engine);
  expect(await refusalOf(again.api.open.signIn.prove(prove(codes[0])))).toEqual({
    code: 'recoveryCodeRejected',
    data: { triesLeft: 4 },
  });
  expect(await again.api.open.signIn.prove(prove(codes[1]))).toEqual({ recoveryCodesLeft: 8 });
});

test('R4 using one is told by a letter that says how many are left', async () => {
  const { engine, codes, person } = await secondStep();
  await person.api.open.signIn.prove(prove(codes[3]));
  expect((await engine.letters()).at(-1)).toEqual({
    to: OWNER.email,
    name: OWNER.name,
    workspace: 'Example Works',
    locale: 'en',
    message: { kind: 'recoveryCodeUsed', at: engine.clock.now(), client: 'Chrome on Linux', left: 9 },
  });
});

test.each([
  ['lower case', (code: string) => code.toLowerCase()],
  ['without dashes', (code: string) => code.replaceAll('-', '')],
  ['with spaces', (code: string) => ` ${code.replaceAll('-', ' ')} `],
  ['with O for 0 and l for 1', (code: string) => code.replaceAll('0', 'O').replaceAll('1', 'l')],
  ['with typographic dashes', (code: string) => code.replaceAll('-', '–')],
])('R4 a recovery code may be typed %s', async (_, mangle) => {
  const { codes, person } = await secondStep();
  await person.api.open.signIn.prove(prove(mangle(codes[0] ?? '')));
  expect(await person.api.self.me()).toMatchObject({ twoStep: 'active' });
});

test('R22 five wrong recovery codes void the tries of this sign-in, counted down, even for a right sixth', async () => {
  const { engine, codes, person } = await secondStep();
  const left: unknown[] = [];
  for (const wrong of [undefined, null, '', ['x'], '00000-00000-00000-00000']) {
    left.push((await refusalOf(person.api.open.signIn.prove(prove(wrong)))).data);
  }
  expect(left).toEqual([4, 3, 2, 1, 0].map((triesLeft) => ({ triesLeft })));
  expect(await refusalOf(person.api.open.signIn.prove(prove(codes[0])))).toEqual({
    code: 'recoveryCodeRejected',
    data: { triesLeft: 0 },
  });
  const again = await ownerAfterPassword(engine);
  expect(await again.api.open.signIn.prove(prove(codes[0]))).toEqual({ recoveryCodesLeft: 9 });
});

test('R12 recovery codes sign in ten times, and then the way is gone', async () => {
  const { engine, codes } = await secondStep();
  const left: unknown[] = [];
  for (const code of codes) {
    const person = await ownerAfterPassword(engine);
    left.push((await person.api.open.signIn.prove(prove(code))).recoveryCodesLeft);
  }
  expect(left).toEqual([9, 8, 7, 6, 5, 4, 3, 2, 1, 0]);
  const person = await ownerAfterPassword(engine);
  expect((await person.api.open.signIn.pending()).methods).toEqual(['email']);
  expect(await refusalOf(person.api.open.signIn.prove(prove(codes[0])))).toMatchObject({
    code: 'recoveryCodeRejected',
  });
});

test('R4 the codes of one account open no other, and none is ever written down', async () => {
  const { engine, person } = await secondStep();
  const foreign = await enableTwoStep(engine, await signedInMember(engine), MEMBER.email);
  const audited = await auditedBy(engine, () => refusalOf(person.api.open.signIn.prove(prove(foreign[0]))));
  expect(audited).toMatchObject([{ kind: 'recoveryCodeRejected', actorId: null, detail: { purpose: 'signIn' } }]);
  expect(JSON.stringify(audited)).not.toContain(foreign[0]);
});
