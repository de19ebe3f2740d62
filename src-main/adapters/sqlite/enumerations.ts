import { type SQL, sql } from 'drizzle-orm';
import type { AnySQLiteColumn } from 'drizzle-orm/sqlite-core';
import type { Account, Role } from '../../domain/account.ts';
import type { ChallengePurpose } from '../../domain/challenge.ts';
import type { ConnectionKind } from '../../domain/connections.ts';
import type { PolicyException } from '../../domain/exception.ts';
import type { JobKind, JobPhase, JobReason, JobState } from '../../domain/job.ts';
import type { DeliveryState } from '../../domain/message.ts';
import type { OneTimePurpose } from '../../domain/one-time-code.ts';
import type { Template } from '../../domain/policy.ts';
import type { Session } from '../../domain/session.ts';
import type { Method, ProofMethod, Surface } from '../../domain/values.ts';
import type { KeyGuard } from '../../ports/vault.ts';

// One list per closed word of the domain. A word missing here fails to compile where its row is written.
export const ROLES = ['owner', 'admin', 'manager', 'helpDesk', 'member'] as const satisfies Role[];
export const TWO_STEP = ['off', 'active'] as const satisfies Account['twoStep'][];
export const TEMPLATES = ['strong', 'classic'] as const satisfies Template[];
export const SURFACES = ['desktop', 'web', 'mobile', 'federated'] as const satisfies Surface[];
export const METHODS = ['email', 'sms', 'authenticatorApp', 'securityKey', 'phoneApproval'] as const satisfies Method[];
export const PROOF_METHODS = [...METHODS, 'recoveryCode'] as const satisfies ProofMethod[];
export const PROVEN_WITH = [...PROOF_METHODS, 'trustedDevice'] as const satisfies NonNullable<Session['provenWith']>[];
export const SCOPES = ['full', 'enrolOnly'] as const satisfies Session['scope'][];
export const EXCEPTION_KINDS = ['extension', 'breakGlass'] as const satisfies PolicyException['kind'][];
export const JOB_KINDS = ['setupInstructions', 'userImport'] as const satisfies JobKind[];
export const JOB_STATES = ['running', 'done', 'cancelled', 'failed'] as const satisfies JobState[];
export const JOB_PHASES = ['adding', 'inviting', 'undoing'] as const satisfies JobPhase[];
export const JOB_REASONS = [
  'cancelled',
  'emailTaken',
  'notSignedIn',
  'forbidden',
  'targetOutranks',
  'damaged',
] as const satisfies JobReason[];
export const PURPOSES = [
  'signIn',
  'enable',
  'disable',
  'newRecoveryCodes',
  'confirmEmail',
  'changeEmail',
  'deleteAccount',
  'connections',
  'policy',
  'resetTwoStep',
  'roles',
  'clock',
  'allowlist',
] as const satisfies ChallengePurpose[];
export const ONE_TIME_PURPOSES = [
  'resetPassword',
  'undoEmailChange',
  'recoverOwner',
  'invitation',
] as const satisfies OneTimePurpose[];
export const DELIVERY_STATES = ['queued', 'sent', 'failed'] as const satisfies DeliveryState[];
export const CONNECTION_KINDS = ['smtp', 'twilio'] as const satisfies (ConnectionKind | 'twilio')[];
export const KEY_GUARDS = ['keyFile', 'keychain', 'passphrase'] as const satisfies KeyGuard[];
/** Only an open challenge can be answered; the others are kept a day for the caps on sending. */
export const CHALLENGE_STATES = ['open', 'redeemed', 'voided'] as const;

/** The CHECK that holds a column to its list, in literals because a table definition takes no parameters. */
export function isOneOf(column: AnySQLiteColumn, words: readonly string[]): SQL {
  return sql`${column} in (${sql.raw(words.map((word) => `'${word}'`).join(', '))})`;
}
