import type { Account, Role } from './account.ts';
import { isPrivileged } from './role.ts';
import { type Duration, HOUR, type Instant, MINUTE, type ProofMethod, SECOND, type Surface } from './values.ts';

/** A signed-in presence. The token itself is only in the carrier (cookie or host jar); the store has its SHA-256. */
export interface Session {
  readonly id: string;
  readonly accountId: string;
  /** Lower-case hex SHA-256 of the 256-bit token. */
  readonly tokenHash: string;
  /** The account's epoch at which it was granted (S15). */
  readonly epoch: number;
  readonly surface: Surface;
  readonly client: string;
  readonly address: string;
  /** `enrolOnly`: the deadline has passed, and nothing but enrolling is open (R26). */
  readonly scope: 'full' | 'enrolOnly';
  /** The second step it was opened with; null where none was asked. */
  readonly provenWith: ProofMethod | 'trustedDevice' | null;
  readonly createdAt: Instant;
  /** Last act of the person (not of a background refetch). */
  readonly lastSeenAt: Instant;
  /** Absolute end. */
  readonly endsAt: Instant;
}

/** Password accepted, second step open ("pending"). It opens nothing but challenge, verify and cancel (S1). */
export interface PendingSignIn {
  readonly id: string;
  readonly accountId: string;
  readonly tokenHash: string;
  readonly epoch: number;
  readonly policyVersion: number;
  readonly surface: Surface;
  /** Wrong recovery codes answered in it; past five it is void (S10). */
  readonly recoveryTries: number;
  readonly createdAt: Instant;
  readonly expiresAt: Instant;
}

/** How long a session may last; privileged roles' are shorter (NIST SP 800-63B-4 2.2.3, 2.3.3). */
export interface SessionLimits {
  readonly idle: Duration;
  readonly absolute: Duration;
}

const ORDINARY: SessionLimits = { idle: HOUR, absolute: 24 * HOUR };
/** Long enough to enrol, too short to be left lying about. */
const ENROLLING: SessionLimits = { idle: 15 * MINUTE, absolute: 30 * MINUTE };
const PRIVILEGED: SessionLimits = { idle: 15 * MINUTE, absolute: 12 * HOUR };

/** The idle end is announced this long before. */
export const IDLE_WARNING: Duration = 2 * MINUTE;
/** Activity is written down at most this often: a session ends up to so much early, never late. */
export const TOUCH_EVERY: Duration = 30 * SECOND;
export const PENDING_LIFETIME: Duration = 10 * MINUTE;

export function limitsFor(role: Role, scope: Session['scope'] = 'full'): SessionLimits {
  if (scope === 'enrolOnly') return ENROLLING;
  return isPrivileged(role) ? PRIVILEGED : ORDINARY;
}

export function idleEndOf(session: Session, role: Role): Instant {
  return Math.min(session.lastSeenAt + limitsFor(role, session.scope).idle, session.endsAt);
}

/**
 * Whether a session still opens anything: not idle too long, not past its absolute end, of the account's present epoch
 * (S15, S27), and the account not suspended. One that is yet to begin was opened by a sign-in that a wrong clock's
 * correction overtook, and would last for as long as that was ahead (S37).
 */
export function isLive(session: Session, account: Account, now: Instant): boolean {
  if (account.suspendedAt !== null) return false;
  const absoluteEnd = Math.min(session.endsAt, session.createdAt + limitsFor(account.role, session.scope).absolute);
  const hasTime = session.createdAt <= now && now < absoluteEnd && now < idleEndOf(session, account.role);
  return session.epoch === account.epoch && hasTime;
}

/** Whether a pending sign-in may still be finished: anything that changed since, be it the time, makes it start over (S3, S15, S37). */
export function isPendingLive(pending: PendingSignIn, account: Account, policyVersion: number, now: Instant): boolean {
  const hasTime = pending.createdAt <= now && now < pending.expiresAt;
  return pending.epoch === account.epoch && pending.policyVersion === policyVersion && hasTime;
}
