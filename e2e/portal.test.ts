import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { asPerson, look, openBrowser, shot, signInCitizen } from './harness.ts';

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

describe('a session that ends while a citizen is typing', () => {
  it('loses nothing: she signs in again without script and finds the text on its page; another person finds no page', () =>
    asPerson(
      browser,
      now,
      'portal-session-ended',
      async (page, { context }) => {
        await signInCitizen(page);
        await page.goto('/nop-ho-so?thu-tuc=1.004873');
        await page.locator('main').getByRole('radio').or(page.locator('main select')).first().waitFor();
        const radio = page.locator('main').getByRole('radio');
        if ((await radio.count()) > 0) await radio.first().check();
        else await page.locator('main select').selectOption({ index: 1 });
        await page.locator('main').getByRole('button').first().click();
        const address = page.url();
        await page.getByLabel('Số điện thoại').fill('0900 000 321');
        await context.clearCookies();
        await page.getByRole('button', { name: 'Tiếp tục' }).last().click();
        await page.getByRole('heading', { level: 1, name: 'Phiên làm việc đã hết hạn' }).waitFor();
        await shot(page, 'portal-session-ended');
        const signIn = async (place: number): Promise<void> => {
          await page.getByRole('link', { name: /tài khoản định danh/i }).click();
          await page.getByRole('radio').nth(place).check();
          await page.getByRole('button', { name: 'Đăng nhập' }).click();
        };
        await page.locator('main').getByRole('link', { name: 'Đăng nhập' }).click();
        await signIn(1);
        await page.getByRole('heading', { level: 1, name: 'Không tìm thấy trang này' }).waitFor();
        // The simulator remembers who signed in last, too.
        await context.clearCookies({ name: /^(?!motcua_giu_lai)/ });
        await page.goto(address);
        await page.locator('main').getByRole('link', { name: 'Đăng nhập' }).click();
        await signIn(0);
        await page.getByText('Đã lưu lại nội dung bạn nhập').waitFor();
        expect(page.url()).toBe(address);
        expect(await page.getByLabel('Số điện thoại').inputValue()).toBe('0900000321');
        await shot(page, 'portal-session-restored');
      },
      { javaScript: false },
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
