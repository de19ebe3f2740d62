import { router } from './trpc.ts';

/** One's own trusted devices (R18). */
export const trustedDevicesRouter = router({});

/** Joining by invitation. */
export const invitationRouter = router({});
