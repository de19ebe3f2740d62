import type { Actor } from '../../domain/actor.ts';
import { auditEntry, type Parties } from '../../domain/audit.ts';
import { DomainError } from '../../domain/errors.ts';
import { isLive, type Session, TOUCH_EVERY } from '../../domain/session.ts';
import { hashToken, isToken } from '../../domain/token.ts';
import type { Caller } from '../../domain/values.ts';
import type { Deps } from '../../ports/deps.ts';
import type { Tx } from '../../ports/store.ts';

/**
 * Who presents this token, read afresh at each call; null when the token opens nothing (any more).
 * Reading is all it does: background refetches must not keep an abandoned session alive.
 */
export async function authenticate(
  { store, clock }: Pick<Deps, 'store' | 'clock'>,
  caller: Caller,
  token: string | null,
): Promise<Actor | null> {
  if (!isToken(token)) return null;
  const found = await store.read((tx) => tx.sessions.findWithAccount(hashToken(token)));
  if (!found || !isLive(found.session, found.account, clock.now())) return null;
  return { caller, ...found };
}

/** Puts a call that opens nothing to its caller on record and refuses it. @throws {DomainError} `code` */
export async function denyAccess(
  { store, clock }: Pick<Deps, 'store' | 'clock'>,
  caller: Caller,
  parties: Parties,
  procedure: string,
  code: 'notSignedIn' | 'signInExpired' | 'notFound' | 'forbidden' | 'enrolFirst',
): Promise<never> {
  const now = clock.now();
  await store.transaction((tx) =>
    tx.audit.append(auditEntry('accessDenied', now, caller, parties, { reason: procedure })),
  );
  throw new DomainError(code);
}

/**
 * Inside a transaction: whether a session that a slow answer was weighed in still stands. One that was ended, or rotated,
 * meanwhile does nothing any more (S27).
 */
export async function stillStands(tx: Pick<Tx, 'sessions'>, { tokenHash }: Session): Promise<boolean> {
  const found = await tx.sessions.findWithAccount(tokenHash);
  return found !== null && found.session.epoch === found.account.epoch;
}

/** Notes that the person did something, at most every half minute. */
export async function noteActivity({ store, clock }: Pick<Deps, 'store' | 'clock'>, { session }: Actor): Promise<void> {
  const now = clock.now();
  if (now - session.lastSeenAt < TOUCH_EVERY) return;
  await store.transaction((tx) => tx.sessions.touch(session.id, now));
}

/** The person is still there: moves the idle end away from now. Gives the session as it is now. */
export async function keepAlive({ store, clock }: Pick<Deps, 'store' | 'clock'>, { session }: Actor): Promise<Session> {
  const now = clock.now();
  await store.transaction((tx) => tx.sessions.touch(session.id, now));
  return { ...session, lastSeenAt: now };
}
