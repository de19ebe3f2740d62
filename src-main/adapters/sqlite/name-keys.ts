import type { Database } from 'better-sqlite3';
import { searchKeyOf } from '../../domain/people.ts';
import type { Db } from './database.ts';

/** Letters that SQL's `lower` leaves as they are. */
const BEYOND_ASCII = /[^\p{ASCII}]/u;

/** Tells the triggers the key of a name that is about to be written, where they cannot make it themselves (`people-triggers.ts`). */
export function nameKeys({ $client: client }: Pick<Db, '$client'>) {
  const put = client.prepare('INSERT OR REPLACE INTO name_folds VALUES (?, ?)');
  const clear = client.prepare('DELETE FROM name_folds');
  return {
    during<T>(name: string | undefined, write: () => T): T {
      if (name === undefined || !BEYOND_ASCII.test(name)) return write();
      put.run(name, searchKeyOf(name));
      const written = write();
      clear.run();
      return written;
    },
  };
}

/** The same for all names there are, while a migration writes. */
export function withNameKeys(writer: Database, write: () => void): void {
  const names = writer.prepare<[], string>("SELECT DISTINCT name FROM accounts WHERE name GLOB '*[^ -~]*'").pluck();
  const put = writer.prepare('INSERT OR REPLACE INTO name_folds VALUES (?, ?)');
  for (const name of names.all()) put.run(name, searchKeyOf(name));
  write();
  writer.exec('DELETE FROM name_folds');
}
