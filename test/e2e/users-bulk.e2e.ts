import type { Page } from '@playwright/test';
import { DEFAULT_ROLES } from '../../src-main/domain/role.ts';
import { button, dialog, field } from './support/flows.ts';
import { expectFocus, tabTo } from './support/keyboard.ts';
import { expectFitToUse } from './support/looks.ts';
import type { Mailbox } from './support/mail.ts';
import { OWNER } from './support/people.ts';
import { stepUpOf } from './support/policy.ts';
import { expect, test } from './support/test.ts';
import { ADMIN, type Colleague, HELPER, join, MANAGER, openUsersAs, rowOf, SAILOR } from './support/users.ts';
import type { Visitor } from './support/visitor.ts';

test.beforeEach(() => test.slow());

const DECKHANDS = ['Deckhand One', 'Deckhand Two', 'Deckhand Three'] as const;
const REASON = 'The season is over';

const box = (page: Page, name: string) => page.getByRole('checkbox', { name: `Select ${name}`, exact: true });
const bar = (page: Page) => page.getByRole('region', { name: 'Selection', exact: true });
const pick = async (page: Page, names: readonly string[]) => {
  for (const name of names) await box(page, name).check();
};

/** People who are invited, which is enough to be listed. */
async function invite(owner: Visitor, names: readonly string[] = DECKHANDS) {
  for (const name of names) {
    const email = `${name.replace(' ', '.').toLowerCase()}@harbour.example`;
    await owner.do('admin.users.add', { name, email, phone: null, role: 'member' });
  }
}

/** The owner lets managers manage users. */
async function joinAsManager(owner: Visitor, mail: Mailbox): Promise<Colleague> {
  const permissions = { ...DEFAULT_ROLES.manager, users: 'manage' };
  await owner.do('admin.roles.change', { role: 'manager', permissions, ...(await stepUpOf(owner, mail)) });
  await join(owner, mail, MANAGER);
  return MANAGER;
}

test('R39 R40 S39 a manager suspends several for one reason; who outranks them is refused, named, and stays selected', async ({
  workspace,
  window: page,
  mail,
}) => {
  const manager = await joinAsManager(workspace, mail);
  const sailor = await join(workspace, mail, SAILOR);
  await join(workspace, mail, ADMIN);
  await invite(workspace, DECKHANDS.slice(0, 1));
  const table = await openUsersAs(page, mail, manager);
  await pick(page, [SAILOR.name, ADMIN.name, DECKHANDS[0]]);
  await expect(bar(page)).toContainText('3 selected');
  await button(bar(page), 'Suspend').click();
  const asked = dialog(page, 'Suspend');
  await expect(asked).toContainText(SAILOR.name);
  await button(asked, 'Suspend 3 people').click();
  await expect(field(asked, 'Reason')).toBeFocused();
  await expect(field(asked, 'Reason')).toHaveAttribute('aria-invalid', 'true');
  await field(asked, 'Reason').fill(REASON);
  await button(asked, 'Suspend 3 people').click();
  await expect(asked.getByRole('status')).toContainText('2 people are suspended');
  await expect(asked.getByRole('list', { name: 'Refused: Your role does not reach that far' })).toHaveText(ADMIN.name);
  await expectFitToUse(page, 'suspended, one refused');
  await button(asked, 'Done').click();
  await expect(asked).toBeHidden();
  await expect(bar(page)).toContainText('1 selected');
  await expect(box(page, ADMIN.name)).toBeChecked();
  for (const name of [SAILOR.name, DECKHANDS[0]]) {
    await expect(rowOf(table, name)).toContainText('Suspended');
    await expect(box(page, name)).not.toBeChecked();
  }
  await expect(rowOf(table, ADMIN.name)).not.toContainText('Suspended');
  expect(await sailor.isSignedIn()).toBe(false);
});

test('R37 R39 three are put into a new group; once more into it, whoever was there counts as done', async ({
  workspace,
  window: page,
  mail,
}) => {
  await invite(workspace);
  await openUsersAs(page, mail);
  await pick(page, DECKHANDS);
  await button(bar(page), 'Add to group').click();
  const asked = dialog(page, 'Add to group');
  await field(asked, 'New group').fill('Night watch');
  await button(asked, 'Add 3 people').click();
  await expect(asked.getByRole('status')).toContainText('3 people are in Night watch');
  await button(asked, 'Done').click();
  await expect(asked).toBeHidden();
  await expect(bar(page)).toBeHidden();
  await expect(page.getByRole('checkbox', { name: 'Select all shown' })).toBeFocused();

  await page.getByRole('checkbox', { name: 'Select all shown' }).check();
  await expect(bar(page)).toContainText('4 selected');
  await button(bar(page), 'Add to group').click();
  await button(asked, 'Add 4 people').click();
  await expect(asked.getByRole('combobox', { name: 'Group' })).toBeFocused();
  await asked.getByRole('combobox', { name: 'Group' }).selectOption('Night watch');
  await button(asked, 'Add 4 people').click();
  await expect(asked.getByRole('status')).toContainText('4 people are in Night watch');
  await expect(asked.getByRole('status')).toContainText('3 of them were in it before.');
  await button(asked, 'Done').click();
  await page.getByRole('combobox', { name: 'In group' }).selectOption('Night watch');
  await expect(page.getByText('4 users of 4')).toBeVisible();
});

test('R39 everybody selected is signed out but oneself, which is said', async ({ workspace, window: page, mail }) => {
  const sailor = await join(workspace, mail, SAILOR);
  const table = await openUsersAs(page, mail);
  await page.getByRole('checkbox', { name: 'Select all shown' }).check();
  await button(bar(page), 'Sign out everywhere').click();
  const asked = dialog(page, 'Sign out everywhere');
  await button(asked, 'Sign out 2 people').click();
  await expect(asked.getByRole('status')).toContainText('1 person is signed out everywhere');
  await expect(asked.getByRole('list', { name: 'Refused: This cannot be done to yourself' })).toHaveText(OWNER.name);
  expect(await sailor.isSignedIn()).toBe(false);
  await button(asked, 'Done').click();
  await expect(table).toBeVisible();
  await expect(bar(page)).toContainText('1 selected');
});

test('R39 an act on many that is cancelled has reached who it says, and the others stay selected', async ({
  workspace,
  window: page,
  mail,
}) => {
  await invite(workspace);
  const { id: groupId } = await workspace.do('admin.groups.add', { name: 'Night watch' });
  await openUsersAs(page, mail);
  await pick(page, DECKHANDS);
  let letThrough = (): void => undefined;
  const held = new Promise<void>((resolve) => {
    letThrough = resolve;
  });
  let calls = 0;
  await page.route(/admin\.groups\.addMember/, async (route) => {
    calls += 1;
    if (calls === 2) await held;
    await route.continue();
  });
  await button(bar(page), 'Add to group').click();
  const asked = dialog(page, 'Add to group');
  await asked.getByRole('combobox', { name: 'Group' }).selectOption('Night watch');
  await button(asked, 'Add 3 people').click();
  await expect(asked.getByText('1 of 3 people')).toBeVisible();
  await expectFitToUse(page, 'an act on many under way');
  await button(asked, 'Cancel').click();
  letThrough();
  await expect(asked.getByRole('status')).toContainText('2 people are in Night watch');
  await expect(asked).toContainText('1 person was not reached and stays selected.');
  await page.keyboard.press('Escape');
  await expect(asked).toBeHidden();
  await expect(bar(page)).toContainText('1 selected');
  await expect(box(page, DECKHANDS[2])).toBeChecked();
  expect(calls).toBe(2);
  const members = await workspace.query('admin.people.count', { search: '', status: null, role: null, groupId });
  expect(members).toMatchObject({ ok: true, data: { total: 2 } });
});

test('R39 a range is selected with the pointer; another list ends the selection', async ({
  workspace,
  window: page,
  mail,
}) => {
  await invite(workspace);
  await openUsersAs(page, mail);
  const all = page.getByRole('checkbox', { name: 'Select all shown' });
  await box(page, OWNER.name).click();
  await expect(all).toBeChecked({ indeterminate: true });
  await box(page, DECKHANDS[1]).click({ modifiers: ['Shift'] }); // Ada, One, Three, Two
  await expect(bar(page)).toContainText('4 selected');
  await expect(all).toBeChecked();
  await box(page, DECKHANDS[0]).click();
  await expect(bar(page)).toContainText('3 selected');
  await page.getByRole('columnheader', { name: 'Name' }).getByRole('button').click();
  await expect(bar(page)).toBeHidden();
  await box(page, DECKHANDS[0]).click();
  await page.getByRole('searchbox', { name: 'Search users' }).fill('deckhand');
  await expect(bar(page)).toBeHidden();
  await expect(box(page, DECKHANDS[0])).not.toBeChecked();
  await all.check();
  await button(bar(page), 'Clear').click();
  await expect(bar(page)).toBeHidden();
  await expect(all).toBeFocused();
});

test('R39 a selection stays while the list is scrolled and more of it is loaded', async ({
  workspace,
  window: page,
  mail,
}) => {
  const crowd = Array.from({ length: 60 }, (_, index) => `Sailor ${100 + index}`);
  await invite(workspace, crowd);
  const table = await openUsersAs(page, mail);
  await pick(page, ['Sailor 100']);
  const all = page.getByRole('checkbox', { name: 'Select all shown' });
  await all.check();
  await expect(bar(page)).toContainText('50 selected');
  await expect(async () => {
    await page.mouse.wheel(0, 4_000);
    await expect(rowOf(table, 'Sailor 159')).toBeInViewport({ timeout: 500 });
  }).toPass();
  await expect(all).toBeChecked({ indeterminate: true });
  await pick(page, ['Sailor 159']);
  await expect(bar(page)).toContainText('51 selected');
  await expect(box(page, 'Sailor 158')).not.toBeChecked();
  await page.keyboard.press('Control+Home');
  await expect(box(page, 'Sailor 100')).toBeChecked();
  await expect(bar(page)).toContainText('51 selected');
  await expect(bar(page)).toBeInViewport({ ratio: 1 });
});

test('with the keyboard alone: a range is selected, signed out and cleared', async ({
  workspace,
  window: page,
  mail,
}) => {
  await invite(workspace);
  await openUsersAs(page, mail);
  await tabTo(page, `Select ${DECKHANDS[0]}`, 'checkbox');
  await page.keyboard.press('Space');
  await page.keyboard.press('ArrowDown');
  await expectFocus(box(page, DECKHANDS[2]));
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Shift+Space');
  await expect(bar(page)).toContainText('3 selected');
  await page.keyboard.press('Enter');
  await expectFocus(button(bar(page), 'Add to group'));
  await tabTo(page, 'Sign out everywhere', 'button');
  await page.keyboard.press('Enter');
  const asked = dialog(page, 'Sign out everywhere');
  await expectFocus(button(asked, 'Sign out 3 people'));
  await page.keyboard.press('Enter');
  await expect(asked.getByRole('status')).toContainText('3 people are signed out everywhere');
  await expectFocus(button(asked, 'Done'));
  await page.keyboard.press('Enter');
  await expectFocus(page.getByRole('checkbox', { name: 'Select all shown' }));
  await page.keyboard.press('Space');
  await expect(bar(page)).toContainText('4 selected');
  await page.keyboard.press('Escape');
  await expect(bar(page)).toBeHidden();
  await expect(box(page, DECKHANDS[0])).not.toBeChecked();
});

test('a selection, its bar and what it asks are fit to use', async ({ workspace, window: page, mail }) => {
  await invite(workspace);
  await join(workspace, mail, SAILOR);
  await openUsersAs(page, mail);
  await pick(page, DECKHANDS);
  await expect(bar(page)).toBeVisible();
  const heights = await page.locator('tbody tr[data-index]').evaluateAll((rows) => rows.map((row) => row.clientHeight));
  expect(new Set(heights)).toEqual(new Set([44]));
  await expectFitToUse(page, 'users with a selection');
  for (const act of ['Add to group', 'Suspend', 'Sign out everywhere']) {
    await button(bar(page), act).click();
    await expect(dialog(page, act)).toBeVisible();
    await expectFitToUse(page, `${act}, many`);
    await page.keyboard.press('Escape');
    await expect(dialog(page, act)).toBeHidden();
    await expect(button(bar(page), act)).toBeFocused();
  }
});

test('S39 who may not manage users has nothing to select', async ({ workspace, window: page, mail }) => {
  await join(workspace, mail, HELPER);
  const table = await openUsersAs(page, mail, HELPER);
  await expect(rowOf(table, OWNER.name)).toBeVisible();
  await expect(page.getByRole('checkbox')).toHaveCount(0);
});
