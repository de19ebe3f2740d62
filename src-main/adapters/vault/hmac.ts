import { hash } from 'node:crypto';

const BLOCK = 64;

/**
 * HMAC-SHA-256 (RFC 2104) under one key of at most 64 bytes, as base64url. Out of two plain hashes, with the key prepared
 * once: `createHmac` prepares it at each call, which here costs ten times the HMAC itself.
 */
export function hmacUnder(key: Uint8Array): (text: string) => string {
  if (key.length > BLOCK) throw new Error('The key is longer than a block.');
  const padded = (byte: number) => Buffer.alloc(BLOCK).map((_, index) => (key[index] ?? 0) ^ byte);
  const [inner, outer] = [Buffer.from(padded(0x36)), Buffer.from(padded(0x5c))];
  return (text) => {
    const inside = hash('sha256', Buffer.concat([inner, Buffer.from(text)]), 'buffer');
    return hash('sha256', Buffer.concat([outer, inside]), 'base64url');
  };
}
