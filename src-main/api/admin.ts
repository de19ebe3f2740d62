import { z } from 'zod';
import { removeSmtp } from '../use-cases/connections/remove-smtp.ts';
import { saveSmtp } from '../use-cases/connections/save-smtp.ts';
import { seeConnections } from '../use-cases/connections/see-connections.ts';
import { sendTest } from '../use-cases/connections/send-test.ts';
import { nothing, stepUp } from './inputs.ts';
import { permitted, router } from './trpc.ts';

const line = z.string().max(400, 'That is too long.');

/** What a field must mean is decided in `domain/connections.ts`. */
const smtpForm = z.strictObject({
  host: line,
  port: z.number('Enter a port from 1 to 65535.'),
  tls: z.enum(['none', 'startTls', 'tls'], 'Choose how the connection is encrypted.'),
  allowPlain: z.boolean(),
  auth: z.enum(['none', 'password', 'oauth2'], 'Choose how to sign in to the mail server.'),
  user: line,
  secret: z.string().max(8_192, 'That is too long.'), // access tokens run to some thousand characters
  fromName: line,
  fromAddress: line,
  dkim: z.boolean(),
  dkimDomain: line,
  dkimSelector: line,
  dkimKey: z.string().max(16_384, 'That is too long.'),
});

const see = permitted('connections', 'view');
const manage = permitted('connections', 'manage');

/** How the workspace sends (R50). */
const connections = router({
  see: see.input(nothing).query(({ ctx: { deps } }) => seeConnections(deps)),
  save: manage
    .input(z.strictObject({ form: smtpForm, stepUp }))
    .mutation(async ({ ctx: { deps, actor, carrier }, input }) => {
      carrier.setSession(await saveSmtp(deps, actor, input.form, input.stepUp));
      return {};
    }),
  sendTest: manage
    .input(z.strictObject({ form: smtpForm.nullable() }))
    .mutation(({ ctx: { deps, actor }, input }) => sendTest(deps, actor, input.form)),
  remove: manage.input(z.strictObject({ stepUp })).mutation(async ({ ctx: { deps, actor, carrier }, input }) => {
    carrier.setSession(await removeSmtp(deps, actor, input.stepUp));
    return {};
  }),
});

/** Procedures for whoever's role allows them, module by module (R40). */
export const adminRouter = router({ connections });
