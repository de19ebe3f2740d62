/** The person's own zone and 12 or 24 hours as their system has it; words are English like the rest. */
const { hourCycle } = new Intl.DateTimeFormat(undefined, { hour: 'numeric' }).resolvedOptions();
const cycle = hourCycle ? { hourCycle } : {};
const CLOCK = new Intl.DateTimeFormat('en', { hour: 'numeric', minute: '2-digit', ...cycle });
const EXACT = new Intl.DateTimeFormat('en', { dateStyle: 'medium', timeStyle: 'short', ...cycle });
const WEEK = new Intl.DateTimeFormat('en', { weekday: 'short', hour: 'numeric', minute: '2-digit', ...cycle });
const DAY_NAME = new Intl.DateTimeFormat('en', { dateStyle: 'long' });
const RELATIVE = new Intl.RelativeTimeFormat('en', { numeric: 'auto' });

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

let skew = 0;

/**
 * The engine's clock decides; a window may run on another computer than the engine.
 * @param now the engine's time in an answer, and when that answer arrived by ours.
 */
export function learnServerTime(now: number, arrivedAt: number) {
  skew = now - arrivedAt;
}

export const serverNow = () => Date.now() + skew;

/** `14:05`, or `2:05 PM`. */
export const clockTime = (instant: number) => CLOCK.format(instant);
/** `Nov 22, 2025, 14:05`. */
export const exactTime = (instant: number) => EXACT.format(instant);
/** `Tue 14:05` where no other week can be meant, else the exact time. */
export const nearTime = (instant: number, now = serverNow()) =>
  Math.abs(instant - now) < 6 * DAY ? WEEK.format(instant) : exactTime(instant);
/** `November 22, 2025`. */
export const longDate = (instant: number) => DAY_NAME.format(instant);

/** `3 hours ago`, `yesterday`; the exact time belongs into a tooltip. */
export function relativeTime(instant: number, now = serverNow()): string {
  const past = instant - now;
  const distance = Math.abs(past);
  if (distance < 45 * SECOND) return 'just now';
  if (distance < 45 * MINUTE) return RELATIVE.format(Math.round(past / MINUTE), 'minute');
  if (distance < 22 * HOUR) return RELATIVE.format(Math.round(past / HOUR), 'hour');
  if (distance < 26 * DAY) return RELATIVE.format(Math.round(past / DAY), 'day');
  if (distance < 320 * DAY) return RELATIVE.format(Math.round(past / (30 * DAY)), 'month');
  return RELATIVE.format(Math.round(past / (365 * DAY)), 'year');
}

/** `in 12 minutes`, `in 40 seconds`; `now` when it has passed. */
export function timeLeft(until: number, now = serverNow()): string {
  const left = until - now;
  if (left <= 0) return 'now';
  if (left < MINUTE) return RELATIVE.format(Math.ceil(left / SECOND), 'second');
  return left < HOUR
    ? RELATIVE.format(Math.ceil(left / MINUTE), 'minute')
    : RELATIVE.format(Math.ceil(left / HOUR), 'hour');
}

/** `2 days 4 hours`, `3 hours 20 minutes`, `5 minutes`: what is left until a deadline. */
export function timeLeftLong(until: number, now = serverNow()): string {
  const left = Math.max(0, until - now);
  const minutes = Math.ceil(left / MINUTE);
  const parts: readonly [number, string][] = [
    [Math.floor(minutes / (24 * 60)), 'day'],
    [Math.floor(minutes / 60) % 24, 'hour'],
    [minutes % 60, 'minute'],
  ];
  const first = parts.findIndex(([count]) => count > 0);
  if (first < 0) return 'less than a minute';
  return parts
    .slice(first, first + 2)
    .filter(([count]) => count > 0)
    .map(([count, unit]) => `${count} ${unit}${count === 1 ? '' : 's'}`)
    .join(' ');
}

/** `0:42`, for countdowns under an hour. */
export function stopwatch(seconds: number): string {
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}
