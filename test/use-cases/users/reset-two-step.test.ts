import { describe, expect, test } from 'vitest';
import { MINUTE } from '../../../src-main/domain/values.ts';
import { auditedBy } from '../../attacks/support/audit.ts';
import { accountOf, sessionsOf } from '../../attacks/support/people.ts';
import { type Engine, openEngine } from '../../support/engine.ts';
import { personAt, refusalOf } from '../../support/person.ts';
import { type Colleague, colleague, ownerOf, provenBy, UNPROVEN } from '../../support/staff.ts';

const REASON = 'Came in person with a passport';

async function reset(engine: Engine, agent: Colleague, { id }: { readonly id: string }) {
  const proofs = await provenBy(engine, agent, 'resetTwoStep');
  return agent.api.helpDesk.resetTwoStep({ id, reason: REASON, ...proofs });
}

async function scene() {
  const engine = await openEngine();
  const owner = await ownerOf(engine);
  const agent = await colleague(engine, 'helpDesk');
  const member = await colleague(engine, 'member');
  return { engine, owner, agent, member };
}

test('R41 a reset takes factors, codes, sessions and what is half done; password and address stay (S42)', async () => {
  const { engine, agent, member } = await scene();
  engine.clock.advance(MINUTE);
  const half = personAt(engine);
  await half.api.open.signIn.withPassword({ email: member.email, password: member.password });
  const before = await accountOf(engine, member.email);

  const audited = await auditedBy(engine, () => reset(engine, agent, member));
  expect(audited.at(-1)).toMatchObject({
    kind: 'twoStepReset',
    actorId: agent.id,
    targetId: member.id,
    detail: { reason: REASON },
  });
  const after = await accountOf(engine, member.email);
  expect(after).toEqual({
    ...before,
    twoStep: 'off',
    mustEnrolSince: engine.clock.now(),
    epoch: before.epoch + 1,
  });
  expect(await sessionsOf(engine, member.email)).toBe(0);
  expect(await refusalOf(half.api.open.signIn.pending())).toMatchObject({ code: 'signInExpired' });
  const left = await engine.read(async (tx) => ({
    factors: await tx.factors.listFor(member.id),
    codes: (await tx.recoveryCodes.counts(member.id)).total,
  }));
  expect(left).toEqual({ factors: [], codes: 0 });
});

test('R41 R26 after it the password opens nothing but enrolling, whatever policy says, and enrolling opens the rest', async () => {
  const { engine, agent, member } = await scene();
  await reset(engine, agent, member);
  const person = personAt(engine);
  const { email, password } = member;
  expect(await person.api.open.signIn.withPassword({ email, password })).toEqual({ next: 'enrol' });
  expect(await refusalOf(person.api.self.sessions.list())).toMatchObject({ code: 'enrolFirst' });
  engine.clock.advance(MINUTE);
  const { challengeId } = await person.api.self.twoStep.sendEnableCode({ method: 'email' });
  await person.api.self.twoStep.enable({ challengeId, code: await engine.codeFor(email) });
  expect(await person.api.self.sessions.list()).toHaveLength(1);
  expect((await accountOf(engine, email)).mustEnrolSince).toBeNull();
});

test('R41 every known address is told: the old one of a change that can still be undone, too', async () => {
  const { engine, agent, member } = await scene();
  const newEmail = 'elsewhere@example.org';
  const wanted = { newEmail, currentPassword: member.password };
  const { challengeId } = await member.api.self.email.sendCode(wanted);
  const proof = await member.api.self.twoStep.sendProofCode({ purpose: 'changeEmail' });
  await member.api.self.email.change({
    currentPassword: member.password,
    proof: { method: 'email', challengeId: proof.challengeId, code: await engine.codeFor(member.email) },
    challengeId,
    code: await engine.codeFor(newEmail),
  });
  await reset(engine, agent, member);
  const told = (await engine.letters()).filter(({ message }) => message.kind === 'twoStepReset');
  expect(told.map(({ to }) => to).sort()).toEqual([newEmail, member.email].sort());
  expect(told[0]?.message).toMatchObject({ by: agent.name });
});

describe('R41 S41 a reset is refused', () => {
  test('for want of the agent’s own two-step verification', async () => {
    const { engine, member } = await scene();
    const agent = await colleague(engine, 'helpDesk', { name: 'New Agent', twoStep: 'off' });
    const input = { id: member.id, reason: REASON, currentPassword: agent.password, proof: null };
    const audited = await auditedBy(engine, async () => {
      expect(await refusalOf(agent.api.helpDesk.resetTwoStep(input))).toMatchObject({ code: 'enrolYourselfFirst' });
    });
    const reason = 'resetTwoStep: enrolYourselfFirst';
    expect(audited).toMatchObject([{ kind: 'adminActRefused', targetId: member.id, detail: { reason } }]);
  });

  test('with a code that was sent for another act', async () => {
    const { engine, owner, member } = await scene();
    const proofs = await provenBy(engine, owner, 'roles');
    const call = owner.api.helpDesk.resetTwoStep({ id: member.id, reason: REASON, ...proofs });
    expect(await refusalOf(call)).toMatchObject({ code: 'challengeExpired' });
    expect((await accountOf(engine, member.email)).twoStep).toBe('active');
  });

  test('of who has nothing to reset', async () => {
    const { engine, agent } = await scene();
    const { id } = await colleague(engine, 'member', { name: 'Plain Member', twoStep: 'off' });
    const call = agent.api.helpDesk.resetTwoStep({ id, reason: REASON, ...UNPROVEN });
    expect(await refusalOf(call)).toMatchObject({ code: 'stateUnfit' });
  });

  test('without a reason', async () => {
    const { agent, member } = await scene();
    const call = agent.api.helpDesk.resetTwoStep({ id: member.id, reason: ' \u200b ', ...UNPROVEN });
    expect(await refusalOf(call)).toMatchObject({
      code: 'invalidInput',
      data: { fields: { reason: expect.any(String) } },
    });
  });

  test('where policy has it switched off', async () => {
    const { engine, agent, member } = await scene();
    await engine.deps.store.transaction(async (tx) => {
      const { policy } = await tx.workspace.policy();
      await tx.workspace.changePolicy({ ...policy, adminReset: 'off' }, null, engine.clock.now());
    });
    const call = agent.api.helpDesk.resetTwoStep({ id: member.id, reason: REASON, ...UNPROVEN });
    expect(await refusalOf(call)).toMatchObject({ code: 'forbidden' });
  });
});

test('S7 of twenty parallel resets with one code, one is done', async () => {
  const { engine, owner, member } = await scene();
  const proofs = await provenBy(engine, owner, 'resetTwoStep');
  const seats = Array.from({ length: 20 }, () => {
    const seat = personAt(engine);
    seat.jar.session = owner.jar.session;
    return seat;
  });
  const outcomes = await Promise.allSettled(
    seats.map(({ api }) => api.helpDesk.resetTwoStep({ id: member.id, reason: REASON, ...proofs })),
  );
  expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  const told = (await engine.letters()).filter(({ message }) => message.kind === 'twoStepReset');
  expect(told).toHaveLength(1);
});
