import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { look, openBrowser, staffOf } from './harness.ts';

// A day off is published after dossiers were counted: the plan names every dossier it moves, the chairman applies it, and
// takes it back. Told on 31/8/2023; the new day off is Tuesday 5/9, between reception and many promises.
const base = inject('demo2023');
const CALENDAR = 'vietnam-office-hours';
let browser: Browser;
let plan = '';
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser.close());

const asStaff = staffOf(() => browser, base, 'calendar-', 2023);

/** The plan once a timer has carried out what was ordered. */
async function openPlan(page: Page, status: string): Promise<void> {
  await page.goto(plan);
  await page.getByText(status, { exact: true }).first().waitFor({ timeout: 60_000 });
}
const dueOf = async (page: Page, code: string): Promise<string> => {
  await page.goto('/can-bo/cong-viec');
  const box = page.getByRole('searchbox', { name: 'Tìm hồ sơ' }).or(page.getByLabel('Tìm hồ sơ')).first();
  await box.fill(code);
  await box.press('Enter');
  const row = page.getByRole('row').filter({ hasText: code }).first();
  await row.waitFor();
  return row.innerText();
};

describe('a day off that is published late', () => {
  let code = '';
  let before = '';

  it('is published by the administrator, who is told that open dossiers keep their dates', () =>
    asStaff('quantri.hiepduc', async (page) => {
      await page.goto(`/can-bo/quan-tri/lich/${CALENDAR}`);
      await page.getByRole('button', { name: 'Công bố bản mới' }).click();
      await page.getByRole('button', { name: 'Thêm ngày' }).click();
      await page.locator('input[id$="-date"]').last().fill('05/09/2023');
      await page.locator('input[id$="-note"]').last().fill('Nghỉ khai giảng');
      await page.getByLabel('Nguồn, văn bản').fill('Thông báo nghỉ ngày 05/9/2023');
      await look(page, 'calendar-1-publish');
      await page.getByRole('button', { name: 'Công bố', exact: true }).click();
      await page.getByRole('link', { name: 'Kế hoạch đổi lịch' }).waitFor();
      await look(page, 'calendar-2-published');
    }));

  it('is planned by the chairman: every dossier it moves, and by how much; nothing has moved yet', () =>
    asStaff('chutich.tanbinh', async (page) => {
      await page.goto('/can-bo/quan-tri/lich/ke-hoach');
      await page.getByRole('button', { name: 'Lập kế hoạch' }).click();
      await page.getByLabel('Lý do').fill('Nghỉ khai giảng ngày 05/9/2023');
      await look(page, 'calendar-3-make');
      await page.getByRole('button', { name: 'Lập danh sách' }).click();
      await page.waitForURL(/ke-hoach\/[0-9a-f-]{36}/);
      plan = new URL(page.url()).pathname;
      await openPlan(page, 'Chờ áp dụng');
      const moved = page.getByRole('row').filter({ hasText: 'Lùi 1 ngày' }).first();
      await moved.waitFor();
      code = (await moved.locator('.code').first().innerText()).trim();
      await look(page, 'calendar-4-plan');
      before = await dueOf(page, code);
    }));

  it('moves them by one decision', () =>
    asStaff('chutich.tanbinh', async (page) => {
      await openPlan(page, 'Chờ áp dụng');
      await page.getByRole('button', { name: 'Áp dụng kế hoạch' }).click();
      await page.getByLabel('Số quyết định').fill('12/QĐ-UBND');
      await page.getByLabel('Căn cứ, lý do áp dụng').fill('Theo thông báo nghỉ khai giảng');
      await look(page, 'calendar-5-apply');
      await page.getByRole('button', { name: 'Quyết định áp dụng' }).click();
      await openPlan(page, 'Đã áp dụng');
      await look(page, 'calendar-6-applied');
      expect(await dueOf(page, code)).not.toBe(before);
    }));

  it('is led back: the dossier has its date of before', () =>
    asStaff('chutich.tanbinh', async (page) => {
      await openPlan(page, 'Đã áp dụng');
      await page.getByRole('button', { name: 'Hoàn lại kế hoạch' }).click();
      await page.getByLabel('Lý do hoàn lại').fill('Thông báo đã bị thu hồi');
      await page.getByRole('button', { name: 'Quyết định hoàn lại' }).click();
      await openPlan(page, 'Đã hoàn lại');
      await look(page, 'calendar-7-reverted');
      expect(await dueOf(page, code)).toBe(before);
    }));
});
