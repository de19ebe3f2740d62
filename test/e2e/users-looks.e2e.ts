import { button, dialog, field } from './support/flows.ts';
import { expectFitToUse } from './support/looks.ts';
import { OWNER } from './support/people.ts';
import { enableFor } from './support/policy.ts';
import { expect, test } from './support/test.ts';
import { choose, HELPER, join, joinProtected, openMenu, openUsersAs, SAILOR } from './support/users.ts';

test.beforeEach(() => test.slow());

test('the users and their menus are fit to use', async ({ workspace, window: page, mail }) => {
  await enableFor(workspace, mail, OWNER.email);
  await openUsersAs(page, mail);
  await expectFitToUse(page, 'users, only oneself');
  await join(workspace, mail, HELPER);
  await joinProtected(workspace, mail, SAILOR);
  await page.reload();
  await expect(button(page, `Actions for ${SAILOR.name}`)).toBeVisible();
  await expectFitToUse(page, 'users');
  await openMenu(page, SAILOR.name);
  await expectFitToUse(page, 'a menu');
  await page.keyboard.press('Escape');
  await openMenu(page, OWNER.name);
  await expectFitToUse(page, 'a menu, partly disabled');
  await page.keyboard.press('Escape');
  await button(page, SAILOR.name).click();
  await expect(dialog(page, SAILOR.name)).toBeVisible();
  await expectFitToUse(page, 'details');
  await page.keyboard.press('Escape');
  await page.getByRole('searchbox', { name: 'Search users' }).fill('nobody');
  await expect(page.getByText('No users match')).toBeVisible();
  await expectFitToUse(page, 'no users match');
});

test('dialogs about one person are fit to use', async ({ workspace, window: page, mail }) => {
  await enableFor(workspace, mail, OWNER.email);
  await joinProtected(workspace, mail, SAILOR);
  await openUsersAs(page, mail);
  for (const act of ['Edit', 'Whitelist of IP addresses', 'Reset two-step verification', 'Change role', 'Suspend']) {
    await choose(page, SAILOR.name, act);
    const asked = dialog(page, act);
    await expect(asked).toBeVisible();
    if (act === 'Whitelist of IP addresses') {
      await field(asked, 'Allowed addresses').fill('nowhere');
      await button(asked, 'Save').click();
      await expect(asked.getByText(/^Line 1: /)).toBeVisible();
    }
    await expectFitToUse(page, act);
    await page.keyboard.press('Escape');
    await expect(asked).toBeHidden();
  }
});

test('adding, importing, exporting and groups are fit to use', async ({ workspace: _, window: page, mail }) => {
  await openUsersAs(page, mail);
  await button(page, 'Add user').click();
  const add = dialog(page, 'Add user');
  await button(add, 'Create user').click();
  await expect(add.getByRole('alert')).toBeVisible();
  await expectFitToUse(page, 'add user, with complaints');
  await field(add, 'Name').fill(SAILOR.name);
  await field(add, 'Email').fill(SAILOR.email);
  await button(add, 'Create user').click();
  await expect(button(add, 'Done')).toBeVisible();
  await expectFitToUse(page, 'user added');
  await button(add, 'Done').click();

  await button(page, 'Import').click();
  const dialogue = dialog(page, 'Import users');
  await expectFitToUse(page, 'import, choosing');
  for (const [row, table] of [
    ['Two,not an address', 'Rows that cannot be taken'],
    ['Two,two@harbour.example', 'People to be added'],
  ] as const) {
    await field(dialogue, 'Or paste the rows here').fill(`name,email\n${row}`);
    await button(dialogue, 'Check rows').click();
    await expect(dialogue.getByRole('table', { name: table })).toBeVisible();
    await expectFitToUse(page, `import, ${table}`);
    if (row.includes('not')) await button(dialogue, 'Back').click();
  }
  await button(dialogue, 'Import 1 person').click();
  await expect(dialogue.getByText('1 person is added')).toBeVisible();
  await expectFitToUse(page, 'import, done');
  await button(dialogue, 'Done').click();

  await button(page, 'Export').click();
  await expect(dialog(page, 'Export users')).toContainText('are in');
  await expectFitToUse(page, 'export');
  await page.keyboard.press('Escape');
  await button(page, 'Groups').click();
  const groups = dialog(page, 'Groups');
  await expectFitToUse(page, 'no groups');
  await field(groups, 'New group').fill('Night watch');
  await button(groups, 'Add group').click();
  await button(groups, 'Remove Night watch').click();
  await expectFitToUse(page, 'groups');
});

test('adding people with a role above member is fit to use, with a second step and without', async ({
  workspace,
  window: page,
  mail,
}) => {
  await openUsersAs(page, mail);
  const add = dialog(page, 'Add user');
  const fill = async () => {
    await button(page, 'Add user').click();
    await field(add, 'Name').fill(SAILOR.name);
    await field(add, 'Email').fill(SAILOR.email);
    await add.getByRole('combobox', { name: 'Role', exact: true }).selectOption('Help desk');
  };
  await fill();
  await expect(add.getByRole('link', { name: 'Enable two-step verification' })).toBeVisible();
  await expectFitToUse(page, 'add user, without a second step');
  await page.keyboard.press('Escape');
  await button(page, 'Import').click();
  const dialogue = dialog(page, 'Import users');
  const check = async () => {
    await field(dialogue, 'Or paste the rows here').fill('name,email,role\nTwo,two@harbour.example,admin');
    await button(dialogue, 'Check rows').click();
  };
  await check();
  await expect(dialogue.getByRole('link', { name: 'Enable two-step verification' })).toBeVisible();
  await expectFitToUse(page, 'import, without a second step');

  await enableFor(workspace, mail, OWNER.email);
  await page.goto(new URL('/users', page.url()).href);
  await openUsersAs(page, mail);
  await fill();
  await button(add, 'Create user').click();
  await expect(field(add, 'Current password')).toBeFocused();
  await expectFitToUse(page, 'add user, the proof');
  await page.keyboard.press('Escape');
  await button(page, 'Import').click();
  await check();
  await expect(dialogue).toContainText('They get a role above member');
  await expectFitToUse(page, 'import, a role above member');
  await button(dialogue, 'Import 1 person').click();
  await expect(field(dialogue, 'Current password')).toBeFocused();
  await expectFitToUse(page, 'import, the proof');
});
