import type { Account } from './account.ts';
import { done, type Outcome, refused } from './errors.ts';
import { enrollableMethods, type Policy, type PolicyInForce, WORKING_METHODS } from './policy.ts';
import type { Instant, Method } from './values.ts';

export const LONGEST_COMPLIANCE_DAYS = 10;

/**
 * Whether a policy may take the place of the one in force, asked by this account. Gives the policy as it will be written,
 * which differs from it.
 * Refusals: `changedMeanwhile`, `invalidInput`, `policyUnfit`, `enrolYourselfFirst`.
 * @param seenVersion of the policy the admin looked at when they made their change
 */
export function decideChange(
  present: PolicyInForce,
  seenVersion: number,
  wanted: Policy,
  by: Pick<Account, 'twoStep'>,
): Outcome<Policy> {
  if (seenVersion !== present.version) return refused('changedMeanwhile');
  const { complianceDays, sms, methods, phishingResistant } = wanted;
  if (!Number.isInteger(complianceDays) || complianceDays < 0 || complianceDays > LONGEST_COMPLIANCE_DAYS) {
    return refused('invalidInput', { fields: { complianceDays: 'Choose 0 to 10 days.' } });
  }
  if (sms.entitled !== present.policy.sms.entitled) return refused('policyUnfit', { reason: 'smsNotEntitled' });
  if (!sms.entitled && (methods.sms !== 'blocked' || sms.role !== 'off')) {
    return refused('policyUnfit', { reason: 'smsNotEntitled' });
  }
  if (phishingResistant !== 'off' && !WORKING_METHODS.includes('securityKey')) {
    return refused('policyUnfit', { reason: 'notWorkingYet' });
  }
  if (wanted.enforcement !== 'off' && enrollableMethods(wanted).length === 0) {
    return refused('policyUnfit', { reason: allowedMethods(wanted).length === 0 ? 'noMethod' : 'methodNotWorking' });
  }
  if (!keepsMethodRule(wanted)) {
    return refused('invalidInput', {
      fields: { methodRule: 'Allow one method alone, or two of which one is text messages.' },
    });
  }
  if (mustBeEnrolled(present.policy, wanted) && by.twoStep === 'off') return refused('enrolYourselfFirst');
  const change = methods.sms === 'blocked' ? { ...wanted, sms: { ...sms, role: 'off' as const } } : wanted;
  if (describeChange(present.policy, change) !== null) return done(change);
  return refused('invalidInput', {
    fields: { policy: 'This is the policy in force already. Change something first.' },
  });
}

function allowedMethods({ methods }: Policy): Method[] {
  return (Object.keys(methods) as Method[]).filter((method) => methods[method] === 'allowed');
}

/** R32: one method alone, or two with text messages as primary or backup. */
function keepsMethodRule(policy: Policy): boolean {
  if (policy.methodRule === 'any' || policy.enforcement === 'off') return true;
  const allowed = allowedMethods(policy);
  return allowed.length === 1 || (allowed.length === 2 && allowed.includes('sms') && policy.sms.role !== 'off');
}

/**
 * R25, S38: whoever makes it required has it, and so has whoever lifts that rule, or they would lift it for themselves.
 * Whoever has those refused who do not must have it whatever the policy says, or
 * nobody might be left to take it back.
 */
function mustBeEnrolled(present: Policy, wanted: Policy): boolean {
  if (present.requireAdminEnrolled && !wanted.requireAdminEnrolled) return true;
  if (wanted.enforcement !== 'required') return false;
  const becomesRequired = present.enforcement !== 'required';
  const becomesStrict = wanted.afterDeadline === 'block' && (becomesRequired || present.afterDeadline !== 'block');
  return becomesStrict || (becomesRequired && (present.requireAdminEnrolled || wanted.requireAdminEnrolled));
}

/** Since when it is required under the new policy: from now when it becomes so, unmoved while it stays so. */
export function requiredSinceOf(present: PolicyInForce, wanted: Policy, now: Instant): Instant | null {
  if (wanted.enforcement !== 'required') return null;
  return present.policy.enforcement === 'required' ? (present.requiredSince ?? now) : now;
}

/** Exactly the rules that differ, before and after, for the audit log; null when none does. */
export function describeChange(
  before: Policy,
  after: Policy,
): { readonly before: string; readonly after: string } | null {
  const [old, fresh] = [rulesOf(before), rulesOf(after)];
  const changed = Object.keys(fresh).filter((rule) => old[rule] !== fresh[rule]);
  const inWords = (rules: Record<string, string>) => changed.map((rule) => `${rule}: ${rules[rule]}`).join(', ');
  return changed.length === 0 ? null : { before: inWords(old), after: inWords(fresh) };
}

/** Each rule by its path, `methods.email` for instance. */
function rulesOf(policy: object, path = ''): Record<string, string> {
  const rules = Object.entries(policy).map(([name, value]) =>
    typeof value === 'object' && value !== null ? rulesOf(value, `${path}${name}.`) : { [path + name]: String(value) },
  );
  return Object.assign({}, ...rules);
}
