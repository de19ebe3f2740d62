import { statSync } from 'node:fs';
import Database from 'better-sqlite3';
import { DamagedData } from '../../domain/damaged-data.ts';
import type { RowSeal } from '../../ports/vault.ts';
import { isCorruption } from './errors.ts';
import { verifyAll } from './verify-all.ts';

/** In bytes. Up to here a start checks everything before it opens; beyond, a thread does while the app runs. */
const SMALL = 4 * 1024 ** 2;

/** Whether a start can wait for the whole check of the database in `file`, what is in its write-ahead log included. */
export function isSmall(file: string): boolean {
  const sizes = [file, `${file}-wal`].map((name) => statSync(name, { throwIfNoEntry: false })?.size ?? 0);
  return sizes.reduce((sum, size) => sum + size, 0) <= SMALL;
}

/** What is wrong with the pages and index entries, in SQLite's words; null when nothing is. */
export function wrongPages(database: Database.Database): string | null {
  const finding = database.pragma('integrity_check(1)', { simple: true });
  return finding === 'ok' ? null : String(finding);
}

/** Holds all pages, indexes and seals against each other, over a connection of its own. @throws {DamagedData} */
export function checkWhole(file: string, seal: Pick<RowSeal, 'fits'>): void {
  const database = new Database(file, { readonly: true });
  try {
    verifyAll(database, seal);
    const wrong = wrongPages(database);
    if (wrong !== null) throw new DamagedData('database', wrong);
  } catch (error) {
    throw isCorruption(error) ? new DamagedData('database', error) : error;
  } finally {
    database.close();
  }
}
