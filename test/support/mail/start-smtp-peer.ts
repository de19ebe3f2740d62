/// <reference path="./mailparser.d.ts" />

import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { type ParsedMail, simpleParser } from 'mailparser';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';

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
  /** Resolves with the next letter that has not been taken from here yet. */
  next(): Promise<ReceivedMail>;
  stop(): Promise<void>;
}

export const ACCOUNT = { user: 'mailer@example.org', password: 'a mailbox of one’s own' };

/** A real SMTP server on the loopback that takes ACCOUNT's letters. */
export async function startSmtpPeer(options: SMTPServerOptions = {}): Promise<SmtpPeer> {
  const received: ReceivedMail[] = [];
  let connections = 0;
  let read = 0;
  let tell = () => {};
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
        tell();
      }, done);
    },
    ...options,
  });
  server.on('error', () => undefined); // clients that break off are what some tests are about
  const listening = server.listen(0, '127.0.0.1');
  await once(listening, 'listening');
  return {
    port: (listening.address() as AddressInfo).port,
    received,
    connections: () => connections,
    async next() {
      while (received.length <= read) await new Promise<void>((resolve) => (tell = resolve));
      read += 1;
      return received[read - 1] as ReceivedMail;
    },
    stop: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
