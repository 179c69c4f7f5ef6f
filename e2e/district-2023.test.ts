import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { fileMaritalStatus } from './filing-steps.ts';
import { asPerson, look, openBrowser, signInCitizen, staffOf } from './harness.ts';
import { act, lookAtInbox, openDossier } from './office-steps.ts';

// Three levels of government: a district desk, its office, its leadership; the slips of Circular 01/2018.
const TAN_BINH = 'Bộ phận Tiếp nhận và Trả kết quả thị trấn Tân Bình';

const base = inject('demo2023');
let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser.close());

const asStaff = staffOf(() => browser, base, '2023-', 2023);

/** Takes in the registration of a household business at the district's desk. */
async function receiveBusiness(page: Page, owner: string, shots?: string): Promise<string> {
  await page.goto('/can-bo/tiep-nhan');
  await page.getByRole('combobox', { name: 'Tên hoặc mã thủ tục' }).fill('1.001612');
  await page.locator('[role=option]').filter({ hasText: 'hộ kinh doanh' }).click();
  await page.locator('#owner-name').fill(owner);
  await page.locator('#owner-id-number').fill('999188000123');
  await page.locator('#owner-birth').fill('01/02/1988');
  await page.locator('#owner-phone').fill('0900000188');
  const main = page.locator('main');
  await main.getByLabel('Một cá nhân').check();
  await page.locator('#form-applicant-gender').check();
  await page.locator('#form-applicantAddress-unitText').fill('Thị trấn Tân Bình, huyện Hiệp Đức, tỉnh Quảng Nam');
  await main.getByLabel('Số nhà, đường, thôn').first().fill('Khối phố An Đông');
  await page.locator('#form-filingBy').check();
  await page.locator('#form-businessName').fill('Hộ kinh doanh Tạp hóa Ví Dụ');
  await page.locator('#form-businessAddress-unitText').fill('Thị trấn Tân Bình, huyện Hiệp Đức, tỉnh Quảng Nam');
  await main.getByLabel('Số nhà, đường, thôn').last().fill('Khối phố An Đông');
  await page.locator('#form-industries-0-name').fill('Bán lẻ tạp hóa');
  await page.locator('#form-industryText').fill('Bán lẻ tạp hóa');
  await page.locator('#form-capitalVnd').fill('50.000.000');
  await page.locator('#form-startDay').fill('01/10/2023');
  await page.locator('#form-workers').fill('1');
  await main.getByLabel('Kê khai', { exact: true }).check();
  await page.locator('#form-onlyOne').check();
  await page.locator('#form-declaration').check();
  if (shots) await look(page, shots);
  await page.getByRole('button', { name: 'Tiếp nhận và chuyển' }).click();
  const status = page
    .getByRole('status')
    .filter({ hasText: /H\d+-\d{6}-\d{4}/ })
    .first();
  return (await status.innerText()).trim();
}

/** Words of a paper the dossier's page links to. */
async function wordsOf(page: Page, link: string | RegExp): Promise<string> {
  const href = await page.getByRole('link', { name: link }).first().getAttribute('href');
  const paper = await page.request.get(href ?? '');
  expect([paper.status(), paper.headers()['content-type']]).toEqual([200, 'application/pdf']);
  const file = path.join(os.tmpdir(), `motcua-paper-${process.pid}.pdf`);
  fs.writeFileSync(file, await paper.body());
  const text = spawnSync('pdftotext', ['-layout', file, '-'], { encoding: 'utf8' }).stdout;
  fs.rmSync(file);
  return text.replaceAll(/\s+/g, ' ');
}

describe('a dossier of 2023 in the district', () => {
  let code = '';

  it('is received at the one-stop desk, which in 2023 the post office staffs', () =>
    asStaff('buudien.hiepduc', async (page) => {
      code = await receiveBusiness(page, 'Đặng Thị Quận Huyện', '2023-intake');
      expect(code).toMatch(/^000\.00\.\d+\.H47-230831-\d{4}$/);
      await page.getByRole('link', { name: 'Mở hồ sơ' }).click();
      await page.getByRole('heading', { level: 1, name: code }).waitFor();
      await look(page, '2023-desk-dossier');
      const receipt = await wordsOf(page, /Giấy tiếp nhận/);
      expect(receipt).toContain(code);
      expect(receipt).toMatch(/GIẤY TIẾP NHẬN HỒ SƠ VÀ HẸN TRẢ KẾT QUẢ/i);
    }));

  it('is examined and drafted in the finance office', () =>
    asStaff('taichinh.hiepduc', async (page) => {
      await lookAtInbox(page, 'Chờ nhận việc', '2023-office-inbox');
      await openDossier(page, code);
      await act(page, 'Soạn kết quả');
      await act(page, 'Chuyển bước tiếp theo');
    }));

  it('is signed by the chairman of the district', () =>
    asStaff('chutich.hiepduc', async (page) => {
      await openDossier(page, code);
      await look(page, '2023-chairman');
      await act(page, 'Phê duyệt');
    }));

  it('is numbered and sealed', () =>
    asStaff('vanthu.hiepduc', async (page) => {
      await openDossier(page, code);
      await act(page, 'Cấp số, ban hành');
    }));

  it('is handed over at the desk, and its control slip tells the way it took', () =>
    asStaff('buudien.hiepduc', async (page) => {
      await openDossier(page, code);
      await act(page, 'Trả kết quả');
      await look(page, '2023-returned');
      const control = await wordsOf(page, /Phiếu kiểm soát/);
      expect(control).toContain(code);
      expect(control).toMatch(/PHIẾU KIỂM SOÁT QUÁ TRÌNH GIẢI QUYẾT HỒ SƠ/i);
      expect(control).toContain('Tài chính');
    }));
});

describe('a dossier of 2023 that does not come to a result', () => {
  it('is refused at the desk of a township, with the slip of refusal and its reason', () =>
    asPerson(browser, base, '2023-refusal', async (citizen) => {
      await signInCitizen(citizen);
      const code = await fileMaritalStatus(citizen, undefined, { desk: TAN_BINH });
      await asStaff('motcua.tanbinh', async (page) => {
        await openDossier(page, code);
        await act(page, 'Từ chối tiếp nhận', async (form) => {
          await form.getByLabel('Lý do').fill('Người nộp thường trú ở xã khác.');
          await look(page, '2023-refusal-form');
        });
        await look(page, '2023-refused');
        const refusal = await wordsOf(page, /từ chối/i);
        expect(refusal).toMatch(/PHIẾU TỪ CHỐI TIẾP NHẬN/i);
        expect(refusal).toContain('Người nộp thường trú ở xã khác.');
      });
      await citizen.goto('/ho-so');
      await citizen
        .getByRole('link', { name: new RegExp(code.replaceAll('.', '\\.')) })
        .first()
        .click();
      await citizen.getByText('Hồ sơ không được tiếp nhận.').waitFor();
      await citizen.getByText('Người nộp thường trú ở xã khác.').waitFor();
      await look(citizen, '2023-refused-citizen');
    }));

  it('is withdrawn at the desk; the set of 2018 has no notice of a stop, the control slip tells it', () =>
    asStaff('buudien.hiepduc', async (page) => {
      const code = await receiveBusiness(page, 'Hồ Văn Rút Lui');
      await openDossier(page, code);
      await act(page, 'Rút hồ sơ', (form) => form.getByLabel('Lý do').fill('Công dân không kinh doanh nữa.'));
      expect(await page.getByRole('link', { name: /dừng giải quyết/i }).count()).toBe(0);
      const control = await wordsOf(page, /Phiếu kiểm soát/);
      expect(control).toContain(code);
    }));
});
