import type { Locator, Page } from '@playwright/test';
import { expect } from '@playwright/test';
import type { Role } from '../../../src-main/domain/account.ts';
import { button, dialog, expectHome, field, giveCode, givePassword, heading } from './flows.ts';
import type { Mailbox } from './mail.ts';
import { OWNER } from './people.ts';
import { enableFor, stepUpOf } from './policy.ts';
import type { Visitor } from './visitor.ts';

/** Somebody of the workspace beside its owner; their password is neither common nor theirs. */
export interface Colleague {
  readonly name: string;
  readonly email: string;
  readonly role: Role;
  readonly password: string;
}

const colleague = (name: string, role: Role): Colleague => {
  const first = name.split(' ')[0]?.toLowerCase() ?? '';
  return { name, email: `${first}@harbour.example`, role, password: `ferry-${role}-17-anchor` };
};

export const ADMIN = colleague('Ingrid Moor', 'admin');
export const MANAGER = colleague('Pablo Reed', 'manager');
export const HELPER = colleague('Sana Cliff', 'helpDesk');
export const SAILOR = colleague('Otis Keel', 'member');

/** The owner adds somebody, who joins elsewhere and stays signed in there. For a role above member the owner gets two-step verification. */
export async function join(owner: Visitor, mail: Mailbox, who: Colleague): Promise<Visitor> {
  const { name, email, role, password } = who;
  const stepUp = role === 'member' ? undefined : await stepUpOf(owner, mail);
  await owner.do('admin.users.add', { name, email, phone: null, role, stepUp });
  const visitor = owner.stranger();
  const code = await mail.longCode(email);
  await visitor.do('open.invitation.accept', { code, password, confirmPassword: password });
  return visitor;
}

/** Ditto, and they have two-step verification. */
export async function joinProtected(owner: Visitor, mail: Mailbox, who: Colleague): Promise<Visitor> {
  const visitor = await join(owner, mail, who);
  await enableFor(visitor, mail, who.email);
  return visitor;
}

/** Signs in, with the mailed code where one is asked for, and opens the list. */
export async function openUsersAs(
  page: Page,
  mail: Mailbox,
  who: { readonly email: string; readonly password: string } = OWNER,
): Promise<Locator> {
  await givePassword(page, who.password, who.email);
  const home = page.getByRole('link', { name: 'Home', exact: true });
  await expect(home.or(heading(page, 'Two-step verification'))).toBeVisible();
  if (!(await home.isVisible())) await giveCode(page, await mail.code(who.email));
  await expectHome(page);
  return openUsers(page);
}

export async function openUsers(page: Page): Promise<Locator> {
  await page.getByRole('navigation').getByRole('link', { name: 'Users', exact: true }).click();
  const table = page.getByRole('table', { name: 'Users', exact: true });
  await expect(table).toBeVisible();
  await expect(table).toHaveAttribute('aria-busy', 'false');
  return table;
}

export const rowOf = (table: Locator, name: string) => table.getByRole('row').filter({ hasText: name });

/** Opens the menu of a row, and gives it. */
export async function openMenu(page: Page, name: string): Promise<Locator> {
  await button(page, `Actions for ${name}`).click();
  return page.getByRole('menu');
}

export async function choose(page: Page, name: string, act: string): Promise<void> {
  const menu = await openMenu(page, name);
  await menu.getByRole('menuitem', { name: act, exact: true }).click();
}

/** Password and mailed code, in a dialog that asks for both. */
export async function prove(
  page: Page,
  mail: Mailbox,
  title: string,
  who = OWNER as { email: string; password: string },
) {
  const asked = dialog(page, title);
  await field(asked, 'Current password').fill(who.password);
  await button(asked, 'Send code').click();
  await giveCode(asked, await mail.code(who.email));
  await expect(asked).toBeHidden();
}
