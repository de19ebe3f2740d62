import type { Throttle } from './account.ts';
import { type Duration, HOUR, type Instant, MINUTE } from './values.ts';

/** Wrong answers, of whatever factor, until the account locks (R42, S11). */
export const LOCK_AFTER = 10;
/** Passwords still weighed while locked, so that the owner can be told about the lock without opening an oracle. */
export const TRIES_IN_LOCK = 10;

export const NO_FAILURES: Throttle = { failures: 0, lockedUntil: 0, triesInLock: 0 };

export function isLocked(throttle: Throttle, now: Instant): boolean {
  return now < throttle.lockedUntil;
}

/** Whether a password may be weighed at all: beyond the cap within a lock it is not, whatever it is. */
export function mayWeighPassword(throttle: Throttle, now: Instant): boolean {
  return !isLocked(throttle, now) || throttle.triesInLock < TRIES_IN_LOCK;
}

/** 15 minutes after ten failures, half an hour after twenty, then an hour after each further ten. */
function lockFor(failures: number): Duration {
  if (failures < 2 * LOCK_AFTER) return 15 * MINUTE;
  return failures < 3 * LOCK_AFTER ? 30 * MINUTE : HOUR;
}

/** One more wrong answer. Within a lock it is counted apart, so that hammering does not lengthen the lock (S13). */
export function countFailure(throttle: Throttle, now: Instant): Throttle {
  if (isLocked(throttle, now)) return { ...throttle, triesInLock: throttle.triesInLock + 1 };
  const failures = throttle.failures + 1;
  const locks = failures % LOCK_AFTER === 0;
  return { failures, lockedUntil: locks ? now + lockFor(failures) : 0, triesInLock: 0 };
}

/**
 * A slow answer is counted as wrong before it is weighed, so that parallel guesses cannot outrun the count (S10).
 * This takes that count back once it proved right; what others added meanwhile stays. In a lock that the count
 * helped to reach, one that was counted within takes its place; where there is none, the lock ends.
 */
export function takeBack(current: Throttle, before: Throttle, reserved: Throttle): Throttle {
  const countedInLock = reserved.triesInLock > before.triesInLock;
  if (countedInLock && current.lockedUntil !== reserved.lockedUntil) return current; // it went with its lock
  if (current.triesInLock > 0) return { ...current, triesInLock: current.triesInLock - 1 };
  return { ...current, failures: Math.max(0, current.failures - 1), lockedUntil: 0 };
}
