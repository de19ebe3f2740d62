import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const TOP = fileURLToPath(new URL('..', import.meta.url));
/** The SQLite binding is built against Node-API 10; an older Node crashes on it instead of refusing it. */
const NEEDED = 10;

/**
 * Makes sure this script runs on a Node that can load the native modules: starts it again on the Node that came with
 * `npm ci` when the present one is too old (npm puts that one first, so only a direct `node scripts/…` needs this).
 * Returns only on a fitting Node; otherwise ends the process, with 1 and one line where there is none.
 */
export async function fitNode() {
  if (Number(process.versions.napi) >= NEEDED) return;
  const bundled = path.join(TOP, 'node_modules/.bin/node');
  if (!existsSync(bundled) || process.execPath.startsWith(path.join(TOP, 'node_modules'))) {
    console.error(`Vestibule needs Node.js 22.14 or newer here; this is ${process.version}. Install it and run again.`);
    process.exit(1);
  }
  const again = spawn(bundled, process.argv.slice(1), { stdio: 'inherit' });
  process.on('SIGINT', () => again.kill('SIGINT'));
  process.on('SIGTERM', () => again.kill('SIGTERM'));
  const status = await new Promise((resolve) => again.once('exit', (code) => resolve(code ?? 1)));
  process.exit(status);
}
