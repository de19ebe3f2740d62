import type { Database } from 'better-sqlite3';
import { DamagedData } from '../../domain/damaged-data.ts';
import type { RowSeal } from '../../ports/vault.ts';
import {
  hasValues,
  type ReadRow,
  rowOf,
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

/** Shows of each row that it is as it was written: one seal over all its values, in its column `seal`. */
export interface Seals {
  /**
   * A row as it was read, without its seal, once it is shown to be whole and the one that was asked for: a damaged index
   * leads to others.
   * @param sought what it was looked up by
   * @throws {DamagedData}
   */
  checked<R extends { readonly seal: string | null }>(table: SealedTable, row: R, sought: Partial<R>): Omit<R, 'seal'>;
  /**
   * The same from values and seal as a `selection` gives them. A row that is known is not made anew: nobody may change it.
   * @param at which of the columns it was looked up by @param sought with what
   * @throws {DamagedData}
   */
  whole(sealing: Sealing, found: readonly unknown[], at: number, sought: unknown): ReadRow;
}

type SealAndCheck = Pick<RowSeal, 'of' | 'fits'>;

interface Known {
  readonly sealing: Sealing;
  readonly values: readonly unknown[];
  /** Made when it is first asked for. */
  row?: ReadRow;
}

/** The seals of one store. Before `begin` rows are only held against what was sought: nobody has the key yet. */
export class RowSeals implements Seals {
  /** By seal, what it was found to be over. */
  readonly #known = new Map<string, Known>();
  #seal: SealAndCheck | null = null;

  checked<R extends { readonly seal: string | null }>(table: SealedTable, row: R, sought: Partial<R>): Omit<R, 'seal'> {
    const sealing = sealingFor(table);
    for (const column in sought) {
      if (row[column] !== sought[column]) throw new DamagedData(sealing.name);
    }
    const { seal, ...rest } = row;
    if (this.#seal === null) return rest;
    const known = seal === null ? undefined : this.#known.get(seal);
    const isKnown = known?.sealing === sealing && hasValues(sealing, row as ReadRow, known.values);
    if (!isKnown) this.#require(seal, sealing, valuesOf(sealing, row as ReadRow));
    return rest;
  }

  whole(sealing: Sealing, found: readonly unknown[], at: number, sought: unknown): ReadRow {
    if (found[at] !== sought) throw new DamagedData(sealing.name);
    if (this.#seal === null) return rowOf(sealing, found);
    const seal = found[sealing.columns.length];
    const known = this.#knownAs(seal, sealing, found) ?? this.#require(seal, sealing, found.slice(0, -1));
    known.row ??= rowOf(sealing, known.values);
    return known.row;
  }

  /** From now on every row is checked when it is read or changed, and sealed when it is written. */
  begin(writer: Database, seal: SealAndCheck): void {
    this.#seal = seal;
    const sealed = (sealing: Sealing, values: readonly unknown[]) => {
      const made = seal.of(textOf(sealing, values));
      this.#remember(made, { sealing, values });
      return made;
    };
    writer.function('seal_row', { varargs: true }, (name: unknown, ...values: unknown[]) =>
      sealed(sealingNamed(name), values),
    );
    // The old values come first: whoever altered them must not have them sealed anew by a change to another.
    writer.function('reseal_row', { varargs: true }, (name: unknown, found: unknown, ...both: unknown[]) => {
      const sealing = sealingNamed(name);
      const old = both.slice(0, sealing.columns.length);
      if (!this.#knownAs(found, sealing, old)) this.#require(found, sealing, old);
      return sealed(sealing, both.slice(sealing.columns.length));
    });
    // Temporary ones, because the file itself must open where nobody knows these functions.
    writer.pragma('temp_store = MEMORY');
    for (const { triggers } of SEALED) writer.exec(triggers);
  }

  /** @param values in the order of the columns, whatever comes after them */
  #knownAs(found: unknown, sealing: Sealing, values: readonly unknown[]): Known | null {
    const known = typeof found === 'string' ? this.#known.get(found) : undefined;
    if (known?.sealing !== sealing) return null;
    for (let index = 0; index < known.values.length; index += 1) {
      if (known.values[index] !== values[index]) return null;
    }
    return known;
  }

  #require(found: unknown, sealing: Sealing, values: readonly unknown[]): Known {
    if (typeof found !== 'string' || !this.#seal?.fits(textOf(sealing, values), found)) {
      throw new DamagedData(sealing.name);
    }
    return this.#remember(found, { sealing, values });
  }

  /** Of a change that is rolled back, too: what was sealed once was not made up by anybody else. */
  #remember(seal: string, known: Known): Known {
    if (this.#known.size >= KNOWN) this.#known.clear();
    this.#known.set(seal, known);
    return known;
  }
}
