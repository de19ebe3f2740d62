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
  way,
} from './support/flows.ts';
import { expectFitToUse } from './support/looks.ts';
import { MEMBER, OWNER } from './support/people.ts';
import { addMember, changePolicy, enableFor } from './support/policy.ts';
import { expect, test } from './support/test.ts';

test.beforeEach(() => test.setTimeout(180_000));

test('accepting an invitation is fit to use, with and without complaints', async ({ workspace: _, window: page }) => {
  await way(page, 'I have an invitation').click();
  await expect(heading(page, 'Accept your invitation')).toBeVisible();
  await expectFitToUse(page, 'invitation');
  await field(page, 'Invitation code').fill('ABCDE-FGHJK-MNPQR-STVWX');
  await field(page, 'Password').fill(MEMBER.password);
  await field(page, 'Confirm password').fill(MEMBER.password);
  await button(page, 'Join').click();
  await expect(page.getByRole('alert').first()).toContainText('does not work');
  await expectFitToUse(page, 'invitation refused');
});

test('setting it up at sign-in is fit to use, step by step', async ({ workspace, window: page, mail }) => {
  await enableFor(workspace, mail, OWNER.email);
  await addMember(workspace, mail);
  await changePolicy(workspace, mail, { enforcement: 'required', complianceDays: 0 });
  await givePassword(page, MEMBER.password, MEMBER.email);
  await expect(heading(page, 'Set up two-step verification')).toBeVisible();
  await expectFitToUse(page, 'enrol, method');
  await button(page, 'Send code').click();
  await expect(field(page, 'Verification code')).toBeFocused();
  await expectFitToUse(page, 'enrol, code');
  await giveCode(page, await mail.code(MEMBER.email));
  await readRecoveryCodes(page);
  await expectFitToUse(page, 'enrol, recovery codes');
  await saveCodes(page);
  await openProfile(page);
  await expect(page.getByRole('switch', { name: 'Two-step verification', exact: true })).toBeDisabled();
  await expectFitToUse(page, 'profile, required');
});

test('the deadline on every page is fit to use, and the refusal after it', async ({
  workspace,
  window: page,
  mail,
}) => {
  await enableFor(workspace, mail, OWNER.email);
  await addMember(workspace, mail);
  await changePolicy(workspace, mail, { enforcement: 'required', complianceDays: 0, afterDeadline: 'block' });
  await givePassword(page, MEMBER.password, MEMBER.email);
  await expect(page.getByRole('alert').first()).toContainText('The time to set up two-step verification is over');
  await expectFitToUse(page, 'refused after the deadline');
  await changePolicy(workspace, mail, { complianceDays: 3 });
  await button(page, 'Sign in').click();
  await expectHome(page);
  await expect(page.getByRole('complementary', { name: 'Deadline' })).toContainText('left, until');
  await expectFitToUse(page, 'home with the deadline');
  await openProfile(page);
  await expectFitToUse(page, 'profile with the deadline');
});

test('R18 remembering a device is fit to use, and keeps its tick while one looks at other ways', async ({
  workspace,
  window: page,
  mail,
}) => {
  await enableFor(workspace, mail, OWNER.email);
  await changePolicy(workspace, mail, { trust: '7d' });
  await givePassword(page);
  const remember = page.getByRole('checkbox', { name: 'Remember this device' });
  await expect(remember).toBeVisible();
  await expectFitToUse(page, 'second step with remembering');
  await remember.check({ force: true });
  await way(page, 'Try another way').click();
  await way(page, 'Email code').click();
  await expect(remember).toBeChecked();
  await giveCode(page, await mail.code(OWNER.email));
  await expectHome(page);
  await openProfile(page);
  await expect(page.getByRole('table', { name: 'Trusted devices' })).toContainText('This device');
  await expectFitToUse(page, 'trusted devices');
  await button(page, 'Change password').click();
  await expect(dialog(page, 'Change password')).toBeVisible();
  await expectFitToUse(page, 'change of password over the profile');
});
