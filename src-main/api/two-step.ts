import { z } from 'zod';
import { disableTwoStep } from '../use-cases/two-step/disable-two-step.ts';
import { enableTwoStep } from '../use-cases/two-step/enable-two-step.ts';
import { replaceRecoveryCodes } from '../use-cases/two-step/replace-recovery-codes.ts';
import { seeCode, seeTwoStep } from '../use-cases/two-step/see-two-step.ts';
import { sendEnableCode, sendProofCode } from '../use-cases/two-step/send-enable-code.ts';
import { anyCode, emailMethod, id, nothing, stepUp } from './inputs.ts';
import { enrolling, router, self } from './trpc.ts';

/** One's own two-step verification (R1–R13). */
export const twoStepRouter = router({
  status: enrolling.input(nothing).query(({ ctx: { deps, actor } }) => seeTwoStep(deps, actor)),
  codeState: enrolling
    .input(z.strictObject({ challengeId: id }))
    .query(({ ctx: { deps, actor }, input }) => seeCode(deps, actor, input.challengeId)),
  sendEnableCode: enrolling
    .input(emailMethod)
    .mutation(({ ctx: { deps, actor }, input }) => sendEnableCode(deps, actor, input.method)),
  enable: enrolling
    .input(z.strictObject({ challengeId: id, code: anyCode }))
    .mutation(async ({ ctx: { deps, actor, carrier }, input }) => {
      const { recoveryCodes, token } = await enableTwoStep(deps, actor, input);
      carrier.setSession(token);
      return { recoveryCodes };
    }),
  sendProofCode: self
    .input(
      z.strictObject({
        purpose: z.enum([
          'disable',
          'newRecoveryCodes',
          'changeEmail',
          'deleteAccount',
          'connections',
          'roles',
          'resetTwoStep',
          'clock',
          'allowlist',
        ]),
      }),
    )
    .mutation(({ ctx: { deps, actor }, input }) => sendProofCode(deps, actor, input.purpose)),
  disable: self.input(stepUp).mutation(async ({ ctx: { deps, actor, carrier }, input }) => {
    carrier.setSession(await disableTwoStep(deps, actor, input));
    return {};
  }),
  newRecoveryCodes: self.input(stepUp).mutation(async ({ ctx: { deps, actor, carrier }, input }) => {
    const { recoveryCodes, token } = await replaceRecoveryCodes(deps, actor, input);
    carrier.setSession(token);
    return { recoveryCodes };
  }),
});
