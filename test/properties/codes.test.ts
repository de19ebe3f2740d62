import fc from 'fast-check';
import { expect, test } from 'vitest';
import { systemRandom } from '../../src-main/adapters/system-ambient.ts';
import { drawCode, readCode } from '../../src-main/domain/code.ts';

const DIGITS = '0123456789'.split('');
const sixDigits = fc.integer({ min: 0, max: 999_999 }).map((drawn) => ({ drawn, code: drawCode(() => drawn) }));
/** What a person puts between digits: spaces and dashes, few enough that it stays an answer. */
const gap = fc.string({ unit: fc.constantFrom(' ', '-', '\t', '\n', '\u00a0', '\u2009'), maxLength: 3 });

test('R15 every draw is six digits, is read back as drawn, and no two draws share a code', () => {
  fc.assert(
    fc.property(sixDigits, sixDigits, (one, two) => {
      expect(one.code).toMatch(/^[0-9]{6}$/);
      expect(Number(one.code)).toBe(one.drawn);
      expect(readCode(one.code)).toBe(one.code);
      expect(one.code === two.code).toBe(one.drawn === two.drawn);
    }),
    { numRuns: 5_000 },
  );
});

test('R15 the system’s own draws are six digits, and every digit comes up in every place', () => {
  const seen = DIGITS.slice(0, 6).map(() => new Set<string>());
  for (let i = 0; i < 5_000; i += 1) {
    const code = drawCode((bound) => systemRandom.below(bound));
    expect(code).toMatch(/^[0-9]{6}$/);
    code.split('').forEach((digit, place) => {
      seen[place]?.add(digit);
    });
  }
  // A digit missing from a place of 5,000 fair draws: 6 × 10 × 0.9^5000, less than 10⁻²²⁶.
  expect(seen.map(({ size }) => size)).toEqual([10, 10, 10, 10, 10, 10]);
});

test('R15 spaces and dashes anywhere are forgiven', () => {
  const gaps = fc.array(gap, { minLength: 7, maxLength: 7 });
  fc.assert(
    fc.property(sixDigits, gaps, ({ code }, between) => {
      const typed = code
        .split('')
        .reduce((text, digit, place) => text + digit + (between[place + 1] ?? ''), between[0] ?? '');
      fc.pre(typed.length <= 32);
      expect(readCode(typed)).toBe(code);
    }),
    { numRuns: 5_000 },
  );
});

test('S5 nothing but six ASCII digits, spaces and dashes is ever read as a code', () => {
  const nearly = fc.string({
    unit: fc.constantFrom(...DIGITS, ' ', '-', '.', 'x', '٣', '３', '²', '+', 'e'),
    maxLength: 10,
  });
  fc.assert(
    fc.property(fc.oneof(nearly, fc.string(), fc.string({ unit: 'binary' }), fc.anything()), (input) => {
      const read = readCode(input);
      if (read === null) return;
      expect(typeof input).toBe('string');
      expect(read).toMatch(/^[0-9]{6}$/);
      expect(String(input).replace(/[\s-]/gu, '')).toBe(read);
    }),
    { numRuns: 20_000 },
  );
});
