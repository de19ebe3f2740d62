import { fileURLToPath } from 'node:url';
import { defineConfig } from '@playwright/test';
import { findBrowser } from '../../scripts/find-browser.mjs';

const top = fileURLToPath(new URL('../..', import.meta.url));
const browser = await findBrowser();
if (!browser) throw new Error('There is no browser. `npm test` finds or installs one; CHROME_PATH names one.');

export default defineConfig({
  testDir: '.',
  testMatch: '**/*.e2e.ts',
  outputDir: `${top}/test-results/e2e`,
  workers: 2,
  fullyParallel: true,
  forbidOnly: true,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: [['list'], [fileURLToPath(new URL('../support/tally/playwright-reporter.ts', import.meta.url))]],
  use: {
    browserName: 'chromium',
    launchOptions: { executablePath: browser, chromiumSandbox: process.getuid?.() !== 0 },
    viewport: { width: 1280, height: 800 },
    trace: 'off',
    screenshot: 'only-on-failure',
  },
});
