import { timingSafeEqual } from 'node:crypto';
import type { RowSeal } from '../../ports/vault.ts';
import { hmacUnder } from './hmac.ts';

/** What seals rows under the newest of these keys and knows the seals of all, oldest first. */
export function sealUnder(keys: readonly Uint8Array[]): Pick<RowSeal, 'of' | 'fits'> {
  const [newest, ...older] = keys.map(hmacUnder).reverse();
  if (newest === undefined) throw new Error('There is no key to seal with.');
  return {
    of: newest,
    fits: (text, seal) => isMac(seal, newest(text)) || older.some((of) => isMac(seal, of(text))),
  };
}

function isMac(given: string, mac: string): boolean {
  const [found, expected] = [Buffer.from(given), Buffer.from(mac)];
  return found.length === expected.length && timingSafeEqual(found, expected);
}
