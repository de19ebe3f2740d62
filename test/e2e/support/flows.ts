import type { Locator, Page } from '@playwright/test';
import { expect } from '@playwright/test';
import type { Mailbox } from './mail.ts';
import { OWNER } from './people.ts';

/** A field by its name (INTERFACE, "Accessible names"), password fields included. */
export function field(within: Page | Locator, name: string): Locator {
  return within.getByLabel(new RegExp(`^${name}(\\s*\\*)?$`)).and(within.locator('input:not([type=radio]), textarea'));
}

export function button(within: Page | Locator, name: string): Locator {
  return within.getByRole('button', { name, exact: true });
}

/** A button or a link: INTERFACE leaves which one open. */
export function way(within: Page | Locator, name: string): Locator {
  return button(within, name).or(within.getByRole('link', { name, exact: true }));
}

export function heading(page: Page, name: string): Locator {
  return page.getByRole('heading', { name, exact: true });
}

export function dialog(page: Page, name: string): Locator {
  return page.getByRole('dialog', { name, exact: true });
}

export function twoStepSwitch(page: Page): Locator {
  return page.getByRole('switch', { name: 'Two-step verification', exact: true });
}

export async function fillSetUp(page: Page, over: Partial<Record<string, string>> = {}): Promise<void> {
  const values = {
    'Workspace name': OWNER.workspaceName,
    'Your name': OWNER.name,
    Email: OWNER.email,
    Password: OWNER.password,
    'Confirm password': OWNER.password,
    ...over,
  };
  for (const [name, value] of Object.entries(values)) await field(page, name).fill(value ?? '');
}

export async function setUp(page: Page): Promise<void> {
  await expect(heading(page, 'Set up your workspace')).toBeVisible();
  await fillSetUp(page);
  await page.getByRole('radio', { name: 'Strong' }).check({ force: true });
  await button(page, 'Create workspace').click();
  await expect(page.getByRole('link', { name: 'Home', exact: true })).toBeVisible();
}

/** First step only: the password. */
export async function givePassword(
  page: Page,
  password: string = OWNER.password,
  email: string = OWNER.email,
): Promise<void> {
  await expect(heading(page, 'Sign in')).toBeVisible();
  await field(page, 'Email').fill(email);
  await field(page, 'Password').fill(password);
  await button(page, 'Sign in').click();
}

export async function signInWithCode(page: Page, mail: Mailbox): Promise<void> {
  await givePassword(page);
  await expect(heading(page, 'Two-step verification')).toBeVisible();
  await giveCode(page, await mail.code(OWNER.email));
  await expectHome(page);
}

/** Types a code where it is asked for; the form goes off by itself at six digits, and **Confirm** stays for those who press it. */
export async function giveCode(within: Page | Locator, code: string): Promise<void> {
  await field(within, 'Verification code').fill(code);
}

export async function chooseRecoveryCode(page: Page): Promise<void> {
  await way(page, 'Try another way').click();
  const choice = way(page, 'Recovery code').or(page.getByRole('menuitem', { name: 'Recovery code', exact: true }));
  await choice.click();
  await expect(field(page, 'Recovery code')).toBeVisible();
}

export async function expectHome(page: Page): Promise<void> {
  await expect(page.getByRole('link', { name: 'Home', exact: true })).toBeVisible();
}

export async function openProfile(page: Page): Promise<void> {
  await page.getByRole('navigation').getByRole('link', { name: 'Profile settings', exact: true }).click();
  await expect(page.getByRole('region', { name: 'Security', exact: true })).toBeVisible();
}

export async function signOut(page: Page): Promise<void> {
  await button(page, 'Account menu').click();
  await button(page, 'Sign out')
    .or(page.getByRole('menuitem', { name: 'Sign out', exact: true }))
    .click();
  await expect(heading(page, 'Sign in')).toBeVisible();
}

/** Switches two-step verification on in the profile and stops at the recovery codes. */
export async function enableUpToCodes(page: Page, mail: Mailbox): Promise<string[]> {
  await twoStepSwitch(page).click({ force: true });
  const enable = dialog(page, 'Enable two-step verification');
  await button(enable, 'Send code').click();
  await giveCode(enable, await mail.code(OWNER.email));
  return readRecoveryCodes(page);
}

export async function readRecoveryCodes(page: Page): Promise<string[]> {
  const save = dialog(page, 'Save your recovery codes');
  const items = save.getByRole('list', { name: 'Recovery codes', exact: true }).getByRole('listitem');
  await expect(items).toHaveCount(10);
  const texts = await items.allInnerTexts();
  return texts.map((text) => text.trim());
}

export async function saveCodes(page: Page): Promise<void> {
  const save = dialog(page, 'Save your recovery codes');
  await save.getByRole('checkbox', { name: 'I have saved these codes', exact: true }).check({ force: true });
  await button(save, 'Done').click();
  await expect(save).toBeHidden();
}
