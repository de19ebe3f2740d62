import type { Account } from '../../domain/account.ts';
import type { Actor } from '../../domain/actor.ts';
import { auditEntry } from '../../domain/audit.ts';
import { done, type Outcome, refused, settle } from '../../domain/errors.ts';
import { type Level, type Module, may, outranks } from '../../domain/role.ts';
import type { Instant } from '../../domain/values.ts';
import type { Deps } from '../../ports/deps.ts';
import type { Tx } from '../../ports/store.ts';
import { stillStands } from '../sessions/authenticate.ts';

/** What somebody is about to do to an account. */
export interface UserAct {
  /** For the audit log. */
  readonly name: string;
  readonly targetId: string;
  /** Any of these permissions will do. */
  readonly needs: readonly (readonly [Module, Level])[];
  /** `whatever`: the act may be done to oneself, though nobody outranks themself. */
  readonly oneself: 'refused' | 'whatever';
}

/** Both sides of an act, as they are in the transaction that does it. */
export interface Sides {
  readonly actor: Account;
  readonly target: Account;
}

export const MANAGES_USERS = [['users', 'manage']] as const;
export const HELPS_USERS = [
  ['users', 'manage'],
  ['helpDesk', 'manage'],
] as const;

/**
 * Does something to an account, in one transaction: permission, rank and the account are read in it, for what the caller
 * was let in by may be gone (S39, S40). Every refusal is on record with the act and its reason.
 * @throws {DomainError} see `decideUserAct`, and what `act` refuses
 */
export async function actOnUser<T>(
  deps: Pick<Deps, 'store' | 'clock'>,
  by: Actor,
  what: UserAct,
  act: (tx: Tx, sides: Sides, now: Instant) => Promise<Outcome<T>>,
): Promise<T> {
  const now = deps.clock.now();
  const outcome = await deps.store.transaction((tx) =>
    onRecord(tx, by, what, now, async () => {
      const decided = await decideUserAct(tx, by, what);
      return decided.kind === 'refused' ? decided : act(tx, decided.value, now);
    }),
  );
  return settle(outcome);
}

/**
 * Whether the act may be done: by who is still signed in, may do such things, and outranks the account.
 * Refusals: `notSignedIn`, `forbidden`, `notFound`, `notOnYourself`, `targetOutranks`.
 */
export async function decideUserAct(tx: Tx, by: Actor, what: UserAct): Promise<Outcome<Sides>> {
  const permitted = await decidePermission(tx, by, what.needs);
  if (permitted.kind === 'refused') return permitted;
  const actor = permitted.value;
  const target = await tx.accounts.find(what.targetId);
  if (!target || target.deletedAt !== null) return refused('notFound');
  if (target.id === actor.id) return what.oneself === 'whatever' ? done({ actor, target }) : refused('notOnYourself');
  return outranks(actor.role, target.role) ? done({ actor, target }) : refused('targetOutranks');
}

/** Who acts, as they are now. Refusals: `notSignedIn`, `forbidden`. */
export async function decidePermission(tx: Tx, by: Actor, needs: UserAct['needs']): Promise<Outcome<Account>> {
  return (await stillStands(tx, by.session)) ? decideStanding(tx, by.account.id, needs) : refused('notSignedIn');
}

/** The same for what goes on after whoever began it is signed out. */
export async function decideStanding(tx: Tx, id: string, needs: UserAct['needs']): Promise<Outcome<Account>> {
  const actor = await tx.accounts.find(id);
  if (!actor || actor.suspendedAt !== null || actor.deletedAt !== null) return refused('notSignedIn');
  const permissions = (await tx.roles.matrix())[actor.role];
  return needs.some(([module, level]) => may(permissions, module, level)) ? done(actor) : refused('forbidden');
}

/** Puts a refusal on record, with the act and the account it was about. */
export async function onRecord<T>(
  tx: Tx,
  by: Actor,
  { name, targetId }: { readonly name: string; readonly targetId: string | null },
  now: Instant,
  decide: () => Promise<Outcome<T>>,
): Promise<Outcome<T>> {
  const outcome = await decide();
  if (outcome.kind === 'refused') {
    const known = outcome.error.code === 'notFound' ? null : targetId;
    const parties = { actorId: by.account.id, targetId: known };
    const detail = { reason: `${name}: ${outcome.error.code}` };
    await tx.audit.append(auditEntry('adminActRefused', now, by.caller, parties, detail));
  }
  return outcome;
}
