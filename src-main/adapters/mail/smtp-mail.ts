import { createTransport } from 'nodemailer';
import type { SMTPPoolOptions } from 'nodemailer/lib/smtp-pool';
import type { SmtpSettings } from '../../domain/connections.ts';
import { MailFailure } from '../../domain/mail-failure.ts';
import type { Letter } from '../../domain/message.ts';
import { type Duration, type Instant, SECOND } from '../../domain/values.ts';
import type { Smtp } from '../../ports/mail.ts';
import { trustIn } from './authorities.ts';
import { composeMail } from './compose-mail.ts';
import { isSigningKey, signMail } from './sign-mail.ts';
import { smtpFailure } from './smtp-failure.ts';

/** How long is waited for a mail server (SECURITY 2). */
export interface SmtpLimits {
  /** Until it is found, answers, greets and has agreed on TLS. */
  readonly connect: Duration;
  /** For one letter in all, however slowly the server goes on. */
  readonly total: Duration;
  /** Idle connections are closed after this. */
  readonly idle: Duration;
  /** For letters under way when the app ends. */
  readonly closing: Duration;
}

export interface SmtpMailOptions {
  /** Authorities to trust beside the known ones, in PEM. */
  readonly trust?: readonly string[];
  readonly limits?: SmtpLimits;
}

const LIMITS: SmtpLimits = { connect: 10 * SECOND, total: 30 * SECOND, idle: 30 * SECOND, closing: SECOND };
const LONGEST_REPLY = 64 * 1024; // bytes of one reply; more is no mail server
const CONNECTIONS = 3; // what large providers take at a time from one sender

type Hand = (settings: SmtpSettings, id: string, letter: Letter, at: Instant) => Promise<void>;

/** Letters over SMTP with nodemailer. What was under way when `close` is called gets a moment to end. */
export function smtpMail(options: SmtpMailOptions = {}): Smtp & { close(): Promise<void> } {
  const limits = options.limits ?? LIMITS;
  const trust = trustIn(options.trust ?? []);
  const stopping = new AbortController();
  const underWay = new Set<Promise<void>>();
  let pool: { readonly of: string; readonly transport: ReturnType<typeof createTransport> } | null = null;

  function pooled(settings: SmtpSettings) {
    const of = JSON.stringify(settings);
    if (pool?.of === of) return pool.transport;
    pool?.transport.close(); // what it has under way still ends there
    const pooling = { pool: true as const, maxConnections: CONNECTIONS, maxRequeues: 1, idleTimeout: limits.idle };
    const transport = createTransport({ ...serverOf(settings), ...pooling });
    pool = { of, transport };
    return transport;
  }

  function serverOf({ host, port, tls, auth }: SmtpSettings): SMTPPoolOptions {
    return {
      host,
      port,
      secure: tls === 'tls',
      requireTLS: tls === 'startTls',
      ignoreTLS: tls === 'none',
      tls: { secureContext: trust.context() },
      ...(auth.kind === 'password' && { auth: { user: auth.user, pass: auth.secret } }),
      ...(auth.kind === 'oauth2' && { auth: { type: 'OAuth2', user: auth.user, accessToken: auth.secret } }),
      forceAuth: auth.kind !== 'none', // a server that does not offer it must not get letters unasked
      connectionTimeout: limits.connect,
      greetingTimeout: limits.connect,
      dnsTimeout: limits.connect,
      socketTimeout: limits.total,
      socketCloseTimeout: limits.closing,
      maxResponseSize: LONGEST_REPLY,
      disableFileAccess: true,
      disableUrlAccess: true,
    };
  }

  function over(transportFor: (settings: SmtpSettings) => ReturnType<typeof createTransport>): Hand {
    const attempt: Hand = async (settings, id, letter, at) => {
      const signal = AbortSignal.any([AbortSignal.timeout(limits.total), stopping.signal]);
      try {
        const { from, to, message } = await composeMail(letter, { id, at, from: settings.from });
        const raw = await signMail(message, settings.dkim);
        await transportFor(settings).sendMail({ envelope: { from, to: [to] }, raw, signal });
      } catch (error) {
        throw smtpFailure(error, secretsOf(settings));
      }
    };
    return async (settings, id, letter, at) => {
      const attempted = attempt(settings, id, letter, at).catch((error: unknown) => {
        if (!isUnknownCertificate(error) || !trust.widen()) throw error;
        pool?.transport.close();
        pool = null;
        return attempt(settings, id, letter, at);
      });
      underWay.add(attempted);
      return attempted.finally(() => underWay.delete(attempted));
    };
  }

  return {
    send: over(pooled),
    sendOnce: over((settings) => createTransport(serverOf(settings))),
    canSign: isSigningKey,
    async close() {
      pool?.transport.close();
      const ended = Promise.allSettled(underWay);
      const timer = setTimeout(() => stopping.abort(), limits.closing);
      await ended;
      clearTimeout(timer);
    },
  };
}

function isUnknownCertificate(error: unknown): boolean {
  return error instanceof MailFailure && error.trouble.reason === 'certificateUnknown';
}

/** Every form in which a secret goes over the line. */
function secretsOf({ auth }: SmtpSettings): string[] {
  if (auth.kind === 'none') return [];
  const encoded = (text: string) => Buffer.from(text).toString('base64');
  const plain = `\0${auth.user}\0${auth.secret}`;
  const token = `user=${auth.user}\x01auth=Bearer ${auth.secret}\x01\x01`;
  return [auth.secret, encoded(auth.secret), encoded(plain), encoded(token)];
}
