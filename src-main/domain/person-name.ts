const MAX_LENGTH = 100;
/** Control characters, line and paragraph separators, and marks that reorder the text around them (S56). */
const FORBIDDEN = /[\p{Cc}\p{Cs}\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069]/u;

/** A person's or workspace's name: NFC, single spaces, 1–100 characters, one line. Null when unfit (S56). */
export function parseName(input: string): string | null {
  if (input.length > 4 * MAX_LENGTH || FORBIDDEN.test(input)) return null;
  const name = input.normalize('NFC').replace(/\s+/gu, ' ').trim();
  return name.length >= 1 && [...name].length <= MAX_LENGTH ? name : null;
}

/** What to say of a name that cannot be taken. */
export const NAME_WANTED = 'Enter 1 to 100 characters on one line, without control characters.';
