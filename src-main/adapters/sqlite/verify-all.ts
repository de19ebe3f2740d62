import type { Database } from 'better-sqlite3';
import { DamagedData } from '../../domain/damaged-data.ts';
import type { RowSeal } from '../../ports/vault.ts';
import { SEALED, sealingNamed, textOf } from './sealed-tables.ts';

/** Holds every row against its seal. @throws {DamagedData} */
export function verifyAll(connection: Database, seal: Pick<RowSeal, 'fits'>): void {
  for (const sealing of SEALED) {
    for (const row of connection.prepare(sealing.listing).raw().iterate() as Iterable<unknown[]>) {
      const found = row.pop();
      if (typeof found !== 'string' || !seal.fits(textOf(sealing, row), found)) throw new DamagedData(sealing.name);
    }
  }
}

/** Seals what is there as it stands, all or none. */
export function sealAll(writer: Database, seal: Pick<RowSeal, 'of'>): void {
  writer.function('seal_row', { varargs: true }, (name: unknown, ...values: unknown[]) =>
    seal.of(textOf(sealingNamed(name), values)),
  );
  writer.transaction(() => {
    for (const { filling } of SEALED) writer.exec(filling);
  })();
}
