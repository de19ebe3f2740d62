import type { Actor } from '../../domain/actor.ts';
import { isLive, type Session } from '../../domain/session.ts';
import type { Deps } from '../../ports/deps.ts';

/** A session as its owner sees it: nothing of its token. */
export type SessionView = Omit<Session, 'accountId' | 'tokenHash' | 'epoch'> & { readonly current: boolean };

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
