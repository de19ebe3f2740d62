import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import { connect } from '../../../src-main/adapters/sqlite/connect.ts';
import { CorruptDatabase, NewerSchema } from '../../../src-main/adapters/sqlite/errors.ts';
import { MIGRATIONS, type Migration } from '../../../src-main/adapters/sqlite/migrations.ts';
import { openSqliteStore } from '../../../src-main/adapters/sqlite/open-store.ts';
import { account, factor } from '../../ports/store/samples.ts';
import { freshFolder } from '../../support/open-test-store.ts';

const NOON = Date.UTC(2026, 0, 2, 12);
const ONE_MORE: Migration = { name: 'pets', sql: 'CREATE TABLE pets (name text NOT NULL) STRICT;' };
/** What drizzle-kit writes when a CHECK changes: the table is built anew and the old one dropped. */
const REBUILT: Migration = {
  name: 'rebuilt',
  sql: `PRAGMA foreign_keys=OFF;--> statement-breakpoint
    CREATE TABLE __new_accounts AS SELECT * FROM accounts;--> statement-breakpoint
    DROP TABLE accounts;--> statement-breakpoint
    ALTER TABLE __new_accounts RENAME TO accounts;--> statement-breakpoint
    CREATE UNIQUE INDEX accounts_id ON accounts (id);--> statement-breakpoint
    CREATE UNIQUE INDEX accounts_email_key ON accounts (email_key);--> statement-breakpoint
    PRAGMA foreign_keys=ON;`,
};

async function opening(folder: string, ...more: Migration[]) {
  return openSqliteStore({
    file: join(folder, 'vestibule.db'),
    backupsFolder: join(folder, 'backups'),
    now: () => NOON,
    migrations: [...MIGRATIONS, ...more],
  });
}

/** A closed database of the present version, with Ada and her factor in it. */
async function filledFolder(): Promise<string> {
  const folder = await freshFolder();
  const store = await opening(folder);
  await store.transaction(async (tx) => {
    await tx.accounts.add(account());
    await tx.factors.add(factor());
  });
  await store.close();
  return folder;
}

async function contentOf(folder: string) {
  const names = (await readdir(folder)).sort();
  const files = names.filter((name) => name.startsWith('vestibule.db'));
  return {
    names,
    bytes: await Promise.all(files.map(async (name) => (await readFile(join(folder, name))).toString('hex'))),
  };
}

function ask(file: string, sql: string): unknown {
  const database = new Database(file, { readonly: true });
  try {
    return database.prepare(sql).pluck().get();
  } finally {
    database.close();
  }
}

test('a new database makes no backup, nor does one that is up to date', async () => {
  const folder = await filledFolder();
  await (await opening(folder)).close();
  expect(await readdir(folder)).toEqual(['vestibule.db']);
});

test('before an existing database is migrated, a consistent copy is kept for its owner', async () => {
  const folder = await filledFolder();
  await (await opening(folder, ONE_MORE)).close();
  const [copy, ...others] = await readdir(join(folder, 'backups'));
  expect(others).toEqual([]);
  expect(copy).toBe(`vestibule-2026-01-02T12-00-00.000Z-schema-${MIGRATIONS.length}.db`);
  const backup = join(folder, 'backups', copy ?? '');
  expect((await stat(backup)).mode & 0o777).toBe(0o600);
  expect((await stat(join(folder, 'backups'))).mode & 0o777).toBe(0o700);
  expect(ask(backup, 'PRAGMA integrity_check')).toBe('ok');
  expect(ask(backup, 'SELECT name FROM accounts')).toBe('Ada Lovelace');
  expect(ask(backup, "SELECT count(*) FROM sqlite_schema WHERE name = 'pets'")).toBe(0);
  expect(ask(join(folder, 'vestibule.db'), 'SELECT count(*) FROM pets')).toBe(0);
});

test('a backup opens as a database of its version', async () => {
  const folder = await filledFolder();
  await (await opening(folder, ONE_MORE)).close();
  const [copy] = await readdir(join(folder, 'backups'));
  const file = join(folder, 'backups', copy ?? '');
  const restored = await openSqliteStore({ file, backupsFolder: join(folder, 'more'), now: () => NOON });
  expect(await restored.read((tx) => tx.accounts.find('ada'))).toEqual(account());
  await restored.close();
});

test('the backup holds what only the write-ahead log had', async () => {
  const folder = await freshFolder();
  const file = join(folder, 'vestibule.db');
  const { writer, reader } = await connect({ file, backupsFolder: join(folder, 'backups'), now: () => NOON });
  writer.exec("INSERT INTO workspace (id, name, template, created_at) VALUES (1, 'Unsaved', 'strong', 0)");
  const upgraded = await opening(folder, ONE_MORE);
  await upgraded.close();
  reader.close();
  writer.close();
  const [copy] = await readdir(join(folder, 'backups'));
  expect(ask(join(folder, 'backups', copy ?? ''), 'SELECT name FROM workspace')).toBe('Unsaved');
});

test('rebuilding a table loses none of the rows that refer to it', async () => {
  const folder = await filledFolder();
  const store = await opening(folder, REBUILT);
  expect(await store.read((tx) => tx.factors.listFor('ada'))).toEqual([factor()]);
  await store.close();
});

test('S73 several steps apply all or none: a failing one leaves the database as it was', async () => {
  const folder = await filledFolder();
  const failing: Migration = {
    name: 'failing',
    sql: 'CREATE TABLE more (id text) STRICT; INSERT INTO nowhere VALUES (1);',
  };
  await expect(opening(folder, ONE_MORE, failing)).rejects.toThrow('nowhere');
  const store = await opening(folder);
  expect(await store.read((tx) => tx.accounts.find('ada'))).toEqual(account());
  await store.close();
  expect(ask(join(folder, 'vestibule.db'), "SELECT count(*) FROM sqlite_schema WHERE name IN ('pets', 'more')")).toBe(
    0,
  );
});

test('a step that leaves rows referring to nothing is refused', async () => {
  const folder = await filledFolder();
  const careless: Migration = { name: 'careless', sql: 'DELETE FROM accounts;' };
  await expect(opening(folder, careless)).rejects.toThrow(CorruptDatabase);
  const store = await opening(folder);
  expect(await store.read((tx) => tx.factors.listFor('ada'))).toEqual([factor()]);
  await store.close();
});

test('a database from a newer version is refused and nothing on disk changes', async () => {
  const folder = await filledFolder();
  await (await opening(folder, ONE_MORE)).close();
  const before = await contentOf(folder);
  const refused = opening(folder);
  await expect(refused).rejects.toThrow(NewerSchema);
  await expect(refused).rejects.toMatchObject({ found: MIGRATIONS.length + 1, known: MIGRATIONS.length });
  expect(await contentOf(folder)).toEqual(before);
});

test('a newer version that stands only in the write-ahead log is seen too, and the database stays as it is', async () => {
  const folder = await filledFolder();
  const file = join(folder, 'vestibule.db');
  const newer = new Database(file);
  newer.pragma('journal_mode = WAL');
  newer.pragma('user_version = 99');
  const before = await readFile(file);
  await expect(opening(folder)).rejects.toMatchObject({ name: 'NewerSchema', found: 99 });
  expect(before.equals(await readFile(file))).toBe(true);
  newer.close();
});

test('after all migrations no row refers to nothing and the pages are whole', async () => {
  const file = join(await filledFolder(), 'vestibule.db');
  expect(ask(file, 'PRAGMA foreign_key_check')).toBe(undefined);
  expect(ask(file, 'PRAGMA integrity_check')).toBe('ok');
  expect(ask(file, 'PRAGMA user_version')).toBe(MIGRATIONS.length);
});
