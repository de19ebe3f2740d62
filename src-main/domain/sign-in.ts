import type { Account, Factor } from './account.ts';
import { complianceOf, type Exemption } from './compliance.ts';
import { admits } from './ip-allowlist.ts';
import { isLocked } from './lockout.ts';
import type { Policy, PolicyInForce } from './policy.ts';
import { WORKING_METHODS } from './policy.ts';
import { DAY, type Instant, type Method, type ProofMethod } from './values.ts';

/** Why the right password opens nothing, with what its owner is told (R22). */
export type Denial =
  | { readonly reason: 'suspended' }
  | { readonly reason: 'addressRefused'; readonly addresses: readonly string[] }
  | { readonly reason: 'locked'; readonly until: Instant }
  | { readonly reason: 'deadlinePassed'; readonly deadline: Instant };

/** What stands between an accepted password and a session. */
export type SignInDecision =
  /** `trusted`: the second step is spared on this computer (R18). */
  | { readonly kind: 'admit'; readonly trusted: boolean }
  | { readonly kind: 'prove'; readonly methods: readonly ProofMethod[] }
  /** A session that is for enrolling alone (R26). */
  | { readonly kind: 'enrol' }
  | ({ readonly kind: 'deny' } & Denial);

/** What an account has at hand to prove itself with. */
export interface Means {
  readonly factors: readonly Factor[];
  readonly recoveryCodesLeft: number;
}

/** Everything a sign-in is decided by, as it is at this very moment. */
export interface SignInCase {
  readonly inForce: PolicyInForce;
  readonly account: Account;
  readonly means: Means;
  readonly exemption: Exemption;
  /** Of the computer that calls. */
  readonly addresses: readonly string[];
  /** Whether this computer is one of the account's trusted devices. */
  readonly trusted: boolean;
  /** The second step, where it was just answered rightly: a lock is then weighed with the answer. */
  readonly proven: boolean;
  /** The clock leapt ahead: no deadline refuses anybody until an owner has looked at it (S37). */
  readonly clockDoubted: boolean;
  readonly now: Instant;
}

/**
 * Decides after the right password, on every surface alike (R14), and again when the second step was answered (S3, S14).
 * Suspension outlives every timer. A lock leaves only the stronger way, a recovery code, whose 80 bits nobody guesses
 * (R42). Who has two-step verification off and must not, may enrol or is refused, as policy says (R26); an
 * owner (R40), and whoever an admin reset, is never refused.
 */
export function decideSignIn(at: SignInCase): SignInDecision {
  const { inForce, account, means, now } = at;
  if (account.suspendedAt !== null) return { kind: 'deny', reason: 'suspended' };
  if (!admits(account.allowlist, at.addresses)) {
    return { kind: 'deny', reason: 'addressRefused', addresses: at.addresses };
  }
  const isActive = account.twoStep === 'active';
  const locked = !at.proven && isLocked(account.throttle, now);
  const methods = usableMethods(inForce.policy, account, means, now);
  if (locked && (!isActive || methods.length === 0)) {
    return { kind: 'deny', reason: 'locked', until: account.throttle.lockedUntil };
  }
  if (locked) return { kind: 'prove', methods };
  if (inForce.policy.enforcement === 'off') return { kind: 'admit', trusted: false };
  if (isActive && !at.proven && !at.trusted) return { kind: 'prove', methods };
  return underEnforcement(at);
}

function underEnforcement(at: SignInCase): SignInDecision {
  const { inForce, account, means, exemption, now } = at;
  const compliance = complianceOf(inForce, account, means.factors, exemption, now);
  if (compliance.kind !== 'overdue') return { kind: 'admit', trusted: at.trusted && !at.proven };
  const mayEnrol =
    inForce.policy.afterDeadline === 'enrol' ||
    account.mustEnrolSince !== null ||
    account.role === 'owner' || // no policy shuts out who alone can always change it (R40)
    account.twoStep === 'active' || // has a second step, and is short of a stronger one (R38)
    at.clockDoubted;
  return mayEnrol ? { kind: 'enrol' } : { kind: 'deny', reason: 'deadlinePassed', deadline: compliance.deadline };
}

/**
 * The ways the second step may be answered, preferred first, recovery codes last (R16, R17). A method that
 * policy meanwhile blocks still counts for who has no other: removing a method locks nobody out (R29).
 */
export function usableMethods(policy: Policy, account: Account, means: Means, now: Instant): ProofMethod[] {
  const codes: ProofMethod[] = means.recoveryCodesLeft > 0 ? ['recoveryCode'] : [];
  if (isLocked(account.throttle, now)) return codes;
  const enrolled = means.factors.map((factor) => factor.method).filter((method) => WORKING_METHODS.includes(method));
  const permitted = enrolled.filter((method) => policy.methods[method] !== 'blocked');
  const ways = [...(permitted.length > 0 ? permitted : enrolled), ...codes];
  const besidesMail = ways.filter((way) => way !== 'email');
  return now < mailCountsFrom(account) && besidesMail.length > 0 ? besidesMail : ways;
}

/** Whether all that an account has enrolled is of methods policy blocks by now: it is to be guided to another (R29, S79). */
export function isMethodGone({ methods }: Policy, { twoStep }: Account, enrolled: readonly Method[]): boolean {
  return twoStep === 'active' && enrolled.length > 0 && enrolled.every((method) => methods[method] === 'blocked');
}

/** For a day after a reset by mail the mailbox has been used up as a proof, unless there is no other (R19, S22). */
export function mailCountsFrom({ mailResetAt }: Account): Instant {
  return mailResetAt === null ? 0 : mailResetAt + DAY;
}

/** R1: two-step verification is enabled, disabled and edited on the desktop surface only. */
export function mayEditTwoStep(surface: string): boolean {
  return surface === 'desktop';
}
