import type { FaultySmtp } from '../support/mail/start-faulty-smtp.ts';
import { startApp } from './support/app.ts';
import {
  button,
  chooseRecoveryCode,
  dialog,
  expectHome,
  field,
  giveCode,
  givePassword,
  heading,
  setUp,
} from './support/flows.ts';
import { expectFitToUse } from './support/looks.ts';
import { connect, expect, fillSmtp, openConnections, saveSmtp, smtpRegion, test } from './support/mail-server.ts';
import { OWNER } from './support/people.ts';
import { onlyLoopback } from './support/test.ts';
import type { Visitor } from './support/visitor.ts';

test.beforeEach(() => test.slow());

test('R50 R51 a mail server is tried out, saved, used for the next code, and removed again', async ({
  app,
  server,
  window: page,
}) => {
  await setUp(page);
  const banner = page.getByText('No mail server is set up');
  await expect(banner).toBeVisible();
  const region = await openConnections(page);
  await expect(page.getByRole('region', { name: 'Outbox', exact: true })).toBeVisible();
  await expectFitToUse(page, 'connections, nothing set up');

  await button(region, 'Save').click();
  await expect(region.getByRole('alert')).toBeVisible();
  await expect(field(region, 'Host')).toBeFocused();
  await expect(field(region, 'Host')).toHaveAttribute('aria-invalid', 'true');

  await fillSmtp(region, server, 'not the password');
  await button(region, 'Send test').click();
  await expect(region.getByRole('alert')).toContainText('does not accept the sign-in');
  await expect(region.getByRole('alert')).toContainText('The server said: “535');
  await expectFitToUse(page, 'connections, test failed');
  await expect(banner).toBeVisible();

  await fillSmtp(region, server);
  await button(region, 'Send test').click();
  await expect(region.getByText('The mail server took the test')).toBeVisible();
  const trial = await server.next();
  expect(trial).toMatchObject({ to: [OWNER.email], secure: true });
  expect(trial.mail.subject).toBe(`Test message from ${OWNER.workspaceName}`);
  await expect(banner).toBeVisible();

  await saveSmtp(page, region);
  await expect(banner).toBeHidden();
  await expect(page.getByRole('link', { name: 'Outbox', exact: true })).toBeHidden();
  await expect(page.getByRole('region', { name: 'Outbox', exact: true })).toBeHidden();
  await expect(field(smtpRegion(page), 'Host')).toHaveValue('localhost');
  await expect(field(smtpRegion(page), 'Password')).toHaveValue('');
  await expectFitToUse(page, 'connections, set up');

  await page.getByRole('link', { name: 'Profile settings', exact: true }).click();
  await page.getByRole('switch', { name: 'Two-step verification', exact: true }).click({ force: true });
  const enable = dialog(page, 'Enable two-step verification');
  await button(enable, 'Send code').click();
  const { mail, secure } = await server.next();
  expect(secure).toBe(true);
  await giveCode(enable, mail.text?.match(/\b\d{6}\b/)?.[0] ?? '');
  await expect(dialog(page, 'Save your recovery codes')).toBeVisible();
  await page.reload();
  await expectHome(page);

  await openConnections(page);
  await button(page, 'Remove mail server').click();
  const removal = dialog(page, 'Remove mail server');
  await expect(removal.getByRole('radiogroup', { name: 'Proof' })).toBeVisible();
  await expectFitToUse(page, 'connections, removal');
  await field(removal, 'Current password').fill(OWNER.password);
  await server.next(); // the notice that two-step verification is on
  await button(removal, 'Send code').click();
  const proof = await server.next();
  await giveCode(removal, proof.mail.text?.match(/\b\d{6}\b/)?.[0] ?? '');
  await expect(removal).toBeHidden();
  await expect(banner).toBeVisible();

  const kept = app.bytesIn('.') + app.printed();
  for (const secret of ['a mailbox of one’s own', 'not the password']) {
    expect(kept.includes(secret), 'S70 S80 no mail password in the data folder or on screen').toBe(false);
  }
});

/** A workspace that sends through `faulty`, its owner enrolled and signed out; gives the recovery codes. */
async function protectedThrough(faulty: FaultySmtp, workspace: Visitor): Promise<readonly string[]> {
  await connect(workspace, faulty);
  const { challengeId } = await workspace.do<{ challengeId: string }>('self.twoStep.sendEnableCode', {
    method: 'email',
  });
  await expect.poll(() => faulty.kept.length).toBe(1);
  const code = faulty.kept[0]?.match(/^\d{6}$/m)?.[0];
  const { recoveryCodes } = await workspace.do<{ recoveryCodes: string[] }>('self.twoStep.enable', {
    challengeId,
    code,
  });
  await expect.poll(() => faulty.kept.length).toBe(2); // the notice that it is on
  await workspace.do('self.signOut');
  return recoveryCodes;
}

const SENDING = /Sending a code/;
const NOT_YET = /has not taken the code/;
const FAILED = /could not be delivered/;

for (const [what, step, fault, words] of [
  ['hangs', 'DATA', 'hang', SENDING],
  ['breaks the line off', 'MAIL', 'drop', NOT_YET],
  ['refuses the address for good', 'RCPT', { reply: '550 5.1.1 no such user' }, FAILED],
] as const) {
  test(
    `S59 R51 a mail server that ${what}: the screen says so and lives, the second step is not skipped, another way goes in`,
    onlyLoopback('it speaks HTTP while the window is open'),
    async ({ app, faulty, workspace, window: page }) => {
      const codes = await protectedThrough(faulty, workspace);
      faulty.fail(step, fault);
      await givePassword(page);
      await faulty.reached();
      await expect(page.getByText(words)).toBeVisible();
      expect((await page.request.get(`${app.origin}/api/trpc/self.me`)).status()).toBe(401);
      await page.goto(app.origin);
      await expect(heading(page, 'Two-step verification')).toBeVisible();
      await expectFitToUse(page, `second step while the mail server ${what}`);
      await chooseRecoveryCode(page);
      await field(page, 'Recovery code').fill(codes[0] ?? '');
      await button(page, 'Confirm').click();
      await expectHome(page);
    },
  );
}

test(
  'S39 a member has no way to the connections, and the address alone opens none',
  onlyLoopback('it opens pages with links of its own'),
  async ({ page }) => {
    const app = await startApp(['--demo']);
    await page.goto(await app.link());
    await page.getByRole('button', { name: /Jonas Weber/ }).click();
    await button(page, 'Sign in').click();
    await expectHome(page);
    await expect(page.getByRole('link', { name: 'Connections', exact: true })).toBeHidden();
    await page.goto(`${app.origin}/connections`);
    await expect(page.getByRole('alert')).toContainText('Your role does not allow this');
    await expect(smtpRegion(page)).toBeHidden();
    await app.stop();
  },
);
