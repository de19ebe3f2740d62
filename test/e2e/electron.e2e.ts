import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test as base, type ElectronApplication, expect, type Page } from '@playwright/test';
import { launchElectron } from './support/electron-app.ts';
import { expectHome, heading, setUp } from './support/flows.ts';

interface Fixtures {
  data: string;
  electron: ElectronApplication;
  window: Page;
}

const test = base.extend<Fixtures>({
  // biome-ignore lint/correctness/noEmptyPattern: the runner reads the pattern to know what a fixture needs
  data: async ({}, use) => {
    const data = mkdtempSync(path.join(tmpdir(), 'vestibule-electron-'));
    await use(data);
    rmSync(data, { recursive: true, force: true });
  },
  electron: async ({ data }, use) => {
    const electron = await launchElectron(data);
    await use(electron);
    await electron.close();
  },
  window: async ({ electron }, use) => {
    const window = await electron.firstWindow();
    const complaints: string[] = [];
    window.on('pageerror', (error) => complaints.push(String(error)));
    window.on('console', (message) => {
      if (/content security policy/i.test(message.text())) complaints.push(message.text());
    });
    await use(window);
    expect(complaints, 'errors, and violations of the content security policy').toEqual([]);
  },
});

test('S65 the page has no Node and no token, and keeps its session through a reload', async ({ window }) => {
  await setUp(window);
  const seen = await window.evaluate(() => ({
    node: [
      typeof globalThis.process,
      typeof Reflect.get(globalThis, 'require'),
      typeof Reflect.get(globalThis, 'Buffer'),
    ],
    host: Object.keys(Reflect.get(globalThis, 'vestibule')),
    cookie: document.cookie,
    origin: location.origin,
  }));
  expect(seen).toEqual({
    node: ['undefined', 'undefined', 'undefined'],
    host: ['kind', 'version'],
    cookie: '',
    origin: 'app://vestibule',
  });
  await window.reload();
  await expectHome(window);
});

test('S65 the window’s effective preferences are the locked ones', async ({ electron, window }) => {
  await expect(heading(window, 'Set up your workspace')).toBeVisible();
  const preferences = await electron.evaluate(({ BrowserWindow }) => {
    const { webContents } = BrowserWindow.getAllWindows()[0] ?? {};
    return (webContents as unknown as { getLastWebPreferences(): Record<string, unknown> }).getLastWebPreferences();
  });
  expect(preferences).toMatchObject({
    sandbox: true,
    contextIsolation: true,
    nodeIntegration: false,
    webviewTag: false,
    webSecurity: true,
  });
});

test('S67 the page cannot leave, open a window, or reach the network', async ({ electron }) => {
  const window = await electron.firstWindow(); // whose policy is violated here on purpose
  await expect(heading(window, 'Set up your workspace')).toBeVisible();
  for (const url of ['https://vestibule.example/', 'file:///etc/passwd', 'app://other/']) {
    await window.evaluate((to) => location.assign(to), url);
    expect(await window.evaluate((to) => globalThis.open(to), url)).toBeNull();
    expect(
      await window.evaluate(
        (to) =>
          fetch(to).then(
            () => 'reached',
            () => 'refused',
          ),
        url,
      ),
    ).toBe('refused');
  }
  expect(window.url()).toMatch(/^app:\/\/vestibule\//);
  expect(electron.windows()).toHaveLength(1);
});

test('a second start shows the first’s window and ends', async ({ data, electron, window }) => {
  await expect(heading(window, 'Set up your workspace')).toBeVisible();
  await launchElectron(data).then(
    (second) => second.close(),
    () => {}, // it ended before the runner could take hold of it
  );
  expect(electron.windows()).toHaveLength(1);
});
