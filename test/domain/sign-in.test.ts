import { describe, expect, test } from 'vitest';
import { type Policy, policyOf } from '../../src-main/domain/policy.ts';
import { decideSignIn, mayEditTwoStep, usableMethods } from '../../src-main/domain/sign-in.ts';
import { account, factor, T0 } from '../ports/store/samples.ts';

const POLICY = policyOf('strong');
const BLOCKED: Policy = { ...POLICY, methods: { ...POLICY.methods, email: 'blocked' } };
const LEGACY: Policy = { ...POLICY, methods: { ...POLICY.methods, email: 'legacy' } };
const LOCKED = { failures: 10, lockedUntil: T0 + 1, triesInLock: 0 };
const EMAIL = [factor()];

describe('R14 what follows an accepted password', () => {
  test.each([
    ['off', {}, [], 0, { kind: 'admit' }],
    ['off and locked', { throttle: LOCKED }, [], 0, { kind: 'deny', reason: 'locked', until: T0 + 1 }],
    ['off and no longer locked', { throttle: { ...LOCKED, lockedUntil: T0 } }, [], 0, { kind: 'admit' }],
    ['off, with codes left over', {}, [], 5, { kind: 'admit' }],
    ['active', { twoStep: 'active' }, EMAIL, 10, { kind: 'prove', methods: ['email', 'recoveryCode'] }],
    ['active without codes', { twoStep: 'active' }, EMAIL, 0, { kind: 'prove', methods: ['email'] }],
    [
      'active and locked',
      { twoStep: 'active', throttle: LOCKED },
      EMAIL,
      1,
      { kind: 'prove', methods: ['recoveryCode'] },
    ],
    [
      'active and locked without codes',
      { twoStep: 'active', throttle: LOCKED },
      EMAIL,
      0,
      { kind: 'deny', reason: 'locked', until: T0 + 1 },
    ],
    ['active with nothing to prove it by', { twoStep: 'active' }, [], 0, { kind: 'prove', methods: [] }],
  ] as const)('R14 R42 two-step verification %s', (_, change, factors, recoveryCodesLeft, decision) => {
    expect(decideSignIn(POLICY, account(change), { factors, recoveryCodesLeft }, T0)).toEqual(decision);
  });

  test.each(['off', 'optional', 'required'] as const)(
    'R14 S4 while it is active nothing in the policy (here enforcement %s) admits by the password alone',
    (enforcement) => {
      const means = { factors: EMAIL, recoveryCodesLeft: 10 };
      const decision = decideSignIn({ ...POLICY, enforcement }, account({ twoStep: 'active' }), means, T0);
      expect(decision.kind).toBe('prove');
    },
  );
});

describe('R16 R17 the ways to answer the second step', () => {
  test.each([
    ['allowed', POLICY, EMAIL, 3, ['email', 'recoveryCode']],
    ['legacy, which those who have it keep', LEGACY, EMAIL, 3, ['email', 'recoveryCode']],
    ['blocked, for who has no other', BLOCKED, EMAIL, 3, ['email', 'recoveryCode']],
    ['blocked, without codes either', BLOCKED, EMAIL, 0, ['email']],
    ['not enrolled', POLICY, [], 3, ['recoveryCode']],
  ] as const)('R16 R17 e-mail is %s', (_, policy, factors, recoveryCodesLeft, methods) => {
    expect(usableMethods(policy, account(), { factors, recoveryCodesLeft }, T0)).toEqual(methods);
  });

  test('R16 a factor of a method that this build cannot ask for is not offered', () => {
    const factors = [factor({ method: 'securityKey' }), factor({ id: 'other', preferred: false })];
    expect(usableMethods(POLICY, account(), { factors, recoveryCodesLeft: 0 }, T0)).toEqual(['email']);
  });

  test('R42 in a lock only recovery codes are left, and after it everything again', () => {
    const means = { factors: EMAIL, recoveryCodesLeft: 3 };
    expect(usableMethods(POLICY, account({ throttle: LOCKED }), means, T0)).toEqual(['recoveryCode']);
    expect(usableMethods(POLICY, account({ throttle: LOCKED }), means, T0 + 1)).toEqual(['email', 'recoveryCode']);
  });
});

describe('R19 S22 after a reset by mail the mailbox does not count as the second step too', () => {
  const DAY = 24 * 60 * 60_000;

  test.each([
    ['never', null, 3, ['email', 'recoveryCode']],
    ['just now', T0, 3, ['recoveryCode']],
    ['a day ago less a millisecond', T0 - DAY + 1, 3, ['recoveryCode']],
    ['a day ago', T0 - DAY, 3, ['email', 'recoveryCode']],
    ['just now, with no other way left', T0, 0, ['email']],
  ] as const)('R19 S22 the password was reset by mail %s', (_, mailResetAt, recoveryCodesLeft, methods) => {
    const holder = account({ twoStep: 'active', mailResetAt });
    expect(usableMethods(POLICY, holder, { factors: EMAIL, recoveryCodesLeft }, T0)).toEqual(methods);
  });
});

test.each([
  ['desktop', true],
  ['web', false],
  ['mobile', false],
  ['federated', false],
  ['', false],
  ['Desktop', false],
])('R1 on the surface %j two-step verification may be edited: %o', (surface, allowed) => {
  expect(mayEditTwoStep(surface)).toBe(allowed);
});
