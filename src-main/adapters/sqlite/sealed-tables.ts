import { getTableColumns, getTableName, type Table } from 'drizzle-orm';
import { toSnakeCase } from 'drizzle-orm/casing';
import { getTableConfig, type SQLiteTable } from 'drizzle-orm/sqlite-core';
import { accounts, factors, policies, recoveryCodes, workspace } from './schema.ts';
import { connections } from './schema-records.ts';
import { challenges, oneTimeCodes, pendingSignIns, sessions } from './schema-sign-in.ts';

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
  /** Check before a change, seal after it, for a connection that has the functions `seal_row` and `require_seal`. */
  readonly triggers: string;
  /** Each row's `place` and `text` (as JSON of its own columns), and its `seal` if it has one. */
  readonly listing: string;
  /** The statement that seals every row as it stands. */
  readonly filling: string;
}

export const SEALED: readonly Sealing[] = TABLES.map(sealingOf);
const byTable = new Map<Table, Sealing>(SEALED.map((sealing) => [sealing.table, sealing]));

/** How the rows of a table are sealed. */
export function sealingFor(table: SealedTable): Sealing {
  const sealing = byTable.get(table);
  if (!sealing) throw new Error(`Rows of ${getTableName(table)} are not sealed.`);
  return sealing;
}

/** What the seal of a row is over: its table's name and all its values, in one spelling. */
export function textOf({ name, columns }: Sealing, row: Readonly<Record<string, unknown>>): string {
  const values: unknown[] = [name];
  for (const { key, toRaw } of columns) {
    const value = row[key];
    values.push(toRaw === null || value === null ? value : toRaw(value));
  }
  return JSON.stringify(values);
}

/** Where the seal of a row lies. */
export function placeOf({ name, columns }: Sealing, row: Readonly<Record<string, unknown>>): string {
  return [name, ...columns.filter(({ isKey }) => isKey).map(({ key }) => row[key])].join(':');
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
    listing: `SELECT ${values('t')}, (SELECT seal FROM seals WHERE place = ${place('t')}) FROM ${name} t`,
    filling: `INSERT INTO seals SELECT ${place('t')}, seal_row(${values('t')}) FROM ${name} t`,
    triggers: `
      CREATE TEMP TRIGGER ${name}_sealed_at_insert AFTER INSERT ON main.${name} BEGIN
        INSERT OR REPLACE INTO seals VALUES (${place('NEW')}, seal_row(${values('NEW')})); END;
      CREATE TEMP TRIGGER ${name}_checked BEFORE UPDATE ON main.${name} BEGIN
        SELECT require_seal((SELECT seal FROM seals WHERE place = ${place('OLD')}), ${values('OLD')}); END;
      CREATE TEMP TRIGGER ${name}_sealed_at_update AFTER UPDATE ON main.${name} BEGIN
        UPDATE seals SET seal = seal_row(${values('NEW')}) WHERE place = ${place('OLD')}; END;
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
