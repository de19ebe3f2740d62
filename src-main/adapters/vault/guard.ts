import type { Random } from '../../ports/ambient.ts';
import type { KeyGuard, Place } from '../../ports/vault.ts';
import { open, seal } from './envelope.ts';

/** The vault cannot be opened: one line that says why and what to do. The app does not start (SECURITY, "Settled"). */
export class VaultUnavailable extends Error {
  constructor(message: string, cause?: unknown) {
    super(message, { cause });
    this.name = 'VaultUnavailable';
  }
}

/** Keeps data keys from whoever copies the database (SECURITY 5, KEK). */
export interface Guard {
  readonly kind: KeyGuard;
  /** As text to be stored. @throws {VaultUnavailable} */
  wrap(dataKey: Uint8Array, kid: string): Promise<string>;
  /** @throws {VaultUnavailable} when it is not this guard's, was altered, or is another key's */
  unwrap(wrapped: string, kid: string): Promise<Unwrapped>;
}

export interface Unwrapped {
  readonly dataKey: Uint8Array;
  /** True when the guard asks to wrap it anew. */
  readonly stale: boolean;
}

/** A data key in our envelope, bound to its own name. @param key the guard's, 32 bytes */
export function sealDataKey(
  key: Uint8Array,
  dataKey: Uint8Array,
  of: { readonly kid: string; readonly guard: KeyGuard; readonly random: Random },
): string {
  return seal(dataKey, { kid: of.guard, key, nonce: of.random.bytes(12), place: placeOf(of.kid) });
}

/** @throws {EnvelopeRejected} */
export function openDataKey(key: Uint8Array, sealed: string, kid: string): Uint8Array {
  return open(sealed, placeOf(kid), () => key);
}

function placeOf(kid: string): Place {
  return { table: 'vaultKeys', column: 'wrapped', row: kid, account: '' };
}
