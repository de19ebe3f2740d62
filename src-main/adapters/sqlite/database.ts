import type { Database } from 'better-sqlite3';
import { getTableColumns, type Placeholder, type SQL, sql } from 'drizzle-orm';
import type { BetterSQLite3Database } from 'drizzle-orm/better-sqlite3';
import type { SQLiteTable } from 'drizzle-orm/sqlite-core';

/**
 * One connection, as the row modules see it. They prepare their statements on it once: building one costs far more
 * than running it. Hot statements do without `ORDER BY`, a bound `LIMIT` or a join beside a bound key: SQLite plans
 * those anew for each new value, which costs many times the look-up. `get` stops at the first row by itself.
 */
export type Db = BetterSQLite3Database & { readonly $client: Database };

/** A slot in a prepared statement; `run`, `get` and `all` fill it by its name. */
export function slot<T>(name: string): SQL<T> {
  return sql<T>`${sql.placeholder(name)}`;
}

/** A slot for each column of a table but its seal, so that a whole row can be inserted and a new field needs no edit. */
export function everyColumn<T extends SQLiteTable>(
  table: T,
): Record<Exclude<keyof T['_']['columns'], 'seal'>, Placeholder> {
  const names = Object.keys(getTableColumns(table)).filter((name) => name !== 'seal');
  return Object.fromEntries(names.map((name) => [name, sql.placeholder(name)])) as ReturnType<typeof everyColumn<T>>;
}
