import { done, type Outcome, refused } from './errors.ts';
import type { PolicyException } from './exception.ts';
import { parseLine } from './person-name.ts';
import { DAY, type Duration, type Instant } from './values.ts';

/** An extension reaches at most so far: a longer one is a policy of its own. */
export const LONGEST_EXTENSION: Duration = 90 * DAY;
const REASON_MAX = 400;

/** Whom an exception is for. */
export type ExceptionTarget = { readonly accountId: string } | { readonly groupId: string };

export interface ExceptionWish {
  readonly target: ExceptionTarget;
  readonly kind: PolicyException['kind'];
  /** The deadline it gives; null for break-glass. */
  readonly until: Instant | null;
  readonly reason: string;
}

/** Whether an exception may be (R37): an extension ends within 90 days, a break-glass one is for one account. Gives its reason in one line. */
export function decideException({ target, kind, until, reason }: ExceptionWish, now: Instant): Outcome<string> {
  const said = parseLine(reason, REASON_MAX);
  if (said === null) return unfit('reason', 'Say why, in one line of up to 400 characters.');
  if (kind === 'breakGlass') {
    if (!('accountId' in target)) return unfit('target', 'Choose one account: a group cannot be for emergencies.');
    return until === null ? done(said) : unfit('until', 'An account for emergencies has no end.');
  }
  if (until === null || !Number.isSafeInteger(until) || until <= now) return unfit('until', 'Choose a day to come.');
  if (until > now + LONGEST_EXTENSION) return unfit('until', 'Choose a day within 90 days.');
  return done(said);
}

function unfit(field: 'reason' | 'target' | 'until', message: string) {
  return refused('invalidInput', { fields: { [field]: message } });
}
