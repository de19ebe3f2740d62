import { describe, expect, test } from 'vitest';
import { DAY, MINUTE } from '../../../src-main/domain/values.ts';
import type { AccountChange } from '../../../src-main/ports/store.ts';
import { type Engine, openEngine } from '../../support/engine.ts';
import { mailedAnswer } from '../../support/flows.ts';
import { enableTwoStep, OWNER, type Person, personAt, refusalOf, signedInOwner } from '../../support/person.ts';
import { addAccount, auditedBy, MEMBER, writePolicy } from '../../support/records.ts';

const WHO = { email: MEMBER.email, password: MEMBER.password };
const WRONG = { ...WHO, password: 'not my password' };

interface Scene {
  readonly engine: Engine;
  readonly owner: Person;
  readonly id: string;
}

/** A workspace with a member whose two-step verification is off. */
async function withMember(): Promise<Scene> {
  const engine = await openEngine();
  const owner = await signedInOwner(engine);
  return { engine, owner, id: await addAccount(engine) };
}

const alter = ({ engine, id }: Scene, change: AccountChange) =>
  engine.deps.store.transaction((tx) => tx.accounts.change(id, change));

const signIn = ({ engine }: Scene, credentials = WHO, at?: string) => {
  const person = personAt(engine, 'desktop', at);
  return { person, answer: person.api.open.signIn.withPassword(credentials) };
};

/** The member with two-step verification on, owing the second step. */
async function pendingMember(scene: Scene): Promise<Person> {
  const member = signIn(scene);
  await member.answer;
  await enableTwoStep(scene.engine, member.person, MEMBER.email);
  const again = signIn(scene);
  await again.answer;
  return again.person;
}

describe('R20 R22 R26 S17 refusals that only the right password is told of', () => {
  test.each([
    ['suspended', {}, (scene: Scene) => alter(scene, { suspendedAt: scene.engine.clock.now() })],
    ['addressRefused', { addresses: ['192.0.2.7'] }, (scene: Scene) => alter(scene, { allowlist: ['203.0.113.0/24'] })],
    [
      'deadlinePassed',
      { deadline: Date.UTC(2026, 5, 1, 12) },
      ({ engine }: Scene) =>
        writePolicy(engine, { enforcement: 'required', complianceDays: 0, afterDeadline: 'block' }),
    ],
  ] as const)(
    'R22 S17 %s: a wrong password hears what any wrong one does; both are on record',
    async (code, data, make) => {
      const scene = await withMember();
      await make(scene);
      const audited = await auditedBy(scene.engine, async () => {
        const { person, answer } = signIn(scene, WRONG);
        expect(await refusalOf(answer)).toEqual({ code: 'signInRejected', data: undefined });
        expect(await refusalOf(signIn(scene).answer)).toMatchObject({ code, ...(code !== 'suspended' && { data }) });
        expect(person.jar).toEqual({ session: null, pending: null });
      });
      expect(audited).toMatchObject([
        { kind: 'passwordRejected', targetId: scene.id },
        { kind: 'signInRefused', targetId: scene.id, actorId: null, detail: { reason: code } },
      ]);
    },
  );

  test('R20 a sign-in from elsewhere goes through once the list is changed, and from an allowed address at once', async () => {
    const scene = await withMember();
    await alter(scene, { allowlist: ['203.0.113.0/24'] });
    expect(await refusalOf(signIn(scene).answer)).toMatchObject({ code: 'addressRefused' });
    expect(await signIn(scene, WHO, '203.0.113.9').answer).toEqual({ next: 'signedIn' });
    await alter(scene, { allowlist: ['203.0.113.0/24', '192.0.2.0/24'] });
    expect(await signIn(scene).answer).toEqual({ next: 'signedIn' });
  });

  test('R20 S44 an address in IPv6 clothes is the address', async () => {
    const scene = await withMember();
    await alter(scene, { allowlist: ['192.0.2.7'] });
    expect(await signIn(scene, WHO, '::ffff:192.0.2.7').answer).toEqual({ next: 'signedIn' });
  });

  test('R22 right passwords that are refused are not counted as wrong', async () => {
    const scene = await withMember();
    await alter(scene, { suspendedAt: 0 });
    for (let i = 0; i < 12; i += 1) expect(await refusalOf(signIn(scene).answer)).toMatchObject({ code: 'suspended' });
  });
});

describe('S3 S14 S15 what changes while the second step is open', () => {
  const prove = async ({ engine }: Scene, person: Person) => {
    return person.api.open.signIn.prove(await mailedAnswer(engine, person, MEMBER.email));
  };

  test('S14 an account that is suspended meanwhile is not entered', async () => {
    const scene = await withMember();
    const person = await pendingMember(scene);
    const answer = await mailedAnswer(scene.engine, person, MEMBER.email);
    await alter(scene, { suspendedAt: scene.engine.clock.now() });
    expect(await refusalOf(person.api.open.signIn.prove(answer))).toMatchObject({ code: 'signInExpired' });
    expect(await refusalOf(person.api.open.signIn.pending())).toMatchObject({ code: 'signInExpired' });
    expect((await person.api.open.welcome()).stage).toBe('signIn');
  });

  test('S3 R20 an allowlist that leaves the address out meanwhile refuses the right code, and spends none', async () => {
    const scene = await withMember();
    const person = await pendingMember(scene);
    await alter(scene, { allowlist: ['203.0.113.1'] });
    const audited = await auditedBy(scene.engine, async () => {
      expect(await refusalOf(prove(scene, person))).toMatchObject({ code: 'addressRefused' });
    });
    expect(audited).toMatchObject([{ kind: 'signInRefused', detail: { reason: 'addressRefused' } }]);
    await alter(scene, { allowlist: [] });
    await prove(scene, person);
    expect((await person.api.open.welcome()).stage).toBe('signedIn');
  });

  test.each([
    ['switched off for everybody', { enforcement: 'off' }],
    ['made mandatory', { enforcement: 'required' }],
    ['left as it was, in a new version', {}],
  ] as const)('S3 S15 a policy that is %s makes the sign-in start over', async (_, change) => {
    const scene = await withMember();
    const person = await pendingMember(scene);
    const answer = await mailedAnswer(scene.engine, person, MEMBER.email);
    await writePolicy(scene.engine, change);
    expect(await refusalOf(person.api.open.signIn.prove(answer))).toMatchObject({ code: 'signInExpired' });
    expect(await refusalOf(person.api.open.signIn.sendCode({ method: 'email' }))).toMatchObject({
      code: 'signInExpired',
    });
  });
});

describe('R29 enforcement off', () => {
  test('R29 nobody is asked for a second step, and whoever had it is asked again once it is back', async () => {
    const scene = await withMember();
    await pendingMember(scene);
    await writePolicy(scene.engine, { enforcement: 'off' });
    const { person, answer } = signIn(scene);
    expect(await answer).toEqual({ next: 'signedIn' });
    expect(await person.api.self.me()).toMatchObject({ twoStep: 'active', compliance: { kind: 'notAsked' } });
    await writePolicy(scene.engine, { enforcement: 'optional' });
    expect((await person.api.open.welcome()).stage).toBe('signedIn');
    expect(await signIn(scene).answer).toEqual({ next: 'secondStep' });
  });

  test('R29 nobody can enrol, and the profile offers no method', async () => {
    const scene = await withMember();
    const { person, answer } = signIn(scene);
    await answer;
    const { challengeId } = await person.api.self.twoStep.sendEnableCode({ method: 'email' });
    const code = await scene.engine.codeFor(MEMBER.email);
    await writePolicy(scene.engine, { enforcement: 'off' });
    expect((await person.api.self.twoStep.status()).available).toEqual([]);
    const refused = { code: 'twoStepDisabledByPolicy' };
    expect(await refusalOf(person.api.self.twoStep.enable({ challengeId, code }))).toMatchObject(refused);
    scene.engine.clock.advance(MINUTE);
    expect(await refusalOf(person.api.self.twoStep.sendEnableCode({ method: 'email' }))).toMatchObject(refused);
  });

  test('R42 a locked account stays locked, and its recovery code still gets its owner in', async () => {
    const scene = await withMember();
    const { person } = signIn(scene);
    await person.api.open.signIn.withPassword(WHO);
    const [code] = await enableTwoStep(scene.engine, person, MEMBER.email);
    await writePolicy(scene.engine, { enforcement: 'off' });
    for (let i = 0; i < 10; i += 1) await refusalOf(signIn(scene, WRONG).answer);
    const locked = signIn(scene);
    expect(await locked.answer).toEqual({ next: 'secondStep' });
    await locked.person.api.open.signIn.prove({ method: 'recoveryCode', code });
    expect((await locked.person.api.open.welcome()).stage).toBe('signedIn');
  });
});

test('R26 until the deadline a person is told it; the session that was opened before goes on after it (R29)', async () => {
  const scene = await withMember();
  await writePolicy(scene.engine, { enforcement: 'required', complianceDays: 1 });
  const deadline = scene.engine.clock.now() + DAY;
  scene.engine.clock.advance(DAY - MINUTE);
  const { person, answer } = signIn(scene);
  expect(await answer).toEqual({ next: 'signedIn' });
  expect((await person.api.self.me()).compliance).toEqual({ kind: 'due', deadline });
  scene.engine.clock.advance(2 * MINUTE);
  expect((await person.api.self.me()).compliance).toEqual({ kind: 'overdue', deadline });
  expect(await signIn(scene).answer).toEqual({ next: 'enrol' });
});

test('R37 a break-glass account signs in past the deadline, on record, and every owner is told', async () => {
  const scene = await withMember();
  await writePolicy(scene.engine, { enforcement: 'required', complianceDays: 0, afterDeadline: 'block' });
  await scene.engine.deps.store.transaction((tx) =>
    tx.exceptions.add({
      id: 'safe',
      kind: 'breakGlass',
      accountId: scene.id,
      groupId: null,
      until: null,
      reason: 'The safe',
      createdBy: scene.id,
      createdAt: 0,
    }),
  );
  const audited = await auditedBy(scene.engine, async () => {
    expect(await signIn(scene).answer).toEqual({ next: 'signedIn' });
  });
  expect(audited.map(({ kind }) => kind)).toEqual(['signedIn', 'breakGlassUsed']);
  const told = (await scene.engine.letters()).filter(({ message }) => message.kind === 'breakGlassUsed');
  expect(told).toMatchObject([{ to: OWNER.email, message: { who: MEMBER.name, client: 'Chrome on Linux' } }]);
});

test('R17 R29 S79 whoever has only a blocked method still signs in by it, and is told to choose another', async () => {
  const scene = await withMember();
  const { policy } = await scene.engine.read((tx) => tx.workspace.policy());
  await pendingMember(scene);
  await writePolicy(scene.engine, { methods: { ...policy.methods, email: 'blocked' } });
  const { person, answer } = signIn(scene);
  expect(await answer).toEqual({ next: 'secondStep' });
  expect((await person.api.open.signIn.pending()).methods).toEqual(['email', 'recoveryCode']);
  await person.api.open.signIn.prove(await mailedAnswer(scene.engine, person, MEMBER.email));
  expect(await person.api.self.me()).toMatchObject({ methodGone: true });
  expect((await person.api.self.twoStep.status()).methods).toMatchObject([{ method: 'email', state: 'blocked' }]);
});
