import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { asPerson, axe, look, openBrowser, staffOf, visit, waitUntilShown } from './harness.ts';
import { openDossier } from './office-steps.ts';

// A dossier of thị trấn Tân Bình that is already late on 31/8/2023: who hears of it, why it came so, and how the citizen
// and the public are told. Everything it needs was generated with the demo and found by the timers of the start.
const base = inject('demo2023');
/** A working Friday after the holiday of 2/9. */
const NEW_DAY = '15/09/2023';
const SECRET = 'Sổ hộ tịch cũ ở nơi khác, phải chờ bản sao gửi về.';
let browser: Browser;
let code = '';
let secondFact = '';
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser.close());

const asStaff = staffOf(() => browser, base, 'late-', 2023);

/** Presses an act of the apology of our dossier, fills its dialog, and waits until the system says that it was done. */
async function decide(page: Page, label: string, fill?: (form: ReturnType<Page['getByRole']>) => Promise<void>) {
  await page
    .getByRole('button', { name: `${label} ${code}` })
    .first()
    .click();
  const form = page.getByRole('form', { name: label, exact: true });
  await form.waitFor();
  await fill?.(form);
  await form.getByRole('button', { name: label, exact: true }).click();
  await page.getByText(`${label}: đã thực hiện`).first().waitFor();
  await form.waitFor({ state: 'detached' });
}

describe('a late dossier from the warning to the public apology', () => {
  it('warns its officer: one digest, and a list of warnings', () =>
    asStaff('tuphap.tanbinh', async (page) => {
      await waitUntilShown(page, '/can-bo/thong-bao', page.getByText(/hồ sơ cần chú ý/));
      expect(await page.getByRole('heading', { name: /Nhắc việc ngày 31\/08\/2023/ }).count()).toBe(1);
      await look(page, 'late-1-digest');
      await waitUntilShown(page, '/can-bo/canh-bao', page.getByRole('table'));
      await look(page, 'late-2-warnings');
      // The one that is worked on, not one that ends the day it came.
      const row = page.getByRole('row').filter({ hasText: 'Giấy xác nhận tình trạng hôn nhân' }).first();
      code = (await row.locator('a.code').innerText()).trim();
      await openDossier(page, code);
      await page.getByRole('heading', { name: 'Cảnh báo thời hạn' }).waitFor();
      secondFact = /\b999\d{8,9}\b/.exec(await page.locator('main').innerText())?.[0].slice(-4) ?? '';
      await look(page, 'late-3-dossier');
    }));

  it('shows the leader what else will be late, and why', () =>
    asStaff('chutich.hiepduc', async (page) => {
      await waitUntilShown(page, '/can-bo/du-bao', page.getByRole('table'));
      await page
        .getByText(/còn .* ngày làm việc/)
        .first()
        .waitFor();
      await look(page, 'late-4-forecast');
    }));

  it('has its cause told by the head', () =>
    asStaff('chutich.tanbinh', async (page) => {
      await waitUntilShown(page, '/can-bo/tre-han?ho_so=open', page.getByText('yêu cầu chờ bạn trả lời'));
      await look(page, 'late-5-causes');
      const request = page.getByRole('listitem').filter({ hasText: code }).first();
      await request.getByRole('button', { name: 'Trả lời' }).click();
      await request
        .getByRole('combobox', { name: 'Nguyên nhân' })
        .selectOption({ label: 'Hồ sơ phức tạp, phải xác minh thêm' });
      await request.getByRole('button', { name: 'Gửi trả lời' }).click();
      await page.getByText('Đã ghi nguyên nhân.').first().waitFor();
      // And confirmed, to the minute, for one that has ended late.
      await page.goto('/can-bo/tre-han');
      await page.locator('table a.code').first().click();
      await page.getByRole('heading', { name: 'Vì sao trễ' }).waitFor();
      await page.getByRole('button', { name: 'Xác nhận, sửa' }).first().click();
      await page
        .getByRole('combobox', { name: 'Nguyên nhân' })
        .first()
        .selectOption({ label: 'Khối lượng công việc quá lớn, thiếu người' });
      await page.getByRole('button', { name: 'Ghi nhận' }).click();
      await page.getByText('Đã ghi nhận nguyên nhân.').first().waitFor();
      await look(page, 'late-6-cause');
    }));

  it('has its causes narrowed to who decides, kept in the address, as many rows as are counted', () =>
    asStaff('chutich.tanbinh', async (page) => {
      await page.goto('/can-bo/tre-han?tong-theo=decided');
      const line = page.getByRole('table', { name: 'Tổng theo' }).locator('tbody tr').first();
      const name = await line.getByRole('button').innerText();
      const counted = await line.locator('td').last().innerText();
      await line.getByRole('button').click();
      await page.waitForURL(/giai-quyet=/);
      await page.reload();
      await page.getByRole('heading', { name: new RegExp(`^${counted} hồ sơ, tổng cộng trễ`) }).waitFor();
      const chosen = page.getByRole('combobox', { name: 'Nơi giải quyết' }).locator('option:checked');
      expect(await chosen.innerText()).toBe(name);
      const rows = page.getByRole('table', { name: 'Nguyên nhân trễ hạn' }).locator('tbody tr');
      expect(await rows.count()).toBe(Math.min(Number(counted), 50));
      await axe(page);
      await look(page, 'late-7-decided');
    }));

  it('gets a new date and an apology: proposed, approved, numbered, posted', async () => {
    await asStaff('tuphap.tanbinh', async (page) => {
      await openDossier(page, code);
      await page.getByRole('heading', { name: 'Hẹn lại, xin lỗi' }).waitFor();
      await decide(page, 'Đề xuất', async (form) => {
        await form.getByLabel('Nhóm lý do').selectOption({ label: 'Cần thêm thời gian xác minh' });
        await form.getByLabel('Lý do cụ thể').fill(SECRET);
        await form.getByLabel('Ngày hẹn lại').fill(NEW_DAY);
      });
    });
    await asStaff('chutich.tanbinh', async (page) => {
      await openDossier(page, code);
      await page.getByRole('heading', { name: 'Hẹn lại, xin lỗi' }).waitFor();
      await decide(page, 'Duyệt');
    });
    await asStaff('motcua.tanbinh', async (page) => {
      await openDossier(page, code);
      await decide(page, 'Phát hành');
      await look(page, 'late-7-issued');
      const href = await page
        .getByRole('link', { name: `In văn bản ${code}` })
        .first()
        .getAttribute('href');
      const paper = await page.request.get(href ?? '');
      expect(paper.headers()['content-type']).toBe('application/pdf');
    });
  });

  it('is read by the citizen on the tracking page', async () => {
    expect(secondFact).toMatch(/^\d{4}$/);
    const { page, context, problems } = await visit(browser, base);
    await page.goto('/tra-cuu');
    await page.getByLabel('Mã hồ sơ').fill(code);
    await page.getByLabel('Thông tin đối chiếu').fill(secondFact);
    await page.getByRole('button', { name: 'Tra cứu' }).click();
    await page.getByText('Cơ quan xin lỗi vì sự chậm trễ').waitFor();
    expect(await page.locator('main').innerText()).toContain(`ngày ${NEW_DAY}`);
    await look(page, 'late-8-tracking');
    expect(problems).toEqual([]);
    await context.close();
  });

  it('is listed for everybody, without a person’s data', () =>
    asPerson(browser, base, 'late-public', async (page) => {
      await page.goto('/xin-loi');
      const listed = await page.locator('main').innerText();
      expect(listed).toContain(code);
      expect(listed).toContain(NEW_DAY);
      expect(listed).not.toContain(SECRET);
      await look(page, 'late-9-public');
    }));
});
