import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { axe, look, openBrowser, staffOf } from './harness.ts';

// What was typed is not lost by one key or one press: a dialog and a screen say so before they let go of it.
const base = inject('demo2026');
let browser: Browser;
const staff = staffOf(() => browser, base, 'unsaved-');
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser.close());

it('a dialog in which something was typed closes by Escape at the second time only', () =>
  staff('chutich.hiepduc', async (page) => {
    await page.goto('/can-bo/chi-so?loai=par-index');
    await page.getByRole('link', { name: 'Mở phiếu' }).first().click();
    const open = page.getByRole('button', { name: 'Tự chấm: Quy chế làm việc' });
    const dialog = page.getByRole('dialog');
    await open.click();
    await dialog.getByLabel('Ghi chú').waitFor();
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });

    await open.click();
    await dialog.getByLabel('Ghi chú').fill('Quy chế ban hành tháng 3');
    await page.keyboard.press('Escape');
    await dialog.getByText('Phần vừa nhập chưa lưu').waitFor();
    expect(await dialog.getByLabel('Ghi chú').inputValue()).toBe('Quy chế ban hành tháng 3');
    await axe(page);
    // Who goes on typing is asked again.
    await dialog.getByLabel('Ghi chú').fill('Quy chế ban hành tháng 4');
    await dialog.getByText('Phần vừa nhập chưa lưu').waitFor({ state: 'detached' });
    await page.keyboard.press('Escape');
    await dialog.getByText('Phần vừa nhập chưa lưu').waitFor();
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
  }));

it('a screen with changes that are not saved asks before it is left', () =>
  staff('chutich.hiepduc', async (page) => {
    await page.goto('/can-bo/khao-sat/phieu');
    await page.getByRole('button', { name: 'Lập phiếu mới' }).click();
    await page.getByLabel('Bắt đầu từ').selectOption({ label: 'Khảo sát ngắn sau khi nhận kết quả' });
    await page.getByLabel('Mã phiếu').fill(`dang-do-${Date.now() % 100_000}`);
    await page.getByRole('button', { name: 'Tạo bản nháp' }).click();
    await page.getByLabel('Tên phiếu').fill('Phiếu đang soạn dở');
    const address = page.url();
    const away = page.getByRole('link', { name: 'Về danh sách phiếu' });
    const dialog = page.getByRole('dialog');
    await away.click();
    await dialog.getByRole('button', { name: 'Ở lại' }).waitFor();
    await look(page, 'unsaved');
    await dialog.getByRole('button', { name: 'Ở lại' }).click();
    await dialog.waitFor({ state: 'detached' });
    expect(page.url()).toBe(address);
    expect(await page.getByLabel('Tên phiếu').inputValue()).toBe('Phiếu đang soạn dở');
    await page.getByRole('button', { name: 'Lưu bản nháp' }).click();
    await page.getByText('Đã lưu bản nháp.').first().waitFor();
    // Saved: nothing to lose.
    await away.click();
    await page.waitForURL(/khao-sat\/phieu$/);
    await page.goto(address);
    await page.getByLabel('Tên phiếu').fill('Tên bỏ đi');
    await away.click();
    await dialog.getByRole('button', { name: 'Rời đi, bỏ phần chưa lưu' }).click();
    await page.waitForURL(/khao-sat\/phieu$/);
    await page.goto(address);
    expect(await page.getByLabel('Tên phiếu').inputValue()).toBe('Phiếu đang soạn dở');
  }));
