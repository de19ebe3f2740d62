import { button, dialog, field, heading } from './support/flows.ts';
import { expectFitToUse } from './support/looks.ts';
import { OWNER } from './support/people.ts';
import { changePolicy, enableFor } from './support/policy.ts';
import { expect, test } from './support/test.ts';
import { join, SAILOR } from './support/users.ts';
import { enterAs, mandatory, openPolicy, openPolicyAs } from './support/workspace.ts';

test.beforeEach(() => test.setTimeout(180_000));

test('the policy, its dialogs and its preview are fit to use', async ({ workspace, window: page, mail }) => {
  await enableFor(workspace, mail, OWNER.email);
  await join(workspace, mail, SAILOR);
  const region = await openPolicyAs(page, mail);
  await expect(page.getByText('Nobody is excepted')).toBeVisible();
  await expectFitToUse(page, 'policy, optional');

  await mandatory(page).click({ force: true });
  const enforce = dialog(page, 'Make two-step verification mandatory');
  await expect(enforce.getByText('Nobody would be locked out today.')).toBeVisible();
  await expectFitToUse(page, 'enforce');
  await button(enforce, 'See exactly who').click();
  const who = dialog(page, 'Impact of this policy');
  await expect(who.getByRole('row').filter({ hasText: SAILOR.email })).toBeVisible();
  await expectFitToUse(page, 'preview over the dialog');
  await page.keyboard.press('Escape');
  await expect(who).toBeHidden();
  await button(enforce, 'Send code').click();
  await expect(field(enforce, 'Verification code')).toBeFocused();
  await mail.code(OWNER.email);
  await expectFitToUse(page, 'enforce, code sent');
  await page.keyboard.press('Escape');
  await expect(enforce).toBeHidden();

  await region.getByRole('combobox', { name: 'Remember devices' }).selectOption('1 week');
  await expectFitToUse(page, 'policy, edited');
  await button(region, 'Save').click();
  await expect(dialog(page, 'Save the policy')).toBeVisible();
  await expectFitToUse(page, 'save the policy');
  await page.keyboard.press('Escape');

  await button(page, 'Request SMS').click();
  await expect(dialog(page, 'Request text messages')).toBeVisible();
  await expectFitToUse(page, 'request SMS');
  await page.keyboard.press('Escape');
  await button(page, 'Switch off for everyone').click();
  await expect(dialog(page, 'Switch off for everyone')).toBeVisible();
  await expectFitToUse(page, 'switch off for everyone');
});

test('a required policy, its exceptions and the roles are fit to use', async ({ workspace, window: page, mail }) => {
  await enableFor(workspace, mail, OWNER.email);
  await join(workspace, mail, SAILOR);
  await changePolicy(workspace, mail, { enforcement: 'required', complianceDays: 2 });
  await enterAs(page, mail);
  const region = await openPolicy(page);
  await expect(region.getByText('Required', { exact: true })).toBeVisible();
  await expectFitToUse(page, 'policy, required');
  await button(page, 'Add an exception').click();
  const grant = dialog(page, 'Add an exception');
  await expect(grant).toBeVisible();
  await button(grant, 'Send code').click();
  await expect(grant.getByText('Say why.')).toBeVisible();
  await expectFitToUse(page, 'add an exception');
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');
  await expect(grant).toBeHidden();

  await page.getByRole('navigation').getByRole('link', { name: 'Roles', exact: true }).click();
  await expect(heading(page, 'Roles')).toBeVisible();
  await page.getByRole('combobox', { name: 'Users for Manager' }).selectOption('Manage');
  await expectFitToUse(page, 'roles, edited');
  await button(page, 'Save').click();
  await expect(dialog(page, 'Change what the role may')).toBeVisible();
  await expectFitToUse(page, 'roles, proof');
});
