import type { Database } from 'better-sqlite3';
import { DamagedData } from '../../domain/damaged-data.ts';
import type { RowSeal } from '../../ports/vault.ts';
import { SEALED } from './sealed-tables.ts';

/**
 * Holds every row against its seal, and every seal against its row. Where there is no seal at all in a workspace that is
 * older than they are, `unsealed` is called instead.
 * @throws {DamagedData}
 */
export function verifyAll(connection: Database, seal: RowSeal, unsealed: () => void): void {
  const seals = connection.prepare('SELECT count(*) FROM seals').pluck().get();
  if (seals === 0 && !seal.fromTheFirst) {
    unsealed();
    return;
  }
  let rows = 0;
  for (const { name, listing } of SEALED) {
    for (const row of connection.prepare(listing).raw().iterate() as Iterable<unknown[]>) {
      const found = row.pop();
      if (typeof found !== 'string' || !seal.fits(JSON.stringify(row), found)) throw new DamagedData(name);
      rows += 1;
    }
  }
  if (rows !== seals) throw new DamagedData('seals');
}

/** Seals what is there as it stands, all or none. */
export function sealAll(writer: Database, seal: RowSeal): void {
  writer.function('seal_row', { varargs: true }, (...values: unknown[]) => seal.of(JSON.stringify(values)));
  writer.transaction(() => {
    for (const { filling } of SEALED) writer.exec(filling);
  })();
}
