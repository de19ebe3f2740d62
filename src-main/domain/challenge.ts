import type { Instant } from './values.ts';

/** What a challenge's right answer allows; an answer never counts for another purpose (S6). */
export type ChallengePurpose =
  | 'signIn'
  | 'enable'
  | 'disable'
  | 'newRecoveryCodes'
  | 'confirmEmail'
  | 'changeEmail'
  | 'deleteAccount'
  | 'connections'
  | 'policy'
  | 'resetTwoStep'
  | 'roles'
  | 'clock'
  | 'allowlist';

/** An outstanding single-use question: a code sent to one address, for one purpose of one account. */
export interface Challenge {
  readonly id: string;
  readonly accountId: string;
  readonly purpose: ChallengePurpose;
  /** The pending sign-in or session it was asked in; an answer from elsewhere does not count (S6). */
  readonly boundTo: string;
  /** base64url HMAC of `challenge id ‖ code` (SECURITY 5). */
  readonly codeMac: string;
  /** The address it went to: one's own, or the new one that is to be confirmed. */
  readonly sentTo: string;
  readonly epoch: number;
  readonly tries: number;
  /** MAC of the last wrong value: the same one sent again counts once (SECURITY, "Settled"). */
  readonly lastWrongMac: string | null;
  readonly createdAt: Instant;
  readonly expiresAt: Instant;
  /** The outbox message that carries the code, for its delivery state. */
  readonly messageId: string;
}

/** The letter that carries the code of each purpose: its words say what the code will do. */
export const MESSAGE_FOR = {
  signIn: 'signInCode',
  enable: 'enableCode',
  disable: 'disableCode',
  newRecoveryCodes: 'newRecoveryCodesCode',
  confirmEmail: 'confirmEmailCode',
  changeEmail: 'changeEmailCode',
  deleteAccount: 'deleteAccountCode',
  connections: 'connectionsCode',
  policy: 'policyCode',
  resetTwoStep: 'resetTwoStepCode',
  roles: 'rolesCode',
  clock: 'clockCode',
  allowlist: 'allowlistCode',
} as const satisfies Record<ChallengePurpose, string>;
