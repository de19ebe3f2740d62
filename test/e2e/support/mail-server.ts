import { writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Locator, Page } from '@playwright/test';
import { newAuthority } from '../../support/mail/certificate.ts';
import { type FaultySmtp, startFaultySmtp } from '../../support/mail/start-faulty-smtp.ts';
import { ACCOUNT, type SmtpPeer, startSmtpPeer } from '../../support/mail/start-smtp-peer.ts';
import { button, dialog, field } from './flows.ts';
import { OWNER } from './people.ts';
import { test as base, expect } from './test.ts';
import type { Visitor } from './visitor.ts';

interface Servers {
  /** Makes the app trust the servers' authority, as NODE_EXTRA_CA_CERTS does for any program on Node. */
  authority: ReturnType<typeof newAuthority>;
  /** A real mail server with STARTTLS and ACCOUNT. */
  server: SmtpPeer;
  /** One whose steps fail as told. */
  faulty: FaultySmtp;
}

/** The app beside mail servers of the tests' own. */
export const test = base.extend<Servers>({
  // biome-ignore lint/correctness/noEmptyPattern: the runner reads the pattern to know what a fixture needs
  authority: async ({}, use, info) => {
    const authority = newAuthority();
    const file = path.join(info.project.outputDir, `authority-${info.parallelIndex}-${info.testId}.pem`);
    writeFileSync(file, authority.cert);
    process.env.NODE_EXTRA_CA_CERTS = file;
    await use(authority);
    delete process.env.NODE_EXTRA_CA_CERTS;
  },
  // The app reads the variable when it starts.
  app: async ({ authority: _, app }, use) => use(app),
  server: async ({ authority }, use) => {
    const server = await startSmtpPeer(authority.issue());
    await use(server);
    await server.stop();
  },
  faulty: async ({ authority }, use) => {
    const faulty = await startFaultySmtp(authority.issue());
    await use(faulty);
    faulty.stop();
  },
});

export { expect };

/** The settings for a server of the tests, as the screen sends them. */
export function settingsFor({ port }: { readonly port: number }) {
  return {
    ...{ host: 'localhost', port, tls: 'startTls', allowPlain: false },
    ...{ auth: 'password', user: ACCOUNT.user, secret: ACCOUNT.password },
    ...{ fromName: 'Harbour Office', fromAddress: 'security@harbour.example' },
    ...{ dkim: false, dkimDomain: '', dkimSelector: '', dkimKey: '' },
  };
}

/** Sets a mail server up without the screen, while two-step verification is off. */
export async function connect(visitor: Visitor, server: { readonly port: number }): Promise<void> {
  await visitor.do('admin.connections.save', {
    ...settingsFor(server),
    currentPassword: OWNER.password,
    proof: null,
  });
}

export function smtpRegion(page: Page): Locator {
  return page.getByRole('region', { name: 'Email (SMTP)', exact: true });
}

export async function openConnections(page: Page): Promise<Locator> {
  await page.getByRole('navigation').getByRole('link', { name: 'Connections', exact: true }).click();
  await expect(smtpRegion(page)).toBeVisible();
  return smtpRegion(page);
}

export async function fillSmtp(region: Locator, server: { readonly port: number }, password = ACCOUNT.password) {
  const values = {
    ...{ Host: 'localhost', Port: String(server.port), User: ACCOUNT.user, Password: password },
    ...{ 'Sender name': 'Harbour Office', 'Sender address': 'security@harbour.example' },
  };
  for (const [name, value] of Object.entries(values)) await field(region, name).fill(value);
}

/** Saves, and proves who it is by the password: two-step verification is off. */
export async function saveSmtp(page: Page, region: Locator): Promise<void> {
  await button(region, 'Save').click();
  const proof = dialog(page, 'Save mail server');
  await field(proof, 'Current password').fill(OWNER.password);
  await button(proof, 'Confirm').click();
  await expect(proof).toBeHidden();
}
