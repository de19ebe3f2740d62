import { cp, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { verifyChain } from '../../src-main/domain/audit-chain.ts';
import type { Act } from '../kill/acts.ts';
import { ROUND, setUp } from '../kill/acts.ts';
import { openLetter, openWorld, type World } from '../kill/world.ts';

export const DATABASE = 'vestibule.db';

/** A workspace after half a day of one member: accounts, factors, codes used and unused, sessions, letters, audit. */
export async function halfADay(folder: string): Promise<World> {
  const world = await openWorld(folder);
  const acts: Act[] = [setUp, ...ROUND.slice(0, 6)];
  for (const act of acts) await act(world);
  return world;
}

/** The folder as a power cut would leave it: the newest changes are in the write-ahead log only. */
export async function copyOfRunning(folder: string, to: string): Promise<void> {
  await cp(folder, to, { recursive: true, filter: (source) => !source.endsWith('-shm') });
}

export type Rows = Readonly<Record<string, readonly unknown[]>>;

/** Every row of every table, as SQLite reads it. */
export function rowsIn(folder: string): Rows {
  const database = new Database(join(folder, DATABASE), { readonly: true });
  try {
    const tables = database
      .prepare("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name")
      .pluck()
      .all() as string[];
    return Object.fromEntries(tables.map((name) => [name, database.prepare(`SELECT * FROM "${name}"`).all()]));
  } finally {
    database.close();
  }
}

/** What came of opening a damaged folder. */
export type Found =
  | { readonly kind: 'refused'; readonly error: string; readonly message: string; readonly untouched: boolean }
  | { readonly kind: 'opened'; readonly changed: readonly string[] };

/** What is wrong in tables that decide nothing, and is found where they are used. */
const LOCATED = ['audit', 'outbox'];

/** Opens the folder as a start does. What opened must hold what was written, but for what shows its damage itself. */
export async function openDamaged(folder: string, written: Rows): Promise<Found> {
  const file = join(folder, DATABASE);
  const before = await readFile(file);
  let world: World;
  try {
    world = await openWorld(folder);
  } catch (error) {
    const { name, message } = error as Error;
    return { kind: 'refused', error: name, message, untouched: before.equals(await readFile(file)) };
  }
  try {
    const now = rowsIn(folder);
    const differs = (table: string) => JSON.stringify(now[table]) !== JSON.stringify(written[table]);
    const changed = Object.keys(written).filter(differs);
    const located = await Promise.all(
      changed.map((table) => LOCATED.includes(table) && isLocated(table, world, now, written)),
    );
    return { kind: 'opened', changed: changed.filter((_, index) => !located[index]) };
  } finally {
    await world.sqlite.close();
  }
}

/** Whether the damage of a table shows: the chain breaks where it is, a letter does not open. */
async function isLocated(table: string, { sqlite, vault }: World, now: Rows, written: Rows): Promise<boolean> {
  if (table === 'audit') {
    const entries = await sqlite.read((tx) => tx.audit.list(0, 1_000)).catch(() => null);
    return entries === null || verifyChain(entries) !== null || entries.length < (written.audit?.length ?? 0);
  }
  const before = (written.outbox ?? []) as StoredLetter[];
  const after = (now.outbox ?? []) as StoredLetter[];
  return before.length === after.length && after.every((letter, index) => isSameOrShut(vault, letter, before[index]));
}

interface StoredLetter {
  readonly id: string;
  readonly account_id: string;
  readonly sealed: string | null;
}

/** When and how often a letter is tried may be damaged; what it says and whom it goes to may not. */
function isSameOrShut(vault: World['vault'], letter: StoredLetter, before: StoredLetter | undefined): boolean {
  const { id, account_id, sealed } = letter;
  if (id === before?.id && account_id === before.account_id && sealed === before.sealed) return true;
  try {
    openLetter(vault, { id, accountId: account_id, sealed });
    return false;
  } catch {
    return true;
  }
}
