import { z } from 'zod';
import { stranger } from '../domain/audit.ts';
import { DomainError } from '../domain/errors.ts';
import { currentOutbox } from '../use-cases/delivery/current-outbox.ts';
import { authenticate, denyAccess } from '../use-cases/sessions/authenticate.ts';
import { leaveSession } from '../use-cases/sessions/end-session.ts';
import { createWorkspace } from '../use-cases/set-up/create-workspace.ts';
import { cancelSignIn } from '../use-cases/sign-in/cancel-sign-in.ts';
import { proveCode } from '../use-cases/sign-in/prove-code.ts';
import { proveRecoveryCode } from '../use-cases/sign-in/prove-recovery-code.ts';
import { isPending, seePending } from '../use-cases/sign-in/see-pending.ts';
import { sendSignInCode } from '../use-cases/sign-in/send-sign-in-code.ts';
import { signInWithPassword } from '../use-cases/sign-in/sign-in-with-password.ts';
import { resetRouter } from './account.ts';
import { carryOn, carryTrust } from './carry-on.ts';
import { watchChanges } from './changes.ts';
import { stateOfClock } from './clock.ts';
import type { Context } from './context.ts';
import { emailMethod, nothing, password, secondStep, text } from './inputs.ts';
import { invitationRouter } from './invitation.ts';
import { open, router } from './trpc.ts';

/** Where the person stands: decides which screen comes first. */
export type Stage = 'setUp' | 'signIn' | 'secondStep' | 'enrol' | 'signedIn';

async function stageOf({ deps, caller, carrier }: Context, isSetUp: boolean): Promise<Stage> {
  if (!isSetUp) return 'setUp';
  const actor = await authenticate(deps, caller, carrier.session);
  if (actor) return actor.session.scope === 'full' ? 'signedIn' : 'enrol';
  return (await isPending(deps, carrier.pending)) ? 'secondStep' : 'signIn';
}

const welcome = open.input(nothing).query(async ({ ctx }) => {
  const { deps, demo, version } = ctx;
  const workspace = await deps.store.read((tx) => tx.workspace.find());
  const outbox = await currentOutbox(deps);
  return {
    stage: await stageOf(ctx, workspace !== null),
    clock: stateOfClock(deps),
    workspaceName: workspace?.name ?? null,
    mail: outbox ? { kind: 'outbox' as const, folder: outbox.folder } : { kind: 'smtp' as const },
    demo: demo && { accounts: demo },
    version,
  };
});

const firstRun = z.strictObject({
  workspaceName: text('Enter a name for the workspace.'),
  name: text('Enter your name.'),
  email: text('Enter your email address.'),
  password: password('Enter a password.'),
  confirmPassword: password('Enter the password once more.'),
  template: z.enum(['strong', 'classic'], 'Choose a template.'),
});

const setUp = open.input(firstRun).mutation(async ({ ctx: { deps, caller, carrier }, input }) => {
  carrier.setSession(await createWorkspace(deps, caller, input));
  return { signedIn: true as const };
});

const credentials = z.strictObject({
  email: text('Enter your email address.'),
  password: password('Enter your password.'),
});

const signIn = router({
  withPassword: open.input(credentials).mutation(async ({ ctx: { deps, caller, carrier }, input }) => {
    const accepted = await signInWithPassword(deps, caller, input, carrier.trusts);
    await leaveSession(deps, caller, carrier.session);
    return carryOn(carrier, accepted);
  }),
  pending: open.input(nothing).query(({ ctx: { deps, caller, carrier } }) => seePending(deps, caller, carrier.pending)),
  sendCode: open
    .input(emailMethod)
    .mutation(({ ctx: { deps, caller, carrier } }) => sendSignInCode(deps, caller, carrier.pending)),
  prove: open.input(secondStep).mutation(async ({ ctx: { deps, caller, carrier }, input: { remember, ...input } }) => {
    const { pending, trusts } = carrier;
    const accepted =
      input.method === 'email'
        ? await proveCode(deps, caller, pending, input, { remember: remember === true, held: trusts })
        : await proveRecoveryCode(deps, caller, pending, input.code);
    carrier.setPending(null);
    carrier.setSession(accepted.token);
    if ('trust' in accepted) carryTrust(carrier, accepted.trust);
    return { recoveryCodesLeft: 'recoveryCodesLeft' in accepted ? accepted.recoveryCodesLeft : null };
  }),
  cancel: open.input(nothing).mutation(async ({ ctx: { deps, caller, carrier } }) => {
    await cancelSignIn(deps, caller, carrier.pending);
    carrier.setPending(null);
    return {};
  }),
});

const openOutboxFolder = open.input(nothing).mutation(async ({ ctx: { deps } }) => {
  const outbox = await currentOutbox(deps);
  if (!outbox) throw new DomainError('notFound');
  const { folder } = outbox;
  return { opened: await deps.desktop.openFolder(folder), folder };
});

/** Everyone's messages, on the sign-in screen too: in a demonstration only (SECURITY, "Settled"). */
const demoMessages = open.input(nothing).query(async ({ ctx: { deps, caller, demo }, path }) => {
  const outbox = demo && (await currentOutbox(deps));
  if (!outbox) return denyAccess(deps, caller, stranger(null), path, 'notFound');
  const summaries = await outbox.list('all', 20);
  const messages = await Promise.all(summaries.map(({ id }) => outbox.read(id, 'all')));
  return messages.filter((message) => message !== null);
});

const changes = open.subscription(({ ctx, signal }) => watchChanges(ctx, signal));

/** Procedures for anyone at the sign-in screen. */
export const openRouter = router({
  welcome,
  setUp,
  signIn,
  reset: resetRouter,
  invitation: invitationRouter,
  openOutboxFolder,
  demoMessages,
  changes,
});
