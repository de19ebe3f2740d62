import { describe, expect, test } from 'vitest';
import { LIFETIME_OF } from '../../../src-main/domain/one-time-code.ts';
import type { AccountChange } from '../../../src-main/ports/store.ts';
import { issueOneTimeCode } from '../../../src-main/use-cases/recovery/issue-one-time-code.ts';
import { verdictOf, wordFor } from '../../attacks/support/verdict.ts';
import { type Engine, openEngine } from '../../support/engine.ts';
import { enableTwoStep, type Person, personAt, refusalOf, signedInOwner } from '../../support/person.ts';
import { addAccount, auditedBy, everythingStored, MEMBER, writePolicy } from '../../support/records.ts';

const PASSWORD = 'a brand new phrase';
const WHO = { email: MEMBER.email, password: PASSWORD };

interface Invited {
  readonly engine: Engine;
  readonly owner: Person;
  readonly id: string;
  readonly code: string;
}

/** Somebody who was added and has not joined yet, with the code of their invitation. */
async function invited(): Promise<Invited> {
  const engine = await openEngine();
  const owner = await signedInOwner(engine);
  const id = await addAccount(engine);
  const now = engine.clock.now();
  const { code } = await engine.deps.store.transaction(async (tx) => {
    await tx.accounts.change(id, { passwordHash: null });
    return issueOneTimeCode(engine.deps, tx, { id }, 'invitation', MEMBER.email, now);
  });
  return { engine, owner, id, code };
}

const accept = ({ engine, code }: Invited, password = PASSWORD, person = personAt(engine)) => ({
  person,
  answer: person.api.open.invitation.accept({ code, password, confirmPassword: password }),
});

const alter = ({ engine, id }: Invited, change: AccountChange) =>
  engine.deps.store.transaction((tx) => tx.accounts.change(id, change));

describe('R40 S42 joining by invitation', () => {
  test('S42 the invited person alone chooses the password, and is in', async () => {
    const scene = await invited();
    const { engine, id } = scene;
    engine.clock.advance(60_000);
    const { person, answer } = accept(scene);
    const audited = await auditedBy(engine, async () => expect(await answer).toEqual({ next: 'signedIn' }));
    expect(audited).toMatchObject([{ kind: 'invitationAccepted', actorId: id }, { kind: 'signedIn' }]);
    expect((await person.api.open.welcome()).stage).toBe('signedIn');
    expect(await engine.read((tx) => tx.accounts.find(id))).toMatchObject({ joinedAt: engine.clock.now(), epoch: 2 });
    expect(await personAt(engine).api.open.signIn.withPassword(WHO)).toEqual({ next: 'signedIn' });
  });

  test('R14 before that no password fits, not even an empty one', async () => {
    const { engine } = await invited();
    for (const password of [' ', 'null', MEMBER.password]) {
      const call = personAt(engine).api.open.signIn.withPassword({ email: MEMBER.email, password });
      expect(await refusalOf(call)).toMatchObject({ code: 'signInRejected' });
    }
  });

  test('S21 of twenty that use one code at once exactly one joins, and the code is worth nothing after', async () => {
    const scene = await invited();
    const calls = Array.from({ length: 20 }, (_, index) => verdictOf(accept(scene, `${PASSWORD} ${index}`).answer));
    const words = (await Promise.all(calls)).map(wordFor);
    expect(words.filter((word) => word === 'done')).toHaveLength(1);
    expect(new Set(words)).toEqual(new Set(['done', 'oneTimeCodeRejected']));
    expect(await refusalOf(accept(scene).answer)).toMatchObject({ code: 'oneTimeCodeRejected' });
  });

  test.each([
    [-1, 'done'],
    [0, 'oneTimeCodeRejected'],
  ] as const)('S21 %i ms from its end the code comes to %s', async (offset, word) => {
    const scene = await invited();
    scene.engine.clock.advance(LIFETIME_OF.invitation + offset);
    expect(wordFor(await verdictOf(accept(scene).answer))).toBe(word);
  });

  test.each([
    ['suspended', { suspendedAt: 1 }],
    ['deleted', { deletedAt: 1 }],
    ['in possession of a password', { passwordHash: 'some hash' }],
    ['under another address', { email: 'mel.new@example.org', emailKey: 'mel.new@example.org' }],
  ] as const)(
    'S21 whoever is %s by now does not join, and learns no more than with a wrong code',
    async (_, change) => {
      const scene = await invited();
      await alter(scene, change);
      const before = everythingStored(scene.engine);
      const audited = await auditedBy(scene.engine, async () => {
        expect(await refusalOf(accept(scene).answer)).toEqual({ code: 'oneTimeCodeRejected', data: undefined });
        expect(await refusalOf(accept({ ...scene, code: 'AAAAA-AAAAA-AAAAA-AAAAA' }).answer)).toEqual({
          code: 'oneTimeCodeRejected',
          data: undefined,
        });
      });
      expect(audited).toMatchObject([
        { kind: 'invitationRefused', actorId: null, targetId: scene.id },
        { kind: 'invitationRefused', actorId: null, targetId: null },
      ]);
      expect(everythingStored(scene.engine)).toEqual(before);
    },
  );

  test('S6 S21 neither does another code open an invitation, nor an invitation anything else', async () => {
    const scene = await invited();
    const { engine, id } = scene;
    const reset = await engine.deps.store.transaction((tx) =>
      issueOneTimeCode(engine.deps, tx, { id }, 'resetPassword', MEMBER.email, engine.clock.now()),
    );
    expect(await refusalOf(accept({ ...scene, code: reset.code }).answer)).toMatchObject({
      code: 'oneTimeCodeRejected',
    });
    const finish = { code: scene.code, newPassword: PASSWORD, confirmPassword: PASSWORD };
    expect(await refusalOf(personAt(engine).api.open.reset.finish(finish))).toMatchObject({
      code: 'oneTimeCodeRejected',
    });
  });

  test('R22 whoever has not joined cannot have a reset mailed: the invitation is the way in', async () => {
    const { engine } = await invited();
    const before = (await engine.letters()).length;
    expect(await personAt(engine).api.open.reset.request({ email: MEMBER.email })).toEqual({});
    expect((await engine.letters()).length).toBe(before);
  });

  test.each([
    ['short', 'short'],
    ['password123', 'common'],
    [MEMBER.email, 'personal'],
    ['Example Works', 'personal'],
  ])('R19 the password %j is refused as at set-up, and the invitation stays good', async (password, reason) => {
    const scene = await invited();
    const audited = await auditedBy(scene.engine, async () => {
      expect(await refusalOf(accept(scene, password).answer)).toEqual({ code: 'passwordUnfit', data: { reason } });
    });
    expect(audited).toMatchObject([{ kind: 'passwordUnfit', targetId: scene.id }]);
    expect(await accept(scene).answer).toEqual({ next: 'signedIn' });
  });

  test('two passwords that differ are told so', async () => {
    const { engine, code } = await invited();
    const call = personAt(engine).api.open.invitation.accept({ code, password: PASSWORD, confirmPassword: 'another' });
    expect(await refusalOf(call)).toMatchObject({ code: 'invalidInput' });
  });

  test('S16 a session that was open on the same screen is ended', async () => {
    const scene = await invited();
    const { session } = scene.owner.jar;
    await accept(scene, PASSWORD, scene.owner).answer;
    const kept = personAt(scene.engine);
    kept.jar.session = session;
    expect(await refusalOf(kept.api.self.me())).toMatchObject({ code: 'notSignedIn' });
  });
});

describe('R26 policy holds for who joins as for any sign-in', () => {
  test.each([
    ['no period, where policy lets enrol', { complianceDays: 0 }, 'enrol'],
    [
      'no period, where policy refuses: who never could enrol is not refused for that',
      { complianceDays: 0, afterDeadline: 'block' },
      'enrol',
    ],
    ['a period, which begins with joining', { complianceDays: 3, afterDeadline: 'block' }, 'signedIn'],
  ] as const)('R26 %s', async (_, change, next) => {
    const scene = await invited();
    await writePolicy(scene.engine, { enforcement: 'required', ...change }, 0);
    const { person, answer } = accept(scene);
    expect(await answer).toEqual({ next });
    if (next === 'signedIn') return;
    expect(await personAt(scene.engine).api.open.signIn.withPassword(WHO)).toEqual({ next: 'enrol' });
    await enableTwoStep(scene.engine, person, MEMBER.email);
    expect((await person.api.open.welcome()).stage).toBe('signedIn');
  });

  test('R20 from elsewhere one joins, and is told that signing in from there is not allowed', async () => {
    const scene = await invited();
    await alter(scene, { allowlist: ['203.0.113.1'] });
    expect(await refusalOf(accept(scene).answer)).toMatchObject({ code: 'addressRefused' });
    const allowed = personAt(scene.engine, 'desktop', '203.0.113.1');
    expect(await allowed.api.open.signIn.withPassword(WHO)).toEqual({ next: 'signedIn' });
  });
});
