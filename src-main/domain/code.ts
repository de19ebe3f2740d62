import type { Challenge } from './challenge.ts';
import { DAY, type Duration, HOUR, type Instant, MINUTE, SECOND } from './values.ts';

export const CODE_LIFETIME: Duration = 5 * MINUTE;
export const CODE_TRIES = 5;
export const RESEND_WAIT: Duration = 60 * SECOND;
export const SENDS_AN_HOUR = 5;
export const SENDS_A_DAY = 10;

/** Six uniformly drawn digits (R15). `below(n)` draws a uniform whole number in [0, n). */
export function drawCode(below: (bound: number) => number): string {
  return below(1_000_000).toString().padStart(6, '0');
}

/** The six digits of an answer, spaces and dashes forgiven; null for anything else, of whatever type (S5). */
export function readCode(input: unknown): string | null {
  if (typeof input !== 'string' || input.length > 32) return null;
  const digits = input.replace(/[\s-]/gu, '');
  return /^[0-9]{6}$/.test(digits) ? digits : null;
}

export type SendDecision =
  | { readonly kind: 'send' }
  | { readonly kind: 'wait'; readonly resendAt: Instant }
  | { readonly kind: 'capped'; readonly retryAt: Instant };

/**
 * Whether another code may leave now: a minute after the last one of the same sign-in or act, five an hour,
 * ten a day, counting only codes that were never redeemed (SECURITY 2).
 * @param sends instants of the unredeemed ones of the last day, oldest first
 */
export function decideSend(sends: readonly Instant[], last: Instant | null, now: Instant): SendDecision {
  if (last !== null && now < last + RESEND_WAIT) return { kind: 'wait', resendAt: last + RESEND_WAIT };
  const lastHour = sends.filter((at) => at > now - HOUR);
  const lastDay = sends.filter((at) => at > now - DAY);
  const freeAgain = [
    lastHour.length >= SENDS_AN_HOUR ? (lastHour.at(-SENDS_AN_HOUR) ?? now) + HOUR : 0,
    lastDay.length >= SENDS_A_DAY ? (lastDay.at(-SENDS_A_DAY) ?? now) + DAY : 0,
  ];
  const retryAt = Math.max(...freeAgain);
  return retryAt > now ? { kind: 'capped', retryAt } : { kind: 'send' };
}

export type CodeVerdict = 'right' | 'wrong' | 'repeated' | 'burnt' | 'expired' | 'foreign';

/** The place an answer comes from; a challenge answers only where it was asked (S6). */
export type AskedIn = Pick<Challenge, 'accountId' | 'purpose' | 'boundTo' | 'epoch'>;

/**
 * Weighs an answer. `repeated` is the same wrong value twice in a row: auto-submit and button, counted once.
 * @param answerMac keyed hash of the answer under this challenge; a malformed answer has the mark `malformed`
 */
export function weighCode(challenge: Challenge | null, askedIn: AskedIn, answerMac: string, now: Instant): CodeVerdict {
  if (challenge === null) return 'expired';
  const foreign =
    challenge.accountId !== askedIn.accountId ||
    challenge.purpose !== askedIn.purpose ||
    challenge.boundTo !== askedIn.boundTo;
  if (foreign) return 'foreign';
  if (challenge.epoch !== askedIn.epoch || now >= challenge.expiresAt) return 'expired';
  if (challenge.tries >= CODE_TRIES) return 'burnt';
  if (answerMac === challenge.codeMac) return 'right';
  return answerMac === challenge.lastWrongMac ? 'repeated' : 'wrong';
}

export const MALFORMED = 'malformed';
