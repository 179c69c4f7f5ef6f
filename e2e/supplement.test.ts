import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { fileMaritalStatus } from './filing-steps.ts';
import { look, openBrowser, signInCitizen, staffOf, type Visit, visit } from './harness.ts';
import { act, openDossier } from './office-steps.ts';
import { disguised, pdf } from './sample-files.ts';

// A request for a supplement stops the clock, the citizen answers online, the clock goes on. One story, told in order.
const base = inject('demo2026');
let browser: Browser;
let citizen: Visit;
let code = '';
beforeAll(async () => {
  browser = await openBrowser();
  citizen = await visit(browser, base);
});
afterAll(() => browser.close());

const asStaff = staffOf(() => browser, base, '');

describe('a supplement', () => {
  it('is asked for by the officer, once for everything that is missing', async () => {
    await signInCitizen(citizen.page, 1);
    code = await fileMaritalStatus(citizen.page, undefined);
    await asStaff('motcua.hiepduc', async (page) => {
      await openDossier(page, code);
      await act(page, 'Tiếp nhận');
    });
    await asStaff('tuphap.hiepduc', async (page) => {
      await openDossier(page, code);
      await act(page, 'Yêu cầu bổ sung', async (form) => {
        await form.getByLabel('Giấy tờ 1').selectOption({ label: 'Giấy tờ chứng minh nơi cư trú' });
        await form.getByLabel('Cần làm gì').first().fill('Chụp rõ cả hai mặt');
        await form.getByRole('button', { name: /Thêm/ }).click();
        await form.getByLabel('Tên giấy tờ').fill('Quyết định ly hôn');
        await form.getByLabel('Cần làm gì').last().fill('Bản sao có chứng thực');
        await form.getByLabel('Lý do').fill('Hồ sơ chưa có giấy tờ về nơi cư trú và về việc ly hôn.');
        await look(page, 'supplement-request');
      });
      await page.getByText('Tạm dừng tính thời gian', { exact: true }).first().waitFor();
      await look(page, 'supplement-paused');
    });
  });

  it('is answered online with files, after a wrong one was refused without loss of the words', async () => {
    const { page, problems } = citizen;
    await page.goto('/ho-so');
    await page.getByText('Đang chờ bạn').first().waitFor();
    await page
      .getByRole('link', { name: new RegExp(code.replaceAll('.', '\\.')) })
      .first()
      .click();
    await page.getByRole('heading', { name: 'Cần bổ sung hồ sơ' }).waitFor();
    await look(page, 'citizen-request');

    await page.getByRole('button', { name: 'Gửi bổ sung' }).click();
    await page.getByText('Đính kèm ít nhất một tệp').first().waitFor();

    await page.getByLabel('Lời nhắn gửi kèm').fill('Em gửi giấy tờ còn thiếu.');
    await page.getByLabel('Giấy tờ chứng minh nơi cư trú').setInputFiles(disguised('cu-tru.pdf'));
    await page.getByRole('button', { name: 'Gửi bổ sung' }).click();
    await page.locator('#error-summary').waitFor();
    await look(page, 'citizen-request-refused');
    expect(await page.getByLabel('Lời nhắn gửi kèm').inputValue()).toBe('Em gửi giấy tờ còn thiếu.');

    await page.getByLabel('Giấy tờ chứng minh nơi cư trú').setInputFiles(pdf('cu-tru.pdf'));
    await page.getByLabel('Quyết định ly hôn').setInputFiles(pdf('ly-hon.pdf'));
    await page.getByRole('button', { name: 'Gửi bổ sung' }).click();
    await page.getByText('Đã gửi bổ sung').waitFor();
    await page.getByRole('link', { name: 'cu-tru.pdf' }).waitFor();
    await page.getByRole('link', { name: 'ly-hon.pdf' }).waitFor();
    await look(page, 'citizen-supplemented');
    expect(problems).toEqual([]);
  });

  it('reaches the officer with its files and words, and the dossier goes on', () =>
    asStaff('tuphap.hiepduc', async (page) => {
      await openDossier(page, code);
      await page.getByText('Đã nhận bổ sung, tính tiếp thời gian').first().waitFor();
      expect(await page.getByText('Tạm dừng tính thời gian', { exact: true }).count()).toBe(0);
      await page.getByText('Em gửi giấy tờ còn thiếu.').first().waitFor();
      await page
        .getByRole('link', { name: /cu-tru\.pdf/ })
        .first()
        .waitFor();
      await page
        .getByRole('link', { name: /ly-hon\.pdf/ })
        .first()
        .waitFor();
      await look(page, 'supplement-answered');
      await act(page, 'Soạn kết quả');
      await act(page, 'Chuyển bước tiếp theo');
    }));
});
