import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect } from '@playwright/test';

const SMALLEST = { width: 900, height: 600 };

/**
 * What holds on every screen and dialog: no finding of axe in either colour scheme, nothing to scroll sideways at
 * 900×600, and none with text at twice its size.
 */
export async function expectFitToUse(page: Page, screen: string): Promise<void> {
  const before = page.viewportSize();
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    expect(await findings(page), `${screen}, ${colorScheme}`).toEqual([]);
  }
  await page.setViewportSize(SMALLEST);
  await expectNothingSideways(page, `${screen} at 900×600`);
  await setTextSize(page, '200%');
  await expectNothingSideways(page, `${screen} with text at 200 %`);
  await setTextSize(page, '');
  if (before) await page.setViewportSize(before);
}

async function findings(page: Page): Promise<string[]> {
  await page.evaluate(async () => {
    const passing = document.getAnimations().filter((each) => each.effect?.getComputedTiming().endTime !== Infinity);
    await Promise.all(passing.map((each) => each.finished.catch(() => null)));
  });
  const { violations } = await new AxeBuilder({ page }).analyze();
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id}: ${html}\n${failureSummary}`),
  );
}

async function expectNothingSideways(page: Page, screen: string): Promise<void> {
  await expect
    .poll(() => page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth), { message: screen })
    .toBeLessThanOrEqual(0);
}

async function setTextSize(page: Page, size: string): Promise<void> {
  await page.evaluate((value) => {
    document.documentElement.style.fontSize = value;
  }, size);
}
