import { readFileSync } from 'node:fs';
import { button, dialog, field } from './support/flows.ts';
import { OWNER } from './support/people.ts';
import { expect, test } from './support/test.ts';
import { passTime } from './support/time.ts';
import {
  ADMIN,
  choose,
  HELPER,
  join,
  joinProtected,
  MANAGER,
  openUsers,
  openUsersAs,
  rowOf,
  SAILOR,
} from './support/users.ts';

test.beforeEach(() => test.slow());

test('R39 a new workspace says what to do; somebody added is invited by mail, edited, and invited again', async ({
  app,
  workspace: _,
  window: page,
  mail,
}) => {
  const table = await openUsersAs(page, mail);
  await expect(page.getByText('Only you are here so far')).toBeVisible();
  await button(page, 'Add user').click();
  const add = dialog(page, 'Add user');
  await button(add, 'Create user').click();
  await expect(field(add, 'Name')).toBeFocused();
  await expect(field(add, 'Email')).toHaveAttribute('aria-invalid', 'true');
  await field(add, 'Name').fill(SAILOR.name);
  await field(add, 'Email').fill(OWNER.email);
  await field(add, 'Phone').fill('12');
  await add.getByRole('combobox', { name: 'Role', exact: true }).selectOption('Member');
  await button(add, 'Create user').click();
  await expect(field(add, 'Phone')).toHaveAttribute('aria-invalid', 'true');
  await field(add, 'Phone').fill('+46 70 123 45 67');
  await button(add, 'Create user').click();
  await expect(add.getByRole('alert')).toContainText('belongs to another account');
  await expect(field(add, 'Email')).toBeFocused();
  await field(add, 'Email').fill(SAILOR.email);
  await button(add, 'Create user').click();
  await expect(add.getByText(`on its way to ${SAILOR.email}`)).toBeVisible();
  const first = await mail.longCode(SAILOR.email);
  await button(add, 'Done').click();
  await expect(button(page, 'Add user')).toBeFocused();
  await expect(rowOf(table, SAILOR.name)).toContainText('Invited');

  await choose(page, SAILOR.name, 'Edit');
  const edit = dialog(page, 'Edit');
  await expect(field(edit, 'Phone')).toHaveValue('+46701234567');
  await field(edit, 'Name').fill('Otis Keel-Marsh');
  await button(edit, 'Save').click();
  await expect(rowOf(table, 'Otis Keel-Marsh')).toBeVisible();
  await expect(button(page, 'Actions for Otis Keel-Marsh')).toBeFocused();
  await choose(page, 'Otis Keel-Marsh', 'Send invitation again');
  await expect(page.getByRole('alert')).toContainText('was sent a moment ago');
  passTime(app, 61_000);
  await choose(page, 'Otis Keel-Marsh', 'Send invitation again');
  await expect(page.getByText('A new invitation is on its way')).toBeVisible();
  expect(await mail.longCode(SAILOR.email)).not.toBe(first);
});

test('R39 the list is searched, filtered and sorted, the address keeps that, and a person’s details open', async ({
  workspace,
  window: page,
  mail,
}) => {
  for (const who of [ADMIN, MANAGER, HELPER]) await join(workspace, mail, who);
  await joinProtected(workspace, mail, SAILOR);
  const table = await openUsersAs(page, mail);
  const names = () =>
    table
      .getByRole('button', { name: /^Actions for / })
      .evaluateAll((all) => all.map((each) => each.getAttribute('aria-label')?.replace('Actions for ', '')));
  await expect.poll(names).toEqual([OWNER.name, ADMIN.name, SAILOR.name, MANAGER.name, HELPER.name]);
  const byName = table.getByRole('columnheader', { name: 'Name', exact: true });
  await expect(byName).toHaveAttribute('aria-sort', 'ascending');
  await byName.getByRole('button', { name: 'Name' }).click();
  await expect(byName).toHaveAttribute('aria-sort', 'descending');
  await expect.poll(names).toEqual([HELPER.name, MANAGER.name, SAILOR.name, ADMIN.name, OWNER.name]);

  await page.getByRole('searchbox', { name: 'Search users', exact: true }).fill('keel');
  await expect.poll(names).toEqual([SAILOR.name]);
  await expect(page.getByText('1 user of 5')).toBeVisible();
  await page.reload();
  await expect(page.getByRole('searchbox', { name: 'Search users', exact: true })).toHaveValue('keel');
  await expect.poll(names).toEqual([SAILOR.name]);
  await page.getByRole('searchbox', { name: 'Search users', exact: true }).fill('nobody at all');
  await expect(page.getByText('No users match')).toBeVisible();
  await button(page, 'Clear filters').first().click();
  await expect.poll(names).toHaveLength(5);
  await page.getByRole('combobox', { name: 'Two-step status', exact: true }).selectOption('Active');
  await expect.poll(names).toEqual([SAILOR.name, OWNER.name]);
  await page.getByRole('combobox', { name: 'Two-step status', exact: true }).selectOption('Any status');
  await page.getByRole('combobox', { name: 'With role', exact: true }).selectOption('Manager');
  await expect.poll(names).toEqual([MANAGER.name]);
  await button(page, 'Clear filters').click();

  await button(page, SAILOR.name).click();
  const details = dialog(page, SAILOR.name);
  await expect(details).toContainText(SAILOR.email);
  await expect(details).toContainText('Email code');
  await page.keyboard.press('Escape');
  await expect(details).toBeHidden();
  await expect(button(page, SAILOR.name)).toBeFocused();
});

test('R39 S57 people are imported all or none, each wrong row is named, and the export is safe to open', async ({
  workspace: _,
  window: page,
  mail,
}) => {
  const table = await openUsersAs(page, mail);
  await button(page, 'Import').click();
  const dialogue = dialog(page, 'Import users');
  const rows = field(dialogue, 'Or paste the rows here');
  await rows.fill(
    `name,email,role\n=1+1,one@harbour.example,member\nTwo,not an address,captain\nMe,${OWNER.email},member`,
  );
  await button(dialogue, 'Check rows').click();
  const faults = dialogue.getByRole('table', { name: 'Rows that cannot be taken' });
  await expect(faults.getByRole('row').filter({ hasText: 'Somebody in the workspace' })).toContainText('4');
  await expect(faults.getByRole('row').filter({ hasText: 'email' })).toHaveCount(2);
  await expect(dialogue.getByRole('button', { name: /^Import / })).toHaveCount(0);
  await button(dialogue, 'Back').click();
  await dialogue.locator('input[type=file]').setInputFiles({
    name: 'people.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from(
      'E-Mail;Name\none@harbour.example;=1+1\ntwo@harbour.example;Zoë Two'.replace('E-Mail', 'email'),
    ),
  });
  await expect(dialogue.getByRole('table', { name: 'People to be added' })).toContainText('Zoë Two');
  await button(dialogue, 'Import 2 people').click();
  await expect(dialogue.getByText('2 people are added')).toBeVisible();
  await button(dialogue, 'Done').click();
  await expect(rowOf(table, 'Zoë Two')).toContainText('Invited');
  await mail.longCode('two@harbour.example');

  const download = page.waitForEvent('download');
  await button(page, 'Export').click();
  const file = await (await download).path();
  await expect(dialog(page, 'Export users')).toContainText('3 users are in');
  const csv = readFileSync(file, 'utf8');
  expect(csv).toContain('Zoë Two');
  expect(csv).toContain('=1+1');
  expect(csv).not.toMatch(/(^|[,\n])"?=1\+1/m);
});

test('R39 an import goes on while the page is left, is found again, and Cancel takes everybody out', async ({
  workspace: _,
  window: page,
  mail,
}) => {
  await openUsersAs(page, mail);
  const people = Array.from({ length: 6_000 }, (_, n) => `Deckhand ${n},deckhand${n}@harbour.example`);
  await button(page, 'Import').click();
  const dialogue = dialog(page, 'Import users');
  await dialogue.locator('input[type=file]').setInputFiles({
    name: 'people.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from(['name,email', ...people].join('\n')),
  });
  await button(dialogue, 'Import 6,000 people').click();
  await expect(dialogue.getByRole('progressbar', { name: 'Import' })).toBeVisible();
  await page.reload();
  await button(dialogue, 'Cancel').click();
  await expect(dialogue.getByText('Nobody was added, and no invitation was sent.')).toBeVisible({ timeout: 30_000 });
  await button(dialogue, 'Import more').click();
  await expect(dialogue.getByText('The last import, of 6,000 people, was cancelled')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByText('Only you are here so far')).toBeVisible();
});

test('R37 groups are made, filled, filtered by and removed', async ({ workspace, window: page, mail }) => {
  await join(workspace, mail, SAILOR);
  const table = await openUsersAs(page, mail);
  await button(page, 'Groups').click();
  const groups = dialog(page, 'Groups');
  await field(groups, 'New group').fill('Night watch');
  await button(groups, 'Add group').click();
  await expect(groups.getByRole('listitem')).toContainText('0 people');
  await field(groups, 'New group').fill('night watch');
  await button(groups, 'Add group').click();
  await expect(groups.getByText('Another group has this name.')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(groups).toBeHidden();

  await button(page, SAILOR.name).click();
  const details = dialog(page, SAILOR.name);
  await details.getByRole('combobox', { name: 'Put into a group' }).selectOption('Night watch');
  await expect(details.getByRole('listitem').filter({ hasText: 'Night watch' })).toBeVisible();
  await page.keyboard.press('Escape');
  await page.getByRole('combobox', { name: 'In group' }).selectOption('Night watch');
  await expect(rowOf(table, OWNER.name)).toHaveCount(0);
  await expect(rowOf(table, SAILOR.name)).toBeVisible();
  await button(page, 'Groups').click();
  await button(groups, 'Remove Night watch').click();
  await button(groups, 'Remove group').click();
  await expect(groups.getByText('There are no groups yet')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(rowOf(table, OWNER.name)).toBeVisible();
});

test('R39 many people are drawn as far as they are seen, and fetched as far as they are scrolled', async ({
  workspace,
  window: page,
  mail,
}) => {
  const people = Array.from(
    { length: 180 },
    (_, n) => `Sailor ${String(n).padStart(3, '0')},sailor${n}@harbour.example`,
  );
  const { importId } = await workspace.do<{ importId: string }>('admin.users.import', {
    csv: ['name,email', ...people].join('\n'),
  });
  await expect
    .poll(async () => {
      const answer = await workspace.query('admin.users.importState', { importId });
      return answer.ok && (answer.data as { state: string }).state;
    })
    .toBe('done');
  const table = await openUsersAs(page, mail);
  await expect(table).toHaveAttribute('aria-rowcount', '182');
  await expect(page.getByText('181 users', { exact: true })).toBeVisible();
  await expect(rowOf(table, 'Sailor 000')).toBeVisible();
  expect(await table.getByRole('row').count()).toBeLessThan(60);
  await expect(async () => {
    await page.mouse.move(700, 500);
    await page.mouse.wheel(0, 4_000);
    await expect(rowOf(table, 'Sailor 179')).toBeVisible({ timeout: 500 });
  }).toPass();
  await expect(rowOf(table, 'Sailor 179')).toHaveAttribute('aria-rowindex', '182');
  expect(await table.getByRole('row').count()).toBeLessThan(60);
});

test('R39 the page by keyboard: search, reach a row, open its menu, act, and be back where one was', async ({
  workspace,
  window: page,
  mail,
}) => {
  await join(workspace, mail, SAILOR);
  await openUsersAs(page, mail);
  await page.keyboard.press('ControlOrMeta+K');
  await expect(page.getByPlaceholder('Pages, people and actions')).toBeFocused();
  await page.keyboard.type('Add user');
  await page.keyboard.press('Enter');
  await expect(dialog(page, 'Add user')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(dialog(page, 'Add user')).toBeHidden();
  await openUsers(page);
  const actions = button(page, `Actions for ${SAILOR.name}`);
  await actions.focus();
  await page.keyboard.press('Enter');
  await page.getByRole('menuitem').first().and(page.locator(':focus')).waitFor();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.type('whi');
  await expect(page.getByRole('menuitem', { name: 'Whitelist of IP addresses' })).toBeFocused();
  await page.keyboard.press('Enter');
  const list = dialog(page, 'Whitelist of IP addresses');
  await expect(field(list, 'Allowed addresses')).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(list).toBeHidden();
  await expect(actions).toBeFocused();
});
