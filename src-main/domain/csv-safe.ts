import { stringify } from 'csv-stringify/sync';

/** Characters a spreadsheet takes for the beginning of a formula, or drops before one. */
const FORMULA = /^[=+\-@\t\r\n]/;
/** What a spreadsheet, or a person's eye, passes over at the start of a cell. */
const PASSED_OVER = /^[\s\p{Z}\p{Cc}\p{Default_Ignorable_Code_Point}]+/u;

/**
 * Text that no spreadsheet runs (S57, CWE-1236): what could begin a formula, also behind spaces or in full-width letters,
 * gets an apostrophe before it, which spreadsheets take for "this is text". Phone numbers get one too.
 */
export function neutralised(text: string): string {
  const seen = text.replace(PASSED_OVER, '').normalize('NFKC');
  return FORMULA.test(text) || FORMULA.test(seen) ? `'${text}` : text;
}

/** The text that was made harmless: an export can be imported again. */
export function asWritten(text: string): string {
  const rest = text.slice(1);
  return text.startsWith("'") && neutralised(rest) !== rest ? rest : text;
}

/** Where spreadsheets of some countries split a line, whatever this file's commas say, unless it is within quotation marks. */
const SPLITS = /[;\t]/;

/**
 * Rows as CSV (RFC 4180, CRLF), each cell neutralised; none, and no line, for no rows. People's own words belong in the first
 * column: quotation marks hold a cell together there even for a spreadsheet that splits by semicolons.
 */
export function csvOf(rows: readonly (readonly string[])[]): string {
  return stringify(
    rows.map((cells) => cells.map(neutralised)),
    { record_delimiter: 'windows', quoted_match: SPLITS },
  );
}
