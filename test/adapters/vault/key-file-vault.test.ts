import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { systemRandom } from '../../../src-main/adapters/system-ambient.ts';
import { splitKey } from '../../../src-main/adapters/vault/envelope.ts';
import { VaultUnavailable } from '../../../src-main/adapters/vault/guard.ts';
import { openKeyFileVault } from '../../../src-main/adapters/vault/key-file-vault.ts';
import type { VaultKeys, WrappedKey } from '../../../src-main/ports/vault.ts';
import { freshFolder } from '../../support/open-test-store.ts';

const PLACE = { table: 'outbox', column: 'sealed', row: 'r1', account: 'a1' };
const NOW = Date.UTC(2026, 10, 22);

let folder: string;
let file: string;
let stored: WrappedKey[];

beforeEach(async () => {
  folder = await freshFolder();
  file = join(folder, 'vault.key');
  stored = [];
});

const keysOf = (list: WrappedKey[]): VaultKeys => ({
  list: () => [...list],
  add: (key) => void list.push(key),
  rewrap: () => {
    throw new Error('A key file asks for nothing to be wrapped anew.');
  },
});
const openVault = (list = stored) =>
  openKeyFileVault({ file, keys: keysOf(list), random: systemRandom, now: () => NOW });

/** The refusal's one line. */
async function refusal(attempt: () => Promise<unknown>): Promise<string> {
  try {
    await attempt();
  } catch (error) {
    if (error instanceof VaultUnavailable) return error.message;
    throw error;
  }
  throw new Error('It opened.');
}

test('a new workspace gets a key file of 32 bytes for its owner only, and one wrapped data key', async () => {
  await openVault();
  const { size, mode } = statSync(file);
  expect({ size, mode: mode & 0o777, files: readdirSync(folder) }).toEqual({
    size: 32,
    mode: 0o600,
    files: ['vault.key'],
  });
  expect(stored).toEqual([
    {
      kid: expect.any(String),
      guard: 'keyFile',
      wrapped: expect.stringMatching(/^1\|A256GCM\|keyFile\|/),
      createdAt: NOW,
    },
  ]);
});

test('what one run sealed the next one opens, with the same pepper and code hashes', async () => {
  const first = await openVault();
  const envelope = first.seal('Grüße', PLACE);
  const again = await openVault();
  expect(again.open(envelope, PLACE)).toBe('Grüße');
  expect(again.pepper).toEqual(first.pepper);
  expect(again.codeMac('c1', '042917')).toBe(first.codeMac('c1', '042917'));
  expect(stored).toHaveLength(1);
});

test('S70 sealing the same twice shows not that it is the same', async () => {
  const vault = await openVault();
  expect(vault.seal('x', PLACE)).not.toBe(vault.seal('x', PLACE));
});

test('S6 a code hash belongs to its challenge, however id and code are cut', async () => {
  const { codeMac } = await openVault();
  const macs = [codeMac('c1', '042917'), codeMac('c2', '042917'), codeMac('c1', '042918'), codeMac('c10', '42917')];
  expect(new Set(macs).size).toBe(4);
  expect(macs.every((mac) => /^[\w-]{43}$/.test(mac))).toBe(true);
});

test('S70 neither key file nor wrapped keys show the keys in use', async () => {
  const { pepper } = await openVault();
  const keyFile = readFileSync(file);
  expect(Object.values(splitKey(keyFile)).some((key: Uint8Array) => Buffer.from(key).equals(pepper))).toBe(false);
  expect(stored[0]?.wrapped).not.toContain(keyFile.toString('base64url'));
});

test('an older data key still opens what it sealed; the newest seals; the pepper stays the first one’s', async () => {
  const first = await openVault();
  const envelope = first.seal('old', PLACE);
  const later: WrappedKey[] = [];
  await openKeyFileVault({ file, keys: keysOf(later), random: systemRandom, now: () => NOW + 1 });
  const rotated = await openVault([...stored, ...later]);
  expect(rotated.open(envelope, PLACE)).toBe('old');
  expect(rotated.seal('new', PLACE).split('|')[2]).toBe(later[0]?.kid);
  expect(rotated.pepper).toEqual(first.pepper);
});

test('a key file that lies ready before any key is wrapped is used as it is', async () => {
  const prepared = systemRandom.bytes(32);
  writeFileSync(file, prepared, { mode: 0o600 });
  await openVault();
  expect(new Uint8Array(readFileSync(file))).toEqual(prepared);
});

test('a first start that died while writing the key file does not stop the second', async () => {
  writeFileSync(`${file}.new`, 'half', { mode: 0o600 });
  await openVault();
  expect(readdirSync(folder)).toEqual(['vault.key']);
});

describe('the vault stays shut, in one line that says what to do,', () => {
  test('when the key file is missing: never a new key in silence', async () => {
    await openVault();
    rmSync(file);
    expect(await refusal(openVault)).toMatch(/vault\.key is missing.*put it back from a backup\.$/);
    expect(existsSync(file)).toBe(false);
    expect(stored).toHaveLength(1);
  });

  test('when the key file is of another workspace', async () => {
    await openVault();
    writeFileSync(file, systemRandom.bytes(32));
    expect(await refusal(openVault)).toMatch(/is not the key of this workspace/);
  });

  test.each([0, 31, 33])('when the key file has %i bytes', async (length) => {
    writeFileSync(file, systemRandom.bytes(length), { mode: 0o600 });
    expect(await refusal(openVault)).toMatch(/is not a key file of 32 bytes/);
    expect(stored).toEqual([]);
  });

  test('when it is a folder', async () => {
    mkdirSync(file);
    expect(await refusal(openVault)).toMatch(/is not a key file/);
  });

  test.each([0o640, 0o604, 0o666])('when others may read the key file (%o)', async (mode) => {
    await openVault();
    chmodSync(file, mode);
    expect(await refusal(openVault)).toMatch(/may be read by other users.*chmod 600/);
  });

  test('when the key file cannot be created', async () => {
    const nowhere = join(folder, 'not-there', 'vault.key');
    const open = () => openKeyFileVault({ file: nowhere, keys: keysOf(stored), random: systemRandom, now: () => NOW });
    expect(await refusal(open)).toMatch(/vault\.key cannot be created in .* \(ENOENT\)\.$/);
    expect(stored).toEqual([]);
  });

  test.each(['keychain', 'passphrase'] as const)('when the keys are guarded by a %s', async (guard) => {
    await openVault();
    const foreign = stored.map((key) => ({ ...key, guard }));
    expect(await refusal(() => openVault(foreign))).toMatch(
      /guarded by .*, not by a key file; .* move its vault to a key file/,
    );
  });

  test('when a wrapped key was moved to another name', async () => {
    await openVault();
    const renamed = stored.map((key) => ({ ...key, kid: 'other' }));
    expect(await refusal(() => openVault(renamed))).toMatch(/is not the key of this workspace/);
  });
});
