import type { Role } from './account.ts';
import { deadlineFor, type Exemption } from './compliance.ts';
import type { PolicyInForce } from './policy.ts';
import type { Instant } from './values.ts';

/**
 * What a policy would mean for one account, were it in force now (R36). Everybody who can sign in is of the first kind that
 * fits, or of none where policy asks nothing of them; `missingPhone` is counted beside the others (R31).
 * - `breakGlass`: excepted, never asked to enrol
 * - `lockedOut`: refused at the next sign-in
 * - `extended`: not set up, and has longer than others
 * - `mustEnrol`: not set up, and has until the deadline, or sets it up at the next sign-in
 * - `methodGone`: set up with nothing but methods that would be blocked, and guided to another (R29)
 * - `enrolled`: set up, nothing changes
 */
export const IMPACT_KINDS = [
  'breakGlass',
  'lockedOut',
  'extended',
  'mustEnrol',
  'methodGone',
  'enrolled',
  'missingPhone',
] as const;
export type ImpactKind = (typeof IMPACT_KINDS)[number];

/** How many of each kind; `total` are all who can sign in: joined, neither suspended nor deleted. */
export type Impact = Readonly<Record<ImpactKind | 'total', number>>;

/** Why somebody is of a kind. */
export type ImpactWhy =
  | 'breakGlass'
  | 'extension'
  | 'twoStepOff'
  | 'noSecurityKey'
  | 'reset'
  | 'methodBlocked'
  | 'enrolled'
  | 'noPhone'
  | 'notAsked';

/** All that the kind depends on: few enough for a store to count by, so that 100,000 accounts are a handful of rows. */
export const IMPACT_FACTS = [
  /** Two-step verification is active. */
  'active',
  /** An owner, whom no policy refuses (R40). */
  'owner',
  /** Of a role that may have to have a security key (R38). */
  'privileged',
  /** Reset by an admin: has to enrol whatever the deadline. */
  'reset',
  /** The deadline without extensions has come. */
  'past',
  'breakGlass',
  /** Has an extension that has not ended, and gives more time than the deadline. */
  'extended',
  /** Has a factor of a method that is not blocked. */
  'kept',
  /** Has a security key. */
  'key',
  /** A phone number is known. */
  'phone',
] as const;
export type ImpactFacts = Readonly<Record<(typeof IMPACT_FACTS)[number], boolean>>;

/** Facts as one whole number, the first fact in the lowest bit. */
export function factsOf(bits: number): ImpactFacts {
  const facts = IMPACT_FACTS.map((fact, index) => [fact, (bits & (1 << index)) !== 0]);
  return Object.fromEntries(facts) as ImpactFacts;
}

/** The policy as it would be, were it put in force now: what is required already keeps its beginning. */
export function asIfInForce(draft: PolicyInForce['policy'], present: PolicyInForce, now: Instant): PolicyInForce {
  const requiredSince = draft.enforcement === 'required' ? (present.requiredSince ?? now) : null;
  return { version: present.version, policy: draft, requiredSince };
}

/** The kind somebody is of (R36): the same rule as `complianceOf`, over facts. Null where nothing is asked of them. */
export function kindOf({ policy }: PolicyInForce, facts: ImpactFacts): Exclude<ImpactKind, 'missingPhone'> | null {
  const { active, owner, reset, past, breakGlass, extended, kept } = facts;
  if (policy.enforcement === 'off') return active ? 'enrolled' : null;
  if (reset && !active) return 'mustEnrol';
  if (breakGlass) return 'breakGlass';
  if (policy.enforcement === 'required' && !isStrong(policy, facts)) {
    if (extended) return 'extended';
    return past && policy.afterDeadline === 'block' && !owner ? 'lockedOut' : 'mustEnrol';
  }
  if (!active) return null;
  return kept ? 'enrolled' : 'methodGone';
}

function isStrong(policy: PolicyInForce['policy'], { active, privileged, key }: ImpactFacts): boolean {
  return active && (policy.phishingResistant === 'off' || !privileged || key);
}

/** Whether somebody is of a kind, `missingPhone` included: only while text messages are chosen (R31). */
export function isOfKind(draft: PolicyInForce, facts: ImpactFacts, kind: ImpactKind): boolean {
  if (kind !== 'missingPhone') return kindOf(draft, facts) === kind;
  return asksForPhones(draft.policy) && !facts.phone;
}

/** R31: text messages are chosen, so that everybody needs a phone number. */
export function asksForPhones({ enforcement, methods, sms }: PolicyInForce['policy']): boolean {
  return enforcement !== 'off' && methods.sms === 'allowed' && sms.role !== 'off';
}

const ALL_FACTS: readonly number[] = Array.from({ length: 1 << IMPACT_FACTS.length }, (_, bits) => bits);

/** Every combination of facts that makes somebody of a kind. */
export function bitsOfKind(draft: PolicyInForce, kind: ImpactKind): number[] {
  return ALL_FACTS.filter((bits) => isOfKind(draft, factsOf(bits), kind));
}

/** Adds up how often each combination of facts is found. */
export function sumUp(
  draft: PolicyInForce,
  found: readonly { readonly bits: number; readonly count: number }[],
): Impact {
  const sumOf = (matches: (facts: ImpactFacts) => boolean) =>
    found.reduce((sum, { bits, count }) => (matches(factsOf(bits)) ? sum + count : sum), 0);
  const counts = IMPACT_KINDS.map((kind) => [kind, sumOf((facts) => isOfKind(draft, facts, kind))]);
  return { ...(Object.fromEntries(counts) as Record<ImpactKind, number>), total: sumOf(() => true) };
}

/** Two parts of the people together. */
export function together(one: Impact, other: Impact): Impact {
  const sums = ([...IMPACT_KINDS, 'total'] as const).map((kind) => [kind, one[kind] + other[kind]]);
  return Object.fromEntries(sums) as Impact;
}

/** Somebody who can sign in, as far as the preview needs to know them. */
export interface ImpactAccount {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly emailKey: string;
  readonly role: Role;
  readonly createdAt: Instant;
  readonly joinedAt: Instant | null;
  readonly mustEnrolSince: Instant | null;
  readonly extendedUntil: Instant | null;
  /** `ImpactFacts` as a number. */
  readonly bits: number;
}

/** One line of the preview. */
export interface ImpactRow {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly role: Role;
  readonly kind: ImpactKind | 'notAsked';
  /** By when, or since when, it has to be set up; null where nothing is. */
  readonly deadline: Instant | null;
  readonly why: ImpactWhy;
}

/** Says of somebody found to be of a kind why, and by when. */
export function rowOf(draft: PolicyInForce, account: ImpactAccount, kind: ImpactRow['kind']): ImpactRow {
  const { id, name, email, role, bits, extendedUntil } = account;
  const facts = factsOf(bits);
  const row = { id, name, email, role, kind };
  const exemption: Exemption = { breakGlass: facts.breakGlass, extendedUntil };
  switch (kind) {
    case 'breakGlass':
    case 'enrolled':
    case 'notAsked':
      return { ...row, deadline: null, why: kind };
    case 'methodGone':
      return { ...row, deadline: null, why: 'methodBlocked' };
    case 'missingPhone':
      return { ...row, deadline: null, why: 'noPhone' };
    case 'extended':
      return { ...row, deadline: deadlineFor(draft, account, exemption), why: 'extension' };
    case 'lockedOut':
    case 'mustEnrol':
      if (facts.reset && !facts.active) return { ...row, deadline: account.mustEnrolSince, why: 'reset' };
      return {
        ...row,
        deadline: deadlineFor(draft, account, exemption),
        why: facts.active ? 'noSecurityKey' : 'twoStepOff',
      };
  }
}
