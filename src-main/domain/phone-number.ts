import { parsePhoneNumberFromString } from 'libphonenumber-js/min';

const MAX_LENGTH = 40;

/** What to say of a phone number that cannot be taken. */
export const PHONE_WANTED = 'Enter a phone number with its country code, like +44 20 7946 0958.';

/**
 * E.164, the one form a number is kept in (R31). The country code must be there, for a workspace has no country; `00` says
 * the same as `+`. Null for what is no number of any country's plan, and for extensions, which take no message.
 */
export function parsePhone(input: string): string | null {
  if (input.length > MAX_LENGTH) return null;
  const written = input.normalize('NFKC').trim().replace(/^00/, '+');
  if (!/^\+[\d\s().\-/]+$/.test(written)) return null;
  const phone = parsePhoneNumberFromString(written);
  return phone?.isValid() ? phone.number : null;
}
