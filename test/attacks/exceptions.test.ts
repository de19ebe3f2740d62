import { expect, test } from 'vitest';
import { DAY } from '../../src-main/domain/values.ts';
import { type Engine, openEngine } from '../support/engine.ts';
import { type Colleague, colleague, ownerOf } from '../support/staff.ts';
import { auditedBy } from './support/audit.ts';
import { expectRefusal } from './support/verdict.ts';

async function proofOf(engine: Engine, { api, email }: Colleague) {
  engine.clock.advance(60_000);
  const { challengeId } = await api.admin.policy.sendCode();
  return { method: 'email' as const, challengeId, code: await engine.codeFor(email) };
}

async function moreTime(engine: Engine, by: Colleague, target: { accountId: string } | { groupId: string }) {
  const proof = await proofOf(engine, by);
  const until = engine.clock.now() + 30 * DAY;
  return { target, kind: 'extension' as const, until, reason: 'Because I say so', proof };
}

async function forEmergencies(engine: Engine, by: Colleague, accountId: string) {
  const proof = await proofOf(engine, by);
  return { target: { accountId }, kind: 'breakGlass' as const, until: null, reason: 'The safe', proof };
}

/** A group with one member, made behind the API's back. */
async function groupWith(engine: Engine, accountId: string): Promise<string> {
  await engine.deps.store.transaction(async (tx) => {
    await tx.groups.add({ id: 'night', name: 'Night shift', createdAt: 0 });
    await tx.groups.addMember('night', accountId);
  });
  return 'night';
}

const standing = (engine: Engine) => engine.read((tx) => tx.exceptions.list());

test.each(['admin', 'manager'] as const)(
  'R37 S39 no %s gives more time to themself, nor to a group they are in',
  async (role) => {
    const engine = await openEngine();
    await ownerOf(engine);
    const they = await colleague(engine, role);
    const groupId = await groupWith(engine, they.id);
    for (const target of [{ accountId: they.id }, { groupId }]) {
      const input = await moreTime(engine, they, target);
      const entries = await auditedBy(engine, () =>
        expectRefusal(they.api.admin.exceptions.grant(input), 'notOnYourself'),
      );
      expect(entries).toMatchObject([{ kind: 'policyRefused', actorId: they.id, detail: { reason: 'notOnYourself' } }]);
    }
    expect(await standing(engine)).toEqual([]);
  },
);

test.each(['admin', 'manager'] as const)('R37 S39 no %s makes or unmakes an account for emergencies', async (role) => {
  const engine = await openEngine();
  const owner = await ownerOf(engine);
  const they = await colleague(engine, role);
  const mel = await colleague(engine, 'member', { name: 'Mel Member', twoStep: 'off' });
  for (const id of [they.id, mel.id]) {
    const input = await forEmergencies(engine, they, id);
    const entries = await auditedBy(engine, () => expectRefusal(they.api.admin.exceptions.grant(input), 'forbidden'));
    expect(entries).toMatchObject([{ kind: 'accessDenied', actorId: they.id }]);
  }
  const { id } = await owner.api.admin.exceptions.grant(await forEmergencies(engine, owner, mel.id));
  const proof = await proofOf(engine, they);
  await expectRefusal(they.api.admin.exceptions.end({ id, proof }), 'forbidden');
  expect(await standing(engine)).toHaveLength(1);
});

test('R37 a refused grant spends no code, and others than oneself may have more time', async () => {
  const engine = await openEngine();
  await ownerOf(engine);
  const mia = await colleague(engine, 'manager');
  const mel = await colleague(engine, 'member', { name: 'Mel Member', twoStep: 'off' });
  const input = await moreTime(engine, mia, { accountId: mia.id });
  await expectRefusal(mia.api.admin.exceptions.grant(input), 'notOnYourself');
  await mia.api.admin.exceptions.grant({ ...input, target: { accountId: mel.id } });
  expect(await standing(engine)).toMatchObject([{ accountId: mel.id }]);
});

test('R37 an owner may except themself', async () => {
  const engine = await openEngine();
  const owner = await ownerOf(engine);
  const groupId = await groupWith(engine, owner.id);
  await owner.api.admin.exceptions.grant(await moreTime(engine, owner, { accountId: owner.id }));
  await owner.api.admin.exceptions.grant(await moreTime(engine, owner, { groupId }));
  await owner.api.admin.exceptions.grant(await forEmergencies(engine, owner, owner.id));
  expect(await standing(engine)).toHaveLength(3);
});

test('R37 R43 the exceptions that end with their group are on record, each', async () => {
  const engine = await openEngine();
  const owner = await ownerOf(engine);
  const groupId = await groupWith(engine, owner.id);
  const input = await moreTime(engine, owner, { groupId });
  await owner.api.admin.exceptions.grant(input);
  const entries = await auditedBy(engine, () => owner.api.admin.groups.remove({ id: groupId }));
  expect(entries).toMatchObject([
    { kind: 'exceptionEnded', actorId: owner.id, detail: { before: expect.stringContaining('group Night shift') } },
    { kind: 'groupChanged', detail: { before: 'Night shift' } },
  ]);
  expect(await standing(engine)).toEqual([]);
});
