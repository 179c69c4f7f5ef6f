import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { asPerson, axe, look, openBrowser, signIn } from './harness.ts';

// A list that is read page by page, where a further page does not come: it says so, keeps its rows, and goes on.
const base = inject('demo2026');
let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser.close());

const isFurtherPage = ({ pathname, searchParams }: URL): boolean =>
  pathname.startsWith('/api/') && searchParams.has('cursor');

const problem = (status: number, code: string, detail?: string) => ({
  status,
  contentType: 'application/problem+json',
  body: JSON.stringify({ code, detail }),
});

const FAILURES = {
  'the line is broken': { fulfil: undefined, told: 'Kiểm tra đường truyền' },
  'the server fails': { fulfil: problem(500, 'internal', 'Hệ thống gặp trục trặc.'), told: 'Hệ thống gặp trục trặc' },
  'its mark is too old': { fulfil: problem(400, 'request/invalid', 'cursor'), told: 'tải lại từ đầu' },
} as const;

const failed = (page: Page) => page.getByRole('alert').filter({ hasText: 'Chưa tải được phần tiếp theo' });
const foot = (page: Page) => page.locator('main .button-row').filter({ hasText: 'Đang hiện' });
const press = (page: Page, name: string) => foot(page).getByRole('button', { name }).click();

/** Rows shown, as the foot of the list says. */
async function shown(page: Page): Promise<number> {
  return Number(/Đang hiện (\d+) dòng/.exec(await foot(page).getByRole('status').innerText())?.[1]);
}

async function failFurtherPages(page: Page, fulfil: ReturnType<typeof problem> | undefined): Promise<void> {
  await page.route(isFurtherPage, (route) =>
    fulfil === undefined ? route.abort('internetdisconnected') : route.fulfill(fulfil),
  );
}

async function expectGoesOn(page: Page, before: number, fromStart = false): Promise<void> {
  await press(page, 'Thử lại');
  if (fromStart) await press(page, 'Xem thêm');
  await expect.poll(() => shown(page), { timeout: 30_000 }).toBeGreaterThan(before);
  expect(await page.getByRole('alert').count()).toBe(0);
}

for (const [name, { fulfil, told }] of Object.entries(FAILURES))
  it(`where ${name}: keeps its rows, tells why, and goes on`, () =>
    asPerson(browser, base, 'list-goes-on', async (page, { problems }) => {
      await signIn(page, 'kiemsoat.danang');
      await page.goto('/can-bo/tre-han');
      const before = await shown(page);
      await failFurtherPages(page, fulfil);
      await foot(page).getByRole('button', { name: 'Xem thêm' }).focus();
      await page.keyboard.press('Enter');
      await failed(page).getByText(told).waitFor();
      expect(await shown(page)).toBe(before);
      expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Thử lại');
      await axe(page);
      await page.unrouteAll({ behavior: 'wait' });
      await expectGoesOn(page, before, fulfil?.status === 400);
      problems.splice(0);
    }));

it('tells it too of the half that comes by itself', () =>
  asPerson(browser, base, 'list-half', async (page, { problems }) => {
    await signIn(page, 'kiemsoat.danang');
    await failFurtherPages(page, FAILURES['the server fails'].fulfil);
    await page.goto('/can-bo/ho-so');
    await failed(page).waitFor();
    const before = await shown(page);
    expect(before).toBeGreaterThan(0);
    await look(page, 'list-half-failed');
    await page.unrouteAll({ behavior: 'wait' });
    await expectGoesOn(page, before);
    problems.splice(0);
  }));

it('tells that the session is over, and goes on after signing in', () =>
  asPerson(browser, base, 'list-signed-out', async (page, { problems }) => {
    await signIn(page, 'kiemsoat.danang');
    await page.goto('/can-bo/tre-han');
    const before = await shown(page);
    await failFurtherPages(page, problem(401, 'session/missing', 'Phiên làm việc đã hết.'));
    await press(page, 'Xem thêm');
    await page.getByRole('dialog').waitFor();
    await page.keyboard.press('Escape');
    await failed(page).getByText('Phiên làm việc đã hết.').waitFor();
    expect(await shown(page)).toBe(before);
    await page.unrouteAll({ behavior: 'wait' });
    await expectGoesOn(page, before);
    problems.splice(0);
  }));
