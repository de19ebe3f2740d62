import { describe, expect, test } from 'vitest';
import { DAY, HOUR, MINUTE } from '../../../src-main/domain/values.ts';
import { startClock } from '../../../src-main/use-cases/clock/start-clock.ts';
import { issueOneTimeCode } from '../../../src-main/use-cases/recovery/issue-one-time-code.ts';
import { type Engine, openEngine } from '../../support/engine.ts';
import { mailedAnswer } from '../../support/flows.ts';
import {
  CREDENTIALS,
  enableTwoStep,
  OWNER,
  type Person,
  personAt,
  refusalOf,
  signedInOwner,
} from '../../support/person.ts';
import { addAccount, auditedBy, auditOf, MEMBER, writePolicy } from '../../support/records.ts';

const WHO = { email: MEMBER.email, password: MEMBER.password };
const CALLER = { surface: 'desktop' as const, addresses: ['192.0.2.7'], client: 'Vestibule' };
const YEAR = 365 * DAY;

/** The owner, enrolled and signed in, on a computer whose clock was set back by so much. */
async function setBack(
  by: number,
): Promise<{ engine: Engine; owner: Person; codes: readonly string[]; truth: number }> {
  const engine = await openEngine({ sealed: true });
  const owner = await signedInOwner(engine);
  const codes = await enableTwoStep(engine, owner);
  const truth = engine.clock.now() - by;
  if (by > 0) engine.clock.claim(truth);
  return { engine, owner, codes, truth };
}

const accept = (owner: Person, code: string | undefined, currentPassword = OWNER.password) =>
  owner.api.admin.clock.accept({ currentPassword, proof: { method: 'recoveryCode', code } });

describe('S37 the clock is more than a day behind what is on record', () => {
  test.each([
    [DAY, 'right'],
    [DAY + 1, 'wrong'],
  ] as const)('S37 by %i ms: the screens say it is %s', async (by, clock) => {
    const { owner } = await setBack(by);
    expect(await owner.api.open.welcome()).toMatchObject({ clock });
    expect(await owner.api.self.me()).toMatchObject({ clock });
  });

  test('S37 no device is trusted nor comes to be, and none is forgotten for it', async () => {
    const { engine } = await setBack(0);
    await writePolicy(engine, { trust: '30d' });
    const person = personAt(engine);
    const enter = async () => {
      await person.api.open.signIn.withPassword(CREDENTIALS);
      await person.api.open.signIn.prove({ ...(await mailedAnswer(engine, person)), remember: true });
    };
    await enter();
    const held = person.jar.trusts;
    engine.clock.claim(engine.clock.now() - 2 * DAY);
    expect(await person.api.open.signIn.withPassword(CREDENTIALS)).toEqual({ next: 'secondStep' });
    expect((await person.api.open.signIn.pending()).remember).toBe(null);
    await enter();
    expect(person.jar.trusts).toEqual(held);
    engine.clock.claim(null);
    expect(await person.api.open.signIn.withPassword(CREDENTIALS)).toEqual({ next: 'signedIn' });
  });

  test('S37 resets and invitations stand still, and go on once the clock is right', async () => {
    const { engine } = await setBack(2 * DAY);
    const id = await addAccount(engine);
    const now = engine.clock.now();
    const [reset, invitation] = await engine.deps.store.transaction(async (tx) => {
      const codes = [await issueOneTimeCode(engine.deps, tx, { id }, 'resetPassword', MEMBER.email, now)];
      const invited = await tx.accounts.findByEmailKey(OWNER.email);
      await tx.accounts.change(invited?.id ?? '', { passwordHash: null });
      codes.push(await issueOneTimeCode(engine.deps, tx, { id: invited?.id ?? '' }, 'invitation', OWNER.email, now));
      return codes;
    });
    const { api } = personAt(engine);
    const password = 'a brand new phrase';
    const finish = () => api.open.reset.finish({ code: reset?.code, newPassword: password, confirmPassword: password });
    const join = () => api.open.invitation.accept({ code: invitation?.code, password, confirmPassword: password });
    const audited = await auditedBy(engine, async () => {
      for (const call of [finish, join]) expect(await refusalOf(call())).toMatchObject({ code: 'clockWrong' });
    });
    expect(audited).toMatchObject([
      { kind: 'resetRefused', detail: { reason: 'clockWrong' } },
      { kind: 'invitationRefused', detail: { reason: 'clockWrong' } },
    ]);
    engine.clock.claim(null);
    expect(await finish()).toEqual({});
    expect(await join()).toMatchObject({ next: 'secondStep' });
  });

  test('S37 R43 a start with it ends sessions, pending sign-ins and codes, on record: how old they are, nobody knows', async () => {
    const { engine, owner } = await setBack(2 * DAY);
    const pending = personAt(engine);
    await pending.api.open.signIn.withPassword(CREDENTIALS);
    const start = () => auditedBy(engine, () => startClock(engine.deps, CALLER));
    const detail = { reason: 'clockWrong', count: 3 };
    expect(await start()).toMatchObject([{ kind: 'sessionEnded', actorId: null, targetId: null, detail }]);
    expect((await owner.api.open.welcome()).stage).toBe('signIn');
    expect((await pending.api.open.welcome()).stage).toBe('signIn');
    expect(await start()).toEqual([]);
  });

  test('S37 an owner still signs in, and accepts the clock with step-up: then it is what the computer says', async () => {
    const { engine, codes, truth } = await setBack(YEAR);
    const owner = personAt(engine);
    await owner.api.open.signIn.withPassword(CREDENTIALS);
    await owner.api.open.signIn.prove(await mailedAnswer(engine, owner));
    const before = engine.clock.now();
    const audited = await auditedBy(engine, () => accept(owner, codes[0]));
    expect(audited).toMatchObject([
      { kind: 'clockAccepted', at: truth, detail: { before: String(before), after: String(truth) } },
    ]);
    expect(engine.clock.now()).toBe(truth);
    expect(await owner.api.self.me()).toMatchObject({ clock: 'right', session: { endsAt: truth + 12 * HOUR } });
  });

  test('S37 what was begun, granted or locked under the wrong time is void then, for everybody', async () => {
    const { engine, owner, codes, truth } = await setBack(YEAR);
    const id = await addAccount(engine);
    const member = personAt(engine);
    await member.api.open.signIn.withPassword(WHO);
    const now = engine.clock.now();
    const throttle = { failures: 10, lockedUntil: now + 15 * MINUTE, triesInLock: 3 };
    const { code } = await engine.deps.store.transaction(async (tx) => {
      await tx.accounts.change(id, { throttle, mailResetAt: now, joinedAt: now });
      return issueOneTimeCode(engine.deps, tx, { id }, 'resetPassword', MEMBER.email, now);
    });
    await writePolicy(engine, { enforcement: 'required', complianceDays: 10 });
    await accept(owner, codes[0]);
    expect((await member.api.open.welcome()).stage).toBe('signIn');
    const finish = { code, newPassword: 'a brand new phrase', confirmPassword: 'a brand new phrase' };
    expect(await refusalOf(member.api.open.reset.finish(finish))).toMatchObject({ code: 'oneTimeCodeRejected' });
    expect(await member.api.open.signIn.withPassword(WHO)).toEqual({ next: 'signedIn' });
    expect((await member.api.self.me()).compliance).toEqual({ kind: 'due', deadline: truth + 10 * DAY });
    expect(await engine.read((tx) => tx.accounts.find(id))).toMatchObject({ mailResetAt: truth, joinedAt: truth });
  });

  test('S37 a restart after that keeps to what was accepted', async () => {
    const { engine, owner, codes, truth } = await setBack(YEAR);
    await accept(owner, codes[0]);
    expect(await engine.read((tx) => tx.audit.latestAt())).toBe(truth);
  });
});

describe('S37 S39 who may accept the clock', () => {
  test('S39 an owner alone', async () => {
    const { engine } = await setBack(2 * DAY);
    await addAccount(engine, 'admin');
    const admin = personAt(engine);
    await admin.api.open.signIn.withPassword(WHO);
    const call = admin.api.admin.clock.accept({ currentPassword: MEMBER.password, proof: null });
    expect(await refusalOf(call)).toMatchObject({ code: 'forbidden' });
  });

  test('S26 with password and proof', async () => {
    const { owner, codes, engine } = await setBack(2 * DAY);
    expect(await refusalOf(accept(owner, codes[0], 'not mine'))).toMatchObject({ code: 'currentPasswordRejected' });
    expect(await refusalOf(accept(owner, 'not one'))).toMatchObject({ code: 'recoveryCodeRejected' });
    const bare = owner.api.admin.clock.accept({ currentPassword: OWNER.password, proof: null });
    expect(await refusalOf(bare)).toMatchObject({ code: 'proofNeeded' });
    const { challengeId } = await owner.api.self.twoStep.sendProofCode({ purpose: 'clock' });
    const proof = { method: 'email' as const, challengeId, code: await engine.codeFor(OWNER.email) };
    expect(await owner.api.admin.clock.accept({ currentPassword: OWNER.password, proof })).toEqual({});
  });

  test('and nobody while there is nothing to accept', async () => {
    const { owner, codes } = await setBack(0);
    expect(await refusalOf(accept(owner, codes[0]))).toMatchObject({ code: 'stateUnfit' });
    expect((await owner.api.self.twoStep.status()).recoveryCodes.left).toBe(10);
  });
});

describe('S37 time leapt ahead', () => {
  const refusing = { enforcement: 'required', complianceDays: 10, afterDeadline: 'block' } as const;

  test('S37 no mass lock-out: whom the deadline would refuse may enrol, until an owner says that the time is right', async () => {
    const { engine, codes } = await setBack(0);
    await addAccount(engine);
    await writePolicy(engine, refusing);
    engine.clock.advance(YEAR);
    engine.clock.doubt();
    const audited = await auditedBy(engine, async () => {
      for (let i = 0; i < 2; i += 1) {
        expect(await personAt(engine).api.open.signIn.withPassword(WHO)).toEqual({ next: 'enrol' });
      }
    });
    expect(audited.map(({ kind }) => kind)).toEqual(['clockDoubted', 'signedIn', 'signedIn']);
    const owner = personAt(engine);
    await owner.api.open.signIn.withPassword(CREDENTIALS);
    await owner.api.open.signIn.prove(await mailedAnswer(engine, owner));
    expect(await owner.api.self.me()).toMatchObject({ clock: 'wrong' });
    await accept(owner, codes[0]);
    expect(await owner.api.self.me()).toMatchObject({ clock: 'right' });
    expect(await refusalOf(personAt(engine).api.open.signIn.withPassword(WHO))).toMatchObject({
      code: 'deadlinePassed',
    });
  });

  test('S37 a restart does not forget the doubt, and does not put it on record twice', async () => {
    const { engine, owner, codes } = await setBack(0);
    const { clock } = engine;
    clock.doubt();
    await startClock(engine.deps, CALLER);
    clock.accept(clock.now());
    await startClock(engine.deps, CALLER);
    expect(clock.isDoubted()).toBe(true);
    expect((await auditOf(engine)).filter(({ kind }) => kind === 'clockDoubted')).toHaveLength(1);
    await accept(owner, codes[0]);
    await startClock(engine.deps, CALLER);
    expect(clock.isDoubted()).toBe(false);
  });
});

test('S37 recovering a sole owner goes on while the clock is wrong: it is the last way back', async () => {
  const { engine } = await setBack(YEAR);
  const { id } = (await engine.read((tx) => tx.accounts.findByEmailKey(OWNER.email))) ?? { id: '' };
  await engine.deps.store.transaction((tx) => tx.accounts.change(id, { allowlist: ['203.0.113.1'] }));
  await writePolicy(engine, { enforcement: 'required', complianceDays: 0, afterDeadline: 'block' });
  const { code } = await engine.deps.store.transaction((tx) =>
    issueOneTimeCode(engine.deps, tx, { id }, 'recoverOwner', '', engine.clock.now()),
  );
  const password = 'a brand new phrase';
  const { api } = personAt(engine);
  await api.open.reset.finish({ code, newPassword: password, confirmPassword: password });
  expect(await api.open.signIn.withPassword({ email: OWNER.email, password })).toEqual({ next: 'enrol' });
});
