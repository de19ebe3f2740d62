import type { Page } from '@playwright/test';
import {
  button,
  dialog,
  expectHome,
  field,
  giveCode,
  givePassword,
  heading,
  openProfile,
  readRecoveryCodes,
  saveCodes,
  signOut,
  way,
} from './support/flows.ts';
import type { Mailbox } from './support/mail.ts';
import { MEMBER, OWNER } from './support/people.ts';
import { addMember, changePolicy, enableFor, inviteMember } from './support/policy.ts';
import { expect, test } from './support/test.ts';
import { passTime } from './support/time.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

const asMember = (page: Page) => givePassword(page, MEMBER.password, MEMBER.email);

async function enrolAtSignIn(page: Page, mail: Mailbox): Promise<void> {
  await expect(heading(page, 'Set up two-step verification')).toBeVisible();
  await button(page, 'Send code').click();
  await giveCode(page, await mail.code(MEMBER.email));
  await readRecoveryCodes(page);
  await saveCodes(page);
  await expectHome(page);
}

test('an invited person joins with the code of the mail, and is in', async ({ workspace, window: page, mail }) => {
  const code = await inviteMember(workspace, mail);
  await way(page, 'I have an invitation').click();
  await expect(heading(page, 'Accept your invitation')).toBeVisible();
  await field(page, 'Invitation code').fill('ABCDE-FGHJK-MNPQR-STVWX');
  await field(page, 'Password').fill(MEMBER.password);
  await field(page, 'Confirm password').fill(MEMBER.password);
  await button(page, 'Join').click();
  await expect(page.getByRole('alert').first()).toContainText('does not work');
  await field(page, 'Invitation code').fill(code.toLowerCase());
  await button(page, 'Join').click();
  await expectHome(page);
  await signOut(page);
  await asMember(page);
  await expectHome(page);
});

test('R26 until the deadline every page says how much time is left, and leads to the way', async ({
  app,
  workspace,
  window: page,
  mail,
}) => {
  await enableFor(workspace, mail, OWNER.email);
  await addMember(workspace, mail);
  await changePolicy(workspace, mail, { enforcement: 'required', complianceDays: 3 });
  passTime(app, 20.5 * HOUR);
  await asMember(page);
  await expectHome(page);
  const notice = page.getByRole('complementary', { name: 'Deadline' });
  await expect(notice).toContainText('2 days 3 hours left');
  await openProfile(page);
  await expect(notice).toBeVisible();
  await notice.getByRole('link', { name: 'Set it up' }).click();
  await expect(dialog(page, 'Enable two-step verification')).toBeVisible();
});

test('R26 S36 after the deadline nothing opens but setting it up, and then the app', async ({
  app,
  workspace,
  window: page,
  mail,
}) => {
  await enableFor(workspace, mail, OWNER.email);
  await addMember(workspace, mail);
  await changePolicy(workspace, mail, { enforcement: 'required', complianceDays: 2 });
  passTime(app, 2 * DAY);
  await asMember(page);
  await expect(heading(page, 'Set up two-step verification')).toBeVisible();
  await page.goto(`${app.origin}/profile`);
  await enrolAtSignIn(page, mail);
  await openProfile(page);
  await expect(page.getByText('Active', { exact: true })).toBeVisible();
});

test('R30 while it is required nobody switches it off for themselves, and the profile says why', async ({
  workspace,
  window: page,
  mail,
}) => {
  await enableFor(workspace, mail, OWNER.email);
  await addMember(workspace, mail);
  await changePolicy(workspace, mail, { enforcement: 'required', complianceDays: 0 });
  await asMember(page);
  await enrolAtSignIn(page, mail);
  await openProfile(page);
  await expect(page.getByRole('switch', { name: 'Two-step verification', exact: true })).toBeDisabled();
  await expect(page.getByText('Your workspace requires it')).toBeVisible();
});

test('R26 where policy refuses, whoever is late is told so after the right password, and whom to ask', async ({
  workspace,
  window: page,
  mail,
}) => {
  await enableFor(workspace, mail, OWNER.email);
  await addMember(workspace, mail);
  await changePolicy(workspace, mail, { enforcement: 'required', complianceDays: 0, afterDeadline: 'block' });
  await givePassword(page, 'not the right one', MEMBER.email);
  await expect(page.getByRole('alert').first()).toContainText('Email or password is not right');
  await asMember(page);
  await expect(page.getByRole('alert').first()).toContainText('The time to set up two-step verification is over');
  await expect(page.getByRole('alert').first()).toContainText('ask an admin');
});

test('R18 a remembered device is spared the code until it is revoked', async ({ workspace, window: page, mail }) => {
  await enableFor(workspace, mail, OWNER.email);
  await changePolicy(workspace, mail, { trust: '7d' });
  await givePassword(page);
  await expect(heading(page, 'Two-step verification')).toBeVisible();
  await page.getByRole('checkbox', { name: 'Remember this device' }).check({ force: true });
  await giveCode(page, await mail.code(OWNER.email));
  await expectHome(page);
  await signOut(page);
  await givePassword(page);
  await expectHome(page);
  await openProfile(page);
  const devices = page.getByRole('table', { name: 'Trusted devices' });
  await expect(devices).toContainText('This device');
  await devices.getByRole('button', { name: /^Revoke / }).click();
  await expect(devices).toBeHidden();
  await signOut(page);
  await givePassword(page);
  await expect(heading(page, 'Two-step verification')).toBeVisible();
});

test('R18 where policy says never, remembering is not offered', async ({ protectedWorkspace: _, window: page }) => {
  await givePassword(page);
  await expect(heading(page, 'Two-step verification')).toBeVisible();
  await expect(page.getByRole('checkbox', { name: 'Remember this device' })).toHaveCount(0);
});

test('R20 from an address that is not on the list the sign-in says so, and works after the change', async ({
  workspace,
  window: page,
  mail,
}) => {
  await enableFor(workspace, mail, OWNER.email);
  await addMember(workspace, mail);
  const { rows } = (await workspace
    .query('admin.people.list', {
      search: MEMBER.email,
      status: null,
      role: null,
      groupId: null,
      sort: 'name',
      direction: 'asc',
      cursor: null,
    })
    .then((answer) => (answer.ok ? answer.data : { rows: [] }))) as { rows: { id: string }[] };
  const id = rows[0]?.id ?? '';
  await workspace.do('admin.users.setAllowlist', { id, text: '203.0.113.7', confirmed: false });
  await asMember(page);
  await expect(page.getByRole('alert').first()).toContainText('Signing in from here is not allowed');
  const { challengeId } = await workspace.do<{ challengeId: string }>('self.twoStep.sendProofCode', {
    purpose: 'allowlist',
  });
  const proof = { method: 'email', challengeId, code: await mail.code(OWNER.email) };
  const stepUp = { currentPassword: OWNER.password, proof };
  await workspace.do('admin.users.setAllowlist', { id, text: '', confirmed: false, stepUp });
  await button(page, 'Sign in').click();
  await expectHome(page);
});
