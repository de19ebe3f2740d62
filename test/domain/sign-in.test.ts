import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { NO_EXEMPTION } from '../../src-main/domain/compliance.ts';
import { type Policy, policyOf } from '../../src-main/domain/policy.ts';
import {
  decideSignIn,
  isMethodGone,
  mayEditTwoStep,
  type SignInCase,
  usableMethods,
} from '../../src-main/domain/sign-in.ts';
import { account, factor, T0 } from '../ports/store/samples.ts';

const POLICY = policyOf('strong');
const BLOCKED: Policy = { ...POLICY, methods: { ...POLICY.methods, email: 'blocked' } };
const LEGACY: Policy = { ...POLICY, methods: { ...POLICY.methods, email: 'legacy' } };
const LOCKED = { failures: 10, lockedUntil: T0 + 1, triesInLock: 0 };
const EMAIL = [factor()];
const FAR = T0 - 365 * 86_400_000;

/** A sign-in from an address, by password alone, under a policy that nobody has to enrol by; what matters goes into `change`. */
function decide({ policy = {}, ...change }: Partial<SignInCase> & { readonly policy?: Partial<Policy> } = {}) {
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

describe('R20 R26 R29 what policy makes of the right password', () => {
  const required = { enforcement: 'required', complianceDays: 0 } as const;
  const block = { ...required, afterDeadline: 'block' } as const;
  const ON = account({ twoStep: 'active' });
  const ELSEWHERE = account({ allowlist: ['203.0.113.0/24'], throttle: LOCKED });
  const codes = { factors: EMAIL, recoveryCodesLeft: 3 };
  const ADMIT = { kind: 'admit', trusted: false };

  test.each([
    ['suspended', { account: account({ suspendedAt: T0, allowlist: ['203.0.113.1'], throttle: LOCKED }) }, 'suspended'],
    ['from an address that is not allowed, locked or not', { account: ELSEWHERE }, 'addressRefused'],
    ['locked, under a deadline that is past', { account: account({ throttle: LOCKED }), policy: block }, 'locked'],
    ['past the deadline', { policy: block }, 'deadlinePassed'],
  ] as const)(
    'R20 R22 R26 S17 whoever is %s is refused, and told this reason before all others',
    (_, change, reason) => {
      expect(decide(change)).toMatchObject({ kind: 'deny', reason });
    },
  );

  test.each([
    ['from an address that is allowed', { account: account({ allowlist: ['192.0.2.0/24'] }) }, ADMIT],
    ['past the deadline, where policy lets enrol', { policy: required }, { kind: 'enrol' }],
    ['past the deadline, break-glass', { policy: block, exemption: { breakGlass: true, extendedUntil: null } }, ADMIT],
    [
      'past the deadline, given more time',
      { policy: block, exemption: { breakGlass: false, extendedUntil: T0 + 1 } },
      ADMIT,
    ],
    ['reset by an admin, under block', { policy: block, account: account({ mustEnrolSince: T0 }) }, { kind: 'enrol' }],
    ['reset by an admin, while it is optional', { account: account({ mustEnrolSince: T0 }) }, { kind: 'enrol' }],
    [
      'reset by an admin, while it is off for everybody',
      { policy: { enforcement: 'off' }, account: account({ mustEnrolSince: T0 }) },
      ADMIT,
    ],
    [
      'an owner past the deadline, under block',
      { policy: block, account: account({ role: 'owner' }) },
      { kind: 'enrol' },
    ],
    ['past the deadline by a clock that leapt', { policy: block, clockDoubted: true }, { kind: 'enrol' }],
    ['enrolled', { policy: block, account: ON, means: codes }, { kind: 'prove', methods: ['email', 'recoveryCode'] }],
    [
      'enrolled, on a trusted device',
      { policy: block, account: ON, means: codes, trusted: true },
      { kind: 'admit', trusted: true },
    ],
    ['enrolled, with the second step answered', { policy: block, account: ON, means: codes, proven: true }, ADMIT],
    [
      'enrolled and locked, on a trusted device',
      { account: { ...ON, throttle: LOCKED }, means: codes, trusted: true },
      { kind: 'prove', methods: ['recoveryCode'] },
    ],
    [
      'enrolled, short of the stronger method its role needs',
      {
        policy: { ...block, phishingResistant: 'privilegedRoles' },
        account: { ...ON, role: 'admin' },
        means: codes,
        proven: true,
      },
      { kind: 'enrol' },
    ],
  ] as const)('R18 R26 R29 R37 R38 S37 whoever is %s', (_, change, decision) => {
    expect(decide(change)).toEqual(decision);
  });

  test.each([
    [-1, 'admit'],
    [0, 'enrol'],
    [1, 'enrol'],
  ] as const)('R26 S36 %i ms from the deadline the right password leads to %s', (offset, kind) => {
    const policy = { enforcement: 'required', complianceDays: 10 } as const;
    expect(decide({ policy, now: T0 + 10 * 86_400_000 + offset }).kind).toBe(kind);
  });

  const anything = fc.record({
    policy: fc.record({
      enforcement: fc.constantFrom('off', 'optional', 'required'),
      complianceDays: fc.integer({ min: 0, max: 10 }),
      afterDeadline: fc.constantFrom('enrol', 'block'),
    }),
    account: fc
      .record({
        twoStep: fc.constantFrom('off', 'active'),
        suspendedAt: fc.constantFrom(null, T0),
        mustEnrolSince: fc.constantFrom(null, T0),
        allowlist: fc.constantFrom([], ['192.0.2.7'], ['203.0.113.1']),
        throttle: fc.constantFrom(account().throttle, LOCKED),
      })
      .map(account),
    means: fc.record({ factors: fc.constantFrom([], EMAIL), recoveryCodesLeft: fc.integer({ min: 0, max: 10 }) }),
    exemption: fc.record({ breakGlass: fc.boolean(), extendedUntil: fc.constantFrom(null, T0 + 1) }),
    trusted: fc.boolean(),
    proven: fc.boolean(),
    clockDoubted: fc.boolean(),
  }) as fc.Arbitrary<Parameters<typeof decide>[0] & Pick<SignInCase, 'account' | 'proven' | 'trusted'>>;

  test('R14 S17 nobody suspended or elsewhere gets anywhere, and nobody enrolled gets in by the password alone', () => {
    fc.assert(
      fc.property(anything, (at) => {
        const { kind } = decide(at);
        const isElsewhere = at.account.allowlist.includes('203.0.113.1');
        if (at.account.suspendedAt !== null || isElsewhere) expect(kind).toBe('deny');
        const isBare = !at.proven && !at.trusted && at.policy?.enforcement !== 'off';
        if (at.account.twoStep === 'active' && isBare) expect(['prove', 'deny']).toContain(kind);
      }),
      { numRuns: 10_000 },
    );
  });

  test('R26 R30 nobody enrolled, reset or doubtfully late is refused for a deadline', () => {
    fc.assert(
      fc.property(anything, (at) => {
        const decision = decide(at);
        if (decision.kind !== 'deny' || decision.reason !== 'deadlinePassed') return;
        const { twoStep, mustEnrolSince } = at.account;
        const { enforcement, afterDeadline } = at.policy ?? {};
        expect([twoStep, mustEnrolSince, at.clockDoubted, enforcement, afterDeadline]).toEqual([
          'off',
          null,
          false,
          'required',
          'block',
        ]);
      }),
      { numRuns: 10_000 },
    );
  });
});

test.each([
  ['allowed', false],
  ['legacy', false],
  ['blocked', true],
] as const)('S79 whoever has only a method that is %s is to be guided to another: %s', (state, gone) => {
  const policy = { ...POLICY, methods: { ...POLICY.methods, email: state } };
  expect(isMethodGone(policy, account({ twoStep: 'active' }), ['email'])).toBe(gone);
  expect(isMethodGone(policy, account({ twoStep: 'active' }), ['email', 'securityKey'])).toBe(false);
  expect(isMethodGone(policy, account(), [])).toBe(false);
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
