import type { Instant } from './values.ts';

/** Everything the product writes to people. Adapters give it words (resources/messages), so it can be localised. */
export type Message =
  | { readonly kind: 'signInCode'; readonly code: string; readonly expiresAt: Instant }
  | { readonly kind: 'enableCode'; readonly code: string; readonly expiresAt: Instant }
  | { readonly kind: 'disableCode'; readonly code: string; readonly expiresAt: Instant }
  | { readonly kind: 'newRecoveryCodesCode'; readonly code: string; readonly expiresAt: Instant }
  | { readonly kind: 'twoStepEnabled'; readonly at: Instant; readonly client: string }
  | { readonly kind: 'twoStepDisabled'; readonly at: Instant; readonly client: string }
  | { readonly kind: 'recoveryCodeUsed'; readonly at: Instant; readonly client: string; readonly left: number }
  | { readonly kind: 'recoveryCodesReplaced'; readonly at: Instant; readonly client: string }
  | { readonly kind: 'passwordChanged'; readonly at: Instant; readonly client: string }
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
