import { describe, expect, test } from 'vitest';
import { DEFAULT_ROLES } from '../../../src-main/domain/role.ts';
import { auditedBy } from '../../attacks/support/audit.ts';
import { openEngine } from '../../support/engine.ts';
import { refusalOf } from '../../support/person.ts';
import { colleague, ownerOf, provenBy, UNPROVEN } from '../../support/staff.ts';

test('R40 S39 what a role may changes with the very next call of everybody who has it, and is on record', async () => {
  const engine = await openEngine();
  const owner = await ownerOf(engine);
  const manager = await colleague(engine, 'manager');
  await manager.api.admin.users.see({ id: owner.id });
  const permissions = { ...DEFAULT_ROLES.manager, users: 'none' as const, connections: 'view' as const };
  const audited = await auditedBy(engine, async () => {
    await owner.api.admin.roles.change({ role: 'manager', permissions, ...(await provenBy(engine, owner, 'roles')) });
  });
  expect(audited.at(-1)).toMatchObject({
    kind: 'rolesChanged',
    actorId: owner.id,
    detail: { before: 'manager: users view, connections none', after: 'manager: users none, connections view' },
  });
  expect(await refusalOf(manager.api.admin.users.see({ id: owner.id }))).toMatchObject({ code: 'forbidden' });
  await manager.api.admin.connections.see();
  expect(await owner.api.admin.roles.see()).toEqual({
    matrix: { ...DEFAULT_ROLES, manager: permissions },
    editable: true,
  });
});

describe('S39 what roles may is edited', () => {
  test('by owners alone, though an admin may manage users', async () => {
    const engine = await openEngine();
    await ownerOf(engine);
    const admin = await colleague(engine, 'admin');
    expect((await admin.api.admin.roles.see()).editable).toBe(false);
    const permissions = { ...DEFAULT_ROLES.helpDesk, users: 'manage' as const };
    const audited = await auditedBy(engine, async () => {
      const change = admin.api.admin.roles.change({ role: 'helpDesk', permissions, ...UNPROVEN });
      expect(await refusalOf(change)).toMatchObject({ code: 'forbidden' });
    });
    expect(audited).toMatchObject([{ detail: { reason: 'changePermissions: forbidden' } }]);
  });

  test.each([
    ['what owners may', 'owner', { connections: 'none' }],
    ['everybody’s own profile', 'member', { profile: 'none' }],
  ] as const)('but never %s', async (_, role, change) => {
    const engine = await openEngine();
    const owner = await ownerOf(engine);
    const permissions = { ...DEFAULT_ROLES[role], ...change };
    const refused = owner.api.admin.roles.change({ role, permissions, ...UNPROVEN });
    expect(await refusalOf(refused)).toMatchObject({ code: 'invalidInput' });
    expect((await owner.api.admin.roles.see()).matrix).toEqual(DEFAULT_ROLES);
  });

  test('with password and proof', async () => {
    const engine = await openEngine();
    const owner = await ownerOf(engine);
    const permissions = { ...DEFAULT_ROLES.member, users: 'manage' as const };
    const refused = owner.api.admin.roles.change({ role: 'member', permissions, ...UNPROVEN });
    expect(await refusalOf(refused)).toMatchObject({ code: 'currentPasswordRejected' });
    expect((await owner.api.admin.roles.see()).matrix).toEqual(DEFAULT_ROLES);
  });
});

test('S39 a member who may manage users still outranks nobody', async () => {
  const engine = await openEngine();
  const owner = await ownerOf(engine);
  const member = await colleague(engine, 'member');
  const peer = await colleague(engine, 'member', { name: 'Peer Member' });
  const permissions = { ...DEFAULT_ROLES.member, users: 'manage' as const };
  await owner.api.admin.roles.change({ role: 'member', permissions, ...(await provenBy(engine, owner, 'roles')) });
  const suspended = member.api.admin.users.suspend({ id: peer.id, reason: 'Envy' });
  expect(await refusalOf(suspended)).toMatchObject({ code: 'targetOutranks' });
  const added = { name: 'Friend', email: 'friend@example.org', phone: null, role: 'member' as const };
  expect(await refusalOf(member.api.admin.users.add(added))).toMatchObject({ code: 'targetOutranks' });
});
