import {
  button,
  dialog,
  expectHome,
  field,
  giveCode,
  givePassword,
  heading,
  saveCodes,
  signOut,
} from './support/flows.ts';
import { MEMBER, OWNER } from './support/people.ts';
import { addMember, enableFor } from './support/policy.ts';
import { expect, test } from './support/test.ts';
import {
  ADMIN,
  choose,
  HELPER,
  join,
  joinProtected,
  MANAGER,
  openMenu,
  openUsersAs,
  prove,
  rowOf,
  SAILOR,
} from './support/users.ts';

test.beforeEach(() => test.slow());

test('R20 S38 a whitelist names its wrong lines, and one that locks oneself out has to be meant', async ({
  workspace,
  window: page,
  mail,
}) => {
  await addMember(workspace, mail);
  await openUsersAs(page, mail);
  await choose(page, MEMBER.name, 'Whitelist of IP addresses');
  const list = dialog(page, 'Whitelist of IP addresses');
  await field(list, 'Allowed addresses').fill('203.0.113.7\nnowhere');
  await button(list, 'Save').click();
  await expect(list.getByText(/^Line 2: /)).toBeVisible();
  await field(list, 'Allowed addresses').fill('203.0.113.7\n198.51.100.9/24');
  await button(list, 'Save').click();
  await expect(list).toBeHidden();
  await choose(page, MEMBER.name, 'Whitelist of IP addresses');
  await expect(field(list, 'Allowed addresses')).toHaveValue('203.0.113.7\n198.51.100.0/24');
  await page.keyboard.press('Escape');
  await expect(list).toBeHidden();

  await choose(page, OWNER.name, 'Whitelist of IP addresses');
  await field(list, 'Allowed addresses').fill('203.0.113.7');
  await button(list, 'Save').click();
  await expect(list.getByText('This list would lock you out')).toBeVisible();
  await expect(button(list, 'Save')).toBeDisabled();
  await list.getByRole('checkbox', { name: 'Save it all the same' }).check();
  await button(list, 'Save').click();
  await expect(list).toBeHidden();
  await signOut(page);
  await givePassword(page);
  await expect(page.getByRole('alert').first()).toContainText('Signing in from here is not allowed');
});

test('R20 S26 a whitelist is emptied with password and code, and made narrower without', async ({
  workspace,
  window: page,
  mail,
}) => {
  await enableFor(workspace, mail, OWNER.email);
  await addMember(workspace, mail);
  await openUsersAs(page, mail);
  const list = dialog(page, 'Whitelist of IP addresses');
  for (const addresses of ['203.0.113.0/24', '203.0.113.7']) {
    await choose(page, MEMBER.name, 'Whitelist of IP addresses');
    await field(list, 'Allowed addresses').fill(addresses);
    await button(list, 'Save').click();
    await expect(list).toBeHidden();
  }
  await choose(page, MEMBER.name, 'Whitelist of IP addresses');
  await field(list, 'Allowed addresses').fill('');
  await button(list, 'Save').click();
  await expect(list.getByText('This lets more in than before')).toBeVisible();
  await expect(field(list, 'Current password')).toBeFocused();
  await button(list, 'Change the list').click();
  await expect(field(list, 'Allowed addresses')).toHaveValue('');
  await button(list, 'Save').click();
  await prove(page, mail, 'Whitelist of IP addresses');
  await choose(page, MEMBER.name, 'Whitelist of IP addresses');
  await expect(field(list, 'Allowed addresses')).toHaveValue('');
});

test('R39 R42 somebody suspended is out at once and back when reinstated; a lock is lifted', async ({
  workspace,
  window: page,
  mail,
}) => {
  const sailor = await join(workspace, mail, SAILOR);
  const table = await openUsersAs(page, mail);
  await choose(page, SAILOR.name, 'Suspend');
  const suspend = dialog(page, 'Suspend');
  await button(suspend, 'Suspend').click();
  await expect(field(suspend, 'Reason')).toBeFocused();
  await field(suspend, 'Reason').fill('Left the harbour');
  await button(suspend, 'Suspend').click();
  await expect(rowOf(table, SAILOR.name)).toContainText('Suspended');
  expect(await sailor.isSignedIn()).toBe(false);
  const { email, password } = SAILOR;
  expect(await sailor.mutate('open.signIn.withPassword', { email, password })).toEqual({
    ok: false,
    code: 'suspended',
  });
  await choose(page, SAILOR.name, 'Reinstate');
  await expect(rowOf(table, SAILOR.name)).not.toContainText('Suspended');

  for (let tries = 0; tries < 10; tries += 1) {
    await sailor.mutate('open.signIn.withPassword', { email, password: `wrong-${tries}-guess` });
  }
  await page.reload();
  await expect(rowOf(table, SAILOR.name)).toContainText('Locked');
  await choose(page, SAILOR.name, 'Unlock');
  await expect(rowOf(table, SAILOR.name)).not.toContainText('Locked');
  await sailor.do('open.signIn.withPassword', { email, password });
  expect(await sailor.isSignedIn()).toBe(true);
  await choose(page, SAILOR.name, 'Sign out everywhere');
  await expect(page.getByText(`${SAILOR.name} is signed out everywhere`)).toBeVisible();
  expect(await sailor.isSignedIn()).toBe(false);
});

test('R40 S39 S33 a role takes password and code to change, holds on the very next call, and a higher one asks for a new sign-in', async ({
  workspace,
  window: page,
  mail,
}) => {
  await enableFor(workspace, mail, OWNER.email);
  const manager = await join(workspace, mail, MANAGER);
  const sailor = await join(workspace, mail, SAILOR);
  expect((await manager.query('admin.people.totals')).ok).toBe(true);
  const table = await openUsersAs(page, mail);
  const change = dialog(page, 'Change role');
  const give = async (who: typeof SAILOR, role: string, hint: string) => {
    await choose(page, who.name, 'Change role');
    await change.getByRole('combobox', { name: 'Role', exact: true }).selectOption(role);
    await expect(change).toContainText(hint);
    await prove(page, mail, 'Change role');
    await expect(rowOf(table, who.name)).toContainText(role);
  };
  await give(MANAGER, 'Member', 'Looks after their own account.');
  expect(await manager.query('admin.people.totals')).toEqual({ ok: false, code: 'forbidden' });
  await give(SAILOR, 'Manager', 'Sees everyone, and keeps the policy.');
  expect(await sailor.isSignedIn()).toBe(false); // it was opened with a password alone
});

test('R41 the help desk resets a lost second step with a reason and its own, never on an admin', async ({
  workspace,
  secondWindow: there,
  window: page,
  mail,
}) => {
  const sailor = await joinProtected(workspace, mail, SAILOR);
  await joinProtected(workspace, mail, HELPER);
  await joinProtected(workspace, mail, ADMIN);
  const table = await openUsersAs(page, mail, HELPER);
  await expect(button(page, 'Add user')).toHaveCount(0);
  const overAdmin = await openMenu(page, ADMIN.name);
  await expect(overAdmin).toContainText('Their role is as high as yours, or higher');
  for (const name of ['Sign out everywhere', 'Reset two-step verification']) {
    await expect(overAdmin.getByRole('menuitem', { name, exact: true })).toBeDisabled();
  }
  await page.keyboard.press('Escape');
  await expect(button(page, `Actions for ${ADMIN.name}`)).toBeFocused();
  const over = await openMenu(page, SAILOR.name);
  await expect(over.getByRole('menuitem')).toHaveText([
    'Details',
    'Sign out everywhere',
    'Reset two-step verification',
  ]);
  await over.getByRole('menuitem', { name: 'Reset two-step verification' }).click();

  const reset = dialog(page, 'Reset two-step verification');
  await field(reset, 'Current password').fill(HELPER.password);
  await button(reset, 'Send code').click();
  await giveCode(reset, await mail.code(HELPER.email));
  await expect(field(reset, 'Reason')).toBeFocused();
  await expect(field(reset, 'Reason')).toHaveAttribute('aria-invalid', 'true');
  await field(reset, 'Reason').fill('Phone lost at sea, known by voice');
  await button(reset, 'Confirm').click();
  await expect(reset).toBeHidden();
  await expect(rowOf(table, SAILOR.name)).not.toContainText('Active');
  expect(await sailor.isSignedIn()).toBe(false);

  await givePassword(there, SAILOR.password, SAILOR.email);
  await expect(heading(there, 'Set up two-step verification')).toBeVisible();
  await button(there, 'Send code').click();
  await giveCode(there, await mail.code(SAILOR.email));
  await saveCodes(there);
  await expectHome(there);
});

test('S39 a manager sees everybody and is offered no act; a member is not shown the page', async ({
  app,
  workspace,
  window: page,
  mail,
}) => {
  await join(workspace, mail, MANAGER);
  await join(workspace, mail, SAILOR);
  await openUsersAs(page, mail, MANAGER);
  for (const name of ['Add user', 'Import']) await expect(button(page, name)).toHaveCount(0);
  const menu = await openMenu(page, SAILOR.name);
  await expect(menu.getByRole('menuitem')).toHaveText(['Details']);
  await page.keyboard.press('Escape');
  await signOut(page);
  await givePassword(page, SAILOR.password, SAILOR.email);
  await expectHome(page);
  await expect(page.getByRole('link', { name: 'Users', exact: true })).toHaveCount(0);
  await page.goto(`${app.origin}/users`);
  await expect(page.getByRole('alert')).toContainText('Your role does not allow this');
  await expect(page.getByRole('table')).toHaveCount(0);
});

test('S26 who has no second step is led to it instead of acting with a password alone', async ({
  workspace,
  window: page,
  mail,
}) => {
  await joinProtected(workspace, mail, SAILOR);
  await openUsersAs(page, mail);
  await choose(page, SAILOR.name, 'Reset two-step verification');
  const reset = dialog(page, 'Reset two-step verification');
  await reset.getByRole('link', { name: 'Enable two-step verification' }).click();
  await expect(dialog(page, 'Enable two-step verification')).toBeVisible();
});

test('R20 R40 what can be done to somebody is done from their details too, which stay open and have the focus back', async ({
  workspace,
  window: page,
  mail,
}) => {
  await join(workspace, mail, SAILOR);
  await openUsersAs(page, mail);
  await button(page, SAILOR.name).click();
  const details = dialog(page, SAILOR.name);
  const acts = button(details, `Actions for ${SAILOR.name}`);
  await acts.click();
  await expect(details.getByRole('menuitem', { name: 'Details', exact: true })).toHaveCount(0);
  await details.getByRole('menuitem', { name: 'Sign out everywhere', exact: true }).click();
  await expect(page.getByText(`${SAILOR.name} is signed out everywhere`)).toBeInViewport();
  await expect(details).toContainText('Not signed in');

  await acts.click();
  await details.getByRole('menuitem', { name: 'Suspend', exact: true }).click();
  const suspend = dialog(page, 'Suspend');
  await expect(field(suspend, 'Reason')).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(suspend).toBeHidden();
  await expect(acts).toBeFocused();
  await acts.press('Enter');
  await details.getByRole('menuitem', { name: 'Suspend', exact: true }).press('Enter');
  await field(suspend, 'Reason').fill('Left the harbour');
  await button(suspend, 'Suspend').click();
  await expect(suspend).toBeHidden();
  await expect(details.getByText('Suspended', { exact: true })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(details).toBeHidden();
  await expect(button(page, SAILOR.name)).toBeFocused();
});
