import { timingSafeEqual } from 'node:crypto';
import type { Clock, Random } from '../../ports/ambient.ts';
import type { RowSeal, Vault, VaultKeys, WrappedKey } from '../../ports/vault.ts';
import { KEY_BYTES, open, type SplitKey, seal, splitKey } from './envelope.ts';
import { type Guard, VaultUnavailable } from './guard.ts';
import { hmacUnder } from './hmac.ts';

const NAMES = { keyFile: 'a key file', keychain: "this computer's keychain", passphrase: 'a passphrase' } as const;
const NONCE_BYTES = 12;
/** Begins the name of a first key under which every row is sealed from the first on. Names are bound to what they name. */
const SEALS_ROWS = 's.';

export interface VaultParts {
  readonly keys: VaultKeys;
  readonly random: Random;
  readonly now: Clock['now'];
}

export interface OpenVault extends Vault {
  /** For passwords; 32 bytes. */
  readonly pepper: Uint8Array;
  /** For the store. */
  readonly rowSeal: RowSeal;
}

/**
 * Opens the vault behind a guard, with a first data key for a new workspace.
 * The newest data key seals, any opens; the pepper is the oldest's, or a rotation would void every password.
 * @throws {VaultUnavailable} one line with the way out; never makes a new key where values are sealed already
 */
export async function openVault(guard: Guard, parts: VaultParts): Promise<OpenVault> {
  const { keys, random, now } = parts;
  if (keys.list().length === 0) {
    const kid = SEALS_ROWS + random.id();
    const wrapped = await wrapSurely(guard, random.bytes(KEY_BYTES), kid);
    keys.add({ kid, guard: guard.kind, wrapped, createdAt: now() });
  }
  const stored = keys.list();
  refuseOtherGuards(stored, guard);
  const dataKeys: [kid: string, key: SplitKey][] = [];
  for (const key of stored) {
    const { dataKey, stale } = await guard.unwrap(key.wrapped, key.kid);
    if (stale) keys.rewrap([{ ...key, wrapped: await wrapSurely(guard, dataKey, key.kid) }]);
    dataKeys.push([key.kid, splitKey(dataKey)]);
  }
  return vaultOver(dataKeys, random);
}

/**
 * Puts every data key under another guard. They change hands in one write: before it the old guard opens the vault,
 * after it the new one, whenever the process ends (S71).
 * @throws {VaultUnavailable} with everything as it was
 */
export async function moveVault(from: Guard, to: Guard, keys: VaultKeys): Promise<void> {
  const stored = keys.list();
  refuseOtherGuards(stored, from);
  const moved: WrappedKey[] = [];
  for (const key of stored) {
    const { dataKey } = await from.unwrap(key.wrapped, key.kid);
    moved.push({ ...key, guard: to.kind, wrapped: await wrapSurely(to, dataKey, key.kid) });
  }
  keys.rewrap(moved);
}

/** Nothing is entrusted to a guard before it has given it back. */
async function wrapSurely(guard: Guard, dataKey: Uint8Array, kid: string): Promise<string> {
  const wrapped = await guard.wrap(dataKey, kid);
  const { dataKey: again } = await guard.unwrap(wrapped, kid);
  if (!Buffer.from(again).equals(dataKey)) {
    throw new VaultUnavailable(`What is put under ${NAMES[guard.kind]} does not come back; nothing was changed.`);
  }
  return wrapped;
}

function refuseOtherGuards(stored: readonly WrappedKey[], { kind }: Guard): void {
  const foreign = stored.find((key) => key.guard !== kind);
  if (!foreign) return;
  throw new VaultUnavailable(
    `This workspace's keys are guarded by ${NAMES[foreign.guard]}, not by ${NAMES[kind]}; open it with the app that created it, which can move its vault to ${NAMES[kind]}: --host electron --migrate-vault ${kind}`,
  );
}

function vaultOver(dataKeys: readonly (readonly [kid: string, key: SplitKey])[], random: Random): OpenVault {
  const [[first, oldest], [sealing, newest]] = [dataKeys[0], dataKeys.at(-1)] as [
    [string, SplitKey],
    [string, SplitKey],
  ];
  const keys = new Map(dataKeys);
  const sealsOf = dataKeys.map(([, { rows }]) => hmacUnder(rows));
  const [sealOf, codeMac] = [hmacUnder(newest.rows), hmacUnder(newest.codes)];
  return {
    pepper: oldest.pepper,
    rowSeal: {
      of: (text) => sealOf(text),
      fits: (text, seal) => sealsOf.some((of) => isMac(seal, of(text))),
      fromTheFirst: first.startsWith(SEALS_ROWS),
    },
    seal: (plaintext, place) =>
      seal(Buffer.from(plaintext), { kid: sealing, key: newest.encrypt, nonce: random.bytes(NONCE_BYTES), place }),
    open: (envelope, place) => Buffer.from(open(envelope, place, (kid) => keys.get(kid)?.encrypt)).toString(),
    codeMac: (challengeId, code) => codeMac(JSON.stringify([challengeId, code])),
  };
}

function isMac(given: string, mac: string): boolean {
  const [found, expected] = [Buffer.from(given), Buffer.from(mac)];
  return found.length === expected.length && timingSafeEqual(found, expected);
}
