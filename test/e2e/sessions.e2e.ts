import { button, expectHome, givePassword, heading } from './support/flows.ts';
import { expect, onlyLoopback, test } from './support/test.ts';
import { passTime } from './support/time.ts';

const MINUTE = 60_000;

test('before the idle end a warning asks, and staying keeps the session', async ({
  app,
  workspace: _,
  window: page,
}) => {
  await givePassword(page);
  await expectHome(page);
  passTime(app, 13.5 * MINUTE); // an owner's session ends after 15 idle minutes
  await page.reload();
  const warning = page.getByRole('dialog');
  await expect(warning).toBeVisible();
  await button(warning, 'Stay signed in').click();
  await expect(warning).toBeHidden();
  await page.reload();
  await expectHome(page);
  await expect(warning).toBeHidden();
});

test('past the idle end the session is over, and the sign-in screen says why', async ({
  app,
  workspace: _,
  window: page,
}) => {
  await givePassword(page);
  await expectHome(page);
  passTime(app, 16 * MINUTE);
  await page.reload(); // the page may have found out by itself before
  await expect(heading(page, 'Sign in')).toBeVisible();
});

test(
  'past its absolute end a session is over however busy it was',
  onlyLoopback('it speaks HTTP while the window is open'),
  async ({ app, workspace: _, window: page }) => {
    await givePassword(page);
    await expectHome(page);
    const keepAlive = () =>
      page.request.post(`${app.origin}/api/trpc/self.keepAlive`, { data: {}, headers: { origin: app.origin } });
    const answers = [];
    for (let tens = 1; tens <= 72; tens += 1) {
      passTime(app, 10 * MINUTE); // twelve hours in all: an owner's longest session
      answers.push((await keepAlive()).status());
    }
    expect(answers).toEqual([...Array.from({ length: 71 }, () => 200), 401]);
    await page.reload();
    await expect(heading(page, 'Sign in')).toBeVisible();
  },
);

test('a pending sign-in that took too long starts again with the password', async ({
  app,
  protectedWorkspace: _,
  window: page,
}) => {
  await givePassword(page);
  await expect(heading(page, 'Two-step verification')).toBeVisible();
  passTime(app, 11 * MINUTE);
  await page.reload();
  await expect(heading(page, 'Sign in')).toBeVisible();
});
