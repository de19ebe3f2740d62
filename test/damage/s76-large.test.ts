import { join } from 'node:path';
import Database from 'better-sqlite3';
import { expect, onTestFinished, test } from 'vitest';
import { checkInBackground } from '../../src-main/adapters/sqlite/check-in-background.ts';
import { systemRandom } from '../../src-main/adapters/system-ambient.ts';
import { openKeyFileVault } from '../../src-main/adapters/vault/key-file-vault.ts';
import { startWholeCheck } from '../../src-main/hosts/whole-check.ts';
import { verdictOf, wordFor } from '../attacks/support/verdict.ts';
import { CALLER } from '../kill/world.ts';
import { openEngine, silentLog } from '../support/engine.ts';
import { freshFolder, openTestStore } from '../support/open-test-store.ts';
import { personAt, signedInOwner } from '../support/person.ts';
import { auditOf, MEMBER, signedInMember } from '../support/records.ts';

/** More than a start waits for. */
const MUCH = 'CREATE TABLE filler (text); INSERT INTO filler VALUES (hex(zeroblob(9000000)))';

/** A large workspace that was closed, and altered while the app did not run. */
async function largeFolder(...changes: readonly string[]): Promise<string> {
  const folder = await freshFolder();
  const engine = await openEngine({ sealed: true, folder });
  await signedInOwner(engine);
  await signedInMember(engine);
  await engine.deps.store.close();
  for (const sql of [MUCH, ...changes]) {
    const database = new Database(join(folder, 'vestibule.db')).unsafeMode();
    database.exec(sql);
    database.close();
  }
  return folder;
}

/** As a start opens it: whether it was checked, the store, and what the thread is told. */
async function started(folder: string) {
  const store = await openTestStore(folder);
  const file = join(folder, 'vault.key');
  const vault = await openKeyFileVault({ file, keys: store.vaultKeys, random: systemRandom, now: () => 0 });
  const isWhole = await store.sealRows(vault.rowSeal);
  return { store, isWhole, order: { file: join(folder, 'vestibule.db'), rowKeys: vault.rowKeys } };
}

async function findingIn(folder: string): Promise<string | null> {
  const { isWhole, order } = await started(folder);
  expect(isWhole).toBe(false);
  const check = checkInBackground(order);
  onTestFinished(() => check.stop());
  return (await check.finding)?.message ?? null;
}

test('S76 a large workspace opens at once; what is read is checked, all else by a thread meanwhile', async () => {
  expect(await findingIn(await largeFolder())).toBe(null);
});

test.each([
  ['a row was altered', ["UPDATE accounts SET name = 'Eve' WHERE role = 'member'"], 'accounts'],
  ['a seal was taken away', ['UPDATE sessions SET seal = NULL'], 'sessions'],
  [
    'an index leads to what is not there',
    [
      `PRAGMA writable_schema = ON; CREATE TABLE kept AS SELECT * FROM sqlite_schema WHERE name = 'sessions_end';
       DELETE FROM sqlite_schema WHERE name = 'sessions_end'`,
      'DELETE FROM sessions',
      'PRAGMA writable_schema = ON; INSERT INTO sqlite_schema SELECT * FROM kept',
    ],
    'database',
  ],
])('S76 in a large workspace %s: the thread finds it', async (_, changes, place) => {
  expect(await findingIn(await largeFolder(...changes))).toBe(`Damaged data: ${place}.`);
});

test('S55 in a large workspace an altered row is denied before any thread has come to it', async () => {
  const folder = await largeFolder("UPDATE accounts SET role = 'owner' WHERE role = 'member'");
  const engine = await openEngine({ sealed: true, folder });
  const signIn = personAt(engine).api.open.signIn.withPassword({ email: MEMBER.email, password: MEMBER.password });
  expect(wordFor(await verdictOf(signIn))).toBe('failed');
});

test('S76 what the thread finds is logged and on record, and the app goes on', async () => {
  const folder = await largeFolder("UPDATE accounts SET role = 'owner' WHERE role = 'member'");
  const logged: unknown[] = [];
  const log = { ...silentLog, error: (fields: object) => logged.push(fields) };
  const { order } = await started(folder);
  const engine = await openEngine({ sealed: true, folder });
  const check = startWholeCheck({ ...engine.deps, log }, { ...order, isDue: true, caller: CALLER });
  await check.ended;
  expect(logged).toMatchObject([{ error: { name: 'DamagedData', place: 'accounts' } }]);
  expect((await auditOf(engine)).at(-1)).toMatchObject({ kind: 'damageFound', detail: { reason: 'accounts' } });
  expect(await engine.read((tx) => tx.workspace.find())).not.toBeNull();
  await check.stop();
});

test('a check that is stopped finds nothing, and one that cannot be made says so in the log', async () => {
  const folder = await largeFolder();
  const { order } = await started(folder);
  const check = checkInBackground(order);
  await check.stop();
  expect(await check.finding).toBe(null);

  const logged: unknown[] = [];
  const log = { ...silentLog, error: (fields: object) => logged.push(fields) };
  const engine = await openEngine({ sealed: true, folder });
  const deps = { ...engine.deps, log };
  await startWholeCheck(deps, { ...order, file: join(folder, 'not-there.db'), isDue: true, caller: CALLER }).ended;
  expect(logged).toMatchObject([{ error: { code: 'SQLITE_CANTOPEN' } }]);
});
