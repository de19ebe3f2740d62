import type { Someone } from './who.ts';

const DAY = 24 * 3_600_000;

/** What of a policy these walks turn. */
export interface Turned {
  readonly enforcement: 'off' | 'optional' | 'required';
  readonly complianceDays: number;
  readonly afterDeadline: 'enrol' | 'block';
  readonly trust: 'never' | 'session' | '1d' | '7d' | '30d';
  readonly onEnrol: 'revokeOthers' | 'keep';
  readonly email: 'allowed' | 'legacy' | 'blocked';
  readonly requireAdminEnrolled: boolean;
}

export interface InForce extends Turned {
  readonly version: number;
  readonly requiredSince: number | null;
}

/** R33: how the *Strong* template starts. */
export const STRONG: InForce = {
  version: 1,
  requiredSince: null,
  enforcement: 'optional',
  complianceDays: 0,
  afterDeadline: 'enrol',
  trust: 'never',
  onEnrol: 'revokeOthers',
  email: 'allowed',
  requireAdminEnrolled: true,
};

/** What the right password leads to (R14, R24, R26–R29, R37), but for locks, suspension and addresses. */
export type Standing = 'signedIn' | 'secondStep' | 'enrol' | 'deadlinePassed';

export function standingOf(policy: InForce, someone: Someone, now: number): Standing {
  // R29: switched off for everyone, nobody is asked and nobody can enrol.
  if (policy.enforcement === 'off') return 'signedIn';
  if (someone.twoStep) return 'secondStep';
  // Whoever was reset must enrol at the next sign-in, whatever the deadline.
  if (someone.mustEnrol) return 'enrol';
  const deadline = deadlineOf(policy, someone);
  if (deadline === null || now < deadline) return 'signedIn';
  // R40: an owner can always get in, be it to set it up.
  return policy.afterDeadline === 'enrol' || someone.role === 'owner' ? 'enrol' : 'deadlinePassed';
}

/** R24, R37, S36: whole days from when it was required, or they came; later for who has an extension; never for emergencies. */
export function deadlineOf(policy: InForce, someone: Someone): number | null {
  if (policy.enforcement !== 'required' || policy.requiredSince === null || isForEmergencies(someone)) return null;
  const deadline = Math.max(policy.requiredSince, someone.since) + policy.complianceDays * DAY;
  return Math.max(deadline, ...someone.grants.map((until) => until ?? 0));
}

/** R37: a break-glass account. */
export function isForEmergencies({ grants }: Someone): boolean {
  return grants.includes(null);
}

/** R30: whether somebody may switch it off for themselves. */
export function mayDisable(policy: InForce, someone: Someone): boolean {
  return policy.enforcement !== 'required' || isForEmergencies(someone);
}

/** R18, SECURITY 2: how long a computer is remembered. */
export function trustLasts(policy: InForce): number | null {
  const days = { never: null, session: 1, '1d': 1, '7d': 7, '30d': 30 }[policy.trust];
  return days === null ? null : days * DAY;
}

/** R27: a deadline moves only when it was not required before. */
export function next(policy: InForce, change: Turned, now: number): InForce {
  const requiredSince = change.enforcement === 'required' ? (policy.requiredSince ?? now) : null;
  return { ...change, version: policy.version + 1, requiredSince };
}

/** The rules are silent on a change that changes nothing; the product refuses it, so that no proof is spent on it. */
export function isSame(policy: Turned, change: Partial<Turned>): boolean {
  return Object.entries(change).every(([name, value]) => policy[name as keyof Turned] === value);
}
