import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { asPerson, look, openBrowser } from './harness.ts';

const now = inject('demo2026');
const then = inject('demo2023');
let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser.close());

const PAGES = [
  ['home', '/'],
  ['procedures', '/thu-tuc'],
  ['search', '/thu-tuc?q=xac%20nhan%20hon%20nhan'],
  ['procedure', '/thu-tuc/1.004873'],
  ['tracking', '/tra-cuu'],
  ['board', '/tinh-hinh'],
  ['accessibility', '/tro-nang'],
  ['display', '/hien-thi'],
  ['sign-in', '/dang-nhap'],
  ['resume', '/nop-ho-so/tiep-tuc'],
  ['missing', '/khong-co-trang-nay'],
] as const;

describe.each([
  ['2026', now],
  ['2023', then],
])('the portal of %s', (era, base) => {
  it.each(PAGES)('shows the page %s', (name, address) =>
    asPerson(browser, base, `portal-${era}-${name}`, async (page) => {
      await page.goto(address);
      await look(page, `portal-${era}-${name}`);
    }),
  );

  it('finds a procedure without diacritics and without script', () =>
    asPerson(
      browser,
      base,
      `portal-${era}-no-script`,
      async (page) => {
        await page.goto('/thu-tuc');
        const box = page.locator('main').getByRole('searchbox').or(page.locator('main input[name=q]')).first();
        await box.fill('tinh trang hon nhan');
        await box.press('Enter');
        await page
          .getByRole('link', { name: /tình trạng hôn nhân/i })
          .first()
          .click();
        await page.getByRole('heading', { level: 1, name: /tình trạng hôn nhân/i }).waitFor();
      },
      { javaScript: false, width: 360 },
    ));
});

describe('the first page', () => {
  it('weighs at most 60 kB over the wire, all in all', () =>
    asPerson(browser, now, 'portal-weight', async (page, { context }) => {
      const session = await context.newCDPSession(page);
      await session.send('Network.enable');
      let bytes = 0;
      session.on('Network.loadingFinished', (event) => {
        bytes += event.encodedDataLength;
      });
      await page.goto('/', { waitUntil: 'networkidle' });
      expect(bytes).toBeGreaterThan(1000);
      expect(bytes).toBeLessThanOrEqual(60_000);
    }));
});
