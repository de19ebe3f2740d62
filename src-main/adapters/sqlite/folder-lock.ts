import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';

export interface FolderLock {
  release(): void;
  /** Releases and leaves no trace, for a start that is refused. */
  undo(): void;
}

/**
 * Makes this process the only one in the data folder. SQLite's own file lock does it, because the operating system frees
 * that one however the process ends. Null when another process holds it.
 * @throws {Error} one sentence, where the folder cannot be written to.
 */
export function lockFolder(folder: string): FolderLock | null {
  const file = join(folder, 'vestibule.lock');
  const wasThere = existsSync(file);
  let database: Database.Database | undefined;
  try {
    database = new Database(file, { timeout: 0 });
    database.pragma('journal_mode = MEMORY'); // nothing is ever written, so nothing needs a journal beside the file
    database.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    database?.close();
    if (codeOf(error).startsWith('SQLITE_BUSY')) return null;
    throw new Error(`The data folder ${folder} cannot be written to (${codeOf(error)}); choose another with --data.`);
  }
  const release = () => database.close();
  return {
    release,
    undo() {
      release();
      if (!wasThere) rmSync(file, { force: true });
    },
  };
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : String(error);
}
