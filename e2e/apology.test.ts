import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { fileMaritalStatus } from './filing-steps.ts';
import { asPerson, axe, look, openBrowser, signInCitizen, staffOf, type Visit, visit } from './harness.ts';
import { act, openDossier } from './office-steps.ts';

// A dossier that will not be ready in time: the office says so first, with a new date, a reason and an apology.
const base = inject('demo2026');
let browser: Browser;
let citizen: Visit;
let code = '';
beforeAll(async () => {
  browser = await openBrowser();
  citizen = await visit(browser, base);
});
afterAll(() => browser.close());

const asStaff = staffOf(() => browser, base, 'apology-');

/** The Wednesday at least four weeks ahead, as people write it: no holiday of two weeks reaches both ends. */
function newDay(): string {
  const day = new Date(Date.now() + 28 * 86_400_000);
  day.setUTCDate(day.getUTCDate() + ((3 - day.getUTCDay() + 7) % 7));
  const [year, month, date] = day.toISOString().slice(0, 10).split('-');
  return `${date}/${month}/${year}`;
}
const NEW_DAY = newDay();
const SECRET = 'Phải xác minh tại nơi cư trú cũ của người nộp.';

/** Presses an act of the apology, fills its dialog, and waits until the system says that it was done. */
async function decide(page: Page, label: string, fill?: (form: ReturnType<Page['getByRole']>) => Promise<void>) {
  await page.getByRole('button', { name: `${label} ${code}` }).click();
  const form = page.getByRole('form', { name: label, exact: true });
  await form.waitFor();
  await fill?.(form);
  await axe(page);
  await form.getByRole('button', { name: label, exact: true }).click();
  await page.getByText(`${label}: đã thực hiện`).first().waitFor();
  await form.waitFor({ state: 'detached' });
}

async function openTab(page: Page, tab: string): Promise<void> {
  await page.goto('/can-bo/xin-loi');
  await page
    .getByRole('navigation', { name: 'Các ngăn xin lỗi' })
    .getByRole('link', { name: tab, exact: true })
    .click();
  await page.getByRole('table').or(page.locator('.empty')).first().waitFor();
}

describe('a re-appointment from the office to the citizen and the public', () => {
  it('begins with a dossier filed online and received', async () => {
    await signInCitizen(citizen.page);
    code = await fileMaritalStatus(citizen.page, undefined);
    await asStaff('motcua.hiepduc', async (page) => {
      await openDossier(page, code);
      await act(page, 'Tiếp nhận');
    });
  });

  it('is proposed by the officer on the dossier’s page; a missing date is told', () =>
    asStaff('tuphap.hiepduc', async (page) => {
      await openDossier(page, code);
      await page.getByRole('heading', { name: 'Hẹn lại, xin lỗi' }).waitFor();
      await page.getByRole('button', { name: `Đề xuất ${code}` }).click();
      const form = page.getByRole('form', { name: 'Đề xuất', exact: true });
      await form.getByLabel('Nhóm lý do').selectOption({ label: 'Cần thêm thời gian xác minh' });
      await form.getByLabel('Lý do cụ thể').fill(SECRET);
      await form.getByRole('button', { name: 'Đề xuất', exact: true }).click();
      await form.getByText('Nhập ngày hẹn lại').waitFor();
      await look(page, 'apology-propose');
      await form.getByLabel('Ngày hẹn lại').fill(NEW_DAY);
      await form.getByRole('button', { name: 'Đề xuất', exact: true }).click();
      await page.getByText('Hẹn lại: Chờ duyệt').waitFor();
      await look(page, 'apology-dossier');
    }));

  it('is approved by the chairman, who sees the figures', () =>
    asStaff('chutich.hiepduc', async (page) => {
      await openTab(page, 'Chờ duyệt');
      await page.getByText('Số liệu trễ hạn').waitFor();
      await look(page, 'apology-waiting');
      await decide(page, 'Duyệt');
    }));

  it('is numbered by the clerk and sent at once', () =>
    asStaff('vanthu.hiepduc', async (page) => {
      await openTab(page, 'Chờ duyệt');
      await decide(page, 'Phát hành');
      await openTab(page, 'Đã gửi');
      await page.getByRole('row').filter({ hasText: code }).getByText('Tài khoản trên cổng: đã gửi').waitFor();
      await look(page, 'apology-sent');
      const href = await page.getByRole('link', { name: `In văn bản ${code}` }).getAttribute('href');
      const paper = await page.request.get(href ?? '');
      expect(paper.headers()['content-type']).toBe('application/pdf');
    }));

  it('is read by the citizen: new date, reason, apology', async () => {
    const { page, problems } = citizen;
    await page.goto('/ho-so');
    await page
      .getByRole('link', { name: new RegExp(code.replaceAll('.', '\\.')) })
      .first()
      .click();
    await page.getByText('Cơ quan xin lỗi vì sự chậm trễ').waitFor();
    const text = await page.locator('main').innerText();
    expect(text).toContain(`ngày ${NEW_DAY}`);
    expect(text).toContain(SECRET);
    await look(page, 'apology-citizen');
    expect(problems).toEqual([]);
  });

  it('is followed by code and a second fact, and listed for everybody, without a person’s data', async () => {
    const stranger = await visit(browser, base, { width: 360, javaScript: false });
    const { page } = stranger;
    await page.goto('/tra-cuu');
    await page.getByLabel('Mã hồ sơ').fill(code);
    await page.getByLabel('Thông tin đối chiếu').fill('0001');
    await page.getByRole('button', { name: 'Tra cứu' }).click();
    await page.getByText('Cơ quan xin lỗi vì sự chậm trễ').waitFor();
    expect(await page.locator('main').innerText()).toContain(`ngày ${NEW_DAY}`);
    await page.goto('/tinh-hinh');
    await page.getByRole('link', { name: 'Công khai xin lỗi vì trễ hạn' }).click();
    await page.getByRole('heading', { level: 1, name: 'Công khai xin lỗi vì trễ hạn' }).waitFor();
    const listed = await page.locator('main').innerText();
    expect(listed).toContain(code);
    expect(listed).toContain(NEW_DAY);
    expect(listed).not.toContain(SECRET);
    expect(listed).not.toContain('Nguyễn Thị Công Dân');
    const csv = await page.request.get('/xin-loi.csv');
    expect(await csv.text()).toContain(code);
    await stranger.context.close();
    await asPerson(browser, base, 'apology-public', async (reader) => {
      await reader.goto('/xin-loi');
      await look(reader, 'apology-public');
    });
  });
});
