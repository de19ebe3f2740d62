import { join } from 'node:path';
import Database from 'better-sqlite3';
import { beforeEach, expect, onTestFinished, test } from 'vitest';
import { type Connections, connect } from '../../../src-main/adapters/sqlite/connect.ts';
import { type SqliteStore, storeOver } from '../../../src-main/adapters/sqlite/sqlite-store.ts';
import { account, factor } from '../../ports/store/samples.ts';
import { freshFolder } from '../../support/open-test-store.ts';

let file: string;
let connections: Connections;
let store: SqliteStore;

beforeEach(async () => {
  const folder = await freshFolder();
  file = join(folder, 'vestibule.db');
  connections = await connect({ file, backupsFolder: join(folder, 'backups'), now: () => 0 });
  store = storeOver(connections.writer, connections.reader);
  onTestFinished(() => store.close());
});

const accountsLeft = () => store.read((tx) => tx.accounts.count());

test('S73 a commit that fails is rolled back, reported, and does not poison the next transaction', async () => {
  const failing = store.transaction(async (tx) => {
    connections.writer.pragma('defer_foreign_keys = ON');
    await tx.accounts.add(account());
    await tx.factors.add(factor({ accountId: 'nobody' }));
  });
  await expect(failing).rejects.toThrow('FOREIGN KEY');
  expect(connections.writer.inTransaction).toBe(false);
  expect(await accountsLeft()).toBe(0);
  await store.transaction((tx) => tx.accounts.add(account()));
  expect(await accountsLeft()).toBe(1);
});

test('S73 a full disk, at whichever write it strikes, leaves nothing half done', async () => {
  const { writer } = connections;
  const pages = () => writer.pragma('page_count', { simple: true }) as number;
  const accounts = Array.from({ length: 12 }, (_, index) => account({ id: `${index}`, name: 'n'.repeat(3_000) }));
  const addAll = () =>
    store.transaction(async (tx) => {
      for (const each of accounts) await tx.accounts.add(each);
    });
  const empty = pages();
  for (let room = 0; room < 8; room += 1) {
    writer.pragma(`max_page_count = ${empty + room}`);
    await expect(addAll()).rejects.toThrow('full');
    expect(writer.inTransaction).toBe(false);
    expect(await accountsLeft()).toBe(0);
  }
  writer.pragma('max_page_count = 4294967294');
  await addAll();
  expect(await accountsLeft()).toBe(12);
});

test('S73 work that swallows the database’s own rollback does not pass for committed', async () => {
  const swallowing = store.transaction(async (tx) => {
    await tx.accounts.add(account());
    connections.writer.exec('ROLLBACK');
    return 'all is well';
  });
  await expect(swallowing).rejects.toThrow('rolled back');
  expect(await accountsLeft()).toBe(0);
});

test('while another process holds the write lock, writing fails in time and reading goes on', async () => {
  connections.writer.pragma('busy_timeout = 1');
  const other = new Database(file);
  other.exec('BEGIN IMMEDIATE');
  await expect(store.transaction((tx) => tx.accounts.add(account()))).rejects.toThrow('locked');
  expect(await accountsLeft()).toBe(0);
  other.exec('ROLLBACK');
  other.close();
  await store.transaction((tx) => tx.accounts.add(account()));
  expect(await accountsLeft()).toBe(1);
});

test('S19 a policy that cannot be read makes every question about it fail', async () => {
  connections.writer.exec("INSERT INTO policies (version, policy, created_at) VALUES (1, '{}', 0)");
  connections.writer.pragma('ignore_check_constraints = ON');
  connections.writer.exec("INSERT INTO policies (version, policy, created_at) VALUES (2, '{broken', 0)");
  await expect(store.read((tx) => tx.workspace.policy())).rejects.toThrow();
});

test('closing empties the write-ahead log into the database', async () => {
  await store.transaction((tx) => tx.accounts.add(account()));
  await store.close();
  const alone = new Database(file, { readonly: true });
  expect(alone.prepare('SELECT count(*) FROM accounts').pluck().get()).toBe(1);
  alone.close();
});

test('words outside their lists, and text where a number belongs, are refused by the database itself', () => {
  const { writer } = connections;
  const insert = (role: unknown, epoch: unknown) =>
    writer
      .prepare(
        `INSERT INTO accounts (id, name, email, email_key, role, password_hash, password_changed_at, two_step, epoch,
         failures, locked_until, tries_in_lock, created_at, allowlist) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 0, 0, 0, 0, '[]')`,
      )
      .run('id', 'name', 'a@b', 'a@b', role, 'hash', 0, 'off', epoch);
  expect(() => insert('emperor', 1)).toThrow('CHECK constraint failed: accounts_role');
  expect(() => insert('owner', 'many')).toThrow('cannot store TEXT value in INTEGER column');
  expect(() =>
    writer.exec("INSERT INTO workspace (id, name, template, created_at) VALUES (2, 'second', 'strong', 0)"),
  ).toThrow('workspace_is_one');
  expect(() =>
    writer.exec(
      "INSERT INTO outbox (id, account_id, sealed, state, attempts, due_at, created_at) VALUES ('x', 'nobody', 'text', 'sent', 0, 0, 0)",
    ),
  ).toThrow('outbox_erased_when_done');
});
