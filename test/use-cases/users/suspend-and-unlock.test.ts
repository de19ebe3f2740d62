import { expect, test } from 'vitest';
import { MINUTE } from '../../../src-main/domain/values.ts';
import { auditedBy } from '../../attacks/support/audit.ts';
import { accountOf } from '../../attacks/support/people.ts';
import { type Engine, openEngine } from '../../support/engine.ts';
import { personAt, refusalOf } from '../../support/person.ts';
import { type Colleague, colleague, ownerOf } from '../../support/staff.ts';

const REASON = 'Lost their laptop';

function passwordOf(engine: Engine, { email, password }: Colleague) {
  return personAt(engine).api.open.signIn.withPassword({ email, password });
}

/** A device on which somebody's second step is spared. */
async function trust(engine: Engine, { id }: Colleague): Promise<void> {
  const { epoch } = await engine.read(async (tx) => (await tx.accounts.find(id)) ?? { epoch: 0 });
  const now = engine.clock.now();
  await engine.deps.store.transaction(async (tx) => {
    const { policy, version } = await tx.workspace.policy();
    const { version: policyVersion } = await tx.workspace.changePolicy({ ...policy, trust: '30d' }, null, now);
    expect(policyVersion).toBe(version + 1);
    const times = { createdAt: now, lastUsedAt: now, expiresAt: now + 1_000_000_000 };
    await tx.trustedDevices.add({
      ...{ id: `device of ${id}`, accountId: id, secretHash: `hash of ${id}`, epoch, policyVersion },
      ...{ client: 'Chrome on Linux', ...times },
    });
  });
}

test('R39 whoever is suspended is out at once, sessions and trusted devices too, and stays out until reinstated', async () => {
  const engine = await openEngine();
  const owner = await ownerOf(engine);
  const member = await colleague(engine, 'member', { twoStep: 'off' });
  await trust(engine, member);
  expect(await owner.api.admin.users.see({ id: member.id })).toMatchObject({ sessions: 1, trustedDevices: [{}] });
  const audited = await auditedBy(engine, () => owner.api.admin.users.suspend({ id: member.id, reason: REASON }));
  expect(audited).toMatchObject([
    { kind: 'suspended', actorId: owner.id, targetId: member.id, detail: { reason: REASON } },
  ]);
  expect(await refusalOf(member.api.self.me())).toMatchObject({ code: 'notSignedIn' });
  expect(await refusalOf(passwordOf(engine, member))).toMatchObject({ code: 'suspended' });
  expect(await owner.api.admin.users.see({ id: member.id })).toMatchObject({
    state: 'suspended',
    sessions: 0,
    trustedDevices: [],
  });
  const again = owner.api.admin.users.suspend({ id: member.id, reason: REASON });
  expect(await refusalOf(again)).toMatchObject({ code: 'stateUnfit' });

  await owner.api.admin.users.reinstate({ id: member.id });
  expect(await passwordOf(engine, member)).toEqual({ next: 'signedIn' });
  expect(await refusalOf(owner.api.admin.users.reinstate({ id: member.id }))).toMatchObject({ code: 'stateUnfit' });
});

test('R39 a suspension needs a reason that fits on one line', async () => {
  const engine = await openEngine();
  const owner = await ownerOf(engine);
  const { id } = await colleague(engine, 'member');
  for (const reason of ['\u200b', 'two\nlines', 'x'.repeat(101)]) {
    const refusal = await refusalOf(owner.api.admin.users.suspend({ id, reason }));
    expect(refusal).toMatchObject({ code: 'invalidInput', data: { fields: { reason: expect.any(String) } } });
  }
});

test('S14 a sign-in under way ends with a suspension, and with a reinstatement it does not come back', async () => {
  const engine = await openEngine();
  const owner = await ownerOf(engine);
  const member = await colleague(engine, 'member');
  engine.clock.advance(MINUTE);
  const half = personAt(engine);
  expect(await half.api.open.signIn.withPassword({ email: member.email, password: member.password })).toEqual({
    next: 'secondStep',
  });
  const { code } = await half.api.open.signIn.pending();
  const answer = {
    method: 'email' as const,
    challengeId: code?.challengeId ?? '',
    code: await engine.codeFor(member.email),
  };
  await owner.api.admin.users.suspend({ id: member.id, reason: REASON });
  await owner.api.admin.users.reinstate({ id: member.id });
  expect(await refusalOf(half.api.open.signIn.prove(answer))).toMatchObject({ code: 'signInExpired' });
});

test('R42 the help desk unlocks a member at once, and nobody who is not locked', async () => {
  const engine = await openEngine();
  await ownerOf(engine);
  const agent = await colleague(engine, 'helpDesk');
  const member = await colleague(engine, 'member', { twoStep: 'off' });
  for (let guess = 0; guess < 10; guess++) {
    const guessed = personAt(engine).api.open.signIn.withPassword({ email: member.email, password: `guess ${guess}` });
    await refusalOf(guessed);
  }
  expect(await refusalOf(passwordOf(engine, member))).toMatchObject({ code: 'locked' });
  expect(await agent.api.admin.users.see({ id: member.id })).toMatchObject({ locked: true, mayAct: true });
  const audited = await auditedBy(engine, () => agent.api.admin.users.unlock({ id: member.id }));
  expect(audited).toMatchObject([{ kind: 'unlocked', actorId: agent.id, targetId: member.id, detail: { count: 10 } }]);
  expect(await passwordOf(engine, member)).toEqual({ next: 'signedIn' });
  expect(await refusalOf(agent.api.admin.users.unlock({ id: member.id }))).toMatchObject({ code: 'stateUnfit' });
});

test('R39 signing out everywhere ends each session and half-done sign-in, and the password works as before', async () => {
  const engine = await openEngine();
  const owner = await ownerOf(engine);
  const member = await colleague(engine, 'member', { twoStep: 'off' });
  await passwordOf(engine, member);
  const audited = await auditedBy(engine, () => owner.api.admin.users.signOutEverywhere({ id: member.id }));
  expect(audited).toMatchObject([{ kind: 'signedOutEverywhere', targetId: member.id, detail: { count: 2 } }]);
  expect(await refusalOf(member.api.self.me())).toMatchObject({ code: 'notSignedIn' });
  expect(await passwordOf(engine, member)).toEqual({ next: 'signedIn' });
});

test('R18 an admin revokes a trusted device of that very account, and no other’s', async () => {
  const engine = await openEngine();
  const owner = await ownerOf(engine);
  const member = await colleague(engine, 'member');
  const other = await colleague(engine, 'member', { name: 'Other Member' });
  await trust(engine, member);
  const deviceId = `device of ${member.id}`;
  const wrong = owner.api.admin.users.revokeTrust({ id: other.id, deviceId });
  expect(await refusalOf(wrong)).toMatchObject({ code: 'notFound' });
  const audited = await auditedBy(engine, () => owner.api.admin.users.revokeTrust({ id: member.id, deviceId }));
  expect(audited).toMatchObject([{ kind: 'trustRevoked', targetId: member.id }]);
  expect((await owner.api.admin.users.see({ id: member.id })).trustedDevices).toEqual([]);
  expect((await accountOf(engine, member.email)).twoStep).toBe('active');
});
