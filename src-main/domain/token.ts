import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';

/** Lower-case hex SHA-256 of a 256-bit token: all that the store keeps of it (SECURITY 5). */
export function hashToken(token: string): string {
  return bytesToHex(sha256(utf8ToBytes(token)));
}

/** Whether something of the shape of a token was presented at all; anything else is not worth a look-up. */
export function isToken(input: string | null): input is string {
  return input !== null && /^[A-Za-z0-9_-]{43}$/.test(input);
}
