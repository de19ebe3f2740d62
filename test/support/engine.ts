import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { argon2Hash } from '../../src-main/adapters/argon2-hash.ts';
import { eventLoopPause } from '../../src-main/adapters/event-loop-pause.ts';
import { inProcessBell, systemRandom } from '../../src-main/adapters/system-ambient.ts';
import { openKeyFileVault } from '../../src-main/adapters/vault/key-file-vault.ts';
import type { Letter } from '../../src-main/domain/message.ts';
import { DAY, type Instant } from '../../src-main/domain/values.ts';
import type { Clock } from '../../src-main/ports/ambient.ts';
import type { Deps, Log } from '../../src-main/ports/deps.ts';
import type { Smtp } from '../../src-main/ports/mail.ts';
import type { PasswordHash } from '../../src-main/ports/password-hash.ts';
import type { Store, Tx } from '../../src-main/ports/store.ts';
import { dispatchLetters } from '../../src-main/use-cases/delivery/dispatch-letters.ts';
import { noSmtp } from './mail/no-smtp.ts';
import { freshFolder, openTestStore } from './open-test-store.ts';

/** A clock that stands still until a test moves it. */
export interface TestClock extends Clock {
  advance(by: number): void;
  /** What the system clock says, where that is not the time; null: it is. */
  claim(at: Instant | null): void;
}

export function testClock(start: Instant = Date.UTC(2026, 5, 1, 12)): TestClock {
  let now = start;
  let claimed: Instant | null = null;
  let doubted = false;
  return {
    now: () => now,
    raise: (at) => {
      now = Math.max(now, at);
    },
    isWrong: () => (claimed ?? now) < now - DAY,
    isDoubted: () => doubted,
    doubt: () => {
      doubted = true;
    },
    claimed: () => claimed ?? now,
    accept: (at) => {
      now = at;
      claimed = null;
      doubted = false;
    },
    claim: (at) => {
      claimed = at;
    },
    advance: (by) => {
      now += by;
    },
  };
}

/** Compares instead of hashing: for the hundreds of tests that are not about the hash. */
export const instantHash: PasswordHash = {
  hash: async (secret, kind) => `${kind}:${secret}`,
  verify: async (encoded, secret) => encoded.slice(encoded.indexOf(':') + 1) === secret,
  pretend: async () => undefined,
};

export const silentLog: Log = { info: () => undefined, warn: () => undefined, error: () => undefined };

export interface EngineOptions {
  readonly folder?: string;
  readonly clock?: TestClock;
  /** `real` is argon2id with the vault's pepper. */
  readonly passwordHash?: 'instant' | 'real';
  /** Stands between the engine and its real store, to make it fail. */
  readonly wrapStore?: (store: Store) => Store;
  readonly log?: Log;
  /** `none` does not wait for the disk (see `openTestStore`). */
  readonly durability?: 'full' | 'none';
  /** Seal rows, as the product does: for tests that write no row behind the engine’s back, but to be found out. */
  readonly sealed?: boolean;
  readonly smtp?: Smtp;
}

/** The engine over a real store and vault in a folder of its own, with a mailbox in place of the world. */
export interface Engine {
  readonly deps: Deps;
  readonly clock: TestClock;
  readonly folder: string;
  /** Delivers what is due and gives every letter delivered so far, oldest first. */
  letters(): Promise<Letter[]>;
  /** The code of the newest letter to an address that carries one. */
  codeFor(email: string): Promise<string>;
  read<T>(work: (tx: Tx) => Promise<T>): Promise<T>;
}

export async function openEngine(options: EngineOptions = {}): Promise<Engine> {
  const folder = options.folder ?? (await freshFolder());
  const clock = options.clock ?? testClock();
  const sqlite = await openTestStore(folder, options.durability);
  const keys = {
    file: join(folder, 'vault.key'),
    keys: sqlite.vaultKeys,
    random: systemRandom,
    now: () => clock.now(),
  };
  const vault = await openKeyFileVault(keys);
  if (options.sealed) await sqlite.sealRows(vault.rowSeal);
  const bell = inProcessBell();
  const deps: Deps = {
    store: options.wrapStore?.(sqlite) ?? sqlite,
    clock,
    random: systemRandom,
    passwordHash: options.passwordHash === 'real' ? argon2Hash(vault.pepper) : instantHash,
    vault,
    bell,
    blocklist: { has: (password) => ['password', '12345678', 'password123'].includes(password.toLowerCase()) },
    localOutbox: null,
    smtp: options.smtp ?? noSmtp,
    desktop: { openFolder: async () => false },
    pause: eventLoopPause(),
    log: options.log ?? silentLog,
  };
  const delivered: Letter[] = [];
  const mail = {
    send: async (_id: string, letter: Letter) => {
      delivered.push(letter);
    },
  };
  const letters = async () => {
    await dispatchLetters({ ...deps, store: sqlite, mail });
    return delivered;
  };
  onTestFinished(() => sqlite.close());
  return {
    deps,
    clock,
    folder,
    letters,
    read: (work) => sqlite.read(work),
    async codeFor(email) {
      const codes = (await letters()).flatMap(({ to, message }) =>
        to === email && 'code' in message ? message.code : [],
      );
      const code = codes.at(-1);
      if (!code) throw new Error(`No code was sent to ${email}.`);
      return code;
    },
  };
}
