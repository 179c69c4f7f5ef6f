import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { fileMaritalStatus } from './filing-steps.ts';
import { look, openBrowser, signInCitizen, staffOf, type Visit, visit } from './harness.ts';
import { act, lookAtInbox, openDossier } from './office-steps.ts';

// The main job, by the hands of everybody concerned. Each test goes on where the one before ended.
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

describe('one dossier from the form to the returned result', () => {
  it('is filed online by a citizen', async () => {
    await signInCitizen(citizen.page);
    code = await fileMaritalStatus(citizen.page, 'citizen-filing');
    expect(code).toMatch(/^H\d+\.\S+-\d{6}-\d{4}$/);
    expect(citizen.problems).toEqual([]);
  });

  it('is received by the clerk', () =>
    asStaff('motcua.hiepduc', async (page) => {
      await lookAtInbox(page, 'Chờ tiếp nhận', 'clerk-inbox');
      await openDossier(page, code);
      await look(page, 'clerk-dossier');
      await act(page, 'Tiếp nhận');
    }));

  it('is drafted and passed on by the officer', () =>
    asStaff('tuphap.hiepduc', async (page) => {
      await lookAtInbox(page, 'Chờ nhận việc', 'officer-inbox');
      await openDossier(page, code);
      await act(page, 'Soạn kết quả', async () => {
        await look(page, 'officer-draft');
      });
      await act(page, 'Chuyển bước tiếp theo');
    }));

  it('is checked by the head of the office', () =>
    asStaff('chanhvanphong.hiepduc', async (page) => {
      await lookAtInbox(page, 'Chờ nhận việc', 'head-inbox');
      await openDossier(page, code);
      await look(page, 'head-dossier');
      await act(page, 'Chuyển bước tiếp theo');
    }));

  it('is approved by the chairman', () =>
    asStaff('chutich.hiepduc', async (page) => {
      await openDossier(page, code);
      await look(page, 'chairman-dossier');
      await act(page, 'Phê duyệt');
    }));

  it('is numbered by the clerk of the office', () =>
    asStaff('vanthu.hiepduc', async (page) => {
      await openDossier(page, code);
      await look(page, 'number-dossier');
      await act(page, 'Cấp số, ban hành');
    }));

  it('is handed over at the desk', () =>
    asStaff('traketqua.hiepduc', async (page) => {
      await lookAtInbox(page, 'Chờ trả kết quả', 'returner-inbox');
      await openDossier(page, code);
      await act(page, 'Trả kết quả', async () => look(page, 'returner-hand-over'));
      await look(page, 'returner-done');
    }));

  it('is rated by the citizen, who reads its story', async () => {
    const { page, problems } = citizen;
    await page.goto('/ho-so');
    await look(page, 'citizen-dossiers');
    await page
      .getByRole('link', { name: new RegExp(code.replaceAll('.', '\\.')) })
      .first()
      .click();
    await page.getByText('Đã trả kết quả').first().waitFor();
    await look(page, 'citizen-dossier');
    await page.getByLabel('Rất hài lòng', { exact: true }).check();
    await page.getByLabel('Góp ý').fill('Nhanh và rõ ràng.');
    await page.getByRole('button', { name: 'Gửi đánh giá' }).click();
    await page.getByText('Đã ghi nhận đánh giá của bạn').waitFor();
    expect(problems).toEqual([]);
  });

  it('is followed by a stranger with the code and a second fact, who sees no name', async () => {
    const stranger = await visit(browser, base, { width: 360, javaScript: false });
    const { page } = stranger;
    await page.goto('/tra-cuu');
    await page.getByLabel('Mã hồ sơ').fill(code);
    await page.getByLabel('Thông tin đối chiếu').fill('0000');
    await page.getByRole('button', { name: 'Tra cứu' }).click();
    await page.getByText('không khớp với hồ sơ nào').first().waitFor();
    await page.getByLabel('Thông tin đối chiếu').fill('0001');
    await page.getByRole('button', { name: 'Tra cứu' }).click();
    await page.getByRole('heading', { level: 1, name: `Hồ sơ ${code}` }).waitFor();
    const text = await page.locator('body').innerText();
    expect(text).toContain('Đã trả kết quả');
    expect(text).not.toContain('Nguyễn Thị Công Dân');
    await page.goto(`/kiem-tra/${code}`);
    await page.getByText('Mã hồ sơ này có thật trong hệ thống').waitFor();
    expect(await page.locator('body').innerText()).not.toContain('Nguyễn Thị Công Dân');
    await stranger.context.close();
  });
});
