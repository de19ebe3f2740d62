const LONGEST = 120;
/** Control characters, lone surrogates, separators of lines, and marks that reorder the text around them. */
const UNPRINTABLE = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]+/gu;
const SIX_DIGITS = /(?<!\p{Nd})(\p{Nd}{3})(\p{Nd}{3})(?!\p{Nd})/gu;
const NARROW_SPACE = '\u202f';

/**
 * A person's words made fit for a letter (S56): one line, nothing that breaks a header or turns text around,
 * at most 120 characters, and no six digits in a row, so that the code is the only such word.
 */
export function harmless(words: string): string {
  const line = words.replace(UNPRINTABLE, ' ').replace(/\s+/gu, ' ').trim();
  return [...line].slice(0, LONGEST).join('').replace(SIX_DIGITS, `$1${NARROW_SPACE}$2`);
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Text as HTML text or attribute value. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => ENTITIES[sign] ?? sign);
}
