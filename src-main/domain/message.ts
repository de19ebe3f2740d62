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
