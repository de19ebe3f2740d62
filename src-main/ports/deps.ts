import type { Bell, Clock, Random } from './ambient.ts';
import type { LocalOutbox, Smtp } from './mail.ts';
import type { PasswordHash } from './password-hash.ts';
import type { Store } from './store.ts';
import type { Vault } from './vault.ts';

/** Opens things of this computer's desktop. */
export interface Desktop {
  /** False where there is nothing to open folders with; the caller then shows the path. */
  openFolder(path: string): Promise<boolean>;
}

/** Lets the rest of the process go on in the midst of long work, which awaits it every few milliseconds. */
export interface Pause {
  /** @throws once the app is closing: the work then ends as it does on any failure */
  breathe(): Promise<void>;
}

/** What a bug or a failed delivery is written to; never a secret (S80). */
export interface Log {
  info(fields: Readonly<Record<string, unknown>>, message: string): void;
  warn(fields: Readonly<Record<string, unknown>>, message: string): void;
  error(fields: Readonly<Record<string, unknown>>, message: string): void;
}

/** Passwords too common to be chosen (SECURITY 2: at least 3,000 entries). */
export interface Blocklist {
  has(password: string): boolean;
}

/** Everything the engine needs from the world; `hosts/compose.ts` binds it, tests fake it. */
export interface Deps {
  readonly store: Store;
  readonly clock: Clock;
  readonly random: Random;
  readonly passwordHash: PasswordHash;
  readonly vault: Vault;
  readonly bell: Bell;
  readonly blocklist: Blocklist;
  /** The embedded default's folder; whether letters go there is for `openOutbox` to say. */
  readonly localOutbox: LocalOutbox | null;
  readonly smtp: Smtp;
  readonly desktop: Desktop;
  readonly pause: Pause;
  readonly log: Log;
}
