import type { Database, Statement } from 'better-sqlite3';
import { getTableName } from 'drizzle-orm';
import { DamagedData } from '../../domain/damaged-data.ts';
import type { RowSeal } from '../../ports/vault.ts';
import { placeOf, SEALED, type SealedTable, sealingFor, textOf } from './sealed-tables.ts';

/** Texts known to be authentic, at most: a session check costs two look-ups in a set instead of two HMACs. */
const KNOWN = 8_192;

/** Shows of each row that it is as it was written: one seal over all its columns, beside it in the table `seals`. */
export interface Seals {
  /**
   * A row as it was read, once it is shown to be whole and the one that was asked for: a damaged index leads to others.
   * @param sought what it was looked up by
   * @throws {DamagedData}
   */
  checked<R extends object>(table: SealedTable, row: R, sought: Partial<R>): R;
}

/** The seals of one store. Before `begin` rows are only held against what was sought: nobody has the key yet. */
export class RowSeals {
  readonly #known = new Set<string>();
  #seal: RowSeal | null = null;

  /** As one connection sees them. */
  on(connection: Database): Seals {
    let find: Statement<[string], string> | undefined;
    return {
      checked: (table, row, sought) => {
        for (const column in sought) {
          if (row[column] !== sought[column]) throw new DamagedData(getTableName(table));
        }
        if (this.#seal === null) return row;
        const sealing = sealingFor(table);
        const values = row as Record<string, unknown>;
        const text = textOf(sealing, values);
        if (this.#known.has(text)) return row;
        find ??= connection.prepare<[string], string>('SELECT seal FROM seals WHERE place = ?').pluck();
        this.#require(find.get(placeOf(sealing, values)), text, sealing.name);
        return row;
      },
    };
  }

  /** From now on every row is checked when it is read or changed, and sealed when it is written. */
  begin(writer: Database, seal: RowSeal): void {
    this.#seal = seal;
    writer.function('seal_row', { varargs: true }, (...values: unknown[]) => this.#sealOf(JSON.stringify(values)));
    writer.function('require_seal', { varargs: true }, (found: unknown, ...values: unknown[]) => {
      this.#require(found, JSON.stringify(values), String(values[0]));
      return null;
    });
    // Temporary ones, because the file itself must open where nobody knows these functions.
    writer.pragma('temp_store = MEMORY');
    for (const { triggers } of SEALED) writer.exec(triggers);
  }

  #sealOf(text: string): string {
    this.#remember(text);
    return this.#seal?.of(text) ?? '';
  }

  #require(found: unknown, text: string, place: string): void {
    if (this.#known.has(text)) return;
    if (typeof found !== 'string' || !this.#seal?.fits(text, found)) throw new DamagedData(place);
    this.#remember(text);
  }

  #remember(text: string): void {
    if (this.#known.size >= KNOWN) this.#known.clear();
    this.#known.add(text);
  }
}
