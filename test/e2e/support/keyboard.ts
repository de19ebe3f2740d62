import type { Locator, Page } from '@playwright/test';
import { expect } from '@playwright/test';

const ENOUGH = 60;

/** Tabs on until what has the focus has this name and a ring around it, as a person does who sees where they are. */
export async function tabTo(page: Page, name: string | RegExp, role?: string): Promise<void> {
  for (let presses = 0; presses < ENOUGH; presses += 1) {
    await page.keyboard.press('Tab');
    const focused = page.locator(':focus');
    if ((await focused.count()) === 0) continue;
    const snapshot = await focused.first().ariaSnapshot();
    const [, foundRole = '', foundName = ''] = /^- (\w+)(?: "([^"]*)")?/.exec(snapshot) ?? [];
    const named = typeof name === 'string' ? foundName === name : name.test(foundName);
    if (named && (role === undefined || foundRole === role)) return expectRing(focused.first());
  }
  throw new Error(`Tab never reached ${name}`);
}

/** Goes down an open menu to an item, and takes it. */
export async function takeItem(page: Page, name: string): Promise<void> {
  await page.getByRole('menuitem').first().and(page.locator(':focus')).waitFor();
  const item = page.getByRole('menuitem', { name, exact: true });
  for (let presses = 0; presses < ENOUGH; presses += 1) {
    if (await item.evaluate((element) => element === document.activeElement)) return page.keyboard.press('Enter');
    await page.keyboard.press('ArrowDown');
  }
  throw new Error(`the arrows never reached ${name}`);
}

/** It has the focus, and shows that it has. */
export async function expectFocus(element: Locator): Promise<void> {
  await expect(element).toBeFocused();
  await expectRing(element);
}

/** A switch and a password draw the ring around what stands beside or around the element itself. */
async function expectRing(element: Locator): Promise<void> {
  const drawn = () =>
    element.evaluate((focused) =>
      [focused, focused.parentElement, focused.nextElementSibling].some((each) => {
        if (!each) return false;
        const { outlineStyle, outlineWidth } = getComputedStyle(each);
        return outlineStyle !== 'none' && Number.parseFloat(outlineWidth) > 0;
      }),
    );
  await expect.poll(drawn, 'a ring shows where the focus is').toBe(true);
}
