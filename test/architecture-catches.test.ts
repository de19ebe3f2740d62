import { expect, test } from 'vitest';
import { timeAndChanceViolations, timerViolations } from './support/architecture/ambient.ts';
import { badNames, strangersAtTheTop, tooLong } from './support/architecture/files.ts';
import { barrels, cycles } from './support/architecture/graph.ts';
import { layerViolations } from './support/architecture/layers.ts';
import { lockViolations, loosePins } from './support/architecture/packages.ts';
import { treeOf } from './support/architecture/source-tree.ts';

const FLOOR = {
  'src-main/domain/policy.ts': 'export type Policy = 1;',
  'src-main/ports/store.ts': '',
  'src-main/use-cases/sign-in/prove.ts': '',
  'src-main/adapters/sqlite/store.ts': '',
  'src-main/security-keys/client.ts': '',
  'src-main/api/router.ts': '',
  'src-main/hosts/compose.ts': '',
  'src-main/hosts/electron/window.ts': '',
  'src-main/hosts/loopback/guard.ts': '',
  'src-renderer/api.ts': '',
  'resources/messages/en.json': '',
};

/** What the layer rule says of one file's text, put into a small house. */
function said(file: string, text: string): string[] {
  return layerViolations(treeOf({ ...FLOOR, [file]: text }));
}

test.each([
  ['domain/x.ts', '../ports/store.ts', 'domain imports ports'],
  ['ports/x.ts', '../use-cases/sign-in/prove.ts', 'ports imports use-cases'],
  ['use-cases/x.ts', '../adapters/sqlite/store.ts', 'use-cases imports adapters'],
  ['use-cases/x.ts', '../api/router.ts', 'use-cases imports api'],
  ['adapters/x.ts', '../use-cases/sign-in/prove.ts', 'adapters imports use-cases'],
  ['adapters/x.ts', '../security-keys/client.ts', 'adapters imports security-keys'],
  ['adapters/x.ts', '../api/router.ts', 'adapters imports api'],
  ['security-keys/x.ts', '../adapters/sqlite/store.ts', 'security-keys imports adapters'],
  ['security-keys/x.ts', '../api/router.ts', 'security-keys imports api'],
  ['api/x.ts', '../adapters/sqlite/store.ts', 'api imports adapters'],
  ['api/x.ts', '../hosts/compose.ts', 'api imports hosts'],
  ['hosts/x.ts', './loopback/guard.ts', 'hosts imports hosts/loopback'],
  ['hosts/electron/x.ts', '../loopback/guard.ts', 'hosts/electron imports hosts/loopback'],
  ['hosts/loopback/x.ts', '../electron/window.ts', 'hosts/loopback imports hosts/electron'],
  ['hosts/x.ts', '../../src-renderer/api.ts', 'hosts imports renderer'],
])('an arrow upwards or sideways is caught: %s → %s', (file, target, sentence) => {
  expect(said(`src-main/${file}`, `import type { A } from '${target}';`)).toEqual([
    expect.stringContaining(`src-main/${file}:1 ${sentence}`),
  ]);
});

test.each([
  ["import { a } from '../ports/store.ts';", 1],
  ["import type { A } from '../ports/store.ts';", 1],
  ["export { a } from '../ports/store.ts';", 1],
  ["export type { A } from '../ports/store.ts';", 1],
  ["const a = await import('../ports/store.ts');", 1],
  ["type A = import('../ports/store.ts').A;", 1],
  ["const a = require('../ports/store.ts');", 1],
  ["new Worker(new URL('../ports/store.ts', import.meta.url));", 1],
  ['const a = await import(somewhere);', 1],
  ["// import { a } from '../ports/store.ts';\nconst a = \"import('../ports/store.ts')\";", 0],
])('every way to import counts, and text that only looks like one does not: %s', (text, count) => {
  expect(said('src-main/domain/x.ts', text)).toHaveLength(count);
});

test('arrows that the picture has are let through', () => {
  const fine = {
    ...FLOOR,
    'src-main/use-cases/x.ts': "import { a } from '../ports/store.ts';\nimport { b } from './sign-in/prove.ts';",
    'src-main/domain/x.ts': "import { sha256 } from '@noble/hashes/sha2.js';\nimport { a } from './policy.ts';",
    'src-main/adapters/sqlite/x.ts': "import Database from 'better-sqlite3';\nimport { eq } from 'drizzle-orm';",
    'src-main/adapters/mail/x.ts': "import text from '../../../resources/messages/en.json';",
    'src-main/api/x.ts': "import { z } from 'zod';\nimport { a } from '../use-cases/sign-in/prove.ts';",
    'src-main/hosts/electron/x.ts': "import { app } from 'electron';\nimport { compose } from '../compose.ts';",
    'src-renderer/x.tsx': "import type { AppRouter } from '../src-main/api/router.ts';\nimport './api.ts';",
  };
  expect(layerViolations(treeOf(fine))).toEqual([]);
});

test.each([
  ['src-main/domain/x.ts', 'zod'],
  ['src-main/domain/x.ts', 'node:crypto'],
  ['src-main/ports/x.ts', '@noble/hashes/sha2.js'],
  ['src-main/use-cases/x.ts', 'zod'],
  ['src-main/api/x.ts', 'node:fs'],
  ['src-main/api/x.ts', 'drizzle-orm'],
  ['src-main/adapters/mail/x.ts', 'better-sqlite3'],
  ['src-main/adapters/x.ts', 'nodemailer'],
  ['src-main/adapters/mail/x.ts', 'nodemailer-elsewhere', 'fine'],
  ['src-main/hosts/loopback/x.ts', 'electron'],
  ['src-main/hosts/compose.ts', 'electron/main'],
  ['src-main/hosts/x.ts', 'drizzle-orm/better-sqlite3'],
  ['src-renderer/x.ts', 'electron'],
  ['src-renderer/x.ts', 'node:path'],
  ['src-preload/x.ts', 'zod'],
])('a package away from its home is caught: %s imports %s', (file, name, verdict = 'caught') => {
  expect(said(file, `import x from '${name}';`)).toHaveLength(verdict === 'fine' ? 0 : 1);
});

test.each([
  ["import { router } from '../src-main/api/router.ts';", 1],
  ["import { type AppRouter } from '../src-main/api/router.ts';", 1],
  ["import { policyOf } from '../src-main/domain/policy.ts';", 1],
  ["import type { Store } from '../src-main/ports/store.ts';", 1],
  ["import type { A } from '../src-main/use-cases/sign-in/prove.ts';", 1],
  ["import type { A } from '../src-main/api/router.ts';", 0],
  ["import type { A } from '../src-main/domain/policy.ts';", 0],
])('the renderer takes types of api and domain, no values and nothing else: %s', (text, count) => {
  expect(said('src-renderer/x.ts', text)).toHaveLength(count);
});

test('a file outside every layer and an import of nothing are caught', () => {
  expect(said('src-main/odds/x.ts', '')).toEqual(['src-main/odds/x.ts belongs to no layer']);
  expect(said('src-main/domain/x.ts', "import './policy';")).toEqual([
    'src-main/domain/x.ts:1 imports src-main/domain/policy, which is not there',
  ]);
});

test('a round of value imports is caught once, one of types is none', () => {
  const round = (kind: string) =>
    treeOf({
      'a.ts': `${kind} { b } from './b.ts';`,
      'b.ts': `${kind} { c } from './c.ts';`,
      'c.ts': `${kind} { a } from './a.ts';`,
    });
  expect(cycles(round('import'))).toEqual(['a.ts → b.ts → c.ts → a.ts']);
  expect(cycles(round('export'))).toEqual(['a.ts → b.ts → c.ts → a.ts']);
  expect(cycles(round('import type'))).toEqual([]);
});

test('barrels are caught under each of their names', () => {
  const tree = treeOf({
    'src-main/domain/index.ts': 'export const a = 1;',
    'src-main/domain/all.ts': "export const a = 1;\nexport * from './b.ts';\nexport * as c from './c.ts';",
    'src-main/domain/front.ts': "export { a } from './a.ts';",
    'src-preload/index.ts': 'export const kind = 1;',
  });
  expect(barrels(tree)).toEqual([
    'src-main/domain/all.ts:2 exports everything of another file',
    'src-main/domain/all.ts:3 exports everything of another file',
    'src-main/domain/front.ts only re-exports',
    'src-main/domain/index.ts is an index file',
  ]);
});

test.each([
  'Date.now()',
  "Date['now']()",
  'globalThis.Date.now()',
  'new Date()',
  'Date()',
  'const { now } = Date',
  'const clock = Date as { now(): number }',
  'Math.random()',
  'const { random } = Math',
  'performance.now()',
  'crypto.randomUUID()',
  'globalThis.crypto.getRandomValues(new Uint8Array(4))',
  "import { randomBytes } from 'node:crypto'",
  "import { randomInt as dice } from 'node:crypto'",
  'process.hrtime.bigint()',
])('ambient time or randomness is caught: %s', (text) => {
  expect(timeAndChanceViolations(treeOf({ 'src-main/hosts/x.ts': text }))).not.toEqual([]);
  expect(timeAndChanceViolations(treeOf({ 'src-main/adapters/system-ambient.ts': text }))).toEqual([]);
});

test.each([
  'new Date(at)',
  'Date.UTC(2026, 1)',
  'x instanceof Date',
  'let at: Date; clock.now(); random.bytes(4); Math.floor(1.5)',
  "interface A { now(): Date } const a = { now: 1, 'Date.now': 2 }; // Date.now()",
])('what only converts or is called alike is not: %s', (text) => {
  expect(timeAndChanceViolations(treeOf({ 'src-main/domain/x.ts': text }))).toEqual([]);
});

test('timers away from hosts and adapters are caught', () => {
  const text = 'setTimeout(go, 1); globalThis.setInterval(go, 1);';
  expect(timerViolations(treeOf({ 'src-main/use-cases/x.ts': text }))).toEqual([
    'src-main/use-cases/x.ts:1 setTimeout',
    'src-main/use-cases/x.ts:1 setInterval',
  ]);
  expect(timerViolations(treeOf({ 'src-main/api/x.ts': "import 'node:timers/promises';" }))).toHaveLength(1);
  expect(timerViolations(treeOf({ 'src-main/hosts/x.ts': text, 'src-main/adapters/x.ts': text }))).toEqual([]);
});

test('the 301st line is caught', () => {
  const lines = (count: number) => 'void 0;\n'.repeat(count);
  expect(tooLong(treeOf({ 'test/a.ts': lines(300), 'test/b.ts': lines(301) }))).toEqual(['test/b.ts has 301 lines']);
});

test('file names that break the rule are caught', () => {
  const names = [
    'CodeField.tsx',
    'code_field.ts',
    'date-utils.ts',
    'mail-service.ts',
    'helpers/a.ts',
    'code-field.tsx',
  ];
  const tree = treeOf(Object.fromEntries(names.map((name) => [`src-renderer/ui/${name}`, ''])));
  expect(badNames(tree)).toEqual([
    'src-renderer/ui/CodeField.tsx: CodeField.tsx is not kebab-case',
    'src-renderer/ui/code_field.ts: code_field.ts is not kebab-case',
    'src-renderer/ui/date-utils.ts: the word utils tells nothing',
    'src-renderer/ui/helpers/a.ts: the word helpers tells nothing',
    'src-renderer/ui/mail-service.ts: the word service tells nothing',
  ]);
});

test('a stranger at the top is caught', () => {
  expect(strangersAtTheTop(treeOf({ 'README.md': '', 'src-main/a.ts': '', 'notes.txt': '', '.env': '' }))).toEqual([
    '.env',
    'notes.txt',
  ]);
});

test('loose pins and locks that name a registry or lag behind are caught', () => {
  const manifest = { dependencies: { a: '^1.2.3', b: '1.2.3', c: 'latest' }, devDependencies: { d: '1.2.3-rc.1' } };
  expect(loosePins(manifest)).toEqual(['a@^1.2.3', 'c@latest']);
  const lock = {
    packages: { '': { dependencies: { a: '1.2.3' } }, 'node_modules/a': { resolved: 'https://example.org/a' } },
  };
  expect(lockViolations(manifest, lock)).toEqual([
    'node_modules/a is resolved to an address',
    'package-lock.json was made from another package.json',
  ]);
});
