import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { lockFolder } from '../../../src-main/adapters/sqlite/folder-lock.ts';
import { openSqliteStore } from '../../../src-main/adapters/sqlite/open-store.ts';
import { systemRandom } from '../../../src-main/adapters/system-ambient.ts';
import { openKeyFileVault } from '../../../src-main/adapters/vault/key-file-vault.ts';
import { makeSeeded, readSeedOptions } from '../../../src-main/hosts/seed/seed.ts';
import { openEngine } from '../../support/engine.ts';
import { freshFolder } from '../../support/open-test-store.ts';
import { personAt } from '../../support/person.ts';

test('R39 a seeded workspace has 2,000 people in believable states, and its owner signs in', async () => {
  const data = await freshFolder();
  const owner = await makeSeeded({ users: 2_000, data });
  const engine = await openEngine({ folder: data, passwordHash: 'real', sealed: true });
  engine.clock.raise(Date.now());
  const person = personAt(engine);
  expect(await person.api.open.signIn.withPassword(owner)).toEqual({ next: 'signedIn' });
  const totals = await person.api.admin.people.totals();
  expect(totals.total).toBe(2_000);
  expect(totals.active / totals.total).toBeGreaterThan(0.5);
  expect(totals.active / totals.total).toBeLessThan(0.7);
  expect(totals.off + totals.active + totals.invited + totals.suspended).toBe(totals.total);
  for (const some of [totals.invited, totals.suspended, totals.locked]) {
    expect(some).toBeGreaterThan(0);
    expect(some).toBeLessThan(0.1 * totals.total);
  }
  expect(totals.missingPhone / totals.total).toBeLessThan(0.4);

  const everybody = { search: '', status: null, role: null, groupId: null, cursor: null };
  const { rows } = await person.api.admin.people.list({ ...everybody, sort: 'name', direction: 'asc' });
  expect(rows).toHaveLength(50);
  expect(rows.some(({ twoStep, methods }) => twoStep === 'active' && methods.join() === 'email')).toBe(true);
});

test('S55 the rows of a seeded workspace are sealed like any other', async () => {
  const data = await freshFolder();
  await makeSeeded({ users: 20, data });
  const now = Date.now;
  const store = await openSqliteStore({ file: join(data, 'vestibule.db'), backupsFolder: join(data, 'backups'), now });
  const parts = { keys: store.vaultKeys, random: systemRandom, now };
  const vault = await openKeyFileVault({ ...parts, file: join(data, 'vault.key') });
  await store.sealRows(vault.rowSeal);
  expect(await store.read((tx) => tx.accounts.count())).toBe(20);
  await store.close();
});

test('a folder that is in use or not empty is refused in one line', async () => {
  const used = await freshFolder();
  await writeFile(join(used, 'something'), '');
  await expect(makeSeeded({ users: 1, data: used })).rejects.toThrow(/^The data folder .* is not empty; choose/);
  const running = await freshFolder();
  const lock = lockFolder(running);
  await expect(makeSeeded({ users: 1, data: running })).rejects.toThrow(/^The data folder .* choose/);
  lock?.release();
});

test('wrong options are refused in one line that names them', () => {
  const read = (...args: string[]) => readSeedOptions(args, '/here');
  expect(read('--users', '2000', '--data', 'new')).toEqual({ users: 2_000, data: '/here/new' });
  expect(read('--users=1', '--data=/new')).toEqual({ users: 1, data: '/new' });
  expect(() => read('--data', 'new')).toThrow('Say how many people: --users N.');
  expect(() => read('--users', '5')).toThrow('Say which new folder to fill: --data DIR.');
  expect(() => read('--users', 'many', '--data', 'new')).toThrow(
    '--users is a whole number from 1 to 2000000, not: many',
  );
  expect(() => read('--users', '0', '--data', 'new')).toThrow('not: 0');
  expect(() => read('--users', '--data', 'new')).toThrow('--users needs a value.');
  expect(() => read('--people', '5')).toThrow('Unknown option --people. Options: --users N, --data DIR.');
  expect(() => read('5')).toThrow('Unexpected argument: 5.');
});
