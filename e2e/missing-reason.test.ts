import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { axe, openBrowser, staffOf } from './harness.ts';

// A reason that lacks is told once, at its field, and the field has the focus.
let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser.close());

const staff = staffOf(() => browser, inject('demo2023'), 'missing-', 2023);

async function expectToldOnce(page: Page, form: Locator, field: Locator): Promise<void> {
  const said = form.getByText(/^(Lỗi: )?Nhập lý do/);
  await said.first().waitFor();
  expect(await said.count()).toBe(1);
  expect(await form.getByRole('alert').count()).toBe(0);
  await expect.poll(() => field.evaluate((element) => element === document.activeElement)).toBe(true);
  const described = await field.getAttribute('aria-describedby');
  expect(described).toContain('-error');
  await axe(page);
}

it('of a line of a register that is changed', () =>
  staff('noivu.hiepduc', async (page) => {
    await page.goto('/can-bo/so-nhap-tay/de-an-06?ky=2023-07');
    await page.getByRole('button', { name: /^Sửa/ }).first().click();
    const form = page.locator('form', { has: page.locator('#entry-reason') });
    await form.getByRole('button', { name: 'Lưu' }).click();
    await expectToldOnce(page, form, page.locator('#entry-reason'));
  }));

it('of an act on a dossier', () =>
  staff('truongphong.hatang', async (page) => {
    await page.goto('/can-bo/cong-viec');
    await page.locator('tbody tr a').first().click();
    const actions = page.locator('.dossier__actions');
    await actions.getByRole('button', { name: 'Trả lại bước trước' }).click();
    const form = actions.locator('form');
    await form.getByRole('button', { name: 'Trả lại bước trước' }).click();
    await expectToldOnce(page, form, page.locator('#action-reason'));
  }));
