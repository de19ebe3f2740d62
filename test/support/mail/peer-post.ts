import { onTestFinished } from 'vitest';
import { smtpMail } from '../../../src-main/adapters/mail/smtp-mail.ts';
import type { SmtpAuth, SmtpSettings } from '../../../src-main/domain/connections.ts';
import type { MailReason } from '../../../src-main/domain/mail-failure.ts';
import type { Letter } from '../../../src-main/domain/message.ts';
import type { Smtp } from '../../../src-main/ports/mail.ts';
import { WRITTEN_AT } from '../letters.ts';
import { newAuthority } from './certificate.ts';
import { smtpSettings } from './settings.ts';
import { openSmtpPeer } from './smtp-peer.ts';
import { ACCOUNT, type SmtpPeer } from './start-smtp-peer.ts';

export const AUTHORITY = newAuthority();
export const ID = 'q83vEjRWeJCrze_-q83vEg';
const SIGN_IN: SmtpAuth = { kind: 'password', user: ACCOUNT.user, secret: ACCOUNT.password };

export const atPeer = ({ port }: { readonly port: number }, change: Partial<SmtpSettings> = {}): SmtpSettings =>
  smtpSettings({ host: 'localhost', port, auth: SIGN_IN, ...change });

export const failsFor = (reason: MailReason, permanent = false) => ({ trouble: { reason, permanent } });

/** The adapter, trusting the tests' authority, closed when the test is over. */
export function openSmtp(): Smtp & { close(): Promise<void> } {
  const smtp = smtpMail({ trust: [AUTHORITY.cert] });
  onTestFinished(() => smtp.close());
  return smtp;
}

export interface PeerPost {
  readonly peer: SmtpPeer;
  readonly smtp: Smtp;
  send(letter: Letter, change?: Partial<SmtpSettings>, id?: string): Promise<void>;
}

/** A real server and the adapter set up for it. */
export async function openPeerPost(
  tls: SmtpSettings['tls'] = 'startTls',
  certificate = AUTHORITY.issue(),
): Promise<PeerPost> {
  const peer = await openSmtpPeer({ ...certificate, secure: tls === 'tls' });
  const smtp = openSmtp();
  return {
    peer,
    smtp,
    send: (letter, change = {}, id = ID) => smtp.send(atPeer(peer, { tls, ...change }), id, letter, WRITTEN_AT),
  };
}
