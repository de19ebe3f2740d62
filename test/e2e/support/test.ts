import { test as base, expect, type Page } from '@playwright/test';
import { type App, startApp } from './app.ts';
import { startElectronApp } from './electron-app.ts';
import { Mailbox } from './mail.ts';
import { OWNER } from './people.ts';
import { Visitor } from './visitor.ts';

/** What a project of the suite sets. */
export interface HostOption {
  host: 'loopback' | 'electron';
}

interface Fixtures {
  app: App;
  mail: Mailbox;
  /** The app in a browser window that was let in, or in Electron's own, at its first screen. */
  window: Page;
  /** Another browser profile of the same person, let in likewise. */
  secondWindow: Page;
  /** A workspace with its owner, made without the screens and before the window: for tests about something else. */
  workspace: Visitor;
  /** Ditto with two-step verification active: the recovery codes. */
  protectedWorkspace: readonly string[];
}

export const test = base.extend<Fixtures & HostOption>({
  host: ['loopback', { option: true }],

  app: async ({ host }, use) => {
    const app = await (host === 'electron' ? startElectronApp() : startApp());
    await use(app);
    await app.stop();
  },

  mail: async ({ app }, use) => use(new Mailbox(app.data)),

  window: async ({ app, page }, use) => {
    const window = (await app.ownWindow()) ?? page;
    const complaints = listenForComplaints(window);
    await window.goto(await app.link());
    await use(window);
    expect(complaints, 'errors on the console or against the content security policy').toEqual([]);
  },

  secondWindow: async ({ app, browser }, use) => {
    const context = await browser.newContext();
    const page = await context.newPage();
    const complaints = listenForComplaints(page);
    await page.goto(await app.link());
    await use(page);
    await context.close();
    expect(complaints, 'errors on the console or against the content security policy').toEqual([]);
  },

  workspace: async ({ app }, use) => {
    const visitor = await Visitor.enter(app);
    await visitor.do('open.setUp', { ...OWNER, confirmPassword: OWNER.password, template: 'strong' });
    await use(visitor);
  },

  protectedWorkspace: async ({ workspace, mail }, use) => {
    const { challengeId } = await workspace.do<{ challengeId: string }>('self.twoStep.sendEnableCode', {
      method: 'email',
    });
    const code = await mail.code(OWNER.email);
    const { recoveryCodes } = await workspace.do<{ recoveryCodes: string[] }>('self.twoStep.enable', {
      challengeId,
      code,
    });
    await workspace.do('self.signOut');
    await use(recoveryCodes);
  },
});

export { expect };

/** Marks a test that Electron is not asked to pass: its project leaves out what has the tag. */
export function onlyLoopback(why: string) {
  return { tag: '@loopback', annotation: { type: 'only in the loopback host', description: why } };
}

/** An answer of 4xx is a refusal that the screen explains; the browser writes it to its console all the same. */
const REFUSAL = /^Failed to load resource: the server responded with a status of 4\d\d/;

function listenForComplaints(page: Page): string[] {
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(String(error)));
  page.on('console', (message) => {
    const text = message.text();
    const isComplaint = message.type() === 'error' || /content security policy/i.test(text);
    if (isComplaint && !REFUSAL.test(text)) complaints.push(text);
  });
  return complaints;
}
