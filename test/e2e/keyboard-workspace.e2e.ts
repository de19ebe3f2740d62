import type { Page } from '@playwright/test';
import { dialog, expectHome, heading, readRecoveryCodes } from './support/flows.ts';
import { expectFocus, tabTo, takeItem } from './support/keyboard.ts';
import type { Mailbox } from './support/mail.ts';
import { MEMBER, OWNER, otherThan } from './support/people.ts';
import { addMember, changePolicy, enableFor } from './support/policy.ts';
import { expect, test } from './support/test.ts';
import { passTime } from './support/time.ts';
import { ADMIN, join, joinProtected, SAILOR } from './support/users.ts';

const DAY = 24 * 3_600_000;

type Who = { readonly email: string; readonly password: string };

async function password(page: Page, { email, password }: Who): Promise<void> {
  await expect(heading(page, 'Sign in')).toBeVisible();
  await expectFocus(page.getByRole('textbox', { name: 'Email', exact: true }));
  await page.keyboard.type(email);
  await tabTo(page, 'Password');
  await page.keyboard.type(password);
  await page.keyboard.press('Enter');
}

/** Password and code, typed where the focus is. */
async function signIn(page: Page, mail: Mailbox, who: Who): Promise<void> {
  await password(page, who);
  await expectFocus(page.getByRole('textbox', { name: 'Verification code' }));
  await page.keyboard.type(await mail.code(who.email));
  await expectHome(page);
}

async function goTo(page: Page, name: string): Promise<void> {
  await tabTo(page, name, 'link');
  await page.keyboard.press('Enter');
  await expect(heading(page, name)).toBeVisible();
}

/** Opens the menu of somebody's row, and takes one of its acts. */
async function act(page: Page, name: string, item: string): Promise<void> {
  await tabTo(page, `Actions for ${name}`, 'button');
  await page.keyboard.press('Enter');
  await takeItem(page, item);
}

test('R40 an owner gives somebody another role with the keyboard alone, and the focus comes back to the row', async ({
  workspace,
  window: page,
  mail,
}) => {
  test.slow();
  await enableFor(workspace, mail, OWNER.email);
  await join(workspace, mail, SAILOR);
  await signIn(page, mail, OWNER);
  await goTo(page, 'Users');
  await act(page, SAILOR.name, 'Change role');
  const asked = dialog(page, 'Change role');
  const role = asked.getByRole('combobox', { name: 'Role' });
  await expectFocus(role);
  await page.keyboard.type('Help desk');
  await expect(role).toHaveValue('helpDesk');
  await tabTo(page, 'Current password');
  await page.keyboard.type('not the password');
  await tabTo(page, 'Send code', 'button');
  await page.keyboard.press('Enter');
  await expectFocus(asked.getByRole('textbox', { name: 'Verification code' }));
  const code = await mail.code(OWNER.email);
  await page.keyboard.type(code);
  const current = asked.getByRole('textbox', { name: 'Current password' });
  await expectFocus(current);
  await page.keyboard.press('ControlOrMeta+A');
  await page.keyboard.type(OWNER.password);
  await page.keyboard.press('Enter');
  await expect(asked).toBeHidden();
  await expectFocus(page.getByRole('button', { name: `Actions for ${SAILOR.name}` }));
  await expect(page.getByRole('row').filter({ hasText: SAILOR.name })).toContainText('Help desk');

  await act(page, SAILOR.name, 'Change role');
  await expectFocus(role);
  await page.keyboard.press('Escape');
  await expect(asked).toBeHidden();
  await expectFocus(page.getByRole('button', { name: `Actions for ${SAILOR.name}` }));
});

test('R26 S36 past the deadline a member enrols at sign-in with the keyboard alone, and is at Home', async ({
  app,
  workspace,
  window: page,
  mail,
}) => {
  test.slow();
  await enableFor(workspace, mail, OWNER.email);
  await addMember(workspace, mail);
  await changePolicy(workspace, mail, { enforcement: 'required', complianceDays: 2 });
  passTime(app, 2 * DAY);
  await password(page, MEMBER);
  await expect(heading(page, 'Set up two-step verification')).toBeVisible();
  await tabTo(page, 'Send code', 'button');
  await page.keyboard.press('Enter');
  const code = page.getByRole('textbox', { name: 'Verification code' });
  await expectFocus(code);
  const right = await mail.code(MEMBER.email);
  await page.keyboard.type(otherThan(right));
  await expect(page.getByRole('alert')).toContainText('4 tries are left');
  await expectFocus(code);
  await page.keyboard.type(right);
  await readRecoveryCodes(page);
  const save = dialog(page, 'Save your recovery codes');
  await expectFocus(save.getByRole('button', { name: 'Copy' }));
  await page.keyboard.press('Escape');
  await expect(save).toBeVisible();
  await tabTo(page, 'I have saved these codes', 'checkbox');
  await page.keyboard.press('Space');
  await tabTo(page, 'Done', 'button');
  await page.keyboard.press('Enter');
  await expect(save).toBeHidden();
  await expectHome(page);
  await goTo(page, 'Profile settings');
  await expect(page.getByText('Active', { exact: true })).toBeVisible();
});

test('R24 R25 an admin makes it mandatory with the keyboard alone: preview, who exactly, code', async ({
  workspace,
  window: page,
  mail,
}) => {
  test.slow();
  await enableFor(workspace, mail, OWNER.email);
  await joinProtected(workspace, mail, ADMIN);
  await join(workspace, mail, SAILOR);
  await signIn(page, mail, ADMIN);
  await goTo(page, 'Workspace settings');
  await tabTo(page, 'Mandatory two-step verification', 'switch');
  await page.keyboard.press('Space');
  const enforce = dialog(page, 'Make two-step verification mandatory');
  await expectFocus(enforce.getByRole('combobox', { name: 'Compliance period' }));
  await expect(enforce).toContainText('1 of 3 people has until');
  await tabTo(page, 'See exactly who', 'button');
  await page.keyboard.press('Enter');
  const who = dialog(page, 'Impact of this policy');
  await expect(who).toContainText(SAILOR.name);
  await tabTo(page, 'Close', 'button');
  await page.keyboard.press('Enter');
  await expect(who).toBeHidden();
  await expectFocus(enforce.getByRole('button', { name: 'See exactly who' }));
  await tabTo(page, 'Send code', 'button');
  await page.keyboard.press('Enter');
  await expectFocus(enforce.getByRole('textbox', { name: 'Verification code' }));
  await page.keyboard.type(await mail.code(ADMIN.email));
  await expect(enforce).toBeHidden();
  const mandatory = page.getByRole('switch', { name: 'Mandatory two-step verification' });
  await expect(mandatory).toBeChecked();
  await expectFocus(mandatory);
});

test('R20 a whitelist with the keyboard alone: a slip stays in the field, and the focus comes back to the row', async ({
  workspace,
  window: page,
  mail,
}) => {
  test.slow();
  await enableFor(workspace, mail, OWNER.email);
  await join(workspace, mail, SAILOR);
  await signIn(page, mail, OWNER);
  await goTo(page, 'Users');
  await act(page, SAILOR.name, 'Whitelist of IP addresses');
  const asked = dialog(page, 'Whitelist of IP addresses');
  const addresses = asked.getByRole('textbox', { name: 'Allowed addresses' });
  await expectFocus(addresses);
  await page.keyboard.type('192.0.2.0/24');
  await page.keyboard.press('Enter');
  await page.keyboard.type('nowhere');
  await tabTo(page, 'Save', 'button');
  await page.keyboard.press('Enter');
  await expect(asked).toContainText('Line 2');
  await expectFocus(addresses);
  await page.keyboard.press('ControlOrMeta+End');
  for (const _ of '\nnowhere') await page.keyboard.press('Backspace');
  await tabTo(page, 'Save', 'button');
  await page.keyboard.press('Enter');
  await expect(asked).toBeHidden();
  await expectFocus(page.getByRole('button', { name: `Actions for ${SAILOR.name}` }));
});
