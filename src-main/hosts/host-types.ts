import type { OpenVault, VaultParts } from '../adapters/vault/open-vault.ts';
import type { Random } from '../ports/ambient.ts';
import type { Log } from '../ports/deps.ts';
import type { KeptCookies } from './kept-cookies.ts';
import type { Notice } from './noticed-mail.ts';

/** What a host tells the engine about the machine it runs on. */
export interface ComposeOptions {
  /** Absolute; there already, 0700, and held by this process alone. */
  readonly dataFolder: string;
  /** The built renderer: `index.html` and `assets/`. */
  readonly rendererFolder: string;
  readonly surface: 'desktop';
  /** With the guard this host has: a key file, or the computer's keychain. */
  readonly openVault: (parts: VaultParts) => Promise<OpenVault>;
  /** Fill a new workspace for show, with sign-in hints. */
  readonly demo: boolean;
  /** False where this computer has nothing to open folders with. */
  readonly openFolder: (path: string) => Promise<boolean>;
  readonly version: string;
  /** Ends the cookies' names, because cookies reach other loopback ports (ARCHITECTURE 2): 8 hex digits per data folder. */
  readonly cookieSuffix: string;
  /** Called for every letter that leaves, by hosts that point to security notices. */
  readonly onNotice?: (notice: Notice) => void;
}

/** The engine, bound to its adapters and ready to answer. */
export interface Composed {
  handle(request: Request): Promise<Response>;
  /** Ends deliveries under way and closes the store. */
  close(): Promise<void>;
  /** For a host that keeps the cookies itself. */
  readonly cookies: KeptCookies;
  readonly random: Random;
  readonly log: Log;
}

/** Rejects with an error of one plain sentence where the data folder cannot be used, having changed nothing in it. */
export type Compose = (options: ComposeOptions) => Promise<Composed>;
