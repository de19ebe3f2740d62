import { z } from 'zod';
import { leaveSession } from '../use-cases/sessions/end-session.ts';
import { acceptInvitation } from '../use-cases/users/accept-invitation.ts';
import { carryOn } from './carry-on.ts';
import { anyCode, password } from './inputs.ts';
import { open, router } from './trpc.ts';

const joining = z.strictObject({
  code: anyCode,
  password: password('Enter a password.'),
  confirmPassword: password('Enter the password once more.'),
});

/** Joining by invitation. */
export const invitationRouter = router({
  accept: open.input(joining).mutation(async ({ ctx: { deps, caller, carrier }, input }) => {
    const accepted = await acceptInvitation(deps, caller, input);
    await leaveSession(deps, caller, carrier.session);
    return carryOn(carrier, accepted);
  }),
});
