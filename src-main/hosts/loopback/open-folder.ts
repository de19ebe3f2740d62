import { spawn } from 'node:child_process';

const OPENERS: Partial<Record<NodeJS.Platform, string>> = { darwin: 'open', win32: 'explorer.exe' };
const PATIENCE = 2_000;

/**
 * Shows a folder in the system's file manager; the path is one argument, never part of a command line. False where there
 * is nothing to show it with. Still running after `PATIENCE` ms counts as opened: some openers are the file manager itself.
 */
export function openFolder(path: string, platform: NodeJS.Platform = process.platform): Promise<boolean> {
  return new Promise((resolve) => {
    const opener = spawn(OPENERS[platform] ?? 'xdg-open', [path], { stdio: 'ignore', detached: true });
    setTimeout(() => resolve(true), PATIENCE).unref();
    opener.on('error', () => resolve(false));
    opener.on('exit', (status) => resolve(status === 0 || platform === 'win32')); // explorer says 1 when all is well
    opener.unref();
  });
}
