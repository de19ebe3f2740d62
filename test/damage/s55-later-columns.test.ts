import { join } from 'node:path';
import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import { connect } from '../../src-main/adapters/sqlite/connect.ts';
import { MIGRATIONS } from '../../src-main/adapters/sqlite/migrations.ts';
import { openSqliteStore } from '../../src-main/adapters/sqlite/open-store.ts';
import { accounts } from '../../src-main/adapters/sqlite/schema.ts';
import { sealingFor, textOf } from '../../src-main/adapters/sqlite/sealed-tables.ts';
import { sealUnder } from '../../src-main/adapters/vault/row-seal.ts';
import { freshFolder } from '../support/open-test-store.ts';

/** The schema under which rows first carried their seals. */
const FIRST_WITH_SEALS = 6;
const { of, fits } = sealUnder([new Uint8Array(32).fill(7)]);

/** Rows of that schema. */
const ROWS: Record<string, Record<string, unknown>> = {
  workspace: { id: 1, name: 'Kept', template: 'strong', created_at: 1 },
  policies: { version: 1, policy: '{}', created_at: 1, required_since: null },
  accounts: {
    id: 'ada',
    name: 'Ada',
    email: 'ada@example.org',
    email_key: 'ada@example.org',
    role: 'owner',
    phone: null,
    password_hash: 'hash',
    password_changed_at: 1,
    two_step: 'active',
    epoch: 1,
    failures: 0,
    locked_until: 0,
    tries_in_lock: 0,
    created_at: 1,
    allowlist: '[]',
  },
  factors: { id: 'mail', account_id: 'ada', method: 'email', name: 'Email', preferred: 1, created_at: 1 },
  groups: { id: 'all', name: 'All', name_key: 'all', created_at: 1 },
  group_members: { group_id: 'all', account_id: 'ada' },
};

/** The seal as that schema had it: the table's name, then names and values in the order of the names, without empty ones. */
function sealOf(table: string, row: Record<string, unknown>): string {
  const present = Object.keys(row).filter((name) => row[name] !== null);
  return of(JSON.stringify([table, ...present.sort().flatMap((name) => [name, row[name]])]));
}

test('S55 seals of the first schema that had them fit after every migration since', async () => {
  const file = join(await freshFolder(), 'vestibule.db');
  const options = { file, backupsFolder: join(file, '../backups'), now: () => 0 };
  const older = await connect({ ...options, migrations: MIGRATIONS.slice(0, FIRST_WITH_SEALS) });
  older.reader.close();
  older.writer.close();
  const database = new Database(file);
  for (const [table, row] of Object.entries(ROWS)) {
    const sealed = { ...row, seal: sealOf(table, row) };
    const names = Object.keys(sealed);
    database.prepare(`INSERT INTO ${table} (${names}) VALUES (${names.map((name) => `@${name}`)})`).run(sealed);
  }
  database.close();
  const store = await openSqliteStore(options);
  await store.sealRows({ of, fits, isInForce: true, bringIntoForce: async () => undefined });
  expect(await store.read((tx) => tx.accounts.find('ada'))).toMatchObject({ name: 'Ada' });
  await store.close();
});

test('S55 a further column changes nothing while it is empty, and everything once it is not; its place does not matter', () => {
  const now = sealingFor(accounts);
  const added = { key: 'added', name: 'added', toRaw: null, fromRaw: null };
  const later = { ...now, columns: [added, ...now.columns] };
  const values = now.columns.map(({ name }) => (name === 'phone' ? null : name));
  expect(textOf(later, [null, ...values])).toBe(textOf(now, values));
  expect(textOf(later, ['', ...values])).not.toBe(textOf(now, values));
});

test('S55 no two rows share what their seals are over, however names and values are cut', () => {
  const column = (name: string) => ({ key: name, name, toRaw: null, fromRaw: null });
  const table = { ...sealingFor(accounts), columns: [column('a'), column('b')] };
  const rows = [
    [null, 'x'],
    ['x', null],
    ['b', 'x'],
    ['b","x', null],
    [1, null],
    ['1', null],
    [null, null],
  ];
  expect(new Set(rows.map((row) => textOf(table, row))).size).toBe(rows.length);
});
