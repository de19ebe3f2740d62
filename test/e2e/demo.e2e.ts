import { existsSync } from 'node:fs';
import path from 'node:path';
import { test as base, expect } from '@playwright/test';
import { startApp } from './support/app.ts';
import { button, expectHome, heading } from './support/flows.ts';
import { expectFitToUse } from './support/looks.ts';
import { onlyLoopback } from './support/test.ts';

base(
  '--demo shows a filled workspace with hints, and leaves nothing behind',
  onlyLoopback('it follows the folder from start to end over HTTP'),
  async ({ page }) => {
    base.slow();
    const app = await startApp(['--demo']);
    await page.goto(await app.link());
    await expect(heading(page, 'Sign in')).toBeVisible();
    await expectFitToUse(page, 'demo sign-in');

    const people = await demoPeople(page, app.origin);
    expect(people.length).toBeGreaterThanOrEqual(2);
    const plain = people.find(({ twoStep }) => twoStep === 'off');
    await page.getByRole('button', { name: new RegExp(plain?.name ?? 'nobody') }).click();
    await button(page, 'Sign in').click();
    await expectHome(page);
    await expectFitToUse(page, 'demo home');

    const folder = path.resolve(await outboxFolder(page, app.origin), '../..');
    expect(existsSync(folder)).toBe(true);
    await app.stop();
    expect(existsSync(folder)).toBe(false);
  },
);

interface Welcome {
  readonly mail: { readonly folder: string };
  readonly demo: { readonly accounts: readonly { readonly name: string; readonly twoStep: string }[] };
}

async function welcome(page: import('@playwright/test').Page, origin: string): Promise<Welcome> {
  const answer = await page.request.get(`${origin}/api/trpc/open.welcome`);
  return (await answer.json()).result.data;
}

const demoPeople = async (...to: Parameters<typeof welcome>) => (await welcome(...to)).demo.accounts;
const outboxFolder = async (...to: Parameters<typeof welcome>) => (await welcome(...to)).mail.folder;
