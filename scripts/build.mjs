import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { isBuilt } from './build-stamp.mjs';

const TOP = fileURLToPath(new URL('..', import.meta.url));
const BUILDER = path.join(TOP, 'node_modules/electron-vite/bin/electron-vite.js');
/** Holds the number of the process that builds. */
const TURN = path.join(TOP, 'out/building');

/**
 * Builds out/ unless it is built from the present sources; all that the build has to say goes to stderr. Of several at
 * once, one builds and the others wait for it.
 * @throws {Error} one sentence, when it cannot be built
 */
export async function buildIfStale() {
  while (!isBuilt()) {
    if (!takeTurn()) await wait(200);
    else await build().finally(() => rmSync(TURN, { force: true }));
  }
}

async function build() {
  if (!existsSync(BUILDER)) throw new Error('The packages are not installed: run npm ci first.');
  process.stderr.write('Building Vestibule (once; a few seconds) …\n');
  const child = spawn(process.execPath, [BUILDER, 'build', '--logLevel', 'warn'], {
    cwd: TOP,
    stdio: ['ignore', 2, 2],
  });
  const stop = () => {
    child.kill();
    rmSync(TURN, { force: true });
    process.exit(0);
  };
  process.once('SIGINT', stop).once('SIGTERM', stop);
  const status = await new Promise((resolve) => child.once('exit', resolve));
  process.off('SIGINT', stop).off('SIGTERM', stop);
  if (status !== 0) throw new Error('The build failed; what is above says why.');
}

/** False while another process that lives builds. */
function takeTurn() {
  mkdirSync(path.dirname(TURN), { recursive: true });
  try {
    writeFileSync(TURN, String(process.pid), { flag: 'wx' });
    return true;
  } catch {
    if (!lives(TURN)) rmSync(TURN, { force: true });
    return false;
  }
}

function lives(turn) {
  try {
    return process.kill(Number(readFileSync(turn, 'utf8')) || process.pid, 0);
  } catch {
    return false;
  }
}
