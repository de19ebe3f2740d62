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
