import type { Page } from '@playwright/test';
import {
  button,
  chooseRecoveryCode,
  dialog,
  expectHome,
  field,
  giveCode,
  givePassword,
  heading,
  openProfile,
  readRecoveryCodes,
  signInWithCode,
  signOut,
  twoStepSwitch,
  way,
} from './support/flows.ts';
import { expectFitToUse } from './support/looks.ts';
import type { Mailbox } from './support/mail.ts';
import { OWNER } from './support/people.ts';
import { expect, test } from './support/test.ts';

const NEW_PASSWORD = 'ferry-window-19-salt';
const NEW_EMAIL = 'ada.quay@harbour.example';

async function requestReset(page: Page, email: string): Promise<void> {
  await way(page, 'Forgot password?').click();
  const ask = page.getByRole('dialog');
  await field(ask, 'Email').fill(email);
  await button(ask, 'Request password reset').click();
  await expect(way(ask, 'Enter the reset code')).toBeVisible();
}

async function changeEmail(page: Page, mail: Mailbox): Promise<void> {
  await button(page, 'Change email').click();
  const change = page.getByRole('dialog');
  await field(change, 'New email').fill(NEW_EMAIL);
  await field(change, 'Current password').fill(OWNER.password);
  await button(change, 'Send code').click();
  await giveCode(change, await mail.code(NEW_EMAIL));
  await expect(change).toBeHidden();
}

test('R19 S20 S22 a reset by mail changes the password, signs nobody in, and the mailbox alone opens nothing', async ({
  protectedWorkspace: codes,
  window: page,
  mail,
}) => {
  await requestReset(page, OWNER.email);
  await way(page, 'Enter the reset code').click();
  await field(page, 'Reset code').fill((await mail.longCode(OWNER.email)).toLowerCase());
  await field(page, 'New password').fill(NEW_PASSWORD);
  await field(page, 'Confirm password').fill(NEW_PASSWORD);
  await button(page, 'Change password').click();
  await expect(heading(page, 'Sign in')).toBeVisible();

  await givePassword(page, NEW_PASSWORD);
  await expect(heading(page, 'Two-step verification')).toBeVisible();
  await expect(field(page, 'Verification code')).toBeHidden();
  await field(page, 'Recovery code').fill(codes[0] ?? '');
  await button(page, 'Confirm').click();
  await expectHome(page);
});

test('S17 a reset for nobody looks like one for somebody, and no letter is written', async ({
  protectedWorkspace: _,
  window: page,
  mail,
}) => {
  const before = (await mail.all()).length;
  await requestReset(page, 'nobody@harbour.example');
  const forNobody = await page.getByRole('dialog').textContent();
  await page.reload();
  await requestReset(page, OWNER.email);
  const forSomebody = await page.getByRole('dialog').textContent();
  expect(forSomebody?.replace(OWNER.email, 'nobody@harbour.example')).toBe(forNobody);
  await mail.longCode(OWNER.email);
  expect((await mail.all()).length).toBe(before + 1);
});

test('R19 a slip in the address is pointed out, and asks for nothing', async ({ workspace: _, window: page, mail }) => {
  await way(page, 'Forgot password?').click();
  const ask = page.getByRole('dialog');
  await field(ask, 'Email').fill('ada at harbour');
  await button(ask, 'Request password reset').click();
  await expect(field(ask, 'Email')).toBeFocused();
  await expect(field(ask, 'Email')).toHaveAttribute('aria-invalid', 'true');
  expect(await mail.all()).toEqual([]);
});

test('R19 S21 the one link of a reset leads to the app and brings its code along', async ({
  app,
  workspace: _,
  window: page,
  mail,
}) => {
  await requestReset(page, OWNER.email);
  const letter = await mail.next(OWNER.email);
  const links = letter.html?.match(/\bhref="[^"]*"|\w+:\/\/[^\s"<]+/g) ?? [];
  const [code = ''] = letter.text?.match(/\b(?:[0-9A-Z]{5}-){3}[0-9A-Z]{5}\b/) ?? [];
  expect(new Set(links.map((link) => link.replace(/^href="|"$/g, '')))).toEqual(new Set([`vestibule://reset/${code}`]));
  await page.goto(`${app.origin}/sign-in/reset#${code}`);
  await expect(field(page, 'New password')).toBeFocused();
  await field(page, 'New password').fill(NEW_PASSWORD);
  await field(page, 'Confirm password').fill(NEW_PASSWORD);
  await button(page, 'Change password').click();
  await givePassword(page, NEW_PASSWORD);
  await expectHome(page);
});

test('S21 a reset code works once, and nonsense is refused beside its field', async ({
  workspace: _,
  window: page,
  mail,
}) => {
  await requestReset(page, OWNER.email);
  const code = await mail.longCode(OWNER.email);
  for (const [given, outcome] of [
    ['nonsense', 'refused'],
    [code, 'taken'],
    [code, 'refused'],
  ] as const) {
    await page.goto(new URL('/sign-in/reset', page.url()).href);
    await field(page, 'Reset code').fill(given);
    await field(page, 'New password').fill(NEW_PASSWORD);
    await field(page, 'Confirm password').fill(NEW_PASSWORD);
    await button(page, 'Change password').click();
    if (outcome === 'taken') await expect(heading(page, 'Sign in')).toBeVisible();
    else await expect(field(page, 'Reset code')).toHaveAttribute('aria-invalid', 'true');
  }
});

test('S23 a new address is confirmed at the new mailbox, told to the old one, and is what one signs in with', async ({
  workspace: _,
  window: page,
  mail,
}) => {
  await givePassword(page);
  await openProfile(page);
  await changeEmail(page, mail);
  await mail.next(OWNER.email);

  await signOut(page);
  await givePassword(page);
  await expect(page.getByRole('alert')).toBeVisible();
  await field(page, 'Email').fill(NEW_EMAIL);
  await field(page, 'Password').fill(OWNER.password);
  await button(page, 'Sign in').click();
  await expectHome(page);
});

test('S23 the code that the old address got stops the change: that address is back, and a new password with it', async ({
  workspace: _,
  window: page,
  mail,
}) => {
  await givePassword(page);
  await openProfile(page);
  await changeEmail(page, mail);
  await expect(page.getByText(NEW_EMAIL).first()).toBeVisible();
  const stop = await mail.longCode(OWNER.email);

  await signOut(page);
  await way(page, 'I have a reset code').click();
  await field(page, 'Reset code').fill(stop);
  await field(page, 'New password').fill(NEW_PASSWORD);
  await field(page, 'Confirm password').fill(NEW_PASSWORD);
  await button(page, 'Change password').click();
  await givePassword(page, NEW_PASSWORD);
  await openProfile(page);
  await expect(page.getByText(OWNER.email).first()).toBeVisible();
});

test('R12 a mailbox is lost: recovery codes sign in and switch off, the address changes, and new codes go to the new one', async ({
  protectedWorkspace: codes,
  window: page,
  mail,
}) => {
  test.slow();
  await givePassword(page);
  await chooseRecoveryCode(page);
  await field(page, 'Recovery code').fill(codes[0] ?? '');
  await button(page, 'Confirm').click();
  await openProfile(page);

  await twoStepSwitch(page).click({ force: true });
  const disable = dialog(page, 'Disable two-step verification');
  await field(disable, 'Current password').fill(OWNER.password);
  await disable.getByRole('radio', { name: 'Recovery code', exact: true }).check({ force: true });
  await field(disable, 'Recovery code').fill(codes[1] ?? '');
  await button(disable, 'Confirm').click();
  await expect(disable).toBeHidden();

  await changeEmail(page, mail);
  await twoStepSwitch(page).click({ force: true });
  const enable = dialog(page, 'Enable two-step verification');
  await button(enable, 'Send code').click();
  await giveCode(enable, await mail.code(NEW_EMAIL));
  const fresh = await readRecoveryCodes(page);
  expect(fresh.filter((code) => codes.includes(code))).toEqual([]);
});

test('R40 the only owner cannot delete the account', async ({ protectedWorkspace: codes, window: page, mail }) => {
  await signInWithCode(page, mail);
  await openProfile(page);
  await button(page, 'Delete account').click();
  const remove = page.getByRole('dialog');
  await field(remove, 'Current password').fill(OWNER.password);
  await remove.getByRole('radio', { name: 'Recovery code', exact: true }).check({ force: true });
  await field(remove, 'Recovery code').fill(codes[2] ?? '');
  await remove.getByRole('button', { name: /^(Confirm|Delete account)$/ }).click();
  await expect(remove.getByRole('alert')).toBeVisible();
  await page.reload();
  await expectHome(page);
});

test('reset, change of address and deletion are fit to use', async ({ workspace: _, window: page, mail }) => {
  test.slow();
  await way(page, 'Forgot password?').click();
  await expectFitToUse(page, 'forgot password');
  await page.keyboard.press('Escape');
  await requestReset(page, OWNER.email);
  await expectFitToUse(page, 'reset on its way');
  await way(page, 'Enter the reset code').click();
  await expect(field(page, 'Reset code')).toBeVisible();
  await expectFitToUse(page, 'reset');

  await page.goto(new URL('/', page.url()).href);
  await givePassword(page);
  await openProfile(page);
  await button(page, 'Change email').click();
  const open = page.getByRole('dialog');
  await expect(open).toBeVisible();
  await expectFitToUse(page, 'change email');
  await field(open, 'New email').fill(NEW_EMAIL);
  await field(open, 'Current password').fill(OWNER.password);
  await button(open, 'Send code').click();
  await mail.code(NEW_EMAIL);
  await expectFitToUse(page, 'change email, code sent');
  await page.keyboard.press('Escape');
  await expect(open).toBeHidden();
  await button(page, 'Delete account').click();
  await expect(open).toBeVisible();
  await expectFitToUse(page, 'delete account');
});
