import {
  button,
  chooseRecoveryCode,
  dialog,
  enableUpToCodes,
  expectHome,
  giveCode,
  givePassword,
  heading,
  openProfile,
  saveCodes,
  twoStepSwitch,
  way,
} from './support/flows.ts';
import { expectFitToUse } from './support/looks.ts';
import { OWNER } from './support/people.ts';
import { expect, onlyLoopback, test } from './support/test.ts';
import { passTime } from './support/time.ts';

test.beforeEach(() => test.slow());

test('set-up is fit to use, with and without complaints', async ({ window: page }) => {
  await expect(heading(page, 'Set up your workspace')).toBeVisible();
  await expectFitToUse(page, 'set-up');
  await button(page, 'Create workspace').click();
  await expect(page.locator('[aria-invalid=true]').first()).toBeVisible();
  await expectFitToUse(page, 'set-up with complaints');
});

test('sign-in and its panels are fit to use', async ({ protectedWorkspace: _, window: page }) => {
  await expectFitToUse(page, 'sign-in');
  for (const panel of ['Forgot password?', 'Trouble signing in?']) {
    await way(page, panel).click();
    await expect(page.getByRole('dialog')).toBeVisible();
    await expectFitToUse(page, panel);
    await page.keyboard.press('Escape');
    await expect(page.getByRole('dialog')).toBeHidden();
  }
  await givePassword(page, 'not-the-password-1');
  await expect(page.getByRole('alert')).toBeVisible();
  await expectFitToUse(page, 'sign-in refused');
});

test('the second step and its other ways are fit to use', async ({ protectedWorkspace: _, window: page }) => {
  await givePassword(page);
  await expect(heading(page, 'Two-step verification')).toBeVisible();
  await expectFitToUse(page, 'second step');
  await giveCode(page, '000000');
  await expect(page.getByRole('alert')).toBeVisible();
  await expectFitToUse(page, 'second step refused');
  await way(page, 'Try another way').click();
  await expectFitToUse(page, 'other ways');
  await way(page, 'Email code').click();
  await chooseRecoveryCode(page);
  await expectFitToUse(page, 'recovery code');
});

test('home, outbox, account menu, palette and a missing page are fit to use', async ({
  app,
  workspace: _,
  window: page,
}) => {
  await givePassword(page);
  await expectHome(page);
  await expectFitToUse(page, 'home');
  await button(page, 'Account menu').click();
  await expectFitToUse(page, 'account menu');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toBeHidden();
  await page.keyboard.press('ControlOrMeta+K');
  await expect(page.getByRole('dialog')).toBeVisible();
  await expectFitToUse(page, 'palette');
  await page.keyboard.press('Escape');
  await page.goto(`${app.origin}/outbox`);
  await expect(page.getByRole('heading').first()).toBeVisible();
  await expectFitToUse(page, 'outbox, empty');
  await page.goto(`${app.origin}/no/such/page`);
  await expect(page.getByRole('heading').first()).toBeVisible();
  await expectFitToUse(page, 'missing page');
});

test('the profile and the way to active two-step verification are fit to use', async ({
  workspace: _,
  window: page,
  mail,
}) => {
  await givePassword(page);
  await openProfile(page);
  await expectFitToUse(page, 'profile, off');
  await button(page, 'Change password').click();
  await expect(page.getByRole('dialog')).toBeVisible();
  await expectFitToUse(page, 'change password');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toBeHidden();

  await twoStepSwitch(page).click({ force: true });
  const enable = dialog(page, 'Enable two-step verification');
  await expect(enable).toBeVisible();
  await expectFitToUse(page, 'enable');
  await button(enable, 'Send code').click();
  const code = await mail.code(OWNER.email);
  await expectFitToUse(page, 'enable, code sent');
  await giveCode(enable, code);
  await expect(dialog(page, 'Save your recovery codes')).toBeVisible();
  await expectFitToUse(page, 'recovery codes');
  await saveCodes(page);
  await expectFitToUse(page, 'profile, active');

  await twoStepSwitch(page).click({ force: true });
  await expect(dialog(page, 'Disable two-step verification')).toBeVisible();
  await expectFitToUse(page, 'disable');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toBeHidden();
  await button(page, 'Generate new codes').click();
  await expect(page.getByRole('dialog')).toBeVisible();
  await expectFitToUse(page, 'new codes');
  await page.keyboard.press('Escape');

  await page.goto(new URL('/outbox', page.url()).href);
  await page.getByText(/code/i).first().click();
  await expectFitToUse(page, 'outbox, a message open');
});

test('the idle warning and the sign-in screen after it are fit to use', async ({ app, workspace: _, window: page }) => {
  await givePassword(page);
  await expectHome(page);
  passTime(app, 13.5 * 60_000);
  await page.reload();
  await expect(page.getByRole('dialog')).toBeVisible();
  await expectFitToUse(page, 'idle warning');
  passTime(app, 5 * 60_000);
  await page.reload();
  await expect(heading(page, 'Sign in')).toBeVisible();
  await expectFitToUse(page, 'sign-in after the end');
});

test(
  'a window that lost its key is told what to do',
  onlyLoopback('Electron’s window needs no key'),
  async ({ app, page }) => {
    await page.goto(app.origin);
    await expect(page.locator('body')).toContainText(/Vestibule/);
    await expectFitToUse(page, 'closed door');
  },
);

test('recovery codes dialog keeps its codes readable at every size', async ({ workspace: _, window: page, mail }) => {
  await givePassword(page);
  await openProfile(page);
  const codes = await enableUpToCodes(page, mail);
  await page.setViewportSize({ width: 480, height: 600 });
  for (const code of codes) {
    const box = await page.getByRole('listitem').filter({ hasText: code }).boundingBox();
    expect(box?.x ?? -1).toBeGreaterThanOrEqual(0);
    expect((box?.x ?? 0) + (box?.width ?? 0)).toBeLessThanOrEqual(480);
  }
});
