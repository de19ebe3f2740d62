import { dirname, join } from 'node:path';
import Database from 'better-sqlite3';
import { DamagedData } from '../../domain/damaged-data.ts';

const { SqliteError } = Database;

/** The database was written by a newer Vestibule. It has not been touched. */
export class NewerSchema extends Error {
  readonly found: number;
  readonly known: number;

  constructor(file: string, found: number, known: number) {
    super(`${file} was written by a newer version of Vestibule (schema ${found}; this one knows ${known}).`);
    this.name = 'NewerSchema';
    this.found = found;
    this.known = known;
  }
}

/** The file is damaged, or is not a database of Vestibule (S76). It has not been changed. */
export class CorruptDatabase extends Error {
  constructor(file: string, reason: string, cause?: unknown) {
    const backups = join(dirname(file), 'backups');
    const way = `move it aside with its -wal, -shm and .mark and put a copy in its place; copies are in ${backups}`;
    super(`${file} cannot be used: ${reason.replaceAll(/\s*\n\s*/g, ' ')}. Nothing was changed. To go on, ${way}.`, {
      cause,
    });
    this.name = 'CorruptDatabase';
  }
}

/** What SQLite says of pages that make no sense, or of a file that is none of its own. */
export function isCorruption(error: unknown): boolean {
  return error instanceof SqliteError && /^SQLITE_(CORRUPT|NOTADB)/.test(error.code);
}

/** What opening a database ended in, with damage under the name that a start ends with. */
export function asCorruption(file: string, error: unknown): unknown {
  if (error instanceof DamagedData) {
    return new CorruptDatabase(file, `it does not hold what was written (${error.place})`, error);
  }
  // At a start every statement is one that worked before: one that does not fit shows a damaged schema.
  const isDamaged = isCorruption(error) || (error instanceof SqliteError && error.code === 'SQLITE_ERROR');
  return isDamaged ? new CorruptDatabase(file, `it is damaged: ${(error as Error).message}`, error) : error;
}

/** The runtime cannot load the SQLite library: it would crash instead of failing. */
export class UnsupportedRuntime extends Error {
  constructor(found: string | undefined) {
    super(`The database needs Node-API 10 (Node.js 22.14 or later); this runtime has ${found ?? 'none'}.`);
    this.name = 'UnsupportedRuntime';
  }
}

/** The store was asked for something after `close()`. */
export class StoreClosed extends Error {
  constructor() {
    super('The store is closed.');
    this.name = 'StoreClosed';
  }
}
