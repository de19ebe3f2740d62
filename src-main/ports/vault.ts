import type { Instant } from '../domain/values.ts';

/** Which column a sealed value belongs to; it opens nowhere else (SECURITY 5, AAD). */
export interface Place {
  readonly table: string;
  readonly column: string;
  readonly row: string;
  /** Account the value belongs to, '' for the workspace. */
  readonly account: string;
}

/** Keeper of the data-encryption keys. Opened before the engine starts; a vault that cannot open stops the app (SECURITY, "Settled"). */
export interface Vault {
  /** Envelope `v|alg|kid|nonce|ciphertext|tag` as text; AES-256-GCM, random 96-bit nonce. */
  seal(plaintext: string, place: Place): string;
  /** @throws {Error} when the envelope was altered or belongs elsewhere. */
  open(envelope: string, place: Place): string;
  /** base64url HMAC-SHA-256 under the key for codes (short codes: 10⁶ guesses defeat any plain hash). */
  codeMac(challengeId: string, code: string): string;
}

/** What keeps a data key from whoever copies the data folder (SECURITY 5, KEK). */
export type KeyGuard = 'keyFile' | 'keychain' | 'passphrase';

/** A data-encryption key as it may be stored: wrapped by its guard. */
export interface WrappedKey {
  /** Names the key in every envelope it sealed. */
  readonly kid: string;
  readonly guard: KeyGuard;
  readonly wrapped: string;
  readonly createdAt: Instant;
}

/** Where wrapped data keys lie. Synchronous: used before the engine starts, when no transaction runs. */
export interface VaultKeys {
  /** Oldest first. */
  list(): WrappedKey[];
  add(key: WrappedKey): void;
  /** Puts these in place of those of the same names, all or none: a crash leaves every key under one guard. @throws when one is not there */
  rewrap(keys: readonly WrappedKey[]): void;
}

/** Shows of a row of the store that it is as it was written (S55, S76): a keyed seal over its text. */
export interface RowSeal {
  /** base64url HMAC-SHA-256. */
  of(text: string): string;
  fits(text: string, seal: string): boolean;
  /** Whether every row of this workspace has its seal: one without is then forged. */
  readonly isInForce: boolean;
  /** Once every row has: says so for good, under the guard of the vault, where no editor of the file can take it back. */
  bringIntoForce(): Promise<void>;
}
