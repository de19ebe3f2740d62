import { expect, test } from 'vitest';
import { DEFAULT_ROLES } from '../../src-main/domain/role.ts';
import { type Engine, openEngine } from '../support/engine.ts';
import { listen } from '../support/listen.ts';
import { enableTwoStep, type Person, personAt, refusalOf } from '../support/person.ts';
import { colleague, ownerOf, provenBy } from '../support/staff.ts';
import { changePolicyTo, policyProof } from '../use-cases/policy/admin.ts';

const MINUTE = 60_000;
const DAY = 1_440 * MINUTE;

/** What each of them hears of the workspace while something is done; their own sessions and letters are left out. */
async function heardBy(engine: Engine, people: readonly Person[], act: () => Promise<unknown>): Promise<string[][]> {
  const ears = people.map((person) => listen(engine, person));
  for (const { settle } of ears) await settle();
  await act();
  for (const { settle } of ears) await settle();
  await Promise.all(ears.map(({ leave }) => leave()));
  return ears.map(({ heard }) => heard.filter((topic) => topic !== 'session' && topic !== 'delivery'));
}

/** An owner, and one of every other rank that tells listeners apart, all signed in with both steps. */
async function openStaff() {
  const engine = await openEngine();
  const owner = await ownerOf(engine);
  const [manager, helper, member] = [
    await colleague(engine, 'manager'),
    await colleague(engine, 'helpDesk'),
    await colleague(engine, 'member'),
  ];
  return { engine, owner, manager, helper, member, all: [owner, manager, helper, member] };
}

test('R23 S39 a change of policy is told to whoever may see it, and to nobody else', async () => {
  const { engine, owner, all } = await openStaff();
  const change = () => changePolicyTo(engine, owner, { trust: '30d' });
  const heard = await heardBy(engine, [...all, personAt(engine)], change);
  expect(heard.map((topics) => topics.includes('policy'))).toEqual([true, true, false, false, false]);
  expect(heard.slice(2)).toEqual([[], [], []]);
});

test('R37 R33 so are an exception, its end, and the wish for text messages', async () => {
  const { engine, owner, manager, member } = await openStaff();
  const wish = { target: { accountId: member.id }, kind: 'extension' as const, reason: 'Parental leave' };
  const until = engine.clock.now() + DAY;
  let id = '';
  const grant = async () => {
    const proof = await policyProof(engine, owner);
    id = (await owner.api.admin.exceptions.grant({ ...wish, until, proof })).id;
    engine.clock.advance(MINUTE);
  };
  const end = async () => owner.api.admin.exceptions.end({ id, proof: await policyProof(engine, owner) });
  const ask = () => manager.api.admin.policy.requestSms({ note: '' });
  expect(await heardBy(engine, [manager, member], grant)).toEqual([['policy'], []]);
  expect(await heardBy(engine, [manager, member], end)).toEqual([['policy'], []]);
  expect(await heardBy(engine, [owner, member], ask)).toEqual([['policy'], []]);
});

test('R24 a change that is refused is told to nobody', async () => {
  const { engine, owner, manager } = await openStaff();
  const { version, policy } = await owner.api.admin.policy.see();
  const proof = await policyProof(engine, owner);
  const change = { expectedVersion: version + 1, policy: { ...policy, trust: '30d' as const }, proof };
  const heard = await heardBy(engine, [manager], async () => {
    expect(await refusalOf(owner.api.admin.policy.change(change))).toMatchObject({ code: 'changedMeanwhile' });
  });
  expect(heard).toEqual([[]]);
});

test('S39 R40 what roles may is told to whoever sees it; who may no longer see the policy hears no more of it', async () => {
  const { engine, owner, manager, helper, member } = await openStaff();
  const ears = listen(engine, manager);
  await ears.settle();
  const permissions = { ...DEFAULT_ROLES.manager, generalSettings: 'none' as const };
  const heard = await heardBy(engine, [helper, member], async () =>
    owner.api.admin.roles.change({ role: 'manager', permissions, ...(await provenBy(engine, owner, 'roles')) }),
  );
  expect(heard).toEqual([['roles'], []]);
  await ears.settle();
  await changePolicyTo(engine, owner, { trust: '30d' });
  await ears.settle();
  expect([ears.heard, ears.isOver()]).toEqual([['roles'], false]);
  await ears.leave();
});

test('R26 S36 a session that is there to enrol hears nothing of the workspace until it is more than that', async () => {
  const engine = await openEngine();
  const owner = await ownerOf(engine);
  const manager = await colleague(engine, 'manager', { twoStep: 'off' });
  await changePolicyTo(engine, owner, { enforcement: 'required', complianceDays: 0 });
  const { email, password } = manager;
  const { next } = await manager.api.open.signIn.withPassword({ email, password });
  expect(next).toBe('enrol');
  expect(await heardBy(engine, [manager], () => changePolicyTo(engine, owner, { trust: '30d' }))).toEqual([[]]);
  await enableTwoStep(engine, manager, email);
  expect(await heardBy(engine, [manager], () => changePolicyTo(engine, owner, { trust: '7d' }))).toEqual([
    expect.arrayContaining(['policy']),
  ]);
});

test('R28 that long work begins, or is cancelled, is told to whoever may see it', async () => {
  const { engine, owner, manager, helper, member } = await openStaff();
  await changePolicyTo(engine, owner, { enforcement: 'required' });
  const job = await owner.api.admin.jobs.see({ kind: 'setupInstructions' });
  const cancel = () => owner.api.admin.jobs.cancel({ id: job?.id ?? '' });
  expect(await heardBy(engine, [manager, helper, member], cancel)).toEqual([['jobs'], [], []]);
  const begin = () => owner.api.admin.policy.sendInstructions();
  expect(await heardBy(engine, [manager, helper, member], begin)).toEqual([['jobs'], [], []]);
});

test('S27 after the end of a session a change of the workspace tells of that end, and of nothing else', async () => {
  const { engine, owner, manager } = await openStaff();
  const ears = listen(engine, manager);
  await ears.settle();
  await engine.deps.store.transaction((tx) => tx.sessions.removeAllFor(manager.id));
  await changePolicyTo(engine, owner, { trust: '30d' });
  await ears.settle();
  expect([ears.heard, ears.isOver()]).toEqual([['session'], true]);
});
