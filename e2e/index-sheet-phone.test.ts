import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { asPerson, axe, openBrowser, shot, signIn } from './harness.ts';

// A long score sheet on a telephone: what was lost comes first, domains are folded with their points, paper has all of it.
const base = inject('demo2026');
let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser.close());

const DOMAIN = /^Công tác chỉ đạo điều hành/;

async function openSheet(page: Page): Promise<void> {
  await signIn(page, 'chutich.hiepduc');
  await page.goto('/can-bo/chi-so?loai=par-index');
  await page.getByRole('link', { name: 'Mở phiếu' }).first().click();
  await page.getByRole('heading', { name: /^Điểm bị trừ và việc khắc phục/ }).waitFor();
  await page.getByRole('heading', { name: DOMAIN }).waitFor();
}

it('is read on a telephone from what was lost to each domain', () =>
  asPerson(
    browser,
    base,
    'index-phone',
    async (page) => {
      await openSheet(page);
      const headings = await page.getByRole('heading', { level: 2 }).allInnerTexts();
      expect(headings[0]).toContain('Điểm bị trừ và việc khắc phục');
      const lost = page.locator('section', { has: page.locator('#lost-title') }).locator('tbody tr');
      const all = await lost.count();
      expect(all).toBeGreaterThan(5);
      expect(await lost.filter({ visible: true }).count()).toBe(5);
      await axe(page);
      await shot(page, 'index-phone');
      await page.getByRole('button', { name: `Xem cả ${all} tiêu chí bị trừ điểm` }).click();
      expect(await lost.filter({ visible: true }).count()).toBe(all);

      const criterion = page.getByRole('rowheader', { name: /Ban hành kế hoạch trước 31\/12 năm trước/ }).last();
      expect(await criterion.isVisible()).toBe(false);
      const fold = page.getByRole('button', { name: DOMAIN });
      // The points stand on the line that opens the domain.
      expect(await fold.innerText()).toMatch(/Tự chấm [\d,]+\/16 điểm/);
      await fold.press('Enter');
      expect(await fold.getAttribute('aria-expanded')).toBe('true');
      expect(await criterion.isVisible()).toBe(true);
      await axe(page);
      await page.getByRole('button', { name: 'Mở tất cả các phần' }).click();
      expect(await page.locator('.fold [aria-expanded=false]').count()).toBe(0);
      await page.getByRole('button', { name: 'Gập tất cả các phần' }).click();
      expect(await page.locator('.fold [aria-expanded=true]').count()).toBe(0);
      expect(await lost.filter({ visible: true }).count()).toBe(0);

      await page.emulateMedia({ media: 'print' });
      expect(await lost.filter({ visible: true }).count()).toBe(all);
      expect(await criterion.isVisible()).toBe(true);
    },
    { width: 360 },
  ));

it('is one open page on a wide screen', () =>
  asPerson(browser, base, 'index-wide', async (page) => {
    await openSheet(page);
    expect(await page.locator('.fold [aria-expanded]').count()).toBe(0);
    const rows = page.locator('main tbody tr');
    expect(await rows.filter({ visible: true }).count()).toBe(await rows.count());
    const headings = await page.getByRole('heading', { level: 2 }).allInnerTexts();
    expect(headings[0]).toBe('Các lĩnh vực');
    // Turned to a telephone's width what was typed stays.
    await page.getByLabel('Thêm bao nhiêu điểm').fill('2,5');
    await page.setViewportSize({ width: 360, height: 800 });
    await page.getByRole('button', { name: DOMAIN }).waitFor();
    expect(await page.locator('#what-if-more').inputValue()).toBe('2,5');
  }));
