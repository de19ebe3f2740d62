import { join } from 'node:path';
import Database from 'better-sqlite3';
import type { Policy } from '../../../src-main/domain/policy.ts';
import type { Engine } from '../../support/engine.ts';

type Row = Record<string, unknown>;
export type Dump = Readonly<Record<string, readonly Row[]>>;

/** Columns that count wrong answers: a refusal may raise them. */
const COUNTERS: Readonly<Record<string, readonly string[]>> = {
  accounts: ['failures', 'locked_until', 'tries_in_lock'],
  people: ['locked_until'],
  challenges: ['tries', 'last_wrong_mac'],
  pending_sign_ins: ['recovery_tries'],
};

/** Every row of every table except the audit, read behind the engine's back; without what counts wrong answers. */
export function dumpOf(engine: Engine, { counters = false } = {}): Dump {
  return withDatabase(engine, (database) => {
    const tables = database.prepare<[], { name: string }>(
      "select name from sqlite_master where type = 'table' and name not like 'sqlite_%' and name <> 'audit'",
    );
    const hidden = (table: string) => (counters ? [] : (COUNTERS[table] ?? []));
    return Object.fromEntries(
      tables.all().map(({ name }) => {
        const rows = database.prepare<[], Row>(`select * from "${name}" order by 1, 2`).all();
        return [name, rows.map((row) => without(row, hidden(name)))];
      }),
    );
  });
}

/** What an act changed: a table's name for each table that looks different. */
export function changedTables(before: Dump, after: Dump): string[] {
  return Object.keys(after).filter((table) => JSON.stringify(before[table]) !== JSON.stringify(after[table]));
}

/** A further policy version, put in force from elsewhere: no procedure of this build writes one yet. */
export function enforcePolicy(engine: Engine, change: Partial<Policy>): void {
  withDatabase(engine, (database) => {
    const newest = database.prepare<[], { version: number; policy: string }>(
      'select version, policy from policies order by version desc limit 1',
    );
    const { version, policy } = newest.get() ?? { version: 0, policy: '{}' };
    const changed = JSON.stringify({ ...JSON.parse(policy), ...change });
    const add = database.prepare('insert into policies (version, policy, created_at) values (?, ?, ?)');
    add.run(version + 1, changed, engine.clock.now());
  });
}

function withDatabase<T>({ folder }: Engine, work: (database: Database.Database) => T): T {
  const database = new Database(join(folder, 'vestibule.db'));
  try {
    return work(database);
  } finally {
    database.close();
  }
}

function without(row: Row, columns: readonly string[]): Row {
  return Object.fromEntries(Object.entries(row).filter(([column]) => !columns.includes(column)));
}
