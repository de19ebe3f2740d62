import { parse } from 'csv-parse/sync';
import type { Role } from './account.ts';
import { asWritten } from './csv-safe.ts';
import { type EmailAddress, parseEmail } from './email-address.ts';
import { NAME_WANTED, parseName } from './person-name.ts';
import { PHONE_WANTED, parsePhone } from './phone-number.ts';

/** Rows of people that one file may hold. */
export const IMPORT_MAX_ROWS = 20_000;
/** Characters of a file of so many rows with room to spare; the host's body limit allows for it (hosts/api-gate). */
export const IMPORT_MAX_TEXT = 3_000_000;
const MAX_ROW = 4_000;
/** Rows read at a time: some milliseconds of work. */
const AT_A_TIME = 50;

export type ImportField = 'file' | 'name' | 'email' | 'phone' | 'role';

/** What cannot be taken of which line of the file, counted from 1. */
export interface ImportFault {
  readonly line: number;
  readonly field: ImportField;
  readonly message: string;
}

/** Somebody to be added. */
export interface ImportRow {
  readonly line: number;
  readonly name: string;
  readonly address: EmailAddress;
  readonly phone: string | null;
  readonly role: Role;
}

/** A file whose first line names the columns there must be. */
export interface ImportFile {
  readonly text: string;
  readonly delimiter: ',' | ';' | '\t';
  /** Where each column is; null where the file has none of that name. */
  readonly columns: Readonly<Record<Exclude<ImportField, 'file'>, number | null>>;
}

const ROLES: ReadonlyMap<string, Role> = new Map([
  ['', 'member'],
  ['member', 'member'],
  ['helpdesk', 'helpDesk'],
  ['manager', 'manager'],
  ['admin', 'admin'],
  ['owner', 'owner'],
]);

/**
 * Reads the first line of a CSV file (RFC 4180, `;` and tabs too, with or without a byte-order mark): `name` and `email`
 * must be there, `phone` and `role` may, in any order and however capitalised; other columns count for nothing.
 */
export function openImport(csv: string): ImportFile | ImportFault {
  const text = csv.replace(/^\ufeff/, '').replace(/\r\n?/g, '\n');
  const [first] = recordsOf(text);
  const header = first?.text ?? '';
  const delimiter = ([',', ';', '\t'] as const).reduce((best, each) =>
    header.split(each).length > header.split(best).length ? each : best,
  );
  const names = (parseRecord(header, delimiter) ?? []).map((name) => name.toLowerCase());
  const place = (name: string) => (names.includes(name) ? names.indexOf(name) : null);
  const columns = { name: place('name'), email: place('email'), phone: place('phone'), role: place('role') };
  const missing = columns.name === null ? 'name' : 'email';
  if (columns.name !== null && columns.email !== null) return { text, delimiter, columns };
  const message = `The first line must name the columns: there is no column “${missing}”.`;
  return { line: first?.line ?? 1, field: 'file', message };
}

/** The rows of a file, some at a time, so that whoever reads many can do other things in between. */
export function* readImport({
  text,
  delimiter,
  columns,
}: ImportFile): Generator<(ImportRow | readonly ImportFault[])[]> {
  let rows: (ImportRow | readonly ImportFault[])[] = [];
  let isHeader = true;
  for (const { line, text: record } of recordsOf(text)) {
    if (!isHeader) rows.push(readRow(parseRecord(record, delimiter), columns, line));
    isHeader = false;
    if (rows.length < AT_A_TIME) continue;
    yield rows;
    rows = [];
  }
  if (rows.length > 0) yield rows;
}

function readRow(
  cells: readonly string[] | null,
  columns: ImportFile['columns'],
  line: number,
): ImportRow | readonly ImportFault[] {
  if (cells === null) {
    const message = 'This line is no proper CSV: a quotation mark is out of place, or the line never ends.';
    return [{ line, field: 'file', message }];
  }
  const cell = (column: keyof typeof columns) => asWritten(cells[columns[column] ?? cells.length] ?? '');
  const name = parseName(cell('name'));
  const address = parseEmail(cell('email'));
  const written = cell('phone');
  const phone = written === '' ? null : (parsePhone(written) ?? undefined);
  const role = ROLES.get(cell('role').toLowerCase().replace(/[\s-]/g, ''));
  if (name !== null && address && phone !== undefined && role) return { line, name, address, phone, role };
  return [
    ...(name === null ? [{ line, field: 'name' as const, message: NAME_WANTED }] : []),
    ...(address ? [] : [{ line, field: 'email' as const, message: 'Enter an address like name@example.org.' }]),
    ...(phone === undefined ? [{ line, field: 'phone' as const, message: PHONE_WANTED }] : []),
    ...(role ? [] : [{ line, field: 'role' as const, message: 'Enter owner, admin, manager, help desk or member.' }]),
  ];
}

/** The cells of one record; null for what is no CSV. */
function parseRecord(record: string, delimiter: string): string[] | null {
  if (record.length > MAX_ROW) return null;
  try {
    const [cells = []] = parse(record, { delimiter, trim: true, record_delimiter: '\n' }) as string[][];
    return cells;
  } catch {
    return null;
  }
}

/** Records with the line each begins in: a line's end within quotation marks ends none. Blank ones are left out. */
function* recordsOf(text: string): Generator<{ readonly line: number; readonly text: string }> {
  let [start, line, next, quoted] = [0, 1, 1, false];
  for (let at = 0; at <= text.length; at++) {
    const unit = text[at];
    if (unit === '"') quoted = !quoted;
    if (unit === '\n') next++;
    if (at < text.length && (unit !== '\n' || quoted)) continue;
    const record = text.slice(start, at);
    if (record.trim() !== '') yield { line, text: record };
    [start, line] = [at + 1, next];
  }
}
