import { setTimeout as wait } from 'node:timers/promises';
import { type FolderLock, lockFolder } from '../adapters/sqlite/folder-lock.ts';
import { type DataFolder, defaultDataFolder, openDataFolder, openDemoFolder } from './data-folder.ts';
import type { Options } from './options.ts';
import { askRunningApp } from './running-app.ts';

/** Times, 100 ms apart, that a second process asks the first, which may be making a demo or moving to a new version. */
const MOST_ASKING = 200;

/** An end must not take longer than 2 s (INTERFACE), whatever hangs. In milliseconds. */
export const LONGEST_END = 1_800;

/** The folder that the command line means; the same for every host. @throws {Error} one sentence */
export function openFolderFor({ data, demo }: Options): DataFolder {
  if (!demo) return openDataFolder(data ?? defaultDataFolder(process.platform, process.env));
  if (data !== null) process.stderr.write('--demo has a temporary data folder of its own; --data is left alone.\n');
  const folder = openDemoFolder();
  process.on('exit', folder.undo);
  return folder;
}

/** The folder's lock; null when the process that holds it has opened up again instead. That one may still be starting, or ending. */
export async function lockOrReopen(folder: DataFolder, wantsWindow: boolean): Promise<FolderLock | null> {
  for (let tries = 0; tries < MOST_ASKING; tries += 1) {
    const lock = lockFolder(folder.path);
    if (lock) return lock;
    const reopened = await askRunningApp(folder.path, wantsWindow);
    if (reopened?.kind === 'address') process.stdout.write(readyLine(reopened.url));
    if (reopened) return null;
    await wait(100);
  }
  throw new Error(`The data folder ${folder.path} is held by another process, which does not answer.`);
}

/** What scripts wait for on stdout (INTERFACE, "Commands"). */
export function readyLine(address: string): string {
  return `Vestibule ready at ${address}\n`;
}

/** An error as the one line that a refused start prints. */
export function oneLine(error: unknown): string {
  const sentence = error instanceof Error ? error.message : String(error);
  return sentence.replaceAll(/\s*\n\s*/g, ' ');
}
