import {
  button,
  chooseRecoveryCode,
  dialog,
  enableUpToCodes,
  expectHome,
  field,
  giveCode,
  givePassword,
  heading,
  openProfile,
  readRecoveryCodes,
  saveCodes,
  signInWithCode,
  signOut,
  twoStepSwitch,
} from './support/flows.ts';
import { OWNER } from './support/people.ts';
import { expect, onlyLoopback, test } from './support/test.ts';
import { Visitor } from './support/visitor.ts';

const NEW_PASSWORD = 'ferry-window-19-salt';

test(
  'R6 S27 enabling signs out every other session and keeps this one',
  onlyLoopback('Electron has one window and one session'),
  async ({ workspace: _, window: page, secondWindow: other, mail }) => {
    for (const each of [page, other]) {
      await givePassword(each);
      await expectHome(each);
    }
    await openProfile(page);
    await enableUpToCodes(page, mail);
    await saveCodes(page);
    await page.reload();
    await expect(twoStepSwitch(page)).toBeChecked();
    await other.reload();
    await expect(heading(other, 'Sign in')).toBeVisible();
  },
);

test('R9 S28 new recovery codes take the place of the old ones', async ({
  protectedWorkspace: old,
  window: page,
  mail,
}) => {
  await signInWithCode(page, mail);
  await openProfile(page);
  await button(page, 'Generate new codes').click();
  const ask = page.getByRole('dialog').last();
  await field(ask, 'Current password').fill(OWNER.password);
  await ask.getByRole('radio', { name: 'Email code', exact: true }).check({ force: true });
  await button(ask, 'Send code').click();
  await giveCode(ask, await mail.code(OWNER.email));
  const fresh = await readRecoveryCodes(page);
  expect(fresh.filter((code) => old.includes(code))).toEqual([]);
  await saveCodes(page);
});

test('R12 R10 a recovery code serves as the proof for disabling, and the rest dies with it', async ({
  protectedWorkspace: codes,
  window: page,
  mail,
}) => {
  await signInWithCode(page, mail);
  await openProfile(page);
  await twoStepSwitch(page).click({ force: true });
  const disable = dialog(page, 'Disable two-step verification');
  await field(disable, 'Current password').fill(OWNER.password);
  await disable.getByRole('radio', { name: 'Recovery code', exact: true }).check({ force: true });
  await field(disable, 'Recovery code').fill(codes[3] ?? '');
  await button(disable, 'Confirm').click();
  await expect(disable).toBeHidden();
  await expect(twoStepSwitch(page)).not.toBeChecked();
});

test(
  'R4 three or fewer recovery codes left are warned about',
  onlyLoopback('it speaks HTTP while the window is open'),
  async ({ app, protectedWorkspace: codes, window: page }) => {
    const visitor = await Visitor.enter(app);
    for (const code of codes.slice(0, 6)) {
      await visitor.do('open.signIn.withPassword', { email: OWNER.email, password: OWNER.password });
      await visitor.do('open.signIn.prove', { method: 'recoveryCode', code });
      await visitor.do('self.signOut');
    }
    await givePassword(page);
    await chooseRecoveryCode(page);
    await field(page, 'Recovery code').fill(codes[6] ?? '');
    await button(page, 'Confirm').click();
    await openProfile(page);
    await expect(page.getByText(/^3 of 10 left/).first()).toBeVisible();
    await expect(page.getByText(/few|generate a new set/i).first()).toBeVisible();
  },
);

test(
  'R7 changing the password needs the present one, ends other sessions and takes effect',
  onlyLoopback('Electron has one window and one session'),
  async ({ workspace: _, window: page, secondWindow: other }) => {
    for (const each of [page, other]) {
      await givePassword(each);
      await expectHome(each);
    }
    await openProfile(page);
    await button(page, 'Change password').click();
    const change = page.getByRole('dialog');
    await field(change, 'Current password').fill('not-the-password-1');
    await field(change, 'New password').fill(NEW_PASSWORD);
    await field(change, 'Confirm password').fill(NEW_PASSWORD);
    await button(change, 'Save').click();
    await expect(
      change
        .getByRole('alert')
        .or(change.getByText(/not right/i))
        .first(),
    ).toBeVisible();
    await field(change, 'Current password').fill(OWNER.password);
    await button(change, 'Save').click();
    await expect(change).toBeHidden();

    await other.reload();
    await expect(heading(other, 'Sign in')).toBeVisible();
    await signOut(page);
    await givePassword(page);
    await expect(page.getByRole('alert')).toBeVisible();
    await givePassword(page, NEW_PASSWORD);
    await expectHome(page);
  },
);

test('S56 a new name is shown everywhere as text, whatever is in it', async ({ workspace: _, window: page }) => {
  const name = '<img src=x onerror=alert(1)> O’Quay "; DROP TABLE';
  await givePassword(page);
  await openProfile(page);
  await field(page, 'Name').or(field(page, 'Your name')).first().fill(name);
  await button(page, 'Save').first().click();
  await expect(page.getByText(name).first()).toBeVisible();
  await page.reload();
  await openProfile(page);
  await expect(field(page, 'Name').or(field(page, 'Your name')).first()).toHaveValue(name);
  expect(await page.locator('img[src="x"]').count()).toBe(0);
});

test(
  'the sessions table signs out one other session, and all others',
  onlyLoopback('Electron has one window and one session'),
  async ({ workspace: _, window: page, secondWindow: other }) => {
    for (const each of [other, page]) {
      await givePassword(each);
      await expectHome(each);
    }
    await openProfile(page);
    const sessions = page.getByRole('table', { name: 'Sessions', exact: true });
    const rows = sessions.getByRole('button', { name: /^Sign out / });
    await expect(rows).toHaveCount(2); // the fixture's own session and the other window
    await rows.first().click();
    await confirmIfAsked(page);
    await expect(rows).toHaveCount(1);
    await page.getByRole('button', { name: /all other/i }).click();
    await confirmIfAsked(page);
    await expect(rows).toHaveCount(0);
    await other.reload();
    await expect(heading(other, 'Sign in')).toBeVisible();
    await page.reload();
    await expectHome(page);
  },
);

async function confirmIfAsked(page: import('@playwright/test').Page): Promise<void> {
  const ask = page.getByRole('dialog');
  if (await ask.isVisible()) await ask.getByRole('button', { name: /sign out/i }).click();
}
