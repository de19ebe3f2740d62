import type { Database } from 'better-sqlite3';
import { DamagedData } from '../../domain/damaged-data.ts';
import type { RowSeal } from '../../ports/vault.ts';
import {
  hasValues,
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

/** Shows of each row that it is as it was written: one seal over all its values, in its column `seal`. */
export interface Seals {
  /**
   * A row as it was read, without its seal, once it is shown to be whole and the one that was asked for: a damaged index
   * leads to others.
   * @param sought what it was looked up by
   * @throws {DamagedData}
   */
  checked<R extends { readonly seal: string | null }>(table: SealedTable, row: R, sought: Partial<R>): Omit<R, 'seal'>;
}

type SealAndCheck = Pick<RowSeal, 'of' | 'fits'>;

interface Known {
  readonly sealing: Sealing;
  readonly values: readonly unknown[];
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
      if (!this.#isKnown(found, sealing, old)) this.#require(found, sealing, old);
      return sealed(sealing, both.slice(sealing.columns.length));
    });
    // Temporary ones, because the file itself must open where nobody knows these functions.
    writer.pragma('temp_store = MEMORY');
    for (const { triggers } of SEALED) writer.exec(triggers);
  }

  #isKnown(found: unknown, sealing: Sealing, values: readonly unknown[]): boolean {
    const known = typeof found === 'string' ? this.#known.get(found) : undefined;
    return known?.sealing === sealing && known.values.every((value, index) => value === values[index]);
  }

  #require(found: unknown, sealing: Sealing, values: readonly unknown[]): void {
    if (typeof found !== 'string' || !this.#seal?.fits(textOf(sealing, values), found)) {
      throw new DamagedData(sealing.name);
    }
    this.#remember(found, { sealing, values });
  }

  /** Of a change that is rolled back, too: what was sealed once was not made up by anybody else. */
  #remember(seal: string, known: Known): void {
    if (this.#known.size >= KNOWN) this.#known.clear();
    this.#known.set(seal, known);
  }
}
