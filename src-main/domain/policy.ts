import type { Instant, Method } from './values.ts';

export type MethodState = 'allowed' | 'legacy' | 'blocked';

/** The one policy object (PRODUCT, "Contradictions between the seeds, settled"). Versioned; every change writes a new version. */
export interface Policy {
  readonly enforcement: 'off' | 'optional' | 'required';
  /** 0 (at next sign-in) to 10 days. */
  readonly complianceDays: number;
  readonly afterDeadline: 'enrol' | 'block';
  readonly methods: Readonly<Record<Method, MethodState>>;
  readonly methodRule: 'any' | 'oneOrTwoWithSms';
  readonly sms: { readonly entitled: boolean; readonly role: 'off' | 'primary' | 'backup' };
  readonly trust: 'never' | 'session' | '1d' | '7d' | '30d';
  readonly recoveryCodes: 'once' | 'revealable';
  readonly onEnrol: 'revokeOthers' | 'keep';
  readonly requireAdminEnrolled: boolean;
  readonly adminReset: 'on' | 'off';
  /** Whether privileged roles must use a method that cannot be phished (R38). */
  readonly phishingResistant: 'off' | 'privilegedRoles';
}

/** The policy in force: its version for the check between two admins, and since when two-step verification is required. */
export interface PolicyInForce {
  readonly version: number;
  readonly policy: Policy;
  /** Null while it is not required. Editing a policy that goes on requiring it moves no deadline. */
  readonly requiredSince: Instant | null;
}

export type Template = 'strong' | 'classic';

const STRONG: Policy = {
  enforcement: 'optional',
  complianceDays: 0,
  afterDeadline: 'enrol',
  methods: {
    email: 'allowed',
    sms: 'blocked',
    authenticatorApp: 'allowed',
    securityKey: 'allowed',
    phoneApproval: 'allowed',
  },
  methodRule: 'any',
  sms: { entitled: false, role: 'off' },
  trust: 'never',
  recoveryCodes: 'once',
  onEnrol: 'revokeOthers',
  requireAdminEnrolled: true,
  adminReset: 'on',
  phishingResistant: 'off',
};

const CLASSIC: Policy = {
  ...STRONG,
  methods: { ...STRONG.methods, sms: 'allowed' },
  sms: { entitled: true, role: 'primary' },
};

/** The policy a new workspace starts with (R33): Classic grants SMS and has it on, Strong does neither. */
export function policyOf(template: Template): Policy {
  return template === 'strong' ? STRONG : CLASSIC;
}

/** Methods this build can enrol and ask for; policy may already speak of the others (PRODUCT, last section). */
export const WORKING_METHODS: readonly Method[] = ['email'];

/** Methods a person may newly enrol: allowed by policy (a legacy one is not, R34) and working in this build. */
export function enrollableMethods(policy: Policy): Method[] {
  return WORKING_METHODS.filter((method) => policy.methods[method] === 'allowed');
}
