import { describe, expect, test } from 'vitest';
import { DAY, HOUR, MINUTE } from '../../../src-main/domain/values.ts';
import { INPUTS } from '../../attacks/support/inputs.ts';
import { callByPath, PROCEDURES } from '../../attacks/support/procedures.ts';
import { verdictOf, wordFor } from '../../attacks/support/verdict.ts';
import { type Engine, openEngine } from '../../support/engine.ts';
import { mailedStepUp } from '../../support/flows.ts';
import {
  CREDENTIALS,
  enableTwoStep,
  OWNER,
  type Person,
  personAt,
  refusalOf,
  signedInOwner,
} from '../../support/person.ts';
import { addAccount, auditedBy, everythingStored, MEMBER, writePolicy } from '../../support/records.ts';

const WHO = { email: MEMBER.email, password: MEMBER.password };
const OPEN_TO_ENROL = [
  'self.me',
  'self.keepAlive',
  'self.signOut',
  'self.twoStep.status',
  'self.twoStep.codeState',
  'self.twoStep.sendEnableCode',
  'self.twoStep.enable',
];

/** A member past the deadline, in a session that is for enrolling. */
async function enrolling(): Promise<{ engine: Engine; owner: Person; member: Person; id: string }> {
  const engine = await openEngine();
  const owner = await signedInOwner(engine);
  const id = await addAccount(engine);
  await writePolicy(engine, { enforcement: 'required', complianceDays: 0 });
  const member = personAt(engine);
  expect(await member.api.open.signIn.withPassword(WHO)).toEqual({ next: 'enrol' });
  return { engine, owner, member, id };
}

describe('R26 S24 S36 a session past the deadline', () => {
  test('R26 is for enrolling: the screens are told so, and a sign-in by two steps is not on record yet', async () => {
    const { engine, member } = await enrolling();
    expect((await member.api.open.welcome()).stage).toBe('enrol');
    expect(await member.api.self.me()).toMatchObject({
      twoStep: 'off',
      session: { scope: 'enrolOnly', endsAt: engine.clock.now() + 30 * MINUTE },
      compliance: { kind: 'overdue', deadline: engine.clock.now() },
    });
  });

  test('S1 S24 S26 opens nothing but enrolling; each refusal is on record once and changes nothing', async () => {
    const { engine, member } = await enrolling();
    const closed = PROCEDURES.filter(({ path }) => !path.startsWith('open.') && !OPEN_TO_ENROL.includes(path));
    expect(closed.length).toBeGreaterThan(20);
    const before = everythingStored(engine);
    for (const { path } of closed) {
      const audited = await auditedBy(engine, async () => {
        expect([path, wordFor(await verdictOf(callByPath(member, path, INPUTS[path])))]).toEqual([path, 'enrolFirst']);
      });
      expect(audited).toMatchObject([{ kind: 'accessDenied', detail: { reason: path } }]);
    }
    const withoutActivity = ({ sessions: _, ...tables }: Record<string, unknown[]>) => tables;
    expect(withoutActivity(everythingStored(engine))).toEqual(withoutActivity(before));
  });

  test('R26 becomes a full one by enrolling, under a new token (S16), and the old one is worth nothing', async () => {
    const { engine, member } = await enrolling();
    const { session: old } = member.jar;
    const id = (await member.api.self.me()).session.id;
    engine.clock.advance(10 * MINUTE);
    expect(await enableTwoStep(engine, member, MEMBER.email)).toHaveLength(10);
    const me = await member.api.self.me();
    expect(me).toMatchObject({
      twoStep: 'active',
      compliance: { kind: 'met' },
      session: { id, scope: 'full', endsAt: engine.clock.now() - 10 * MINUTE + 24 * HOUR },
    });
    expect((await member.api.self.sessions.list())[0]).toMatchObject({ provenWith: 'email', current: true });
    member.jar.session = old;
    expect(await refusalOf(member.api.self.me())).toMatchObject({ code: 'notSignedIn' });
    expect(await personAt(engine).api.open.signIn.withPassword(WHO)).toEqual({ next: 'secondStep' });
  });

  test('R26 ends after half an hour, or a quarter without activity', async () => {
    for (const away of [15 * MINUTE, 10 * MINUTE]) {
      const { engine, member } = await enrolling();
      for (let at = 0; at < 30 * MINUTE; at += away) {
        engine.clock.advance(away);
        if (at + away < 30 * MINUTE) await verdictOf(member.api.self.keepAlive());
      }
      expect((await member.api.open.welcome()).stage).toBe('signIn');
    }
  });

  test('S11 signing in to enrol forgets no failures; enrolling does', async () => {
    const { engine, member, id } = await enrolling();
    const failures = async () => (await engine.read((tx) => tx.accounts.find(id)))?.throttle.failures;
    await refusalOf(member.api.open.signIn.withPassword({ ...WHO, password: 'not my password' }));
    await member.api.open.signIn.withPassword(WHO);
    expect(await failures()).toBe(1);
    await enableTwoStep(engine, member, MEMBER.email);
    expect(await failures()).toBe(0);
  });

  test('S25 whoever leaves before the code is enrolled in nothing, and is asked again', async () => {
    const { engine, member } = await enrolling();
    await member.api.self.twoStep.sendEnableCode({ method: 'email' });
    await member.api.self.signOut();
    expect(await personAt(engine).api.open.signIn.withPassword(WHO)).toEqual({ next: 'enrol' });
  });

  test('R29 a policy that asks no more lets the next sign-in through; the enrolling session stays what it is', async () => {
    const { engine, member } = await enrolling();
    await writePolicy(engine, { enforcement: 'optional' });
    expect((await member.api.open.welcome()).stage).toBe('enrol');
    expect(await member.api.open.signIn.withPassword(WHO)).toEqual({ next: 'signedIn' });
  });
});

describe('R6 S27 what enrolling does to the other sessions', () => {
  test.each([
    ['revokeOthers', ['notSignedIn', 'notSignedIn']],
    ['keep', ['done', 'notSignedIn']],
  ] as const)('R6 S27 with %s a full session and another enrolling one come to %s', async (onEnrol, words) => {
    const engine = await openEngine();
    await signedInOwner(engine);
    await addAccount(engine);
    const early = personAt(engine);
    await early.api.open.signIn.withPassword(WHO);
    await writePolicy(engine, { enforcement: 'required', complianceDays: 0, onEnrol });
    const [other, member] = [personAt(engine), personAt(engine)];
    for (const person of [other, member]) await person.api.open.signIn.withPassword(WHO);
    await enableTwoStep(engine, member, MEMBER.email);
    const came = await Promise.all([early, other].map((person) => verdictOf(person.api.self.me())));
    expect(came.map(wordFor)).toEqual(words);
  });
});

describe('R30 while enforcement applies nobody switches it off for themself', () => {
  const asked = { enforcement: 'required', complianceDays: 10 } as const;

  test.each([
    ['required, long before the deadline', asked, 0, 'enforcementApplies', false],
    ['required, after it', asked, 11 * DAY, 'enforcementApplies', false],
    ['optional', { enforcement: 'optional' }, 0, 'done', true],
    ['off', { enforcement: 'off' }, 0, 'done', true],
  ] as const)('R30 %s', async (_, policy, later, word, mayDisable) => {
    const engine = await openEngine();
    await enableTwoStep(engine, await signedInOwner(engine));
    await writePolicy(engine, policy);
    engine.clock.advance(later);
    const owner = personAt(engine);
    if ((await owner.api.open.signIn.withPassword(CREDENTIALS)).next === 'secondStep') {
      const { code } = await owner.api.open.signIn.pending();
      const answer = { challengeId: code?.challengeId ?? '', code: await engine.codeFor(OWNER.email) };
      await owner.api.open.signIn.prove({ method: 'email', ...answer });
    }
    expect((await owner.api.self.twoStep.status()).mayDisable).toBe(mayDisable);
    const stepUp = await mailedStepUp(engine, owner, 'disable');
    expect(wordFor(await verdictOf(owner.api.self.twoStep.disable(stepUp)))).toBe(word);
    expect((await owner.api.self.me()).twoStep).toBe(word === 'done' ? 'off' : 'active');
  });

  test('R30 R37 a break-glass account may', async () => {
    const engine = await openEngine();
    const owner = await signedInOwner(engine);
    await enableTwoStep(engine, owner);
    await writePolicy(engine, asked);
    const { id } = (await owner.api.self.me()).account;
    const exception = { id: 'safe', kind: 'breakGlass', accountId: id, groupId: null, until: null } as const;
    await engine.deps.store.transaction((tx) =>
      tx.exceptions.add({ ...exception, reason: 'The safe', createdBy: id, createdAt: 0 }),
    );
    expect((await owner.api.self.twoStep.status()).mayDisable).toBe(true);
    await owner.api.self.twoStep.disable(await mailedStepUp(engine, owner, 'disable'));
    expect((await owner.api.self.me()).twoStep).toBe('off');
  });

  test('R30 the refusal spends no proof, and wants the right password first', async () => {
    const engine = await openEngine();
    const owner = await signedInOwner(engine);
    const [code] = await enableTwoStep(engine, owner);
    await writePolicy(engine, asked);
    const proof = { method: 'recoveryCode' as const, code };
    const wrong = owner.api.self.twoStep.disable({ currentPassword: 'not my password', proof });
    expect(await refusalOf(wrong)).toMatchObject({ code: 'currentPasswordRejected' });
    const right = owner.api.self.twoStep.disable({ currentPassword: OWNER.password, proof });
    expect(await refusalOf(right)).toMatchObject({ code: 'enforcementApplies' });
    expect((await owner.api.self.twoStep.status()).recoveryCodes.left).toBe(10);
  });
});

test('R41 whoever an admin has reset must enrol at the next sign-in, whatever policy says, and once enrolled no more', async () => {
  const engine = await openEngine();
  await signedInOwner(engine);
  const id = await addAccount(engine);
  await writePolicy(engine, { enforcement: 'required', complianceDays: 10, afterDeadline: 'block' });
  await engine.deps.store.transaction((tx) => tx.accounts.change(id, { mustEnrolSince: engine.clock.now() }));
  const member = personAt(engine);
  expect(await member.api.open.signIn.withPassword(WHO)).toEqual({ next: 'enrol' });
  await enableTwoStep(engine, member, MEMBER.email);
  expect((await engine.read((tx) => tx.accounts.find(id)))?.mustEnrolSince).toBe(null);
});
