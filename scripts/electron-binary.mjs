import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const MODULES = fileURLToPath(new URL('../node_modules', import.meta.url));
const PATIENCE = 20_000;
const DAY = 24 * 60 * 60 * 1000;

/** @returns {string | null} Electron's program, where it is installed */
export function electronBinary(modules = MODULES) {
  const named = path.join(modules, 'electron/path.txt');
  if (!existsSync(named)) return null;
  const folder = process.env.ELECTRON_OVERRIDE_DIST_PATH ?? path.join(modules, 'electron/dist');
  const binary = path.join(folder, readFileSync(named, 'utf8'));
  return existsSync(binary) ? binary : null;
}

/**
 * Lets the electron package download its program, once in 24 hours and for 20 seconds at most.
 * @param {(line: string) => void} say
 * @returns {Promise<string | null>} why it is still not there, in words that fit after "Electron's program "
 */
export async function downloadElectron(say, { modules = MODULES, patience = PATIENCE, now = Date.now() } = {}) {
  const failure = path.join(modules, '.cache/vestibule/electron-failed');
  const recent = statSync(failure, { throwIfNoEntry: false });
  if (recent && now - recent.mtimeMs < DAY) return readFileSync(failure, 'utf8');
  say(`Electron's program is not here yet: downloading it (once, ${patience / 1000} seconds at most) …`);
  const reason = await install(path.join(modules, 'electron/install.js'), patience);
  if (reason === null) return null;
  mkdirSync(path.dirname(failure), { recursive: true });
  writeFileSync(failure, reason);
  return reason;
}

/** @returns {Promise<string | null>} */
function install(script, patience) {
  const child = spawn(process.execPath, [script], { stdio: ['ignore', 'ignore', 'pipe'], timeout: patience });
  let complaint = '';
  child.stderr.on('data', (chunk) => (complaint += chunk));
  return new Promise((resolve) => {
    child.once('error', (error) => resolve(`could not be downloaded (${error.message})`));
    child.once('close', (status, signal) => {
      if (status === 0) resolve(null);
      else if (signal) resolve(`took too long to download; npx install-electron takes its time`);
      else resolve(`could not be downloaded (${firstLine(complaint)}); npx install-electron tries again`);
    });
  });
}

/** Without addresses, which may carry tokens. */
function firstLine(text) {
  const lines = text.trim().split('\n');
  const line = lines.find((each) => each.includes('Error')) ?? lines[0] ?? '';
  return line.replaceAll(/\S+:\/\/\S+/g, '…').slice(0, 120) || 'no reason given';
}
