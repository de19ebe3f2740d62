import { createCipheriv, createDecipheriv, hkdfSync } from 'node:crypto';
import type { Place } from '../../ports/vault.ts';

/** Every key here: AES-256, and what HKDF gives. */
export const KEY_BYTES = 32;
const VERSION = '1';
const ALGORITHM = 'A256GCM';
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** Altered, moved to another place, or of another key: which of them, cryptography does not tell. */
export class EnvelopeRejected extends Error {
  constructor() {
    super('A sealed value was altered or belongs elsewhere.');
    this.name = 'EnvelopeRejected';
  }
}

export interface Sealing {
  readonly kid: string;
  /** 32 bytes. */
  readonly key: Uint8Array;
  /** 12 bytes, never used twice under one key: drawn at random (NIST SP 800-38D 8.2.2). */
  readonly nonce: Uint8Array;
  readonly place: Place;
}

/** `v|alg|kid|nonce|ciphertext|tag`, the last three in base64url (SECURITY 5). */
export function seal(plaintext: Uint8Array, { kid, key, nonce, place }: Sealing): string {
  const cipher = createCipheriv('aes-256-gcm', key, nonce, { authTagLength: TAG_BYTES });
  cipher.setAAD(boundTo(place));
  const ciphertext = Buffer.concat([cipher.update(plaintext), cipher.final()]);
  return [VERSION, ALGORITHM, kid, encode(nonce), encode(ciphertext), encode(cipher.getAuthTag())].join('|');
}

/**
 * What was sealed at this place.
 * @param keyOf the key of that name, or undefined
 * @throws {EnvelopeRejected}
 */
export function open(envelope: string, place: Place, keyOf: (kid: string) => Uint8Array | undefined): Uint8Array {
  const [version, algorithm, kid, ...sealed] = envelope.split('|');
  const key = kid === undefined ? undefined : keyOf(kid);
  const [nonce, ciphertext, tag] = sealed.map(decode);
  const fits = version === VERSION && algorithm === ALGORITHM && sealed.length === 3;
  if (!fits || !key || !ciphertext || nonce?.length !== NONCE_BYTES || tag?.length !== TAG_BYTES) {
    throw new EnvelopeRejected();
  }
  const decipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: TAG_BYTES });
  decipher.setAAD(boundTo(place));
  decipher.setAuthTag(tag);
  try {
    return Buffer.concat([decipher.update(ciphertext), decipher.final()]);
  } catch {
    throw new EnvelopeRejected();
  }
}

/** One data key's five purposes. */
export interface SplitKey {
  readonly encrypt: Uint8Array;
  readonly codes: Uint8Array;
  readonly pepper: Uint8Array;
  readonly audit: Uint8Array;
  readonly rows: Uint8Array;
}

/** HKDF-SHA-256 (RFC 5869), one `info` a purpose, so that no key serves two (SECURITY 5). */
export function splitKey(dataKey: Uint8Array): SplitKey {
  const derive = (purpose: string) =>
    new Uint8Array(hkdfSync('sha256', dataKey, '', `vestibule ${purpose}`, KEY_BYTES));
  return {
    encrypt: derive('encrypt'),
    codes: derive('codes'),
    pepper: derive('pepper'),
    audit: derive('audit'),
    rows: derive('rows'),
  };
}

/** `vestibule:table:column:row:account`; separators within a part are escaped, so no two places share a text. */
function boundTo({ table, column, row, account }: Place): Buffer {
  const parts = [table, column, row, account].map((part) => part.replaceAll('%', '%25').replaceAll(':', '%3A'));
  return Buffer.from(['vestibule', ...parts].join(':'));
}

function encode(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64url');
}

/** Undefined unless the text is the one spelling of its bytes: Node's decoder overlooks stray characters. */
function decode(text: string): Buffer | undefined {
  const bytes = Buffer.from(text, 'base64url');
  return bytes.toString('base64url') === text ? bytes : undefined;
}
