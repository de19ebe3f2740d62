import type { Locator, Page } from '@playwright/test';
import { expect } from '@playwright/test';
import { button, dialog, expectHome, giveCode, givePassword, heading } from './flows.ts';
import type { Mailbox } from './mail.ts';
import { OWNER } from './people.ts';

type Who = { readonly email: string; readonly password: string };

/** Signs in, with the mailed code where one is asked for. */
export async function enterAs(page: Page, mail: Mailbox, who: Who = OWNER): Promise<void> {
  await givePassword(page, who.password, who.email);
  const home = page.getByRole('link', { name: 'Home', exact: true });
  await expect(home.or(heading(page, 'Two-step verification'))).toBeVisible();
  if (!(await home.isVisible())) await giveCode(page, await mail.code(who.email));
  await expectHome(page);
}

/** Opens the page of the policy, and gives its region. */
export async function openPolicy(page: Page): Promise<Locator> {
  await page.getByRole('navigation').getByRole('link', { name: 'Workspace settings', exact: true }).click();
  const region = page.getByRole('region', { name: 'Two-step verification policy', exact: true });
  await expect(region).toBeVisible();
  return region;
}

export async function openPolicyAs(page: Page, mail: Mailbox, who: Who = OWNER): Promise<Locator> {
  await enterAs(page, mail, who);
  return openPolicy(page);
}

export function mandatory(page: Page): Locator {
  return page.getByRole('switch', { name: 'Mandatory two-step verification', exact: true });
}

/** Asks for the mailed code in an open dialog and answers it, and the dialog closes. */
export async function confirmByMail(page: Page, mail: Mailbox, title: string): Promise<void> {
  const asked = dialog(page, title);
  await button(asked, 'Send code').click();
  await giveCode(asked, await mail.code(OWNER.email));
  await expect(asked).toBeHidden();
}

export function selectNamed(page: Page, name: string): Locator {
  return page.getByRole('combobox', { name, exact: true });
}
