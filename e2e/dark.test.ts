import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { asPerson, axe, openBrowser, signIn } from './harness.ts';

// The pages a specialist has open all day, in the dark theme; axe does not look at the examples in empty fields.
const base = inject('demo2023');
let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser.close());

/** The least contrast of the examples that empty fields of the page show. */
const exampleContrast = (page: Page): Promise<number> =>
  page.evaluate(() => {
    const channels = (colour: string): number[] => (colour.match(/[\d.]+/g) ?? []).slice(0, 3).map(Number);
    const luminance = (colour: string): number => {
      const [r = 0, g = 0, b = 0] = channels(colour).map((channel) => {
        const part = channel / 255;
        return part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
      });
      return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    const ratios = [...document.querySelectorAll('input[placeholder]')].map((input) => {
      const [low = 0, high = 0] = [
        luminance(getComputedStyle(input, '::placeholder').color),
        luminance(getComputedStyle(input).backgroundColor),
      ].sort((a, b) => a - b);
      return (high + 0.05) / (low + 0.05);
    });
    return Math.min(21, ...ratios);
  });

it('is read in the dark: inbox, list, a dossier with an act open, warnings, search', () =>
  asPerson(browser, base, 'dark', async (page) => {
    await page.emulateMedia({ colorScheme: 'dark' });
    await signIn(page, 'hatang.hiepduc', 2023);
    for (const address of ['/cong-viec', '/ho-so', '/canh-bao', '/tim-kiem', '/tre-han']) {
      await page.goto(`/can-bo${address}`);
      await page.locator('h1').first().waitFor();
      await expect.poll(() => page.locator('main .loading').count()).toBe(0);
      await axe(page);
      expect(await exampleContrast(page), address).toBeGreaterThanOrEqual(4.5);
    }
    await page.goto('/can-bo/cong-viec');
    await page.locator('tbody tr a').first().click();
    const actions = page.locator('.dossier__actions');
    await actions.getByRole('button').last().click();
    await actions.locator('form').waitFor();
    await axe(page);
  }));
