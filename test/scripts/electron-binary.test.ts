import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { downloadElectron, electronBinary } from '../../scripts/electron-binary.mjs';
import { runElectron } from '../../scripts/run-electron.mjs';

const DAY = 24 * 60 * 60 * 1000;
let modules: string;
let said: string[];

beforeEach(() => {
  modules = mkdtempSync(path.join(tmpdir(), 'vestibule-modules-'));
  mkdirSync(path.join(modules, 'electron/dist'), { recursive: true });
  put('electron/package.json', '{"type":"commonjs"}');
  said = [];
});
afterEach(() => rmSync(modules, { recursive: true, force: true }));

const at = (name: string) => path.join(modules, name);
const put = (name: string, text: string, mode = 0o644) => writeFileSync(at(name), text, { mode });
const download = (over = {}) => downloadElectron((line) => said.push(line), { modules, ...over });

/** What stands in for the package's installer; it counts how often it ran. */
function installer(then: string): () => number {
  put('electron/install.js', `require('node:fs').appendFileSync(${JSON.stringify(at('runs'))}, '1');\n${then}`);
  return () => readFileSync(at('runs'), 'utf8').length;
}

test('Electron is here when the package names its program and that is there', () => {
  expect(electronBinary(modules)).toBeNull();
  put('electron/path.txt', 'electron');
  expect(electronBinary(modules)).toBeNull();
  put('electron/dist/electron', '');
  expect(electronBinary(modules)).toBe(at('electron/dist/electron'));
});

test('a download that works is told of once', async () => {
  installer('');
  expect([await download(), said]).toEqual([
    null,
    [expect.stringMatching(/^Electron's program is not here yet: .*20 seconds/)],
  ]);
});

test('one that fails says why, without addresses, and is not repeated within a day', async () => {
  const runs = installer(
    "console.error('HTTPError: 403 for https://mirror.example/x?token=secret\\n    at x'); process.exit(1);",
  );
  const reason = 'could not be downloaded (HTTPError: 403 for …); npx install-electron tries again';
  expect([await download(), await download(), await download({ now: Date.now() + DAY - 60_000 })]).toEqual([
    reason,
    reason,
    reason,
  ]);
  expect([runs(), said.length]).toEqual([1, 1]);
  await download({ now: Date.now() + DAY + 60_000 });
  expect(runs()).toBe(2);
});

test('one that takes too long is ended, and delays no second start', async () => {
  const runs = installer('setInterval(() => {}, 1000);');
  const reason = 'took too long to download; npx install-electron takes its time';
  expect([await download({ patience: 500 }), await download({ patience: 500 })]).toEqual([reason, reason]);
  expect(runs()).toBe(1);
});

const program = (text: string) => {
  put('electron/dist/electron', `#!/bin/sh\n${text}\n`, 0o755);
  return at('electron/dist/electron');
};

test.each([0, 1, 2])('the app’s own end with status %i is npm start’s', async (status) => {
  expect(await runElectron(program(`exit ${status}`), [])).toEqual({ status });
});

test.each([
  ['exit 127', 'status 127'],
  ['kill -TRAP $$', 'SIGTRAP'],
])('a program that cannot run here (%s) is told from one that ended', async (text, end) => {
  expect(await runElectron(program(text), [])).toEqual({ broken: expect.stringContaining(end) });
});

test('S69 Electron gets the folder and the options, and no variable that makes another program of it', async () => {
  process.env.ELECTRON_RUN_AS_NODE = '1';
  const seen = at('seen');
  const binary = program(`echo "$#|$1|$2|$3|\${ELECTRON_RUN_AS_NODE-unset}|\${NODE_OPTIONS-unset}" > '${seen}'`);
  await runElectron(binary, ['--data', 'a b']);
  delete process.env.ELECTRON_RUN_AS_NODE;
  const [count, folder = '', ...rest] = readFileSync(seen, 'utf8').trim().split('|');
  expect([count, path.resolve(folder), rest]).toEqual(['3', process.cwd(), ['--data', 'a b', 'unset', 'unset']]);
});
