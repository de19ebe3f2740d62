import type { Account } from '../../domain/account.ts';
import type { Actor } from '../../domain/actor.ts';
import { type AuditDetail, auditEntry } from '../../domain/audit.ts';
import { done, type Outcome, refused } from '../../domain/errors.ts';
import type { PolicyException } from '../../domain/exception.ts';
import { decideException, type ExceptionTarget, type ExceptionWish } from '../../domain/exception-grant.ts';
import type { Instant } from '../../domain/values.ts';
import type { Deps } from '../../ports/deps.ts';
import type { Tx } from '../../ports/store.ts';
import { meansIn, type Proof } from '../two-step/step-up.ts';
import { type Confirmed, confirmAct } from './confirm-act.ts';

export interface ExceptionView {
  readonly id: string;
  readonly kind: PolicyException['kind'];
  readonly who: { readonly kind: 'account' | 'group'; readonly id: string; readonly name: string };
  readonly until: Instant | null;
  readonly reason: string;
  /** Name of who granted it; empty once that account is deleted. */
  readonly createdBy: string;
  readonly createdAt: Instant;
}

/** Every exception of an account or group that is still there, newest first (R37). */
export async function listExceptions({ store }: Pick<Deps, 'store'>): Promise<ExceptionView[]> {
  return store.read(async (tx) => {
    const views: ExceptionView[] = [];
    for (const exception of await tx.exceptions.list()) {
      const who = await whoOf(tx, targetOf(exception));
      const { id, kind, until, reason, createdAt } = exception;
      const createdBy = (await tx.accounts.find(exception.createdBy))?.name ?? '';
      if (who) views.push({ id, kind, who, until, reason, createdBy, createdAt });
    }
    return views;
  });
}

/**
 * Grants an account or a group more time, or makes an account one for emergencies; with a reason, audited (R37).
 * @returns the exception's id
 * @throws {DomainError} `invalidInput`, `notFound`, `stateUnfit` for an account that is one for emergencies already; see
 *   `decideReach` and `confirmAct`
 */
export async function grantException(
  deps: Deps,
  by: Actor,
  wish: ExceptionWish,
  proof: Proof,
): Promise<Confirmed<{ id: string }>> {
  return confirmAct(
    deps,
    by,
    proof,
    (tx, account, now) => mayGrant(tx, account, wish, now),
    async (tx, { who, reason }, now) => {
      const { target, kind, until } = wish;
      const [accountId, groupId] = 'accountId' in target ? [target.accountId, null] : [null, target.groupId];
      const id = deps.random.id();
      const exception = { id, kind, accountId, groupId, until, reason, createdBy: by.account.id, createdAt: now };
      await tx.exceptions.add(exception);
      const detail = { ...meansIn({ proof }), after: inWords(exception, who.name), reason };
      const parties = { actorId: by.account.id, targetId: accountId };
      await tx.audit.append(auditEntry('exceptionGranted', now, by.caller, parties, detail));
      return { id };
    },
  );
}

/** Ends an exception at once (R37). @throws {DomainError} `notFound`, `forbidden` as in `decideReach`, and see `confirmAct` */
export async function endException(deps: Deps, by: Actor, id: string, proof: Proof): Promise<Confirmed<undefined>> {
  return confirmAct(
    deps,
    by,
    proof,
    async (tx, { role }) => {
      const exception = (await tx.exceptions.list()).find((each) => each.id === id);
      if (!exception) return refused('notFound');
      return exception.kind === 'breakGlass' && role !== 'owner' ? refused('forbidden') : done(undefined);
    },
    async (tx, _, now) => {
      const ended = await tx.exceptions.remove(id);
      if (!ended) return undefined;
      await noteEnd(tx, by, ended, (await whoOf(tx, targetOf(ended)))?.name ?? '', now, meansIn({ proof }));
      return undefined;
    },
  );
}

/** Inside the transaction that ends an exception: puts on record what it was. @param name of whom it was for */
export async function noteEnd(
  tx: Tx,
  by: Actor,
  ended: PolicyException,
  name: string,
  now: Instant,
  means: AuditDetail = {},
): Promise<void> {
  const detail = { ...means, before: inWords(ended, name), reason: ended.reason };
  const parties = { actorId: by.account.id, targetId: ended.accountId };
  await tx.audit.append(auditEntry('exceptionEnded', now, by.caller, parties, detail));
}

async function mayGrant(
  tx: Tx,
  by: Account,
  wish: ExceptionWish,
  now: Instant,
): Promise<Outcome<{ who: ExceptionView['who']; reason: string }>> {
  const decided = decideException(wish, now);
  if (decided.kind === 'refused') return decided;
  const who = await whoOf(tx, wish.target);
  if (!who) return refused('notFound');
  const within = await decideReach(tx, by, wish);
  if (within.kind === 'refused') return within;
  if (wish.kind === 'breakGlass' && (await tx.exceptions.exemptionFor(who.id)).breakGlass) return refused('stateUnfit');
  return done({ who, reason: decided.value });
}

/**
 * How far a role reaches: accounts for emergencies are for owners to make, and nobody else gives more time to themself, be it
 * through a group they are in. Refusals: `forbidden`, `notOnYourself`.
 */
async function decideReach(
  tx: Tx,
  { id, role }: Account,
  { kind, target }: Pick<ExceptionWish, 'kind' | 'target'>,
): Promise<Outcome<undefined>> {
  if (role === 'owner') return done(undefined);
  if (kind === 'breakGlass') return refused('forbidden');
  const isOwn =
    'accountId' in target
      ? target.accountId === id
      : (await tx.groups.groupsOf(id)).some((group) => group.id === target.groupId);
  return isOwn ? refused('notOnYourself') : done(undefined);
}

/** Null where the account is deleted or unknown, or there is no such group. */
async function whoOf(tx: Tx, target: ExceptionTarget): Promise<ExceptionView['who'] | null> {
  if ('accountId' in target) {
    const account = await tx.accounts.find(target.accountId);
    return account && account.deletedAt === null ? { kind: 'account', id: account.id, name: account.name } : null;
  }
  const group = await tx.groups.find(target.groupId);
  return group && { kind: 'group', id: group.id, name: group.name };
}

function targetOf({ accountId, groupId }: PolicyException): ExceptionTarget {
  return accountId === null ? { groupId: groupId ?? '' } : { accountId };
}

/** For the audit log. */
function inWords({ until, groupId }: PolicyException, name: string): string {
  const what = until === null ? 'account for emergencies' : `extension until ${new Date(until).toISOString()}`;
  return groupId === null ? what : `${what}, group ${name}`;
}
