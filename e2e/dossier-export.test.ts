import fs from 'node:fs';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { readSheet } from '../src/platform/spreadsheet/read-sheet.ts';
import { asPerson, look, openBrowser, signIn, staffOf } from './harness.ts';

const base = inject('demo2023');
let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser.close());
const asStaff = staffOf(() => browser, base, 'export-', 2023);

describe('a list of dossiers', () => {
  it('goes out whole as a workbook, in columns kept as a template', () =>
    asStaff('chutich.tanbinh', async (page) => {
      await page.goto('/can-bo/ho-so');
      await page.getByRole('button', { name: 'Tải danh sách (XLSX)' }).click();
      const dialog = page.getByRole('dialog');
      for (const column of ['Chủ hồ sơ', 'Nội dung', 'Mã thủ tục', 'Thủ tục', 'Bước', 'Thời hạn', 'Người đang xử lý'])
        await dialog.getByLabel(column, { exact: true }).uncheck();
      await dialog.getByRole('button', { name: 'Lưu thành mẫu' }).click();
      await dialog.getByLabel('Tên mẫu').fill('Giao ban');
      await look(page, 'export-1-columns');
      await dialog.getByRole('button', { name: 'Lưu mẫu mới' }).click();
      await page.getByText('Đã lưu mẫu.').first().waitFor();
      expect(
        await dialog.getByLabel('Mẫu đã lưu').evaluate((box: HTMLSelectElement) => box.selectedOptions[0]?.text),
      ).toBe('Giao ban');
      const [file] = await Promise.all([
        page.waitForEvent('download'),
        dialog.getByRole('button', { name: 'Tải tệp XLSX' }).click(),
      ]);
      const titles = ['Mã hồ sơ', 'Hình thức nộp', 'Trạng thái', 'Ngày tiếp nhận', 'Hẹn trả'];
      const read = await readSheet(fs.readFileSync(await file.path()), { titles });
      if (!read.ok) throw new Error(read.code);
      expect(read.rows.length).toBeGreaterThan(0);
      // Under the same name again nothing is saved, and what to do is said.
      await dialog.getByLabel('Mẫu đã lưu').selectOption({ label: 'Các cột thường dùng' });
      await dialog.getByLabel('Tên mẫu').fill('giao ban');
      await dialog.getByRole('button', { name: 'Lưu mẫu mới' }).click();
      await dialog.getByText('Bạn đã có mẫu xuất tên này.').waitFor();
    }));

  it('is fetched after an expired session by signing in over the screen, nothing chosen is lost', () =>
    asStaff('chutich.tanbinh', async (page) => {
      await page.goto('/can-bo/ho-so');
      await page.getByRole('button', { name: 'Tải danh sách (XLSX)' }).click();
      const dialog = page.getByRole('dialog', { name: 'Tải cả danh sách ra tệp XLSX' });
      await dialog.getByLabel('Chủ hồ sơ', { exact: true }).uncheck();
      await page.context().clearCookies();
      await dialog.getByRole('button', { name: 'Tải tệp XLSX' }).click();
      const again = page.getByRole('dialog', { name: 'Phiên làm việc đã hết hạn' });
      await again.getByLabel('Tên đăng nhập').fill('chutich.tanbinh');
      await again.getByLabel('Mật khẩu').fill('Motcua@2023');
      const [file] = await Promise.all([
        page.waitForEvent('download'),
        again.getByRole('button', { name: 'Đăng nhập', exact: true }).click(),
      ]);
      expect(file.suggestedFilename()).toBe('ho-so.xlsx');
      await dialog.waitFor();
      expect(await dialog.getByLabel('Chủ hồ sơ', { exact: true }).isChecked()).toBe(false);
    }));

  it('takes a template changed in another tab: the change is told, saved again it is the newest', () =>
    asStaff('motcua.tanbinh', async (page) => {
      const open = async (tab: typeof page, template?: string) => {
        await tab.goto('/can-bo/ho-so');
        await tab.getByRole('button', { name: 'Tải danh sách (XLSX)' }).click();
        const dialog = tab.getByRole('dialog');
        if (template) await dialog.getByLabel('Mẫu đã lưu').selectOption({ label: template });
        await dialog.getByRole('button', { name: 'Lưu thành mẫu' }).click();
        return dialog;
      };
      const first = await open(page);
      await first.getByLabel('Tên mẫu').fill('Hai thẻ');
      await first.getByRole('button', { name: 'Lưu mẫu mới' }).click();
      await first.getByRole('button', { name: 'Lưu thay đổi' }).waitFor();
      const other = await page.context().newPage();
      const second = await open(other, 'Hai thẻ');
      await second.getByLabel('Tên mẫu').fill('Hai thẻ, bản sau');
      await second.getByRole('button', { name: 'Lưu thay đổi' }).click();
      await other.getByText('Đã lưu mẫu.').first().waitFor();
      await first.getByLabel('Tên mẫu').fill('Hai thẻ, bản trước');
      await first.getByRole('button', { name: 'Lưu thay đổi' }).click();
      await first.getByText(/^Nội dung đã được người khác thay đổi/).waitFor();
      await first.getByRole('option', { name: 'Hai thẻ, bản sau' }).waitFor({ state: 'attached' });
      expect(await first.getByLabel('Tên mẫu').inputValue()).toBe('Hai thẻ, bản trước');
      await first.getByRole('button', { name: 'Lưu thay đổi' }).click();
      await first.getByRole('option', { name: 'Hai thẻ, bản trước' }).waitFor({ state: 'attached' });
      await second.getByRole('button', { name: 'Xóa mẫu “Hai thẻ, bản sau”' }).click();
      await other.getByText('Đã xóa mẫu.').first().waitFor();
      await first.getByRole('button', { name: 'Lưu thay đổi' }).click();
      await first.getByRole('button', { name: 'Lưu mẫu mới' }).waitFor();
    }));
});

describe('a part of the screen whose script is gone after an update', () => {
  it('says so, and loading the page again brings it back', () =>
    asPerson(browser, base, 'export-script-missing', async (page, { problems }) => {
      await signIn(page, 'chutich.tanbinh', 2023);
      await page.goto('/can-bo/ho-so');
      const button = page.getByRole('button', { name: 'Tải danh sách (XLSX)' });
      await button.waitFor();
      await page.waitForLoadState('networkidle');
      await page.route(/\/assets\/.*\.js/, (route) => route.fulfill({ status: 404 }));
      await button.click();
      await page.getByText('Phần mềm vừa được cập nhật').waitFor();
      await look(page, 'export-script-missing');
      expect(problems.splice(0)).toEqual([expect.stringContaining('dynamically imported module')]);
      await page.unrouteAll({ behavior: 'wait' });
      await page.getByRole('button', { name: 'Tải lại trang' }).click();
      await button.click();
      await page.getByRole('dialog').waitFor();
    }));
});

describe('a link to a file', () => {
  it('saves it without leaving the screen, after an expired session too; a refusal is told', () =>
    asStaff('chutich.hiepduc', async (page) => {
      await page.goto('/can-bo/chi-so/xep-hang');
      const link = page.getByRole('link', { name: 'Tải bảng xếp hạng (XLSX)' }).first();
      await link.waitFor();
      const address = page.url();
      await page.route(/league\.xlsx/, (route) =>
        route.fulfill({
          status: 429,
          contentType: 'application/problem+json',
          body: '{"detail":"Thử lại sau ít phút."}',
        }),
      );
      await link.click();
      await page.getByText('Thử lại sau ít phút.').waitFor();
      await page.unrouteAll({ behavior: 'wait' });
      await page.context().clearCookies();
      await link.click();
      const again = page.getByRole('dialog', { name: 'Phiên làm việc đã hết hạn' });
      await again.getByLabel('Tên đăng nhập').fill('chutich.hiepduc');
      await again.getByLabel('Mật khẩu').fill('Motcua@2023');
      const [file] = await Promise.all([
        page.waitForEvent('download'),
        again.getByRole('button', { name: 'Đăng nhập', exact: true }).click(),
      ]);
      expect([file.suggestedFilename(), page.url()]).toEqual(['xep-hang-da-cong-bo.xlsx', address]);
    }));
});
