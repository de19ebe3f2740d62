import { expect, test } from 'vitest';
import { drawLetters, readLetters } from '../../src-main/domain/base32.ts';
import { drawOneTimeCode, LIFETIME_OF, readOneTimeCode } from '../../src-main/domain/one-time-code.ts';
import { DAY, HOUR, MINUTE } from '../../src-main/domain/values.ts';

test('S21 the numbers: a reset lives half an hour, an undo three days, an owner’s recovery an hour, an invitation a week', () => {
  expect(LIFETIME_OF).toEqual({
    resetPassword: 30 * MINUTE,
    undoEmailChange: 3 * DAY,
    recoverOwner: HOUR,
    invitation: 7 * DAY,
  });
});

test('S21 a one-time code is twenty uniform draws below 32, 100 bits, shown in four groups of five', () => {
  const bounds: number[] = [];
  let next = 11;
  const code = drawOneTimeCode((bound) => {
    bounds.push(bound);
    next += 1;
    return next % bound;
  });
  expect(code).toBe('CDEFG-HJKMN-PQRST-VWXYZ');
  expect(bounds).toEqual(Array(20).fill(32));
});

test.each([
  ['CDEFG-HJKMN-PQRST-VWXYZ', 'CDEFGHJKMNPQRSTVWXYZ'],
  ['cdefg hjkmn pqrst vwxyz', 'CDEFGHJKMNPQRSTVWXYZ'],
  ['0oO1i-IlLab-cdefg-hjkmn', '00011111ABCDEFGHJKMN'],
  ['CDEFG-HJKMN-PQRST-VWXY', null],
  ['CDEFG-HJKMN-PQRST-VWXYZ0', null],
  ['CDEFG-HJKMN-PQRST-VWXYU', null],
  ['', null],
  [null, null],
  [{}, null],
])('S5 S21 the one-time code %j is read as %j', (input, plain) => {
  expect(readOneTimeCode(input)).toBe(plain);
});

test('S29 letters are drawn from the whole of Crockford’s alphabet, and read back at their length only', () => {
  let next = -1;
  const all = drawLetters(32, (bound) => {
    next += 1;
    return next % bound;
  });
  expect(all).toBe('0123456789ABCDEFGHJKMNPQRSTVWXYZ');
  expect(readLetters(all, 32)).toBe(all);
  expect(readLetters(all, 31)).toBeNull();
  expect(readLetters('', 0)).toBeNull();
});
