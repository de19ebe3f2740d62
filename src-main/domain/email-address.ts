/** An address as it is written to (`email`) and as it is told apart (`key`). */
export interface EmailAddress {
  readonly email: string;
  readonly key: string;
}

const MAX_LENGTH = 254; // RFC 5321 4.5.3.1.3, less the angle brackets
const LOCAL_PART = /^[a-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*$/i;
const DOMAIN = /^(?=.{1,253}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)(?:\.[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)+$/i;

/**
 * Normalises, then validates (S18): NFKC first, so that a full-width `＠` or letter cannot make a second
 * account of the same address; then plain ASCII dot-atoms with a dotted domain (RFC 5321). Null when unfit.
 */
export function parseEmail(input: string): EmailAddress | null {
  if (input.length > 4 * MAX_LENGTH) return null;
  const email = input.normalize('NFKC').trim();
  if (email.length > MAX_LENGTH) return null;
  const at = email.lastIndexOf('@');
  const local = email.slice(0, at);
  const domain = email.slice(at + 1);
  if (at < 1 || local.length > 64 || !LOCAL_PART.test(local) || !DOMAIN.test(domain)) return null;
  return { email: `${local}@${domain.toLowerCase()}`, key: `${local}@${domain}`.toLowerCase() };
}

/** Enough of an address to recognise one's own, too little to learn another's: `a•••@example.org` (R22). */
export function maskEmail(email: string): string {
  const at = email.lastIndexOf('@');
  return `${email.slice(0, 1)}•••${email.slice(at)}`;
}
