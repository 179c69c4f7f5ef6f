import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { fileMaritalStatus } from './filing-steps.ts';
import { asPerson, look, openBrowser, signIn, signInCitizen } from './harness.ts';
import { act, openDossier } from './office-steps.ts';

const base = inject('demo2026');
let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser.close());

describe('a dossier is withdrawn', () => {
  it('by the citizen herself, who must say why; nobody can act on it afterwards', () =>
    asPerson(browser, base, 'withdraw-citizen', async (page) => {
      await signInCitizen(page, 1);
      const code = await fileMaritalStatus(page, undefined);
      await page.getByRole('link', { name: 'Xem hồ sơ' }).click();
      await page.getByText('Rút hồ sơ', { exact: true }).click();
      await page.getByRole('button', { name: 'Rút hồ sơ này' }).click();
      await page.getByText('Nhập lý do rút hồ sơ').first().waitFor();
      await look(page, 'withdraw-reason-missing');
      await page.getByLabel('Lý do rút hồ sơ').fill('Tôi nộp nhầm thủ tục.');
      await page.getByRole('button', { name: 'Rút hồ sơ này' }).click();
      await page.getByText('Đã rút hồ sơ.').waitFor();
      await look(page, 'withdrawn-citizen');
      expect(await page.getByRole('button', { name: 'Rút hồ sơ này' }).count()).toBe(0);

      await asPerson(browser, base, 'withdraw-clerk-sees', async (clerk) => {
        await signIn(clerk, 'motcua.hiepduc');
        await openDossier(clerk, code);
        await clerk.getByText('Tôi nộp nhầm thủ tục.').first().waitFor();
        await clerk.getByText('Hiện bạn không có thao tác nào với hồ sơ này.').waitFor();
        await look(clerk, 'withdrawn-desk');
      });
    }));

  it('at the desk, where the citizen comes in person while an officer works on it', () =>
    asPerson(browser, base, 'withdraw-desk', async (page) => {
      await signInCitizen(page, 1);
      const code = await fileMaritalStatus(page, undefined);
      await asPerson(browser, base, 'withdraw-clerk', async (clerk) => {
        await signIn(clerk, 'motcua.hiepduc');
        await openDossier(clerk, code);
        await act(clerk, 'Tiếp nhận');
        await asPerson(browser, base, 'withdraw-officer', async (officer) => {
          await signIn(officer, 'tuphap.hiepduc');
          await openDossier(officer, code);
          await officer.getByRole('button', { name: 'Soạn kết quả' }).click();

          await clerk.reload();
          await act(clerk, 'Rút hồ sơ', async (form) => {
            await form.getByLabel('Lý do').fill('Công dân đến rút vì đã có giấy cũ còn hạn.');
            await look(clerk, 'withdraw-desk-form');
          });
          await look(clerk, 'withdraw-desk-done');

          // The officer was just writing: told of it in words, with what was typed kept.
          const form = officer.getByRole('form', { name: 'Soạn kết quả' });
          await form.getByRole('button', { name: 'Soạn kết quả' }).click();
          await form.getByRole('alert').waitFor();
          await look(officer, 'withdrawn-under-officer');
          await form.getByRole('button', { name: 'Tải lại hồ sơ' }).click();
          await officer.getByLabel('Nội dung đã nhập').waitFor();
        });
      });
      await page.goto('/ho-so');
      await page
        .getByRole('link', { name: new RegExp(code.replaceAll('.', '\\.')) })
        .first()
        .click();
      await page.getByText('Công dân đến rút vì đã có giấy cũ còn hạn.').waitFor();
      await page.getByText('Hồ sơ đã được rút.').waitFor();
      await look(page, 'withdrawn-by-desk');
    }));
});
