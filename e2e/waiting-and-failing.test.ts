import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { asPerson, axe, openBrowser, signIn } from './harness.ts';

// Every page of measuring while the server is slow, broken or out of reach: it says so, and “Thử lại” works.
const base = inject('demo2026');
let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser.close());

/** A page by its address, or by the list whose first link of that beginning leads to it. */
type Place = string | { readonly in: string; readonly starts: string };

const PLACES: Readonly<Record<string, readonly Place[]>> = {
  'chutich.hiepduc': [
    '/lanh-dao',
    '/so-lieu',
    '/so-lieu/buoc',
    '/chi-tieu',
    '/chi-tieu?ngan=don-vi-duoi',
    '/chi-tieu?ngan=viec',
    { in: '/chi-tieu', starts: '/chi-tieu/' },
    '/chi-so',
    { in: '/chi-so', starts: '/chi-so/phieu/' },
    { in: '/chi-so', starts: '/chi-so/dot/' },
    '/chi-so/xep-hang',
    '/chi-so/bo',
    '/chi-so/bo/par-index-commune-2026',
    '/khao-sat',
    '/khao-sat/phieu',
    '/khao-sat/phieu/sipas-2023',
    '/khao-sat/danh-gia',
    { in: '/khao-sat', starts: '/khao-sat/0' },
    '/bao-cao',
    { in: '/bao-cao', starts: '/bao-cao/0' },
    '/so-nhap-tay',
    '/so-nhap-tay/de-an-06',
  ],
  'quantri.hiepduc': ['/bieu-mau-bao-cao', '/khoa-lay-bao-cao', '/thiet-ke-so', '/thiet-ke-so/vneid'],
};

/** What a screen asks, without what the frame around it asks. */
const isOfScreen = ({ pathname }: URL): boolean =>
  pathname.startsWith('/api/') && !/^\/api\/(me|demo|installation|messages|notices)(\/|$)/.test(pathname);

async function addressOf(page: Page, place: Place): Promise<string> {
  if (typeof place === 'string') return `/can-bo${place}`;
  await page.goto(`/can-bo${place.in}`);
  const link = page.locator(`main a[href^="/can-bo${place.starts}"]`).first();
  await link.waitFor();
  return (await link.getAttribute('href')) ?? '';
}

const loading = (page: Page) => page.locator('main .loading');
const alerts = (page: Page) => page.locator('main [role=alert]');
const again = (page: Page) => page.locator('main').getByRole('button', { name: 'Thử lại' });

async function expectWhole(page: Page, address: string): Promise<void> {
  await page.locator('h1').first().waitFor();
  await expect.poll(() => loading(page).count(), { message: `${address} waits`, timeout: 15_000 }).toBe(0);
  expect(await alerts(page).allInnerTexts(), address).toEqual([]);
  expect(await page.locator('h1').count(), address).toBe(1);
}

const broken = { status: 500, contentType: 'application/problem+json', body: '{"code":"internal"}' };

/** The first answers are waited for, and come as failures. */
async function expectToldWhileSlowAndWhenBroken(page: Page, address: string): Promise<void> {
  const held = Promise.withResolvers<void>();
  await page.route(isOfScreen, async (route) => {
    await held.promise;
    await route.fulfill(broken);
  });
  await page.goto(address);
  await page.locator('main').getByRole('status').getByText('Đang tải').first().waitFor();
  held.resolve();
  await expectToldAndHelped(page, address);
}

async function expectToldAndHelped(page: Page, address: string): Promise<void> {
  await again(page).first().waitFor();
  await expect.poll(() => loading(page).count(), { message: address }).toBe(0);
  expect((await alerts(page).first().innerText()).length, address).toBeGreaterThan(30);
  expect(await page.locator('h1').count(), address).toBe(1);
  await page.unrouteAll({ behavior: 'wait' });
  // A page asks for its parts one after the other, each with its own answer.
  for (let left = await again(page).count(); left > 0; left -= 1) await again(page).first().click();
  await expectWhole(page, address);
}

for (const [login, places] of Object.entries(PLACES))
  it(`${login}: each page of measuring tells that it waits, that it failed, and comes back`, { timeout: 600_000 }, () =>
    asPerson(browser, base, `states-${login}`, async (page, { problems }) => {
      await signIn(page, login);
      for (const place of places) await expectToldWhileSlowAndWhenBroken(page, await addressOf(page, place));
      problems.splice(0);
    }),
  );

it('tells off line that there is no line, also where the browser knows it, and asks again by itself', () =>
  asPerson(browser, base, 'states-off-line', async (page) => {
    await signIn(page, 'chutich.hiepduc');
    // The scripts of the screens are at hand: what is looked at is what they ask.
    for (const [place, name] of [
      ['/can-bo/chi-tieu', 'Chỉ tiêu'],
      ['/can-bo/bao-cao', 'Báo cáo định kỳ'],
    ] as const) {
      await page.goto(place);
      await expectWhole(page, place);
      await page.goto('/can-bo/tai-khoan');
      await expectWhole(page, place);
      await page.route(isOfScreen, (route) => route.abort('internetdisconnected'));
      await setOnLine(page, false);
      await page.getByRole('navigation').getByRole('link', { name, exact: true }).click();
      await alerts(page).getByText('Chưa kết nối được với máy chủ').waitFor();
      await axe(page);
      await page.unrouteAll({ behavior: 'wait' });
      await setOnLine(page, true);
      await expectWhole(page, place);
    }
  }));

async function setOnLine(page: Page, is: boolean): Promise<void> {
  await page.evaluate((on) => {
    Object.defineProperty(navigator, 'onLine', { get: () => on, configurable: true });
    window.dispatchEvent(new Event(on ? 'online' : 'offline'));
  }, is);
}

it('keeps what was typed while nothing can be saved', () =>
  asPerson(browser, base, 'states-typed', async (page, { problems }) => {
    await signIn(page, 'chutich.hiepduc');
    await page.goto('/can-bo/so-nhap-tay/de-an-06');
    await page
      .getByRole('button', { name: /^(Sửa|Nhập)/ })
      .first()
      .click();
    const form = page.locator('form', { has: page.locator('#entry-evidence') });
    await form.locator('#entry-evidence').fill('Báo cáo số 12');
    await page.route(isOfScreen, (route) =>
      route.fulfill({ status: 503, contentType: 'text/html', body: '<h1>Service Unavailable</h1>' }),
    );
    await form.getByRole('button', { name: 'Lưu' }).click();
    await form.getByRole('alert').getByText('Chưa kết nối được với máy chủ').waitFor();
    expect(await form.locator('#entry-evidence').inputValue()).toBe('Báo cáo số 12');
    problems.splice(0);
  }));
