import { readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { CHECKS } from './check.mjs';
import { provideBrowser } from './find-browser.mjs';
import { fitNode } from './fit-node.mjs';
import { run, runSteps, TOP } from './steps.mjs';

/** @import { Tally } from '../test/support/tally/tally.ts' */

await fitNode();

/** @type {Tally[]} what each part had to say */
const tallies = [];

const failure = (sentence) => ({ passed: 0, failed: [sentence], skipped: [] });

/** Runs a test runner whose reporter leaves a tally; one that ends without it, or badly without a failed test, failed. */
async function runTests(name, program, args, env = {}) {
  console.log(`\n── ${name}`);
  const file = path.join(TOP, `test-results/${program}.json`);
  rmSync(file, { force: true });
  const { status } = await run(program, args, { show: true, env: { ...env, TALLY_FILE: file } });
  const tally = readTally(file) ?? failure(`${name}: ended without a result`);
  tallies.push(tally);
  if (status !== 0 && tally.failed.length === 0) tallies.push(failure(`${name}: ended with status ${status}`));
}

/** @returns {Tally | null} */
function readTally(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return null;
  }
}

async function runBrowserTests() {
  const browser = await provideBrowser().catch((error) => {
    console.error(error.message);
    tallies.push(failure(`browser: ${error.message}`));
  });
  if (!browser) return;
  await runTests('browser', 'playwright', ['test', '--config', 'test/e2e/playwright.config.ts'], {
    CHROME_PATH: browser,
  });
}

console.log('── types, lint, build');
tallies.push(await runSteps(CHECKS, 2));
const built = await runSteps([{ name: 'build', program: 'electron-vite', args: ['build', '--logLevel', 'warn'] }], 1);
tallies.push(built);
await runTests('unit and integration', 'vitest', ['run', '--config', 'test/vitest.config.ts']);
if (built.failed.length === 0) await runBrowserTests();
else tallies.push(failure('browser: not run, because the build failed'));

const passed = tallies.reduce((sum, tally) => sum + tally.passed, 0);
const failed = tallies.flatMap((tally) => tally.failed);
const skipped = tallies.flatMap((tally) => tally.skipped);
console.log('');
for (const name of failed) console.log(`failed: ${name}`);
for (const { name, reason } of skipped) console.log(`skipped: ${name}: ${reason}`);
console.log(`${passed} passed, ${failed.length} failed${skipped.length > 0 ? `, ${skipped.length} skipped` : ''}`);
process.exitCode = failed.length === 0 ? 0 : 1;
