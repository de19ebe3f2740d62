import { expect, test } from 'vitest';
import {
  drawRecoveryCodes,
  formatRecoveryCode,
  RECOVERY_CODE_COUNT,
  RECOVERY_CODES_LOW,
  RECOVERY_TRIES,
  readRecoveryCode,
} from '../../src-main/domain/recovery-codes.ts';

test('R3 R4 the numbers: ten codes, low at three, five tries', () => {
  expect({ RECOVERY_CODE_COUNT, RECOVERY_CODES_LOW, RECOVERY_TRIES }).toEqual({
    RECOVERY_CODE_COUNT: 10,
    RECOVERY_CODES_LOW: 3,
    RECOVERY_TRIES: 5,
  });
});

test('S29 every letter is one uniform draw below 32: 20 bits of selector and 80 of secret for each code', () => {
  const bounds: number[] = [];
  let state = 1;
  const codes = drawRecoveryCodes((bound) => {
    bounds.push(bound);
    state = (state * 1_103_515_245 + 12_345) % 2 ** 31; // any old generator will do
    return (state >> 16) % bound;
  });
  expect(codes).toHaveLength(10);
  expect(new Set(bounds)).toEqual(new Set([32]));
  expect(bounds.length).toBeGreaterThanOrEqual(10 * 20);
  for (const { selector, secret } of codes) expect([selector.length, secret.length]).toEqual([4, 16]);
});

test('S29 a selector that comes up twice is drawn again, so that the ten differ', () => {
  // Selectors 0000, 0000, 0000, 1111, …: each secret is all A.
  const draws = [0, 0, 1, 2, 2, 3, 4, 5, 6, 7, 8, 9].flatMap((letter, index, letters) =>
    letters.indexOf(letter) === index ? [...Array(4).fill(letter), ...Array(16).fill(10)] : Array(4).fill(letter),
  );
  const codes = drawRecoveryCodes(() => draws.shift() ?? 0);
  expect(codes.map(({ selector }) => selector[0]).join('')).toBe('0123456789');
  expect(draws).toEqual([]);
});

test('R3 a code is shown in four groups of five', () => {
  expect(formatRecoveryCode({ selector: '0123', secret: '456789ABCDEFGHJK' })).toBe('01234-56789-ABCDE-FGHJK');
});

const CODE = { selector: '01AB', secret: 'CDEFGHJKMNPQRSTV' };

test.each([
  ['as printed', '01ABC-DEFGH-JKMNP-QRSTV'],
  ['in lower case', '01abc-defgh-jkmnp-qrstv'],
  ['without dashes', '01ABCDEFGHJKMNPQRSTV'],
  ['with spaces', ' 01ABC DEFGH JKMNP QRSTV '],
  ['on two lines', '01ABC-DEFGH-\nJKMNP-QRSTV'],
  ['with the letter O for the digit', 'O1ABC-DEFGH-JKMNP-QRSTV'],
  ['with the letter o for the digit', 'o1ABC-DEFGH-JKMNP-QRSTV'],
  ['with the letter I for the digit', '0IABC-DEFGH-JKMNP-QRSTV'],
  ['with the letter l for the digit', '0lABC-DEFGH-JKMNP-QRSTV'],
  ['with dashes that a word processor made', '01ABC–DEFGH—JKMNP‑QRSTV'],
  ['with no-break spaces', '01ABC\u00a0DEFGH\u00a0JKMNP\u00a0QRSTV'],
])('R4 a code typed %s is read', (_, typed) => {
  expect(readRecoveryCode(typed)).toEqual(CODE);
});

test.each([
  ['one letter short', '01ABC-DEFGH-JKMNP-QRST'],
  ['one letter long', '01ABC-DEFGH-JKMNP-QRSTVW'],
  ['with a U, which no code has', '01ABC-DEFGH-JKMNP-QRSTU'],
  ['with punctuation', '01ABC-DEFGH-JKMNP-QRST!'],
  ['with full-width letters', '０１ABC-DEFGH-JKMNP-QRSTV'],
  ['with a sharp s, which capitals spell in two letters', '01ABC-DEFGH-JKMNP-QRßV'],
  ['with a dotless i', '0ıABC-DEFGH-JKMNP-QRSTV'],
  ['with a ligature', '01ABC-DEFGH-JKMNP-QRSﬅ'],
  ['empty', ''],
  ['dashes only', '----'],
  ['with endless spaces', `01ABC-DEFGH-JKMNP-QRSTV${' '.repeat(64)}`],
  ['a megabyte', '0'.repeat(1_000_000)],
  ['null', null],
  ['nothing', undefined],
  ['a number', 1234567890],
  ['a list', ['01ABC-DEFGH-JKMNP-QRSTV']],
])('S5 what is %s is no code', (_, typed) => {
  expect(readRecoveryCode(typed)).toBeNull();
});
