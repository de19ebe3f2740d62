import { expect, test } from 'vitest';
import { auditedBy } from '../../attacks/support/audit.ts';
import { type Engine, openEngine } from '../../support/engine.ts';
import { refusalOf } from '../../support/person.ts';
import { type Colleague, colleague, ownerOf } from '../../support/staff.ts';

async function excepted(engine: Engine, owner: Colleague, groupId: string): Promise<void> {
  const createdAt = engine.clock.now();
  await engine.deps.store.transaction((tx) =>
    tx.exceptions.add({
      ...{ id: `exception of ${groupId}`, kind: 'extension', accountId: null, groupId },
      ...{ until: createdAt + 1_000_000, reason: 'On a ship', createdBy: owner.id, createdAt },
    }),
  );
}

test('R37 a group is made, renamed, filled, emptied and removed; each is on record', async () => {
  const engine = await openEngine();
  const owner = await ownerOf(engine);
  const { groups } = owner.api.admin;
  const member = await colleague(engine, 'member');
  const audited = await auditedBy(engine, async () => {
    const { id } = await groups.add({ name: ' Night  shift ' });
    await groups.rename({ id, name: 'Late shift' });
    await groups.addMember({ groupId: id, accountId: member.id });
    expect(await groups.list()).toEqual([{ id, name: 'Late shift', members: 1, createdAt: engine.clock.now() }]);
    expect(await owner.api.admin.users.see({ id: member.id })).toMatchObject({ groups: [{ id, name: 'Late shift' }] });
    await groups.removeMember({ groupId: id, accountId: member.id });
    await groups.remove({ id });
  });
  expect(await groups.list()).toEqual([]);
  const acts = audited.map(({ kind, actorId, targetId, detail }) => ({ kind, actorId, targetId, detail }));
  const parties = { kind: 'groupChanged', actorId: owner.id };
  expect(acts).toEqual([
    { ...parties, targetId: null, detail: { after: 'Night shift' } },
    { ...parties, targetId: null, detail: { before: 'Night shift', after: 'Late shift' } },
    { ...parties, targetId: member.id, detail: { after: 'Late shift' } },
    { ...parties, targetId: member.id, detail: { before: 'Late shift' } },
    { ...parties, targetId: null, detail: { before: 'Late shift' } },
  ]);
});

test('R37 a name belongs to one group, and membership is there or it is not', async () => {
  const engine = await openEngine();
  const owner = await ownerOf(engine);
  const { groups } = owner.api.admin;
  const { id: accountId } = await colleague(engine, 'member');
  const { id: groupId } = await groups.add({ name: 'Night shift' });
  const { id } = await groups.add({ name: 'Day shift' });
  expect(await refusalOf(groups.add({ name: 'NIGHT SHIFT' }))).toMatchObject({ code: 'nameTaken' });
  expect(await refusalOf(groups.rename({ id, name: 'night shift' }))).toMatchObject({ code: 'nameTaken' });
  expect(await refusalOf(groups.rename({ id, name: '\u200b' }))).toMatchObject({ code: 'invalidInput' });
  await groups.addMember({ groupId, accountId });
  const again = auditedBy(engine, async () => {
    expect(await refusalOf(groups.addMember({ groupId, accountId }))).toMatchObject({ code: 'stateUnfit' });
  });
  expect(await again).toMatchObject([{ kind: 'adminActRefused', detail: { reason: 'addMember: stateUnfit' } }]);
  const absent = groups.removeMember({ groupId: id, accountId });
  expect(await refusalOf(absent)).toMatchObject({ code: 'stateUnfit' });
});

test('R37 S39 into a group that policy excepts nobody puts themself, nor anybody of their own rank', async () => {
  const engine = await openEngine();
  const owner = await ownerOf(engine);
  const admin = await colleague(engine, 'admin');
  const peer = await colleague(engine, 'admin', { name: 'Peer Admin' });
  const { id: groupId } = await owner.api.admin.groups.add({ name: 'At sea' });
  const put = (accountId: string) => admin.api.admin.groups.addMember({ groupId, accountId });
  await put(admin.id);
  await admin.api.admin.groups.removeMember({ groupId, accountId: admin.id });
  await excepted(engine, owner, groupId);
  expect(await refusalOf(put(admin.id))).toMatchObject({ code: 'notOnYourself' });
  expect(await refusalOf(put(peer.id))).toMatchObject({ code: 'targetOutranks' });
});

test('R37 R40 S39 a group that policy excepts is left alone by who manages users but not policy, on record', async () => {
  const engine = await openEngine();
  const owner = await ownerOf(engine);
  const admin = await colleague(engine, 'admin');
  const [inside, outside] = [await colleague(engine, 'member'), await colleague(engine, 'member', { name: 'Otto' })];
  const { id: groupId } = await owner.api.admin.groups.add({ name: 'At sea' });
  await owner.api.admin.groups.addMember({ groupId, accountId: inside.id });
  await excepted(engine, owner, groupId);
  const permit = async (generalSettings: 'view' | 'manage') => {
    const { admin: permissions } = await engine.read((tx) => tx.roles.matrix());
    await engine.deps.store.transaction((tx) => tx.roles.put('admin', { ...permissions, generalSettings }, 0));
  };
  await permit('view');
  const { groups } = admin.api.admin;
  const acts = {
    addMember: () => groups.addMember({ groupId, accountId: outside.id }),
    removeMember: () => groups.removeMember({ groupId, accountId: inside.id }),
    removeGroup: () => groups.remove({ id: groupId }),
  };
  for (const [name, act] of Object.entries(acts)) {
    const entries = await auditedBy(engine, async () => {
      expect([name, (await refusalOf(act())).code]).toEqual([name, 'groupExcepted']);
    });
    const detail = { reason: `${name}: groupExcepted` };
    expect(entries).toMatchObject([{ kind: 'adminActRefused', actorId: admin.id, detail }]);
  }
  expect(await groups.list()).toMatchObject([{ id: groupId, members: 1 }]);
  await groups.rename({ id: groupId, name: 'On board' });
  const { id: plain } = await groups.add({ name: 'Ashore' });
  await groups.addMember({ groupId: plain, accountId: outside.id });
  await permit('manage');
  for (const act of Object.values(acts)) await act();
  expect(await groups.list()).toMatchObject([{ id: plain, members: 1 }]);
});
