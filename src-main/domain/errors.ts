import type { MailReason } from './mail-failure.ts';
import type { Instant } from './values.ts';

/** Every expected refusal and the data that goes with it. Closed: a new one fails to compile in `api` and in the renderer's `explain.ts`. */
export interface DomainErrors {
  alreadySetUp: undefined;
  invalidInput: { fields: Readonly<Record<string, string>> };
  notSignedIn: undefined;
  /** Password, or e-mail address, or both: never which (R22, S17). */
  signInRejected: undefined;
  signInExpired: undefined;
  currentPasswordRejected: undefined;
  /** Two-step verification is active: the password alone does not do. */
  proofNeeded: undefined;
  codeRejected: { triesLeft: number };
  challengeBurnt: undefined;
  challengeExpired: undefined;
  recoveryCodeRejected: { triesLeft: number };
  locked: { until: Instant };
  resendTooSoon: { resendAt: Instant };
  tooManyCodes: { retryAt: Instant };
  methodUnavailable: undefined;
  surfaceForbidden: undefined;
  twoStepAlreadyActive: undefined;
  twoStepOff: undefined;
  /** A reset, undo or recovery code that is wrong, used, void or past its end: never which (S21). */
  oneTimeCodeRejected: undefined;
  emailTaken: undefined;
  /** The only owner cannot go (R40). */
  lastOwner: undefined;
  passwordUnfit: { reason: 'short' | 'long' | 'common' | 'personal' | 'same' };
  /** A test letter was not taken: why, and what the mail server said to it (R50). */
  mailNotSent: { reason: MailReason; reply: string | null };
  tooManyTests: { retryAt: Instant };
  /** The account is suspended: told only after the right password (R22). */
  suspended: undefined;
  /** The sign-in comes from none of the addresses the account's allowlist names (R20). */
  addressRefused: { addresses: readonly string[] };
  /** The deadline has passed and policy refuses who has not enrolled (R26). */
  deadlinePassed: { deadline: Instant };
  /** The session may do nothing but enrol (R26). */
  enrolFirst: undefined;
  /** Two-step verification is required: nobody switches it off for themselves (R30). */
  enforcementApplies: undefined;
  /** Two-step verification is switched off for the whole workspace (R29). */
  twoStepDisabledByPolicy: undefined;
  /** Somebody else changed it in the meantime: what one looked at is no longer in force. */
  changedMeanwhile: undefined;
  /** One's own two-step verification must be active first (R25, S38). */
  enrolYourselfFirst: undefined;
  /** What was chosen is not to be had in this workspace or build, and would lock people out. */
  policyUnfit: { reason: 'noMethod' | 'methodNotWorking' | 'smsNotEntitled' | 'notWorkingYet' };
  /** The account's role is as high as one's own, or higher (S39, S41). */
  targetOutranks: undefined;
  notOnYourself: undefined;
  /** The allowlist leaves out every address of this computer: to be confirmed (R20, S38). */
  allowlistExcludesYou: { addresses: readonly string[] };
  /** Has joined already, or is deleted or suspended: the act does not fit. */
  stateUnfit: undefined;
  nameTaken: undefined;
  /** Policy excepts the group: who is in it is for those who manage policy as well (R37). */
  groupExcepted: undefined;
  /** One such job is under way. */
  jobRunning: undefined;
  /** Rows of an import that cannot be taken: nothing was (R39). */
  importUnfit: { errors: number };
  /** The computer's clock contradicts what is on record: nothing that depends on time is done (S37). */
  clockWrong: undefined;
  forbidden: undefined;
  notFound: undefined;
}

export type DomainCode = keyof DomainErrors;

/** An expected refusal on its way to the person. Use-cases throw it after the commit, never inside a transaction (ARCHITECTURE 4). */
export class DomainError<C extends DomainCode = DomainCode> extends Error {
  readonly code: C;
  readonly data: DomainErrors[C];

  constructor(code: C, ...[data]: DomainErrors[C] extends undefined ? [] : [DomainErrors[C]]) {
    super(code);
    this.name = 'DomainError';
    this.code = code;
    this.data = data as DomainErrors[C];
  }
}

/** What a transaction resolves to, so that a refusal and its audit entry are committed before it is thrown. */
export type Outcome<T> =
  | { readonly kind: 'done'; readonly value: T }
  | { readonly kind: 'refused'; readonly error: DomainError };

export function done<T>(value: T): Outcome<T> {
  return { kind: 'done', value };
}

export function refused<C extends DomainCode>(
  code: C,
  ...data: DomainErrors[C] extends undefined ? [] : [DomainErrors[C]]
): { readonly kind: 'refused'; readonly error: DomainError } {
  return { kind: 'refused', error: new DomainError(code, ...data) as unknown as DomainError };
}

/** Gives the value, or throws the refusal: to be called after the commit (ARCHITECTURE 4). @throws {DomainError} */
export function settle<T>(outcome: Outcome<T>): T {
  if (outcome.kind === 'refused') throw outcome.error;
  return outcome.value;
}
