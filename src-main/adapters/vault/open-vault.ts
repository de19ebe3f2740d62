import type { Clock, Random } from '../../ports/ambient.ts';
import type { RowSeal, Vault, VaultKeys, WrappedKey } from '../../ports/vault.ts';
import { KEY_BYTES, open, type SplitKey, seal, splitKey } from './envelope.ts';
import { type Guard, type Unwrapped, VaultUnavailable } from './guard.ts';
import { hmacUnder } from './hmac.ts';
import { sealUnder } from './row-seal.ts';

const NAMES = { keyFile: 'a key file', keychain: "this computer's keychain", passphrase: 'a passphrase' } as const;
const NONCE_BYTES = 12;
/**
 * Begins the name of a first key under which every row has its seal, or, where rows got theirs later, what is stored of it:
 * it is then wrapped under its name with this before it. A name is bound to what it names, so that nobody takes this away.
 */
const ROWS_SEALED = 'r.';

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
  /** What its seals are made with, oldest first: for a thread, which shares nothing with this one. */
  readonly rowKeys: readonly Uint8Array[];
}

/**
 * Opens the vault behind a guard, with a first data key for a new workspace.
 * The newest data key seals, any opens; the pepper is the oldest's, or a rotation would void every password.
 * @throws {VaultUnavailable} one line with the way out; never makes a new key where values are sealed already
 */
export async function openVault(guard: Guard, parts: VaultParts): Promise<OpenVault> {
  const { keys, random, now } = parts;
  if (keys.list().length === 0) {
    const kid = ROWS_SEALED + random.id();
    const wrapped = await wrapSurely(guard, random.bytes(KEY_BYTES), kid);
    keys.add({ kid, guard: guard.kind, wrapped, createdAt: now() });
  }
  const stored = keys.list();
  refuseOtherGuards(stored, guard);
  const dataKeys: [kid: string, key: SplitKey][] = [];
  for (const key of stored) {
    const { dataKey, stale } = await unwrap(guard, key);
    if (stale) keys.rewrap([await rewrapped(key, guard, dataKey)]);
    dataKeys.push([key.kid, splitKey(dataKey)]);
  }
  return vaultOver(dataKeys, random, {
    isInForce: stored.some((key) => key.kid.startsWith(ROWS_SEALED) || markOf(key) !== ''),
    async bringIntoForce() {
      const marked = stored.map(async (key) => {
        const { dataKey } = await unwrap(guard, key);
        return rewrapped(key, guard, dataKey, ROWS_SEALED);
      });
      keys.rewrap(await Promise.all(marked));
    },
  });
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
    const { dataKey } = await unwrap(from, key);
    moved.push(await rewrapped(key, to, dataKey));
  }
  keys.rewrap(moved);
}

function markOf({ wrapped }: WrappedKey): string {
  return wrapped.startsWith(ROWS_SEALED) ? ROWS_SEALED : '';
}

function unwrap(guard: Guard, key: WrappedKey): Promise<Unwrapped> {
  const mark = markOf(key);
  return guard.unwrap(key.wrapped.slice(mark.length), mark + key.kid);
}

async function rewrapped(key: WrappedKey, guard: Guard, dataKey: Uint8Array, mark = markOf(key)): Promise<WrappedKey> {
  return { ...key, guard: guard.kind, wrapped: mark + (await wrapSurely(guard, dataKey, mark + key.kid)) };
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

function vaultOver(
  dataKeys: readonly (readonly [kid: string, key: SplitKey])[],
  random: Random,
  force: Pick<RowSeal, 'isInForce' | 'bringIntoForce'>,
): OpenVault {
  const [[, oldest], [sealing, newest]] = [dataKeys[0], dataKeys.at(-1)] as [[string, SplitKey], [string, SplitKey]];
  const keys = new Map(dataKeys);
  const rowKeys = dataKeys.map(([, { rows }]) => rows);
  const codeMac = hmacUnder(newest.codes);
  return {
    pepper: oldest.pepper,
    rowKeys,
    rowSeal: { ...sealUnder(rowKeys), ...force },
    seal: (plaintext, place) =>
      seal(Buffer.from(plaintext), { kid: sealing, key: newest.encrypt, nonce: random.bytes(NONCE_BYTES), place }),
    open: (envelope, place) => Buffer.from(open(envelope, place, (kid) => keys.get(kid)?.encrypt)).toString(),
    codeMac: (challengeId, code) => codeMac(JSON.stringify([challengeId, code])),
  };
}
