import { createHash } from 'node:crypto';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import { accounts } from '../../src-main/adapters/sqlite/schema.ts';
import { RowSeals } from '../../src-main/adapters/sqlite/seals.ts';
import { DamagedData } from '../../src-main/domain/damaged-data.ts';
import type { Log } from '../../src-main/ports/deps.ts';
import { verdictOf, wordFor } from '../attacks/support/verdict.ts';
import { openWorld } from '../kill/world.ts';
import { type Engine, openEngine, silentLog } from '../support/engine.ts';
import { freshFolder, openTestStore } from '../support/open-test-store.ts';
import { CREDENTIALS, enableTwoStep, type Person, pendingOwner, personAt, signedInOwner } from '../support/person.ts';
import { addAccount, auditOf, MEMBER, signedInMember } from '../support/records.ts';

interface Scene {
  readonly engine: Engine;
  readonly owner: Person;
  readonly member: Person;
  readonly recoveryCodes: readonly string[];
  readonly logged: string[];
}

async function scene(): Promise<Scene> {
  const logged: string[] = [];
  const log: Log = { ...silentLog, error: (fields) => logged.push(`${fields.reference}: ${fields.error}`) };
  const engine = await openEngine({ sealed: true, log });
  const owner = await signedInOwner(engine);
  const recoveryCodes = await enableTwoStep(engine, owner);
  return { engine, owner, member: await signedInMember(engine), recoveryCodes, logged };
}

/** Writes as somebody does who has the file, but not its key. */
function behindItsBack({ folder }: Pick<Engine, 'folder'>, sql: string): void {
  const database = new Database(join(folder, 'vestibule.db'));
  try {
    database.exec(sql);
  } finally {
    database.close();
  }
}

const swap = (table: string, column: string) => `
  CREATE TEMP TABLE old AS SELECT rowid AS row, ${column} AS value FROM ${table};
  UPDATE ${table} SET ${column} = (SELECT value FROM old WHERE row <> ${table}.rowid LIMIT 1);`;

type Call = (scene: Scene) => Promise<unknown>;
const me: Call = ({ member }) => member.api.self.me();
const memberSignsIn: Call = ({ engine }) =>
  personAt(engine).api.open.signIn.withPassword({ email: MEMBER.email, password: MEMBER.password });
const ownerSignsIn: Call = ({ engine }) => personAt(engine).api.open.signIn.withPassword(CREDENTIALS);
const withRecoveryCode: Call = async ({ engine, recoveryCodes }) => {
  const { api } = await pendingOwner(engine);
  return api.open.signIn.prove({ method: 'recoveryCode', code: recoveryCodes[0] ?? '' });
};

/** What was altered, and the call that must not believe it. */
const ALTERED: Record<string, [sql: string, call: Call]> = {
  'a role is raised': ["UPDATE accounts SET role = 'owner'", me],
  'passwords are swapped': [swap('accounts', 'password_hash'), memberSignsIn],
  'two-step verification is switched off': ["UPDATE accounts SET two_step = 'off'", ownerSignsIn],
  'a lock is lifted': ['UPDATE accounts SET failures = -0, tries_in_lock = 1', memberSignsIn],
  'an address is taken over': ["UPDATE accounts SET email = 'eve@example.org'", memberSignsIn],
  'a policy is loosened': [
    `UPDATE policies SET policy = json_set(policy, '$.methods.email', 'allowed', '$.eve', 1)`,
    ownerSignsIn,
  ],
  'a further policy is put in force': ['INSERT INTO policies SELECT 2, policy, created_at FROM policies', ownerSignsIn],
  'a factor is given to somebody else': [
    "UPDATE factors SET account_id = (SELECT id FROM accounts WHERE role = 'owner'), name = 'Eve'",
    ownerSignsIn,
  ],
  'a session is given to somebody else': [swap('sessions', 'account_id'), me],
  'the end of a session is put off': ['UPDATE sessions SET ends_at = ends_at + 1', me],
  'a session is made up': [
    `INSERT INTO sessions SELECT 'eve', account_id, 'eve', epoch, surface, client, address, proven_with, created_at,
      last_seen_at, ends_at FROM sessions WHERE account_id = (SELECT id FROM accounts WHERE role = 'member')`,
    ({ member }) => member.api.self.sessions.list(),
  ],
  'recovery codes are swapped': [swap('recovery_codes', 'hash'), withRecoveryCode],
  'a recovery code is made up': [
    "INSERT INTO recovery_codes SELECT account_id, 'EVE1', hash, created_at, NULL FROM recovery_codes LIMIT 1",
    ({ owner }) => owner.api.self.twoStep.status(),
  ],
};

test.each(Object.entries(ALTERED))(
  'S55 %s: the next call that meets it is denied, logged and on record',
  async (_, [sql, call]) => {
    const stage = await scene();
    behindItsBack(stage.engine, sql);
    const verdict = await verdictOf(call(stage));
    expect(verdict).toEqual({ kind: 'failed', message: 'Something went wrong on our side. Nothing was changed.' });
    expect(stage.logged).toEqual([expect.stringMatching(/^\S{8}: DamagedData: Damaged data: \w+\.$/)]);
    expect((await auditOf(stage.engine)).at(-1)).toMatchObject({
      kind: 'damageFound',
      detail: { reason: expect.stringMatching(/^\w+$/) },
    });
  },
);

test('S55 a row is not sealed anew by a change to another of its columns', async () => {
  const { engine, member } = await scene();
  behindItsBack(engine, "UPDATE accounts SET role = 'owner' WHERE role = 'member'");
  const ids = await engine.read(async (tx) => (await tx.audit.list(0, 100)).at(-1)?.actorId);
  const renaming = engine.deps.store.transaction((tx) => tx.accounts.change(ids ?? '', { name: 'Eve' }));
  await expect(renaming).rejects.toThrow(DamagedData);
  expect(wordFor(await verdictOf(member.api.self.me()))).toBe('failed');
});

test('S55 a row that a damaged index leads to instead of the right one is not taken for it', () => {
  const database = new Database(':memory:');
  const seals = new RowSeals().on(database);
  expect(() => seals.checked(accounts, { id: 'eve' }, { id: 'ada' })).toThrow(DamagedData);
  expect(seals.checked(accounts, { id: 'ada' }, { id: 'ada' })).toEqual({ id: 'ada' });
  database.close();
});

test('S55 what was altered while the app did not run ends its next start', async () => {
  for (const [name, [sql]] of Object.entries(ALTERED)) {
    const folder = await freshFolder();
    const engine = await openEngine({ sealed: true, folder });
    await enableTwoStep(engine, await signedInOwner(engine));
    await addAccount(engine);
    await signedInMemberOf(engine);
    await engine.deps.store.close();
    behindItsBack({ folder }, sql);
    const start = openWorld(folder).then(
      () => 'it started',
      (error: Error) => error.name,
    );
    expect([name, await start]).toEqual([name, 'CorruptDatabase']);
  }
});

async function signedInMemberOf(engine: Engine): Promise<void> {
  await personAt(engine).api.open.signIn.withPassword({ email: MEMBER.email, password: MEMBER.password });
}

test.each([
  ['seals are taken away', 'DELETE FROM seals'],
  ['a row is taken away', 'PRAGMA foreign_keys = ON; DELETE FROM accounts'],
  ['the newest policy is taken away', 'DELETE FROM policies'],
  ['the end of the audit log is cut off', 'DELETE FROM audit WHERE sequence = (SELECT max(sequence) FROM audit)'],
])('S55 S77 %s: the next start finds it', async (_, sql) => {
  const folder = await freshFolder();
  const engine = await openEngine({ sealed: true, folder });
  await enableTwoStep(engine, await signedInOwner(engine));
  await engine.deps.store.close();
  behindItsBack({ folder }, sql);
  await expect(openWorld(folder)).rejects.toThrow('does not hold what was written');
});

test('S55 a workspace that always had seals is not sealed anew where they are gone', async () => {
  const folder = await freshFolder();
  const engine = await openEngine({ folder }); // its rows were never sealed, as if somebody had removed the seals
  await signedInOwner(engine);
  await engine.deps.store.close();
  await expect(openWorld(folder)).rejects.toThrow('does not hold what was written');
});

test('a workspace from before there were seals is sealed as it stands, once, and checked from then on', async () => {
  const folder = await freshFolder();
  const older = await openEngine({ folder });
  await enableTwoStep(older, await signedInOwner(older));
  await older.deps.store.close();
  const open = async () => {
    const store = await openTestStore(folder);
    const of = (text: string) => createHash('sha256').update(text).digest('base64url');
    await store.sealRows({ of, fits: (text, seal) => seal === of(text), fromTheFirst: false });
    return store;
  };
  const store = await open();
  expect(await store.read((tx) => tx.accounts.list())).toMatchObject([{ email: CREDENTIALS.email }]);
  await store.close();
  await (await open()).close();
  behindItsBack({ folder }, 'UPDATE accounts SET failures = 7');
  await expect(open()).rejects.toThrow('does not hold what was written');
});
