import { getTableColumns, getTableName, type Table } from 'drizzle-orm';
import { toSnakeCase } from 'drizzle-orm/casing';
import { accounts, factors, policies, recoveryCodes, workspace } from './schema.ts';
import { connections } from './schema-records.ts';
import { challenges, oneTimeCodes, pendingSignIns, sessions, trustedDevices } from './schema-sign-in.ts';
import { exceptions, groupMembers, groups, jobPieces, roles } from './schema-workspace.ts';

/**
 * What decides who may do what, and where codes go. Letters and keys are sealed by the vault, the audit is a chain.
 */
const TABLES = [
  workspace,
  policies,
  accounts,
  factors,
  recoveryCodes,
  challenges,
  oneTimeCodes,
  pendingSignIns,
  sessions,
  connections,
  trustedDevices,
  roles,
  groups,
  groupMembers,
  exceptions,
  jobPieces,
] as const;

export type SealedTable = (typeof TABLES)[number];

const READ_AS_STORED = ['SQLiteText', 'SQLiteInteger'];

interface Column {
  /** As in a row that was read. */
  readonly key: string;
  /** As in SQL. */
  readonly name: string;
  /** To what lies in the database, and from it; null where the two are the same. */
  readonly toRaw: ((value: unknown) => unknown) | null;
  readonly fromRaw: ((value: unknown) => unknown) | null;
}

/** How one table's rows are sealed. */
export interface Sealing {
  readonly name: string;
  /** All but the seal, in the order of their names: where a column stands in the table is no part of a seal. */
  readonly columns: readonly Column[];
  /** For a connection that has the functions `seal_row` and `reseal_row`. */
  readonly triggers: string;
  /** The beginning of a query for values and, after them, the seal. */
  readonly selection: string;
  /** The same of each row, straight from the table. */
  readonly listing: string;
  /** The statement that seals every row as it stands. */
  readonly filling: string;
}

export const SEALED: readonly Sealing[] = TABLES.map(sealingOf);
const byTable = new Map<Table, Sealing>(TABLES.map((table, index) => [table, SEALED[index] as Sealing]));
const byName = new Map(SEALED.map((sealing) => [sealing.name, sealing]));

/** How the rows of a table are sealed. */
export function sealingFor(table: SealedTable): Sealing {
  const sealing = byTable.get(table);
  if (!sealing) throw new Error(`Rows of ${getTableName(table)} are not sealed.`);
  return sealing;
}

export function sealingNamed(name: unknown): Sealing {
  const sealing = byName.get(String(name));
  if (!sealing) throw new Error(`Rows of ${name} are not sealed.`);
  return sealing;
}

/** A row as it was read. */
export type ReadRow = Readonly<Record<string, unknown>>;

/** A row's values as they lie in the database, in the order of its columns. */
export function valuesOf({ columns }: Sealing, row: ReadRow): unknown[] {
  return columns.map((column) => rawOf(column, row));
}

/** Whether these are the row's values. Each call of a signed-in person asks twice: it makes nothing. */
export function hasValues({ columns }: Sealing, row: ReadRow, values: readonly unknown[]): boolean {
  for (let index = 0; index < columns.length; index += 1) {
    const column = columns[index];
    if (column === undefined || rawOf(column, row) !== values[index]) return false;
  }
  return true;
}

/** The row with these values, for whoever asks for it: it does not change. */
export function rowOf({ columns }: Sealing, values: readonly unknown[]): ReadRow {
  const row: Record<string, unknown> = {};
  columns.forEach(({ key, fromRaw }, index) => {
    const value = values[index] ?? null;
    row[key] = fromRaw === null || value === null ? value : frozen(fromRaw(value));
  });
  return Object.freeze(row);
}

function frozen(value: unknown): unknown {
  if (typeof value === 'object' && value !== null) Object.values(Object.freeze(value)).forEach(frozen);
  return value;
}

function rawOf({ key, toRaw }: Column, row: ReadRow): unknown {
  const value = row[key];
  return toRaw === null || value === null ? value : toRaw(value);
}

/**
 * What the seal of a row is over: its table's name and, in turn, the name and the value of each column that has one. A
 * column that is added later and may be empty leaves the seals of older rows as they are.
 */
export function textOf({ name, columns }: Sealing, values: readonly unknown[]): string {
  const parts: unknown[] = [name];
  for (let index = 0; index < columns.length; index += 1) {
    const value = values[index];
    if (value !== null) parts.push(columns[index]?.name, value);
  }
  return JSON.stringify(parts);
}

function sealingOf(table: SealedTable): Sealing {
  const name = getTableName(table);
  const columns = columnsOf(table);
  const names = columns.map((column) => column.name);
  const values = (row: string) => names.map((column) => `${row}.${column}`).join(', ');
  const selection = `SELECT ${names.join(', ')}, seal FROM ${name}`;
  return {
    name,
    columns,
    selection,
    listing: `${selection} NOT INDEXED`,
    filling: `UPDATE ${name} SET seal = seal_row('${name}', ${names.join(', ')})`,
    triggers: `
      CREATE TEMP TRIGGER ${name}_sealed_at_insert AFTER INSERT ON main.${name} BEGIN
        UPDATE ${name} SET seal = seal_row('${name}', ${values('NEW')}) WHERE rowid = NEW.rowid; END;
      CREATE TEMP TRIGGER ${name}_sealed_at_update AFTER UPDATE OF ${names.join(', ')} ON main.${name} BEGIN
        UPDATE ${name} SET seal = reseal_row('${name}', OLD.seal, ${values('OLD')}, ${values('NEW')})
          WHERE rowid = NEW.rowid; END;`,
  };
}

function columnsOf(table: SealedTable): Column[] {
  return Object.entries(getTableColumns(table))
    .filter(([key]) => key !== 'seal')
    .map(([key, column]) => {
      const isSame = READ_AS_STORED.includes(column.columnType);
      return {
        key,
        name: toSnakeCase(key),
        toRaw: isSame ? null : (value: unknown) => column.mapToDriverValue(value),
        fromRaw: isSame ? null : (value: unknown) => column.mapFromDriverValue(value),
      };
    })
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}
