import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { look, openBrowser, staffOf } from './harness.ts';

// A fee that was paid on a platform for online payment is recorded as that, with its transaction; figures of Decision 766
// count it, and nothing that was paid at the desk.
const base = inject('demo2026');
const FEE = '1.001612';
let browser: Browser;
let code = '';
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser.close());

const asStaff = staffOf(() => browser, base, 'payment-');

/** A dossier of the desk with a fee that was taken in cash. */
async function paidInCash(page: Page): Promise<{ id: string; code: string }> {
  const found = await page.request.get(`/api/dossiers?procedureCode=${FEE}&limit=100`);
  const { rows } = (await found.json()) as { rows: { id: string; code: string }[] };
  for (const row of rows) {
    const { fees } = (await (await page.request.get(`/api/dossiers/${row.id}`)).json()) as {
      fees: { entries: { method: string }[] }[];
    };
    if (fees.length === 1 && fees[0]?.entries.length === 1 && fees[0].entries[0]?.method === 'cash') return row;
  }
  throw new Error('the demo has fees paid in cash');
}

describe('a fee paid online', () => {
  it('is recorded with platform and transaction, after what was taken in cash is given back', () =>
    asStaff('motcua.hiepduc', async (page) => {
      const found = await paidInCash(page);
      code = found.code;
      await page.goto(`/can-bo/ho-so/${found.id}`);
      await page.getByRole('heading', { level: 1, name: code }).waitFor();
      const money = page.getByRole('region', { name: 'Phí, lệ phí' });
      const entry = await money.getByText(/Thu .* · Tiền mặt · \d\d\/\d\d\/\d{4}/).innerText();
      const taken = /[\d.]+/.exec(entry)?.[0] ?? '';
      await money.getByRole('button', { name: /Ghi thu, hoàn/ }).click();
      await money.getByLabel('Loại').selectOption({ label: 'Hoàn trả' });
      await money.getByLabel('Số tiền').fill(taken);
      await money.getByRole('button', { name: 'Ghi', exact: true }).click();
      await money.getByText('Chưa thu').waitFor();

      await money.getByRole('button', { name: /Ghi thu, hoàn/ }).click();
      await money.getByLabel('Hình thức').selectOption({ label: 'Trực tuyến' });
      await money.getByRole('button', { name: 'Ghi', exact: true }).click();
      await money.getByText('Nhập mã giao dịch ghi trên biên lai điện tử.').waitFor();
      expect(await money.getByLabel('Mã giao dịch').evaluate((field) => field === document.activeElement)).toBe(true);
      await look(page, 'payment-missing');
      await money.getByLabel('Mã giao dịch').fill('G22.99-261118-0017');
      await money.getByRole('button', { name: 'Ghi', exact: true }).click();
      await money.getByText('Đã thu đủ').waitFor();
      await money.getByText(/Trực tuyến · Cổng Dịch vụ công quốc gia · G22\.99-261118-0017/).waitFor();
      await look(page, 'payment-recorded');
    }));

  it('is among those behind the figure of the commune', () =>
    asStaff('chutich.hiepduc', async (page) => {
      await page.goto('/can-bo/so-lieu?so-lieu=online-payment-share&ky=2026');
      await page.getByRole('heading', { name: 'Tỷ lệ hồ sơ thanh toán trực tuyến' }).first().waitFor();
      await look(page, 'payment-figure');
      await expect
        .poll(
          async () => {
            await page.reload();
            return page
              .getByText(code)
              .first()
              .waitFor({ timeout: 4000 })
              .then(
                () => true,
                () => false,
              );
          },
          { timeout: 60_000 },
        )
        .toBe(true);
    }));
});
