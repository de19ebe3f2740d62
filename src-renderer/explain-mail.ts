import type { MailReason } from '../src-main/domain/mail-failure.ts';

/** Why a mail server took no letter, and what to do about it. */
export const MAIL_TROUBLE: Readonly<Record<MailReason, { readonly title: string; readonly next: string }>> = {
  hostNotFound: {
    title: 'No server by this name was found',
    next: 'Check how the host is spelt, and that this computer is online.',
  },
  refused: {
    title: 'The server refused the connection',
    next: 'Check the port: usually 587 with STARTTLS, or 465 with TLS from the start. A firewall may be in the way too.',
  },
  timeout: {
    title: 'The server did not answer in time',
    next: 'Check host and port. A firewall may be in the way; many networks block port 25.',
  },
  notMailServer: {
    title: 'What answers there is not a mail server',
    next: 'Check host and port: mail is usually sent at 587 or 465.',
  },
  tlsNotOffered: {
    title: 'The server offers no encryption at this port',
    next: 'Try TLS from the start at port 465, or ask your provider. Nothing was sent unencrypted.',
  },
  certificateUnknown: {
    title: 'Nobody this computer trusts vouches for the server',
    next: 'Ask your provider. For an authority of your own, add its certificate to this computer’s store and start Vestibule again.',
  },
  certificateExpired: {
    title: 'The server’s certificate is not valid today',
    next: 'Its owner has to renew it. Check this computer’s clock too.',
  },
  certificateWrongName: {
    title: 'The server’s certificate is for another name',
    next: 'Use exactly the host name your provider gives; an alias or a bare address does not do.',
  },
  tlsFailed: {
    title: 'Both sides found no encryption to agree on',
    next: 'At port 587 or 25 choose STARTTLS, at 465 TLS from the start. The server must speak TLS 1.2 or later.',
  },
  authNotOffered: {
    title: 'The server takes no sign-in here',
    next: 'Choose “No sign-in”, or the port and encryption your provider gives for sending.',
  },
  authRejected: {
    title: 'The server does not accept the sign-in',
    next: 'Check user and password. Many providers want an app password; access tokens run out.',
  },
  senderRejected: {
    title: 'The server does not let you send from this address',
    next: 'Use a sender address that belongs to the mail account.',
  },
  recipientRejected: {
    title: 'The server does not deliver to your address',
    next: 'The mail account may be limited to some addresses, or yours may be wrong in your profile.',
  },
  messageRejected: {
    title: 'The server did not take the message',
    next: 'A spam filter or a limit may be behind it; your provider knows.',
  },
  dropped: {
    title: 'The connection broke off',
    next: 'Try again. If it stays like this, check port and encryption.',
  },
};
