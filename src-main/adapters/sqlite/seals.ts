import type { Database, Statement } from 'better-sqlite3';
import { getTableName } from 'drizzle-orm';
import { DamagedData } from '../../domain/damaged-data.ts';
import type { RowSeal } from '../../ports/vault.ts';
import {
  hasValues,
  placeOf,
  placeOfRow,
  type ReadRow,
  SEALED,
  type SealedTable,
  type Sealing,
  sealingFor,
  sealingNamed,
  textOf,
  valuesOf,
} from './sealed-tables.ts';

/** Rows known to be whole, at most: a session check then compares values and computes no HMAC. */
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
  /** By place, the values that were last found or written there. */
  readonly #known = new Map<string, readonly unknown[]>();
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
        const place = placeOfRow(sealing, row as ReadRow);
        const known = this.#known.get(place);
        if (known !== undefined && hasValues(sealing, row as ReadRow, known)) return row;
        find ??= connection.prepare<[string], string>('SELECT seal FROM seals WHERE place = ?').pluck();
        this.#require(find.get(place), sealing, place, valuesOf(sealing, row as ReadRow));
        return row;
      },
    };
  }

  /** From now on every row is checked when it is read or changed, and sealed when it is written. */
  begin(writer: Database, seal: RowSeal): void {
    this.#seal = seal;
    const sealed = (sealing: Sealing, values: readonly unknown[]) => {
      this.#remember(placeOf(sealing, values), values);
      return seal.of(textOf(sealing, values));
    };
    writer.function('seal_row', { varargs: true }, (name: unknown, ...values: unknown[]) =>
      sealed(sealingNamed(name), values),
    );
    // The old values come first: whoever altered them must not have them sealed anew by a change to another.
    writer.function('reseal_row', { varargs: true }, (found: unknown, name: unknown, ...both: unknown[]) => {
      const sealing = sealingNamed(name);
      const old = both.slice(0, sealing.columns.length);
      const place = placeOf(sealing, old);
      if (!this.#isKnown(place, old)) this.#require(found, sealing, place, old);
      return sealed(sealing, both.slice(sealing.columns.length + 1));
    });
    // Temporary ones, because the file itself must open where nobody knows these functions.
    writer.pragma('temp_store = MEMORY');
    for (const { triggers } of SEALED) writer.exec(triggers);
  }

  #isKnown(place: string, values: readonly unknown[]): boolean {
    const known = this.#known.get(place);
    return known?.every((value, index) => value === values[index]) ?? false;
  }

  #require(found: unknown, sealing: Sealing, place: string, values: readonly unknown[]): void {
    const isWhole = typeof found === 'string' && this.#seal?.fits(textOf(sealing, values), found);
    if (!isWhole) throw new DamagedData(sealing.name);
    this.#remember(place, values);
  }

  /** Of a change that is rolled back, too: what was sealed once was not made up by anybody else. */
  #remember(place: string, values: readonly unknown[]): void {
    if (this.#known.size >= KNOWN) this.#known.clear();
    this.#known.set(place, values);
  }
}
