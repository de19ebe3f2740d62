import type { DomainCode, DomainErrors } from '../src-main/domain/errors.ts';
import { MAIL_TROUBLE } from './explain-mail.ts';
import { WORKSPACE_EXPLANATIONS } from './explain-workspace.ts';
import { isSilence } from './host-presence.ts';
import { clockTime, timeLeft } from './ui/times.ts';

/** A refusal in words: what happened, what was not changed, what to do. */
export interface Explanation {
  readonly title: string;
  readonly unchanged: string;
  readonly next: string;
  /** Eight characters to quote to whoever looks into a bug. */
  readonly reference?: string;
}

type Failure = { [C in DomainCode]: { readonly code: C; readonly data: DomainErrors[C] } }[DomainCode];

const NOTHING = 'Nothing was changed.';
const OUTSIDE = 'You are not signed in.';
const triesLeft = (count: number) => (count === 1 ? 'One try is left.' : `${count} tries are left.`);
const at = (instant: number) => `at ${clockTime(instant)} (${timeLeft(instant)})`;

const UNFIT: Record<DomainErrors['passwordUnfit']['reason'], string> = {
  short: 'Use at least 8 characters; 15 or more is better.',
  long: 'Use fewer characters.',
  common: 'It is on the lists that attackers try first. Use a few unrelated words instead.',
  personal: 'It contains your name, your email address or the workspace. Use a few unrelated words instead.',
  same: 'It is the password you have now. Choose another one.',
};

/** Total over the domain's codes: a new one does not compile until it has words here. */
const EXPLANATIONS: { [C in DomainCode]: (data: DomainErrors[C]) => Explanation } = {
  alreadySetUp: () => ({ title: 'This workspace is set up already', unchanged: NOTHING, next: 'Sign in instead.' }),
  invalidInput: ({ fields }) => ({
    title: 'Some fields need another look',
    unchanged: NOTHING,
    next: [...new Set(Object.values(fields))].join(' '),
  }),
  notSignedIn: () => ({ title: 'You are signed out', unchanged: NOTHING, next: 'Sign in again.' }),
  signInRejected: () => ({
    title: 'Email or password is not right',
    unchanged: OUTSIDE,
    next: 'Check both and try again. After ten wrong tries, sign-in pauses for a while.',
  }),
  signInExpired: () => ({
    title: 'This sign-in took too long',
    unchanged: OUTSIDE,
    next: 'Start again with your password.',
  }),
  currentPasswordRejected: () => ({
    title: 'The current password is not right',
    unchanged: NOTHING,
    next: 'Type the password you signed in with.',
  }),
  proofNeeded: () => ({
    title: 'One more proof is needed',
    unchanged: NOTHING,
    next: 'Prove that it is you with an email code or a recovery code.',
  }),
  oneTimeCodeRejected: () => ({
    title: 'This code does not work',
    unchanged: NOTHING,
    next: 'It may be mistyped, used, or too old. Check it, or ask for a new one.',
  }),
  emailTaken: () => ({
    title: 'This address belongs to another account',
    unchanged: NOTHING,
    next: 'Choose another address.',
  }),
  lastOwner: () => ({
    title: 'You are the only owner',
    unchanged: NOTHING,
    next: 'A workspace always keeps an owner, so this account cannot be deleted.',
  }),
  codeRejected: (data) => ({
    title: 'This code is not right',
    unchanged: triesLeft(data.triesLeft),
    next: 'Use the code from the newest message.',
  }),
  challengeBurnt: () => ({
    title: 'This code had too many wrong tries',
    unchanged: 'It does not work any more.',
    next: 'Ask for a new code with Resend.',
  }),
  challengeExpired: () => ({
    title: 'This code has expired',
    unchanged: NOTHING,
    next: 'Ask for a new code with Resend.',
  }),
  recoveryCodeRejected: (data) => ({
    title: 'This recovery code is not right',
    unchanged: triesLeft(data.triesLeft),
    next: 'Each code works once: cross out used ones and try the next.',
  }),
  locked: ({ until }) => ({
    title: `Sign-in is paused until ${clockTime(until)}`,
    unchanged: 'There were too many wrong tries, so nothing more is checked for now.',
    next: `Try again ${timeLeft(until)}, or ask your admin.`,
  }),
  resendTooSoon: ({ resendAt }) => ({
    title: 'A code was sent a moment ago',
    unchanged: 'It is still good.',
    next: `You can ask for another one ${at(resendAt)}.`,
  }),
  tooManyCodes: ({ retryAt }) => ({
    title: 'Too many codes were asked for',
    unchanged: 'No new code was sent.',
    next: `Ask again ${at(retryAt)}, or try another way.`,
  }),
  methodUnavailable: () => ({
    title: 'This method cannot be used here',
    unchanged: NOTHING,
    next: 'Choose another one.',
  }),
  surfaceForbidden: () => ({
    title: 'This works in the desktop application only',
    unchanged: NOTHING,
    next: 'Open Vestibule on the computer that holds the workspace.',
  }),
  twoStepAlreadyActive: () => ({
    title: 'Two-step verification is on already',
    unchanged: NOTHING,
    next: 'Reload this page to see it.',
  }),
  twoStepOff: () => ({
    title: 'Two-step verification is not on',
    unchanged: NOTHING,
    next: 'Reload this page to see it.',
  }),
  passwordUnfit: ({ reason }) => ({ title: 'Choose a different password', unchanged: NOTHING, next: UNFIT[reason] }),
  mailNotSent: ({ reason, reply }) => ({
    title: MAIL_TROUBLE[reason].title,
    unchanged: 'The test was not sent, and nothing was changed.',
    next: [MAIL_TROUBLE[reason].next, ...(reply ? [`The server said: “${reply}”`] : [])].join(' '),
  }),
  tooManyTests: ({ retryAt }) => ({
    title: 'Five tests in ten minutes are the most',
    unchanged: 'No test was sent.',
    next: `Test again ${at(retryAt)}.`,
  }),
  ...WORKSPACE_EXPLANATIONS,
  forbidden: () => ({
    title: 'Your role does not allow this',
    unchanged: NOTHING,
    next: 'Ask an owner of the workspace.',
  }),
  notFound: () => ({
    title: 'This is not there any more',
    unchanged: NOTHING,
    next: 'Reload this page to see what is.',
  }),
};

/** The domain's refusal inside an error; null when it is a bug or a broken line. */
export function failureOf(error: unknown): Failure | null {
  const data =
    error instanceof Error && 'data' in error ? (error.data as { domain?: Failure | null } | undefined) : undefined;
  return data?.domain ?? null;
}

const ABOUT_THE_CODE: readonly DomainCode[] = ['codeRejected', 'challengeBurnt', 'challengeExpired'];

/** The error if it is about a six-digit code, as against the password beside it or the sending. */
export function codeFailure(error: unknown): unknown {
  const failure = failureOf(error);
  return failure && ABOUT_THE_CODE.includes(failure.code) ? error : null;
}

/** Sentences to show at the fields of a form. */
export function fieldErrors(error: unknown): Record<string, string> {
  const failure = failureOf(error);
  return failure?.code === 'invalidInput' ? { ...failure.data.fields } : {};
}

/** Words for whatever went wrong. */
export function explain(error: unknown): Explanation {
  const failure = failureOf(error);
  if (failure) return (EXPLANATIONS[failure.code] as (data: unknown) => Explanation)(failure.data);
  if (isSilence(error)) {
    return {
      title: 'Vestibule is not running any more',
      unchanged: NOTHING,
      next: 'Start it again, then use the window it opens.',
    };
  }
  const data =
    error instanceof Error && 'data' in error ? (error.data as { reference?: string; host?: string } | null) : null;
  if (data?.host === 'guard') {
    return { title: 'This window has lost its key', unchanged: NOTHING, next: 'Close it and open Vestibule again.' };
  }
  const bug = {
    title: 'Something went wrong in Vestibule',
    unchanged: 'It may not have been saved.',
    next: 'Try again. If it stays, pass the reference on to your admin.',
  };
  return data?.reference ? { ...bug, reference: data.reference } : bug;
}
