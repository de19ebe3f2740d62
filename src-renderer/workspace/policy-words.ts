import type { Policy } from '../../src-main/domain/policy.ts';
import type { Method } from '../../src-main/domain/values.ts';
import { METHODS } from '../ui/methods.ts';

/** Selects of the policy, by their names on screen (INTERFACE). */
export const TRUST: readonly { value: Policy['trust']; label: string }[] = [
  { value: 'never', label: 'Never' },
  { value: 'session', label: 'This session only' },
  { value: '1d', label: '1 day' },
  { value: '7d', label: '1 week' },
  { value: '30d', label: '30 days' },
];

export const AFTER_DEADLINE: readonly { value: Policy['afterDeadline']; label: string }[] = [
  { value: 'enrol', label: 'Enrol at sign-in' },
  { value: 'block', label: 'Refuse sign-in' },
];

export const ON_ENROL: readonly { value: Policy['onEnrol']; label: string }[] = [
  { value: 'revokeOthers', label: 'Sign out other sessions' },
  { value: 'keep', label: 'Keep other sessions' },
];

const ENFORCEMENT: Readonly<Record<Policy['enforcement'], string>> = {
  off: 'Off for everyone',
  optional: 'Each person decides',
  required: 'Mandatory',
};

/** `3 days`; none means the next sign-in (R24). */
export const periodName = (days: number) =>
  days === 0 ? '0 days (at the next sign-in)' : days === 1 ? '1 day' : `${days} days`;

export const PERIODS = Array.from({ length: 11 }, (_, days) => ({ value: String(days), label: periodName(days) }));

/** In the order of the screen: the paid extra last. */
export const METHOD_ORDER: readonly Method[] = ['email', 'authenticatorApp', 'securityKey', 'phoneApproval', 'sms'];

/** One part of the policy that differs between two of them, in words. */
export interface Difference {
  readonly name: string;
  readonly before: string;
  readonly after: string;
}

const of = <V>(options: readonly { value: V; label: string }[], value: V) =>
  options.find((option) => option.value === value)?.label ?? String(value);
const onOff = (on: boolean) => (on ? 'On' : 'Off');
const STATE = { allowed: 'Allowed', legacy: 'Legacy', blocked: 'Not allowed' };

/** What differs from one policy to another, by the names on screen. */
export function differences(from: Policy, to: Policy): Difference[] {
  const all: Difference[] = [
    {
      name: 'Mandatory two-step verification',
      before: ENFORCEMENT[from.enforcement],
      after: ENFORCEMENT[to.enforcement],
    },
    { name: 'Compliance period', before: periodName(from.complianceDays), after: periodName(to.complianceDays) },
    {
      name: 'After the deadline',
      before: of(AFTER_DEADLINE, from.afterDeadline),
      after: of(AFTER_DEADLINE, to.afterDeadline),
    },
    ...METHOD_ORDER.map((method) => ({
      name: METHODS[method].name,
      before: STATE[from.methods[method]],
      after: STATE[to.methods[method]],
    })),
    { name: 'Remember devices', before: of(TRUST, from.trust), after: of(TRUST, to.trust) },
    { name: 'When somebody enrols', before: of(ON_ENROL, from.onEnrol), after: of(ON_ENROL, to.onEnrol) },
    {
      name: 'Admins enrol first',
      before: onOff(from.requireAdminEnrolled),
      after: onOff(to.requireAdminEnrolled),
    },
    {
      name: 'Resets by admins and help desk',
      before: onOff(from.adminReset === 'on'),
      after: onOff(to.adminReset === 'on'),
    },
  ];
  return all.filter(({ before, after }) => before !== after);
}
