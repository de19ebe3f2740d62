import MailComposer from 'nodemailer/lib/mail-composer';
import { parseEmail } from '../../domain/email-address.ts';
import { MailFailure } from '../../domain/mail-failure.ts';
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

/** A letter in transit: who hands it to whom, and its bytes. */
export interface ComposedMail {
  readonly from: string;
  readonly to: string;
  readonly message: Buffer;
}

/**
 * A letter as an RFC 5322 message with a text and an HTML part; the same bytes each time it is composed.
 * @throws {MailFailure} when an address is not one that the engine takes (S58: the composer never sees another)
 */
export async function composeMail(letter: Letter, { id, at, from }: Envelope): Promise<ComposedMail> {
  const to = parseEmail(letter.to);
  if (!to) throw new MailFailure('recipientRejected', null, true);
  const sender = parseEmail(from.address);
  if (!sender) throw new MailFailure('senderRejected');
  const { subject, text, html } = renderLetter(letter, at);
  const options = {
    messageId: `<${id}@${sender.email.slice(sender.email.lastIndexOf('@') + 1)}>`,
    date: new Date(at),
    from: { name: harmless(from.name), address: sender.email },
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
  return { from: sender.email, to: to.email, message: await new MailComposer(options).compile().build() };
}
