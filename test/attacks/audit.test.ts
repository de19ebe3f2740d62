import fc from 'fast-check';
import { expect, test } from 'vitest';
import { verifyChain } from '../../src-main/domain/audit-chain.ts';
import { MINUTE } from '../../src-main/domain/values.ts';
import { type Engine, openEngine } from '../support/engine.ts';
import { CREDENTIALS, OWNER, otherThan, type Person, personAt, signedInOwner } from '../support/person.ts';
import { auditedBy, auditOf } from './support/audit.ts';
import { dumpOf } from './support/database.ts';
import { addAccount, mailedProof, pendingSignIn, protectedOwner, SECOND, signedIn } from './support/people.ts';
import { times, type Verdict, verdictOf, wordFor } from './support/verdict.ts';

const NEXT = { newPassword: 'a brand new phrase', confirmPassword: 'a brand new phrase' };
const RUNS = 15;
const NO_CODE = '0'.repeat(20);

test('R43 every security action, and every refusal of one, is on record exactly once', async () => {
  const engine = await openEngine();
  const told: [string, string[]][] = [];
  const does = async (what: string, act: () => Promise<unknown>) => {
    const entries = await auditedBy(engine, () => verdictOf(act()));
    told.push([what, entries.map(({ kind }) => kind)]);
  };
  const owner = personAt(engine);
  const { self, open } = owner.api;
  const firstRun = { workspaceName: 'Example Works', ...OWNER, confirmPassword: OWNER.password };
  await does('set-up', () => open.setUp({ ...firstRun, template: 'strong' }));
  await does('a second set-up', () => open.setUp({ ...firstRun, template: 'strong' }));
  await does('renaming', () => self.profile.rename({ name: 'Ada Renamed' }));
  await does('a wrong password at sign-in', () => open.signIn.withPassword({ ...CREDENTIALS, password: 'wrong' }));
  await does('signing in', () => personAt(engine).api.open.signIn.withPassword(CREDENTIALS));
  await does('ending the others', () => self.sessions.endOthers());
  await does('ending an unknown session', () => self.sessions.end({ id: 'unknown' }));
  await does('asking for a code to enable', () => self.twoStep.sendEnableCode({ method: 'email' }));
  await does('asking again too soon', () => self.twoStep.sendEnableCode({ method: 'email' }));
  await does('proving while it is off', () => self.twoStep.sendProofCode({ purpose: 'disable' }));
  const code = await engine.codeFor(OWNER.email);
  const { id } = (await engine.read((tx) => tx.accounts.findByEmailKey(OWNER.email))) ?? { id: '' };
  const bound = (await self.me()).session.id;
  const challenge = await engine.read((tx) => tx.challenges.findLatest(id, 'enable', bound));
  const challengeId = challenge?.id ?? '';
  await does('a wrong code to enable', () => self.twoStep.enable({ challengeId, code: otherThan(code) }));
  await does('enabling', () => self.twoStep.enable({ challengeId, code }));
  const pending = await pendingSignIn(engine);
  const { signIn } = pending.api.open;
  await does('the right password', () => personAt(engine).api.open.signIn.withPassword(CREDENTIALS));
  await does('another code too soon', () =>
    signIn.sendCode({ method: 'email' }).then(() => signIn.sendCode({ method: 'email' })),
  );
  await does('a wrong recovery code', () => signIn.prove({ method: 'recoveryCode', code: NO_CODE }));
  await does('cancelling', () => signIn.cancel());
  await does('cancelling nothing', () => signIn.cancel());
  await does('proving after that', () => signIn.prove({ method: 'recoveryCode', code: NO_CODE }));
  engine.clock.advance(MINUTE);
  const proof = await mailedProof(engine, owner, 'newRecoveryCodes');
  const currentPassword = OWNER.password;
  await does('a wrong password at a step-up', () => self.twoStep.newRecoveryCodes({ currentPassword: 'wrong', proof }));
  await does('new recovery codes', () => self.twoStep.newRecoveryCodes({ currentPassword, proof }));
  await does('an unfit password', () =>
    self.password.change({ currentPassword, newPassword: 'short', confirmPassword: 'short' }),
  );
  await does('a wrong current password', () => self.password.change({ currentPassword: 'wrong', ...NEXT }));
  await does('a new password', () => self.password.change({ currentPassword, ...NEXT }));
  const off = await mailedProof(engine, owner, 'disable');
  await does('disabling', () => self.twoStep.disable({ currentPassword: NEXT.newPassword, proof: off }));
  await does('keeping alive', () => self.keepAlive());
  await does('looking', () => Promise.all([self.me(), self.twoStep.status(), self.sessions.list(), open.welcome()]));
  const elsewhere = personAt(engine, 'web');
  elsewhere.jar.session = owner.jar.session;
  await does('enabling elsewhere', () => elsewhere.api.self.twoStep.sendEnableCode({ method: 'email' }));
  await does('signing out', () => self.signOut());
  await does('calling after that', () => self.me());

  expect(told).toEqual([
    ['set-up', ['workspaceCreated']],
    ['a second set-up', ['accessDenied']],
    ['renaming', ['nameChanged']],
    ['a wrong password at sign-in', ['passwordRejected']],
    ['signing in', ['signedIn']],
    ['ending the others', ['otherSessionsEnded']],
    ['ending an unknown session', ['accessDenied']],
    ['asking for a code to enable', ['codeSent']],
    ['asking again too soon', ['codeRefused']],
    ['proving while it is off', ['codeRefused']],
    ['a wrong code to enable', ['codeRejected']],
    ['enabling', ['twoStepEnabled']],
    ['the right password', ['passwordAccepted', 'codeSent']],
    ['another code too soon', ['codeSent', 'codeRefused']],
    ['a wrong recovery code', ['recoveryCodeRejected']],
    ['cancelling', ['signInCancelled']],
    ['cancelling nothing', []],
    ['proving after that', ['recoveryCodeRejected']],
    ['a wrong password at a step-up', ['stepUpRejected']],
    ['new recovery codes', ['recoveryCodesReplaced']],
    ['an unfit password', ['passwordUnfit']],
    ['a wrong current password', ['stepUpRejected']],
    ['a new password', ['passwordChanged']],
    ['disabling', ['twoStepDisabled']],
    ['keeping alive', []],
    ['looking', []],
    ['enabling elsewhere', ['surfaceRefused']],
    ['signing out', ['signedOut']],
    ['calling after that', ['accessDenied']],
  ]);
  expect(verifyChain(await auditOf(engine))).toBeNull();
});

test('R43 the twenty parallel losers of a race are each on record, and the chain holds', async () => {
  const engine = await openEngine();
  await protectedOwner(engine);
  const { api, challengeId, code } = await pendingSignIn(engine);
  const entries = await auditedBy(engine, () =>
    Promise.all(times(20, () => verdictOf(api.open.signIn.prove({ method: 'email', challengeId, code })))),
  );
  expect(entries).toHaveLength(20);
  expect(verifyChain(await auditOf(engine))).toBeNull();
});

/** What anybody might do next, at one of three screens; answers are right or wrong as chance has it. */
type Move = (person: Person, engine: Engine, right: boolean) => Promise<unknown>;

async function answerWith(engine: Engine, right: boolean): Promise<string> {
  const code = await engine.codeFor(OWNER.email).catch(() => '000000');
  return right ? code : otherThan(code);
}

const password = (right: boolean) => (right ? OWNER.password : 'certainly not this one');

async function stepUp(person: Person, engine: Engine, right: boolean, purpose: 'disable' | 'newRecoveryCodes') {
  const { challengeId } = await person.api.self.twoStep.sendProofCode({ purpose });
  const proof = { method: 'email' as const, challengeId, code: await answerWith(engine, right) };
  return person.api.self.twoStep[purpose]({ currentPassword: OWNER.password, proof });
}

const MOVES: Record<string, Move> = {
  password: ({ api }, _, right) => api.open.signIn.withPassword({ email: OWNER.email, password: password(right) }),
  stranger: ({ api }) => api.open.signIn.withPassword({ email: 'nobody@example.org', password: 'whatever' }),
  code: async ({ api }, engine, right) => {
    const { code } = await api.open.signIn.pending();
    const challengeId = code?.challengeId ?? 'none';
    return api.open.signIn.prove({ method: 'email', challengeId, code: await answerWith(engine, right) });
  },
  recovery: ({ api }) => api.open.signIn.prove({ method: 'recoveryCode', code: NO_CODE }),
  resend: ({ api }) => api.open.signIn.sendCode({ method: 'email' }),
  cancel: ({ api }) => api.open.signIn.cancel(),
  enable: async ({ api }, engine, right) => {
    const { challengeId } = await api.self.twoStep.sendEnableCode({ method: 'email' });
    return api.self.twoStep.enable({ challengeId, code: await answerWith(engine, right) });
  },
  disable: (person, engine, right) => stepUp(person, engine, right, 'disable'),
  renew: (person, engine, right) => stepUp(person, engine, right, 'newRecoveryCodes'),
  change: ({ api }, _, right) => {
    const again = { newPassword: OWNER.password, confirmPassword: OWNER.password };
    return api.self.password.change({ currentPassword: password(right), ...again });
  },
  rename: ({ api }) => api.self.profile.rename({ name: 'Ada Renamed' }),
  endOthers: ({ api }) => api.self.sessions.endOthers(),
  signOut: ({ api }) => api.self.signOut(),
  keepAlive: ({ api }) => api.self.keepAlive(),
};

interface Step {
  readonly move: string;
  readonly screen: number;
  readonly right: boolean;
  /** Time that passes before it. */
  readonly wait: number;
  /** Begun without waiting for its end. */
  readonly together: boolean;
}

const steps: fc.Arbitrary<Step> = fc.record({
  move: fc.constantFrom(...Object.keys(MOVES)),
  screen: fc.nat(2),
  right: fc.boolean(),
  wait: fc.constantFrom(0, 0, 1_000, 61_000, 5 * MINUTE, 16 * MINUTE),
  together: fc.boolean(),
});

/** Plays a history at three screens, two of the owner and one of somebody else. */
async function play(engine: Engine, history: readonly Step[]): Promise<void> {
  await signedInOwner(engine);
  await addAccount(engine);
  const screens = [personAt(engine), personAt(engine), await signedIn(engine, SECOND)];
  const underWay: Promise<Verdict>[] = [];
  for (const { move, screen, right, wait, together } of history) {
    engine.clock.advance(wait);
    const person = screens[screen] ?? personAt(engine);
    const begin = () => verdictOf((MOVES[move] ?? noMove)(person, engine, right));
    if (together) {
      underWay.push(begin());
      continue;
    }
    for (const { kind } of await Promise.all(underWay.splice(0))) expect(kind).not.toBe('failed');
    const words: string[] = [];
    const entries = await auditedBy(engine, async () => words.push(wordFor(await begin())));
    expect(words).not.toContain('failed');
    // A move of two calls may be refused at its first or its second.
    if (!words.includes('done')) expect([1, 2], `${move}: ${words}`).toContain(entries.length);
  }
  await Promise.all(underWay);
}

const noMove: Move = () => Promise.resolve();

/** What must be so at any time, whatever happened. */
async function expectSound(engine: Engine): Promise<void> {
  const entries = await auditOf(engine);
  expect(verifyChain(entries)).toBeNull();
  expect(entries.map(({ sequence }) => sequence)).toEqual(entries.map((_, index) => index + 1));
  const { accounts = [], factors = [], recovery_codes: codes = [], ...rest } = dumpOf(engine, { counters: true });
  for (const { id, two_step: twoStep, epoch, failures } of accounts) {
    const ofAccount = (rows: readonly Record<string, unknown>[] = []) => rows.filter((row) => row.account_id === id);
    const expected = twoStep === 'active' ? { factors: 1, codes: 10 } : { factors: 0, codes: 0 };
    expect({ factors: ofAccount(factors).length, codes: ofAccount(codes).length }).toEqual(expected);
    expect(failures).toBeGreaterThanOrEqual(0);
    const granted = [...ofAccount(rest.sessions), ...ofAccount(rest.pending_sign_ins)];
    const open = ofAccount(rest.challenges).filter(({ state }) => state === 'open');
    for (const row of [...granted, ...open]) expect(row.epoch).toBe(epoch);
  }
}

test('R43 S77 after long random histories the chain is whole, refusals are on record, and nothing is half done', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(steps, { minLength: 30, maxLength: 60 }), async (history) => {
      const engine = await openEngine();
      await play(engine, history);
      await expectSound(engine);
    }),
    { numRuns: RUNS },
  );
});
