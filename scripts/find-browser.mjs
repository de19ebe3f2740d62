import { spawnSync } from 'node:child_process';
import { accessSync, constants, statSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const NAMES = [
  ...['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome'],
  ...['microsoft-edge', 'microsoft-edge-stable', 'msedge'],
];
const MAC_APPS = ['Google Chrome', 'Chromium', 'Microsoft Edge'];
const WINDOWS_PROGRAMS = ['Google/Chrome/Application/chrome.exe', 'Microsoft/Edge/Application/msedge.exe'];

/**
 * @typedef {object} Machine what the search may look at; tests hand in their own
 * @property {NodeJS.ProcessEnv} env
 * @property {NodeJS.Platform} platform
 * @property {boolean} isRoot
 * @property {() => Promise<string | null>} playwrightsOwn path of the browser that Playwright would install
 * @property {string} playwright its command line
 * @property {(line: string) => void} say
 */

/** @returns {Machine} this computer */
export function thisMachine() {
  return {
    env: process.env,
    platform: process.platform,
    isRoot: process.getuid?.() === 0,
    playwrightsOwn: async () => (await import('@playwright/test')).chromium.executablePath(),
    playwright: fileURLToPath(new URL('../node_modules/.bin/playwright', import.meta.url)),
    say: console.log,
  };
}

/**
 * A Chromium, Chrome or Edge: CHROME_PATH, the system's, Playwright's own. Null when there is none.
 * @param {Machine} machine
 * @throws {Error} when CHROME_PATH names no program: a setting is not silently passed over.
 */
export async function findBrowser(machine = thisMachine()) {
  const set = machine.env.CHROME_PATH;
  if (set) {
    if (isProgram(set)) return set;
    throw new Error(`CHROME_PATH is set to ${set}, which is no program. Correct or unset it.`);
  }
  const own = await machine.playwrightsOwn().catch(() => null);
  return [...systemPlaces(machine), ...(own ? [own] : [])].find(isProgram) ?? null;
}

/**
 * `findBrowser`, and where there is none, installs one: Playwright's installer, then apt as root on Debian and its kin.
 * @param {Machine} machine
 * @throws {Error} saying what to do when nothing helped
 */
export async function provideBrowser(machine = thisMachine()) {
  const there = await findBrowser(machine);
  if (there && starts(there, machine)) return there;
  for (const [program, ...args] of installers(machine)) {
    machine.say(`No browser that starts. Trying: ${[path.basename(program), ...args].join(' ')}`);
    spawnSync(program, args, { env: { ...machine.env, DEBIAN_FRONTEND: 'noninteractive' }, stdio: 'inherit' });
    const now = await findBrowser(machine);
    if (now && starts(now, machine)) return now;
  }
  throw new Error(
    'The browser tests need Chromium, Chrome or Edge, and installing one did not work here. ' +
      'Install one, or set CHROME_PATH to its program, and run again.',
  );
}

function* installers({ playwright, isRoot, env, platform }) {
  yield [playwright, 'install', 'chromium'];
  if (platform !== 'linux' || !isRoot || !inPath('apt-get', env)) return;
  yield ['apt-get', 'update'];
  yield ['apt-get', 'install', '-y', 'chromium'];
}

/** @param {Machine} machine */
function systemPlaces({ env, platform }) {
  if (platform === 'darwin') return MAC_APPS.map((name) => `/Applications/${name}.app/Contents/MacOS/${name}`);
  if (platform === 'win32') {
    const roots = [env.PROGRAMFILES, env['PROGRAMFILES(X86)'], env.LOCALAPPDATA].filter((root) => root !== undefined);
    return roots.flatMap((root) => WINDOWS_PROGRAMS.map((program) => path.join(root, program)));
  }
  return NAMES.map((name) => inPath(name, env)).filter((place) => place !== null);
}

/** @returns {string | null} */
function inPath(name, env) {
  const places = (env.PATH ?? '').split(path.delimiter).map((folder) => path.join(folder, name));
  return places.find(isProgram) ?? null;
}

function isProgram(place) {
  try {
    accessSync(place, constants.X_OK);
    return statSync(place).isFile();
  } catch {
    return false;
  }
}

/** A fresh download may lack the system's libraries. (On Windows asking would open a window.) */
function starts(place, { env, platform }) {
  return platform === 'win32' || spawnSync(place, ['--version'], { env, timeout: 30_000 }).status === 0;
}
