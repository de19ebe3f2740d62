import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const TOP = fileURLToPath(new URL('..', import.meta.url));
/** A program that ends in another way than ours does within this did not start. In milliseconds. */
const START = 10_000;
const OUR_STATUSES = [0, 1, 2];

/**
 * Runs the built app in Electron until it ends, passing signals on.
 * @param {string} binary
 * @param {readonly string[]} args
 * @returns {Promise<{ status: number } | { broken: string }>} `broken`: the program ended by itself before the app ran
 */
export async function runElectron(binary, args) {
  // These would make another program of it (S69).
  const { ELECTRON_RUN_AS_NODE, NODE_OPTIONS, ...env } = process.env;
  const begun = Date.now();
  const child = spawn(binary, [TOP, ...args], { stdio: 'inherit', env });
  let told = false;
  const passOn = (signal) => {
    told = true;
    child.kill(signal);
  };
  const signals = /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP']);
  for (const signal of signals) process.on(signal, passOn);
  const [status, signal] = await new Promise((resolve) => {
    child.once('error', () => resolve([127, null]));
    child.once('exit', (...end) => resolve(end));
  });
  for (const each of signals) process.off(each, passOn);
  const ours = told || OUR_STATUSES.includes(status);
  if (ours || Date.now() - begun > START) return { status: status ?? (told ? 0 : 1) };
  return {
    broken: `its program ended at once (${signal ?? `status ${status}`}); its libraries or its sandbox may be missing.`,
  };
}
