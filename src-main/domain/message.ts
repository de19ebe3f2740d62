import type { Role } from './account.ts';
import type { Instant } from './values.ts';

/** Everything the product writes to people. Adapters give it words (resources/messages), so it can be localised. */
export type Message =
  | { readonly kind: 'signInCode'; readonly code: string; readonly expiresAt: Instant }
  | { readonly kind: 'enableCode'; readonly code: string; readonly expiresAt: Instant }
  | { readonly kind: 'disableCode'; readonly code: string; readonly expiresAt: Instant }
  | { readonly kind: 'newRecoveryCodesCode'; readonly code: string; readonly expiresAt: Instant }
  | { readonly kind: 'confirmEmailCode'; readonly code: string; readonly expiresAt: Instant }
  | { readonly kind: 'changeEmailCode'; readonly code: string; readonly expiresAt: Instant }
  | { readonly kind: 'deleteAccountCode'; readonly code: string; readonly expiresAt: Instant }
  | { readonly kind: 'connectionsCode'; readonly code: string; readonly expiresAt: Instant }
  | { readonly kind: 'policyCode'; readonly code: string; readonly expiresAt: Instant }
  | { readonly kind: 'resetTwoStepCode'; readonly code: string; readonly expiresAt: Instant }
  | { readonly kind: 'rolesCode'; readonly code: string; readonly expiresAt: Instant }
  | { readonly kind: 'clockCode'; readonly code: string; readonly expiresAt: Instant }
  | { readonly kind: 'allowlistCode'; readonly code: string; readonly expiresAt: Instant }
  /** Two-step verification became required: what each existing person is told (R28). */
  | { readonly kind: 'enrolBy'; readonly deadline: Instant }
  | { readonly kind: 'enrolNow' }
  | { readonly kind: 'alreadyEnrolled' }
  | { readonly kind: 'invitation'; readonly by: string; readonly inviteCode: string; readonly expiresAt: Instant }
  | { readonly kind: 'twoStepReset'; readonly at: Instant; readonly by: string }
  | { readonly kind: 'roleChanged'; readonly at: Instant; readonly by: string; readonly role: Role }
  | { readonly kind: 'breakGlassUsed'; readonly at: Instant; readonly who: string; readonly client: string }
  | { readonly kind: 'smsRequested'; readonly at: Instant; readonly by: string; readonly note: string }
  | { readonly kind: 'passwordReset'; readonly resetCode: string; readonly expiresAt: Instant }
  | {
      readonly kind: 'emailChanged';
      readonly at: Instant;
      readonly client: string;
      readonly undoCode: string;
      readonly expiresAt: Instant;
    }
  | { readonly kind: 'emailConfirmed'; readonly at: Instant; readonly client: string }
  | { readonly kind: 'emailChangeUndone'; readonly at: Instant; readonly client: string }
  | { readonly kind: 'accountDeleted'; readonly at: Instant; readonly client: string }
  | { readonly kind: 'ownerRecoveryStarted'; readonly at: Instant }
  | { readonly kind: 'twoStepEnabled'; readonly at: Instant; readonly client: string }
  | { readonly kind: 'twoStepDisabled'; readonly at: Instant; readonly client: string }
  | { readonly kind: 'recoveryCodeUsed'; readonly at: Instant; readonly client: string; readonly left: number }
  | { readonly kind: 'recoveryCodesReplaced'; readonly at: Instant; readonly client: string }
  | { readonly kind: 'passwordChanged'; readonly at: Instant; readonly client: string }
  | { readonly kind: 'mailTest'; readonly at: Instant; readonly client: string }
  | { readonly kind: 'accountLocked'; readonly at: Instant; readonly until: Instant };

/** A message with its addressee: what the durable outbox holds, encrypted. */
export interface Letter {
  readonly to: string;
  readonly name: string;
  readonly workspace: string;
  readonly locale: 'en';
  readonly message: Message;
}

/** Where a letter stands; shown at sign-in (R51). */
export type DeliveryState = 'queued' | 'sent' | 'failed';
