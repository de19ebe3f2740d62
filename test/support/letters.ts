import type { Letter, Message } from '../../src-main/domain/message.ts';
import { DAY, type Instant, MINUTE } from '../../src-main/domain/values.ts';

export const WRITTEN_AT: Instant = Date.UTC(2026, 10, 22, 12, 30, 5, 123);
export const CODE = '042917';
export const LONG_CODE = '0A1B2-C3D4E-5F6G7-H8J9K';

const code = { code: CODE, expiresAt: WRITTEN_AT + 5 * MINUTE };
const act = { at: WRITTEN_AT, client: 'Chromium on Linux' };

/** One message of every kind: a new kind without one does not compile. */
export const MESSAGES: { readonly [Kind in Message['kind']]: Extract<Message, { kind: Kind }> } = {
  signInCode: { kind: 'signInCode', ...code },
  enableCode: { kind: 'enableCode', ...code },
  disableCode: { kind: 'disableCode', ...code },
  newRecoveryCodesCode: { kind: 'newRecoveryCodesCode', ...code },
  confirmEmailCode: { kind: 'confirmEmailCode', ...code },
  changeEmailCode: { kind: 'changeEmailCode', ...code },
  deleteAccountCode: { kind: 'deleteAccountCode', ...code },
  connectionsCode: { kind: 'connectionsCode', ...code },
  policyCode: { kind: 'policyCode', ...code },
  resetTwoStepCode: { kind: 'resetTwoStepCode', ...code },
  rolesCode: { kind: 'rolesCode', ...code },
  clockCode: { kind: 'clockCode', ...code },
  allowlistCode: { kind: 'allowlistCode', ...code },
  enrolBy: { kind: 'enrolBy', deadline: WRITTEN_AT + 3 * DAY },
  enrolNow: { kind: 'enrolNow' },
  alreadyEnrolled: { kind: 'alreadyEnrolled' },
  invitation: { kind: 'invitation', by: 'Grace Hopper', inviteCode: LONG_CODE, expiresAt: WRITTEN_AT + 7 * DAY },
  twoStepReset: { kind: 'twoStepReset', at: WRITTEN_AT, by: 'Grace Hopper' },
  roleChanged: { kind: 'roleChanged', at: WRITTEN_AT, by: 'Grace Hopper', role: 'helpDesk' },
  breakGlassUsed: { kind: 'breakGlassUsed', ...act, who: 'Emergency One' },
  smsRequested: { kind: 'smsRequested', at: WRITTEN_AT, by: 'Grace Hopper', note: 'For the night shift' },
  passwordReset: { kind: 'passwordReset', resetCode: LONG_CODE, expiresAt: WRITTEN_AT + 30 * MINUTE },
  emailChanged: { kind: 'emailChanged', ...act, undoCode: LONG_CODE, expiresAt: WRITTEN_AT + 3 * DAY },
  emailConfirmed: { kind: 'emailConfirmed', ...act },
  emailChangeUndone: { kind: 'emailChangeUndone', ...act },
  accountDeleted: { kind: 'accountDeleted', ...act },
  ownerRecoveryStarted: { kind: 'ownerRecoveryStarted', at: WRITTEN_AT },
  twoStepEnabled: { kind: 'twoStepEnabled', ...act },
  twoStepDisabled: { kind: 'twoStepDisabled', ...act },
  recoveryCodeUsed: { kind: 'recoveryCodeUsed', ...act, left: 3 },
  recoveryCodesReplaced: { kind: 'recoveryCodesReplaced', ...act },
  passwordChanged: { kind: 'passwordChanged', ...act },
  mailTest: { kind: 'mailTest', ...act },
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
