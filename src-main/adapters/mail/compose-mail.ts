import MailComposer from 'nodemailer/lib/mail-composer';
import { parseEmail } from '../../domain/email-address.ts';
import type { Letter } from '../../domain/message.ts';
import type { Instant } from '../../domain/values.ts';
import { harmless } from './harmless.ts';
import { renderLetter } from './render-letter.ts';

export interface Envelope {
  /** Becomes the Message-ID; the same on every retry. */
  readonly id: string;
  /** When the letter was written; becomes the Date. */
  readonly at: Instant;
  readonly from: { readonly name: string; readonly address: string };
}

const MESSAGE_ID_DOMAIN = 'vestibule.localhost';

/**
 * A letter as an RFC 5322 message with a text and an HTML part; the same bytes each time it is composed.
 * @throws when the address is not one that the engine takes (S58: the composer never sees another)
 */
export async function composeMail(letter: Letter, { id, at, from }: Envelope): Promise<Buffer> {
  const to = parseEmail(letter.to);
  if (!to) throw new Error('A letter is addressed to something that is no mail address.');
  const { subject, text, html } = renderLetter(letter, at);
  const options = {
    messageId: `<${id}@${MESSAGE_ID_DOMAIN}>`,
    date: new Date(at),
    from,
    to: { name: harmless(letter.name), address: to.email },
    subject,
    text,
    html,
    headers: { 'Auto-Submitted': 'auto-generated' }, // RFC 3834: no out-of-office replies, please
    encoding: 'quoted-printable',
    newline: 'windows', // CRLF throughout (RFC 5322 2.1)
    baseBoundary: id,
    disableFileAccess: true,
    disableUrlAccess: true,
  };
  return new MailComposer(options).compile().build();
}
