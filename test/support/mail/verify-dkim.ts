import { createHash, createVerify, type KeyObject } from 'node:crypto';

/** The tags of a signature: `d`, `s`, `a`, `c`, `h`, `bh`, `b` … (RFC 6376 3.2). */
export type Tags = Readonly<Record<string, string>>;

/**
 * Checks the first DKIM signature of a message from the text of RFC 6376, with the relaxed forms of header and body
 * (3.4.2, 3.4.4) and SHA-256. Gives its tags; null when it does not hold.
 */
export function verifyDkim(message: string, publicKey: KeyObject): Tags | null {
  const end = message.indexOf('\r\n\r\n');
  const headers = message.slice(0, end).split(/\r\n(?![ \t])/);
  const body = message.slice(end + 4);
  const signature = headers.find((line) => /^dkim-signature:/i.test(line));
  if (!signature) return null;
  const tags = tagsOf(signature);
  if (tags.a !== 'rsa-sha256' || tags.c !== 'relaxed/relaxed') return null;
  if (createHash('sha256').update(relaxedBody(body), 'latin1').digest('base64') !== tags.bh) return null;
  const signed = (tags.h ?? '').split(':').flatMap((name) => {
    const line = headers.findLast((header) => header.toLowerCase().startsWith(`${name.toLowerCase()}:`));
    return line ? [`${relaxedHeader(line)}\r\n`] : [];
  });
  const unsigned = relaxedHeader(signature.replace(/([;\s]b=)[^;]*/, '$1'));
  const verifier = createVerify('RSA-SHA256').update(`${signed.join('')}${unsigned}`, 'latin1');
  return verifier.verify(publicKey, tags.b ?? '', 'base64') ? tags : null;
}

function tagsOf(header: string): Tags {
  const list = header.slice(header.indexOf(':') + 1).split(';');
  return Object.fromEntries(
    list.map((tag) => {
      const [name = '', ...value] = tag.split('=');
      return [name.trim(), value.join('=').replace(/\s+/g, '')];
    }),
  );
}

function relaxedHeader(line: string): string {
  const colon = line.indexOf(':');
  const value = line
    .slice(colon + 1)
    .replace(/\r\n/g, '')
    .replace(/[ \t]+/g, ' ')
    .trim();
  return `${line.slice(0, colon).trim().toLowerCase()}:${value}`;
}

function relaxedBody(body: string): string {
  const lines = body.split('\r\n').map((line) => line.replace(/[ \t]+/g, ' ').replace(/ $/, ''));
  const text = lines.join('\r\n').replace(/(\r\n)+$/, '');
  return text === '' ? '' : `${text}\r\n`;
}
