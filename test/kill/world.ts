import { join } from 'node:path';
import { eventLoopPause } from '../../src-main/adapters/event-loop-pause.ts';
import { openSqliteStore } from '../../src-main/adapters/sqlite/open-store.ts';
import type { SqliteStore } from '../../src-main/adapters/sqlite/sqlite-store.ts';
import { inProcessBell, systemClock, systemRandom } from '../../src-main/adapters/system-ambient.ts';
import { openKeyFileVault } from '../../src-main/adapters/vault/key-file-vault.ts';
import type { Actor } from '../../src-main/domain/actor.ts';
import type { Letter, Message } from '../../src-main/domain/message.ts';
import type { TrustToken } from '../../src-main/domain/trusted-device.ts';
import type { Caller } from '../../src-main/domain/values.ts';
import type { Deps } from '../../src-main/ports/deps.ts';
import type { PasswordHash } from '../../src-main/ports/password-hash.ts';
import type { OutboxRow, Store } from '../../src-main/ports/store.ts';
import type { Vault } from '../../src-main/ports/vault.ts';
import { placeOfLetter } from '../../src-main/use-cases/delivery/enqueue-letter.ts';
import { authenticate } from '../../src-main/use-cases/sessions/authenticate.ts';
import { noSmtp } from '../support/mail/no-smtp.ts';

export const CALLER: Caller = { surface: 'desktop', addresses: ['192.0.2.7'], client: 'Chromium on Linux' };

/** Compares instead of hashing: what is killed here is the store. */
const instantHash: PasswordHash = {
  hash: async (secret, kind) => `${kind}:${secret}`,
  verify: async (encoded, secret) => encoded.slice(encoded.indexOf(':') + 1) === secret,
  pretend: async () => undefined,
};

/** What the one person using the engine knows. */
export interface Knowledge {
  email: string;
  password: string;
  session: string | null;
  pending: string | null;
  recoveryCodes: string[];
  /** What this computer is trusted by. */
  trusts: readonly TrustToken[];
}

/** An engine over a data folder, and its person. */
export interface World {
  readonly deps: Deps;
  readonly vault: Vault;
  /** The store itself, without what stands before it in `deps`. */
  readonly sqlite: SqliteStore;
  readonly person: Knowledge;
}

export const STRANGER: Knowledge = {
  email: 'ada@example.org',
  password: 'correct horse battery',
  session: null,
  pending: null,
  recoveryCodes: [],
  trusts: [],
};

/** @param wrap stands between the use-cases and the store */
export async function openWorld(
  folder: string,
  person: Knowledge = structuredClone(STRANGER),
  wrap: (store: Store) => Store = (store) => store,
): Promise<World> {
  const clock = systemClock();
  const sqlite = await openSqliteStore({
    file: join(folder, 'vestibule.db'),
    backupsFolder: join(folder, 'backups'),
    now: clock.now,
  });
  const vault = await openKeyFileVault({
    file: join(folder, 'vault.key'),
    keys: sqlite.vaultKeys,
    random: systemRandom,
    now: clock.now,
  });
  await sqlite.sealRows(vault.rowSeal);
  const deps: Deps = {
    store: wrap(sqlite),
    clock,
    random: systemRandom,
    passwordHash: instantHash,
    vault,
    bell: inProcessBell(),
    blocklist: { has: () => false },
    localOutbox: null,
    smtp: noSmtp,
    desktop: { openFolder: async () => false },
    pause: eventLoopPause(),
    log: { info: () => undefined, warn: () => undefined, error: () => undefined },
  };
  return { deps, vault, sqlite, person };
}

/** The person as whom the world is signed in. */
export async function actorIn({ deps, person }: World): Promise<Actor> {
  const actor = await authenticate(deps, CALLER, person.session);
  if (!actor) throw new Error('Nobody is signed in.');
  return actor;
}

export function openLetter(vault: Vault, row: Pick<OutboxRow, 'id' | 'accountId' | 'sealed'>): Letter {
  return JSON.parse(vault.open(row.sealed ?? '', placeOfLetter(row)));
}

/** The code that a challenge sent, from the letter that carries it. */
export async function codeOf({ sqlite, vault }: World, challengeId: string): Promise<string> {
  const row = await sqlite.read(async (tx) => {
    const challenge = await tx.challenges.find(challengeId);
    return challenge && tx.outbox.find(challenge.messageId);
  });
  const message = row && openLetter(vault, row).message;
  if (!message || !('code' in message)) throw new Error('No letter carries a code for this challenge.');
  return message.code;
}

/** The code of the newest letter that lets somebody choose a new password. */
export async function resetCodeOf(world: World): Promise<string> {
  return newestCode(world, (message) => (message.kind === 'passwordReset' ? message.resetCode : null));
}

/** The code of the newest invitation. */
export async function inviteCodeOf(world: World): Promise<string> {
  return newestCode(world, (message) => (message.kind === 'invitation' ? message.inviteCode : null));
}

async function newestCode({ deps, vault }: World, codeIn: (message: Message) => string | null): Promise<string> {
  const waiting = await deps.store.read((tx) => tx.outbox.due(deps.clock.now(), 1_000));
  const code = waiting.flatMap((row) => codeIn(openLetter(vault, row).message) ?? []).at(-1);
  if (!code) throw new Error('No letter carries such a code.');
  return code;
}
