import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { refuse } from '../refusal.ts';
import { send, toRequest } from './exchange.ts';

export interface Listener {
  readonly port: number;
  /** Takes no more requests, lets answers under way finish for at most `patience` milliseconds, then cuts every line. */
  close(patience: number): Promise<void>;
}

type Answer = (request: Request) => Promise<Response>;

const METHODS = ['GET', 'HEAD', 'POST'];

/**
 * Listens on 127.0.0.1 alone.
 * @param port 0 for any free one
 * @throws {Error} one sentence, where the port cannot be had
 */
export async function listen(port: number, answer: Answer): Promise<Listener> {
  const underWay = new Set<Promise<void>>();
  const server = createServer(
    { maxHeaderSize: 16 * 1024, headersTimeout: 10_000, requestTimeout: 30_000, keepAliveTimeout: 5_000 },
    (incoming, outgoing) => {
      const exchange = converse(incoming, outgoing, answer).finally(() => underWay.delete(exchange));
      underWay.add(exchange);
    },
  );
  server.maxConnections = 256;
  // There is no WebSocket here, so a page elsewhere that asks for one learns nothing (S63).
  server.on('upgrade', (_request, socket) => {
    socket.on('error', () => {});
    socket.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\nContent-Length: 0\r\n\r\n');
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error) => reject(new Error(explain(error, port))));
    server.listen(port, '127.0.0.1', resolve);
  });
  return {
    port: (server.address() as AddressInfo).port,
    async close(patience) {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      await Promise.race([Promise.allSettled(underWay), wait(patience, undefined, { ref: false })]);
      server.closeAllConnections();
      await closed;
    },
  };
}

/** Resolves when the answer is given; for an event stream, which has no end of its own, as soon as it is open. */
async function converse(incoming: IncomingMessage, outgoing: ServerResponse, answer: Answer): Promise<void> {
  const response = await answerTo(incoming, outgoing, answer);
  const sent = send(response, outgoing);
  if (!response.headers.get('content-type')?.startsWith('text/event-stream')) await sent;
}

async function answerTo(incoming: IncomingMessage, outgoing: ServerResponse, answer: Answer): Promise<Response> {
  if (!METHODS.includes(incoming.method ?? '')) return refuse('METHOD_NOT_SUPPORTED', `No ${incoming.method} here.`);
  if (!isPlainTarget(incoming.url ?? '')) return refuse('BAD_REQUEST', 'This address cannot be read.');
  try {
    return await answer(toRequest(incoming, outgoing));
  } catch (error) {
    process.stderr.write(`Vestibule could not answer: ${error instanceof Error ? error.stack : error}\n`);
    return refuse('INTERNAL_SERVER_ERROR', 'Something went wrong in Vestibule. Nothing is known to have changed.');
  }
}

/** A path of this server: no other server's whole address, and none of the steps upwards that a URL parser smooths over. */
function isPlainTarget(target: string): boolean {
  const path = target.replace(/[?#].*$/s, '');
  return path.startsWith('/') && !/(?:[/\\]|%2f|%5c)(?:\.|%2e){2}(?:[/\\]|%2f|%5c|$)/i.test(path);
}

function explain(error: NodeJS.ErrnoException, port: number): string {
  if (error.code === 'EADDRINUSE') return `Port ${port} is in use by another program; choose another with --port.`;
  return `Port ${port} cannot be used (${error.code}); choose another with --port.`;
}
