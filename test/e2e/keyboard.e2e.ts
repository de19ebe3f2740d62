import type { Page } from '@playwright/test';
import { dialog, expectHome, heading, readRecoveryCodes } from './support/flows.ts';
import { OWNER } from './support/people.ts';
import { expect, test } from './support/test.ts';

/** Tabs on until what has the focus has this name, as a person does who sees the focus ring. */
async function tabTo(page: Page, name: string | RegExp, role?: string): Promise<void> {
  for (let presses = 0; presses < 60; presses += 1) {
    await page.keyboard.press('Tab');
    const focused = page.locator(':focus');
    if ((await focused.count()) === 0) continue;
    const snapshot = await focused.first().ariaSnapshot();
    const [, foundRole = '', foundName = ''] = /^- (\w+)(?: "([^"]*)")?/.exec(snapshot) ?? [];
    const named = typeof name === 'string' ? foundName === name : name.test(foundName);
    if (named && (role === undefined || foundRole === role)) return;
  }
  throw new Error(`Tab never reached ${name}`);
}

test('the main job with the keyboard alone: set up, enable, sign out, sign in with a code', async ({
  mail,
  window: page,
}) => {
  test.slow();
  await expect(heading(page, 'Set up your workspace')).toBeVisible();
  const answers = { 'Workspace name': OWNER.workspaceName, 'Your name': OWNER.name, Email: OWNER.email };
  await page.locator('body').press('Shift');
  for (const [name, text] of Object.entries(answers)) {
    const there = page.getByRole('textbox', { name, exact: true });
    if (!(await there.evaluate((element) => element === document.activeElement))) await tabTo(page, name);
    await page.keyboard.type(text);
  }
  await tabTo(page, 'Password');
  await page.keyboard.type(OWNER.password);
  await tabTo(page, 'Confirm password');
  await page.keyboard.type(OWNER.password);
  await page.keyboard.press('Enter');
  await expectHome(page);

  await tabTo(page, 'Profile settings', 'link');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('region', { name: 'Security' })).toBeVisible();
  await tabTo(page, 'Two-step verification', 'switch');
  await page.keyboard.press('Space');
  const enable = dialog(page, 'Enable two-step verification');
  await expect(enable).toBeVisible();
  await tabTo(page, 'Send code');
  await page.keyboard.press('Enter');
  await expect(enable.getByRole('textbox', { name: 'Verification code' })).toBeFocused();
  await page.keyboard.type(await mail.code(OWNER.email));
  await readRecoveryCodes(page);
  await tabTo(page, 'I have saved these codes', 'checkbox');
  await page.keyboard.press('Space');
  await tabTo(page, 'Done');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog')).toBeHidden();

  await tabTo(page, 'Account menu');
  await page.keyboard.press('Enter');
  await tabTo(page, 'Sign out');
  await page.keyboard.press('Enter');
  await expect(heading(page, 'Sign in')).toBeVisible();

  const email = page.getByRole('textbox', { name: 'Email', exact: true });
  if (!(await email.evaluate((element) => element === document.activeElement))) await tabTo(page, 'Email');
  await page.keyboard.type(OWNER.email);
  await tabTo(page, 'Password');
  await page.keyboard.type(OWNER.password);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('textbox', { name: 'Verification code' })).toBeFocused();
  await page.keyboard.type(await mail.code(OWNER.email));
  await expectHome(page);
});

test('a dialog keeps the focus inside and gives it back', async ({ workspace: _, window: page }) => {
  const trouble = page.getByRole('button', { name: 'Trouble signing in?' });
  await trouble.focus();
  await page.keyboard.press('Enter');
  const panel = page.getByRole('dialog');
  await expect(panel).toBeVisible();
  for (let presses = 0; presses < 5; presses += 1) {
    await page.keyboard.press('Tab');
    await expect(panel.locator(':focus').or(panel.and(page.locator(':focus')))).toHaveCount(1);
  }
  await page.keyboard.press('Escape');
  await expect(panel).toBeHidden();
  await expect(trouble).toBeFocused();
});

test('Ctrl+K opens the palette, and typing a page’s name leads there', async ({ workspace: _, window: page }) => {
  await page.getByLabel('Email').fill(OWNER.email);
  await page.getByLabel('Password', { exact: true }).fill(OWNER.password);
  await page.keyboard.press('Enter');
  await expectHome(page);
  await page.keyboard.press('ControlOrMeta+K');
  await expect(page.getByRole('dialog')).toBeVisible();
  await page.keyboard.type('profile');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('region', { name: 'Security' })).toBeVisible();
});
