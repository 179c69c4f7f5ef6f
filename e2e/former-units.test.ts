import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { look, openBrowser, staffOf } from './harness.ts';

// The chairman of xã Hiệp Đức, made of communes that are no more, looks up what one of them decided.
const base = inject('demo2026');
let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser.close());
const asStaff = staffOf(() => browser, base, 'former-units-');
const UNIT = 'Ủy ban nhân dân xã Quế Lưu';

describe('dossiers of a commune that was merged', () => {
  it('stand in the list where it is chosen, and open for reading', () =>
    asStaff('chutich.hiepduc', async (page) => {
      await page.goto('/can-bo/ho-so');
      const units = page.getByLabel('Đơn vị', { exact: true });
      await units.locator('option', { hasText: 'Mọi đơn vị hiện nay được xem' }).waitFor({ state: 'attached' });
      await page.getByLabel('Tính theo').selectOption({ label: 'Cơ quan giải quyết' });
      await units.selectOption({ label: UNIT });
      const first = page.getByRole('table').getByRole('link').first();
      await page.waitForURL(/don-vi=/);
      await first.waitFor();
      await look(page, 'former-units-1-list');
      await first.click();
      await page.getByText(UNIT, { exact: true }).waitFor();
      await page.getByText('Hiện bạn không có thao tác nào với hồ sơ này.').waitFor();
      await look(page, 'former-units-2-dossier');
    }));

  it('are among the rows behind a figure, none of them held back', () =>
    asStaff('chutich.hiepduc', async (page) => {
      await page.goto('/can-bo/so-lieu?so-lieu=received&ky=2025');
      await page.getByRole('cell', { name: UNIT }).first().waitFor();
      expect(await page.getByText(/nằm ngoài phạm vi/).count()).toBe(0);
      await look(page, 'former-units-3-figure');
    }));
});
