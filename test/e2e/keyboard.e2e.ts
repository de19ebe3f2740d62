import { dialog, expectHome, heading, readRecoveryCodes } from './support/flows.ts';
import { tabTo, takeItem } from './support/keyboard.ts';
import { OWNER } from './support/people.ts';
import { enableFor } from './support/policy.ts';
import { expect, test } from './support/test.ts';
import { joinProtected, openUsersAs, SAILOR } from './support/users.ts';
import { openPolicyAs } from './support/workspace.ts';

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
  await expect(page.getByPlaceholder('Pages, people and actions')).toBeFocused();
  await page.keyboard.type('profile');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('region', { name: 'Security' })).toBeVisible();
});

test('R24 making it mandatory with the keyboard alone, and the focus comes back to the switch', async ({
  workspace,
  window: page,
  mail,
}) => {
  test.slow();
  await enableFor(workspace, mail, OWNER.email);
  await openPolicyAs(page, mail);
  await page.getByRole('link', { name: 'Workspace settings', exact: true }).focus();
  await tabTo(page, 'Mandatory two-step verification', 'switch');
  await page.keyboard.press('Space');
  const enforce = dialog(page, 'Make two-step verification mandatory');
  const period = enforce.getByRole('combobox', { name: 'Compliance period' });
  await expect(period).toBeFocused();
  await page.keyboard.press('ArrowDown');
  await expect(period).toHaveValue('4');
  await tabTo(page, 'See exactly who', 'button');
  await page.keyboard.press('Enter');
  const who = dialog(page, 'Impact of this policy');
  await expect(who).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(who).toBeHidden();
  await expect(enforce.getByRole('button', { name: 'See exactly who' })).toBeFocused();
  await tabTo(page, 'Send code', 'button');
  await page.keyboard.press('Enter');
  await expect(enforce.getByRole('textbox', { name: 'Verification code' })).toBeFocused();
  await page.keyboard.type(await mail.code(OWNER.email));
  await expect(enforce).toBeHidden();
  const mandatory = page.getByRole('switch', { name: 'Mandatory two-step verification' });
  await expect(mandatory).toBeChecked();
  await expect(mandatory).toBeFocused();
});

test('R39 S26 adding a user with the keyboard alone, with a role that takes a proof, and the palette finds them', async ({
  workspace,
  window: page,
  mail,
}) => {
  test.slow();
  await enableFor(workspace, mail, OWNER.email);
  await openUsersAs(page, mail);
  await page.getByRole('link', { name: 'Users', exact: true }).focus();
  await tabTo(page, 'Add user', 'button');
  await page.keyboard.press('Enter');
  const add = dialog(page, 'Add user');
  await expect(add.getByRole('textbox', { name: 'Name' })).toBeFocused();
  await page.keyboard.type(SAILOR.name);
  await tabTo(page, 'Email', 'textbox');
  await page.keyboard.type(SAILOR.email);
  await tabTo(page, 'Role', 'combobox');
  await page.keyboard.type('Help desk');
  await tabTo(page, 'Create user', 'button');
  await page.keyboard.press('Enter');
  await expect(add.getByRole('textbox', { name: 'Current password' })).toBeFocused();
  await page.keyboard.type(OWNER.password);
  await tabTo(page, 'Send code', 'button');
  await page.keyboard.press('Enter');
  await expect(add.getByRole('textbox', { name: 'Verification code' })).toBeFocused();
  await page.keyboard.type(await mail.code(OWNER.email));
  await expect(add.getByRole('button', { name: 'Done' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(add).toBeHidden();
  await expect(page.getByRole('button', { name: 'Add user' })).toBeFocused();

  await page.keyboard.press('ControlOrMeta+K');
  const palette = page.getByRole('dialog', { name: 'Go somewhere or do something' });
  await expect(palette.getByPlaceholder('Pages, people and actions')).toBeFocused();
  await page.keyboard.type('keel');
  await expect(palette.getByText(SAILOR.email)).toBeVisible();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(dialog(page, SAILOR.name)).toBeVisible();
});

test('a reset with the keyboard alone, and the focus comes back to the row', async ({
  workspace,
  window: page,
  mail,
}) => {
  test.slow();
  await enableFor(workspace, mail, OWNER.email);
  await joinProtected(workspace, mail, SAILOR);
  await openUsersAs(page, mail);
  await page.getByRole('link', { name: 'Users', exact: true }).focus();
  await tabTo(page, `Actions for ${SAILOR.name}`, 'button');
  await page.keyboard.press('Enter');
  await takeItem(page, 'Reset two-step verification');
  const reset = dialog(page, 'Reset two-step verification');
  await expect(reset.getByRole('textbox', { name: 'Reason' })).toBeFocused();
  await page.keyboard.type('Lost the phone and the codes');
  await tabTo(page, 'Current password');
  await page.keyboard.type(OWNER.password);
  await tabTo(page, 'Send code', 'button');
  await page.keyboard.press('Enter');
  await expect(reset.getByRole('textbox', { name: 'Verification code' })).toBeFocused();
  await page.keyboard.type(await mail.code(OWNER.email));
  await expect(reset).toBeHidden();
  await expect(page.getByRole('button', { name: `Actions for ${SAILOR.name}` })).toBeFocused();
});
