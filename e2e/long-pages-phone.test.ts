import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { asPerson, axe, openBrowser, shot, signIn } from './harness.ts';

// Long pages of the console on a telephone: what matters first, the rest behind lines that open it, whole on paper.
const base = inject('demo2023');
const LONGEST = 8000;
let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser.close());

const heightOf = (page: Page): Promise<number> => page.evaluate(() => document.documentElement.scrollHeight);
const onPhone = (name: string, work: (page: Page) => Promise<void>): Promise<void> =>
  asPerson(
    browser,
    base,
    name,
    async (page) => {
      await signIn(page, 'chutich.hiepduc', 2023);
      await work(page);
    },
    { width: 360 },
  );

it('causes of lateness: filters, sums and the parts of each dossier open on demand', () =>
  onPhone('phone-lateness', async (page) => {
    await page.goto('/can-bo/tre-han');
    const more = page.getByRole('button', { name: 'Xem thêm' });
    await more.waitFor();
    expect(await heightOf(page)).toBeLessThan(LONGEST);
    await shot(page, 'phone-lateness');

    const state = page.getByLabel('Hồ sơ', { exact: true });
    expect(await state.isVisible()).toBe(false);
    await page.getByRole('button', { name: 'Bộ lọc' }).click();
    await state.selectOption('open');
    await page.getByRole('button', { name: 'Bộ lọc' }).click();
    await page.waitForURL(/ho_so=open/);
    await page.goto('/can-bo/tre-han');
    await more.waitFor();

    const totals = page.locator('#totals-body');
    expect(await totals.isVisible()).toBe(false);
    await page.getByRole('button', { name: /tổng cộng trễ/ }).click();
    expect(await totals.isVisible()).toBe(true);

    const parts = page.locator('.late-parts').first();
    expect(await parts.isVisible()).toBe(false);
    await page
      .getByRole('button', { name: /phần, lâu nhất/ })
      .first()
      .click();
    expect(await parts.isVisible()).toBe(true);
    await axe(page);

    await page.emulateMedia({ media: 'print' });
    expect(await page.locator('.late-parts').last().isVisible()).toBe(true);
    expect(await page.getByRole('button', { name: /phần, lâu nhất/ }).count()).toBe(0);
  }));

it('figures: the number first, its parts folded; the way to the dossiers behind it opens them', () =>
  onPhone('phone-figures', async (page) => {
    await page.goto('/can-bo/so-lieu');
    const rows = page.locator('#rows-body');
    await rows.waitFor({ state: 'attached' });
    expect(await heightOf(page)).toBeLessThan(LONGEST / 2);
    await shot(page, 'phone-figures');
    expect(await rows.isVisible()).toBe(false);
    await page.getByRole('link', { name: 'Xem hồ sơ sau con số' }).click();
    await rows.getByRole('link').first().waitFor();
    await page.getByRole('button', { name: 'Bộ lọc' }).click();
    expect(await page.getByLabel('Số liệu', { exact: true }).isVisible()).toBe(true);
    await axe(page);

    await page.emulateMedia({ media: 'print' });
    for (const part of ['trend', 'units', 'split', 'rows', 'closings'])
      expect(await page.locator(`#${part}-body`).isVisible(), part).toBe(true);
  }));

it('the list of dossiers: half as many at once, the next ones by a button', () =>
  onPhone('phone-dossiers', async (page) => {
    await page.goto('/can-bo/ho-so');
    await page.getByRole('button', { name: 'Xem thêm' }).waitFor();
    expect(await page.locator('main tbody tr').count()).toBe(25);
    await page.getByRole('button', { name: 'Xem thêm' }).click();
    await expect.poll(() => page.locator('main tbody tr').count(), { timeout: 30_000 }).toBe(50);
  }));

it('the criteria of a set: a card names nothing that is not there', () =>
  onPhone('phone-set', async (page) => {
    await page.goto('/can-bo/chi-so/bo/par-index-commune-2026');
    await page.locator('td[data-label="Cách chấm"]').first().waitFor({ state: 'attached' });
    const bare = await page
      .locator('main td[data-label]:visible')
      .evaluateAll((cells) => cells.filter((cell) => cell.textContent?.trim() === '').map((cell) => cell.outerHTML));
    expect(bare).toEqual([]);
    await shot(page, 'phone-set');
  }));
