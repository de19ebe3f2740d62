import { type EmailAddress, parseEmail } from '../../domain/email-address.ts';
import { DomainError } from '../../domain/errors.ts';
import { NAME_WANTED, parseName } from '../../domain/person-name.ts';
import { PHONE_WANTED, parsePhone } from '../../domain/phone-number.ts';

export const EMAIL_WANTED = 'Enter an address like name@example.org.';

/** Name and phone as they are kept. @throws {DomainError} `invalidInput` */
export function readNameAndPhone(form: { readonly name: string; readonly phone: string | null }) {
  const { name, phone } = readFields(form);
  if (name !== null && phone !== undefined) return { name, phone };
  throw unfit({ name, phone });
}

/** Name, phone and address as they are kept. @throws {DomainError} `invalidInput` */
export function readNewUser(form: { readonly name: string; readonly email: string; readonly phone: string | null }) {
  const { name, phone } = readFields(form);
  const address = parseEmail(form.email);
  if (name !== null && phone !== undefined && address) return { name, phone, address };
  throw unfit({ name, phone, address });
}

/** `undefined` is a phone number that was given and cannot be taken. */
function readFields(form: { readonly name: string; readonly phone: string | null }) {
  const phone = form.phone === null ? null : (parsePhone(form.phone) ?? undefined);
  return { name: parseName(form.name), phone };
}

function unfit(read: { name: string | null; phone: string | null | undefined; address?: EmailAddress | null }) {
  return new DomainError('invalidInput', {
    fields: {
      ...(read.name === null && { name: NAME_WANTED }),
      ...(read.address === null && { email: EMAIL_WANTED }),
      ...(read.phone === undefined && { phone: PHONE_WANTED }),
    },
  });
}
