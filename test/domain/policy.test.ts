import { expect, test } from 'vitest';
import { enrollableMethods, type MethodState, policyOf } from '../../src-main/domain/policy.ts';

const COMMON = {
  enforcement: 'optional',
  complianceDays: 0,
  afterDeadline: 'enrol',
  methodRule: 'any',
  trust: 'never',
  recoveryCodes: 'once',
  onEnrol: 'revokeOthers',
  requireAdminEnrolled: true,
  adminReset: 'on',
  phishingResistant: 'off',
};
const METHODS = { email: 'allowed', authenticatorApp: 'allowed', securityKey: 'allowed', phoneApproval: 'allowed' };

test('R33 the Strong template neither grants SMS nor has it on', () => {
  expect(policyOf('strong')).toEqual({
    ...COMMON,
    methods: { ...METHODS, sms: 'blocked' },
    sms: { entitled: false, role: 'off' },
  });
});

test('R33 the Classic template grants SMS and has it on; nothing else differs', () => {
  expect(policyOf('classic')).toEqual({
    ...COMMON,
    methods: { ...METHODS, sms: 'allowed' },
    sms: { entitled: true, role: 'primary' },
  });
});

test.each([
  ['allowed', ['email']],
  ['legacy', []],
  ['blocked', []],
] as const)('R13 R34 while e-mail is %s, %o can be newly enrolled in this build', (state: MethodState, methods) => {
  const policy = policyOf('strong');
  expect(enrollableMethods({ ...policy, methods: { ...policy.methods, email: state } })).toEqual(methods);
});
