import { describe, expect, test } from 'vitest';
import {
  type AskedIn,
  CODE_LIFETIME,
  CODE_TRIES,
  decideSend,
  drawCode,
  MALFORMED,
  RESEND_WAIT,
  readCode,
  SENDS_A_DAY,
  SENDS_AN_HOUR,
  weighCode,
} from '../../src-main/domain/code.ts';
import { DAY, HOUR, MINUTE } from '../../src-main/domain/values.ts';
import { challenge, T0 } from '../ports/store/samples.ts';

test('R15 the numbers: six digits for five minutes, five tries, a minute between, five an hour, ten a day', () => {
  expect({ CODE_LIFETIME, CODE_TRIES, RESEND_WAIT, SENDS_AN_HOUR, SENDS_A_DAY }).toEqual({
    CODE_LIFETIME: 5 * MINUTE,
    CODE_TRIES: 5,
    RESEND_WAIT: MINUTE,
    SENDS_AN_HOUR: 5,
    SENDS_A_DAY: 10,
  });
});

test.each([
  [0, '000000'],
  [7, '000007'],
  [42_917, '042917'],
  [999_999, '999999'],
])('R15 the draw %i is the code %s', (drawn, code) => {
  const bounds: number[] = [];
  const below = (bound: number) => {
    bounds.push(bound);
    return drawn;
  };
  expect(drawCode(below)).toBe(code);
  expect(bounds).toEqual([1_000_000]);
});

test.each([
  ['042917', '042917'],
  [' 042 917 ', '042917'],
  ['042-917', '042917'],
  ['0 4 2 9 1 7', '042917'],
  ['042\u00a0917', '042917'],
  ['042917\n', '042917'],
  ['', null],
  ['      ', null],
  ['04291', null],
  ['0429170', null],
  ['04291x', null],
  ['0x2917', null],
  ['+42917', null],
  ['4.2917', null],
  ['４２９１７０', null],
  ['٠٤٢٩١٧', null],
  [`042917${' '.repeat(27)}`, null],
  [42_917, null],
  [null, null],
  [undefined, null],
  [['042917'], null],
  [{ toString: () => '042917' }, null],
  [true, null],
  ['0'.repeat(1_000_000), null],
])('S5 the answer %o is read as %s', (input, code) => {
  expect(readCode(input)).toBe(code);
});

describe('R15 whether another code may leave', () => {
  const sent = (...minutesAgo: number[]) => minutesAgo.map((minutes) => T0 - minutes * MINUTE).sort((a, b) => a - b);
  const tenToday = sent(1_300, 1_200, 1_100, 1_000, 900, 800, 700, 600, 500, 400);

  test.each([
    ['the first one', [], null, { kind: 'send' }],
    ['59.999 s after the last', [T0 - 59_999], T0 - 59_999, { kind: 'wait', resendAt: T0 + 1 }],
    ['60 s after the last', [T0 - 60_000], T0 - 60_000, { kind: 'send' }],
    ['at once, where the last was of another act', [T0 - 1], null, { kind: 'send' }],
    ['the fifth in an hour', sent(50, 40, 30, 20), T0 - 20 * MINUTE, { kind: 'send' }],
    ['the sixth', sent(50, 40, 30, 20, 10), null, { kind: 'capped', retryAt: T0 + 10 * MINUTE }],
    ['the sixth as the first is an hour old', sent(60, 40, 30, 20, 10), null, { kind: 'send' }],
    ['the wait comes first, then the cap', sent(50, 40, 30, 20, 0), T0, { kind: 'wait', resendAt: T0 + MINUTE }],
    ['the tenth in a day', tenToday.slice(1), null, { kind: 'send' }],
    ['the eleventh', tenToday, null, { kind: 'capped', retryAt: T0 + 140 * MINUTE }],
    ['the eleventh as the first is a day old', [T0 - DAY, ...tenToday.slice(1)], null, { kind: 'send' }],
    [
      'the later of the two caps counts',
      [...sent(1_439, 1_200, 1_100, 1_000, 900), ...sent(5, 4, 3, 2, 1)],
      null,
      { kind: 'capped', retryAt: T0 + HOUR - 5 * MINUTE },
    ],
  ] as const)('R15 %s', (_, sends, last, decision) => {
    expect(decideSend(sends, last, T0)).toEqual(decision);
  });
});

describe('S6 S10 weighing an answer', () => {
  const HERE: AskedIn = { accountId: 'ada', purpose: 'signIn', boundTo: 'pending', epoch: 1 };
  const END = challenge().expiresAt;

  test.each([
    ['the right one', {}, HERE, 'mac', T0, 'right'],
    ['the right one in the last millisecond', {}, HERE, 'mac', END - 1, 'right'],
    ['the right one at its end', {}, HERE, 'mac', END, 'expired'],
    ['the right one after its end', {}, HERE, 'mac', END + 1, 'expired'],
    ['a wrong one', {}, HERE, 'other', T0, 'wrong'],
    ['a wrong one, first after four', { tries: 4, lastWrongMac: 'a' }, HERE, 'other', T0, 'wrong'],
    ['the same wrong one again', { tries: 1, lastWrongMac: 'other' }, HERE, 'other', T0, 'repeated'],
    ['the same nonsense again', { tries: 1, lastWrongMac: MALFORMED }, HERE, MALFORMED, T0, 'repeated'],
    ['the right one as the fifth try', { tries: 4 }, HERE, 'mac', T0, 'right'],
    ['the right one after five wrong', { tries: 5 }, HERE, 'mac', T0, 'burnt'],
    ['the same wrong one after five', { tries: 5, lastWrongMac: 'other' }, HERE, 'other', T0, 'burnt'],
    ['the right one of another account', {}, { ...HERE, accountId: 'eve' }, 'mac', T0, 'foreign'],
    ['the right one for another purpose', {}, { ...HERE, purpose: 'disable' }, 'mac', T0, 'foreign'],
    ['the right one from elsewhere', {}, { ...HERE, boundTo: 'other' }, 'mac', T0, 'foreign'],
    ['the right one after a new epoch', {}, { ...HERE, epoch: 2 }, 'mac', T0, 'expired'],
    ['one that is foreign and over', { tries: 5 }, { ...HERE, boundTo: 'other' }, 'mac', END, 'foreign'],
  ] as const)('S6 S10 %s', (_, change, askedIn, mac, now, verdict) => {
    expect(weighCode(challenge(change), askedIn, mac, now)).toBe(verdict);
  });

  test('S6 an answer to no challenge at all is late', () => {
    expect(weighCode(null, HERE, 'mac', T0)).toBe('expired');
  });
});
