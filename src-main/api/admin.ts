import { z } from 'zod';
import { removeSmtp } from '../use-cases/connections/remove-smtp.ts';
import { checkSmtp, saveSmtp } from '../use-cases/connections/save-smtp.ts';
import { seeConnections } from '../use-cases/connections/see-connections.ts';
import { sendTest } from '../use-cases/connections/send-test.ts';
import { clockRouter } from './clock.ts';
import { groupsRouter, rolesRouter } from './groups.ts';
import { nothing, stepUp } from './inputs.ts';
import { peopleRouter } from './people.ts';
import { exceptionsRouter, jobsRouter, policyRouter } from './policy.ts';
import { permitted, router } from './trpc.ts';
import { usersRouter } from './users.ts';

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

const see = permitted(['connections', 'view']);
const manage = permitted(['connections', 'manage']);

/** How the workspace sends (R50). */
const connections = router({
  see: see.input(nothing).query(({ ctx: { deps } }) => seeConnections(deps)),
  /** A mutation, because what is checked holds secrets, which must not stand in an address. */
  check: manage.input(smtpForm).mutation(async ({ ctx: { deps }, input }) => {
    await checkSmtp(deps, input);
    return {};
  }),
  save: manage
    .input(z.strictObject({ ...smtpForm.shape, ...stepUp.shape }))
    .mutation(async ({ ctx: { deps, actor, carrier }, input: { currentPassword, proof, ...form } }) => {
      carrier.setSession(await saveSmtp(deps, actor, form, { currentPassword, proof }));
      return {};
    }),
  sendTest: manage.input(smtpForm).mutation(({ ctx: { deps, actor }, input }) => sendTest(deps, actor, input)),
  remove: manage.input(stepUp).mutation(async ({ ctx: { deps, actor, carrier }, input }) => {
    carrier.setSession(await removeSmtp(deps, actor, input));
    return {};
  }),
});

/** Procedures for whoever's role allows them, module by module (R40). */
export const adminRouter = router({
  connections,
  clock: clockRouter,
  policy: policyRouter,
  jobs: jobsRouter,
  exceptions: exceptionsRouter,
  people: peopleRouter,
  users: usersRouter,
  groups: groupsRouter,
  roles: rolesRouter,
});
