import { fileURLToPath } from 'node:url';
import { defineConfig } from '@playwright/test';
import { findBrowser } from '../../scripts/find-browser.mjs';
import { electronObstacle } from './support/electron-app.ts';
import type { HostOption } from './support/test.ts';

const top = fileURLToPath(new URL('../..', import.meta.url));
const browser = await findBrowser();
if (!browser) throw new Error('There is no browser. `npm test` finds or installs one; CHROME_PATH names one.');
const canElectron = (await electronObstacle()) === null;

export default defineConfig<HostOption>({
  testDir: '.',
  outputDir: `${top}/test-results/e2e`,
  workers: 2,
  fullyParallel: true,
  forbidOnly: true,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: [['list'], [fileURLToPath(new URL('../support/tally/playwright-reporter.ts', import.meta.url))]],
  projects: [
    { name: 'loopback', testMatch: '**/*.e2e.ts', testIgnore: '**/electron.e2e.ts' },
    // The same suite in Electron, and what only Electron has; one line that says why not, where it cannot run.
    canElectron
      ? { name: 'electron', testMatch: '**/*.e2e.ts', grepInvert: /@loopback/, use: { host: 'electron' } }
      : { name: 'electron', testMatch: '**/no-electron.ts' },
  ],
  use: {
    browserName: 'chromium',
    launchOptions: { executablePath: browser, chromiumSandbox: process.getuid?.() !== 0 },
    viewport: { width: 1280, height: 800 },
    trace: 'off',
    screenshot: 'only-on-failure',
  },
});
