import { expect, test } from 'vitest';
import { parsePhone } from '../../src-main/domain/phone-number.ts';

test.each([
  ['+44 20 7946 0958', '+442079460958'],
  ['  +44 (0)20 7946 0958 ', '+442079460958'],
  ['0049 30 901820', '+4930901820'],
  ['+1 (202) 555-0123', '+12025550123'],
  ['+49-170/1234567', '+491701234567'],
  ['＋４４ 20 7946 0958', '+442079460958'],
])('R31 %s is kept as %s', (written, kept) => {
  expect(parsePhone(written)).toBe(kept);
  expect(parsePhone(kept)).toBe(kept);
});

test.each([
  ...['', ' ', '12345', '020 7946 0958', '+999 1234567', '+4420', '+44 20 7946 0958 ext. 3', '+44 20 7946 095812345'],
  ...['+1 800 FLOWERS', 'call me', '+44\u000020 7946 0958', '+'.repeat(1_000), `+44${' '.repeat(60)}2079460958`],
])('R31 %j is no number that can be written to', (written) => {
  expect(parsePhone(written)).toBeNull();
});
