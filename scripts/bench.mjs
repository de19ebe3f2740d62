import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'vite';
import { provideBrowser } from './find-browser.mjs';
import { fitNode } from './fit-node.mjs';
import { run, TOP } from './steps.mjs';

const PEER = ['better-auth', 'better-auth/db/migration', 'better-auth/plugins'];

await fitNode();
const browser = await provideBrowser();
const { status, output } = await run('electron-vite', ['build', '--logLevel', 'warn']);
if (status !== 0) {
  console.error(output);
  process.exit(1);
}

// Bundled like the product, so that what is measured is what runs. What it is held against comes as installed, and reads
// NODE_ENV: both sides run as in production.
process.env.NODE_ENV = 'production';
const bundle = path.join(TOP, 'test-results/bench');
await build({
  configFile: false,
  root: TOP,
  logLevel: 'warn',
  ssr: { noExternal: true, external: ['better-sqlite3', '@node-rs/argon2', '@playwright/test', ...PEER] },
  build: {
    ssr: 'test/bench/run.ts',
    outDir: bundle,
    target: 'node22.12',
    rolldownOptions: { output: { entryFileNames: 'run.mjs' } },
  },
});
const { run: measure } = await import(pathToFileURL(path.join(bundle, 'run.mjs')).href);
await measure(path.join(TOP, 'out/main/loopback.js'), browser, process.argv.slice(2));
