import { expect, test } from 'vitest';
import { type Engine, openEngine } from '../support/engine.ts';
import { enableTwoStep, OWNER, type Person, signedInOwner } from '../support/person.ts';
import {
  accountOf,
  addAccount,
  differentCodes,
  fullySignedIn,
  pendingSignIn,
  protectedOwner,
  SECOND,
  signedIn,
  withDeps,
} from './support/people.ts';
import { expectRefusal, verdictOf, wordFor } from './support/verdict.ts';

const NONSENSE: readonly (readonly [string, unknown])[] = [
  ['blank', ''],
  ['spaces', '      '],
  ['null', null],
  ['missing', undefined],
  ['an array', ['123456']],
  ['an object', { code: '123456' }],
  ['a number', 123_456],
  ['true', true],
  ['five digits', '12345'],
  ['seven digits', '1234567'],
  ['other digits', '１２３４５６'],
  ['letters', 'abcdef'],
  ['1 MB of digits', '1'.repeat(1_000_000)],
  ['1 MB in an array', ['1'.repeat(1_000_000)]],
];

test.each(NONSENSE)('S5 %s as a code is rejected and counted', async (_what, code) => {
  const engine = await openEngine();
  await protectedOwner(engine);
  const { api, challengeId } = await pendingSignIn(engine);
  const answer = { method: 'email' as const, challengeId, code: code as string };
  expect(await verdictOf(api.open.signIn.prove(answer))).toEqual({
    kind: 'refused',
    code: 'codeRejected',
    data: { triesLeft: 4 },
  });
  expect((await accountOf(engine)).throttle.failures).toBe(1);
});

test('S5 the right code counts only as the text it is: not in an array, as a number, in other digits or with more', async () => {
  const engine = await openEngine();
  const { codes } = await protectedOwner(engine);
  const { api, challengeId, code } = await pendingSignIn(engine);
  const wide = code.replaceAll(/\d/g, (digit) => String.fromCharCode(digit.charCodeAt(0) + 0xfee0));
  const dressed = [[code], { 0: code, length: 1 }, Number(code), wide, `${code}0`, `0${code}`, `${code}\n${code}`];
  for (const value of dressed) {
    const answer = { method: 'email' as const, challengeId, code: value as string };
    await expectRefusal(api.open.signIn.prove(answer), 'codeRejected');
  }
  await expectRefusal(
    api.open.signIn.prove({ method: 'recoveryCode', code: [codes[0]] as never }),
    'recoveryCodeRejected',
  );
  await api.open.signIn.prove({ method: 'email', challengeId, code: ` ${code.slice(0, 3)}-${code.slice(3)} ` });
});

test.each(NONSENSE)('S5 %s as a recovery code is rejected and counted', async (_what, code) => {
  const engine = await openEngine();
  await protectedOwner(engine);
  const { api } = await pendingSignIn(engine);
  const answer = { method: 'recoveryCode' as const, code: code as string };
  expect(await verdictOf(api.open.signIn.prove(answer))).toEqual({
    kind: 'refused',
    code: 'recoveryCodeRejected',
    data: { triesLeft: 4 },
  });
  expect((await accountOf(engine)).throttle.failures).toBe(1);
});

const PURPOSES = ['signIn', 'disable', 'newRecoveryCodes'] as const;
type Purpose = (typeof PURPOSES)[number] | 'enable';

/** Answers a challenge at the place of each purpose. */
function answerAt(purpose: Purpose, { api }: Person, challengeId: string, code: string): Promise<unknown> {
  const proof = { method: 'email' as const, challengeId, code };
  switch (purpose) {
    case 'signIn':
      return api.open.signIn.prove(proof);
    case 'enable':
      return api.self.twoStep.enable({ challengeId, code });
    case 'disable':
      return api.self.twoStep.disable({ currentPassword: OWNER.password, proof });
    case 'newRecoveryCodes':
      return api.self.twoStep.newRecoveryCodes({ currentPassword: OWNER.password, proof });
  }
}

type Asked = Record<Exclude<Purpose, 'enable'>, { readonly challengeId: string; readonly code: string }>;

/** Somebody signed in and pending at once, with an open challenge of each purpose an enrolled account can have. */
async function askEverything(engine: Engine): Promise<{ person: Person; asked: Asked }> {
  const { owner: person } = await protectedOwner(engine);
  const pending = await pendingSignIn(engine);
  person.jar.pending = pending.jar.pending;
  const ask = async (purpose: 'disable' | 'newRecoveryCodes') => {
    const { challengeId } = await person.api.self.twoStep.sendProofCode({ purpose });
    return { challengeId, code: await engine.codeFor(OWNER.email) };
  };
  return {
    person,
    asked: { signIn: pending, disable: await ask('disable'), newRecoveryCodes: await ask('newRecoveryCodes') },
  };
}

const PAIRS = PURPOSES.flatMap((asked) => PURPOSES.filter((other) => other !== asked).map((at) => ({ asked, at })));

/** An engine whose codes all differ, so that the code of one challenge is wrong at every other. */
async function openEngineOfDifferentCodes(): Promise<Engine> {
  const engine = await openEngine();
  return withDeps(engine, { random: differentCodes(engine.deps.random) });
}

test('S6 a code of one purpose answers no other', async () => {
  const engine = await openEngineOfDifferentCodes();
  const { person, asked } = await askEverything(engine);
  for (const pair of PAIRS) {
    const { challengeId, code } = asked[pair.asked];
    expect([pair, wordFor(await verdictOf(answerAt(pair.at, person, challengeId, code)))]).toEqual([
      pair,
      'challengeExpired',
    ]);
    const mixed = answerAt(pair.at, person, asked[pair.at].challengeId, code);
    expect([pair, wordFor(await verdictOf(mixed))]).toEqual([pair, 'codeRejected']);
  }
  await answerAt('newRecoveryCodes', person, asked.newRecoveryCodes.challengeId, asked.newRecoveryCodes.code);
});

test('S6 a code for enabling proves nothing else, before and after', async () => {
  const engine = await openEngineOfDifferentCodes();
  const owner = await signedInOwner(engine);
  const { challengeId } = await owner.api.self.twoStep.sendEnableCode({ method: 'email' });
  const code = await engine.codeFor(OWNER.email);
  await expectRefusal(answerAt('disable', owner, challengeId, code), 'twoStepOff');
  await expectRefusal(answerAt('newRecoveryCodes', owner, challengeId, code), 'twoStepOff');
  await expectRefusal(answerAt('signIn', owner, challengeId, code), 'signInExpired');
  await answerAt('enable', owner, challengeId, code);
  owner.jar.pending = (await pendingSignIn(engine)).jar.pending;
  for (const purpose of PURPOSES) await expectRefusal(answerAt(purpose, owner, challengeId, code), 'challengeExpired');
});

test("S6 one account's code answers no challenge of another account, at no purpose", async () => {
  const engine = await openEngineOfDifferentCodes();
  const ada = await signedInOwner(engine);
  await addAccount(engine);
  const ben = await signedIn(engine, SECOND);
  const adas = await ada.api.self.twoStep.sendEnableCode({ method: 'email' });
  const bens = await ben.api.self.twoStep.sendEnableCode({ method: 'email' });
  const adasCode = await engine.codeFor(OWNER.email);
  const bensCode = await engine.codeFor(SECOND.email);
  await expectRefusal(answerAt('enable', ben, adas.challengeId, adasCode), 'challengeExpired');
  await expectRefusal(answerAt('enable', ben, bens.challengeId, adasCode), 'codeRejected');
  await expectRefusal(answerAt('enable', ada, bens.challengeId, bensCode), 'challengeExpired');
  expect(await ben.api.self.twoStep.codeState({ challengeId: adas.challengeId })).toBeNull();
  await answerAt('enable', ada, adas.challengeId, adasCode);
  await answerAt('enable', ben, bens.challengeId, bensCode);

  const adaPending = await pendingSignIn(engine);
  const benPending = await pendingSignIn(engine, SECOND);
  await expectRefusal(answerAt('signIn', benPending, adaPending.challengeId, adaPending.code), 'challengeExpired');
  await expectRefusal(answerAt('signIn', benPending, benPending.challengeId, adaPending.code), 'codeRejected');
  await expectRefusal(answerAt('disable', ben, adaPending.challengeId, adaPending.code), 'currentPasswordRejected');
  await answerAt('signIn', benPending, benPending.challengeId, benPending.code);
  expect(await benPending.api.self.me()).toMatchObject({ account: { email: SECOND.email } });
});

test("S6 one account's recovery code is none of another's", async () => {
  const engine = await openEngine();
  const { codes } = await protectedOwner(engine);
  await addAccount(engine);
  const ben = await signedIn(engine, SECOND);
  await enableTwoStep(engine, ben, SECOND.email);
  const { api } = await pendingSignIn(engine, SECOND);
  await expectRefusal(api.open.signIn.prove({ method: 'recoveryCode', code: codes[0] ?? '' }), 'recoveryCodeRejected');
  const proof = { method: 'recoveryCode' as const, code: codes[0] ?? '' };
  await expectRefusal(
    ben.api.self.twoStep.disable({ currentPassword: SECOND.password, proof }),
    'recoveryCodeRejected',
  );
});

test('S6 a code asked for in one sign-in or session answers in no other of the same account', async () => {
  const engine = await openEngineOfDifferentCodes();
  await protectedOwner(engine);
  const [first, second] = [await fullySignedIn(engine), await fullySignedIn(engine)];
  const { challengeId } = await first.api.self.twoStep.sendProofCode({ purpose: 'disable' });
  const code = await engine.codeFor(OWNER.email);
  await expectRefusal(answerAt('disable', second, challengeId, code), 'challengeExpired');
  expect(await second.api.self.twoStep.codeState({ challengeId })).toBeNull();

  const [older, newer] = [await pendingSignIn(engine), await pendingSignIn(engine)];
  await expectRefusal(answerAt('signIn', older, newer.challengeId, newer.code), 'challengeExpired');
  await expectRefusal(answerAt('signIn', older, older.challengeId, older.code), 'challengeExpired');
  await answerAt('signIn', newer, newer.challengeId, newer.code);
  await answerAt('disable', first, challengeId, code);
});
