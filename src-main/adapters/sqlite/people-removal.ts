import type { Database } from 'better-sqlite3';
import type { AccountRows } from '../../ports/store.ts';
import type { PeopleRows } from '../../ports/store-people.ts';
import { statementsOn } from './statements.ts';

/** Pages of the index that are merged in one piece. */
const PAGES = 64;

/**
 * To take one word out of the index so that it is gone from the file at once, the lists of all that have its letters are
 * written anew: milliseconds for each person in a large workspace. Many are marked as gone first, which costs next to
 * nothing, and merging the index leaves out what is marked.
 */
export function peopleRemoval(
  client: Database,
  accounts: Pick<AccountRows, 'removeInvited'>,
): Pick<PeopleRows, 'removeInvited' | 'tidy'> {
  const statements = statementsOn(client);
  // In the text: a bound number is a float, which is not taken.
  const tell = (command: string, value: number) =>
    statements.rows(`INSERT INTO people_search (people_search, rank) VALUES ('${command}', ${value})`).run({});
  const changes = () => statements.values<number>('SELECT total_changes()').get({}) ?? 0;

  return {
    async removeInvited(ids) {
      const removed: string[] = [];
      tell('secure-delete', 0);
      for (const id of ids) if (await accounts.removeInvited(id)) removed.push(id);
      tell('secure-delete', 1);
      return removed;
    },
    async tidy(from) {
      const before = changes();
      tell('merge', from === 'beginning' ? -PAGES : PAGES);
      return changes() - before >= 2; // as SQLite says of merging: fewer, and nothing was left to merge
    },
  };
}
