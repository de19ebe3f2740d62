import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Policy, type PolicyInForce, policyOf } from '../../src-main/domain/policy.ts';
import { decideChange, describeChange, requiredSinceOf } from '../../src-main/domain/policy-change.ts';

const STRONG = policyOf('strong');
const CLASSIC = policyOf('classic');
const ENROLLED = { twoStep: 'active' } as const;
const BARE = { twoStep: 'off' } as const;

function inForce(policy: Policy, requiredSince: number | null = null): PolicyInForce {
  return { version: 7, policy, requiredSince };
}

/** `accepted`, or the refusal and what it says. */
function verdict(change: Partial<Policy>, { present = STRONG, by = ENROLLED as { twoStep: 'off' | 'active' } } = {}) {
  const decided = decideChange(inForce(present), 7, { ...present, ...change }, by);
  if (decided.kind === 'done') return 'accepted';
  const { code, data } = decided.error;
  return code === 'policyUnfit' ? (data as { reason: string }).reason : code;
}

test.each([-1, 11, 0.5, Number.NaN, Number.POSITIVE_INFINITY])('S36 R24 %d days are refused', (complianceDays) => {
  expect(verdict({ complianceDays })).toBe('invalidInput');
});

test('S36 R24 0 to 10 days are accepted', () => {
  const verdicts = Array.from({ length: 11 }, (_, complianceDays) =>
    verdict({ complianceDays, enforcement: 'required' }),
  );
  expect(verdicts).toEqual(Array(11).fill('accepted'));
});

test('what was looked at must still be in force', () => {
  const decided = decideChange(inForce(STRONG), 6, STRONG, ENROLLED);
  expect(decided).toMatchObject({ kind: 'refused', error: { code: 'changedMeanwhile' } });
});

describe('R25 S38 whoever has no two-step verification', () => {
  test.each([
    ['may not require it of others', STRONG, { enforcement: 'required' }, 'enrolYourselfFirst'],
    [
      'may not switch the rule off in the same change',
      STRONG,
      { enforcement: 'required', requireAdminEnrolled: false },
      'enrolYourselfFirst',
    ],
    ['may not switch the rule off before', STRONG, { requireAdminEnrolled: false }, 'enrolYourselfFirst'],
    ['may where the rule is off', { ...STRONG, requireAdminEnrolled: false }, { enforcement: 'required' }, 'accepted'],
    [
      'may not have others refused in any case',
      { ...STRONG, requireAdminEnrolled: false },
      { enforcement: 'required', afterDeadline: 'block' },
      'enrolYourselfFirst',
    ],
    [
      'may not have others refused later',
      { ...STRONG, enforcement: 'required', requireAdminEnrolled: false },
      { afterDeadline: 'block' },
      'enrolYourselfFirst',
    ],
    ['may edit what is required already', { ...STRONG, enforcement: 'required' }, { trust: '1d' }, 'accepted'],
    ['may stop requiring it', { ...STRONG, enforcement: 'required' }, { enforcement: 'optional' }, 'accepted'],
  ] as const)('%s', (_, present, change, expected) => {
    expect(verdict(change, { present: present as Policy, by: BARE })).toBe(expected);
    expect(verdict(change, { present: present as Policy, by: ENROLLED })).toBe('accepted');
  });
});

const NONE = {
  email: 'blocked',
  sms: 'blocked',
  authenticatorApp: 'blocked',
  securityKey: 'blocked',
  phoneApproval: 'blocked',
} as const;

test.each([
  ['R29 no method at all', { methods: NONE }, 'noMethod'],
  ['R34 nothing but a method nobody may newly set up', { methods: { ...NONE, email: 'legacy' } }, 'noMethod'],
  [
    'nothing but a method that this version cannot do',
    { methods: { ...NONE, authenticatorApp: 'allowed' } },
    'methodNotWorking',
  ],
  ['R29 no method, where it is off for everybody', { methods: NONE, enforcement: 'off' }, 'accepted'],
  ['R38 security keys demanded, while none work', { phishingResistant: 'privilegedRoles' }, 'notWorkingYet'],
  [
    'R34 authenticator apps kept by who has them',
    { methods: { ...STRONG.methods, authenticatorApp: 'legacy' } },
    'accepted',
  ],
  ['R33 text messages without the entitlement', { methods: { ...STRONG.methods, sms: 'allowed' } }, 'smsNotEntitled'],
  [
    'R33 text messages as a backup without the entitlement',
    { sms: { entitled: false, role: 'backup' } },
    'smsNotEntitled',
  ],
  ['R33 the entitlement itself', { sms: { entitled: true, role: 'off' } }, 'smsNotEntitled'],
  ['R32 one method alone', { methodRule: 'oneOrTwoWithSms', methods: { ...NONE, email: 'allowed' } }, 'accepted'],
  [
    'R32 two methods without text messages',
    { methodRule: 'oneOrTwoWithSms', methods: { ...NONE, email: 'allowed', securityKey: 'allowed' } },
    'invalidInput',
  ],
] as const)('%s', (_, change, expected) => {
  expect(verdict(change as Partial<Policy>)).toBe(expected);
});

test.each([
  ['primary', ['email', 'sms'], 'accepted'],
  ['backup', ['email', 'sms'], 'accepted'],
  ['off', ['email', 'sms'], 'invalidInput'],
  ['backup', ['email', 'sms', 'securityKey'], 'invalidInput'],
] as const)('R32 R33 text messages as %s among %o, of a workspace entitled to them', (role, allowed, expected) => {
  const methods = { ...NONE, ...Object.fromEntries(allowed.map((method) => [method, 'allowed'])) } as Policy['methods'];
  expect(verdict({ methodRule: 'oneOrTwoWithSms', methods, sms: { entitled: true, role } }, { present: CLASSIC })).toBe(
    expected,
  );
});

test('R33 an entitlement cannot be given up in passing', () => {
  expect(verdict({ sms: { entitled: false, role: 'off' } }, { present: CLASSIC })).toBe('smsNotEntitled');
});

test('R33 text messages that are blocked have no part left', () => {
  const methods = { ...CLASSIC.methods, sms: 'blocked' as const };
  const decided = decideChange(inForce(CLASSIC), 7, { ...CLASSIC, methods }, ENROLLED);
  expect(decided).toEqual({ kind: 'done', value: { ...CLASSIC, methods, sms: { entitled: true, role: 'off' } } });
});

test('what is put on record are the rules that differ, before and after, and no others', () => {
  const after: Policy = {
    ...STRONG,
    enforcement: 'required',
    complianceDays: 3,
    methods: { ...STRONG.methods, phoneApproval: 'blocked' },
  };
  expect(describeChange(STRONG, after)).toEqual({
    before: 'enforcement: optional, complianceDays: 0, methods.phoneApproval: allowed',
    after: 'enforcement: required, complianceDays: 3, methods.phoneApproval: blocked',
  });
  expect(describeChange(STRONG, structuredClone(STRONG))).toBeNull();
});

test('R24 it is required since now when it becomes so, and as before while it stays so', () => {
  const required: Policy = { ...STRONG, enforcement: 'required' };
  expect(requiredSinceOf(inForce(STRONG), required, 5)).toBe(5);
  expect(requiredSinceOf(inForce(required, 3), { ...required, complianceDays: 9 }, 5)).toBe(3);
  expect(requiredSinceOf(inForce(required, 3), STRONG, 5)).toBeNull();
});

const state = fc.constantFrom<Policy['methods']['email']>('allowed', 'legacy', 'blocked');
const anyPolicy: fc.Arbitrary<Policy> = fc.record({
  enforcement: fc.constantFrom('off', 'optional', 'required'),
  complianceDays: fc.integer({ min: -1, max: 11 }),
  afterDeadline: fc.constantFrom('enrol', 'block'),
  methods: fc.record({ email: state, sms: state, authenticatorApp: state, securityKey: state, phoneApproval: state }),
  methodRule: fc.constantFrom('any', 'oneOrTwoWithSms'),
  sms: fc.record({ entitled: fc.boolean(), role: fc.constantFrom('off', 'primary', 'backup') }),
  trust: fc.constantFrom('never', 'session', '1d', '7d', '30d'),
  recoveryCodes: fc.constantFrom('once', 'revealable'),
  onEnrol: fc.constantFrom('revokeOthers', 'keep'),
  requireAdminEnrolled: fc.boolean(),
  adminReset: fc.constantFrom('on', 'off'),
  phishingResistant: fc.constantFrom('off', 'privilegedRoles'),
});

test('R29 R33 whatever is asked for, a policy that is accepted leaves a way to enrol, and no text messages without entitlement', () => {
  fc.assert(
    fc.property(fc.constantFrom(STRONG, CLASSIC), anyPolicy, fc.constantFrom(ENROLLED, BARE), (present, wanted, by) => {
      const decided = decideChange(inForce(present), 7, wanted, by);
      if (decided.kind === 'refused') return;
      const { enforcement, methods, sms, complianceDays } = decided.value;
      expect(enforcement === 'off' || methods.email === 'allowed').toBe(true);
      expect(sms.entitled).toBe(present.sms.entitled);
      expect(sms.entitled || (methods.sms === 'blocked' && sms.role === 'off')).toBe(true);
      expect(complianceDays >= 0 && complianceDays <= 10).toBe(true);
      expect(by.twoStep === 'active' || !present.requireAdminEnrolled || decided.value.requireAdminEnrolled).toBe(true);
      expect(enforcement !== 'required' || by.twoStep === 'active' || !present.requireAdminEnrolled).toBe(true);
    }),
    { numRuns: 3_000 },
  );
});
