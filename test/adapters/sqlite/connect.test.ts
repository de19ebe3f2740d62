import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { drizzle } from 'drizzle-orm/better-sqlite3';
import { expect, onTestFinished, test } from 'vitest';
import { type Connections, connect, requireNodeApi } from '../../../src-main/adapters/sqlite/connect.ts';
import { CorruptDatabase, UnsupportedRuntime } from '../../../src-main/adapters/sqlite/errors.ts';
import { rowsOn } from '../../../src-main/adapters/sqlite/rows.ts';
import { RowSeals } from '../../../src-main/adapters/sqlite/seals.ts';
import { vaultKeyRows } from '../../../src-main/adapters/sqlite/vault-keys.ts';
import { freshFolder } from '../../support/open-test-store.ts';

async function connectIn(folder: string): Promise<Connections> {
  const file = join(folder, 'vestibule.db');
  const connections = await connect({ file, backupsFolder: join(folder, 'backups'), now: () => 0 });
  onTestFinished(() => {
    connections.reader.close();
    connections.writer.close();
  });
  return connections;
}

test('every table is STRICT', async () => {
  const { reader } = await connectIn(await freshFolder());
  const tables = reader.pragma('table_list') as { name: string; type: string; strict: number }[];
  const own = tables.filter(({ name, type }) => type === 'table' && !name.startsWith('sqlite_'));
  expect(own.map(({ name }) => name).sort()).toEqual([
    'accounts',
    'audit',
    'challenges',
    'connections',
    'exceptions',
    'factors',
    'group_members',
    'groups',
    'job_pieces',
    'jobs',
    'name_folds',
    'one_time_codes',
    'outbox',
    'pending_sign_ins',
    'people',
    'people_counts',
    'policies',
    'recovery_codes',
    'roles',
    'sessions',
    'trusted_devices',
    'vault_keys',
    'workspace',
  ]);
  expect(own.filter(({ strict }) => strict !== 1)).toEqual([]);
});

test('S75 commits reach the disk before they are answered, deleted rows are overwritten, references hold', async () => {
  const { writer, reader } = await connectIn(await freshFolder());
  const settings = (connection: Database.Database, names: string[]) =>
    Object.fromEntries(names.map((name) => [name, connection.pragma(name, { simple: true })]));
  expect(
    settings(writer, ['journal_mode', 'synchronous', 'fullfsync', 'foreign_keys', 'trusted_schema', 'secure_delete']),
  ).toEqual({
    journal_mode: 'wal',
    synchronous: 2,
    fullfsync: 1,
    foreign_keys: 1,
    trusted_schema: 0,
    secure_delete: 1,
  });
  expect(settings(reader, ['journal_mode', 'trusted_schema'])).toEqual({ journal_mode: 'wal', trusted_schema: 0 });
  expect(reader.readonly).toBe(true);
});

test('what goes with an account goes, its audit entries stay', async () => {
  const { writer } = await connectIn(await freshFolder());
  const cascading = writer
    .prepare(
      `SELECT t.name AS child, k."on_delete" AS rule FROM pragma_table_list t, pragma_foreign_key_list(t.name) k
       WHERE k."table" = 'accounts' ORDER BY t.name`,
    )
    .all();
  expect(cascading).toEqual(
    [
      'challenges',
      'exceptions',
      'factors',
      'group_members',
      'one_time_codes',
      'outbox',
      'pending_sign_ins',
      'people',
      'recovery_codes',
      'sessions',
      'trusted_devices',
    ].map((child) => ({ child, rule: 'CASCADE' })),
  );
});

test('no look-up of the port reads a whole table', async () => {
  const { writer } = await connectIn(await freshFolder());
  const statements: string[] = [];
  const prepare = writer.prepare.bind(writer);
  writer.prepare = ((source: string) => {
    statements.push(source);
    return prepare(source);
  }) as typeof writer.prepare;
  const db = drizzle(writer, { casing: 'snake_case' });
  rowsOn(db, new RowSeals());
  vaultKeyRows(db);

  const own = statements.filter((source) => !/:\w/.test(source)); // the impact's are in a test of their own
  const scans = own.flatMap((source) => {
    const slots = Array.from(source.matchAll(/\?/g), () => null);
    const plan = prepare(`EXPLAIN QUERY PLAN ${source}`).all(...slots) as { detail: string }[];
    return plan.filter(({ detail }) => detail.startsWith('SCAN')).map(({ detail }) => `${detail} for ${source}`);
  });
  expect(own.length).toBeGreaterThan(50);
  expect(scans).toEqual([
    expect.stringMatching(/^SCAN policies .* order by .* desc$/), // by its key, one row
    expect.stringMatching(/^SCAN accounts USING INDEX accounts_privileged/), // those few alone
    expect.stringMatching(/^SCAN accounts .* order by/), // everyone, by the nature of the question
    expect.stringMatching(/^SCAN people_counts .* sum/), // some dozens of counters, however many people there are
    expect.stringMatching(/^SCAN roles/), // five at most
    expect.stringMatching(/^SCAN groups USING INDEX groups_name/), // all, as the question is
    expect.stringMatching(/^SCAN exceptions .* order by/), // all, as the question is
    expect.stringMatching(/^SCAN audit .* order by .* desc$/), // by its key, one row
    expect.stringMatching(/^SCAN vault_keys/), // a handful
  ]);
});

test('the database is readable by its owner only, its companions too', async () => {
  const folder = await freshFolder();
  await connectIn(folder);
  const files = await readdir(folder);
  expect(files.sort()).toEqual(['vestibule.db', 'vestibule.db-shm', 'vestibule.db-wal']);
  for (const name of files) expect((await stat(join(folder, name))).mode & 0o777).toBe(0o600);
});

test('an empty file, as a crash at first start may leave it, is a new database', async () => {
  const folder = await freshFolder();
  await writeFile(join(folder, 'vestibule.db'), '');
  const { reader } = await connectIn(folder);
  expect(reader.prepare('SELECT count(*) FROM accounts').pluck().get()).toBe(0);
});

test.each([
  ['text', async (file: string) => writeFile(file, 'This is not a database. '.repeat(100)), 'not a database'],
  ['a cut header', async (file: string) => writeFile(file, 'SQLite format 3\0 and no more'), 'not a database'],
  ['another program’s database', async (file: string) => foreignDatabase(file), 'of another program'],
  ['a database cut short', async (file: string) => cutShort(file), 'damaged'],
  ['a database with an overwritten page', async (file: string) => overwritten(file), 'damaged'],
])('S76 %s is refused, and left as it is', async (_, make, reason) => {
  const folder = await freshFolder();
  const file = join(folder, 'vestibule.db');
  await make(file);
  const before = await readFile(file);
  const opening = connectIn(folder);
  await expect(opening).rejects.toThrow(CorruptDatabase);
  await expect(opening).rejects.toThrow(reason);
  expect(before.equals(await readFile(file))).toBe(true);
});

test('a folder that is not there, or a folder in the database’s place, is an error, not a crash', async () => {
  const folder = await freshFolder();
  await expect(connectIn(join(folder, 'missing'))).rejects.toThrow('ENOENT');
  await mkdir(join(folder, 'vestibule.db'));
  await expect(connectIn(folder)).rejects.toThrow('EISDIR');
});

test('a runtime without Node-API 10 is refused before the library can crash it', () => {
  expect(() => requireNodeApi('10')).not.toThrow();
  for (const version of ['9', '8', undefined]) expect(() => requireNodeApi(version)).toThrow(UnsupportedRuntime);
});

function foreignDatabase(file: string): void {
  const database = new Database(file);
  database.exec('CREATE TABLE notes (text)');
  database.close();
}

async function wholeDatabase(file: string): Promise<Buffer> {
  const { writer, reader } = await connect({ file, backupsFolder: '', now: () => 0 });
  reader.close();
  writer.close();
  return readFile(file);
}

async function cutShort(file: string): Promise<void> {
  const whole = await wholeDatabase(file);
  await writeFile(file, whole.subarray(0, whole.length / 2));
}

async function overwritten(file: string): Promise<void> {
  const whole = await wholeDatabase(file);
  await writeFile(file, whole.fill(0xff, 200, 4096));
}
