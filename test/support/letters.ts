import type { Letter, Message } from '../../src-main/domain/message.ts';
import { type Instant, MINUTE } from '../../src-main/domain/values.ts';

export const WRITTEN_AT: Instant = Date.UTC(2026, 10, 22, 12, 30, 5, 123);
export const CODE = '042917';

const code = { code: CODE, expiresAt: WRITTEN_AT + 5 * MINUTE };
const act = { at: WRITTEN_AT, client: 'Chromium on Linux' };

/** One message of every kind: a new kind without one does not compile. */
export const MESSAGES: { readonly [Kind in Message['kind']]: Extract<Message, { kind: Kind }> } = {
  signInCode: { kind: 'signInCode', ...code },
  enableCode: { kind: 'enableCode', ...code },
  disableCode: { kind: 'disableCode', ...code },
  newRecoveryCodesCode: { kind: 'newRecoveryCodesCode', ...code },
  twoStepEnabled: { kind: 'twoStepEnabled', ...act },
  twoStepDisabled: { kind: 'twoStepDisabled', ...act },
  recoveryCodeUsed: { kind: 'recoveryCodeUsed', ...act, left: 3 },
  recoveryCodesReplaced: { kind: 'recoveryCodesReplaced', ...act },
  passwordChanged: { kind: 'passwordChanged', ...act },
  accountLocked: { kind: 'accountLocked', at: WRITTEN_AT, until: WRITTEN_AT + 15 * MINUTE },
};

/** A letter to Ada; what a test is about goes into `change`. */
export function letterOf(message: Message, change: Partial<Letter> = {}): Letter {
  return { to: 'ada@example.org', name: 'Ada Byron', workspace: 'Harbour & Pine', locale: 'en', message, ...change };
}

/** What a person, or a program, looking for a code finds in a text (INTERFACE, "Data folder"). */
export function sixDigitWords(text: string): string[] {
  return text.match(/\b\d{6}\b/g) ?? [];
}
