import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { systemRandom } from '../../../src-main/adapters/system-ambient.ts';
import { VaultUnavailable } from '../../../src-main/adapters/vault/guard.ts';
import { openKeyFileVault } from '../../../src-main/adapters/vault/key-file-vault.ts';
import { openMovableVault } from '../../../src-main/adapters/vault/movable-vault.ts';
import { keychainGuard } from '../../../src-main/hosts/electron/safe-vault.ts';
import type { VaultKeys } from '../../../src-main/ports/vault.ts';
import { freshFolder, openTestStore } from '../../support/open-test-store.ts';
import { fakeKeychain, type Keychain } from './fake-keychain.ts';

const PLACE = { table: 'outbox', column: 'sealed', row: 'r1', account: 'a1' };
const NOW = Date.UTC(2026, 10, 22);

let file: string;
let keys: VaultKeys;
let keychain: Keychain;

beforeEach(async () => {
  const folder = await freshFolder();
  file = join(folder, 'vault.key');
  keys = (await openTestStore(folder)).vaultKeys;
  keychain = fakeKeychain();
});

interface Opening {
  readonly moveTo?: 'keychain' | 'keyFile';
  readonly platform?: NodeJS.Platform;
  readonly through?: VaultKeys;
  readonly storage?: Keychain['safeStorage'];
}

const openVault = ({ moveTo, platform = 'linux', through = keys, storage = keychain.safeStorage }: Opening = {}) =>
  openMovableVault({
    file,
    keys: through,
    random: systemRandom,
    now: () => NOW,
    keychain: keychainGuard(storage, platform, systemRandom),
    moveTo: moveTo ?? null,
  });

const openWithoutElectron = () => openKeyFileVault({ file, keys, random: systemRandom, now: () => NOW });

/** The refusal's one line. */
async function refusal(attempt: Promise<unknown>): Promise<string> {
  const error = await attempt.then(
    () => new Error('It opened.'),
    (reason: unknown) => reason,
  );
  if (error instanceof VaultUnavailable && !error.message.includes('\n')) return error.message;
  throw error;
}

test('a new workspace is guarded by the keychain, and no key lies in a file', async () => {
  await openVault();
  expect(keys.list()).toEqual([
    {
      kid: expect.any(String),
      guard: 'keychain',
      wrapped: expect.stringMatching(/^[\w-]+\.1\|A256GCM\|/),
      createdAt: NOW,
    },
  ]);
  expect(existsSync(file)).toBe(false);
});

test('what one run sealed the next one opens, with the same pepper and code hashes', async () => {
  const first = await openVault();
  const envelope = first.seal('Grüße', PLACE);
  const again = await openVault();
  expect(again.open(envelope, PLACE)).toBe('Grüße');
  expect([again.pepper, again.codeMac('c1', '042917')]).toEqual([first.pepper, first.codeMac('c1', '042917')]);
});

test('a key file that lies ready guards a new workspace, as in any other host', async () => {
  const key = systemRandom.bytes(32);
  writeFileSync(file, key, { mode: 0o600 });
  const vault = await openVault();
  expect(keys.list()).toMatchObject([{ guard: 'keyFile' }]);
  expect((await openWithoutElectron()).open(vault.seal('x', PLACE), PLACE)).toBe('x');
});

test('S71 what the keychain wants encrypted anew is so at once, and opens the same', async () => {
  const envelope = (await openVault()).seal('x', PLACE);
  const before = keys.list();
  keychain.rotate();
  expect((await openVault()).open(envelope, PLACE)).toBe('x');
  const after = keys.list();
  expect(after[0]?.wrapped).not.toBe(before[0]?.wrapped);
  expect((await openVault()).open(envelope, PLACE)).toBe('x');
  expect(keys.list()).toEqual(after);
});

describe('S71 without a keychain that keeps secrets the vault stays shut, in one line with the way out:', () => {
  test.each(['basic_text', 'unknown'])('backend %s on Linux', async (backend) => {
    keychain.backend = backend;
    expect(await refusal(openVault())).toMatch(
      new RegExp(
        `\\(${backend}\\): unlock it .*--password-store.*, or keep the key in a file: --migrate-vault keyFile\\.$`,
      ),
    );
    expect([keys.list(), existsSync(file)]).toEqual([[], false]);
  });

  test('encryption that is not available', async () => {
    keychain.available = false;
    for (const platform of ['linux', 'darwin', 'win32'] as const) {
      expect(await refusal(openVault({ platform }))).toMatch(
        /No keychain here can guard .* --migrate-vault keyFile\.$/,
      );
    }
    expect(keys.list()).toEqual([]);
  });

  test('what Chromium marks as under its built-in password, whatever the backend calls itself', async () => {
    keychain.mark = 'v10';
    expect(await refusal(openVault())).toMatch(/\(v10\): .* --migrate-vault keyFile\.$/);
    expect(keys.list()).toEqual([]);
    await openVault({ platform: 'darwin' }); // there the mark means the keychain
  });

  test('a keychain that is gone since, or locked, or another computer’s', async () => {
    await openVault();
    keychain.backend = 'basic_text';
    expect(await refusal(openVault())).toMatch(/unlock it .* and start again\.$/);
    keychain.backend = 'kwallet6';
    keychain.forget();
    expect(await refusal(openVault())).toMatch(/does not open this workspace; unlock it, and start as the user/);
    expect(await refusal(openVault({ moveTo: 'keyFile' }))).toMatch(/does not open this workspace/);
    expect(existsSync(file)).toBe(false);
  });

  test('a key file on demand is the way out', async () => {
    keychain.backend = 'basic_text';
    await openVault({ moveTo: 'keyFile' });
    expect([keys.list()[0]?.guard, statSync(file).mode & 0o777]).toEqual(['keyFile', 0o600]);
    await openVault();
  });
});

test('S70 a wrapped key that was changed in any place, or given another name, opens nothing', async () => {
  await openVault();
  const [key] = keys.list();
  if (!key) throw new Error('no key');
  const [kept = '', sealed = ''] = key.wrapped.split('.');
  const bytes = Buffer.from(kept, 'base64url');
  const altered = [...bytes.keys()].map((at) => bytes.map((byte, index) => (index === at ? byte ^ 1 : byte)));
  for (const blob of altered) {
    keys.rewrap([{ ...key, wrapped: `${Buffer.from(blob).toString('base64url')}.${sealed}` }]);
    expect(await refusal(openVault())).toMatch(/does not open this workspace/);
  }
  for (const wrapped of [kept, sealed, '', `${kept}.`, `${kept}.${sealed}A`, `${kept}.${sealed.replace('1|', '2|')}`]) {
    keys.rewrap([{ ...key, wrapped }]);
    expect(await refusal(openVault())).toMatch(/does not open this workspace/);
  }
  const renamed: VaultKeys = { ...keys, list: () => [{ ...key, kid: 'other' }] };
  expect(await refusal(openVault({ through: renamed }))).toMatch(/does not open this workspace/);
});

test('the loopback host names the way to a vault that the keychain guards', async () => {
  await openVault();
  expect(await refusal(openWithoutElectron())).toMatch(
    /guarded by this computer's keychain, not by a key file; .* --host electron --migrate-vault keyFile$/,
  );
});

describe('S71 a vault moves', () => {
  test('from a key file to the keychain, and the file is gone', async () => {
    const envelope = (await openWithoutElectron()).seal('x', PLACE);
    expect((await openVault({ moveTo: 'keychain' })).open(envelope, PLACE)).toBe('x');
    expect([keys.list()[0]?.guard, existsSync(file)]).toEqual(['keychain', false]);
    expect((await openVault()).open(envelope, PLACE)).toBe('x');
  });

  test('from the keychain to a key file, which any host opens', async () => {
    const envelope = (await openVault()).seal('x', PLACE);
    await openVault({ moveTo: 'keyFile' });
    expect((await openWithoutElectron()).open(envelope, PLACE)).toBe('x');
  });

  test('where it is already, without any harm', async () => {
    const envelope = (await openVault()).seal('x', PLACE);
    expect((await openVault({ moveTo: 'keychain' })).open(envelope, PLACE)).toBe('x');
  });

  test('not to a keychain that does not give back what it is given', async () => {
    const envelope = (await openWithoutElectron()).seal('x', PLACE);
    const before = [keys.list(), readFileSync(file)];
    const broken = Object.assign(Object.create(keychain.safeStorage), {
      decryptStringAsync: async () => ({ result: Buffer.alloc(32).toString('base64url'), shouldReEncrypt: false }),
    });
    await refusal(openVault({ moveTo: 'keychain', storage: broken }));
    expect([keys.list(), readFileSync(file)]).toEqual(before);
    expect((await openVault()).open(envelope, PLACE)).toBe('x');
  });
});

describe('S71 S74 a move that dies', () => {
  /** Ends the move at its nth step, before that step had its effect or right after. */
  function dieAt(step: number, when: 'before' | 'after') {
    let left = step;
    const around =
      <A extends unknown[], R>(work: (...args: A) => R) =>
      (...args: A): R => {
        left -= 1;
        if (left === 0 && when === 'before') throw new Error('killed');
        const result = work(...args);
        if (left === 0) throw new Error('killed');
        return result;
      };
    const { safeStorage } = keychain;
    return {
      through: { list: around(keys.list), add: around(keys.add), rewrap: around(keys.rewrap) },
      storage: Object.assign(Object.create(safeStorage), {
        encryptStringAsync: around(safeStorage.encryptStringAsync),
        decryptStringAsync: around(safeStorage.decryptStringAsync),
      }),
    };
  }

  /** A second data key, as a rotation will make it. */
  async function addDataKey() {
    const added: VaultKeys = { ...keys, list: () => keys.list().slice(1) };
    const moveTo = keys.list()[0]?.guard === 'keyFile' ? 'keyFile' : 'keychain';
    await openVault({ through: added, moveTo });
  }

  test.each([
    ['keyFile', 'keychain', 'before'],
    ['keyFile', 'keychain', 'after'],
    ['keychain', 'keyFile', 'before'],
    ['keychain', 'keyFile', 'after'],
  ] as const)('from %s to %s, %s any of its steps, leaves one of the two that opens', async (from, to, when) => {
    const vault = from === 'keyFile' ? await openWithoutElectron() : await openVault();
    const envelope = vault.seal('x', PLACE);
    await addDataKey(); // so that half of a move would show
    const guards = new Set<string>();
    let step = 1;
    for (; ; step += 1) {
      const killed = await openVault({ moveTo: to, ...dieAt(step, when) }).then(
        () => false,
        () => true,
      );
      guards.add(keys.list()[0]?.guard ?? 'none');
      expect((await openVault()).open(envelope, PLACE)).toBe('x');
      if (!killed) break;
      await openVault({ moveTo: from });
    }
    expect(step).toBeGreaterThan(6);
    expect([...guards].sort()).toEqual(['keyFile', 'keychain'].sort());
    expect(keys.list()).toMatchObject([{ guard: to }, { guard: to }]);
    expect(existsSync(file)).toBe(to === 'keyFile');
  });

  test('between the write and the removal of the file is finished by the same command', async () => {
    await openWithoutElectron();
    const key = readFileSync(file);
    await openVault({ moveTo: 'keychain' });
    writeFileSync(file, key, { mode: 0o600 });
    await openVault();
    expect(existsSync(file)).toBe(true); // it may be wanted for a backup; nobody said to remove it
    await openVault({ moveTo: 'keychain' });
    expect(existsSync(file)).toBe(false);
  });
});
