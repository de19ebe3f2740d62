import { button, dialog, field, giveCode } from './support/flows.ts';
import { OWNER } from './support/people.ts';
import { enableFor } from './support/policy.ts';
import { expect, test } from './support/test.ts';
import { ADMIN, HELPER, openUsersAs, rowOf, SAILOR } from './support/users.ts';

test.beforeEach(() => test.slow());

test('R39 S26 S39 somebody is added with a role above member by password and code, and by hand what is wrong is said before', async ({
  workspace,
  window: page,
  mail,
}) => {
  await enableFor(workspace, mail, OWNER.email);
  const table = await openUsersAs(page, mail);
  const add = dialog(page, 'Add user');
  await button(page, 'Add user').click();
  await field(add, 'Name').fill(ADMIN.name);
  await field(add, 'Email').fill(OWNER.email);
  await add.getByRole('combobox', { name: 'Role', exact: true }).selectOption('Admin');
  await button(add, 'Create user').click();
  await expect(add.getByRole('alert')).toContainText('belongs to another account');
  await field(add, 'Email').fill(ADMIN.email);
  await expect(add.getByRole('alert')).toBeHidden();
  await button(add, 'Create user').click();
  await expect(add.getByText(`${ADMIN.name} gets the role Admin.`)).toBeVisible();
  await expect(field(add, 'Current password')).toBeFocused();
  await button(add, 'Change the details').click();
  await expect(field(add, 'Name')).toBeFocused();
  await expect(field(add, 'Email')).toHaveValue(ADMIN.email);
  await button(add, 'Create user').click();
  await field(add, 'Current password').fill('not this one');
  await button(add, 'Send code').click();
  await giveCode(add, await mail.code(OWNER.email));
  await expect(add.getByRole('alert')).toBeVisible();
  await expect(field(add, 'Current password')).toBeFocused();
  await field(add, 'Current password').fill(OWNER.password);
  await button(add, 'Confirm').click();
  await expect(add.getByText(`on its way to ${ADMIN.email}`)).toBeVisible();
  await button(add, 'Done').click();
  await expect(rowOf(table, ADMIN.name)).toContainText('Admin');
  await expect(rowOf(table, ADMIN.name)).toContainText('Invited');
});

test('R39 S26 S39 a file with a role above member in it is imported by password and recovery code', async ({
  workspace,
  window: page,
  mail,
}) => {
  const [recoveryCode = ''] = await enableFor(workspace, mail, OWNER.email);
  const table = await openUsersAs(page, mail);
  await button(page, 'Import').click();
  const dialogue = dialog(page, 'Import users');
  const rows = [SAILOR, HELPER].map(({ name, email, role }) => `${name},${email},${role}`);
  await field(dialogue, 'Or paste the rows here').fill(['name,email,role', ...rows].join('\n'));
  await button(dialogue, 'Check rows').click();
  await expect(dialogue).toContainText('One of them gets a role above member');
  await button(dialogue, 'Import 2 people').click();
  await button(dialogue, 'Look at the rows again').click();
  await expect(button(dialogue, 'Import 2 people')).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(field(dialogue, 'Current password')).toBeFocused();
  await dialogue.getByRole('radio', { name: 'Recovery code' }).check();
  await field(dialogue, 'Recovery code').fill(recoveryCode);
  await button(dialogue, 'Confirm').click();
  await expect(field(dialogue, 'Current password')).toHaveAttribute('aria-invalid', 'true');
  await expect(field(dialogue, 'Current password')).toBeFocused();
  await field(dialogue, 'Current password').fill(OWNER.password);
  await button(dialogue, 'Confirm').click();
  await expect(dialogue.getByText('2 people are added')).toBeVisible();
  await button(dialogue, 'Done').click();
  await expect(rowOf(table, HELPER.name)).toContainText('Help desk');
});

test('S26 who has no second step is led to it instead of adding somebody above a member', async ({
  workspace: _,
  window: page,
  mail,
}) => {
  await openUsersAs(page, mail);
  await button(page, 'Add user').click();
  const add = dialog(page, 'Add user');
  const role = add.getByRole('combobox', { name: 'Role', exact: true });
  await role.selectOption('Manager');
  await expect(button(add, 'Create user')).toHaveCount(0);
  await role.selectOption('Member');
  await expect(button(add, 'Create user')).toBeVisible();
  await role.selectOption('Owner');
  await add.getByRole('link', { name: 'Enable two-step verification' }).click();
  await expect(dialog(page, 'Enable two-step verification')).toBeVisible();
});
