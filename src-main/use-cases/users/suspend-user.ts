import type { Actor } from '../../domain/actor.ts';
import { auditEntry } from '../../domain/audit.ts';
import { DomainError, done, refused } from '../../domain/errors.ts';
import type { Deps } from '../../ports/deps.ts';
import { actOnUser, MANAGES_USERS } from './act-on-user.ts';
import { leavesAnOwner } from './change-role.ts';
import { endPresence } from './end-presence.ts';
import { REASON_WANTED, readReason } from './read-reason.ts';

/**
 * Keeps somebody out until they are reinstated: an order, which outlives every timer. Whatever they had open ends at once,
 * trusted devices and a reset by mail too.
 * @throws {DomainError} `invalidInput` without a reason, `stateUnfit`, `lastOwner` (R40), and see `actOnUser`
 */
export async function suspendUser(
  deps: Deps,
  by: Actor,
  { id, reason }: { readonly id: string; readonly reason: string },
): Promise<void> {
  const written = readReason(reason);
  if (written === null) throw new DomainError('invalidInput', { fields: { reason: REASON_WANTED } });
  const what = { name: 'suspend', targetId: id, needs: MANAGES_USERS, oneself: 'refused' as const };
  await actOnUser(deps, by, what, async (tx, { target }, now) => {
    if (target.suspendedAt !== null) return refused('stateUnfit');
    if (!(await leavesAnOwner(tx, id))) return refused('lastOwner');
    await tx.accounts.change(id, { suspendedAt: now, epoch: target.epoch + 1 });
    await endPresence(tx, id);
    await tx.trustedDevices.removeAllFor(id);
    await tx.oneTimeCodes.voidFor(id, 'resetPassword');
    const parties = { actorId: by.account.id, targetId: id };
    await tx.audit.append(auditEntry('suspended', now, by.caller, parties, { reason: written }));
    return done(undefined);
  });
  deps.bell.ring(`session:${id}`);
}

/** Lets a suspended person sign in again. @throws {DomainError} `stateUnfit`, and see `actOnUser` */
export async function reinstateUser(deps: Deps, by: Actor, id: string): Promise<void> {
  const what = { name: 'reinstate', targetId: id, needs: MANAGES_USERS, oneself: 'refused' as const };
  await actOnUser(deps, by, what, async (tx, { target }, now) => {
    if (target.suspendedAt === null) return refused('stateUnfit');
    await tx.accounts.change(id, { suspendedAt: null });
    await tx.audit.append(auditEntry('reinstated', now, by.caller, { actorId: by.account.id, targetId: id }));
    return done(undefined);
  });
}
