import { mkdir, open, unlink } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { Database } from 'better-sqlite3';
import type { Instant } from '../../domain/values.ts';
import { CorruptDatabase } from './errors.ts';
import { APPLICATION_ID } from './inspect-database.ts';
import type { Migration } from './migrations.ts';
import { createPeopleTriggers, dropPeopleTriggers } from './people-triggers.ts';

export interface Upgrade {
  readonly file: string;
  readonly backupsFolder: string;
  /** Schema version of the database now; 0 when it is new. */
  readonly from: number;
  readonly migrations: readonly Migration[];
  readonly at: Instant;
}

/** Brings a database to the newest schema: all steps or none, after a backup of what was there. */
export async function migrate(database: Database, upgrade: Upgrade): Promise<void> {
  const { file, from, migrations } = upgrade;
  if (from === migrations.length) return;
  if (from > 0) await backUp(database, upgrade);

  // Steps that rebuild a table drop the old one, which must not take the rows that refer to it along.
  database.pragma('foreign_keys = OFF');
  database.exec('BEGIN IMMEDIATE');
  try {
    dropPeopleTriggers(database);
    for (const migration of migrations.slice(from)) database.exec(migration.sql);
    createPeopleTriggers(database);
    const strays = database.pragma('foreign_key_check') as unknown[];
    if (strays.length > 0) throw new CorruptDatabase(file, `${strays.length} rows refer to rows that are not there`);
    database.pragma(`application_id = ${APPLICATION_ID}`);
    database.pragma(`user_version = ${migrations.length}`);
    database.exec('COMMIT');
  } catch (error) {
    if (database.inTransaction) database.exec('ROLLBACK');
    throw error;
  } finally {
    database.pragma('foreign_keys = ON');
  }
  // The version now stands in the file itself, where an older Vestibule sees it without opening the database.
  database.pragma('wal_checkpoint(TRUNCATE)');
}

/** A consistent copy, readable by its owner only; the name tells version and time. */
async function backUp(database: Database, { file, backupsFolder, from, at }: Upgrade): Promise<void> {
  await mkdir(backupsFolder, { recursive: true, mode: 0o700 });
  const time = new Date(at).toISOString().replaceAll(':', '-');
  const copy = join(backupsFolder, `${basename(file, '.db')}-${time}-schema-${from}.db`);
  const handle = await open(copy, 'wx', 0o600);
  try {
    database.prepare('VACUUM INTO ?').run(copy);
    await handle.sync();
  } catch (error) {
    await unlink(copy);
    throw error;
  } finally {
    await handle.close();
  }
}
