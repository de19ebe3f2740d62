import { drawLetters, readLetters } from './base32.ts';
import { DAY, type Duration, HOUR, type Instant, MINUTE } from './values.ts';

/** What a mailed or printed code opens without a session: one act, once. */
export type OneTimePurpose = 'resetPassword' | 'undoEmailChange' | 'recoverOwner' | 'invitation';

/** A code of 100 random bits; the store has its SHA-256 only (S21, S70). */
export interface OneTimeCode {
  readonly id: string;
  readonly accountId: string;
  readonly purpose: OneTimePurpose;
  readonly codeHash: string;
  /**
   * The address it was sent to: a reset dies with a change of address (S21), an undo goes back to it. Of a printed one the
   * address that the account is to have, empty where it keeps its own.
   */
  readonly sentTo: string;
  readonly createdAt: Instant;
  readonly expiresAt: Instant;
}

export const LIFETIME_OF: Readonly<Record<OneTimePurpose, Duration>> = {
  resetPassword: 30 * MINUTE, // NIST allows 24 h by mail
  undoEmailChange: 3 * DAY,
  recoverOwner: HOUR,
  invitation: 7 * DAY,
};

const LENGTH = 20;

/** Twenty letters of five bits, as shown and mailed: `XXXXX-XXXXX-XXXXX-XXXXX`. */
export function drawOneTimeCode(below: (bound: number) => number): string {
  return drawLetters(LENGTH, below).replace(/(.{5})(?=.)/g, '$1-');
}

/** The plain letters of what a person typed or a link carried; null for anything else, of whatever type. */
export function readOneTimeCode(input: unknown): string | null {
  return readLetters(input, LENGTH);
}
