import { DEFAULT_ROLES } from '../../src-main/domain/role.ts';
import { heading } from './support/flows.ts';
import { OWNER } from './support/people.ts';
import { changePolicy, enableFor } from './support/policy.ts';
import { expect, onlyLoopback, test } from './support/test.ts';
import { ADMIN, join, SAILOR } from './support/users.ts';
import { enterAs, mandatory, openPolicyAs, selectNamed } from './support/workspace.ts';

// What a screen asks for by itself it asks for once a minute, which is longer than any of these waits.
const elsewhere = onlyLoopback('it speaks HTTP while the window is open');

test(
  'R23 R28 an admin sees what an owner changes elsewhere, and how far the letters are, without a reload',
  elsewhere,
  async ({ workspace, window: page, mail }) => {
    await enableFor(workspace, mail, OWNER.email);
    await join(workspace, mail, ADMIN);
    const region = await openPolicyAs(page, mail, ADMIN);
    await expect(mandatory(page)).not.toBeChecked();
    await changePolicy(workspace, mail, { enforcement: 'required', complianceDays: 3, trust: '30d' });
    await expect(mandatory(page)).toBeChecked();
    await expect(selectNamed(page, 'Remember devices')).toHaveValue('30d');
    await expect(region.getByText('Emails with instructions went out')).toBeVisible();
    await expect(page.getByRole('complementary', { name: 'Deadline' })).toBeVisible();
  },
);

test(
  'R37 an admin sees an exception that an owner grants elsewhere, and its end',
  elsewhere,
  async ({ workspace, window: page, mail }) => {
    const recoveryCodes = await enableFor(workspace, mail, OWNER.email);
    await join(workspace, mail, ADMIN);
    await join(workspace, mail, SAILOR);
    await openPolicyAs(page, mail, ADMIN);
    await expect(page.getByText('Nobody is excepted')).toBeVisible();
    const people = await workspace.query('admin.people.list', {
      ...{ search: 'keel', status: null, role: null, groupId: null, sort: 'name', direction: 'asc', cursor: null },
    });
    const [sailor] = (people as { data: { rows: { id: string }[] } }).data.rows;
    const proofBy = (index: number) => ({ method: 'recoveryCode', code: recoveryCodes[index] });
    const { id } = await workspace.do('admin.exceptions.grant', {
      target: { accountId: sailor?.id },
      ...{ kind: 'extension', until: Date.now() + 14 * 86_400_000, reason: 'At sea', proof: proofBy(0) },
    });
    await expect(page.getByRole('table', { name: 'Exceptions' })).toContainText('At sea');
    await workspace.do('admin.exceptions.end', { id, proof: proofBy(1) });
    await expect(page.getByText('Nobody is excepted')).toBeVisible();
  },
);

test(
  'R40 S39 what an admin may do changes under their eyes when an owner edits the role',
  elsewhere,
  async ({ workspace, window: page, mail }) => {
    const [recoveryCode] = await enableFor(workspace, mail, OWNER.email);
    await join(workspace, mail, ADMIN);
    await enterAs(page, mail, ADMIN);
    const navigation = page.getByRole('navigation');
    await navigation.getByRole('link', { name: 'Roles', exact: true }).click();
    await expect(heading(page, 'Roles')).toBeVisible();
    const connections = page.getByRole('row', { name: /^Connections/ });
    await expect(connections.getByRole('cell').nth(1)).toContainText('Manage');
    await workspace.do('admin.roles.change', {
      role: 'admin',
      permissions: { ...DEFAULT_ROLES.admin, connections: 'none' },
      currentPassword: OWNER.password,
      proof: { method: 'recoveryCode', code: recoveryCode },
    });
    await expect(connections.getByRole('cell').nth(1)).not.toContainText('Manage');
    await expect(navigation.getByRole('link', { name: 'Connections', exact: true })).toBeHidden();
  },
);
