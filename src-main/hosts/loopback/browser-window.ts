import { type ChildProcess, spawn } from 'node:child_process';
import { accessSync, constants, mkdirSync, statSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** The computer as far as finding a browser goes; a test gives its own. */
export interface Machine {
  readonly platform: NodeJS.Platform;
  readonly env: NodeJS.ProcessEnv;
  readonly isRoot: boolean;
  readonly isProgram: (path: string) => boolean;
}

export const thisMachine: Machine = {
  platform: process.platform,
  env: process.env,
  isRoot: process.getuid?.() === 0,
  isProgram(path) {
    try {
      accessSync(path, constants.X_OK);
      return statSync(path).isFile();
    } catch {
      return false;
    }
  },
};

const ON_PATH = [
  'google-chrome-stable',
  'google-chrome',
  'chromium',
  'chromium-browser',
  'microsoft-edge-stable',
  'microsoft-edge',
];
const ON_MACOS = ['Google Chrome', 'Chromium', 'Microsoft Edge'].map((name) => `${name}.app/Contents/MacOS/${name}`);
const ON_WINDOWS = [
  'Google\\Chrome\\Application\\chrome.exe',
  'Chromium\\Application\\chrome.exe',
  'Microsoft\\Edge\\Application\\msedge.exe',
];

/** Chrome, Chromium or Edge: `CHROME_PATH` first, then the system's. Null when there is none. */
export function findBrowser({ platform, env, isProgram }: Machine): string | null {
  const candidates = [env.CHROME_PATH ?? '', ...standardPlaces(platform, env)];
  return candidates.find((path) => path !== '' && isProgram(path)) ?? null;
}

function standardPlaces(platform: NodeJS.Platform, env: NodeJS.ProcessEnv): string[] {
  if (platform === 'win32') {
    const roots = [env.ProgramFiles, env['ProgramFiles(x86)'], env.LOCALAPPDATA].filter((root) => root !== undefined);
    return ON_WINDOWS.flatMap((path) => roots.map((root) => `${root}\\${path}`));
  }
  if (platform === 'darwin') {
    return ON_MACOS.flatMap((path) =>
      ['/Applications', join(env.HOME ?? '', 'Applications')].map((at) => join(at, path)),
    );
  }
  const folders = (env.PATH ?? '').split(delimiter).filter((folder) => folder !== '');
  return ON_PATH.flatMap((name) => folders.map((folder) => join(folder, name)));
}

/** False on a Linux without a graphical session: over SSH, in a container. */
export function hasDisplay({ platform, env }: Machine): boolean {
  return platform === 'win32' || platform === 'darwin' || Boolean(env.DISPLAY || env.WAYLAND_DISPLAY);
}

/** An app window with a profile of its own: no extensions, no accounts, nothing shared with the person's other browsing. */
export function windowArguments(url: string, profile: string, { platform, isRoot }: Machine): string[] {
  return [
    `--app=${url}`,
    `--user-data-dir=${profile}`,
    '--window-size=1200,800',
    '--no-first-run',
    '--no-default-browser-check',
    '--disable-sync',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-extensions',
    '--disable-breakpad',
    ...(platform === 'linux' && isRoot ? ['--no-sandbox'] : []), // Chrome's sandbox refuses to run as root
  ];
}

/** Null where there is no display or no browser; an address is made only when there is something to open it with. */
export function openWindow(address: () => string, dataFolder: string, machine: Machine): ChildProcess | null {
  const browser = hasDisplay(machine) ? findBrowser(machine) : null;
  if (browser === null) return null;
  const profile = join(dataFolder, 'browser-profile');
  mkdirSync(profile, { recursive: true, mode: 0o700 });
  const child = spawn(browser, windowArguments(address(), profile, machine), { stdio: 'ignore' });
  child.on('error', () => {});
  return child;
}

/** A browser that ends within this has handed its window to one already running, or could not start. In milliseconds. */
export const HAND_OVER = 3_000;

/** Tells when a window was closed, from a browser that never showed one. */
export function followWindow(browser: Pick<ChildProcess, 'once'>, closed: () => void, failed: () => void): void {
  let shown = false;
  setTimeout(() => {
    shown = true;
  }, HAND_OVER).unref();
  browser.once('exit', (status) => {
    if (shown) closed();
    else if (status !== 0) failed();
  });
}
