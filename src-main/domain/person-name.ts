const MAX_LENGTH = 100;
/** Control characters, line and paragraph separators, and marks that reorder the text around them (S56). */
const FORBIDDEN = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\p{Bidi_Control}]/u;
/** Nothing that could be seen: spaces, joiners, fillers. */
const BLANK = /^[\s\p{Default_Ignorable_Code_Point}]*$/u;

/** A person's or workspace's name: NFC, single spaces, 1–100 characters, one visible line. Null when unfit (S56). */
export function parseName(input: string): string | null {
  return parseLine(input, MAX_LENGTH);
}

/** One visible line of a person's own words: NFC, single spaces, at most `longest` characters. Null when unfit (S56). */
export function parseLine(input: string, longest: number): string | null {
  if (input.length > 4 * longest || FORBIDDEN.test(input)) return null;
  const line = input.normalize('NFC').replace(/\s+/gu, ' ').trim();
  return !BLANK.test(line) && [...line].length <= longest ? line : null;
}

/** What to say of a name that cannot be taken. */
export const NAME_WANTED = 'Enter 1 to 100 characters on one line, without control characters.';
