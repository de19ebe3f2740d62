import { createPrivateKey } from 'node:crypto';
import { buffer } from 'node:stream/consumers';
import DKIM from 'nodemailer/lib/dkim';
import type { SmtpSettings } from '../../domain/connections.ts';

const SHORTEST_KEY = 1024; // bits; RFC 8301 3.2

/** Whether a private key (PEM) can sign letters: RSA, not too short, not behind a passphrase. */
export function isSigningKey(privateKey: string): boolean {
  try {
    const { asymmetricKeyType, asymmetricKeyDetails } = createPrivateKey(privateKey);
    return asymmetricKeyType === 'rsa' && (asymmetricKeyDetails?.modulusLength ?? 0) >= SHORTEST_KEY;
  } catch {
    return false;
  }
}

/** The message with a DKIM signature before it (RFC 6376); the same bytes each time. */
export async function signMail(message: Buffer, dkim: SmtpSettings['dkim']): Promise<Buffer> {
  if (dkim === null) return message;
  const signer = new DKIM({ domainName: dkim.domain, keySelector: dkim.selector, privateKey: dkim.privateKey });
  const signed = await buffer(signer.sign(message));
  // The signer passes over a key that it cannot use; a letter that should be signed must not leave without.
  if (!signed.subarray(0, 15).equals(Buffer.from('DKIM-Signature:'))) throw new Error('A letter could not be signed.');
  return signed;
}
