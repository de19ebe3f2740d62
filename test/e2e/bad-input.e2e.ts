import type { Page } from '@playwright/test';
import {
  button,
  dialog,
  expectHome,
  field,
  fillSetUp,
  giveCode,
  givePassword,
  heading,
  openProfile,
  signInWithCode,
  twoStepSwitch,
} from './support/flows.ts';
import { OWNER } from './support/people.ts';
import { expect, test } from './support/test.ts';

/** The field is marked, and a sentence beside it is bound to it. */
async function expectComplaint(page: Page, name: string): Promise<void> {
  const wrong = field(page, name);
  await expect(wrong).toHaveAttribute('aria-invalid', 'true');
  await expect(wrong).toHaveAccessibleDescription(/\S/);
}

test.describe('set-up refuses and keeps what was typed', () => {
  const bad: readonly (readonly [string, string, Record<string, string>])[] = [
    ['a blank workspace name', 'Workspace name', { 'Workspace name': '   ' }],
    ['a blank name', 'Your name', { 'Your name': '' }],
    ['a name with a line of its own', 'Your name', { 'Your name': 'Ada\u202e Quay' }],
    ['no address at all', 'Email', { Email: '' }],
    ['something that is no address', 'Email', { Email: 'ada at harbour' }],
    ['two passwords that differ', 'Confirm password', { 'Confirm password': 'another-lantern-42' }],
    ['an oversized name', 'Your name', { 'Your name': 'x'.repeat(5_000) }],
  ];
  for (const [what, name, over] of bad) {
    test(`set-up refuses ${what}`, async ({ window: page }) => {
      await fillSetUp(page, over);
      await button(page, 'Create workspace').click();
      await expectComplaint(page, name);
      await expect(heading(page, 'Set up your workspace')).toBeVisible();
    });
  }

  for (const [what, password] of [
    ['short', 'seven-7'],
    ['common', 'password123'],
  ] as const) {
    test(`set-up refuses a ${what} password and says why`, async ({ window: page }) => {
      await fillSetUp(page, { Password: password, 'Confirm password': password });
      await button(page, 'Create workspace').click();
      await expect(page.getByRole('alert').or(page.locator('[aria-invalid=true]')).first()).toBeVisible();
      await expect(heading(page, 'Set up your workspace')).toBeVisible();
    });
  }
});

test('sign-in refuses blanks beside their fields and hostile text like any wrong password', async ({
  workspace: _,
  window: page,
}) => {
  await button(page, 'Sign in').click();
  await expectComplaint(page, 'Email');
  await field(page, 'Email').fill(`'; DROP TABLE accounts; --<script>alert(1)</script>@x.example`);
  await field(page, 'Password').fill('\u0000\u202e"<img src=x onerror=alert(1)>');
  await button(page, 'Sign in').click();
  await expect(page.getByRole('alert')).toBeVisible();
  await field(page, 'Password').fill('y'.repeat(10_000));
  await button(page, 'Sign in').click();
  await expect(page.getByRole('alert').or(page.locator('[aria-invalid=true]')).first()).toBeVisible();
  await givePassword(page);
  await expectHome(page);
});

test('S5 the second step takes digits only, refuses blanks, and counts what is wrong', async ({
  protectedWorkspace: _,
  window: page,
  mail,
}) => {
  await givePassword(page);
  const code = await mail.code(OWNER.email);
  const input = field(page, 'Verification code');
  await input.fill('abc');
  await button(page, 'Confirm').click();
  await expect(heading(page, 'Two-step verification')).toBeVisible();
  await input.fill(`<b>${code.slice(0, 3)} ${code.slice(3)}</b>`);
  await expectHome(page);
});

test('enabling refuses a wrong code and stays off until the right one', async ({
  workspace: _,
  window: page,
  mail,
}) => {
  await givePassword(page);
  await openProfile(page);
  await twoStepSwitch(page).click({ force: true });
  const enable = dialog(page, 'Enable two-step verification');
  await button(enable, 'Send code').click();
  const code = await mail.code(OWNER.email);
  await giveCode(enable, code === '000000' ? '000001' : '000000');
  await expect(enable.getByRole('alert')).toContainText('4 tries');
  await page.keyboard.press('Escape');
  await page.reload();
  await openProfile(page);
  await expect(twoStepSwitch(page)).not.toBeChecked(); // S25
});

test('S26 disabling refuses a wrong password even with the right code, and changes nothing', async ({
  protectedWorkspace: codes,
  window: page,
  mail,
}) => {
  await signInWithCode(page, mail);
  await openProfile(page);
  await twoStepSwitch(page).click({ force: true });
  const disable = dialog(page, 'Disable two-step verification');
  await field(disable, 'Current password').fill('not-the-password-1');
  await disable.getByRole('radio', { name: 'Recovery code', exact: true }).check({ force: true });
  await field(disable, 'Recovery code').fill(codes[1] ?? '');
  await button(disable, 'Confirm').click();
  await expect(disable.getByRole('alert')).toBeVisible();
  await page.keyboard.press('Escape');
  await page.reload();
  await openProfile(page);
  await expect(twoStepSwitch(page)).toBeChecked();
});

test('changing the password refuses what is short, common, one’s own or typed differently', async ({
  workspace: _,
  window: page,
}) => {
  await givePassword(page);
  await openProfile(page);
  await button(page, 'Change password').click();
  const change = page.getByRole('dialog');
  await field(change, 'Current password').fill(OWNER.password);
  for (const [password, confirmation] of [
    ['seven-7', 'seven-7'],
    ['password123', 'password123'],
    [OWNER.email, OWNER.email],
    ['ferry-window-19-salt', 'ferry-window-19-sale'],
    ['', ''],
  ] as const) {
    await field(change, 'New password').fill(password);
    await field(change, 'Confirm password').fill(confirmation);
    await button(change, 'Save').click();
    await expect(change.getByRole('alert').or(change.locator('[aria-invalid=true]')).first()).toBeVisible();
  }
  await page.keyboard.press('Escape');
  await page.reload();
  await expectHome(page);
});

test('renaming refuses a blank and an oversized name', async ({ workspace: _, window: page }) => {
  await givePassword(page);
  await openProfile(page);
  for (const name of ['  ', 'x'.repeat(2_000)]) {
    await field(page, 'Name').fill(name);
    await button(page, 'Save').first().click();
    await expectComplaint(page, 'Name');
  }
  await page.reload();
  await openProfile(page);
  await expect(field(page, 'Name')).toHaveValue(OWNER.name);
});

test('an address that leads nowhere says so and leads back', async ({ app, workspace: _, window: page }) => {
  await givePassword(page);
  await expectHome(page);
  await page.goto(`${app.origin}/no/such/page`);
  await expect(page.getByRole('heading')).toBeVisible();
  await page.getByRole('link').first().click();
  await expectHome(page);
});
