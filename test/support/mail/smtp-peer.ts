import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { type ParsedMail, simpleParser } from 'mailparser';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';
import { onTestFinished } from 'vitest';

/** A letter as it arrived. */
export interface ReceivedMail {
  readonly from: string;
  readonly to: readonly string[];
  readonly secure: boolean;
  /** Who signed in, null when nobody did. */
  readonly user: string | null;
  readonly raw: string;
  readonly mail: ParsedMail;
}

export interface SmtpPeer {
  readonly port: number;
  readonly received: readonly ReceivedMail[];
  /** Connections opened so far. */
  connections(): number;
}

export const ACCOUNT = { user: 'mailer@example.org', password: 'a mailbox of one’s own' };

/** A real SMTP server on the loopback that takes ACCOUNT's letters, until the test is over. */
export async function openSmtpPeer(options: SMTPServerOptions = {}): Promise<SmtpPeer> {
  const received: ReceivedMail[] = [];
  let connections = 0;
  const server = new SMTPServer({
    logger: false,
    authOptional: true,
    closeTimeout: 1, // whoever is still connected when a test ends has nothing more to say
    onConnect(_session, done) {
      connections += 1;
      done();
    },
    onAuth({ method, username, password, accessToken }, _session, done) {
      const right = username === ACCOUNT.user && (password ?? accessToken) === ACCOUNT.password;
      if (right) done(null, { user: username });
      else done(new Error(`Invalid ${method} sign-in`));
    },
    onData(stream, { envelope, secure, user }, done) {
      buffer(stream).then(async (bytes) => {
        received.push({
          from: envelope.mailFrom ? envelope.mailFrom.address : '',
          to: envelope.rcptTo.map(({ address }) => address),
          secure,
          user: user ? String(user) : null,
          raw: bytes.toString('latin1'),
          mail: await simpleParser(bytes),
        });
        done();
      }, done);
    },
    ...options,
  });
  server.on('error', () => undefined); // clients that break off are what some tests are about
  const listening = server.listen(0, '127.0.0.1');
  await once(listening, 'listening');
  onTestFinished(() => new Promise((resolve) => server.close(() => resolve())));
  return { port: (listening.address() as AddressInfo).port, received, connections: () => connections };
}
