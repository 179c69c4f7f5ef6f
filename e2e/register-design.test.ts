import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { look, openBrowser, staffOf } from './harness.ts';

// A register nobody has programmed: the province designs it, a commune enters its month, the district sees the sum.
// 31/8/2023.
const base = inject('demo2023');
let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser.close());

const asStaff = staffOf(() => browser, base, 'register-design-', 2023);
const NAME = 'Nhà văn hóa thôn';

describe('a register designed in the console', () => {
  it('is made of an empty one; what is wrong is told at its place; it is published from a day', () =>
    asStaff('kiemsoat.quangnam', async (page) => {
      await page.goto('/can-bo/thiet-ke-so');
      await page.getByRole('button', { name: 'Lập sổ mới' }).click();
      await look(page, 'register-design-1-list');
      const fresh = page.getByRole('form', { name: 'Lập sổ mới' });
      await fresh.getByLabel('Tên sổ').fill(NAME);
      await fresh.getByLabel('Mã sổ').fill('Nhà văn hóa');
      await fresh.getByText('Mã chỉ gồm chữ thường').waitFor();
      await fresh.getByLabel('Mã sổ').fill('nha-van-hoa');
      await fresh.getByRole('button', { name: 'Lập bản nháp' }).click();

      await page.getByRole('heading', { level: 1, name: NAME }).waitFor();
      const design = page.getByRole('form', { name: 'Thiết kế sổ' });
      await design.getByText('Số lượng – Số').click();
      await design.locator('#field-0-label').fill('Số thôn');
      await design.locator('#field-0-key').fill('thon');
      await design.getByRole('button', { name: 'Thêm ô' }).click();
      await design.locator('#field-1-label').fill('Thôn có nhà văn hóa');
      await design.locator('#field-1-key').fill('nha');
      await design.getByRole('button', { name: 'Thêm kiểm tra' }).click();
      await design.getByLabel('Câu báo khi sai').fill('Không lớn hơn số thôn');
      await design.getByLabel('Điều kiện phải đúng').fill('nha <= so_thon');
      await design.getByText('không có ô nhập nào mã “so_thon”').first().waitFor();
      expect(await design.getByRole('button', { name: 'Lưu bản nháp' }).isDisabled()).toBe(true);
      await look(page, 'register-design-2-wrong');
      await design.getByLabel('Điều kiện phải đúng').fill('nha <= thon');
      await design.getByLabel('Báo tại ô').selectOption({ label: 'Thôn có nhà văn hóa' });

      await design.locator('summary', { hasText: 'Số lượng' }).click();
      await design.locator('#measure-0-name').fill('Thôn có nhà văn hóa');
      await design.locator('#measure-0-unit').selectOption({ label: 'Tỷ lệ % (tử số chia mẫu số)' });
      await design.locator('#measure-0-numerator').selectOption({ label: 'Tổng của “Thôn có nhà văn hóa”' });
      await design.locator('#measure-0-denominator').selectOption({ label: 'Tổng của “Số thôn”' });
      await design.getByRole('button', { name: 'Lưu bản nháp' }).click();
      await page.getByText('Đã lưu bản nháp.').waitFor();
      await look(page, 'register-design-3-draft');

      const publish = page.getByRole('form', { name: 'Công bố' });
      await publish.getByLabel('Áp dụng từ ngày').fill('15/07/2023');
      await publish.getByRole('button', { name: 'Công bố' }).click();
      await publish.getByRole('alert').waitFor();
      expect(await publish.getByText('chỉ áp dụng từ ngày đầu của một kỳ').count()).toBeGreaterThan(0);
      await publish.getByLabel('Áp dụng từ ngày').fill('01/08/2023');
      await publish.getByRole('button', { name: 'Công bố' }).click();
      await page.getByText('Đã công bố', { exact: true }).waitFor();
      await look(page, 'register-design-4-published');
    }));

  it('stands beside those that came with the program, which are read and not changed', () =>
    asStaff('kiemsoat.quangnam', async (page) => {
      await page.goto('/can-bo/thiet-ke-so');
      await page.getByRole('link', { name: 'Hộp thư điện tử công vụ', exact: true }).click();
      await page.getByText('Sổ có sẵn, đi cùng phần mềm').waitFor();
      const design = page.getByRole('form', { name: 'Thiết kế sổ' });
      await design.locator('summary').first().click();
      expect(await design.locator('#field-0-label').isDisabled()).toBe(true);
      expect(await design.getByRole('button', { name: 'Lưu bản nháp' }).count()).toBe(0);
      expect(await page.getByRole('form', { name: 'Công bố' }).count()).toBe(0);
      await look(page, 'register-design-5-shipped');
    }));

  it('is entered by a commune, checked as it was designed', () =>
    asStaff('chutich.tanbinh', async (page) => {
      await page.goto('/can-bo/so-nhap-tay');
      await page.getByRole('link', { name: NAME }).click();
      await page.getByLabel('Kỳ', { exact: true }).selectOption({ label: 'Tháng 8/2023' });
      await page.getByRole('button', { name: /^Nhập: / }).click();
      const form = page.getByRole('dialog');
      await form.getByLabel('Số thôn', { exact: true }).fill('6');
      await form.getByLabel(/^Thôn có nhà văn hóa/).fill('7');
      await form.getByRole('button', { name: 'Lưu' }).click();
      await form.getByText('Không lớn hơn số thôn').first().waitFor();
      await form.getByLabel(/^Thôn có nhà văn hóa/).fill('3');
      await form.getByRole('button', { name: 'Lưu' }).click();
      await form.waitFor({ state: 'detached' });
      await page.getByText('50,00 %').first().waitFor();
      await look(page, 'register-design-5-entered');
    }));

  it('shows the district the sum, and who is missing', () =>
    asStaff('chutich.hiepduc', async (page) => {
      await page.goto('/can-bo/so-nhap-tay/nha-van-hoa?ky=2023-08');
      await page.getByRole('heading', { level: 1, name: NAME }).waitFor();
      await page.getByText('3 / 6').first().waitFor();
      expect(await page.getByText('50,00 %').count()).toBeGreaterThan(0);
      await look(page, 'register-design-6-district');
      await page.goto('/can-bo/thiet-ke-so');
      // Who does not design registers is told so.
      expect(await page.getByRole('link', { name: NAME }).count()).toBe(0);
    }));
});
