import { readFileSync } from 'node:fs';
import { button, dialog, field, giveCode, heading } from './support/flows.ts';
import { OWNER, otherThan } from './support/people.ts';
import { changePolicy, enableFor } from './support/policy.ts';
import { expect, onlyLoopback, test } from './support/test.ts';
import { ADMIN, join, joinProtected, SAILOR } from './support/users.ts';
import { confirmByMail, mandatory, openPolicy, openPolicyAs, selectNamed } from './support/workspace.ts';

const ENFORCE = 'Make two-step verification mandatory';
const RELEASE = 'Stop requiring two-step verification';
const SAVE = 'Save the policy';

test.beforeEach(() => test.slow());

test('R24 R27 R28 R36 it becomes mandatory by a mailed code, everybody is written to, and another code takes it back', async ({
  workspace,
  window: page,
  mail,
}) => {
  await enableFor(workspace, mail, OWNER.email);
  await join(workspace, mail, SAILOR);
  await joinProtected(workspace, mail, ADMIN);
  const region = await openPolicyAs(page, mail);
  await mandatory(page).click({ force: true });
  const enforce = dialog(page, ENFORCE);
  const period = enforce.getByRole('combobox', { name: 'Compliance period', exact: true });
  await expect(period.getByRole('option')).toHaveCount(11);
  await period.selectOption('0');
  await expect(enforce.getByText('1 of 3 people must set it up at their next sign-in.')).toBeVisible();
  await period.selectOption('3');
  await expect(enforce.getByText(/^1 of 3 people has until /)).toBeVisible();
  await expect(enforce.getByText('Nobody would be locked out today.')).toBeVisible();
  await expect(enforce.getByText('Current password')).toHaveCount(0);

  await button(enforce, 'Send code').click();
  const code = await mail.code(OWNER.email);
  await giveCode(enforce, otherThan(code));
  await expect(enforce.getByRole('alert')).toContainText('4 tries are left');
  await giveCode(enforce, code);
  await expect(enforce).toBeHidden();
  await expect(page.getByRole('status').filter({ hasText: 'Two-step verification is mandatory now' })).toBeVisible();
  await expect(mandatory(page)).toBeChecked();
  await expect(region.getByText('Required', { exact: true })).toBeVisible();
  await expect(region.getByText(/Emails with instructions went out just now/)).toBeVisible();
  expect((await mail.next(SAILOR.email)).subject).toMatch(/two-step verification/i);

  await mandatory(page).click({ force: true });
  await expect(dialog(page, RELEASE).getByText(/without it sign in with their password alone again/)).toBeVisible();
  await confirmByMail(page, mail, RELEASE);
  await expect(mandatory(page)).not.toBeChecked();
  await expect(region.getByText('Required', { exact: true })).toBeHidden();
});

test('R25 S38 whoever has not switched on their own two-step verification is told so before, and refused', async ({
  workspace: _,
  window: page,
  mail,
}) => {
  await openPolicyAs(page, mail);
  await mandatory(page).click({ force: true });
  const enforce = dialog(page, ENFORCE);
  await expect(enforce.getByRole('alert')).toContainText('Switch on your own two-step verification first');
  await expect(button(enforce, 'Use a recovery code instead')).toHaveCount(0);
  await button(enforce, 'Send code').click();
  await giveCode(enforce, await mail.code(OWNER.email));
  await expect(enforce.getByRole('alert')).toContainText('Switch on your own two-step verification first');
  await button(enforce, 'Back').click();
  await enforce.getByRole('link', { name: /Profile settings/ }).click();
  await expect(dialog(page, 'Enable two-step verification')).toBeVisible();
});

test('R28 R29 rules are edited together, named before they are saved, and saved with a recovery code', async ({
  protectedWorkspace: [, code],
  window: page,
  mail,
}) => {
  const region = await openPolicyAs(page, mail);
  await expect(button(region, 'Save')).toHaveCount(0);
  await selectNamed(page, 'Remember devices').selectOption('1 week');
  await selectNamed(page, 'After the deadline').selectOption('Refuse sign-in');
  await expect(region.getByRole('status').filter({ hasText: 'Not saved yet' })).toContainText(
    'After the deadline, Remember devices',
  );
  await button(region, 'Discard').click();
  await expect(selectNamed(page, 'Remember devices')).toHaveValue('never');
  await expect(button(region, 'Save')).toHaveCount(0);

  const email = region.getByRole('checkbox', { name: 'Email code', exact: true });
  await email.uncheck({ force: true });
  await expect(region.getByRole('alert')).toContainText('Allow at least one method');
  await email.check({ force: true });
  for (const name of ['Text message', 'Authenticator app', 'Security key', 'Phone approval']) {
    await expect(region.getByRole('checkbox', { name, exact: true })).toBeDisabled();
  }

  await selectNamed(page, 'Remember devices').selectOption('1 week');
  await button(region, 'Save').click();
  const save = dialog(page, SAVE);
  await expect(save.getByRole('listitem').filter({ hasText: 'Remember devices' })).toContainText('1 week');
  await button(save, 'Use a recovery code instead').click();
  await field(save, 'Recovery code').fill('AAAAA-AAAAA');
  await button(save, 'Confirm').click();
  await expect(save.getByRole('alert')).toContainText('recovery code is not right');
  await field(save, 'Recovery code').fill(code ?? '');
  await button(save, 'Confirm').click();
  await expect(save).toBeHidden();
  await page.reload();
  await expect(selectNamed(page, 'Remember devices')).toHaveValue('7d');
});

test(
  'R29 of two admins at once the second sees what the first changed, and keeps their own edits',
  onlyLoopback('it speaks HTTP while the window is open'),
  async ({ workspace, window: page, mail }) => {
    await enableFor(workspace, mail, OWNER.email);
    const region = await openPolicyAs(page, mail);
    await selectNamed(page, 'Remember devices').selectOption('1 day');
    await changePolicy(workspace, mail, { onEnrol: 'keep' });
    await expect(region.getByText('Somebody else changed the policy in the meantime')).toBeVisible();
    await expect(region.getByRole('listitem').filter({ hasText: 'When somebody enrols' })).toContainText(
      'Keep other sessions',
    );
    await expect(button(region, 'Save')).toHaveCount(0);
    await button(region, 'Keep my changes').click();
    await expect(selectNamed(page, 'Remember devices')).toHaveValue('1d');

    await button(region, 'Save').click();
    const save = dialog(page, SAVE);
    await expect(save).toBeVisible();
    await changePolicy(workspace, mail, { afterDeadline: 'block' });
    await button(save, 'Send code').click();
    const code = await mail.code(OWNER.email);
    await giveCode(save, code);
    await expect(save.getByRole('alert')).toContainText('Somebody else changed this in the meantime');
    await button(save, 'See what is in force now').click();
    await expect(region.getByRole('listitem').filter({ hasText: 'After the deadline' })).toContainText(
      'Refuse sign-in',
    );
    await button(region, 'Keep my changes').click();
    await button(region, 'Save').click();
    await button(save, 'Send code').click();
    await giveCode(save, code); // not spent by the refusal
    await expect(save).toBeHidden();
    await page.reload();
    await expect(selectNamed(page, 'Remember devices')).toHaveValue('1d');
    await expect(selectNamed(page, 'After the deadline')).toHaveValue('block');
    await expect(selectNamed(page, 'When somebody enrols')).toHaveValue('keep');
  },
);

test('R29 R27 switched off for everyone, nobody is asked for a second step, until it is switched on again', async ({
  protectedWorkspace: codes,
  window: page,
  mail,
}) => {
  const region = await openPolicyAs(page, mail);
  await button(page, 'Switch off for everyone').click();
  const off = dialog(page, 'Switch off for everyone');
  await expect(off.getByText('We advise against it')).toBeVisible();
  await confirmByMail(page, mail, 'Switch off for everyone');
  await expect(region.getByText('Two-step verification is switched off for everyone')).toBeVisible();
  await expect(button(page, 'Switch off for everyone')).toHaveCount(0);

  await page.getByRole('link', { name: 'Home', exact: true }).click();
  await expect(heading(page, 'One door is open to whoever has your password')).toBeVisible();
  await expect(page.getByText('Two-step verification is switched off for the whole workspace.')).toBeVisible();
  await openPolicy(page);
  await button(region, 'Switch on again').click();
  const on = dialog(page, 'Switch two-step verification on again');
  await button(on, 'Use a recovery code instead').click();
  await field(on, 'Recovery code').fill(codes[3] ?? '');
  await button(on, 'Confirm').click();
  await expect(on).toBeHidden();
  await expect(region.getByText('Two-step verification is switched off for everyone')).toBeHidden();
});

test('R33 text messages are a locked extra that can be requested, and the owners are told', async ({
  workspace: _,
  window: page,
  mail,
}) => {
  const region = await openPolicyAs(page, mail);
  await expect(region.getByRole('checkbox', { name: 'Text message', exact: true })).toBeDisabled();
  await button(region, 'Request SMS').click();
  const request = dialog(page, 'Request text messages');
  await field(request, 'Note').fill('Half of the crew has no mailbox on board.');
  await button(request, 'Send request').click();
  await expect(request).toBeHidden();
  await expect(region.getByText(/^Requested/)).toBeVisible();
  expect((await mail.next(OWNER.email)).text).toContain('Half of the crew has no mailbox on board.');
});

test('R36 the preview says exactly who is affected, why, and by when', async ({ workspace, window: page, mail }) => {
  await enableFor(workspace, mail, OWNER.email);
  await join(workspace, mail, SAILOR);
  const region = await openPolicyAs(page, mail);
  await selectNamed(page, 'After the deadline').selectOption('Refuse sign-in');
  await button(region, 'Preview impact').click();
  const preview = dialog(page, 'If it were mandatory now');
  const must = preview.getByRole('table', { name: 'Must set it up' });
  await expect(must.getByRole('row').filter({ hasText: SAILOR.email })).toContainText('Not set up yet');
  await expect(must.getByRole('row').filter({ hasText: OWNER.email })).toHaveCount(0);
  await preview.getByRole('tab', { name: /Have it already/ }).click();
  await expect(preview.getByRole('row').filter({ hasText: OWNER.email })).toBeVisible();

  await preview.getByRole('combobox', { name: 'Compliance period', exact: true }).selectOption('0');
  await expect(preview.getByText('1 person would be refused at their next sign-in.')).toBeVisible();
  await preview.getByRole('tab', { name: /Locked out/ }).click();
  await expect(preview.getByRole('row').filter({ hasText: SAILOR.email })).toContainText('Passed');
});

test(
  'R36 S57 the preview is saved as a CSV file',
  onlyLoopback('Electron asks where to save it'),
  async ({ workspace, window: page, mail }) => {
    await join(workspace, mail, SAILOR);
    const region = await openPolicyAs(page, mail);
    await button(region, 'Preview impact').click();
    const arriving = page.waitForEvent('download');
    await button(dialog(page, 'If it were mandatory now'), 'Download CSV').click();
    const file = await arriving;
    expect(file.suggestedFilename()).toBe('two-step-impact.csv');
    const text = readFileSync(await file.path(), 'utf8');
    expect(text.charCodeAt(0)).toBe(0xfeff);
    expect(text.split('\n')[0]).toMatch(/Name,Email,Role/);
    expect(text).toContain(SAILOR.email);
  },
);

test('R37 somebody is given more time with a reason, and the exception is ended again', async ({
  workspace,
  window: page,
  mail,
}) => {
  await enableFor(workspace, mail, OWNER.email);
  await join(workspace, mail, SAILOR);
  await openPolicyAs(page, mail);
  const exceptions = page.getByRole('region', { name: 'Exceptions', exact: true });
  await expect(exceptions.getByText('Nobody is excepted')).toBeVisible();
  await button(exceptions, 'Add an exception').click();
  const grant = dialog(page, 'Add an exception');
  await button(grant, 'Send code').click();
  await expect(grant.getByText('Choose who it is for.')).toBeVisible();
  await expect(grant.getByText('Say why.')).toBeVisible();
  const who = grant.getByRole('combobox', { name: 'Person or group' });
  await expect(who).toBeFocused();
  await who.fill(SAILOR.name.slice(0, 4));
  await page.getByRole('option', { name: new RegExp(SAILOR.email) }).click();
  await field(grant, 'Reason').fill('At sea until the end of the week');
  await confirmByMail(page, mail, 'Add an exception');
  const row = exceptions.getByRole('row').filter({ hasText: SAILOR.name });
  await expect(row).toContainText('At sea until the end of the week');
  await expect(row).toContainText(/Until /);

  await button(page, 'Preview impact').click();
  const preview = dialog(page, 'If it were mandatory now');
  await expect(preview.getByText('1 person has more time by an exception.')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(preview).toBeHidden();
});

test('R37 an account for emergencies is for one person, and ends with a recovery code', async ({
  workspace,
  window: page,
  mail,
}) => {
  const codes = await enableFor(workspace, mail, OWNER.email);
  await join(workspace, mail, SAILOR);
  await workspace.do('admin.groups.add', { name: 'Night watch' });
  await openPolicyAs(page, mail);
  const exceptions = page.getByRole('region', { name: 'Exceptions', exact: true });
  await button(exceptions, 'Add an exception').click();
  const grant = dialog(page, 'Add an exception');
  await grant.getByRole('combobox', { name: 'Person or group' }).fill('night');
  await page.getByRole('option', { name: 'Night watch (group)' }).click();
  await grant.getByRole('radio', { name: 'Account for emergencies' }).check({ force: true });
  const who = grant.getByRole('combobox', { name: 'Person', exact: true });
  await who.fill(SAILOR.name);
  await page.getByRole('option', { name: new RegExp(SAILOR.email) }).click();
  await field(grant, 'Reason').fill('For the day nobody else gets in');
  await confirmByMail(page, mail, 'Add an exception');
  const row = exceptions.getByRole('row').filter({ hasText: SAILOR.name });
  await expect(row).toContainText('For emergencies');

  await button(exceptions, `End the exception of ${SAILOR.name}`).click();
  const end = dialog(page, 'End the exception');
  await button(end, 'Use a recovery code instead').click();
  await field(end, 'Recovery code').fill(codes[0] ?? '');
  await button(end, 'Confirm').click();
  await expect(end).toBeHidden();
  await expect(exceptions.getByText('Nobody is excepted')).toBeVisible();
});
