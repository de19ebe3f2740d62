import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { looseWindows } from '../../support/architecture/window-preferences.ts';

const TOP = join(import.meta.dirname, '../../..');

test('S65 S66 every page of the app has its preferences in place, literally; there is no bridge to this process but the preload’s two facts', () => {
  const files = ['src-main', 'src-preload'].flatMap((folder) =>
    readdirSync(join(TOP, folder), { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts'))
      .map((file) => join(folder, file)),
  );
  expect(files).toContain('src-main/hosts/electron/window.ts');
  expect(files.flatMap((file) => looseWindows(file, readFileSync(join(TOP, file), 'utf8')))).toEqual([]);
});

test('S65 the preload tells kind and version, and gives nothing to call', () => {
  const preload = readFileSync(join(TOP, 'src-preload/index.ts'), 'utf8');
  expect(preload.match(/contextBridge\.\w+\([^)]*\)/g)).toEqual(["contextBridge.exposeInMainWorld('vestibule', host)"]);
  expect(preload).toMatch(/const host = \{ kind: 'electron', version \} as const;/);
});

const FINE = 'sandbox: true, contextIsolation: true, nodeIntegration: false, webviewTag: false, webSecurity: true';

test.each([
  [`new BrowserWindow({ webPreferences: { preload: p, ${FINE} } })`, []],
  [`new electron.BrowserWindow({ ...bounds, webPreferences: { ${FINE} } })`, []],
  ['new BrowserWindow()', ['makes a page with options that do not stand in place']],
  ['new BrowserWindow(options)', ['makes a page with options that do not stand in place']],
  ['new BrowserWindow({})', ['has not webPreferences as the one last option']],
  [`new BrowserWindow({ webPreferences: { ${FINE} }, ...more })`, ['has not webPreferences as the one last option']],
  ['new BrowserWindow({ webPreferences })', ['has webPreferences that do not stand in place']],
  [
    `new BrowserWindow({ webPreferences: { ${FINE}, ...more } })`,
    ['has webPreferences with a spread, a shorthand or a computed name'],
  ],
  [
    `new BrowserWindow({ webPreferences: { ${FINE}, [name]: true } })`,
    ['has webPreferences with a spread, a shorthand or a computed name'],
  ],
  [
    `new BrowserWindow({ webPreferences: { ${FINE.replace('sandbox: true', 'sandbox: !off')} } })`,
    ['has a sandbox that is no literal'],
  ],
  [
    `new BrowserWindow({ webPreferences: { ${FINE.replace('sandbox: true', 'sandbox: false')} } })`,
    ['sets sandbox wrongly'],
  ],
  [`new BrowserWindow({ webPreferences: { ${FINE.replace('sandbox: true,', '')} } })`, ['does not set sandbox']],
  [
    `new BrowserWindow({ webPreferences: { ${FINE}, nodeIntegrationInWorker: false } })`,
    ['sets nodeIntegrationInWorker'],
  ],
  ["import { ipcMain } from 'electron';", ['uses ipcMain']],
  ['protocol.registerSchemesAsPrivileged([{ privileges: { bypassCSP: true } }])', ['uses bypassCSP']],
])('S65 %s', (text, wrong) => {
  expect([...new Set(looseWindows('x.ts', text))]).toEqual(wrong.map((each) => `x.ts ${each}`));
});
