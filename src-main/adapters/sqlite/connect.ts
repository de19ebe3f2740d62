import { open } from 'node:fs/promises';
import Database from 'better-sqlite3';
import type { Instant } from '../../domain/values.ts';
import { asCorruption, UnsupportedRuntime } from './errors.ts';
import { inspectDatabase } from './inspect-database.ts';
import { migrate } from './migrate.ts';
import { MIGRATIONS, type Migration } from './migrations.ts';

export interface SqliteOptions {
  /** The database; made, for its owner only, when it is not there. Its folder must be. */
  readonly file: string;
  /** Where a copy goes before a migration; made when first needed. */
  readonly backupsFolder: string;
  /** Time for the names of backups. */
  readonly now: () => Instant;
  readonly migrations?: readonly Migration[];
}

export interface Connections {
  readonly writer: Database.Database;
  /** Read-only: sees what is committed. */
  readonly reader: Database.Database;
}

/**
 * Opens the database and brings its schema up to date.
 * @throws {UnsupportedRuntime} @throws {NewerSchema} @throws {CorruptDatabase}
 */
export async function connect(options: SqliteOptions): Promise<Connections> {
  const { file, backupsFolder, now, migrations = MIGRATIONS } = options;
  requireNodeApi(process.versions.napi);
  const from = await inspectDatabase(file, migrations.length);
  await makeFile(file);

  const writer = new Database(file);
  try {
    prepareWriter(writer);
    await migrate(writer, { file, backupsFolder, from, migrations, at: now() });
    const reader = new Database(file, { readonly: true });
    reader.pragma('trusted_schema = OFF');
    reader.pragma(`cache_size = -${READER_CACHE_KIB}`);
    return { writer, reader };
  } catch (error) {
    writer.close();
    throw asCorruption(file, error);
  }
}

/** Room for the whole of a workspace of some 200,000 people; taken as pages are read. A search in many goes through most of them. */
const READER_CACHE_KIB = 128 * 1024;

/** Closes without moving the write-ahead log into the database: the last connection does that, unless it may only read. */
export function abandon(writer: Database.Database, reader: Database.Database): void {
  writer.close();
  reader.close();
}

/** An older Node.js does not refuse the library: it crashes on it. @throws {UnsupportedRuntime} */
export function requireNodeApi(version: string | undefined): void {
  if (Number(version ?? 0) < 10) throw new UnsupportedRuntime(version);
}

/** SQLite gives its companion files the mode of this one. */
async function makeFile(file: string): Promise<void> {
  const handle = await open(file, 'a', 0o600);
  await handle.close();
}

function prepareWriter(writer: Database.Database): void {
  writer.pragma('journal_mode = WAL');
  writer.pragma('synchronous = FULL');
  // On macOS an ordinary fsync leaves the data in the drive's cache (S75); elsewhere this changes nothing.
  writer.pragma('fullfsync = ON');
  writer.pragma('checkpoint_fullfsync = ON');
  writer.pragma('foreign_keys = ON');
  writer.pragma('trusted_schema = OFF');
  // What is deleted is overwritten, so that it cannot be read from free pages (S70).
  writer.pragma('secure_delete = ON');
}
