import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { look, openBrowser, staffOf } from './harness.ts';

// Xã Quế Lưu had entered a decision of 2025 before it became part of xã Hiệp Đức on 1/7/2025: that one corrects it, the
// level above opens the closed year, the sum follows, the history tells both.
const base = inject('demo2026');
const YEAR = '/can-bo/so-nhap-tay/commendations?ky=2025';
const MARK = 'Nhập vào Xã Hiệp Đức từ 01/07/2025; số đã nhập được cộng cho Xã Hiệp Đức';
let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser.close());
const asStaff = staffOf(() => browser, base, 'register-merged-');

/** `dd/MM/yyyy`, so many days from now. */
const inDays = (days: number): string =>
  new Date(Date.now() + days * 86_400_000).toLocaleDateString('en-GB', { timeZone: 'Asia/Ho_Chi_Minh' });

const merged = (page: Page) => page.getByRole('row', { name: /Xã Quế Lưu/ });
const sum = (page: Page) =>
  page
    .getByRole('row', { name: /^Tập thể được khen thưởng/ })
    .first()
    .getByRole('cell')
    .first();

async function correct(page: Page, groups: string, reason: string): Promise<void> {
  await merged(page).first().getByRole('button', { name: /^Sửa/ }).click();
  const form = page.getByRole('dialog');
  await form.getByLabel('Tập thể', { exact: true }).fill(groups);
  await form.getByRole('button', { name: 'Lưu' }).click();
  // Beside “Thành tích”, a field of this register with the same key as the form's own for the reason.
  const why = form.getByRole('textbox', { name: 'Lý do' });
  await expect.poll(() => why.evaluate((field) => field === document.activeElement)).toBe(true);
  await look(page, 'register-merged-2-form');
  await why.fill(reason);
  await form.getByRole('button', { name: 'Lưu' }).click();
  await form.waitFor({ state: 'detached' });
}

it('what became of a merged commune sees its entry marked, and corrects it beside the figure of the closed year', () =>
  asStaff('tonghop.hiepduc', async (page) => {
    await page.goto(YEAR);
    await page.getByText(MARK).waitFor();
    await look(page, 'register-merged-1-page');
    await expect.poll(() => sum(page).innerText()).toBe('5');
    await correct(page, '4', 'Quyết định ghi 4 tập thể');
    await page.getByText('sửa thành 4, không tính').waitFor();
    await look(page, 'register-merged-3-corrected');
    expect(await sum(page).innerText()).toBe('5');
  }));

it('the level above opens the year for it', () =>
  asStaff('kiemsoat.danang', async (page) => {
    await page.goto(YEAR);
    await page.getByLabel('Đơn vị', { exact: true }).selectOption({ label: 'Xã Hiệp Đức' });
    await page.getByText(MARK).waitFor();
    expect(await merged(page).first().getByRole('button', { name: /^Sửa/ }).count()).toBe(0);
    await page.getByRole('button', { name: 'Mở lại kỳ đã khóa' }).click();
    const form = page.locator('form', { hasText: 'Mở lại Năm 2025 cho Xã Hiệp Đức' });
    await form.getByLabel(/^Đến hết ngày/).fill(inDays(5));
    await form.getByLabel(/^Lý do/).fill('Sửa số của xã đã nhập vào');
    await form.getByRole('button', { name: 'Mở lại', exact: true }).click();
    await form.waitFor({ state: 'detached' });
  }));

it('corrected again it counts: the sum of both follows, the history tells who entered and who corrected in whose place', () =>
  asStaff('tonghop.hiepduc', async (page) => {
    await page.goto(YEAR);
    await page.getByText(MARK).waitFor();
    await correct(page, '6', 'Đã đối chiếu với quyết định');
    await expect.poll(() => sum(page).innerText()).toBe('9');
    await look(page, 'register-merged-5-counted');
    await merged(page)
      .first()
      .getByRole('button', { name: /^Lịch sử/ })
      .click();
    const history = page.getByRole('dialog');
    const version = (no: number) => history.getByRole('listitem').filter({ hasText: `Bản ${no}` });
    await version(3).getByText('Sửa thay cho đơn vị cũ: Xã Hiệp Đức').waitFor();
    await version(3).getByText('Đã đối chiếu với quyết định').waitFor();
    await version(2).getByText('Sau khi khóa, không tính').waitFor();
    await version(1).getByText('28/03/2025').waitFor();
    expect(await version(1).getByText('Sửa thay cho đơn vị cũ').count()).toBe(0);
    await look(page, 'register-merged-6-history');
  }));
