import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { _electron, test as base, type ElectronApplication, expect, type Page } from '@playwright/test';
import { chooseHost, thisMachine } from '../../scripts/choose-host.mjs';
import { electronBinary } from '../../scripts/electron-binary.mjs';
import {
  button,
  chooseRecoveryCode,
  enableUpToCodes,
  expectHome,
  field,
  givePassword,
  heading,
  openProfile,
  saveCodes,
  setUp,
  signInWithCode,
  signOut,
} from './support/flows.ts';
import { Mailbox } from './support/mail.ts';

const TOP = fileURLToPath(new URL('../..', import.meta.url));

/** Why Electron cannot run here; null where it can. Nothing is downloaded for a test. */
async function findObstacle(): Promise<string | null> {
  if (electronBinary() === null) return 'Electron’s program is not on this machine; npx install-electron gets it';
  return chooseHost('electron', thisMachine()).then(
    () => null,
    (error: Error) => error.message,
  );
}
const obstacle = await findObstacle();

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
    const electron = await launch(data);
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

/** With a key file, for a machine that runs tests may have no keychain. */
function launch(data: string): Promise<ElectronApplication> {
  return _electron.launch({
    executablePath: electronBinary() ?? '',
    args: [TOP, '--data', data, '--migrate-vault', 'keyFile'],
  });
}

test.describe('in Electron', () => {
  test.skip(obstacle !== null, obstacle ?? '');

  test('R2 R3 R14 R16 the main job: set up, enable, sign in with a code, sign in with a recovery code', async ({
    data,
    window,
  }) => {
    test.slow();
    const mail = new Mailbox(data);
    await setUp(window);
    await openProfile(window);
    const [code = ''] = await enableUpToCodes(window, mail);
    await saveCodes(window);
    await signOut(window);
    await signInWithCode(window, mail);
    await signOut(window);
    await givePassword(window);
    await chooseRecoveryCode(window);
    await field(window, 'Recovery code').fill(code);
    await button(window, 'Confirm').click();
    await expectHome(window);
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
    await launch(data).then(
      (second) => second.close(),
      () => {}, // it ended before the runner could take hold of it
    );
    expect(electron.windows()).toHaveLength(1);
  });
});
