import { describe, expect, test } from 'vitest';
import {
  IDLE_WARNING,
  idleEndOf,
  isLive,
  isPendingLive,
  limitsFor,
  PENDING_LIFETIME,
  TOUCH_EVERY,
} from '../../src-main/domain/session.ts';
import { HOUR, MINUTE, SECOND } from '../../src-main/domain/values.ts';
import { account, pendingSignIn, session, T0 } from '../ports/store/samples.ts';

test('R40 the numbers: owners 15 min and 12 h, members 1 h and 24 h, a second step waits 10 min', () => {
  expect({
    owner: limitsFor('owner'),
    member: limitsFor('member'),
    PENDING_LIFETIME,
    IDLE_WARNING,
    TOUCH_EVERY,
  }).toEqual({
    owner: { idle: 15 * MINUTE, absolute: 12 * HOUR },
    member: { idle: HOUR, absolute: 24 * HOUR },
    PENDING_LIFETIME: 10 * MINUTE,
    IDLE_WARNING: 2 * MINUTE,
    TOUCH_EVERY: 30 * SECOND,
  });
});

describe.each([
  ['owner', 15 * MINUTE, 12 * HOUR],
  ['member', HOUR, 24 * HOUR],
] as const)('a session of the role %s', (role, idle, absolute) => {
  const owner = account({ role });
  const fresh = session({ endsAt: T0 + absolute });
  const active = session({ endsAt: T0 + absolute, lastSeenAt: T0 + absolute - 1 });

  test.each([
    ['at its start', fresh, T0, true],
    ['a millisecond before its idle end', fresh, T0 + idle - 1, true],
    ['at its idle end', fresh, T0 + idle, false],
    ['after its idle end', fresh, T0 + idle + 1, false],
    ['a millisecond before its absolute end', active, T0 + absolute - 1, true],
    ['at its absolute end', active, T0 + absolute, false],
    ['after its absolute end', active, T0 + absolute + 1, false],
    ['that promises itself more than the role has', { ...active, endsAt: T0 + 999 * HOUR }, T0 + absolute, false],
    ['that ends earlier than the role has', { ...fresh, endsAt: T0 + MINUTE }, T0 + MINUTE, false],
    ['of an epoch before', { ...fresh, epoch: 0 }, T0, false],
    ['of an epoch to come', { ...fresh, epoch: 2 }, T0, false],
  ])(`R40 S15 S27 ${role}: %s`, (_, candidate, now, live) => {
    expect(isLive(candidate, owner, now)).toBe(live);
  });

  test(`R40 ${role}: the idle end follows the last activity, never past the absolute end`, () => {
    expect(idleEndOf(fresh, role)).toBe(T0 + idle);
    expect(idleEndOf(active, role)).toBe(T0 + absolute);
  });
});

test('R40 a member who becomes an owner has an owner’s limits at once', () => {
  const begun = session({ endsAt: T0 + 24 * HOUR, lastSeenAt: T0 + 13 * HOUR });
  expect(isLive(begun, account({ role: 'member' }), T0 + 13 * HOUR)).toBe(true);
  expect(isLive(begun, account({ role: 'owner' }), T0 + 13 * HOUR)).toBe(false);
});

test.each([
  ['at its start', {}, {}, 1, T0, true],
  ['a millisecond before its end', {}, {}, 1, T0 + PENDING_LIFETIME - 1, true],
  ['at its end', {}, {}, 1, T0 + PENDING_LIFETIME, false],
  ['after password or factors changed', {}, { epoch: 2 }, 1, T0, false],
  ['after the policy changed', {}, {}, 2, T0, false],
  ['begun under a policy that is not there any more', { policyVersion: 2 }, {}, 1, T0, false],
])('S3 S15 a pending sign-in %s', (_, pending, holder, policyVersion, now, live) => {
  expect(isPendingLive(pendingSignIn(pending), account(holder), policyVersion, now)).toBe(live);
});
