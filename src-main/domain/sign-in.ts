import type { Account, Factor } from './account.ts';
import { isLocked } from './lockout.ts';
import type { Policy } from './policy.ts';
import { WORKING_METHODS } from './policy.ts';
import { DAY, type Instant, type ProofMethod } from './values.ts';

/** What stands between an accepted password and a session. */
export type SignInDecision =
  | { readonly kind: 'admit' }
  | { readonly kind: 'prove'; readonly methods: readonly ProofMethod[] }
  | { readonly kind: 'deny'; readonly reason: 'locked'; readonly until: Instant };

/** What an account has at hand to prove itself with. */
export interface Means {
  readonly factors: readonly Factor[];
  readonly recoveryCodesLeft: number;
}

/**
 * Decides after the right password, on every surface alike (R14): while two-step verification is active a
 * second step follows; a lock leaves only the stronger way, a recovery code, whose 80 bits nobody guesses (R42).
 */
export function decideSignIn(policy: Policy, account: Account, means: Means, now: Instant): SignInDecision {
  const locked = isLocked(account.throttle, now);
  const methods = usableMethods(policy, account, means, now);
  if (account.twoStep === 'off') {
    return locked ? { kind: 'deny', reason: 'locked', until: account.throttle.lockedUntil } : { kind: 'admit' };
  }
  if (locked && methods.length === 0) return { kind: 'deny', reason: 'locked', until: account.throttle.lockedUntil };
  return { kind: 'prove', methods };
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

/** For a day after a reset by mail the mailbox has been used up as a proof, unless there is no other (R19, S22). */
export function mailCountsFrom({ mailResetAt }: Account): Instant {
  return mailResetAt === null ? 0 : mailResetAt + DAY;
}

/** R1: two-step verification is enabled, disabled and edited on the desktop surface only. */
export function mayEditTwoStep(surface: string): boolean {
  return surface === 'desktop';
}
