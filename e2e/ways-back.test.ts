import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { asPerson, look, openBrowser, staffOf } from './harness.ts';

// No address leaves staff before a wall: a file asks for sign-in and comes then, what is missing has a way on.
const base = inject('demo2026');
let browser: Browser;
const staff = staffOf(() => browser, base, 'ways-');
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser.close());

it('a file opened after the session has ended asks for sign-in, and comes', async () => {
  let file = '';
  await staff('chutich.hiepduc', async (page) => {
    const reports = await (await page.request.get('/api/reports?side=fill&reportId=II.06a')).json();
    file = `/api/reports/${(reports as { rows: readonly { id: string }[] }).rows[0]?.id}/sheet.pdf`;
  });
  await asPerson(browser, base, 'ways-file', async (page) => {
    await page.goto(file);
    await page.getByLabel('Tên đăng nhập').fill('chutich.hiepduc');
    await page.getByLabel('Mật khẩu').fill('Motcua@2026');
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Đăng nhập', exact: true }).click(),
    ]);
    expect(download.suggestedFilename()).toMatch(/^II\.06a-.*\.pdf$/);
    // A file that is saved leaves no empty tab.
    await page.getByRole('link', { name: 'Trang lãnh đạo' }).waitFor();
    await page.goto('/api/reports/019af000-0000-7000-8000-00000000ffff/sheet.pdf');
    await page.getByRole('heading', { level: 1, name: 'Không mở được' }).waitFor();
    await look(page, 'file-missing');
    await page.getByRole('link', { name: 'Về trang làm việc' }).click();
    await page.waitForURL(/\/can-bo\//);
  });
});

it('a screen of something that is missing has one heading and a way on', () =>
  staff('chutich.hiepduc', async (page) => {
    await page.goto('/can-bo/so-nhap-tay/khong-co');
    await page.getByRole('heading', { name: 'Không tìm thấy' }).waitFor();
    expect(await page.getByRole('heading', { level: 1 }).count()).toBe(1);
    await look(page, 'screen-missing');
    await page.locator('main').getByRole('link', { name: 'Về trang đầu' }).click();
    await page.waitForURL((address) => !address.pathname.includes('so-nhap-tay'));
  }));
