import { LONGEST_END, lockOrReopen, oneLine, openFolderFor, readyLine } from '../claim-folder.ts';
import type { Compose } from '../host-types.ts';
import { type Options, readOptionsFor } from '../options.ts';
import { followWindow } from './browser-window.ts';
import { watchLifeline } from './lifeline.ts';
import { type Serving, serve } from './serve.ts';

export interface LoopbackStart {
  readonly args: readonly string[];
  /** The process that started this one. */
  readonly parent: number;
  readonly compose: Compose;
  readonly rendererFolder: string;
  readonly version: string;
}

/** Runs the app from its command line to the end of the process. */
export async function runLoopback(start: LoopbackStart): Promise<void> {
  let options: Options;
  try {
    options = readOptionsFor('loopback', start.args, process.cwd());
  } catch (error) {
    return fail(error, 2);
  }
  try {
    if (Number(process.versions.napi) < 10)
      throw new Error(`Vestibule needs Node 22.14 or newer; this is ${process.version}.`);
    await open(start, options);
  } catch (error) {
    fail(error, 1);
  }
}

async function open(start: LoopbackStart, options: Options): Promise<void> {
  let stop = async () => {};
  let ending = false;
  const end = () => {
    if (ending) return;
    ending = true;
    setTimeout(() => process.exit(0), LONGEST_END).unref();
    stop().then(
      () => process.exit(0),
      (error) => fail(error, 1),
    );
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, end);
  watchLifeline(start.parent, end);

  const folder = openFolderFor(options);
  const lock = await lockOrReopen(folder, options.open);
  if (!lock) return; // and with nothing left to do, the process ends
  try {
    const { port, demo } = options;
    const serving = await serve({ ...start, folder, port, demo });
    stop = async () => {
      await serving.stop();
      lock.release();
    };
    process.stdout.write(readyLine(serving.address()));
    if (options.open) showWindow(serving, end);
  } catch (error) {
    lock.undo();
    folder.undo();
    throw error;
  }
}

/** The app lives as long as its window, where it has one. */
function showWindow(serving: Serving, end: () => void): void {
  const tell = (what: string) => process.stderr.write(`${what}: open the address in a browser.\n`);
  const window = serving.openWindow();
  if (window) followWindow(window, end, () => tell('The browser did not start'));
  else tell('There is no display, or no Chrome, Chromium or Edge');
}

/** One line, whatever the error says. */
function fail(error: unknown, status: 1 | 2): never {
  process.stderr.write(`${oneLine(error)}\n`);
  process.exit(status);
}
