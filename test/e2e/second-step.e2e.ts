import {
  button,
  chooseRecoveryCode,
  expectHome,
  field,
  giveCode,
  givePassword,
  heading,
  signInWithCode,
  signOut,
  way,
} from './support/flows.ts';
import { OWNER, otherThan } from './support/people.ts';
import { expect, test } from './support/test.ts';
import { passTime } from './support/time.ts';

test('R22 a wrong code says how many tries are left, and the right one still signs in', async ({
  protectedWorkspace: _,
  window: page,
  mail,
}) => {
  await givePassword(page);
  const code = await mail.code(OWNER.email);
  await giveCode(page, otherThan(code));
  await expect(page.getByRole('alert')).toContainText('4 tries');
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
  for (const left of ['4 tries', '3 tries', '2 tries', 'One try']) {
    wrong = otherThan(wrong);
    await giveCode(page, wrong);
    await expect(page.getByRole('alert')).toContainText(left);
  }
  await giveCode(page, otherThan(wrong));
  await expect(page.getByRole('alert')).toContainText(/too many/i);
  await giveCode(page, code);
  await expect(heading(page, 'Two-step verification')).toBeVisible();
  await page.reload();
  await expect(heading(page, 'Two-step verification')).toBeVisible();
});

test('R15 Resend waits a minute with the countdown beside it, then sends a new code and the old one is void', async ({
  app,
  protectedWorkspace: _,
  window: page,
  mail,
}) => {
  await givePassword(page);
  const old = await mail.code(OWNER.email);
  const resend = button(page, 'Resend');
  await expect(resend).toBeDisabled();
  await expect(page.getByText(/\b0?:?[1-5]\d\b/).first()).toBeVisible();

  passTime(app, 55_000);
  await page.reload();
  await expect(resend).toBeDisabled();
  await expect(resend).toBeEnabled();
  await resend.click();
  const code = await mail.code(OWNER.email);
  await expect(resend).toBeDisabled();
  if (old !== code) {
    await giveCode(page, old);
    await expect(page.getByRole('alert')).toBeVisible();
  }
  await giveCode(page, code);
  await expectHome(page);
});

test('R15 a Resend that comes too soon is refused by the engine too, with the time it will be allowed', async ({
  protectedWorkspace: _,
  window: page,
}) => {
  await page.clock.install();
  await givePassword(page);
  await expect(button(page, 'Resend')).toBeDisabled();
  await page.clock.fastForward(61_000);
  await button(page, 'Resend').click();
  await expect(page.getByRole('alert')).toContainText(/moment ago/i);
});

test('a code that is too old is refused with a word about a new one', async ({
  app,
  protectedWorkspace: _,
  window: page,
  mail,
}) => {
  await givePassword(page);
  const code = await mail.code(OWNER.email);
  passTime(app, 5 * 60_000 + 1_000);
  await giveCode(page, code);
  await expect(page.getByRole('alert')).toContainText(/expired/i);
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

  await button(page, 'Account menu').click();
  await button(page, 'Sign out')
    .or(page.getByRole('menuitem', { name: 'Sign out' }))
    .click();
  await givePassword(page);
  await chooseRecoveryCode(page);
  await field(page, 'Recovery code').fill(code);
  await button(page, 'Confirm').click();
  await expect(page.getByRole('alert')).toContainText('4 tries');
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
  await expect(alert).toBeVisible();
  const sentence = (await alert.textContent()) ?? '';
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
  for (let times = 0; times < 2; times += 1) {
    await signInWithCode(page, mail);
    await page.reload();
    await expectHome(page);
    await signOut(page);
  }
});

test('R21 Trouble signing in? walks the checklist, signed out, and asks the engine nothing about anybody', async ({
  workspace: _,
  window: page,
}) => {
  const asked: string[] = [];
  page.on('request', (request) => request.url().includes('/api/') && asked.push(request.url()));
  await way(page, 'Trouble signing in?').click();
  const steps = page.getByRole('dialog', { name: 'Trouble signing in?' }).getByRole('listitem');
  await expect(steps).toContainText([
    'Password',
    'Spam folder',
    'Resend',
    'Registered mailbox',
    'Recovery codes',
    'Allowed addresses',
    'Connection',
    'Admin',
  ]);
  // The welcome takes no input and says the same to everybody.
  expect(asked.filter((url) => !url.endsWith('/open.welcome'))).toEqual([]);
});
