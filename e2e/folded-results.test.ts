import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { asPerson, axe, openBrowser, shot, signIn } from './harness.ts';

// Long pages of results on a telephone: the most important part is open, the others are a line each; paper has all of it.
const base = inject('demo2023');
let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser.close());

/** Screens of a telephone one scrolls at most to see what there is. */
const LONGEST_PX = 5000;

const height = (page: Page): Promise<number> => page.evaluate(() => document.documentElement.scrollHeight);

async function hiddenRows(page: Page): Promise<number> {
  const rows = page.locator('main tbody tr');
  await rows.first().waitFor({ state: 'attached' });
  return (await rows.count()) - (await rows.filter({ visible: true }).count());
}

async function expectFolded(page: Page, name: string): Promise<void> {
  expect(await hiddenRows(page)).toBeGreaterThan(0);
  expect(await height(page)).toBeLessThan(LONGEST_PX);
  await axe(page);
  await shot(page, name);
}

async function openSurvey(page: Page): Promise<void> {
  await page.goto('/can-bo/khao-sat');
  await page.getByRole('link', { name: /quý 2 năm 2023/ }).click();
  await page.getByRole('heading', { name: 'Kết quả đã chốt' }).waitFor();
}

it('of a survey, in the console', () =>
  asPerson(
    browser,
    base,
    'folded-survey',
    async (page) => {
      await signIn(page, 'noivu.hiepduc', 2023);
      await openSurvey(page);
      await expectFolded(page, 'folded-survey');
      // What is lowest stands on the line that opens the part.
      const units = page.getByRole('button', { name: /^Theo đơn vị(?! và)/ });
      expect(await units.innerText()).toMatch(/Thấp nhất: .+ \d+,\d\d\u00a0%/);
      await units.press('Enter');
      expect(await page.getByRole('table', { name: 'Theo đơn vị' }).isVisible()).toBe(true);
      await page.emulateMedia({ media: 'print' });
      expect(await hiddenRows(page)).toBe(0);
    },
    { width: 360 },
  ));

it('of published indices, in the console', () =>
  asPerson(
    browser,
    base,
    'folded-league',
    async (page) => {
      await signIn(page, 'noivu.hiepduc', 2023);
      await page.goto('/can-bo/chi-so/xep-hang');
      await page.locator('main table').first().waitFor();
      await expectFolded(page, 'folded-league');
      const other = page.getByRole('button', { name: /tỉnh Quảng Nam, năm 2022/ });
      expect(await other.innerText()).toContain('Huyện Nông Sơn 79,98/100');
      await page.getByRole('button', { name: 'Mở tất cả các phần' }).click();
      expect(await hiddenRows(page)).toBe(0);
      await page.getByRole('button', { name: 'Gập tất cả các phần' }).click();
      await page.emulateMedia({ media: 'print' });
      expect(await hiddenRows(page)).toBe(0);
    },
    { width: 360 },
  ));

it('is open on a wide screen', () =>
  asPerson(browser, base, 'folded-wide', async (page) => {
    await signIn(page, 'noivu.hiepduc', 2023);
    for (const open of [() => openSurvey(page), () => page.goto('/can-bo/chi-so/xep-hang')]) {
      await open();
      expect(await hiddenRows(page)).toBe(0);
      expect(await page.locator('main [aria-expanded]').count()).toBe(0);
    }
  }));

async function openPublic(page: Page): Promise<void> {
  await page.goto('/khao-sat');
  await page.getByRole('link', { name: /quý 2 năm 2023/ }).click();
  await page.getByRole('heading', { level: 1, name: /quý 2 năm 2023/ }).waitFor();
}

it('of a survey for everybody; without script and on paper all of it', async () => {
  await asPerson(
    browser,
    base,
    'folded-public',
    async (page) => {
      await openPublic(page);
      await expectFolded(page, 'folded-public');
      await page.locator('summary', { hasText: 'Theo đơn vị' }).click();
      expect(await page.getByRole('table', { name: 'Theo đơn vị' }).isVisible()).toBe(true);
      await page.evaluate(() => window.dispatchEvent(new Event('beforeprint')));
      expect(await hiddenRows(page)).toBe(0);
      await page.evaluate(() => window.dispatchEvent(new Event('afterprint')));
      expect(await hiddenRows(page)).toBeGreaterThan(0);
    },
    { width: 360 },
  );
  for (const options of [{ width: 360, javaScript: false }, { width: 1280 }])
    await asPerson(
      browser,
      base,
      'folded-public-open',
      async (page) => {
        await openPublic(page);
        expect(await hiddenRows(page)).toBe(0);
      },
      options,
    );
});
