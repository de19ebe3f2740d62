import { createHmac } from 'node:crypto';
import type { Clock, Random } from '../../ports/ambient.ts';
import type { Place, Vault, VaultKeys, WrappedKey } from '../../ports/vault.ts';
import { EnvelopeRejected, open, type SplitKey, seal, splitKey } from './envelope.ts';
import { createKeyFile, KEY_BYTES, readKeyFile, VaultUnavailable } from './key-file.ts';

const GUARD_NAME = 'keyFile';
const NONCE_BYTES = 12;

export interface KeyFileVaultOptions {
  /** Path of `vault.key`. */
  readonly file: string;
  readonly keys: VaultKeys;
  readonly random: Random;
  readonly now: Clock['now'];
}

/**
 * Opens the vault that a key file guards, creating file and first data key for a new workspace.
 * The newest data key seals, any opens; the pepper is the oldest's, or a rotation would void every password.
 * @throws {VaultUnavailable} one line with the way out; never makes a new key where values are sealed already
 */
export function openKeyFileVault(options: KeyFileVaultOptions): Vault & { readonly pepper: Uint8Array } {
  const { random } = options;
  const stored = options.keys.list();
  const guard = stored.length === 0 ? firstGuard(options) : knownGuard(options.file, stored);
  const wrapped = stored.length === 0 ? [addDataKey(options, guard)] : stored;
  const keys = new Map(wrapped.map((key) => [key.kid, splitKey(unwrap(key, guard, options.file))]));
  const [oldest, newest] = [wrapped[0], wrapped.at(-1)].map((key) => keys.get(key?.kid ?? '')) as [SplitKey, SplitKey];
  const sealing = wrapped.at(-1)?.kid ?? '';

  return {
    pepper: oldest.pepper,
    seal: (plaintext, place) =>
      seal(Buffer.from(plaintext), { kid: sealing, key: newest.encrypt, nonce: random.bytes(NONCE_BYTES), place }),
    open: (envelope, place) => Buffer.from(open(envelope, place, (kid) => keys.get(kid)?.encrypt)).toString(),
    codeMac: (challengeId, code) =>
      createHmac('sha256', newest.codes)
        .update(JSON.stringify([challengeId, code]))
        .digest('base64url'),
  };
}

/** Without wrapped keys nothing is sealed yet: a key file that lies there already is as good as a new one. */
function firstGuard({ file, random }: KeyFileVaultOptions): Uint8Array {
  const found = readKeyFile(file);
  if (found) return found;
  const key = random.bytes(KEY_BYTES);
  createKeyFile(file, key);
  return key;
}

function knownGuard(file: string, stored: readonly WrappedKey[]): Uint8Array {
  const foreign = stored.find((key) => key.guard !== GUARD_NAME);
  if (foreign) {
    const kind = foreign.guard === 'keychain' ? "this computer's keychain" : 'a passphrase';
    throw new VaultUnavailable(
      `This workspace's keys are guarded by ${kind}, not by a key file; open it with the app that created it and move its vault to a key file there.`,
    );
  }
  const key = readKeyFile(file);
  if (key) return key;
  throw new VaultUnavailable(
    `${file} is missing, and this workspace cannot be read without it; put it back from a backup.`,
  );
}

function addDataKey({ keys, random, now }: KeyFileVaultOptions, guard: Uint8Array): WrappedKey {
  const kid = random.id();
  const sealing = { kid: GUARD_NAME, key: guard, nonce: random.bytes(NONCE_BYTES), place: placeOf(kid) };
  const key: WrappedKey = { kid, guard: GUARD_NAME, wrapped: seal(random.bytes(KEY_BYTES), sealing), createdAt: now() };
  keys.add(key);
  return key;
}

function unwrap(key: WrappedKey, guard: Uint8Array, file: string): Uint8Array {
  try {
    return open(key.wrapped, placeOf(key.kid), () => guard);
  } catch (error) {
    if (!(error instanceof EnvelopeRejected)) throw error;
    throw new VaultUnavailable(`${file} is not the key of this workspace; put the right one back from a backup.`);
  }
}

function placeOf(kid: string): Place {
  return { table: 'vaultKeys', column: 'wrapped', row: kid, account: '' };
}
