/**
 * `npm run dev`: builds into out/dev for reading (source maps, nothing minified), watches the sources and takes the same
 * options as `npm start`. A change of the renderer reloads the page; a change of the engine starts the host anew, which
 * closes its window and opens another (with --no-open it prints a fresh address). Ends when the app does.
 */
import { spawn } from 'node:child_process';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { resolveConfig } from 'electron-vite';
import { build, mergeConfig } from 'vite';
import { fitNode } from './fit-node.mjs';

/** @import { ChildProcess } from 'node:child_process' */
/** @import { Rolldown } from 'vite' */

await fitNode();

const OUT = fileURLToPath(new URL('../out/dev', import.meta.url));
/** @type {ChildProcess | null} */
let host = null;
let waiting = 3;

const { config } = await resolveConfig({ logLevel: 'warn', build: { outDir: OUT } }, 'build', 'development');
for (const part of /** @type {const} */ (['main', 'preload', 'renderer'])) {
  const watched = mergeConfig(config?.[part] ?? {}, { build: { watch: {} } });
  const watcher = /** @type {Rolldown.RolldownWatcher} */ (await build(watched));
  let built = false;
  watcher.on('event', (event) => {
    if (event.code === 'ERROR') console.error(`${part}: ${event.error.message}`);
    if (event.code !== 'END') return;
    if (built) console.error(`${part}: built again`);
    else waiting -= 1;
    if (waiting === 0 && (!built || part === 'main')) restart();
    built = true;
  });
}

for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => (host ? host.kill('SIGTERM') : process.exit(0)));

/** Ends the host that runs, if any, and starts the one just built. */
function restart() {
  if (!host) return start();
  host.removeAllListeners('exit').once('exit', start);
  host.kill('SIGTERM');
}

function start() {
  const options = process.argv.slice(2);
  host = spawn(process.execPath, ['--enable-source-maps', path.join(OUT, 'main/loopback.js'), ...options], {
    stdio: 'inherit',
  });
  host.once('exit', (status) => process.exit(status ?? 1));
}
