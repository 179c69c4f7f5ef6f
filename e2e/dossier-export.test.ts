import fs from 'node:fs';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { readSheet } from '../src/platform/spreadsheet/read-sheet.ts';
import { look, openBrowser, staffOf } from './harness.ts';

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
        dialog.getByRole('link', { name: 'Tải tệp XLSX' }).click(),
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
});
