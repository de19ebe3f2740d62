import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { compose } from '../../../src-main/hosts/compose.ts';
import { dataFolderForTest } from '../support/start-loopback.ts';
import { computer, type StandIn } from './stand-in.ts';
import { startElectron } from './start-electron.ts';

const OWNER = { name: 'Mia', email: 'mia@example.org', password: 'plum-kettle-orbit-7' };

const OWNER_SIGN_IN = { email: OWNER.email, password: OWNER.password };

type Data = Record<string, unknown>;

/** Calls as the page does. */
function pageOf({ fetch }: StandIn) {
  const read = async (response: Response) => {
    const { result, error } = (await response.json()) as {
      result?: { data: Data };
      error?: { data: { domain?: Data } };
    };
    return result?.data ?? error?.data.domain ?? {};
  };
  return {
    query: async (procedure: string) => read(await fetch(`app://vestibule/api/trpc/${procedure}`)),
    mutate: async (procedure: string, input: unknown = {}) =>
      read(
        await fetch(`app://vestibule/api/trpc/${procedure}`, {
          method: 'POST',
          headers: { 'content-type': 'application/json', origin: 'app://vestibule' },
          body: JSON.stringify(input),
        }),
      ),
  };
}

/** The product itself over the stand-in, with a workspace and its owner signed in. */
async function startSignedIn(args: readonly string[] = [], data = dataFolderForTest()) {
  const on = computer();
  const started = startElectron(args, { compose, on, data });
  const window = await started.opened;
  const page = pageOf(started);
  await page.mutate('open.setUp', {
    ...{ workspaceName: 'Acme', ...OWNER, confirmPassword: OWNER.password, template: 'strong' },
  });
  return { started, window, page, on };
}

describe('the product in the Electron host', () => {
  test('S65 a session lives in the host: through reloads, out of the page’s reach, and not beyond the end', async () => {
    const { started, page, on } = await startSignedIn();
    expect(await page.query('open.welcome')).toMatchObject({ stage: 'signedIn' });
    const answers = await Promise.all(
      ['/', '/api/trpc/open.welcome', '/api/trpc/self.me'].map((path) => started.fetch(`app://vestibule${path}`)),
    );
    for (const { headers } of answers) expect([...headers.keys()].join()).not.toContain('cookie');
    started.electron.app.quit();
    await started.ended;
    const again = startElectron([], { compose, on, data: started.data });
    await again.opened;
    expect(await pageOf(again).query('open.welcome')).toMatchObject({ stage: 'signIn' });
  });

  test('Lock ends the session, also for whoever kept its token, and shows the sign-in screen', async () => {
    const { started, window, page } = await startSignedIn();
    const [show, lock] = started.menus.tray;
    expect([show?.label, lock?.label, started.menus.tray[2]?.label]).toEqual(['Show', 'Lock', 'Quit']);
    lock?.click?.();
    await expect.poll(() => window.loaded.length).toBe(2);
    expect([window.loaded.at(-1), await page.query('open.welcome')]).toEqual([
      'app://vestibule/',
      expect.objectContaining({ stage: 'signIn' }),
    ]);
    const login = await page.mutate('open.signIn.withPassword', OWNER_SIGN_IN);
    expect(login).toEqual({ next: 'signedIn' });
    expect(await page.query('self.sessions.list')).toHaveLength(1); // the locked one is gone
  });

  test('the key is in the keychain: on another computer the folder opens nothing, and says so', async () => {
    const { started } = await startSignedIn();
    started.electron.app.quit();
    await started.ended;
    expect(readdirSync(started.data)).not.toContain('vault.key');
    const stolen = startElectron([], { compose, on: computer(), data: started.data });
    expect(await stolen.ended).toBe(1);
    expect(stolen.stderr()).toMatch(/^This computer's keychain does not open this workspace; .*\n$/);
  });

  test('S71 --migrate-vault moves the vault on the way in, and people sign in as before', async () => {
    const { started, on } = await startSignedIn();
    started.electron.app.quit();
    await started.ended;
    for (const [guard, hasFile] of [
      ['keyFile', true],
      ['keychain', false],
    ] as const) {
      const moved = startElectron(['--migrate-vault', guard], { compose, on, data: started.data });
      await moved.opened;
      expect([moved.stdout(), readdirSync(started.data).includes('vault.key')]).toEqual([
        `The vault's guard is the ${guard} now.\n`,
        hasFile,
      ]);
      expect(await pageOf(moved).mutate('open.signIn.withPassword', OWNER_SIGN_IN)).toEqual({ next: 'signedIn' });
      moved.electron.app.quit();
      await moved.ended;
    }
  });

  test('a demonstration leaves nothing in the keychain', async () => {
    const on = computer();
    on.keychain.available = false;
    const demo = startElectron(['--demo'], { compose, on, home: dataFolderForTest() });
    await demo.opened;
    expect(await pageOf(demo).query('open.welcome')).toMatchObject({ demo: { accounts: expect.any(Array) } });
  });
});

describe('a security notice', () => {
  const NEW_PASSWORD = {
    currentPassword: OWNER.password,
    newPassword: 'harbour-lantern-52',
    confirmPassword: 'harbour-lantern-52',
  };

  test('of one’s own is pointed to while the window is not looked at, with nothing secret in it; a click shows the window', async () => {
    const { started, window, page } = await startSignedIn();
    window.focused = false;
    await page.mutate('self.password.change', NEW_PASSWORD);
    await expect.poll(() => started.notifications).toHaveLength(1);
    const [notification] = started.notifications;
    expect(notification).toMatchObject({ options: { title: 'Vestibule', body: 'Your password was changed.' } });
    notification?.emit('click');
    expect([started.done.at(-1), window.focused]).toEqual(['show', true]);
  });

  test('is not repeated to somebody who looks at the window, nor told to somebody else', async () => {
    const { started, window, page } = await startSignedIn();
    const left = () => readdirSync(join(started.data, 'outbox/mail')).length;
    window.focused = true;
    await page.mutate('self.password.change', NEW_PASSWORD);
    await expect.poll(left).toBe(1);
    window.focused = false;
    await page.mutate('self.signOut');
    for (let tries = 0; tries < 10; tries += 1) {
      await page.mutate('open.signIn.withPassword', { email: OWNER.email, password: `wrong-${tries}` });
    }
    await expect.poll(left).toBe(2); // the account is locked, and its owner told by mail
    expect(started.notifications).toEqual([]);
  });
});
