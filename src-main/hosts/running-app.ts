import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { refuse } from './refusal.ts';
import { sameSecret } from './same-secret.ts';

/** How a second process of a data folder reaches the first: left in the folder, for its owner's eyes only. */
export interface RunningApp {
  readonly port: number;
  readonly secret: string;
  readonly pid: number;
}

const PATH = '/.vestibule/open';
const SECRET_HEADER = 'x-vestibule-secret';

function fileIn(folder: string): string {
  return join(folder, 'running.json');
}

/** Written aside and renamed, so that a reader finds all of it or nothing. */
export function announce(folder: string, app: RunningApp): void {
  const aside = `${fileIn(folder)}.new`;
  rmSync(aside, { force: true });
  writeFileSync(aside, JSON.stringify(app), { mode: 0o600 });
  renameSync(aside, fileIn(folder));
}

export function withdraw(folder: string): void {
  rmSync(fileIn(folder), { force: true });
}

/** What the first process did: opened a window, or made an address for the second to print. */
export type Reopened = { readonly kind: 'window' } | { readonly kind: 'address'; readonly url: string };

/** Asks the process that holds the folder to open up once more; null while it cannot be reached (it may be starting or ending). */
export async function askRunningApp(folder: string, wantsWindow: boolean): Promise<Reopened | null> {
  try {
    const { port, secret } = JSON.parse(readFileSync(fileIn(folder), 'utf8')) as RunningApp;
    const response = await fetch(`http://127.0.0.1:${port}${PATH}`, {
      method: 'POST',
      headers: { [SECRET_HEADER]: secret, 'content-type': 'application/json' },
      body: JSON.stringify({ wantsWindow }),
      signal: AbortSignal.timeout(5_000),
    });
    return response.ok ? ((await response.json()) as Reopened) : null;
  } catch {
    return null;
  }
}

/** The first process's side; null for a request that is not a second process's. */
export async function answerSecondProcess(
  request: Request,
  secret: string,
  reopen: (wantsWindow: boolean) => Promise<Reopened>,
): Promise<Response | null> {
  if (new URL(request.url).pathname !== PATH) return null;
  const fromBrowser = request.headers.has('origin') || request.headers.has('sec-fetch-site');
  const given = request.headers.get(SECRET_HEADER) ?? '';
  if (request.method !== 'POST' || fromBrowser || !sameSecret(given, secret)) {
    return refuse('FORBIDDEN', 'Only another process of the same data folder may ask this.');
  }
  const { wantsWindow } = (await request.json()) as { wantsWindow?: unknown };
  return Response.json(await reopen(wantsWindow === true));
}
