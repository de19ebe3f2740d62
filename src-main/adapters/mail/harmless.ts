/** Control characters, lone surrogates, separators of lines, and marks that reorder the text around them. */
const UNPRINTABLE = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]+/gu;
const SIX_DIGITS = /(?<!\p{Nd})(\p{Nd}{3})(\p{Nd}{3})(?!\p{Nd})/gu;
const NARROW_SPACE = '\u202f';

/**
 * Words from outside made fit for a letter or a line on screen (S56): one line, nothing that breaks a header or turns
 * text around, no longer than wanted, and no six digits in a row, so that a letter's code is the only such word.
 */
export function harmless(words: string, longest = 120): string {
  const line = words.replace(UNPRINTABLE, ' ').replace(/\s+/gu, ' ').trim();
  return [...line].slice(0, longest).join('').replace(SIX_DIGITS, `$1${NARROW_SPACE}$2`);
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
