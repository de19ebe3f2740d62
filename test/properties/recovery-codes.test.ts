import fc from 'fast-check';
import { expect, test } from 'vitest';
import { systemRandom } from '../../src-main/adapters/system-ambient.ts';
import { drawRecoveryCodes, formatRecoveryCode, readRecoveryCode } from '../../src-main/domain/recovery-codes.ts';

/** Douglas Crockford's base32: digits and letters without I, L, O and U. */
const LETTERS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'.split('');
const letters = (length: number) =>
  fc.string({ unit: fc.constantFrom(...LETTERS), minLength: length, maxLength: length });
const parts = fc.record({ selector: letters(4), secret: letters(16) });

/** How one letter may look once a person has typed it, and what may slip in after it. */
function typedBy(letter: string, choice: number): string {
  const looks =
    letter === '0' ? ['0', 'O', 'o'] : letter === '1' ? ['1', 'I', 'i', 'L', 'l'] : [letter, letter.toLowerCase()];
  const gaps = ['', '', '', '', ' ', '-', '–', '\n', '\u00a0'];
  return `${looks[choice % looks.length]}${gaps[(choice >> 4) % gaps.length]}`;
}

test('R4 a code that was drawn and printed is read back, however a person types it', () => {
  const choices = fc.array(fc.nat(255), { minLength: 23, maxLength: 23 });
  fc.assert(
    fc.property(parts, choices, (drawn, choice) => {
      const printed = formatRecoveryCode(drawn);
      expect(printed).toMatch(/^(?:[0-9A-Z]{5}-){3}[0-9A-Z]{5}$/);
      expect(readRecoveryCode(printed)).toEqual(drawn);
      const typed = printed
        .split('')
        .map((letter, place) => typedBy(letter, choice[place] ?? 0))
        .join('');
      fc.pre(typed.length <= 64);
      expect(readRecoveryCode(typed)).toEqual(drawn);
    }),
    { numRuns: 5_000 },
  );
});

test('S29 ten codes of a set have ten selectors, and sets share nothing', () => {
  const seen = new Set<string>();
  for (let set = 0; set < 100; set += 1) {
    const codes = drawRecoveryCodes((bound) => systemRandom.below(bound));
    expect(codes).toHaveLength(10);
    expect(new Set(codes.map(({ selector }) => selector)).size).toBe(10);
    for (const { selector, secret } of codes) {
      expect(`${selector}${secret}`).toMatch(/^[0-9A-HJKMNP-TV-Z]{20}$/);
      seen.add(secret);
    }
  }
  expect(seen.size).toBe(1_000);
});

test('S29 over many draws each letter comes about as often as any other', () => {
  const counts = new Map<string, number>();
  for (let set = 0; set < 200; set += 1) {
    for (const { selector, secret } of drawRecoveryCodes((bound) => systemRandom.below(bound))) {
      for (const letter of selector + secret) counts.set(letter, (counts.get(letter) ?? 0) + 1);
    }
  }
  // 40,000 letters, 1,250 of each expected, σ ≈ 35: ten σ away never happens by chance.
  expect([...counts.keys()].sort()).toEqual(LETTERS);
  for (const count of counts.values()) expect(Math.abs(count - 1_250)).toBeLessThan(350);
});

test('R4 a code with one letter changed is never read as the same code', () => {
  fc.assert(
    fc.property(parts, fc.nat(19), fc.constantFrom(...LETTERS), (drawn, place, other) => {
      const plain = drawn.selector + drawn.secret;
      fc.pre(plain[place] !== other);
      const changed = `${plain.slice(0, place)}${other}${plain.slice(place + 1)}`;
      expect(readRecoveryCode(changed)).not.toEqual(drawn);
      expect(readRecoveryCode(changed)).not.toBeNull();
    }),
    { numRuns: 5_000 },
  );
});

test('S5 whatever is read as a code is twenty of its letters; anything else is nothing', () => {
  const unit = fc.constantFrom(...LETTERS, ...'uilo ßıﬁſ!é３\u200b-–'.split(''));
  const nearly = fc.string({ unit, minLength: 15, maxLength: 26 });
  fc.assert(
    fc.property(fc.oneof(nearly, fc.string(), fc.string({ unit: 'binary', maxLength: 70 }), fc.anything()), (input) => {
      const read = readRecoveryCode(input);
      if (read === null) return;
      expect(read.selector + read.secret).toMatch(/^[0-9A-HJKMNP-TV-Z]{20}$/);
      expect(String(input).replace(/[\s\-‐-―]/gu, '')).toMatch(/^[0-9A-TV-Za-tv-z]{20}$/);
    }),
    { numRuns: 20_000 },
  );
});
