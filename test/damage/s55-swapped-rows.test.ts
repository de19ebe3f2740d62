import { join } from 'node:path';
import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import { accounts } from '../../src-main/adapters/sqlite/schema.ts';
import { RowSeals } from '../../src-main/adapters/sqlite/seals.ts';
import { systemRandom } from '../../src-main/adapters/system-ambient.ts';
import { keyFileGuard, openKeyFileVault } from '../../src-main/adapters/vault/key-file-vault.ts';
import { DamagedData } from '../../src-main/domain/damaged-data.ts';
import type { Log } from '../../src-main/ports/deps.ts';
import { verdictOf, wordFor } from '../attacks/support/verdict.ts';
import { openWorld } from '../kill/world.ts';
import { account } from '../ports/store/samples.ts';
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

/** Adds a copy of a row, its seal included, with changes. */
const again = (table: string, changes: string, where = 'true') => `
  CREATE TEMP TABLE eve AS SELECT * FROM ${table} WHERE ${where} LIMIT 1;
  UPDATE eve SET ${changes};
  INSERT INTO ${table} SELECT * FROM eve;`;

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
  'a further policy is put in force': [again('policies', 'version = 2'), ownerSignsIn],
  'a factor is given to somebody else': [
    "UPDATE factors SET account_id = (SELECT id FROM accounts WHERE role = 'owner'), name = 'Eve'",
    ownerSignsIn,
  ],
  'a session is given to somebody else': [swap('sessions', 'account_id'), me],
  'the end of a session is put off': ['UPDATE sessions SET ends_at = ends_at + 1', me],
  'a session is made up': [
    again('sessions', "id = 'eve', token_hash = 'eve'", "account_id = (SELECT id FROM accounts WHERE role = 'member')"),
    ({ member }) => member.api.self.sessions.list(),
  ],
  'recovery codes are swapped': [swap('recovery_codes', 'hash'), withRecoveryCode],
  'a recovery code is made up': [
    again('recovery_codes', "selector = 'EVE1', used_at = NULL"),
    ({ owner }) => owner.api.self.twoStep.status(),
  ],
  'seals are swapped': [swap('accounts', 'seal'), me],
  'a seal is taken away': ['UPDATE sessions SET seal = NULL', me],
  'a seal is emptied': ["UPDATE factors SET seal = ''", ownerSignsIn],
  'a row is copied over another, with its seal': [
    `UPDATE accounts SET (name, role, password_hash, password_changed_at, seal) =
      (SELECT name, role, password_hash, password_changed_at, seal FROM accounts WHERE role = 'owner')`,
    me,
  ],
  'an empty column is filled in': ['UPDATE accounts SET mail_reset_at = 0', me],
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
  const seals = new RowSeals();
  expect(() => seals.checked(accounts, { id: 'eve', seal: null }, { id: 'ada' })).toThrow(DamagedData);
  expect(seals.checked(accounts, { id: 'ada', seal: null }, { id: 'ada' })).toEqual({ id: 'ada' });
});

test('S55 whoever puts himself into a group that need not enrol yet has to all the same', async () => {
  const { engine } = await scene();
  const now = engine.clock.now();
  const exception = { kind: 'extension', accountId: null, groupId: 'late', until: now + 1, reason: 'Leave' } as const;
  const member = await engine.deps.store.transaction(async (tx) => {
    await tx.groups.add({ id: 'late', name: 'Late', createdAt: now });
    await tx.exceptions.add({ ...exception, id: 'e', createdBy: 'ada', createdAt: now });
    return tx.accounts.findByEmailKey(MEMBER.email);
  });
  const exemption = () => engine.read((tx) => tx.exceptions.exemptionFor(member?.id ?? ''));
  expect(await exemption()).toEqual({ breakGlass: false, extendedUntil: null });
  behindItsBack(engine, `INSERT INTO group_members (group_id, account_id) VALUES ('late', '${member?.id}')`);
  await expect(exemption()).rejects.toThrow(DamagedData);
});

test('S55 what a look-up gave out before is not believed after it was altered, and nobody can change it', async () => {
  const { engine, member } = await scene();
  const seen = () => engine.read((tx) => tx.accounts.findByEmailKey(MEMBER.email));
  const account = await seen();
  expect(await seen()).toBe(account);
  expect(Object.isFrozen(account) && Object.isFrozen(account?.allowlist)).toBe(true);
  behindItsBack(engine, "UPDATE accounts SET epoch = epoch + 1 WHERE role = 'member'");
  await expect(seen()).rejects.toThrow(DamagedData);
  expect(wordFor(await verdictOf(member.api.self.me()))).toBe('failed');
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
  ['seals are taken away', 'UPDATE accounts SET seal = NULL; UPDATE factors SET seal = NULL'],
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

test('S55 a workspace from before there were seals is sealed as it stands, once, and never again', async () => {
  const folder = await freshFolder();
  const keys = { random: systemRandom, now: () => 0, file: join(folder, 'vault.key') };
  const older = await openTestStore(folder);
  const [unmarked, guard] = ['k', keyFileGuard(keys.file, systemRandom)];
  const wrapped = await guard.wrap(systemRandom.bytes(32), unmarked);
  older.vaultKeys.add({ kid: unmarked, guard: 'keyFile', wrapped, createdAt: 0 });
  await older.transaction((tx) => tx.accounts.add(account()));
  await older.close();
  const open = async () => {
    const store = await openTestStore(folder);
    await store.sealRows((await openKeyFileVault({ ...keys, keys: store.vaultKeys })).rowSeal);
    return store;
  };
  const store = await open();
  expect(await store.read((tx) => tx.accounts.list())).toEqual([account()]);
  await store.close();
  await (await open()).close();

  behindItsBack({ folder }, 'UPDATE accounts SET failures = 7, seal = NULL');
  await expect(open()).rejects.toThrow('does not hold what was written');
  // Nor can what says that it is sealed be taken off the key.
  behindItsBack({ folder }, "UPDATE vault_keys SET wrapped = replace(wrapped, 'r.', '')");
  await expect(open()).rejects.toThrow('is not the key of this workspace');
});
