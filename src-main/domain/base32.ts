const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'; // Crockford: no I, L, O, U

/** Uniformly drawn letters of five bits each. `below(n)` draws a uniform whole number in [0, n). */
export function drawLetters(length: number, below: (bound: number) => number): string {
  return Array.from({ length }, () => ALPHABET.charAt(below(ALPHABET.length))).join('');
}

/**
 * Reads what a person typed: case, spaces, dashes, and O for 0, I or L for 1 forgiven; null for anything that is
 * not exactly `length` letters after that, of whatever type (S5).
 */
export function readLetters(input: unknown, length: number): string | null {
  if (typeof input !== 'string' || input.length > 64) return null;
  const typed = input.replace(/[\s\-‐-―]/gu, '');
  if (!/^[0-9a-z]+$/i.test(typed)) return null; // before capitals are made, which spell an ß with two letters
  const plain = typed.toUpperCase().replace(/O/g, '0').replace(/[IL]/g, '1');
  return plain.length === length && [...plain].every((letter) => ALPHABET.includes(letter)) ? plain : null;
}
