import { describe, expect, test } from 'vitest';
import { NO_EXEMPTION } from '../../src-main/domain/compliance.ts';
import { type Policy, policyOf } from '../../src-main/domain/policy.ts';
import { decideSignIn, mayEditTwoStep, type SignInCase, usableMethods } from '../../src-main/domain/sign-in.ts';
import { account, factor, T0 } from '../ports/store/samples.ts';

const POLICY = policyOf('strong');
const BLOCKED: Policy = { ...POLICY, methods: { ...POLICY.methods, email: 'blocked' } };
const LEGACY: Policy = { ...POLICY, methods: { ...POLICY.methods, email: 'legacy' } };
const LOCKED = { failures: 10, lockedUntil: T0 + 1, triesInLock: 0 };
const EMAIL = [factor()];
const FAR = T0 - 365 * 86_400_000;

/** A sign-in from an address, by password alone, under a policy that nobody has to enrol by; what matters goes into `change`. */
function decide({ policy = {}, ...change }: Partial<SignInCase> & { readonly policy?: Partial<Policy> }) {
  return decideSignIn({
    inForce: {
      version: 1,
      policy: { ...POLICY, ...policy },
      requiredSince: policy.enforcement === 'required' ? FAR : null,
    },
    account: account(),
    means: { factors: [], recoveryCodesLeft: 0 },
    exemption: NO_EXEMPTION,
    addresses: ['192.0.2.7'],
    trusted: false,
    proven: false,
    clockDoubted: false,
    now: T0,
    ...change,
  });
}

describe('R14 what follows an accepted password', () => {
  test.each([
    ['off', {}, [], 0, { kind: 'admit', trusted: false }],
    ['off and locked', { throttle: LOCKED }, [], 0, { kind: 'deny', reason: 'locked', until: T0 + 1 }],
    [
      'off and no longer locked',
      { throttle: { ...LOCKED, lockedUntil: T0 } },
      [],
      0,
      { kind: 'admit', trusted: false },
    ],
    ['off, with codes left over', {}, [], 5, { kind: 'admit', trusted: false }],
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
    expect(decide({ account: account(change), means: { factors, recoveryCodesLeft } })).toEqual(decision);
  });

  test.each([
    ['off', 'admit'],
    ['optional', 'prove'],
    ['required', 'prove'],
  ] as const)(
    'R14 R29 S4 while it is active and enforcement is %s, the password alone comes to %s',
    (enforcement, kind) => {
      const means = { factors: EMAIL, recoveryCodesLeft: 10 };
      expect(decide({ policy: { enforcement }, account: account({ twoStep: 'active' }), means }).kind).toBe(kind);
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
