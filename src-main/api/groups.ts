import { z } from 'zod';
import { addGroup, addMember, removeGroup, removeMember, renameGroup } from '../use-cases/groups/edit-groups.ts';
import { changePermissions } from '../use-cases/roles/change-permissions.ts';
import { id, nothing, stepUp, text } from './inputs.ts';
import { permitted, router } from './trpc.ts';
import { roleInput } from './users.ts';

const name = text('Enter a name for the group.');
const membership = z.strictObject({ groupId: id, accountId: id });
const view = permitted(['users', 'view']);
const manage = permitted(['users', 'manage']);

/** Groups of accounts (R37). */
export const groupsRouter = router({
  list: view.input(nothing).query(({ ctx: { deps } }) => deps.store.read((tx) => tx.groups.list())),
  add: manage
    .input(z.strictObject({ name }))
    .mutation(async ({ ctx: { deps, actor }, input }) => ({ id: await addGroup(deps, actor, input.name) })),
  rename: manage.input(z.strictObject({ id, name })).mutation(async ({ ctx: { deps, actor }, input }) => {
    await renameGroup(deps, actor, input);
    return {};
  }),
  remove: manage.input(z.strictObject({ id })).mutation(async ({ ctx: { deps, actor }, input }) => {
    await removeGroup(deps, actor, input.id);
    return {};
  }),
  addMember: manage.input(membership).mutation(async ({ ctx: { deps, actor }, input }) => {
    await addMember(deps, actor, input);
    return {};
  }),
  removeMember: manage.input(membership).mutation(async ({ ctx: { deps, actor }, input }) => {
    await removeMember(deps, actor, input);
    return {};
  }),
});

const level = z.enum(['none', 'view', 'manage'], 'Choose none, view or manage.');

const permissions = z.strictObject(
  {
    profile: level,
    users: level,
    generalSettings: level,
    connections: level,
    helpDesk: level,
    auditLog: level,
    reports: level,
  },
  'Say what the role may in every module.',
);

/** What each role may (R40). */
export const rolesRouter = router({
  see: view.input(nothing).query(async ({ ctx: { deps, actor } }) => ({
    matrix: await deps.store.read((tx) => tx.roles.matrix()),
    editable: actor.account.role === 'owner',
  })),
  change: manage
    .input(z.strictObject({ role: roleInput, permissions, ...stepUp.shape }))
    .mutation(async ({ ctx: { deps, actor, carrier }, input: { role, permissions, ...proofs } }) => {
      carrier.setSession(await changePermissions(deps, actor, { role, permissions }, proofs));
      return {};
    }),
});
