import { DEFAULT_ROLES } from '../../src-main/domain/role.ts';
import { button, dialog, field, heading } from './support/flows.ts';
import { OWNER } from './support/people.ts';
import { enableFor } from './support/policy.ts';
import { expect, onlyLoopback, test } from './support/test.ts';
import { HELPER, join, MANAGER } from './support/users.ts';
import { confirmByMail, enterAs, mandatory, openPolicy, selectNamed } from './support/workspace.ts';

test.beforeEach(() => test.slow());

test(
  'R40 S39 an owner changes what managers may, and their next click shows it',
  onlyLoopback('Electron has one window and one session'),
  async ({ workspace, window: page, secondWindow: other, mail }) => {
    await enableFor(workspace, mail, OWNER.email);
    await join(workspace, mail, MANAGER);
    await enterAs(other, mail, MANAGER);
    const region = await openPolicy(other);
    await expect(mandatory(other)).toBeEnabled();

    await enterAs(page, mail);
    await page.getByRole('navigation').getByRole('link', { name: 'Roles', exact: true }).click();
    await expect(heading(page, 'Roles')).toBeVisible();
    await expect(selectNamed(page, 'Users for Owner')).toHaveCount(0);
    await selectNamed(page, 'General settings for Manager').selectOption('View');
    await expect(selectNamed(page, 'Users for Admin')).toBeDisabled();
    await button(page, 'Save').click();
    const save = dialog(page, 'Change what the role may');
    await field(save, 'Current password').fill(OWNER.password);
    await confirmByMail(page, mail, 'Change what the role may');
    await expect(selectNamed(page, 'General settings for Manager')).toHaveValue('view');

    await other.reload();
    await expect(region.getByText('Your role lets you look at this, not change it.')).toBeVisible();
    await expect(mandatory(other)).toBeDisabled();
    await expect(selectNamed(other, 'Remember devices')).toBeDisabled();
    await other.getByRole('navigation').getByRole('link', { name: 'Roles', exact: true }).click();
    await expect(other.getByText('Only owners change what roles may.')).toBeVisible();
    await expect(other.getByRole('combobox')).toHaveCount(0);
  },
);

test('R36 R40 who may not view users sees how many a policy is about, and nobody by name', async ({
  workspace,
  window: page,
  mail,
}) => {
  await enableFor(workspace, mail, OWNER.email);
  await join(workspace, mail, MANAGER);
  const { challengeId } = await workspace.do<{ challengeId: string }>('self.twoStep.sendProofCode', {
    purpose: 'roles',
  });
  await workspace.do('admin.roles.change', {
    role: 'manager',
    permissions: { ...DEFAULT_ROLES.manager, users: 'none' },
    currentPassword: OWNER.password,
    proof: { method: 'email', challengeId, code: await mail.code(OWNER.email) },
  });
  await enterAs(page, mail, MANAGER);
  const region = await openPolicy(page);
  await button(region, 'Preview impact').click();
  const preview = dialog(page, 'If it were mandatory now');
  await expect(preview.getByText(/^1 of 2 people/)).toBeVisible();
  await expect(preview.getByText(/^Names and addresses are shown to those whose role may view Users/)).toBeVisible();
  await expect(preview.getByRole('table')).toHaveCount(0);
  await expect(button(preview, 'Download CSV')).toHaveCount(0);
});

test('R40 the help desk has no way to the policy, and the address alone opens nothing', async ({
  app,
  workspace,
  window: page,
  mail,
}) => {
  await join(workspace, mail, HELPER);
  await enterAs(page, mail, HELPER);
  await expect(page.getByRole('link', { name: 'Workspace settings', exact: true })).toHaveCount(0);
  await page.goto(`${app.origin}/workspace`);
  await expect(page.getByRole('alert')).toContainText('Your role does not allow this');
  await expect(mandatory(page)).toHaveCount(0);
});
