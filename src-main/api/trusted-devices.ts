import { z } from 'zod';
import {
  listTrustedDevices,
  revokeTrustedDevice,
  revokeTrustedDevices,
} from '../use-cases/trust/own-trusted-devices.ts';
import { id, nothing } from './inputs.ts';
import { router, self } from './trpc.ts';

/** One's own trusted devices (R18). */
export const trustedDevicesRouter = router({
  list: self
    .input(nothing)
    .query(({ ctx: { deps, actor, carrier } }) => listTrustedDevices(deps, actor, carrier.trusts)),
  revoke: self.input(z.strictObject({ id })).mutation(async ({ ctx: { deps, actor }, input }) => {
    await revokeTrustedDevice(deps, actor, input.id);
    return {};
  }),
  revokeAll: self.input(nothing).mutation(async ({ ctx: { deps, actor } }) => {
    await revokeTrustedDevices(deps, actor);
    return {};
  }),
});
