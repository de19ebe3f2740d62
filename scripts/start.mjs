/** `npm start`: refuses a wrong option at once, builds what is not built, and becomes the loopback host. */
import { buildIfStale } from './build.mjs';
import { isBuilt } from './build-stamp.mjs';
import { fitNode } from './fit-node.mjs';

// Until the host watches over it itself: whoever started this must not leave it behind.
const parent = process.ppid;
const watch = setInterval(() => process.ppid !== parent && process.kill(process.pid, 'SIGTERM'), 250);
watch.unref();

await fitNode();
if (!isBuilt()) {
  await refuseWrongOptions();
  await buildIfStale().catch((error) => end(error, 1));
}
clearInterval(watch);
// npm comes here to run this; a relative --data is meant from where its caller stood.
if (process.env.npm_lifecycle_event === 'start' && process.env.INIT_CWD) process.chdir(process.env.INIT_CWD);
await import('../out/main/loopback.js');

/** The host does so too, but only after the build. (A Node that cannot read TypeScript has to wait for that.) */
async function refuseWrongOptions() {
  if (!process.features.typescript) return;
  const { readOptionsFor } = await import('../src-main/hosts/options.ts');
  try {
    readOptionsFor('loopback', process.argv.slice(2), process.cwd());
  } catch (error) {
    end(error, 2);
  }
}

/** @returns {never} */
function end(error, status) {
  process.stderr.write(`${error.message}\n`);
  process.exit(status);
}
