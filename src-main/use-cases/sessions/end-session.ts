import type { Actor } from '../../domain/actor.ts';
import { auditEntry, oneself } from '../../domain/audit.ts';
import { done, refused, settle } from '../../domain/errors.ts';
import { isLive } from '../../domain/session.ts';
import type { Caller } from '../../domain/values.ts';
import type { Deps } from '../../ports/deps.ts';
import { authenticate } from './authenticate.ts';

/** Signs out of the session one is in. */
export async function signOut({ store, clock }: Deps, { caller, account, session }: Actor): Promise<void> {
  const now = clock.now();
  await store.transaction(async (tx) => {
    await tx.sessions.remove(session.id);
    await tx.audit.append(auditEntry('signedOut', now, caller, oneself(account.id)));
  });
}

/** Signs out of the session that a new sign-in takes the place of: its token is forgotten, so it must open nothing (S16). */
export async function leaveSession(deps: Deps, caller: Caller, token: string | null): Promise<void> {
  const actor = await authenticate(deps, caller, token);
  if (actor) await signOut(deps, actor);
}

/** Ends one session of one's own; an id of somebody else's is as unknown as any. @throws {DomainError} `notFound` */
export async function endSession({ store, clock, bell }: Deps, { caller, account }: Actor, id: string): Promise<void> {
  const now = clock.now();
  const outcome = await store.transaction(async (tx) => {
    const own = (await tx.sessions.listFor(account.id)).some((session) => session.id === id);
    const ended = own && (await tx.sessions.remove(id));
    const kind = ended ? 'sessionEnded' : 'accessDenied';
    await tx.audit.append(auditEntry(kind, now, caller, oneself(account.id), ended ? {} : { reason: 'endSession' }));
    return ended ? done(undefined) : refused('notFound');
  });
  bell.ring(`session:${account.id}`);
  return settle(outcome);
}

/** Ends every session of one's own but this one. Gives how many live ones ended: as many as the list showed. */
export async function endOtherSessions(
  { store, clock, bell }: Deps,
  { caller, account, session }: Actor,
): Promise<number> {
  const now = clock.now();
  const ended = await store.transaction(async (tx) => {
    const live = (await tx.sessions.listFor(account.id)).filter((other) => isLive(other, account, now));
    const count = live.filter(({ id }) => id !== session.id).length;
    await tx.sessions.removeAllFor(account.id, session.id);
    await tx.pendingSignIns.removeAllFor(account.id);
    await tx.audit.append(auditEntry('otherSessionsEnded', now, caller, oneself(account.id), { count }));
    return count;
  });
  bell.ring(`session:${account.id}`);
  return ended;
}
