import { downloadElectron, electronBinary } from './electron-binary.mjs';

/**
 * @typedef {object} Machine what the choice depends on; tests hand in their own
 * @property {NodeJS.Platform} platform
 * @property {NodeJS.ProcessEnv} env
 * @property {boolean} isRoot
 * @property {() => string | null} binary Electron's program
 * @property {() => Promise<string | null>} download why it cannot be had, null when it can
 *
 * @typedef {object} Choice
 * @property {string | null} electron its program; null for the loopback host
 * @property {string | null} why one line, where the loopback host stands in for Electron and does not say so itself
 */

/** @returns {Machine} this computer */
export function thisMachine(say = (line) => console.error(line)) {
  return {
    platform: process.platform,
    env: process.env,
    isRoot: process.getuid?.() === 0,
    binary: electronBinary,
    download: () => downloadElectron(say),
  };
}

/**
 * Electron where it can run, unless the options ask for the other host.
 * @param {'electron' | 'loopback' | null} wanted what the options need
 * @param {Machine} machine
 * @returns {Promise<Choice>}
 * @throws {Error} one line, when Electron is asked for and cannot run
 */
export async function chooseHost(wanted, machine) {
  if (wanted === 'loopback') return { electron: null, why: null };
  const obstacle = hasDisplay(machine) ? await obstacleTo(machine) : 'there is no display.';
  const electron = obstacle === null ? machine.binary() : null;
  if (electron) return { electron, why: null };
  const reason = obstacle ?? 'its program is not where the electron package says it is.';
  if (wanted === 'electron') throw new Error(`Electron cannot start here: ${reason}`);
  return { electron: null, why: hasDisplay(machine) ? `Not in Electron but in your browser: ${reason}` : null };
}

/** @param {Machine} machine */
async function obstacleTo({ platform, env, isRoot, binary, download }) {
  if (platform === 'linux' && isRoot) return 'its sandbox does not work for root.';
  if (binary()) return null;
  if (env.CI) return 'its program is not here, and is not downloaded in CI.';
  if (env.ELECTRON_SKIP_BINARY_DOWNLOAD) return 'its program is not to be downloaded (ELECTRON_SKIP_BINARY_DOWNLOAD).';
  const failure = await download();
  return failure === null ? null : `its program ${failure}.`;
}

function hasDisplay({ platform, env }) {
  return platform !== 'linux' || Boolean(env.DISPLAY || env.WAYLAND_DISPLAY);
}
