import { expect, test } from 'vitest';
import { DAY, MINUTE } from '../../../src-main/domain/values.ts';
import { auditedBy } from '../../attacks/support/audit.ts';
import { accountOf, addAccount, protectedOwner } from '../../attacks/support/people.ts';
import { expectRefusal, tally } from '../../attacks/support/verdict.ts';
import { type Engine, openEngine } from '../../support/engine.ts';
import { OWNER, type Person, refusalOf } from '../../support/person.ts';
import { MEMBER, policyProof } from './admin.ts';

interface Scene {
  readonly engine: Engine;
  readonly owner: Person;
  readonly codes: readonly string[];
  readonly accountId: string;
}

async function openScene(): Promise<Scene> {
  const engine = await openEngine();
  const { owner, codes } = await protectedOwner(engine);
  const { id } = await addAccount(engine, MEMBER);
  await engine.deps.store.transaction(async (tx) => {
    await tx.groups.add({ id: 'night', name: 'Night shift', createdAt: 0 });
    await tx.groups.addMember('night', id);
  });
  return { engine, owner, codes, accountId: id };
}

/** An input of the right kind: what the test is about goes into `change`. */
async function extension({ engine, owner, accountId }: Scene, change: object = {}) {
  engine.clock.advance(MINUTE);
  const until = engine.clock.now() + 14 * DAY;
  const proof = await policyProof(engine, owner);
  return { target: { accountId }, kind: 'extension' as const, until, reason: 'Parental leave', proof, ...change };
}

test('R37 an account gets more time, with a reason; it is listed by name and on record', async () => {
  const scene = await openScene();
  const { engine, owner, accountId } = scene;
  const input = await extension(scene, { reason: '  Parental   leave ' });
  const entries = await auditedBy(engine, () => owner.api.admin.exceptions.grant(input));
  const at = engine.clock.now();
  expect(await owner.api.admin.exceptions.list()).toEqual([
    {
      id: expect.any(String),
      kind: 'extension',
      who: { kind: 'account', id: accountId, name: MEMBER.name },
      until: input.until,
      reason: 'Parental leave',
      createdBy: OWNER.name,
      createdAt: at,
    },
  ]);
  const after = `extension until ${new Date(input.until).toISOString()}`;
  const actorId = (await accountOf(engine)).id;
  expect(entries).toMatchObject([
    { kind: 'exceptionGranted', actorId, targetId: accountId, detail: { after, reason: 'Parental leave' } },
  ]);
  expect(await engine.read((tx) => tx.exceptions.exemptionFor(accountId))).toEqual({
    breakGlass: false,
    extendedUntil: input.until,
  });
});

test('R37 a group gets more time: so has everybody in it', async () => {
  const scene = await openScene();
  const { engine, owner, accountId } = scene;
  const input = await extension(scene, { target: { groupId: 'night' } });
  const entries = await auditedBy(engine, () => owner.api.admin.exceptions.grant(input));
  expect(entries).toMatchObject([{ targetId: null, detail: { after: expect.stringContaining('group Night shift') } }]);
  expect((await owner.api.admin.exceptions.list())[0]?.who).toEqual({
    kind: 'group',
    id: 'night',
    name: 'Night shift',
  });
  expect(await engine.read((tx) => tx.exceptions.exemptionFor(accountId))).toMatchObject({
    extendedUntil: input.until,
  });
});

test('R37 an account for emergencies is one once, and never a group', async () => {
  const scene = await openScene();
  const { owner, engine, accountId } = scene;
  const breakGlass = { kind: 'breakGlass' as const, until: null };
  const group = await extension(scene, { ...breakGlass, target: { groupId: 'night' } });
  expect(await refusalOf(owner.api.admin.exceptions.grant(group))).toMatchObject({ code: 'invalidInput' });
  await owner.api.admin.exceptions.grant({ ...group, target: { accountId } });
  const again = await extension(scene, breakGlass);
  const entries = await auditedBy(engine, () => expectRefusal(owner.api.admin.exceptions.grant(again), 'stateUnfit'));
  expect(entries).toMatchObject([{ kind: 'policyRefused', detail: { reason: 'stateUnfit' } }]);
});

test('R37 an exception ends at once, with a proof; it is on record what it was, and ends once', async () => {
  const scene = await openScene();
  const { engine, owner, codes, accountId } = scene;
  const { id } = await owner.api.admin.exceptions.grant(await extension(scene));
  await expectRefusal(
    owner.api.admin.exceptions.end({ id, proof: { method: 'recoveryCode', code: '0'.repeat(20) } }),
    'recoveryCodeRejected',
  );
  const end = (index: number) =>
    owner.api.admin.exceptions.end({ id, proof: { method: 'recoveryCode', code: codes[index] } });
  const entries = await auditedBy(engine, () => end(0));
  expect(entries).toMatchObject([
    {
      kind: 'exceptionEnded',
      targetId: accountId,
      detail: { before: expect.stringContaining('extension until'), reason: 'Parental leave' },
    },
  ]);
  await expectRefusal(end(1), 'notFound');
  expect(await owner.api.admin.exceptions.list()).toEqual([]);
});

test('R37 nothing is granted without a right proof', async () => {
  const scene = await openScene();
  const { owner } = scene;
  const input = await extension(scene, { proof: { method: 'email', challengeId: 'unknown', code: '000000' } });
  await expectRefusal(owner.api.admin.exceptions.grant(input), 'challengeExpired');
  expect(await owner.api.admin.exceptions.list()).toEqual([]);
});

const NOW = Date.UTC(2026, 5, 1, 12, 1);

test.each([
  ['this very moment', NOW],
  ['a millisecond past 90 days', NOW + 90 * DAY + 1],
  ['yesterday', NOW - DAY],
  ['no time at all', null],
  ['half a millisecond', NOW + 0.5],
])('R37 an extension until %s is refused', async (_, until) => {
  const scene = await openScene();
  const input = await extension(scene, { until });
  expect(await refusalOf(scene.owner.api.admin.exceptions.grant(input))).toMatchObject({
    code: 'invalidInput',
    data: { fields: { until: expect.any(String) } },
  });
});

test.each([NOW + 1, NOW + 90 * DAY])('R37 an extension until %i is granted', async (until) => {
  const scene = await openScene();
  await scene.owner.api.admin.exceptions.grant(await extension(scene, { until }));
  expect(await scene.owner.api.admin.exceptions.list()).toHaveLength(1);
});

test.each(['', ' \n ', 'x'.repeat(401)])('R37 the reason %j is none', async (reason) => {
  const scene = await openScene();
  const refusal = await refusalOf(scene.owner.api.admin.exceptions.grant(await extension(scene, { reason })));
  expect(refusal).toMatchObject({ code: 'invalidInput', data: { fields: { reason: expect.any(String) } } });
});

test('R37 nobody is excepted who is not there', async () => {
  const scene = await openScene();
  const { engine, owner, accountId } = scene;
  await expectRefusal(
    owner.api.admin.exceptions.grant(await extension(scene, { target: { accountId: 'x' } })),
    'notFound',
  );
  await expectRefusal(
    owner.api.admin.exceptions.grant(await extension(scene, { target: { groupId: 'x' } })),
    'notFound',
  );
  const input = await extension(scene);
  await engine.deps.store.transaction((tx) => tx.accounts.change(accountId, { deletedAt: 1 }));
  await expectRefusal(owner.api.admin.exceptions.grant(input), 'notFound');
});

test('R37 S7 one code grants one exception, however often it is sent at once', async () => {
  const scene = await openScene();
  const { engine, owner } = scene;
  const input = await extension(scene);
  const words = await tally(Array.from({ length: 10 }, () => owner.api.admin.exceptions.grant(input)));
  expect(words.done).toBe(1);
  expect(await engine.read((tx) => tx.exceptions.list())).toHaveLength(1);
});
