import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { readSheet } from '../src/platform/spreadsheet/read-sheet.ts';
import { type SheetColumn, writeSheets } from '../src/platform/spreadsheet/write-sheets.ts';
import { look, openBrowser, staffOf } from './harness.ts';
import { disguised, pdf } from './sample-files.ts';

// Figures that live outside: a commune types one month, sends a list of villages as a workbook, and the level above
// sees who is missing. 31/8/2023; August and the third quarter are under way, so what is entered counts.
const base = inject('demo2023');
const TITLES = [
  'Mã đơn vị',
  'Đơn vị',
  'Thôn, tổ dân phố',
  'Đã lập tổ',
  'Quyết định thành lập (số, ký hiệu)',
  'Ngày thành lập',
  'Số thành viên (người)',
];
let browser: Browser;
let folder = '';
beforeAll(async () => {
  browser = await openBrowser();
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'motcua-register-'));
});
afterAll(async () => {
  await browser.close();
  fs.rmSync(folder, { recursive: true, force: true });
});

const asStaff = staffOf(() => browser, base, 'register-', 2023);

async function download(page: Page, link: string): Promise<Uint8Array> {
  const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: link }).click()]);
  return fs.readFileSync(await file.path());
}

async function check(page: Page, name: string, rows: readonly (readonly unknown[])[], titles = TITLES): Promise<void> {
  const columns = titles.map((title): SheetColumn => ({ title, format: 'text' }));
  const file = path.join(folder, name);
  fs.writeFileSync(file, await writeSheets([{ name: 'Sổ', columns, rows }]));
  await page.getByLabel('Tệp XLSX đã ghi số').setInputFiles(file);
  await page.getByRole('button', { name: 'Kiểm tra tệp' }).click();
}

describe('registers of figures that live outside', () => {
  it('take the figures of a month, typed, with their history', () =>
    asStaff('chutich.tanbinh', async (page) => {
      await page.goto('/can-bo/so-nhap-tay');
      await page.getByRole('link', { name: /Đề án 06: căn cước/ }).waitFor();
      await look(page, 'register-1-list');
      await page.getByRole('link', { name: /Đề án 06: căn cước/ }).click();
      await page.getByLabel('Kỳ', { exact: true }).selectOption({ label: 'Tháng 8/2023' });
      await page.getByRole('button', { name: /^Nhập: / }).click();
      const form = page.getByRole('dialog');
      await form.getByLabel(/Chỉ tiêu giao về định danh/).fill('12.000');
      await form.getByLabel(/đã thu nhận \(tài khoản\)/).fill('16.175');
      await form.getByLabel(/đã kích hoạt \(tài khoản\)/).fill('17.000');
      await form.getByRole('button', { name: 'Lưu' }).click();
      await form.getByRole('alert').waitFor();
      expect(await form.getByText('Đã kích hoạt không lớn hơn đã thu nhận').count()).toBeGreaterThan(0);
      await look(page, 'register-2-form');
      await form.getByLabel(/đã kích hoạt \(tài khoản\)/).fill('12.951');
      // A file refused after the row is written: sent again with a right one, the row is not written twice.
      await form.getByLabel('Tệp kiểm chứng').setInputFiles(disguised('gia.pdf'));
      await form.getByRole('button', { name: 'Lưu' }).click();
      await form.getByText('Đã kích hoạt không lớn hơn đã thu nhận').first().waitFor({ state: 'detached' });
      await form.getByRole('alert').waitFor();
      await form.getByLabel('Tệp kiểm chứng').setInputFiles(pdf('van-ban.pdf'));
      await form.getByRole('button', { name: 'Lưu' }).click();
      await form.waitFor({ state: 'detached' });
      await page.getByText('134,79 %').first().waitFor();
      expect(await page.getByText('80,07 %').count()).toBeGreaterThan(0);
      await look(page, 'register-3-page');
      await page.getByRole('button', { name: /^Lịch sử: / }).click();
      await page.getByRole('dialog').getByText('Thu nhận', { exact: false }).first().waitFor();
      await look(page, 'register-4-history');
    }));

  it('take a list from a workbook: wrong cells are named, a right file is written as a whole', () =>
    asStaff('chutich.tanbinh', async (page) => {
      await page.goto('/can-bo/so-nhap-tay/community-teams?ky=2023-Q3');
      await page.getByRole('link', { name: 'Nhập từ tệp XLSX' }).click();
      await page.getByRole('heading', { level: 1, name: 'Nhập từ tệp XLSX' }).waitFor();
      const template = await readSheet(await download(page, 'Tải mẫu XLSX'), { titles: TITLES });
      if (!template.ok) throw new Error(template.code);
      const [code] = template.rows[0]?.cells ?? [];
      const unit = code?.kind === 'text' ? code.text : '';
      expect(unit).not.toBe('');
      const village = (n: number, team = 'Đã lập'): unknown[] => [
        unit,
        '',
        `Khối phố ${n}`,
        team,
        '12/QĐ-UBND',
        '15/03/2022',
        '7',
      ];
      // Told at once, before it travels for a minute only to be refused.
      const large = path.join(folder, 'lon.xlsx');
      fs.writeFileSync(large, Buffer.alloc(5 * 1024 * 1024 + 1));
      await page.getByLabel('Tệp XLSX đã ghi số').setInputFiles(large);
      await page.getByText('Tệp “lon.xlsx” lớn hơn 5 MB').waitFor();
      expect(await page.getByRole('button', { name: 'Kiểm tra tệp' }).isDisabled()).toBe(true);
      await check(page, 'shifted.xlsx', [village(1)], ['Mã đơn vị', 'Đơn vị', 'Ghi chú', ...TITLES.slice(2)]);
      await page.getByText('Cột bị lệch hoặc đổi tên').first().waitFor();
      await check(page, 'wrong.xlsx', [village(1), village(2, 'có'), village(1)]);
      await page.getByText('“có” không có trong danh sách').waitFor();
      expect(await page.getByText('Trùng với dòng 2').count()).toBe(1);
      await look(page, 'register-5-findings');
      // Saved again in a spreadsheet while it stands chosen: the browser reads it no more, which is no broken line.
      // Chromium compares whole seconds of the time it was saved at.
      const chosen = path.join(folder, 'wrong.xlsx');
      fs.appendFileSync(chosen, ' ');
      fs.utimesSync(chosen, new Date(), new Date(fs.statSync(chosen).mtimeMs + 10_000));
      await page.getByRole('button', { name: 'Kiểm tra tệp' }).click();
      await page.getByText('Tệp đã được lưu lại sau khi chọn. Hãy chọn lại tệp rồi gửi.').waitFor();
      await check(
        page,
        'right.xlsx',
        Array.from({ length: 31 }, (_, n) => village(n + 1)),
      );
      await page.getByText('Tệp đúng mẫu').waitFor();
      // A table made by hand does not say for which period it is: she does.
      const write = page.getByRole('button', { name: 'Ghi 31 dòng vào sổ' });
      expect(await write.isDisabled()).toBe(true);
      await page.getByLabel(/^Đúng là số của Tổ công nghệ số/).check();
      await look(page, 'register-6-ready');
      await write.click();
      await page.getByText('Đã ghi vào sổ').first().waitFor();
      // Under another name: the browser tells nobody of the same file chosen again, and refuses to read it once it was rewritten.
      await check(
        page,
        'again.xlsx',
        Array.from({ length: 31 }, (_, n) => village(n + 1)),
      );
      await page.getByText('Mọi dòng đã có trong sổ').waitFor();
      await page.getByRole('link', { name: 'Về sổ' }).click();
      await page.getByText('31 / 31').first().waitFor();
      await look(page, 'register-7-villages');
    }));

  it('say for which result somebody was commended, one click from it and back', () =>
    asStaff('chutich.hiepduc', async (page) => {
      await page.goto('/can-bo/so-nhap-tay/commendations?ky=2023');
      await page.getByRole('button', { name: 'Thêm quyết định' }).click();
      const form = page.getByRole('dialog');
      await form.getByLabel('Quyết định (số, ký hiệu)').fill('21/QĐ-UBND');
      await form.getByLabel('Tập thể', { exact: true }).fill('2');
      await form.getByLabel('Cá nhân (người)').fill('3');
      const result = form.getByRole('combobox', { name: 'Kết quả được khen' });
      await result.fill('không có kết quả như thế');
      await form.getByText('Không có kết quả nào khớp').waitFor();
      await form.getByRole('button', { name: 'Lưu' }).click();
      await form.getByText('chọn một kết quả trong danh sách').first().waitFor();
      await result.fill('cai cach hanh chinh cap huyen 2022');
      await form
        .getByRole('option', { name: /^Chỉ số cải cách hành chính cấp huyện .* năm 2022, Huyện Hiệp Đức: / })
        .waitFor();
      await look(page, 'register-9-choose-result');
      await result.press('Enter');
      await form.getByText(/^Đã chọn: Chỉ số cải cách hành chính cấp huyện/).waitFor();
      await form.getByRole('button', { name: 'Lưu' }).click();
      await form.waitFor({ state: 'detached' });
      await page.getByRole('cell', { name: '21/QĐ-UBND', exact: true }).waitFor();
      await look(page, 'register-10-commendations');
      await page
        .getByRole('link', { name: /^Chỉ số cải cách hành chính cấp huyện/ })
        .first()
        .click();
      await page.getByRole('heading', { name: 'Được ghi nhận vì kết quả này' }).waitFor();
      await look(page, 'register-11-result');
      await page.getByRole('link', { name: 'Khen thưởng: 21/QĐ-UBND (2 tập thể, 3 cá nhân)' }).click();
      await page.getByRole('cell', { name: '21/QĐ-UBND', exact: true }).waitFor();
      await page.goto('/can-bo/chi-so/xep-hang?nam=2022');
      await page.getByRole('link', { name: 'Khen thưởng: 21/QĐ-UBND (2 tập thể, 3 cá nhân)' }).waitFor();
      await look(page, 'register-12-league');
    }));

  it('show the level above who is missing, and go out as a workbook', () =>
    asStaff('kiemsoat.quangnam', async (page) => {
      // The demo's own commendation of another district, on the page of its result.
      await page.goto('/can-bo/chi-so/xep-hang?nam=2022');
      await page.getByText('Khen thưởng: 12/QĐ-UBND ngày 11/08/2023 (5 tập thể, 9 cá nhân)').waitFor();
      await page.goto('/can-bo/so-nhap-tay/community-teams?ky=2023-Q3&loc=missing');
      await page
        .getByText(/Thiếu \d+ đơn vị/)
        .first()
        .waitFor();
      await page.getByText('31 / 31').first().waitFor();
      await look(page, 'register-8-missing');
      const file = await readSheet(await download(page, 'Xuất XLSX'), {
        titles: [...TITLES, 'Tình trạng', 'Số ngày trễ'],
      });
      if (!file.ok) throw new Error(file.code);
      const states = file.rows.map((row) => (row.cells[7]?.kind === 'text' ? row.cells[7].text : ''));
      expect(states.filter((state) => state === 'Được tính')).toHaveLength(31);
      expect(states).toContain('Chưa nhập');
    }));
});
