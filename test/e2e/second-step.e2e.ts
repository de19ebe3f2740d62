import {
  button,
  chooseRecoveryCode,
  expectHome,
  field,
  giveCode,
  givePassword,
  heading,
  signInWithCode,
  way,
} from './support/flows.ts';
import { OWNER, otherThan } from './support/people.ts';
import { expect, test } from './support/test.ts';

test('R22 a wrong code says how many tries are left, and the right one still signs in', async ({
  protectedWorkspace: _,
  window: page,
  mail,
}) => {
  await givePassword(page);
  const code = await mail.code(OWNER.email);
  await giveCode(page, otherThan(code));
  await expect(page.getByRole('alert')).toContainText('4');
  await expect(field(page, 'Verification code')).toBeFocused();
  await giveCode(page, code);
  await expectHome(page);
});

test('S10 after five wrong codes the right one is refused and a new one is offered', async ({
  protectedWorkspace: _,
  window: page,
  mail,
}) => {
  await givePassword(page);
  const code = await mail.code(OWNER.email);
  let wrong = code;
  for (const left of ['4', '3', '2', '1']) {
    wrong = otherThan(wrong);
    await giveCode(page, wrong);
    await expect(page.getByRole('alert')).toContainText(left);
  }
  await giveCode(page, otherThan(wrong));
  await expect(page.getByRole('alert')).not.toContainText('1');
  await giveCode(page, code);
  await expect(heading(page, 'Two-step verification')).toBeVisible();
  await page.reload();
  await expect(heading(page, 'Two-step verification')).toBeVisible();
});

test('R15 Resend waits a minute with the countdown beside it, and the server insists', async ({
  protectedWorkspace: _,
  window: page,
}) => {
  await page.clock.install();
  await givePassword(page);
  const resend = button(page, 'Resend');
  await expect(resend).toBeDisabled();
  await expect(page.getByText(/\b(5\d|60)\b/).first()).toBeVisible();
  await page.clock.fastForward(30_000);
  await expect(resend).toBeDisabled();
  await page.clock.fastForward(31_000);
  await expect(resend).toBeEnabled();
  await resend.click();
  await expect(page.getByRole('alert')).toBeVisible();
});

test('R4 R16 R30 a recovery code works once; a used or invented one is refused with tries left', async ({
  protectedWorkspace: codes,
  window: page,
  mail,
}) => {
  const [code = ''] = codes;
  await givePassword(page);
  await chooseRecoveryCode(page);
  await field(page, 'Recovery code').fill(code.toLowerCase().replaceAll('-', ' '));
  await button(page, 'Confirm').click();
  await expectHome(page);
  await expect(page.getByText(/\b9\b/).first()).toBeVisible();
  await mail.next(OWNER.email);

  await page.context().clearCookies({ name: /session|token/ });
  await button(page, 'Account menu').click();
  await button(page, 'Sign out')
    .or(page.getByRole('menuitem', { name: 'Sign out' }))
    .click();
  await givePassword(page);
  await chooseRecoveryCode(page);
  await field(page, 'Recovery code').fill(code);
  await button(page, 'Confirm').click();
  await expect(page.getByRole('alert')).toContainText('4');
});

test('S1 S3 a pending sign-in opens nothing: reload, back and deep links lead to the second step', async ({
  protectedWorkspace: _,
  window: page,
  app,
  mail,
}) => {
  await givePassword(page);
  await expect(heading(page, 'Two-step verification')).toBeVisible();
  await page.reload();
  await expect(heading(page, 'Two-step verification')).toBeVisible();
  await page.goto(`${app.origin}/profile`);
  await expect(heading(page, 'Two-step verification')).toBeVisible();
  await page.goBack();
  await expect(page.getByRole('link', { name: 'Home', exact: true })).toBeHidden();
  await page.goto(app.origin);
  await giveCode(page, await mail.code(OWNER.email));
  await expectHome(page);
});

test('S17 R22 a wrong password and an unknown address get the same sentence', async ({
  protectedWorkspace: _,
  window: page,
}) => {
  await givePassword(page, 'not-the-password-1');
  const alert = page.getByRole('alert');
  const sentence = await alert.innerText();
  await page.reload();
  await field(page, 'Email').fill('nobody@harbour.example');
  await field(page, 'Password').fill('not-the-password-1');
  await button(page, 'Sign in').click();
  await expect(alert).toHaveText(sentence);
});

test('R16 Try another way lists what the account has, and leads back to the code', async ({
  protectedWorkspace: _,
  window: page,
  mail,
}) => {
  await givePassword(page);
  await chooseRecoveryCode(page);
  await way(page, 'Try another way').click();
  await way(page, 'Email code')
    .or(page.getByRole('menuitem', { name: 'Email code', exact: true }))
    .click();
  await giveCode(page, await mail.code(OWNER.email));
  await expectHome(page);
});

test('R14 every sign-in asks again', async ({ protectedWorkspace: _, window: page, mail }) => {
  await signInWithCode(page, mail);
  await page.reload();
  await expectHome(page);
  await page.context().clearCookies();
  await page.reload();
  await expect(page.getByRole('link', { name: 'Home', exact: true })).toBeHidden();
});

test('the panels behind Forgot password? and Trouble signing in? tell what to do', async ({
  workspace: _,
  window: page,
}) => {
  await way(page, 'Forgot password?').click();
  await expect(page.getByText(/password/i).nth(1)).toBeVisible();
  await page.keyboard.press('Escape');
  await way(page, 'Trouble signing in?').click();
  await expect(page.getByText(/recovery code/i).first()).toBeVisible(); // R21
});
