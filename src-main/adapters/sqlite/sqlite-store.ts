import type { Database } from 'better-sqlite3';
import { drizzle } from 'drizzle-orm/better-sqlite3';
import type { Store, Tx } from '../../ports/store.ts';
import type { VaultKeys } from '../../ports/vault.ts';
import type { Db } from './database.ts';
import { StoreClosed } from './errors.ts';
import { Fifo } from './fifo.ts';
import { rowsOn } from './rows.ts';
import { vaultKeyRows } from './vault-keys.ts';

/** The port, and the keys that open the vault before the engine starts. */
export interface SqliteStore extends Store {
  readonly vaultKeys: VaultKeys;
}

/**
 * A store over two connections to one database: a writer, and a read-only one that sees committed snapshots.
 * BEGIN and COMMIT are issued here because drizzle's own transaction cannot span an `await`.
 */
export function storeOver(writer: Database, reader: Database): SqliteStore {
  const writerDb = queriesOn(writer);
  const transact = turns(writer, rowsOn(writerDb), 'BEGIN IMMEDIATE');
  const read = turns(reader, rowsOn(queriesOn(reader)), 'BEGIN');
  let closing: Promise<void> | null = null;

  return {
    vaultKeys: vaultKeyRows(writerDb),
    transaction: (work) => (closing ? Promise.reject(new StoreClosed()) : transact(work)),
    read: (work) => (closing ? Promise.reject(new StoreClosed()) : read(work)),
    close() {
      closing ??= (async () => {
        await Promise.all([read(async () => undefined), transact(async () => undefined)]);
        reader.close();
        writer.pragma('wal_checkpoint(TRUNCATE)');
        writer.close();
      })();
      return closing;
    },
  };
}

function queriesOn(connection: Database): Db {
  return drizzle(connection, { casing: 'snake_case' });
}

/** Runs work on a connection one after another, each in a transaction of its own. */
function turns(connection: Database, rows: Tx, begin: 'BEGIN' | 'BEGIN IMMEDIATE') {
  const beginning = connection.prepare(begin);
  const commit = connection.prepare('COMMIT');
  const rollback = connection.prepare('ROLLBACK');
  const queue = new Fifo();

  return <T>(work: (tx: Tx) => Promise<T>): Promise<T> =>
    queue.run(async () => {
      beginning.run();
      const lease = new Lease(rows);
      try {
        const result = await work(lease);
        // A full disk ends a transaction by itself; work that went on after it must not look committed.
        if (!connection.inTransaction) throw new Error('The transaction was rolled back by the database.');
        commit.run();
        return result;
      } catch (error) {
        if (connection.inTransaction) rollback.run();
        throw error;
      } finally {
        lease.end();
      }
    });
}

/** The rows for the time of one transaction: whoever keeps it longer would write outside of any. */
class Lease implements Tx {
  readonly #rows: Tx;
  #over = false;

  constructor(rows: Tx) {
    this.#rows = rows;
  }

  end(): void {
    this.#over = true;
  }

  #live(): Tx {
    if (this.#over) throw new Error('This transaction is over.');
    return this.#rows;
  }

  get workspace() {
    return this.#live().workspace;
  }
  get accounts() {
    return this.#live().accounts;
  }
  get factors() {
    return this.#live().factors;
  }
  get recoveryCodes() {
    return this.#live().recoveryCodes;
  }
  get challenges() {
    return this.#live().challenges;
  }
  get pendingSignIns() {
    return this.#live().pendingSignIns;
  }
  get sessions() {
    return this.#live().sessions;
  }
  get oneTimeCodes() {
    return this.#live().oneTimeCodes;
  }
  get outbox() {
    return this.#live().outbox;
  }
  get connections() {
    return this.#live().connections;
  }
  get audit() {
    return this.#live().audit;
  }
}
