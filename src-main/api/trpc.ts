import { initTRPC, TRPCError } from '@trpc/server';
import { ZodError } from 'zod';
import { oneself, stranger } from '../domain/audit.ts';
import { DamagedData } from '../domain/damaged-data.ts';
import { type DomainCode, DomainError } from '../domain/errors.ts';
import { type Level, type Module, may } from '../domain/role.ts';
import { recordDamage } from '../use-cases/audit/record-damage.ts';
import { OUTBOX_TOPIC } from '../use-cases/delivery/enqueue-letter.ts';
import { authenticate, denyAccess, noteActivity } from '../use-cases/sessions/authenticate.ts';
import type { Context } from './context.ts';
import { fieldsOf, STATUS_OF } from './refusals.ts';

/** An expected refusal as it goes over the wire: `data.domain` of a tRPC error. */
export interface WireRefusal {
  readonly code: DomainCode;
  readonly data: unknown;
}

/** A bug's mark: what a person quotes and the log is searched for. */
class Unexpected extends Error {
  readonly reference: string;

  constructor(reference: string) {
    super('Something went wrong on our side. Nothing was changed.');
    this.reference = reference;
  }
}

const t = initTRPC.context<Context>().create({
  isDev: false,
  errorFormatter({ shape, error }) {
    const { cause } = error;
    const domain: WireRefusal | null =
      cause instanceof DomainError
        ? { code: cause.code, data: cause.data ?? null }
        : cause instanceof ZodError
          ? { code: 'invalidInput', data: { fields: fieldsOf(cause) } }
          : null;
    const reference = cause instanceof Unexpected ? cause.reference : null;
    const message = domain ? domain.code : shape.message;
    return { ...shape, message, data: { ...shape.data, domain, reference } };
  },
});

export const router = t.router;
export const createCallerFactory = t.createCallerFactory;

/** Turns what a use-case throws into what a client may know (ARCHITECTURE 4): refusals by their code, bugs by a reference only. */
const explained = t.middleware(async ({ ctx, next, path, type }) => {
  const result = await next();
  if (type === 'mutation') ctx.deps.bell.ring(OUTBOX_TOPIC);
  if (result.ok) return result;
  const { cause, code } = result.error;
  if (cause instanceof DomainError) {
    const refusal: DomainError = cause;
    throw new TRPCError({ code: STATUS_OF[refusal.code], message: refusal.code, cause });
  }
  if (code !== 'INTERNAL_SERVER_ERROR') return result;
  const unexpected = new Unexpected(ctx.deps.random.id().slice(0, 8));
  ctx.deps.log.error({ path, reference: unexpected.reference, error: cause ?? result.error }, 'a procedure failed');
  if (cause instanceof DamagedData) await recordDamage(ctx.deps, ctx.caller, stranger(null), cause);
  throw new TRPCError({ code, message: unexpected.message, cause: unexpected });
});

/** Anyone. */
export const open = t.procedure.use(explained);

/** Signed in, be it only to enrol: account and session are read afresh for this very call (S1, S39); a change counts as activity. */
export const enrolling = open.use(async ({ ctx, next, path, type }) => {
  const { deps, caller, carrier } = ctx;
  const actor = await authenticate(deps, caller, carrier.session);
  // The cookie is left alone: a refetch that crossed a rotation on the wire must not wipe the token it brought.
  if (!actor) return denyAccess(deps, caller, stranger(null), path, 'notSignedIn');
  if (type === 'mutation') await noteActivity(deps, actor);
  return next({ ctx: { ...ctx, actor } });
});

/** Signed in for good: a session that is there to enrol opens nothing else (R26). */
export const self = enrolling.use(({ ctx, next, path }) => {
  const { deps, actor } = ctx;
  if (actor.session.scope === 'full') return next();
  return denyAccess(deps, actor.caller, oneself(actor.account.id), path, 'enrolFirst');
});

type Wanted = readonly (readonly [Module, Level])[];

const whoever = (isEnough: (wanted: Wanted, has: (pair: Wanted[number]) => boolean) => boolean, wanted: Wanted) =>
  self.use(async ({ ctx, next, path }) => {
    const { deps, actor } = ctx;
    const permissions = (await deps.store.read((tx) => tx.roles.matrix()))[actor.account.role];
    return isEnough(wanted, ([module, level]) => may(permissions, module, level))
      ? next()
      : denyAccess(deps, actor.caller, { actorId: actor.account.id, targetId: null }, path, 'forbidden');
  });

/** Signed in, and of a role that may; asked anew at each call (S39). Any of the pairs will do. */
export const permitted = (...wanted: Wanted) => whoever((pairs, has) => pairs.some(has), wanted);

/** The same, where each of the pairs is needed. */
export const permittedAll = (...wanted: Wanted) => whoever((pairs, has) => pairs.every(has), wanted);

/** Signed in as an owner: for what no permission gives. */
export const owner = self.use(({ ctx, next, path }) => {
  const { deps, actor } = ctx;
  if (actor.account.role === 'owner') return next();
  return denyAccess(deps, actor.caller, { actorId: actor.account.id, targetId: null }, path, 'forbidden');
});
