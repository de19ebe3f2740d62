import type { DomainCode } from '../../../src-main/domain/errors.ts';
import type { Message } from '../../../src-main/domain/message.ts';

/** What a person is told: success by its own name, refusals by their code. */
export type Told = 'done' | 'signedIn' | 'secondStep' | 'enrol' | DomainCode;
export type Purpose =
  | 'signIn'
  | 'enable'
  | 'disable'
  | 'newRecoveryCodes'
  | 'confirmEmail'
  | 'changeEmail'
  | 'deleteAccount'
  | 'policy'
  | 'roles'
  | 'resetTwoStep'
  | 'allowlist';
export type LetterKind = Message['kind'];
/** What left and where it went: `accountLocked to ada@example.org`. */
export type LetterSent = `${LetterKind} to ${string}`;
/** The second half of a step-up, as typed. */
export type ProofTyped = { readonly id: string; readonly digits: string } | { readonly recoveryCode: string } | null;

/** A session or a pending sign-in: codes are asked in one and answered in the same one (S6). */
export interface Place {
  readonly kind: 'session' | 'pending';
  readonly begunAt: number;
  lastSeenAt: number;
  recoveryTries: number;
}
