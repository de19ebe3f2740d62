import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Page } from '@playwright/test';

export const TOP = fileURLToPath(new URL('../../..', import.meta.url));
const READY = /^Vestibule ready at (http:\/\/127\.0\.0\.1:\d+\/\?launch=\S+)$/m;

/** The built app, running on a data folder of its own. */
export interface App {
  /** `http://127.0.0.1:PORT`, or the scheme of Electron's window once that is open. */
  readonly origin: string;
  readonly data: string;
  /** A launch link that was not used yet; each lets one browser in. */
  link(): Promise<string>;
  /** The window that the host opens by itself; null where a browser has to come with a link. */
  ownWindow(): Promise<Page | null>;
  /** Everything the process printed so far. */
  printed(): string;
  /** Every byte in the data folder below `folder`, for searching. */
  bytesIn(folder: string): string;
  /** Ends the process and leaves the data folder as it is. */
  end(): Promise<void>;
  /** Ends it and removes the data folder. */
  stop(): Promise<void>;
}

/** Starts the app as a person would, without opening a window. @param args more options, e.g. `--demo` */
export async function startApp(args: readonly string[] = []): Promise<App> {
  const data = mkdtempSync(path.join(tmpdir(), 'vestibule-e2e-'));
  const options = ['--no-open', '--port', '0', ...(args.includes('--demo') ? [] : ['--data', data]), ...args];
  const main = launch(options);
  const unused = [await readyLink(main)];
  const end = async () => {
    main.child.kill('SIGTERM');
    await main.ended;
  };
  return {
    origin: new URL(unused[0] ?? '').origin,
    data,
    link: async () => unused.pop() ?? readyLink(launch(options)),
    ownWindow: async () => null,
    printed: main.printed,
    bytesIn: (folder) => bytesIn(path.join(data, folder)),
    end,
    async stop() {
      await end();
      rmSync(data, { recursive: true, force: true });
    },
  };
}

interface Launched {
  readonly child: ChildProcess;
  readonly ended: Promise<void>;
  printed(): string;
}

function launch(options: readonly string[]): Launched {
  const child = spawn(process.execPath, [path.join(TOP, 'out/main/loopback.js'), ...options], { cwd: tmpdir() });
  let text = '';
  child.stdout.on('data', (chunk) => (text += chunk));
  child.stderr.on('data', (chunk) => (text += chunk));
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
  return { child, ended, printed: () => text };
}

async function readyLink({ child, ended, printed }: Launched): Promise<string> {
  const found = () => READY.exec(printed())?.[1];
  const ready = new Promise<void>((resolve) => child.stdout?.on('data', () => found() && resolve()));
  await Promise.race([ready, ended]);
  const link = found();
  if (!link) throw new Error(`The app did not get ready. It printed:\n${printed()}`);
  return link;
}

function bytesIn(folder: string): string {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => readUnlessGone(path.join(entry.parentPath, entry.name)))
    .join('\n');
}

/** A window that is open tidies its profile in the data folder meanwhile. */
function readUnlessGone(file: string): string {
  try {
    return readFileSync(file, 'latin1');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return '';
    throw error;
  }
}
