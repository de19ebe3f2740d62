import type { Actor } from '../../domain/actor.ts';
import { auditEntry } from '../../domain/audit.ts';
import { done, refused } from '../../domain/errors.ts';
import type { Deps } from '../../ports/deps.ts';
import { actOnUser, HELPS_USERS, MANAGES_USERS } from './act-on-user.ts';
import { endPresence } from './end-presence.ts';

/** Ends every session of an account, and every sign-in under way. @throws {DomainError} see `actOnUser` */
export async function signOutEverywhere(deps: Deps, by: Actor, id: string): Promise<void> {
  const what = { name: 'signOutEverywhere', targetId: id, needs: HELPS_USERS, oneself: 'whatever' as const };
  await actOnUser(deps, by, what, async (tx, _, now) => {
    const count = await endPresence(tx, id);
    const parties = { actorId: by.account.id, targetId: id };
    await tx.audit.append(auditEntry('signedOutEverywhere', now, by.caller, parties, { count }));
    return done(undefined);
  });
  deps.bell.ring(`session:${id}`);
}

/** Makes a computer ask for the second step again (R18). @throws {DomainError} `notFound`, and see `actOnUser` */
export async function revokeTrust(
  deps: Deps,
  by: Actor,
  { id, deviceId }: { readonly id: string; readonly deviceId: string },
): Promise<void> {
  const what = { name: 'revokeTrust', targetId: id, needs: MANAGES_USERS, oneself: 'whatever' as const };
  await actOnUser(deps, by, what, async (tx, _, now) => {
    const device = await tx.trustedDevices.find(deviceId);
    if (device?.accountId !== id) return refused('notFound');
    await tx.trustedDevices.remove(deviceId);
    await tx.audit.append(auditEntry('trustRevoked', now, by.caller, { actorId: by.account.id, targetId: id }));
    return done(undefined);
  });
}
