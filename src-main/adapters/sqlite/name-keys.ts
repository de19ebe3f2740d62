import type { Database } from 'better-sqlite3';
import { searchKeyOf } from '../../domain/people.ts';
import type { Db } from './database.ts';

/** Letters that the triggers' `lower` leaves as they are. */
const BEYOND_ASCII = /[^\p{ASCII}]/u;

/** Folds the key that a trigger made of a name, where the name has letters that SQL cannot fold. */
export function nameKeys({ $client: client }: Pick<Db, '$client'>) {
  const put = client.prepare('UPDATE people SET name_key = ? WHERE account_id = ?');
  return {
    put(accountId: string, name: string): void {
      if (BEYOND_ASCII.test(name)) put.run(searchKeyOf(name), accountId);
    },
  };
}

/** The same for every name there is: after a migration, which speaks SQL only, and in its transaction. */
export function foldNames(writer: Database): void {
  const isThere = writer.prepare("SELECT count(*) FROM sqlite_schema WHERE name = 'people'").pluck().get();
  if (isThere === 0) return;
  const keys = nameKeys({ $client: writer });
  const names = writer.prepare<[], { id: string; name: string }>(`
    SELECT a.id, a.name FROM people p JOIN accounts a ON a.id = p.account_id WHERE p.name_key GLOB '*[^ -~]*'`);
  for (const { id, name } of names.all()) keys.put(id, name);
}
