import { describe, expect, test } from 'vitest';
import type { Throttle } from '../../src-main/domain/account.ts';
import {
  countFailure,
  isLocked,
  LOCK_AFTER,
  mayWeighPassword,
  NO_FAILURES,
  TRIES_IN_LOCK,
  takeBack,
} from '../../src-main/domain/lockout.ts';
import { HOUR, MINUTE } from '../../src-main/domain/values.ts';

const T0 = Date.UTC(2026, 5, 1);
const throttle = (failures: number, lockedUntil = 0, triesInLock = 0): Throttle => ({
  failures,
  lockedUntil,
  triesInLock,
});

test('R42 the numbers: ten failures lock, ten passwords are weighed within a lock', () => {
  expect({ LOCK_AFTER, TRIES_IN_LOCK, NO_FAILURES }).toEqual({
    LOCK_AFTER: 10,
    TRIES_IN_LOCK: 10,
    NO_FAILURES: throttle(0),
  });
});

test.each([
  ['never locked', throttle(9), T0, false],
  ['a millisecond before the end', throttle(10, T0 + 1), T0, true],
  ['at the end', throttle(10, T0), T0, false],
  ['after the end', throttle(10, T0 - 1), T0, false],
])('R42 %s', (_, state, now, locked) => {
  expect(isLocked(state, now)).toBe(locked);
});

test.each([
  ['unlocked', throttle(9), true],
  ['in a lock, for the tenth time', throttle(10, T0 + 1, 9), true],
  ['in a lock, for the eleventh time', throttle(10, T0 + 1, 10), false],
  ['once the lock is over, whatever was tried in it', throttle(10, T0, 10), true],
])('R42 a password is weighed %s: %o', (_, state, weighed) => {
  expect(mayWeighPassword(state, T0)).toBe(weighed);
});

test.each([
  ['the first', throttle(0), throttle(1)],
  ['the ninth', throttle(8), throttle(9)],
  ['the tenth', throttle(9), throttle(10, T0 + 15 * MINUTE)],
  ['the eleventh, once the lock is over', throttle(10, T0, 3), throttle(11)],
  ['the twentieth', throttle(19), throttle(20, T0 + 30 * MINUTE)],
  ['the thirtieth', throttle(29), throttle(30, T0 + HOUR)],
  ['the hundredth', throttle(99), throttle(100, T0 + HOUR)],
  ['one within a lock', throttle(10, T0 + 1, 0), throttle(10, T0 + 1, 1)],
  ['one more within a lock', throttle(10, T0 + 1, 9), throttle(10, T0 + 1, 10)],
])('R42 S13 %s failure', (_, before, after) => {
  expect(countFailure(before, T0)).toEqual(after);
});

describe('S10 taking back what was counted before it was weighed', () => {
  test.each([
    ['the first', throttle(0)],
    ['one in the middle', throttle(4)],
    ['the one that locked', throttle(9)],
    ['the one that locked for long', throttle(29)],
    ['one within a lock', throttle(10, T0 + 1, 3)],
  ])('S10 %s leaves everything as it was', (_, before) => {
    const reserved = countFailure(before, T0);
    expect(takeBack(reserved, before, reserved)).toEqual(before);
  });

  test('S10 what others added meanwhile stays', () => {
    const before = throttle(3);
    const reserved = countFailure(before, T0);
    const meanwhile = countFailure(countFailure(reserved, T0), T0);
    expect(takeBack(meanwhile, before, reserved)).toEqual(throttle(5));
  });

  test('S10 after a reset meanwhile there is nothing to take back', () => {
    const before = throttle(3);
    expect(takeBack(NO_FAILURES, before, countFailure(before, T0))).toEqual(NO_FAILURES);
  });

  test('S10 a guess that was counted within the lock which is taken back is not forgotten', () => {
    const before = throttle(9);
    const right = countFailure(before, T0);
    const guessed = countFailure(right, T0);
    expect(takeBack(guessed, before, right)).toEqual(throttle(10, T0 + 15 * MINUTE));
  });

  test('S10 a lock that others would not have reached alone ends with the count that is taken back', () => {
    const before = throttle(8);
    const right = countFailure(before, T0);
    const locked = countFailure(right, T0);
    expect(isLocked(locked, T0)).toBe(true);
    expect(takeBack(locked, before, right)).toEqual(throttle(9));
  });

  test('S10 a right answer within a lock, weighed after the lock has ended, takes nothing from the next failures', () => {
    const before = throttle(10, T0 + MINUTE, 2);
    const right = countFailure(before, T0);
    const later = countFailure(right, T0 + MINUTE);
    expect(later).toEqual(throttle(11));
    expect(takeBack(later, before, right)).toEqual(throttle(11));
  });
});
