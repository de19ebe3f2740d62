import type { Actor } from '../../domain/actor.ts';
import { isLive, type Session } from '../../domain/session.ts';
import type { Deps } from '../../ports/deps.ts';

/** A session as its owner sees it: nothing of its token. */
export type SessionView = Omit<Session, 'accountId' | 'tokenHash' | 'epoch'> & { readonly current: boolean };

/** Whether somebody who was signed in when they began to listen still is, under whatever token by now (S27). */
export async function isStillSignedIn(
  { store, clock }: Pick<Deps, 'store' | 'clock'>,
  { account, session: own }: Actor,
): Promise<boolean> {
  return store.read(async (tx) => {
    const current = await tx.accounts.find(account.id);
    const session = (await tx.sessions.listFor(account.id)).find(({ id }) => id === own.id);
    return current !== null && session !== undefined && isLive(session, current, clock.now());
  });
}

/** One's own live sessions, the latest activity first. */
export async function listSessions(
  { store, clock }: Pick<Deps, 'store' | 'clock'>,
  { account, session: own }: Actor,
): Promise<SessionView[]> {
  const now = clock.now();
  const sessions = await store.read((tx) => tx.sessions.listFor(account.id));
  return sessions
    .filter((session) => isLive(session, account, now))
    .map(({ accountId: _a, tokenHash: _t, epoch: _e, ...view }) => ({ ...view, current: view.id === own.id }));
}
