import { hash } from 'node:crypto';

const BLOCK = 64;
const DIGEST = 32;
/** In bytes. */
const USUAL = 8_192;

/**
 * HMAC-SHA-256 (RFC 2104) under one key of at most 64 bytes, as base64url. Out of two plain hashes, with the key prepared
 * once: `createHmac` prepares it at each call, which here costs ten times the HMAC itself.
 */
export function hmacUnder(key: Uint8Array): (text: string) => string {
  if (key.length > BLOCK) throw new Error('The key is longer than a block.');
  const padded = (byte: number) => Buffer.alloc(BLOCK).map((_, index) => (key[index] ?? 0) ^ byte);
  const [inner, outer] = [Buffer.alloc(BLOCK + USUAL), Buffer.alloc(BLOCK + DIGEST)];
  inner.set(padded(0x36));
  outer.set(padded(0x5c));
  return (text) => {
    // A character takes three bytes at most. What is longer than usual gets a buffer of its own.
    const fits = text.length * 3 <= USUAL;
    const message = fits ? inner : Buffer.concat([inner.subarray(0, BLOCK), Buffer.from(text)]);
    const length = fits ? BLOCK + inner.write(text, BLOCK) : message.length;
    hash('sha256', message.subarray(0, length), 'buffer').copy(outer, BLOCK);
    return hash('sha256', outer, 'base64url');
  };
}
