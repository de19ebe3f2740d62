import { open } from 'node:fs/promises';
import Database from 'better-sqlite3';
import { asCorruption, CorruptDatabase, NewerSchema } from './errors.ts';
import { hasHighWaterMark, markOf } from './high-water-mark.ts';
import { isSmall, wrongPages } from './whole-check.ts';

/** Marks a database as Vestibule's own ("VEST"), in the header field that SQLite keeps for it. */
export const APPLICATION_ID = 0x56455354;

const MAGIC = 'SQLite format 3\0';
const HEADER_LENGTH = 100;
const USER_VERSION_AT = 60;

/**
 * The schema version of the database in `file`; 0 when there is nothing in it yet. Changes nothing: a newer schema is
 * mostly seen in the header, before SQLite opens the file (SQLite file format, 1.3), and otherwise read-only.
 * @throws {NewerSchema} @throws {CorruptDatabase}
 */
export async function inspectDatabase(file: string, known: number): Promise<number> {
  const header = await readStart(file);
  const wasUsed = hasHighWaterMark(markOf(file));
  if (header.length === 0 && !wasUsed) return 0;
  if (header.length < HEADER_LENGTH || header.toString('latin1', 0, MAGIC.length) !== MAGIC) {
    throw new CorruptDatabase(file, 'it is not a database');
  }
  refuseNewer(file, header.readUInt32BE(USER_VERSION_AT), known);

  const version = readOnly(file, (database) => {
    const tables = database.prepare('SELECT count(*) FROM sqlite_schema').pluck().get() as number;
    if (tables > 0 && database.pragma('application_id', { simple: true }) !== APPLICATION_ID) {
      throw new CorruptDatabase(file, 'it is a database of another program');
    }
    const found = database.pragma('user_version', { simple: true }) as number;
    if (found < known || isSmall(file)) requireWholePages(file, database);
    if (wasUsed && hasNoKeys(database)) throw new CorruptDatabase(file, 'all that was in it is missing');
    return found;
  });
  refuseNewer(file, version, known);
  return version;
}

/** All is lost that a truncated write-ahead log held: what is left looks new, and must not get new keys. */
function hasNoKeys(database: Database.Database): boolean {
  return database.prepare('SELECT count(*) FROM vault_keys').pluck().get() === 0;
}

function refuseNewer(file: string, found: number, known: number): void {
  if (found > known) throw new NewerSchema(file, found, known);
}

/** Every page and every index entry (S76): some 4 ms a megabyte. */
function requireWholePages(file: string, database: Database.Database): void {
  const wrong = wrongPages(database);
  if (wrong !== null) throw new CorruptDatabase(file, `it is damaged: ${wrong}`);
}

function readOnly<T>(file: string, work: (database: Database.Database) => T): T {
  const database = new Database(file, { readonly: true });
  try {
    return work(database);
  } catch (error) {
    throw asCorruption(file, error);
  } finally {
    database.close();
  }
}

/** The first bytes of a file; none when it is empty or not there. */
async function readStart(file: string): Promise<Buffer> {
  try {
    const handle = await open(file, 'r');
    try {
      const { buffer, bytesRead } = await handle.read(Buffer.alloc(HEADER_LENGTH), 0, HEADER_LENGTH, 0);
      return buffer.subarray(0, bytesRead);
    } finally {
      await handle.close();
    }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return Buffer.alloc(0);
    throw error;
  }
}
