import { readdirSync } from 'node:fs';
import path from 'node:path';
import { expectHome, givePassword, openProfile, signInWithCode } from './support/flows.ts';
import { OWNER } from './support/people.ts';
import { expect, onlyLoopback, test } from './support/test.ts';

test('R50 a banner says that mail stays here, and the viewer shows one’s own messages', async ({
  protectedWorkspace: _,
  window: page,
  mail,
}) => {
  await signInWithCode(page, mail);
  await expect(page.getByText(/outbox folder/i).first()).toBeVisible();
  await page
    .getByRole('link', { name: /outbox|read it here/i })
    .first()
    .click();
  await page
    .getByText(/sign-in code/i)
    .first()
    .click();
  await expect(page.getByText(/\b\d{6}\b/).first()).toBeVisible();
});

test('R50 messages lie in the folder by time, with a text part and an HTML part that name no secret but the code', async ({
  app,
  protectedWorkspace: _,
  window: page,
  mail,
}) => {
  await signInWithCode(page, mail);
  const names = readdirSync(path.join(app.data, 'outbox/mail'));
  for (const name of names) expect(name).toMatch(/^\d{4}-\d\d-\d\dT\d\d[-:]?\d\d[-:]?\d\d.*\.eml$/);
  for (const email of await mail.all()) {
    expect(email.to?.map(({ address }) => address)).toEqual([OWNER.email]);
    expect(email.text).toBeTruthy();
    expect(email.html).toBeTruthy();
    expect(email.html).not.toMatch(/<script|https?:\/\/(?!127\.0\.0\.1)/i);
  }
});

test(
  'S56 a name made to break out stays inert in screens and mail',
  onlyLoopback('it speaks HTTP while the window is open'),
  async ({ app, page, mail }) => {
    const hostile = `<script>alert(1)</script>"Quay" O'Ada <b>x</b>`;
    await page.goto(await app.link());
    const post = (procedure: string, data: object) =>
      page.request.post(`${app.origin}/api/trpc/${procedure}`, { data, headers: { origin: app.origin } });
    const broken = await post('open.setUp', {
      ...{ ...OWNER, name: 'Ada\r\nBcc: eve@evil.example', confirmPassword: OWNER.password },
      template: 'strong',
    });
    expect(broken.status()).toBe(400);
    const made = await post('open.setUp', {
      ...{ ...OWNER, name: hostile, workspaceName: hostile, confirmPassword: OWNER.password },
      template: 'strong',
    });
    expect(made.ok()).toBe(true);
    await post('self.twoStep.sendEnableCode', { method: 'email' });
    const letter = await mail.next(OWNER.email);
    expect(letter.html).not.toContain('<script>');
    expect(letter.bcc ?? []).toEqual([]);

    let alerted = false;
    page.on('dialog', (dialog) => {
      alerted = true;
      void dialog.dismiss();
    });
    await page.reload();
    await expectHome(page);
    await expect(page.getByText(hostile).first()).toBeVisible();
    await openProfile(page);
    expect(alerted).toBe(false);
    expect(await page.locator('main b').count()).toBe(0);
  },
);

test('a member of nothing sees nobody’s mail on the sign-in screen', async ({
  protectedWorkspace: _,
  window: page,
}) => {
  await givePassword(page);
  await expect(page.getByText(OWNER.email)).toHaveCount(0); // the address is shown in part only
  await expect(
    page
      .getByText(/^a•+@harbour\.example/)
      .or(page.getByText(/a•+@harbour\.example/))
      .first(),
  ).toBeVisible();
});
