import { z } from 'zod';
import { changeEmail, sendNewAddressCode } from '../use-cases/profile/change-email.ts';
import { deleteAccount } from '../use-cases/profile/delete-account.ts';
import { chooseNewPassword } from '../use-cases/recovery/choose-new-password.ts';
import { requestReset } from '../use-cases/recovery/request-reset.ts';
import { anyCode, id, password, stepUp, text } from './inputs.ts';
import { open, router, self } from './trpc.ts';

const newPassword = z.strictObject({
  code: anyCode,
  newPassword: password('Enter a new password.'),
  confirmPassword: password('Enter the new password once more.'),
});

/** Ways back in for whoever is not signed in (R19). */
export const resetRouter = router({
  request: open.input(z.strictObject({ email: text('Enter your email address.') })).mutation(async ({ ctx, input }) => {
    await requestReset(ctx.deps, ctx.caller, input.email);
    return {};
  }),
  finish: open.input(newPassword).mutation(async ({ ctx, input }) => {
    await chooseNewPassword(ctx.deps, ctx.caller, input);
    return {};
  }),
});

const addressWanted = z.strictObject({
  newEmail: text('Enter the new email address.'),
  currentPassword: password('Enter your current password.'),
});

/** One's own address (S23). */
export const emailRouter = router({
  sendCode: self
    .input(addressWanted)
    .mutation(({ ctx: { deps, actor }, input }) => sendNewAddressCode(deps, actor, input)),
  change: self.input(stepUp.extend({ challengeId: id, code: anyCode })).mutation(async ({ ctx, input }) => {
    const { challengeId, code, ...proofs } = input;
    ctx.carrier.setSession(await changeEmail(ctx.deps, ctx.actor, proofs, { challengeId, code }));
    return {};
  }),
});

/** One's own account as a whole. */
export const accountRouter = router({
  delete: self.input(stepUp).mutation(async ({ ctx, input }) => {
    await deleteAccount(ctx.deps, ctx.actor, input);
    ctx.carrier.setSession(null);
    return {};
  }),
});
