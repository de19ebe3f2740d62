import type { Actor } from '../../domain/actor.ts';
import { auditEntry } from '../../domain/audit.ts';
import { done, refused } from '../../domain/errors.ts';
import { isLocked, NO_FAILURES } from '../../domain/lockout.ts';
import type { Deps } from '../../ports/deps.ts';
import { actOnUser, HELPS_USERS } from './act-on-user.ts';

/**
 * Ends a timed lock (R42). Never one's own: whoever sits at an open session could guess on for ever.
 * @throws {DomainError} `stateUnfit` when it is not locked, and see `actOnUser`
 */
export async function unlockUser(deps: Deps, by: Actor, id: string): Promise<void> {
  const what = { name: 'unlock', targetId: id, needs: HELPS_USERS, oneself: 'refused' as const };
  await actOnUser(deps, by, what, async (tx, { target }, now) => {
    if (!isLocked(target.throttle, now)) return refused('stateUnfit');
    await tx.accounts.change(id, { throttle: NO_FAILURES });
    const parties = { actorId: by.account.id, targetId: id };
    await tx.audit.append(auditEntry('unlocked', now, by.caller, parties, { count: target.throttle.failures }));
    return done(undefined);
  });
}
