import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';

const TOP = fileURLToPath(new URL('../..', import.meta.url));
const REPORTERS = path.join(TOP, 'test/support/tally');

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'vestibule-tally-'));
  symlinkSync(path.join(TOP, 'node_modules'), path.join(folder, 'node_modules'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Runs a runner over `files` and gives its status and tally; null when it left none. */
async function tallyOf(program: string, args: readonly string[], files: Readonly<Record<string, string>>) {
  for (const [name, text] of Object.entries(files)) writeFileSync(path.join(folder, name), text);
  const file = path.join(folder, 'tally.json');
  const { VITEST: _, VITEST_WORKER_ID: __, ...clean } = process.env;
  const status = await new Promise<number>((resolve) => {
    const env = { ...clean, TALLY_FILE: file };
    execFile(path.join(TOP, 'node_modules/.bin', program), args, { cwd: folder, env }, (error) => {
      resolve(error === null ? 0 : Number(error.code));
    });
  });
  return { status, tally: readJson(file) };
}

function readJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return null;
  }
}

test('unit tests: passed, failed and skipped ones are told apart, and a file that cannot load is a failure', async () => {
  const result = await tallyOf('vitest', ['run'], {
    'vitest.config.ts': `import Tally from '${REPORTERS}/vitest-reporter.ts';
      export default { root: import.meta.dirname, test: { reporters: [new Tally()] } };`,
    'a.test.ts': `import { expect, test } from 'vitest';
      test('right', () => {});
      test('wrong', () => expect(1).toBe(2));
      test('not here', ({ skip }) => skip('no such machine'));
      test.skip('left out', () => {});`,
    'b.test.ts': `import './not-there.ts';`,
  });
  expect(result).toEqual({
    status: 1,
    tally: {
      passed: 1,
      failed: ['b.test.ts: the file itself', 'a.test.ts: wrong'],
      skipped: [
        { name: 'a.test.ts: not here', reason: 'no such machine' },
        { name: 'a.test.ts: left out', reason: 'no reason given' },
      ],
    },
  });
});

test('browser tests: likewise, and one that passed only at the second try is a failure', async () => {
  const result = await tallyOf('playwright', ['test'], {
    'playwright.config.ts': `export default { retries: 1, reporter: [['${REPORTERS}/playwright-reporter.ts']] };`,
    'a.spec.ts': `import { expect, test } from '@playwright/test';
      test('right', () => {});
      test('wrong', () => { expect(1).toBe(2); });
      test('at last', ({}, info) => { expect(info.retry).toBe(1); });
      test('not here', () => { test.skip(true, 'no such machine'); });`,
  });
  expect(result).toEqual({
    status: 1,
    tally: {
      passed: 1,
      failed: ['a.spec.ts > wrong', 'a.spec.ts > at last'],
      skipped: [{ name: 'a.spec.ts > not here', reason: 'no such machine' }],
    },
  });
});

test('a runner that finds nothing leaves no passed test behind', async () => {
  const { status, tally } = await tallyOf('vitest', ['run'], {
    'vitest.config.ts': `import Tally from '${REPORTERS}/vitest-reporter.ts';
      export default { root: import.meta.dirname, test: { reporters: [new Tally()] } };`,
  });
  expect(status).not.toBe(0);
  expect(tally).toEqual({ passed: 0, failed: [], skipped: [] });
});
