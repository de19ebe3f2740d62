import { z } from 'zod';
import { IMPORT_MAX_TEXT } from '../domain/user-import.ts';
import { addUser } from '../use-cases/users/add-user.ts';
import { changeRole } from '../use-cases/users/change-role.ts';
import { editUser } from '../use-cases/users/edit-user.ts';
import { cancelImport, importUsers } from '../use-cases/users/import-users.ts';
import { inviteAgain } from '../use-cases/users/invite-again.ts';
import { checkImport } from '../use-cases/users/read-import.ts';
import { resetTwoStep } from '../use-cases/users/reset-two-step.ts';
import { seeImport, seeLatestImport } from '../use-cases/users/see-import.ts';
import { seeUser } from '../use-cases/users/see-user.ts';
import { setAllowlist } from '../use-cases/users/set-allowlist.ts';
import { revokeTrust, signOutEverywhere } from '../use-cases/users/sign-out-everywhere.ts';
import { reinstateUser, suspendUser } from '../use-cases/users/suspend-user.ts';
import { unlockUser } from '../use-cases/users/unlock-user.ts';
import { id, nothing, stepUp, text } from './inputs.ts';
import { permitted, router } from './trpc.ts';

export const roleInput = z.enum(['owner', 'admin', 'manager', 'helpDesk', 'member'], 'Choose a role.');

const name = text('Enter a name.');
const phone = z.string('Enter a phone number.').max(40, 'That is too long.').nullable();
const reason = text('Say why, in one line.');
const account = z.strictObject({ id });

/** For what takes a step-up only sometimes. */
const provenIfNeeded = z.strictObject(stepUp.shape, 'Prove that it is you.').optional();

const newUser = z.strictObject({
  name,
  email: text('Enter an email address.'),
  phone,
  role: roleInput,
  /** For a role above member. */
  stepUp: provenIfNeeded,
});

const allowlist = z.strictObject({
  id,
  text: z.string('Enter addresses, one a line.').max(10_000, 'That is too long.'),
  confirmed: z.boolean(),
  /** For a list that lets anybody in from more addresses than before. */
  stepUp: provenIfNeeded,
});

const file = z.strictObject({ csv: z.string('Choose a CSV file.').max(IMPORT_MAX_TEXT, 'That file is too large.') });
const fileToImport = file.extend({
  /** For a file with a role above member in it. */
  stepUp: provenIfNeeded,
});
const importing = z.strictObject({ importId: id });

const view = permitted(['users', 'view']);
const manage = permitted(['users', 'manage']);
const assist = permitted(['users', 'manage'], ['helpDesk', 'manage']);
const helpDesk = permitted(['helpDesk', 'manage']);

/** What is done to other accounts (R20, R39, R40). Permission and rank are decided again where it is done. */
export const usersRouter = router({
  see: view.input(account).query(({ ctx: { deps, actor }, input }) => seeUser(deps, actor, input.id)),
  add: manage
    .input(newUser)
    .mutation(async ({ ctx: { deps, actor, carrier }, input: { stepUp = null, ...wanted } }) => {
      const { id, token } = await addUser(deps, actor, wanted, stepUp);
      if (token !== null) carrier.setSession(token);
      return { id };
    }),
  edit: manage.input(z.strictObject({ id, name, phone })).mutation(async ({ ctx: { deps, actor }, input }) => {
    await editUser(deps, actor, input);
    return {};
  }),
  invite: manage.input(account).mutation(async ({ ctx: { deps, actor }, input }) => {
    await inviteAgain(deps, actor, input.id);
    return {};
  }),
  changeRole: manage
    .input(z.strictObject({ id, role: roleInput, ...stepUp.shape }))
    .mutation(async ({ ctx: { deps, actor, carrier }, input: { id, role, ...proofs } }) => {
      carrier.setSession(await changeRole(deps, actor, { id, role }, proofs));
      return {};
    }),
  suspend: manage.input(z.strictObject({ id, reason })).mutation(async ({ ctx: { deps, actor }, input }) => {
    await suspendUser(deps, actor, input);
    return {};
  }),
  reinstate: manage.input(account).mutation(async ({ ctx: { deps, actor }, input }) => {
    await reinstateUser(deps, actor, input.id);
    return {};
  }),
  unlock: assist.input(account).mutation(async ({ ctx: { deps, actor }, input }) => {
    await unlockUser(deps, actor, input.id);
    return {};
  }),
  signOutEverywhere: assist.input(account).mutation(async ({ ctx: { deps, actor }, input }) => {
    await signOutEverywhere(deps, actor, input.id);
    return {};
  }),
  setAllowlist: manage
    .input(allowlist)
    .mutation(async ({ ctx: { deps, actor, carrier }, input: { stepUp = null, ...wanted } }) => {
      const { allowlist, token } = await setAllowlist(deps, actor, wanted, stepUp);
      if (token !== null) carrier.setSession(token);
      return { allowlist };
    }),
  revokeTrust: manage.input(z.strictObject({ id, deviceId: id })).mutation(async ({ ctx: { deps, actor }, input }) => {
    await revokeTrust(deps, actor, input);
    return {};
  }),
  /** A mutation, because a file does not fit into an address. */
  checkImport: manage.input(file).mutation(({ ctx: { deps, actor }, input }) => checkImport(deps, actor, input.csv)),
  import: manage
    .input(fileToImport)
    .mutation(async ({ ctx: { deps, actor, carrier }, input: { csv, stepUp = null } }) => {
      const { importId, token } = await importUsers(deps, actor, csv, stepUp);
      if (token !== null) carrier.setSession(token);
      return { importId };
    }),
  importState: manage
    .input(importing)
    .query(({ ctx: { deps, actor }, input }) => seeImport(deps, actor, input.importId)),
  latestImport: manage.input(nothing).query(({ ctx: { deps } }) => seeLatestImport(deps)),
  cancelImport: manage.input(importing).mutation(async ({ ctx: { deps, actor }, input }) => {
    await cancelImport(deps, actor, input.importId);
    return {};
  }),
});

/** What the help desk does for people who cannot get in (R41, R42). */
export const helpDeskRouter = router({
  resetTwoStep: helpDesk
    .input(z.strictObject({ id, reason, ...stepUp.shape }))
    .mutation(async ({ ctx: { deps, actor, carrier }, input: { id, reason, ...proofs } }) => {
      carrier.setSession(await resetTwoStep(deps, actor, { id, reason }, proofs));
      return {};
    }),
});
