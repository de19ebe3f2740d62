import type { InferSelectModel } from 'drizzle-orm';
import type { Db } from './database.ts';
import { type SealedTable, sealingFor } from './sealed-tables.ts';
import type { Seals } from './seals.ts';

type Row<T extends SealedTable> = Readonly<Omit<InferSelectModel<T>, 'seal'>>;

/**
 * The row that has a value in a unique column, shown to be whole. For what each call begins with: a row that was met
 * before is compared, not mapped, and given out again.
 */
export function lookUp<T extends SealedTable, K extends string & keyof Row<T>>(
  db: Db,
  seals: Seals,
  table: T,
  key: K,
): (value: Row<T>[K]) => Row<T> | null {
  const sealing = sealingFor(table);
  const at = sealing.columns.findIndex((column) => column.key === key);
  const source = `${sealing.selection} WHERE ${sealing.columns[at]?.name} = ?`;
  const find = db.$client.prepare<[unknown], unknown[]>(source).raw();
  return (value) => {
    const found = find.get(value);
    return found === undefined ? null : (seals.whole(sealing, found, at, value) as Row<T>);
  };
}

/** What is made of a row, made once for as long as the same row is given out. */
export function madeOnce<R extends object, D>(make: (row: R) => D): (row: R) => D {
  const made = new WeakMap<R, D>();
  return (row) => {
    const before = made.get(row);
    if (before !== undefined) return before;
    const now = make(row);
    made.set(row, now);
    return now;
  };
}
