import { abandon, connect, type SqliteOptions } from './connect.ts';
import { asCorruption } from './errors.ts';
import { type SqliteStore, storeOver } from './sqlite-store.ts';

/**
 * Opens the database, brings its schema up to date and gives the store over it.
 * @throws {UnsupportedRuntime} @throws {NewerSchema} @throws {CorruptDatabase}
 */
export async function openSqliteStore(options: SqliteOptions): Promise<SqliteStore> {
  const { writer, reader } = await connect(options);
  try {
    return storeOver(writer, reader);
  } catch (error) {
    abandon(writer, reader);
    throw asCorruption(options.file, error);
  }
}
