import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { axe, look, openBrowser, staffOf } from './harness.ts';

// An index that others rank: the percentage and the place are taken over as they were published.
const base = inject('demo2026');
const OFFICE = 'kiemsoat.danang';
const DIMENSIONS = [
  'Tham gia của người dân ở cơ sở',
  'Công khai, minh bạch',
  'Trách nhiệm giải trình với người dân',
  'Kiểm soát tham nhũng',
  'Thủ tục hành chính công',
  'Cung ứng dịch vụ công',
  'Quản trị môi trường',
  'Quản trị điện tử',
];
let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser.close());

const asStaff = staffOf(() => browser, base, 'place-');

describe('a place that was published elsewhere', () => {
  it('is entered with its source, refused where it cannot be, and stands on the sheet and in the round', () =>
    asStaff(OFFICE, async (page) => {
      await page.goto('/can-bo/chi-so');
      await page.getByRole('button', { name: 'Mở đợt đánh giá' }).click();
      await page.getByRole('combobox', { name: 'Bộ chỉ số' }).selectOption('papi-2018');
      await page.getByRole('combobox', { name: 'Đơn vị tổ chức' }).selectOption({ label: 'Thành phố Đà Nẵng' });
      await page.locator('#open-year').fill('2025');
      await page.getByRole('button', { name: 'Mở đợt', exact: true }).click();
      await page.waitForURL(/chi-so\/dot/);
      await page.getByRole('link', { name: 'Thành phố Đà Nẵng', exact: true }).click();
      await page.getByText('Chưa nhập hạng đã công bố.').waitFor();

      await page.getByRole('button', { name: 'Nhập hạng đã công bố' }).click();
      const dialog = page.getByRole('dialog');
      const save = dialog.getByRole('button', { name: 'Lưu' });
      await dialog.getByLabel('Hạng', { exact: true }).fill('64');
      await dialog.getByLabel('Số đơn vị được xếp hạng').fill('63');
      await dialog.getByLabel('Nguồn').fill('papi.org.vn');
      await dialog.getByText('Hạng không lớn hơn số đơn vị được xếp hạng (63).').waitFor();
      expect(await save.isEnabled()).toBe(false);
      await axe(page);
      await dialog.getByLabel('Hạng', { exact: true }).fill('7');
      await save.click();
      await dialog.waitFor({ state: 'detached' });
      await page.getByText('Hạng đã công bố: 7/63. Nguồn: papi.org.vn.').waitFor();
      await look(page, 'sheet');
      await axe(page);

      for (const name of DIMENSIONS) {
        await page.getByRole('button', { name: `Thẩm định: ${name}` }).click();
        await dialog.getByLabel('Điểm thẩm định').fill('5,5');
        await save.click();
        await dialog.waitFor({ state: 'detached' });
      }
      await page.getByRole('link', { name: 'Về đợt đánh giá' }).click();
      await page.getByRole('cell', { name: '7/63', exact: true }).waitFor();
      await look(page, 'round');
    }));
});
