import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { TLSSocket } from 'node:tls';
import type { Certificate } from './certificate.ts';

/** Where in a delivery something goes wrong, in the order of the protocol (RFC 5321, 3207, 4954). */
export const STEPS = [
  'greeting',
  'EHLO',
  'STARTTLS',
  'handshake',
  'AUTH',
  'MAIL',
  'RCPT',
  'DATA',
  'end of data',
  'QUIT',
] as const;
export type Step = (typeof STEPS)[number];

/**
 * A reply of its own, again every so many milliseconds where that is given; silence, or a broken line; `keep and drop`
 * takes the letter first and never says so.
 */
export type Fault = { readonly reply: string; readonly every?: number } | 'hang' | 'drop' | 'keep and drop';

export interface FaultySmtp {
  readonly port: number;
  /** Every command and every line of a letter, in order, over all connections. */
  readonly heard: readonly string[];
  /** Letters that were taken. */
  readonly kept: readonly string[];
  /** Goes wrong at `step` from now on; null: all is well. */
  fail(step: Step | null, fault?: Fault): void;
  /** Resolves when the step that fails was reached. */
  reached(): Promise<void>;
  /** Says something on every line that is open. */
  say(reply: string): void;
  /** Breaks every line that is open. */
  hangUp(): void;
  stop(): void;
}

const USUAL: Readonly<Record<Exclude<Step, 'handshake'>, string>> = {
  greeting: '220 faulty.example ESMTP',
  EHLO: '250-faulty.example\r\n250-STARTTLS\r\n250 AUTH PLAIN',
  STARTTLS: '220 go on',
  AUTH: '235 welcome',
  MAIL: '250 sender fine',
  RCPT: '250 recipient fine',
  DATA: '354 go on',
  'end of data': '250 taken',
  QUIT: '221 bye',
};

/** A mail server of the plainest kind, with one step that fails as told. */
export async function startFaultySmtp(certificate: Certificate): Promise<FaultySmtp> {
  const heard: string[] = [];
  const kept: string[] = [];
  const lines = new Set<Socket>();
  let trouble: { readonly step: Step; readonly fault: Fault } | null = null;
  let reached = Promise.withResolvers<void>();

  /** Answers as usual, or goes wrong. True when all went well. */
  function answer(socket: Socket, step: Step): boolean {
    if (trouble?.step !== step) {
      if (step !== 'handshake') socket.write(`${USUAL[step]}\r\n`);
      return true;
    }
    reached.resolve();
    misbehave(socket, trouble.fault);
    return false;
  }

  /** Takes commands until STARTTLS, or until the line ends. */
  function serve(socket: Socket): void {
    let letter: string[] | null = null;
    let unread = '';

    const keep = (line: string, taken: string[]) => {
      if (line !== '.') {
        taken.push(line);
        return;
      }
      letter = null;
      const spoilt = trouble?.step === 'end of data' && trouble.fault !== 'keep and drop';
      if (!spoilt) kept.push(taken.join('\r\n'));
      answer(socket, 'end of data');
    };
    const obey = (line: string) => {
      const step = STEPS.find((name) => line.toUpperCase().startsWith(name));
      if (!step || !answer(socket, step)) return;
      if (step === 'STARTTLS') upgrade(socket);
      if (step === 'DATA') letter = [];
      if (step === 'QUIT') socket.end();
    };

    lines.add(socket);
    socket.on('error', () => undefined);
    socket.on('close', () => lines.delete(socket));
    socket.on('data', (chunk) => {
      const read = (unread + chunk.toString('latin1')).split('\r\n');
      unread = read.pop() ?? '';
      for (const line of read) {
        heard.push(line);
        if (letter) keep(line, letter);
        else obey(line);
      }
    });
  }

  function upgrade(plain: Socket): void {
    plain.removeAllListeners('data');
    lines.delete(plain);
    if (answer(plain, 'handshake')) serve(new TLSSocket(plain, { isServer: true, ...certificate }));
  }

  const server = createServer((socket) => {
    serve(socket);
    answer(socket, 'greeting');
  });
  const hangUp = () => {
    for (const socket of lines) socket.destroy();
  };
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    heard,
    kept,
    fail(step, fault = 'hang') {
      trouble = step && { step, fault };
      reached = Promise.withResolvers<void>();
    },
    reached: () => reached.promise,
    say(reply) {
      for (const socket of lines) socket.write(`${reply}\r\n`);
    },
    hangUp,
    stop() {
      hangUp();
      server.close();
    },
  };
}

function misbehave(socket: Socket, fault: Fault): void {
  if (fault === 'hang') return;
  if (typeof fault === 'string') {
    socket.destroy();
    return;
  }
  const { reply, every } = fault;
  socket.write(`${reply}\r\n`);
  if (!every) return;
  const timer = setInterval(() => socket.write(`${reply}\r\n`), every);
  socket.on('close', () => clearInterval(timer));
}
