import { z } from 'zod';
import { oneself } from '../domain/audit.ts';
import { IDLE_WARNING, idleEndOf, type Session } from '../domain/session.ts';
import { currentOutbox } from '../use-cases/delivery/current-outbox.ts';
import { changePassword } from '../use-cases/profile/change-password.ts';
import { rename } from '../use-cases/profile/rename.ts';
import { denyAccess, keepAlive } from '../use-cases/sessions/authenticate.ts';
import { endOtherSessions, endSession, signOut } from '../use-cases/sessions/end-session.ts';
import { listSessions } from '../use-cases/sessions/list-sessions.ts';
import { standingOf } from '../use-cases/two-step/standing-of.ts';
import { accountRouter, emailRouter } from './account.ts';
import { stateOfClock } from './clock.ts';
import { id, nothing, password, text } from './inputs.ts';
import { enrolling, router, self } from './trpc.ts';
import { trustedDevicesRouter } from './trusted-devices.ts';
import { twoStepRouter } from './two-step.ts';

const me = enrolling.input(nothing).query(async ({ ctx: { deps, actor } }) => {
  const { account, session } = actor;
  const { workspace, roles, standing } = await deps.store.read(async (tx) => {
    const standing = await standingOf(tx, account, deps.clock.now());
    return { workspace: await tx.workspace.find(), roles: await tx.roles.matrix(), standing };
  });
  return {
    account: { id: account.id, name: account.name, email: account.email, role: account.role },
    workspace: { name: workspace?.name ?? '' },
    permissions: roles[account.role],
    twoStep: account.twoStep,
    ...standing,
    clock: stateOfClock(deps),
    session: {
      id: session.id,
      scope: session.scope,
      ...ends(session, account.role),
      now: deps.clock.now(),
      warnMs: IDLE_WARNING,
    },
  };
});

function ends(session: Session, role: Parameters<typeof idleEndOf>[1]) {
  return { idleEndsAt: idleEndOf(session, role), endsAt: session.endsAt };
}

const sessions = router({
  list: self.input(nothing).query(({ ctx: { deps, actor } }) => listSessions(deps, actor)),
  end: self.input(z.strictObject({ id })).mutation(async ({ ctx: { deps, actor }, input }) => {
    await endSession(deps, actor, input.id);
    return {};
  }),
  endOthers: self.input(nothing).mutation(async ({ ctx: { deps, actor } }) => {
    return { ended: await endOtherSessions(deps, actor) };
  }),
});

const profile = router({
  rename: self.input(z.strictObject({ name: text('Enter your name.') })).mutation(async ({ ctx, input }) => {
    return { name: await rename(ctx.deps, ctx.actor, input.name) };
  }),
});

const passwordChange = z.strictObject({
  currentPassword: password('Enter your current password.'),
  newPassword: password('Enter a new password.'),
  confirmPassword: password('Enter the new password once more.'),
});

const passwordRouter = router({
  change: self.input(passwordChange).mutation(async ({ ctx: { deps, actor, carrier }, input }) => {
    carrier.setSession(await changePassword(deps, actor, input));
    return {};
  }),
});

/** The embedded outbox, read by its owner: only messages to one's own address (SECURITY, "Settled"). */
const outbox = router({
  list: self.input(nothing).query(async ({ ctx: { deps, actor, demo } }) => {
    return (await currentOutbox(deps))?.list(demo ? 'all' : [actor.account.email], 100) ?? [];
  }),
  read: self.input(z.strictObject({ id: z.string().min(1).max(200) })).query(async ({ ctx, input, path }) => {
    const { deps, caller, demo, actor } = ctx;
    const outbox = await currentOutbox(deps);
    const message = await outbox?.read(input.id, demo ? 'all' : [actor.account.email]);
    return message ?? denyAccess(deps, caller, oneself(actor.account.id), path, 'notFound');
  }),
});

/** Procedures for whoever is signed in, about themselves. */
export const selfRouter = router({
  me,
  keepAlive: enrolling.input(nothing).mutation(async ({ ctx: { deps, actor } }) => {
    const session = await keepAlive(deps, actor);
    return { ...ends(session, actor.account.role), now: deps.clock.now() };
  }),
  signOut: enrolling.input(nothing).mutation(async ({ ctx: { deps, actor, carrier } }) => {
    await signOut(deps, actor);
    carrier.setSession(null);
    return {};
  }),
  sessions,
  profile,
  password: passwordRouter,
  twoStep: twoStepRouter,
  email: emailRouter,
  account: accountRouter,
  trustedDevices: trustedDevicesRouter,
  outbox,
});
