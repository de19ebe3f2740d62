/** `npm start`: refuses a wrong option at once, builds what is not built, and runs the host that this computer can run. */
import { buildIfStale } from './build.mjs';
import { isBuilt } from './build-stamp.mjs';
import { chooseHost, thisMachine } from './choose-host.mjs';
import { fitNode } from './fit-node.mjs';
import { runElectron } from './run-electron.mjs';

// Until the host watches over it itself: whoever started this must not leave it behind.
const parent = process.ppid;
const watch = setInterval(() => process.ppid !== parent && process.kill(process.pid, 'SIGTERM'), 250);
watch.unref();

await fitNode();
const args = process.argv.slice(2);
if (!isBuilt()) {
  // A Node that cannot read TypeScript has to wait for the build to read the options.
  if (process.features.typescript) await readOptions('../src-main/hosts/options.ts');
  await buildIfStale().catch((error) => end(error, 1));
}
const { host } = await readOptions('../out/main/options.js');
// npm comes here to run this; a relative --data is meant from where its caller stood.
if (process.env.npm_lifecycle_event === 'start' && process.env.INIT_CWD) process.chdir(process.env.INIT_CWD);
const { electron, why } = await chooseHost(host, thisMachine()).catch((error) => end(error, 1));
if (electron) await becomeElectron(electron);
else await becomeLoopback(why);

/** @returns {Promise<import('../src-main/hosts/options.ts').Options>} */
async function readOptions(module) {
  const { readOptions } = await import(module);
  try {
    return readOptions(args, process.cwd());
  } catch (error) {
    end(error, 2);
  }
}

async function becomeElectron(binary) {
  const run = await runElectron(binary, args);
  if ('status' in run) process.exit(run.status);
  if (host === 'electron') end(new Error(`Electron cannot start here: ${run.broken}`), 1);
  await becomeLoopback(`Not in Electron but in your browser: ${run.broken}`);
}

/** @param {string | null} why */
async function becomeLoopback(why) {
  clearInterval(watch);
  if (why !== null) process.stderr.write(`${why}\n`);
  await import('../out/main/loopback.js');
}

/** @returns {never} */
function end(error, status) {
  process.stderr.write(`${error.message}\n`);
  process.exit(status);
}
