import {
  button,
  chooseRecoveryCode,
  dialog,
  enableUpToCodes,
  expectHome,
  field,
  giveCode,
  givePassword,
  openProfile,
  saveCodes,
  setUp,
  signInWithCode,
  signOut,
  twoStepSwitch,
} from './support/flows.ts';
import { OWNER } from './support/people.ts';
import { expect, onlyLoopback, test } from './support/test.ts';

test('R2 R3 R5 R8 R14 R16 the main job: set up, enable, sign in with a code, sign in with a recovery code, disable', async ({
  app,
  mail,
  window: page,
}) => {
  test.slow();
  await setUp(page);
  await openProfile(page);
  await expect(twoStepSwitch(page)).not.toBeChecked();

  const codes = await enableUpToCodes(page, mail);
  expect(new Set(codes).size).toBe(10);
  await saveCodes(page);
  await expect(page.getByText('Active', { exact: true }).first()).toBeVisible();
  await expect(twoStepSwitch(page)).toBeChecked();
  const told = await mail.next(OWNER.email);
  expect(told.text).toContain('Two-step verification');
  await expect(page.locator('body')).not.toContainText(codes[0] ?? ''); // S80

  await signOut(page);
  await signInWithCode(page, mail);

  await signOut(page);
  await givePassword(page);
  await mail.code(OWNER.email); // sent all the same, and left unused
  await chooseRecoveryCode(page);
  await field(page, 'Recovery code').fill(codes[0] ?? '');
  await button(page, 'Confirm').click();
  await expectHome(page);

  await openProfile(page);
  await twoStepSwitch(page).click({ force: true });
  const disable = dialog(page, 'Disable two-step verification');
  await field(disable, 'Current password').fill(OWNER.password);
  await disable.getByRole('radio', { name: 'Email code', exact: true }).check({ force: true });
  await button(disable, 'Send code').click();
  const last = await mail.code(OWNER.email);
  await giveCode(disable, last);
  await expect(disable).toBeHidden();
  await expect(page.getByText('Off', { exact: true }).first()).toBeVisible();

  await signOut(page);
  await givePassword(page);
  await expectHome(page);

  const secrets = [OWNER.password, ...codes, ...codes.map((code) => code.replaceAll('-', ''))];
  const logs = app.bytesIn('logs') + app.printed();
  const kept = app.bytesIn('.');
  expect(new RegExp(`\\b${last}\\b`).test(logs), 'S80 no code in logs').toBe(false);
  for (const secret of secrets) {
    expect(logs.includes(secret), 'S80 no secret in logs').toBe(false);
    expect(kept.includes(secret), 'S70 no secret in the data folder').toBe(false);
  }
});

test(
  'R3 the recovery codes stay on the screen until the person says they are saved',
  onlyLoopback('Electron’s system asks where to save'),
  async ({ mail, window: page }) => {
    await setUp(page);
    await openProfile(page);
    const codes = await enableUpToCodes(page, mail);
    const save = dialog(page, 'Save your recovery codes');

    await expect(button(save, 'Done')).toBeDisabled();
    await page.keyboard.press('Escape');
    await page.mouse.click(5, 5);
    await expect(save).toBeVisible();

    const download = page.waitForEvent('download');
    await button(save, 'Save to file').click();
    const saved = await (await download).createReadStream();
    const text = (await saved.toArray()).join('');
    for (const code of codes) expect(text).toContain(code);

    await save.getByRole('checkbox', { name: 'I have saved these codes', exact: true }).check({ force: true });
    await button(save, 'Done').click();
    await expect(save).toBeHidden();
    const left = await page.evaluate(() =>
      [
        document.documentElement.outerHTML,
        ...Object.values({ ...localStorage }),
        ...Object.values({ ...sessionStorage }),
      ].join(),
    );
    for (const code of codes) expect(left.includes(code), 'S80 no code is left in the page').toBe(false);
  },
);

test(
  'R3 Copy puts all recovery codes on the clipboard, and Print prints them',
  onlyLoopback('it grants the browser’s permission to copy'),
  async ({ context, mail, window: page }) => {
    await context.grantPermissions(['clipboard-write']);
    await setUp(page);
    await openProfile(page);
    const codes = await enableUpToCodes(page, mail);
    const save = dialog(page, 'Save your recovery codes');

    await page.evaluate(() => {
      window.print = () => document.body.setAttribute('data-printed', 'yes');
    });
    await button(save, 'Print').click();
    await expect(page.locator('body')).toHaveAttribute('data-printed', 'yes');
    await page.emulateMedia({ media: 'print' });
    for (const code of codes) await expect(page.getByText(code).and(page.locator(':visible')).first()).toBeVisible();
    await expect(page.getByRole('navigation')).toBeHidden();
    await page.emulateMedia({ media: 'screen' });

    await button(save, 'Copy').click();
    await saveCodes(page);
    await signOut(page);
    await field(page, 'Email').focus();
    await page.keyboard.press('ControlOrMeta+V');
    const pasted = await field(page, 'Email').inputValue();
    for (const code of codes) expect(pasted).toContain(code);
  },
);

test('R3 a reload before saving shows no codes again: they are shown once, and new ones can be made', async ({
  mail,
  window: page,
}) => {
  await setUp(page);
  await openProfile(page);
  const codes = await enableUpToCodes(page, mail);
  await page.reload();
  await expectHome(page);
  await expect(page.locator('body')).not.toContainText(codes[0] ?? '');
  await openProfile(page);
  await expect(button(page, 'Generate new codes')).toBeVisible();
});
