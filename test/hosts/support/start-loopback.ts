import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { request as httpRequest, type IncomingHttpHeaders } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

const PROGRAM = join(import.meta.dirname, 'loopback-host.ts');
const READY = /^Vestibule ready at (http:\/\/127\.0\.0\.1:(\d+)\/\?launch=([\w-]{43}))\n/;

export interface Started {
  readonly child: ChildProcess;
  /** Exit status, or the signal's name. */
  readonly ended: Promise<number | string>;
  stdout(): string;
  stderr(): string;
  /** Resolves with the first line on stdout; rejects when the process ends without one. */
  ready(): Promise<{ link: string; port: number; token: string }>;
}

/** A process with this command line; ends with the test. */
export function startProcess(program: string, args: readonly string[], env: NodeJS.ProcessEnv = {}): Started {
  const { DISPLAY, WAYLAND_DISPLAY, ...headless } = process.env;
  const child = spawn(program, args, { env: { ...headless, ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
  let out = '';
  let err = '';
  child.stdout.on('data', (chunk) => (out += chunk));
  child.stderr.on('data', (chunk) => (err += chunk));
  const ended = new Promise<number | string>((resolve) => {
    child.once('close', (status, signal) => resolve(status ?? signal ?? 'lost'));
  });
  const line = new Promise<void>((resolve) => child.stdout.on('data', () => out.includes('\n') && resolve()));
  return {
    child,
    ended,
    stdout: () => out,
    stderr: () => err,
    async ready() {
      await Promise.race([line, ended]);
      const [, link, port, token] = READY.exec(out) ?? [];
      if (!link || !token) throw new Error(`not ready: ${out}${err}`);
      return { link, port: Number(port), token };
    },
  };
}

/** The loopback host around the contract engine. */
export function startHost(args: readonly string[], env: NodeJS.ProcessEnv = {}): Started {
  return startProcess(process.execPath, [PROGRAM, ...args], env);
}

/** As `startHost`, on an empty data folder, ended and removed with the test. */
export function startHostForTest(args: readonly string[] = ['--no-open'], env: NodeJS.ProcessEnv = {}) {
  const data = dataFolderForTest();
  const started = startHost(['--data', data, ...args], env);
  onTestFinished(async () => void (await stop(started)));
  return { ...started, data };
}

export function dataFolderForTest(): string {
  const data = mkdtempSync(join(tmpdir(), 'vestibule-host-'));
  onTestFinished(() => rmSync(data, { recursive: true, force: true }));
  return data;
}

export async function stop({ child, ended }: Started): Promise<number | string> {
  child.kill('SIGTERM');
  return ended;
}

/** Sends exactly this: `fetch` would tidy up the path and refuse some headers. */
export function rawRequest(
  port: number,
  path: string,
  { method = 'GET', headers = {}, body }: { method?: string; headers?: Record<string, string>; body?: string } = {},
): Promise<{ status: number; headers: IncomingHttpHeaders; text: string }> {
  return new Promise((resolve, reject) => {
    const request = httpRequest({ host: '127.0.0.1', port, path, method, headers, agent: false }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (chunk) => (text += chunk));
      response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, text }));
    });
    request.on('error', reject).end(body);
  });
}

/** Opens the launch link; the guard cookie as a `Cookie` header. */
export async function enter(port: number, token: string): Promise<string> {
  const { headers } = await rawRequest(port, `/?launch=${token}`);
  return headers['set-cookie']?.[0]?.split(';')[0] ?? '';
}
