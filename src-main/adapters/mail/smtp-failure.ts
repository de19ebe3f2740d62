import { MailFailure, type MailReason } from '../../domain/mail-failure.ts';
import { harmless } from './harmless.ts';

/** What nodemailer 10 says of a failed delivery; its list of codes is in its `errors.d.ts`. */
interface SmtpError {
  readonly code?: string;
  /** The system's or TLS library's own code under it. */
  readonly originalCode?: string;
  readonly command?: string;
  readonly response?: string;
  readonly responseCode?: number;
}

/** Codes of the operating system's network and of OpenSSL's verification. */
const BENEATH: Readonly<Record<string, MailReason>> = {
  ECONNREFUSED: 'refused',
  ETIMEDOUT: 'timeout',
  EHOSTUNREACH: 'timeout',
  ENETUNREACH: 'timeout',
  CERT_HAS_EXPIRED: 'certificateExpired',
  CERT_NOT_YET_VALID: 'certificateExpired',
  ERR_TLS_CERT_ALTNAME_INVALID: 'certificateWrongName',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'certificateUnknown',
  SELF_SIGNED_CERT_IN_CHAIN: 'certificateUnknown',
  UNABLE_TO_GET_ISSUER_CERT: 'certificateUnknown',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'certificateUnknown',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'certificateUnknown',
  EPROTO: 'tlsFailed',
};

const COMMANDS: Readonly<Record<string, MailReason>> = {
  'MAIL FROM': 'senderRejected',
  'RCPT TO': 'recipientRejected',
  DATA: 'messageRejected',
};

const AUTHENTICATION_REQUIRED = 530; // RFC 4954 6
const NOT_IMPLEMENTED = [500, 502, 503, 504]; // RFC 4954 4: no AUTH here, or not by this mechanism
const SERVICE_CLOSING = 421; // RFC 5321 4.2.1, whatever it answers
const BAD_SEQUENCE = 503; // about the session, not the letter
const LONGEST_REPLY = 300;

/**
 * A failed delivery in words a person can act on. What is no failed delivery, but a bug, comes back as it was.
 * @param secrets a reply that repeats one of them is not passed on
 */
export function smtpFailure(thrown: unknown, secrets: readonly string[]): unknown {
  if (!(thrown instanceof Error) || thrown instanceof MailFailure) return thrown;
  const error: SmtpError & Error = thrown;
  const reason = reasonOf(error);
  return reason === null ? thrown : new MailFailure(reason, replyOf(error, secrets), isPermanent(error, reason));
}

function reasonOf(error: SmtpError & Error): MailReason | null {
  const { code, originalCode = '', command = '', responseCode = 0 } = error;
  if (responseCode === SERVICE_CLOSING) return 'dropped';
  if (responseCode === AUTHENTICATION_REQUIRED) return 'authRejected';
  switch (code) {
    case 'EDNS':
      return 'hostNotFound';
    case 'ESOCKET':
      return BENEATH[originalCode] ?? (originalCode.startsWith('ERR_SSL_') ? 'tlsFailed' : 'dropped');
    case 'ETIMEDOUT':
    case 'EABORT':
      return 'timeout';
    case 'ETLS':
      return command === 'STARTTLS' && responseCode ? 'tlsNotOffered' : 'tlsFailed';
    case 'ECONNECTION':
      return command === 'EHLO' ? 'refused' : 'dropped';
    case 'EPROTOCOL':
      return responseCode >= 400 ? 'refused' : 'notMailServer';
    case 'EAUTH':
      return NOT_IMPLEMENTED.includes(responseCode) ? 'authNotOffered' : 'authRejected';
    case 'EENVELOPE':
    case 'EMESSAGE':
      return COMMANDS[command] ?? null;
    default:
      return error.message === 'Connection pool was closed' ? 'dropped' : null;
  }
}

function isPermanent({ responseCode = 0 }: SmtpError, reason: MailReason): boolean {
  const aboutTheLetter = reason === 'recipientRejected' || reason === 'messageRejected';
  return aboutTheLetter && responseCode >= 500 && responseCode < 600 && responseCode !== BAD_SEQUENCE;
}

/** The server's words on one line, its code once at the front. */
function replyOf({ response = '' }: SmtpError, secrets: readonly string[]): string | null {
  if (secrets.some((secret) => response.includes(secret))) return null;
  const [first = '', ...more] = response.split('\n').map((line) => line.replace(/^(\d{3})-/, '$1 '));
  const reply = [first, ...more.map((line) => line.replace(/^\d{3} (\d\.\d+\.\d+ )?/, ''))].join(' ');
  return harmless(reply, LONGEST_REPLY) || null;
}
