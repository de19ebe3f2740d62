import { dialog, expectHome, givePassword } from './support/flows.ts';
import { expect, onlyLoopback, test } from './support/test.ts';

test(
  'a window at rest notices by itself that the program behind it has stopped',
  onlyLoopback('Electron’s window goes with its program'),
  async ({ app, workspace: _, browser }) => {
    // Not the window of the other tests: here the console may say that nothing answers.
    const page = await browser.newPage();
    await page.goto(await app.link());
    await givePassword(page);
    await expectHome(page);
    await app.end();
    await expect(dialog(page, 'Vestibule is not running any more')).toBeVisible();
    await page.close();
  },
);
