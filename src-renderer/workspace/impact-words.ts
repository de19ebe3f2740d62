import type { Impact, ImpactKind, ImpactRow, ImpactWhy } from '../../src-main/domain/impact.ts';
import type { Policy } from '../../src-main/domain/policy.ts';
import { exactTime, longDate, serverNow } from '../ui/times.ts';

/** Kinds of people in the preview (R36), those to worry about first. */
export const KINDS: Readonly<Record<ImpactKind, { name: string; hint: string }>> = {
  lockedOut: { name: 'Locked out', hint: 'Refused at their next sign-in, because their deadline would have passed.' },
  mustEnrol: { name: 'Must set it up', hint: 'Without two-step verification today.' },
  methodGone: {
    name: 'Method not allowed',
    hint: 'All they have would no longer be allowed. They sign in with it once more and are led to another.',
  },
  missingPhone: { name: 'No phone number', hint: 'Text messages could not reach them.' },
  extended: { name: 'More time', hint: 'An exception gives them longer than the others.' },
  breakGlass: { name: 'Emergency accounts', hint: 'Never asked; each sign-in is told to every owner.' },
  enrolled: { name: 'Have it already', hint: 'Nothing changes for them.' },
};

export const KIND_ORDER = Object.keys(KINDS) as ImpactKind[];

export const WHY: Readonly<Record<ImpactWhy, string>> = {
  breakGlass: 'For emergencies',
  extension: 'Exception',
  twoStepOff: 'Not set up yet',
  noSecurityKey: 'No security key',
  reset: 'Reset by an admin',
  methodBlocked: 'No allowed method',
  enrolled: 'Set up',
  noPhone: 'No phone number',
  notAsked: 'Not asked',
};

/** `by Nov 25, 2026, 14:05`, `at the next sign-in`. */
export function deadlineOf({ kind, deadline }: ImpactRow): string {
  if (deadline === null) return '–';
  if (kind === 'lockedOut') return `Passed ${exactTime(deadline)}`;
  return deadline <= serverNow() ? 'At the next sign-in' : exactTime(deadline);
}

const DAY = 86_400_000;
const number = (count: number) => count.toLocaleString('en');
const people = (count: number) => (count === 1 ? '1 person' : `${number(count)} people`);
const has = (count: number) => (count === 1 ? 'has' : 'have');

/** The preview in sentences, what is worst first. */
export function impactInWords(impact: Impact, policy: Policy, requiredSince: number | null): string[] {
  const { total, lockedOut, mustEnrol, methodGone, missingPhone, extended, breakGlass } = impact;
  const ends = (requiredSince ?? serverNow()) + policy.complianceDays * DAY;
  const of = total === 1 ? '1 person' : `${number(mustEnrol)} of ${people(total)}`;
  const by =
    ends <= serverNow() || policy.complianceDays === 0
      ? 'must set it up at their next sign-in.'
      : `${has(mustEnrol)} until ${longDate(ends)} to set it up.`;
  const sentences = [
    mustEnrol > 0 ? `${of} ${by}` : lockedOut + extended === 0 && 'Nobody has to do anything.',
    lockedOut > 0
      ? `${people(lockedOut)} would be refused at their next sign-in.`
      : 'Nobody would be locked out today.',
    extended > 0 && `${people(extended)} ${has(extended)} more time by an exception.`,
    breakGlass > 0 &&
      `${breakGlass === 1 ? '1 emergency account is' : `${number(breakGlass)} emergency accounts are`} never asked.`,
    methodGone > 0 &&
      `${people(methodGone)} ${has(methodGone)} only methods that are not allowed, and would be led to another.`,
    missingPhone > 0 && `${people(missingPhone)} ${has(missingPhone)} no phone number on file.`,
  ];
  return sentences.filter((sentence) => sentence !== false);
}
