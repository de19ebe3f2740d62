import type { Challenge } from '../../domain/challenge.ts';
import { CODE_TRIES, RESEND_WAIT } from '../../domain/code.ts';
import { maskEmail } from '../../domain/email-address.ts';
import type { DeliveryState } from '../../domain/message.ts';
import type { Instant } from '../../domain/values.ts';
import type { Tx } from '../../ports/store.ts';

/** What a person may know of the code that was sent them. */
export interface CodeView {
  readonly challengeId: string;
  readonly sentTo: string;
  readonly sentAt: Instant;
  readonly resendAt: Instant;
  readonly expiresAt: Instant;
  readonly triesLeft: number;
  /** `retrying`: not taken at the first try, and on its way all the same (R51). */
  readonly delivery: DeliveryState | 'retrying';
}

export async function viewCode(tx: Tx, challenge: Challenge): Promise<CodeView> {
  const letter = await tx.outbox.find(challenge.messageId);
  return {
    challengeId: challenge.id,
    sentTo: maskEmail(challenge.sentTo),
    sentAt: challenge.createdAt,
    resendAt: challenge.createdAt + RESEND_WAIT,
    expiresAt: challenge.expiresAt,
    triesLeft: Math.max(0, CODE_TRIES - challenge.tries),
    delivery: letter?.state === 'queued' && letter.attempts > 0 ? 'retrying' : (letter?.state ?? 'sent'),
  };
}
