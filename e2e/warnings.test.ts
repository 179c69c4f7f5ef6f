import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { look, openBrowser, staffOf, waitUntilShown } from './harness.ts';
import { openDossier } from './office-steps.ts';

// The ladder of warnings: what it says is data, a dossier climbs it, its officer gets one digest a day, and the rung that
// asks for a cause gets an answer. Told on 31/8/2023, with dossiers of the office of culture of thị trấn Tân Bình.
const base = inject('demo2023');
let browser: Browser;
let code = '';
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser.close());

const asStaff = staffOf(() => browser, base, 'warnings-', 2023);

describe('the ladder of warnings', () => {
  it('is data the administrator sees rung by rung', () =>
    asStaff('quantri.hiepduc', async (page) => {
      await page.goto('/can-bo/quan-tri/thang-canh-bao');
      await page.locator('h1').first().waitFor();
      await page
        .getByText(/80\s?%/)
        .first()
        .waitFor();
      await look(page, 'warnings-1-ladders');
    }));

  it('has warned of a dossier: on the list, and in its officer’s one digest of the day', () =>
    asStaff('tuphap.tanbinh', async (page) => {
      await waitUntilShown(page, '/can-bo/canh-bao', page.getByRole('table'));
      code = (await page.locator('table a.code').first().innerText()).trim();
      await look(page, 'warnings-2-list');
      await waitUntilShown(page, '/can-bo/thong-bao', page.getByText(/hồ sơ cần chú ý/));
      expect(await page.getByRole('heading', { name: /Nhắc việc ngày 31\/08\/2023/ }).count()).toBe(1);
      await look(page, 'warnings-3-digest');
      await openDossier(page, code);
      await page.getByRole('heading', { name: 'Cảnh báo thời hạn' }).waitFor();
      await look(page, 'warnings-4-dossier');
    }));

  it('asks the head for the cause of what is late, and takes no answer without one', () =>
    asStaff('chutich.tanbinh', async (page) => {
      await waitUntilShown(page, '/can-bo/tre-han?ho_so=open', page.getByText('yêu cầu chờ bạn trả lời'));
      const requests = page.getByRole('listitem').filter({ has: page.getByRole('button', { name: 'Trả lời' }) });
      const waiting = await requests.count();
      expect(waiting).toBeGreaterThan(0);
      const request = requests.last();
      await request.getByRole('button', { name: 'Trả lời' }).click();
      await page.getByRole('combobox', { name: 'Nguyên nhân' }).first().waitFor();
      await page.getByRole('button', { name: 'Gửi trả lời' }).click();
      await page.getByText('Chọn nguyên nhân cho mọi phần.').first().waitFor();
      await look(page, 'warnings-5-cause');
      await page.getByRole('combobox', { name: 'Nguyên nhân' }).first().selectOption({ index: 1 });
      await page.getByRole('button', { name: 'Gửi trả lời' }).click();
      await page.getByText('Đã ghi nguyên nhân.').first().waitFor();
      await expect.poll(() => requests.count()).toBe(waiting - 1);
      await look(page, 'warnings-6-answered');
    }));

  it('says on the inbox what its light means beside the warnings', () =>
    asStaff('tuphap.tanbinh', async (page) => {
      await page.goto('/can-bo/cong-viec');
      await page.getByRole('link', { name: 'Xem mức cảnh báo của hồ sơ' }).first().waitFor();
      await look(page, 'warnings-7-inbox');
    }));
});
