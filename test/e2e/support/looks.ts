import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect } from '@playwright/test';

/** The smallest window, and what it has room for when the page is zoomed to twice its size (WCAG 1.4.4). */
const SMALLEST = { width: 900, height: 600 };
const SMALLEST_ZOOMED = { width: 450, height: 300 };
const USUAL = { width: 1280, height: 800 };

/**
 * What holds on every screen and dialog: no finding of axe in either colour scheme, and nothing to scroll sideways at
 * 900×600, there at a zoom of 200 %, and in a usual window with text alone at 200 %. With such text no button and no link is
 * cut off at 900×600 either.
 */
export async function expectFitToUse(page: Page, screen: string): Promise<void> {
  await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
  expect(await findings(page, new AxeBuilder({ page })), `${screen}, light`).toEqual([]);
  await page.emulateMedia({ colorScheme: 'dark', reducedMotion: 'reduce' });
  const colours = new AxeBuilder({ page }).withRules(['color-contrast', 'link-in-text-block']); // the others know no scheme
  expect(await findings(page, colours), `${screen}, dark`).toEqual([]);
  await page.setViewportSize(SMALLEST);
  await expectNothingSideways(page, `${screen} at 900×600`);
  await page.setViewportSize(SMALLEST_ZOOMED);
  await expectNothingSideways(page, `${screen} at 900×600 and 200 %`);
  await page.setViewportSize(USUAL);
  await setTextSize(page, '200%');
  await expectNothingSideways(page, `${screen} with text at 200 %`);
  await page.setViewportSize(SMALLEST);
  await expectNothingCut(page, `${screen} at 900×600 with text at 200 %`);
  await page.setViewportSize(USUAL);
  await setTextSize(page, '');
}

async function findings(page: Page, axe: AxeBuilder): Promise<string[]> {
  axe.setLegacyMode(); // else axe opens a page of its own, which Electron has none of
  await page.evaluate(async () => {
    const passing = document.getAnimations().filter((each) => each.effect?.getComputedTiming().endTime !== Infinity);
    await Promise.all(passing.map((each) => each.finished.catch(() => null)));
  });
  const { violations } = await axe.analyze();
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id}: ${html}\n${failureSummary}`),
  );
}

async function expectNothingSideways(page: Page, screen: string): Promise<void> {
  await expect
    .poll(() => page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth), { message: screen })
    .toBeLessThanOrEqual(0);
}

/** Buttons and links of which a part lies beyond an edge that nobody can scroll over, be it their own. */
async function expectNothingCut(page: Page, screen: string): Promise<void> {
  const cut = () =>
    page.evaluate(() => {
      const names: string[] = [];
      for (const control of document.querySelectorAll<HTMLElement>('button, a[href]')) {
        const { left, right, width } = control.getBoundingClientRect();
        // Wholly outside is where a link for keyboards waits until it has the focus.
        if (width <= 1 || right <= 0 || !control.checkVisibility({ visibilityProperty: true, opacityProperty: true }))
          continue;
        const word = control.querySelector('.mantine-Button-label');
        if (word && word.scrollWidth > word.clientWidth + 1) names.push(control.innerText);
        for (let around = control.parentElement; around; around = around.parentElement) {
          const { overflowX } = getComputedStyle(around);
          if (overflowX === 'auto' || overflowX === 'scroll') break;
          if (overflowX === 'visible') continue;
          const edge = around.getBoundingClientRect();
          if (right > edge.right + 1 || left < edge.left - 1) names.push(control.innerText || control.ariaLabel || '');
        }
      }
      return names;
    });
  await expect.poll(cut, { message: screen }).toEqual([]);
}

async function setTextSize(page: Page, size: string): Promise<void> {
  await page.evaluate((value) => {
    document.documentElement.style.fontSize = value;
  }, size);
}
