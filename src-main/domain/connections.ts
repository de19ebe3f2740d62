import { parseEmail } from './email-address.ts';
import { isHost, isLoopbackHost } from './host-name.ts';
import { NAME_WANTED, parseName } from './person-name.ts';
import type { Instant } from './values.ts';

/** What the workspace can be connected to. */
export type ConnectionKind = 'smtp';

export type TlsMode = 'none' | 'startTls' | 'tls';

export type SmtpAuth =
  | { readonly kind: 'none' }
  | { readonly kind: 'password' | 'oauth2'; readonly user: string; readonly secret: string };

/** All it takes to hand letters to a mail server (R50). Sealed at rest; `secret` and `privateKey` never leave the engine. */
export interface SmtpSettings {
  readonly host: string;
  readonly port: number;
  readonly tls: TlsMode;
  readonly auth: SmtpAuth;
  readonly from: { readonly name: string; readonly address: string };
  readonly dkim: { readonly domain: string; readonly selector: string; readonly privateKey: string } | null;
}

/** The settings as typed into the form: an empty `secret` or `dkimKey` means the stored one. */
export interface SmtpForm {
  readonly host: string;
  readonly port: number;
  readonly tls: TlsMode;
  /** Said yes to sending readable passwords and codes over the network. */
  readonly allowPlain: boolean;
  readonly auth: SmtpAuth['kind'];
  readonly user: string;
  readonly secret: string;
  readonly fromName: string;
  readonly fromAddress: string;
  readonly dkim: boolean;
  readonly dkimDomain: string;
  readonly dkimSelector: string;
  readonly dkimKey: string;
}

/** What a person may see of stored settings: everything but the secrets. */
export interface SmtpView extends Omit<SmtpForm, 'secret' | 'dkimKey' | 'allowPlain'> {
  readonly hasSecret: boolean;
  readonly hasDkimKey: boolean;
  readonly updatedAt: Instant;
}

export type ParsedSmtp =
  | { readonly kind: 'fit'; readonly settings: SmtpSettings }
  | { readonly kind: 'unfit'; readonly fields: Readonly<Record<string, string>> };

const UNPRINTABLE = /\p{Cc}/u;
const DNS_LABELS = /^(?=.{1,253}$)[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?(\.[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?)*$/i;
const PRIVATE_KEY = /^-----BEGIN (RSA )?PRIVATE KEY-----\r?\n[A-Za-z0-9+/=\s]+-----END (RSA )?PRIVATE KEY-----\s*$/;

/**
 * Reads the form, with what is stored for fields left empty. A stored secret is kept only for the receiver it was
 * given for: whoever could point it elsewhere could read it there.
 */
export function parseSmtp(form: SmtpForm, stored: SmtpSettings | null): ParsedSmtp {
  const host = form.host.trim().replace(/^\[(.+)\]$/, '$1');
  const user = form.user.trim();
  const sender = parseEmail(form.fromAddress);
  const name = parseName(form.fromName);
  const secret = form.secret || keptSecret({ ...form, host, user }, stored);
  const dkimDomain = form.dkimDomain.trim().toLowerCase();
  const dkimSelector = form.dkimSelector.trim();
  const dkimKey = form.dkimKey.trim() || keptKey(dkimDomain, dkimSelector, stored);
  const withUser = form.auth !== 'none';
  const complaints: Record<string, string | false> = {
    host: !isHost(host) && 'Enter a host name like smtp.example.org, or an IP address.',
    port: !(Number.isInteger(form.port) && form.port >= 1 && form.port <= 65_535) && 'Enter a port from 1 to 65535.',
    allowPlain:
      form.tls === 'none' &&
      !isLoopbackHost(host) &&
      !form.allowPlain &&
      'Confirm this, or choose an encrypted connection.',
    user: withUser && (user === '' || UNPRINTABLE.test(user)) && 'Enter the user name of the mail account.',
    secret: withUser && unfitSecret(form, secret, stored),
    fromName: !name && NAME_WANTED,
    fromAddress: !sender && 'Enter an address like name@example.org.',
    dkimDomain: form.dkim && !DNS_LABELS.test(dkimDomain) && 'Enter the domain that signs, like example.org.',
    dkimSelector: form.dkim && !DNS_LABELS.test(dkimSelector) && 'Enter the selector of the DNS record, like mail2026.',
    dkimKey:
      form.dkim && !PRIVATE_KEY.test(dkimKey) && 'Paste the private key: it begins with -----BEGIN PRIVATE KEY-----.',
  };
  const fields = Object.fromEntries(Object.entries(complaints).filter(isComplaint));
  if (Object.keys(fields).length > 0 || !name || !sender) return { kind: 'unfit', fields };
  const { port, tls, auth } = form;
  return {
    kind: 'fit',
    settings: {
      host,
      port,
      tls,
      auth: auth === 'none' ? { kind: 'none' } : { kind: auth, user, secret },
      from: { name, address: sender.email },
      dkim: form.dkim ? { domain: dkimDomain, selector: dkimSelector, privateKey: dkimKey } : null,
    },
  };
}

function isComplaint(entry: [string, string | false]): entry is [string, string] {
  return entry[1] !== false;
}

function keptSecret({ host, port, tls, auth, user }: SmtpForm, stored: SmtpSettings | null): string {
  if (stored === null || stored.auth.kind === 'none') return '';
  const sameReceiver = stored.host === host && stored.port === port && stored.tls === tls;
  return sameReceiver && stored.auth.kind === auth && stored.auth.user === user ? stored.auth.secret : '';
}

function keptKey(domain: string, selector: string, stored: SmtpSettings | null): string {
  const dkim = stored?.dkim;
  return dkim?.domain === domain && dkim.selector === selector ? dkim.privateKey : '';
}

function unfitSecret({ auth }: SmtpForm, secret: string, stored: SmtpSettings | null): string | false {
  const word = auth === 'oauth2' ? 'access token' : 'password';
  if (UNPRINTABLE.test(secret)) return `The ${word} must be one line of printable characters.`;
  if (secret !== '') return false;
  return stored !== null && stored.auth.kind === auth
    ? `Type the ${word} again: the stored one is only for the server and user it was given for.`
    : `Enter the ${word} of the mail account.`;
}

export function viewSmtp({ host, port, tls, auth, from, dkim }: SmtpSettings, updatedAt: Instant): SmtpView {
  return {
    host,
    port,
    tls,
    auth: auth.kind,
    user: auth.kind === 'none' ? '' : auth.user,
    hasSecret: auth.kind !== 'none',
    fromName: from.name,
    fromAddress: from.address,
    dkim: dkim !== null,
    dkimDomain: dkim?.domain ?? '',
    dkimSelector: dkim?.selector ?? '',
    hasDkimKey: dkim !== null,
    updatedAt,
  };
}

/** One line for the audit log, before and after a change; no secrets. */
export function describeSmtp({ host, port, tls, auth, from, dkim }: SmtpSettings): string {
  const account = auth.kind === 'none' ? 'no sign-in' : `${auth.kind} of ${auth.user}`;
  const signed = dkim ? `DKIM ${dkim.selector}._domainkey.${dkim.domain}` : 'no DKIM';
  return [`${host}:${port}`, tls, account, `${from.name} <${from.address}>`, signed].join(', ');
}
