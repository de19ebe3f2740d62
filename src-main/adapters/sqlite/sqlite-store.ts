import type { Database } from 'better-sqlite3';
import { drizzle } from 'drizzle-orm/better-sqlite3';
import type { ChainLink } from '../../domain/audit-chain.ts';
import { DamagedData } from '../../domain/damaged-data.ts';
import type { Store, Tx } from '../../ports/store.ts';
import type { RowSeal, VaultKeys } from '../../ports/vault.ts';
import { abandon } from './connect.ts';
import type { Db } from './database.ts';
import { asCorruption, isCorruption, StoreClosed } from './errors.ts';
import { Fifo } from './fifo.ts';
import { type HighWaterMark, highWaterMark, markOf } from './high-water-mark.ts';
import { rowsOn } from './rows.ts';
import { RowSeals } from './seals.ts';
import { vaultKeyRows } from './vault-keys.ts';
import { sealAll, verifyAll } from './verify-all.ts';
import { isSmall } from './whole-check.ts';

/** The port, and the keys that open the vault before the engine starts. */
export interface SqliteStore extends Store {
  readonly vaultKeys: VaultKeys;
  /**
   * Once the vault is open: shows that the newest changes are there and every row is as it was written, and from now on
   * checks what is read and seals what is written (S55, S76). A large database opens at once: it answers false, and all
   * but what is read is left to `checkInBackground`. Rows from before there were seals are sealed as they stand, once.
   * @throws {CorruptDatabase} with the store closed and nothing changed
   */
  sealRows(seal: RowSeal): Promise<boolean>;
}

/**
 * A store over two connections to one database: a writer, and a read-only one that sees committed snapshots.
 * BEGIN and COMMIT are issued here because drizzle's own transaction cannot span an `await`.
 */
export function storeOver(writer: Database, reader: Database): SqliteStore {
  const writerDb = queriesOn(writer);
  const seals = new RowSeals();
  let [mark, newest]: [HighWaterMark | null, ChainLink | null] = [null, null];
  const rows = rowsOn(writerDb, seals, (entry) => {
    newest = entry;
  });
  const transact = turns(writer, rows, 'BEGIN IMMEDIATE', (outcome) => {
    if (newest && outcome === 'committed') mark?.write(newest);
    newest = null;
  });
  const read = turns(reader, rowsOn(queriesOn(reader), seals), 'BEGIN');
  let closing: Promise<void> | null = null;

  return {
    vaultKeys: vaultKeyRows(writerDb),
    async sealRows(seal) {
      try {
        await read((tx) => tx.audit.latestAt());
        mark = highWaterMark(markOf(writer.name), seal);
        const reached = mark.read();
        if (reached) await read((tx) => requireEntry(tx, reached));
        const isWhole = !seal.isInForce || isSmall(writer.name);
        if (!seal.isInForce) {
          sealAll(writer, seal);
          await seal.bringIntoForce();
        } else if (isWhole) {
          verifyAll(reader, seal);
        }
        seals.begin(writer, seal);
        return isWhole;
      } catch (error) {
        closing = Promise.resolve();
        mark?.close();
        abandon(writer, reader);
        throw asCorruption(writer.name, error);
      }
    },
    transaction: (work) => (closing ? Promise.reject(new StoreClosed()) : transact(work)),
    read: (work) => (closing ? Promise.reject(new StoreClosed()) : read(work)),
    close() {
      closing ??= (async () => {
        await Promise.all([read(async () => undefined), transact(async () => undefined)]);
        mark?.close();
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

/** What was once committed is there and the same. @throws {DamagedData} */
async function requireEntry(tx: Tx, reached: ChainLink): Promise<void> {
  const [entry] = await tx.audit.list(reached.sequence - 1, 1);
  if (entry?.sequence === reached.sequence && entry.hash === reached.hash) return;
  throw new DamagedData('its newest changes are missing');
}

/** Runs work on a connection one after another, each in a transaction of its own. */
function turns(
  connection: Database,
  rows: Tx,
  begin: 'BEGIN' | 'BEGIN IMMEDIATE',
  ended: (outcome: 'committed' | 'rolled back') => void = () => {},
) {
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
        ended('committed');
        return result;
      } catch (error) {
        if (connection.inTransaction) rollback.run();
        ended('rolled back');
        throw isCorruption(error) ? new DamagedData('database', error) : error;
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
  get trustedDevices() {
    return this.#live().trustedDevices;
  }
  get roles() {
    return this.#live().roles;
  }
  get groups() {
    return this.#live().groups;
  }
  get exceptions() {
    return this.#live().exceptions;
  }
  get jobs() {
    return this.#live().jobs;
  }
  get jobPieces() {
    return this.#live().jobPieces;
  }
  get impact() {
    return this.#live().impact;
  }
  get people() {
    return this.#live().people;
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
