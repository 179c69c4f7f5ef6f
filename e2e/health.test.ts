import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { asPerson, look, openBrowser, signIn } from './harness.ts';

// A commune enters what its paper book shows; the city sees the finding; the head's numbers open their rows.
const base = inject('demo2026');
let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser.close());

it('a book that shows more than the system becomes a finding the unit explains and the city accepts', async () => {
  let finding = '';
  await asPerson(browser, base, 'health-unit', async (page) => {
    await signIn(page, 'chutich.hiepduc');
    await page.goto('/can-bo/suc-khoe-don-vi/so-giay');
    await page.getByRole('heading', { level: 2, name: 'Sổ theo dõi hồ sơ (bản giấy)' }).waitFor();
    await look(page, 'health-books');
    await page
      .getByLabel(/Số trong sổ, tháng/)
      .first()
      .fill('900');
    await page
      .getByRole('button', { name: /^Lưu tháng/ })
      .first()
      .click();
    await page.getByText('tháng này có phát hiện phải giải trình').first().waitFor();
    await page.goto('/can-bo/suc-khoe-don-vi?quy-tac=under-entry');
    await page.getByRole('table').getByRole('link').first().waitFor();
    await look(page, 'health-findings');
    await page.getByRole('table').getByRole('link').first().click();
    await page.getByRole('heading', { level: 1, name: /Sổ giấy nhiều hơn hệ thống/ }).waitFor();
    finding = new URL(page.url()).pathname;
    await page.getByRole('textbox', { name: 'Lý do' }).fill('Nhập bù trong tuần này');
    await page.getByRole('textbox', { name: 'Căn cứ' }).fill('Kế hoạch 05/KH');
    await page.getByRole('button', { name: 'Gửi giải trình' }).click();
    await page.getByText('Đã gửi giải trình').first().waitFor();
    await look(page, 'health-finding');
  });
  await asPerson(browser, base, 'health-city', async (page) => {
    await signIn(page, 'kiemsoat.danang');
    await page.goto(finding);
    await page.getByRole('button', { name: 'Chấp nhận' }).click();
    await page.getByText('Đã chấp nhận giải trình').first().waitFor();
    await page.goto('/can-bo/suc-khoe-don-vi/truc-tuyen?loai=year');
    await page.getByText(/đơn vị có thủ tục nhận trực tuyến/).waitFor();
    await look(page, 'health-zero-online');
    await page.goto('/can-bo/bang-dieu-hanh?ngan=don-vi');
    await page.getByRole('table').first().waitFor();
    await look(page, 'board-units');
  });
});

it('a number of the board opens exactly so many rows', async () => {
  await asPerson(browser, base, 'board-desk', async (page) => {
    await signIn(page, 'chutich.hiepduc');
    await page.goto('/can-bo/bang-dieu-hanh');
    const number = page.getByRole('button', { name: /^Đang giữ, Mọi đơn vị của tôi/ });
    const count = Number(await number.innerText());
    await number.click();
    await page.getByText(`${count} hồ sơ`, { exact: true }).waitFor();
    expect(await page.locator('section[aria-labelledby=board-rows] tbody tr').count()).toBe(Math.min(count, 50));
    await look(page, 'board-desk');
    await page.goto('/can-bo/so-theo-doi');
    await page.getByRole('button', { name: 'Lập sổ' }).click();
    await page
      .getByRole('heading', { level: 2, name: /^(Sổ theo dõi hồ sơ, \d+ quyển|Không có hồ sơ nào được tiếp nhận)/ })
      .waitFor();
    await look(page, 'register-form');
  });
});
