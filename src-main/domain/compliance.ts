import type { Account, Factor } from './account.ts';
import type { Policy, PolicyInForce } from './policy.ts';
import { isPrivileged } from './role.ts';
import { DAY, type Instant } from './values.ts';

/** What exceptions leave of the rule for one account (R37). */
export interface Exemption {
  /** An account for emergencies: never asked to enrol; each of its sign-ins is told to every owner. */
  readonly breakGlass: boolean;
  /** The latest of its own and its groups' extensions; null for none. */
  readonly extendedUntil: Instant | null;
}

export const NO_EXEMPTION: Exemption = { breakGlass: false, extendedUntil: null };

/** Where an account stands with enforcement. */
export type Compliance =
  | { readonly kind: 'notAsked' }
  | { readonly kind: 'met' }
  /** Has until the deadline (R26). */
  | { readonly kind: 'due'; readonly deadline: Instant }
  /** Must enrol, or is refused, from the deadline on. */
  | { readonly kind: 'overdue'; readonly deadline: Instant };

/** An account that joined later has the whole period from then; whoever has an extension, until its end. UTC instants: no zone matters (S36). */
export function deadlineFor(
  { policy, requiredSince }: PolicyInForce,
  account: Pick<Account, 'createdAt' | 'joinedAt'>,
  { extendedUntil }: Exemption,
): Instant | null {
  if (policy.enforcement !== 'required' || requiredSince === null) return null;
  const from = Math.max(requiredSince, account.joinedAt ?? account.createdAt);
  return Math.max(from + policy.complianceDays * DAY, extendedUntil ?? 0);
}

/** Where the account stands now: at the deadline's very instant it is overdue (S36). */
export function complianceOf(
  inForce: PolicyInForce,
  account: Account,
  factors: readonly Factor[],
  exemption: Exemption,
  now: Instant,
): Compliance {
  const deadline = deadlineFor(inForce, account, exemption);
  if (account.mustEnrolSince !== null && account.twoStep === 'off' && inForce.policy.enforcement !== 'off') {
    return { kind: 'overdue', deadline: account.mustEnrolSince };
  }
  if (deadline === null || exemption.breakGlass) return { kind: 'notAsked' };
  if (account.twoStep === 'active' && isStrongEnough(inForce.policy, account, factors)) return { kind: 'met' };
  return now < deadline ? { kind: 'due', deadline } : { kind: 'overdue', deadline };
}

/** R38: a privileged role may have to have a security key. */
function isStrongEnough(policy: Policy, account: Account, factors: readonly Factor[]): boolean {
  if (policy.phishingResistant === 'off' || !isPrivileged(account.role)) return true;
  return factors.some(({ method }) => method === 'securityKey');
}
