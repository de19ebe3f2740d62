import { getTableColumns, getTableName, type Table } from 'drizzle-orm';
import { toSnakeCase } from 'drizzle-orm/casing';
import { getTableConfig, type SQLiteTable } from 'drizzle-orm/sqlite-core';
import { accounts, factors, policies, recoveryCodes, workspace } from './schema.ts';
import { connections } from './schema-records.ts';
import { challenges, oneTimeCodes, pendingSignIns, sessions, trustedDevices } from './schema-sign-in.ts';
import { exceptions, groupMembers, groups, roles } from './schema-workspace.ts';

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
] as const;

export type SealedTable = (typeof TABLES)[number];

const READ_AS_STORED = ['SQLiteText', 'SQLiteInteger'];

interface Column {
  /** As in a row that was read. */
  readonly key: string;
  /** As in SQL. */
  readonly name: string;
  readonly isKey: boolean;
  /** To what lies in the database; null where that is what was read. */
  readonly toRaw: ((value: unknown) => unknown) | null;
}

/** How one table's rows are sealed. */
export interface Sealing {
  readonly table: SealedTable;
  readonly name: string;
  readonly columns: readonly Column[];
  /** Which of them are the row's key. */
  readonly keys: readonly number[];
  /** For a connection that has the functions `seal_row` and `reseal_row`; a row without a seal gets none by a change. */
  readonly triggers: string;
  /** Each row's `place` and `text` (as JSON of its own columns), and its `seal` if it has one. */
  readonly listing: string;
  /** The statement that seals every row as it stands. */
  readonly filling: string;
}

export const SEALED: readonly Sealing[] = TABLES.map(sealingOf);
const byTable = new Map<Table, Sealing>(SEALED.map((sealing) => [sealing.table, sealing]));
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

function rawOf({ key, toRaw }: Column, row: ReadRow): unknown {
  const value = row[key];
  return toRaw === null || value === null ? value : toRaw(value);
}

/** Where the seal of a row lies that was read. */
export function placeOfRow({ name, columns, keys }: Sealing, row: ReadRow): string {
  let place = name;
  for (const index of keys) place += `:${row[columns[index]?.key ?? '']}`;
  return place;
}

/** What the seal of a row is over: its table's name and all its values, in one spelling. */
export function textOf({ name }: Sealing, values: readonly unknown[]): string {
  return JSON.stringify([name, ...values]);
}

/** Where the seal of a row lies. */
export function placeOf({ name, keys }: Sealing, values: readonly unknown[]): string {
  return keys.reduce<string>((place, index) => `${place}:${values[index]}`, name);
}

function sealingOf(table: SealedTable): Sealing {
  const name = getTableName(table);
  const columns = columnsOf(table);
  const place = (row: string) =>
    [`'${name}'`, ...columns.filter(({ isKey }) => isKey).map((column) => `${row}.${column.name}`)].join(` || ':' || `);
  const values = (row: string) => [`'${name}'`, ...columns.map((column) => `${row}.${column.name}`)].join(', ');
  return {
    table,
    name,
    columns,
    keys: columns.flatMap(({ isKey }, index) => (isKey ? index : [])),
    listing: `SELECT ${values('t')}, (SELECT seal FROM seals WHERE place = ${place('t')}) FROM ${name} t`,
    filling: `INSERT INTO seals SELECT ${place('t')}, seal_row(${values('t')}) FROM ${name} t`,
    triggers: `
      CREATE TEMP TRIGGER ${name}_sealed_at_insert AFTER INSERT ON main.${name} BEGIN
        INSERT OR REPLACE INTO seals VALUES (${place('NEW')}, seal_row(${values('NEW')})); END;
      CREATE TEMP TRIGGER ${name}_sealed_at_update AFTER UPDATE ON main.${name} BEGIN
        UPDATE seals SET seal = reseal_row(seal, ${values('OLD')}, ${values('NEW')}) WHERE place = ${place('OLD')}; END;
      CREATE TEMP TRIGGER ${name}_unsealed AFTER DELETE ON main.${name} BEGIN
        DELETE FROM seals WHERE place = ${place('OLD')}; END;`,
  };
}

function columnsOf(table: SQLiteTable): Column[] {
  const composite = getTableConfig(table).primaryKeys.flatMap((key) => key.columns.map(({ name }) => name));
  return Object.entries(getTableColumns(table)).map(([key, column]) => ({
    key,
    name: toSnakeCase(key),
    isKey: column.primary || composite.includes(column.name),
    toRaw: READ_AS_STORED.includes(column.columnType) ? null : (value) => column.mapToDriverValue(value),
  }));
}
