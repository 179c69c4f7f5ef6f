import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { fileMaritalStatus, goOn } from './filing-steps.ts';
import { asPerson, look, openBrowser, shot, signIn, signInCitizen } from './harness.ts';
import { openDossier } from './office-steps.ts';
import { disguised, heavy, pdf } from './sample-files.ts';

const base = inject('demo2026');
let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser.close());

const PAPER = 'Giấy tờ về việc ly hôn, hủy kết hôn hoặc vợ, chồng đã chết';

/** axe needs script; the pages are the same without it. */
const see = (page: Page, name: string): Promise<void> =>
  name.startsWith('no-script') ? shot(page, name) : look(page, name);

/** Divorced abroad: a choice that asks for three more answers and for a paper. */
async function divorcedAbroad(page: Page, shots: string): Promise<void> {
  await page.getByLabel('Đã ly hôn ở nước ngoài, chưa đăng ký kết hôn lại').check();
  await goOn(page);
  // What the choice asks for is shown as a question, not as a fault.
  await page.getByText('Lựa chọn vừa rồi cần khai thêm').waitFor();
  expect(await page.locator('#error-summary').count(), 'nothing typed wrong yet').toBe(0);
  expect(await page.locator('.error-message').count()).toBe(0);
  await see(page, `${shots}-revealed`);
  await page.getByLabel('Họ và tên vợ hoặc chồng').fill('Trần Văn Thử');
  await page.getByLabel('Số và nơi cấp giấy tờ chứng minh').fill('Bản án 12/2020, Tòa án ở nước ngoài');
  await page.getByLabel('Ngày cấp giấy tờ đó').fill('31/02/2020');
  await goOn(page);
  await page.getByText('Có 1 chỗ cần sửa').waitFor();
  await page.getByLabel('Ngày cấp giấy tờ đó').fill('01/02/2020');
}

/** The papers page: every kind of wrong file is told with what to do, and what was good stays. */
async function attach(page: Page, shots: string): Promise<void> {
  const paper = page.getByLabel(`Chọn tệp: ${PAPER}`);
  await goOn(page);
  await page.getByText(`Còn thiếu giấy tờ bắt buộc “${PAPER}”.`).first().waitFor();

  await paper.setInputFiles(disguised('ban-an.pdf'));
  await goOn(page);
  await page.getByText('Tệp “ban-an.pdf” không phải PDF, JPG hoặc PNG').first().waitFor();

  // The good one is kept though the other is refused.
  await paper.setInputFiles([pdf('trich-luc.pdf'), heavy('ban-an.pdf', 11)]);
  await goOn(page);
  await page.getByText('10 MB').first().waitFor();
  await page.getByText('trich-luc.pdf').first().waitFor();
  await see(page, `${shots}-papers-refused`);

  await paper.setInputFiles({ name: 'trang.pdf', mimeType: 'application/pdf', buffer: Buffer.alloc(0) });
  await goOn(page);
  await page.getByText('Tệp “trang.pdf”').first().waitFor();

  await paper.setInputFiles(pdf('ban-an.pdf'));
  await goOn(page);
  await page.getByRole('heading', { level: 1, name: 'Nhận kết quả ở đâu?' }).waitFor();
  await page.getByRole('link', { name: 'Quay lại', exact: true }).click();
  await page.getByText('ban-an.pdf').first().waitFor();
  await page.getByRole('button', { name: 'Bỏ tệp ban-an.pdf' }).click();
  await page.getByText('trich-luc.pdf').first().waitFor();
  expect(await page.getByText('ban-an.pdf').count()).toBe(0);
}

describe('a citizen files online with papers', () => {
  it.each([
    ['with script', true, 1280],
    ['without script, on a phone', false, 360],
  ] as const)('%s; wrong files are told in words and nothing done is lost', (_, javaScript, width) => {
    const shots = javaScript ? 'files' : 'no-script';
    return asPerson(
      browser,
      base,
      shots,
      async (page) => {
        await signInCitizen(page, 0);
        const code = await fileMaritalStatus(page, undefined, {
          status: (at) => divorcedAbroad(at, shots),
          papers: (at) => attach(at, shots),
        });
        await see(page, `${shots}-filed`);
        await asPerson(browser, base, `${shots}-clerk`, async (clerk) => {
          await signIn(clerk, 'motcua.hiepduc');
          await openDossier(clerk, code);
          await clerk.getByText('Trần Văn Thử').first().waitFor();
          const link = clerk.getByRole('link', { name: /trich-luc\.pdf/ }).first();
          const file = await clerk.request.get((await link.getAttribute('href')) ?? '');
          expect([file.status(), file.headers()['content-type']]).toEqual([200, 'application/pdf']);
        });
      },
      { javaScript, width },
    );
  });

  it('may send several heavy files at once, each within its limit', () =>
    asPerson(browser, base, 'files-heavy', async (page) => {
      await signInCitizen(page, 0);
      await fileMaritalStatus(page, undefined, {
        papers: async (at) => {
          const address = at.url();
          const paper = at.getByLabel('Chọn tệp: Giấy tờ chứng minh nơi cư trú');
          const files = [heavy('trang-1.pdf', 9), heavy('trang-2.pdf', 9), heavy('trang-3.pdf', 9)];
          await paper.setInputFiles(files, { timeout: 60_000 });
          await at.locator('main').getByRole('button', { name: 'Lưu và làm sau' }).click();
          // To go on before 27 MB have arrived would break the sending off.
          await at.waitForURL(/\/ho-so$/, { timeout: 60_000 });
          await at.goto(address);
          await at.getByText('trang-3.pdf').first().waitFor();
          await look(at, 'files-heavy');
        },
      });
    }));
});
