import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import type { ReportPageType } from '../src/modules/insight/reports/contract.ts';
import { AUTOMATIC, importTitles, typedColumns } from '../src/modules/insight/reports/import-cells.ts';
import { writeSheets } from '../src/platform/spreadsheet/write-sheets.ts';
import { axe, look, openBrowser, staffOf } from './harness.ts';

// A monthly report from the commune to the province: given, filled in from a spreadsheet, sent, returned, corrected,
// accepted, locked; then what stands behind a figure, a new form, and a key for the system of the level above.
const base = inject('demo2026');
let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser.close());

const asStaff = staffOf(() => browser, base, 'report-');
const COMMUNE = 'chutich.hiepduc';
const PROVINCE = 'kiemsoat.danang';
const ADMINISTRATOR = 'quantri.hiepduc';
let address = '';

async function doAct(page: Page, label: string, reason?: string): Promise<void> {
  await page.getByRole('button', { name: label, exact: true }).first().click();
  const dialog = page.getByRole('dialog');
  await dialog.waitFor();
  if (reason !== undefined) await dialog.getByLabel('Lý do').fill(reason);
  await axe(page);
  await dialog.getByRole('button', { name: 'Thực hiện' }).click();
  await dialog.waitFor({ state: 'detached' });
}

/** The filled-in template of the report on the page; `wrong` puts words where a number belongs. */
async function filledTemplate(page: Page, wrong: boolean): Promise<Buffer> {
  const id = address.split('/').at(-1) ?? '';
  const report = (await (await page.request.get(`/api/reports/${id}`)).json()) as ReportPageType;
  const columns = typedColumns(report);
  const rows = report.rows
    .filter((row) => row.typed.length > 0)
    .map((row, at) => [
      row.id,
      row.label,
      ...columns.map(({ no, type }) => {
        if (!row.typed.includes(no)) return AUTOMATIC;
        if (type === 'text') return null;
        return wrong ? 'mười hai nghìn' : 12_000 + at;
      }),
    ]);
  const titles = importTitles(columns);
  const sheet = { name: 'Nhập tay', columns: titles.map((title) => ({ title, format: 'number' as const })), rows };
  return Buffer.from(await writeSheets([sheet]));
}

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

describe('a report from commune to province', () => {
  it('is given by the province to every unit directly below', () =>
    asStaff(PROVINCE, async (page) => {
      await page.goto('/can-bo/bao-cao');
      await page.getByRole('button', { name: 'Lập hoặc giao báo cáo' }).click();
      const kinds = page.locator('#make-report');
      await kinds.selectOption({ value: 'de-an-06' });
      const units = page.locator('#make-unit option');
      const names = await units.allInnerTexts();
      await page.locator('#make-unit').selectOption({ label: names.find((name) => name.includes('Đà Nẵng')) ?? '' });
      await look(page, 'report-give');
      await page.getByRole('button', { name: 'Giao cho các đơn vị cấp dưới' }).click();
      await page
        .getByText(/Đã giao \d+ đơn vị/)
        .first()
        .waitFor();
    }));

  it('says what the register says: nothing, until the unit enters it, one click away', async () => {
    const of = async (page: Page) => {
      const id = address.split('/').at(-1);
      const { rows } = (await (await page.request.get(`/api/reports/${id}`)).json()) as ReportPageType;
      const source = rows[1]?.sources.find((one) => one.column === '4');
      if (!source) throw new Error('no source');
      return source;
    };
    let source: ReportPageType['rows'][number]['sources'][number] | undefined;
    await asStaff(COMMUNE, async (page) => {
      await page.goto('/can-bo/bao-cao?bieu=de-an-06');
      await page.getByRole('link', { name: 'Đề án 06' }).first().click();
      await page.getByRole('heading', { level: 1, name: 'Đề án 06' }).waitFor();
      address = new URL(page.url()).pathname;
      await page.getByRole('table', { name: 'Số lấy từ sổ nhập tay' }).getByText('chưa nhập').first().waitFor();
      source = await of(page);
    });
    await asStaff(PROVINCE, async (page) => {
      // What is not sent is the commune's own.
      await page.goto(address);
      await page.getByText(/chưa gửi báo cáo này\. Số liệu đang lập là của đơn vị/).waitFor();
      expect(await page.getByRole('link', { name: 'Tải PDF' }).count()).toBe(0);
      await look(page, 'report-withheld');
      // The register's month may be closed on the day this runs.
      const { unitId, periods } = source ?? { periods: [] };
      const untilDay = new Date(Date.now() + 5 * 86_400_000).toISOString().slice(0, 10);
      const data = { unitId, periodId: periods.at(-1)?.id, untilDay, reason: 'Nhập bổ sung' };
      expect((await page.request.post('/api/registers/de-an-06/openings', { data })).status()).toBe(200);
    });
    await asStaff(COMMUNE, async (page) => {
      await page.goto(address);
      await page
        .getByRole('link', { name: /Mở sổ Đề án 06/ })
        .first()
        .click();
      await page.getByRole('heading', { level: 1, name: /^Đề án 06: căn cước/ }).waitFor();
      await page
        .getByRole('button', { name: /^Nhập: / })
        .first()
        .click();
      const dialog = page.getByRole('dialog');
      await dialog.getByLabel('Chỉ tiêu giao về định danh điện tử').fill('12.000');
      await dialog.getByLabel('Tài khoản định danh đã thu nhận').fill('16.175');
      await dialog.getByLabel('Tài khoản định danh đã kích hoạt').fill('12.951');
      await dialog.getByRole('button', { name: 'Lưu' }).click();
      await dialog.waitFor({ state: 'detached' });
      await page.goto(address);
      await page.getByText('134,79').first().waitFor();
      await page.getByText('107,93').first().waitFor();
      await look(page, 'report-from-register');
      await page.getByLabel(/^Báo cáo ghi số khác sổ: Dòng “Tài khoản.*cột \(4\)$/).fill('13.000');
      await page.getByRole('button', { name: 'Lưu', exact: true }).click();
      await page.getByText('ghi khác sổ thì nêu lý do').first().waitFor();
      await page.getByLabel(/^Lý do ghi khác sổ: Dòng “Tài khoản.*cột \(4\)$/).fill('Công an xã đính chính');
      await page.getByRole('button', { name: 'Lưu', exact: true }).click();
      await page.getByText('Đã lưu báo cáo').first().waitFor();
      await page.getByText('108,33').first().waitFor();
      expect((await of(page)).value).toBe(12_951);
      await look(page, 'report-beside-register');
    });
  });

  it('is filled in from a spreadsheet: a wrong cell is named and nothing taken, then all of it', () =>
    asStaff(COMMUNE, async (page) => {
      await page.goto(address);
      await page.getByRole('heading', { level: 1, name: 'Đề án 06' }).waitFor();
      await page.getByRole('button', { name: 'Nhập ô nhập tay từ Excel' }).click();
      const template = await page.request.get(`/api/reports/${address.split('/').at(-1)}/template.xlsx`);
      expect(template.headers()['content-type']).toBe(XLSX);
      const form = page.getByRole('form', { name: 'Nhập ô nhập tay từ Excel' });
      const choose = async (wrong: boolean): Promise<void> =>
        form
          .getByLabel('Tệp Excel đã điền')
          .setInputFiles({ name: 'nhap.xlsx', mimeType: XLSX, buffer: await filledTemplate(page, wrong) });
      await choose(true);
      await form.getByText('tệp ghi chữ “mười hai nghìn”').first().waitFor();
      await look(page, 'report-import-wrong');
      await choose(false);
      await form.getByText(/Tệp đúng biểu: \d+ ô sẽ thay đổi/).waitFor();
      // A table made by hand does not say whose it is: she does.
      const take = form.getByRole('button', { name: 'Nhận tất cả' });
      expect(await take.isDisabled()).toBe(true);
      await form.getByLabel(/^Đúng là số của Xã Hiệp Đức, Tháng/).check();
      await look(page, 'report-import-unnamed');
      await take.click();
      await page.getByText('Đã nhận số từ tệp Excel').first().waitFor();
      await page.getByText('Đang lập, số liệu').first().waitFor();
      await look(page, 'report-filled');
      await doAct(page, 'Gửi báo cáo');
      await page.getByText('Bản 1').first().waitFor();
    }));

  it('is returned with a reason', () =>
    asStaff(PROVINCE, async (page) => {
      await page.goto(address);
      await page.getByText('Bản 1').first().waitFor();
      const dialog = page.getByRole('dialog');
      await page.getByRole('button', { name: 'Trả lại', exact: true }).first().click();
      await dialog.getByRole('button', { name: 'Thực hiện' }).click();
      await dialog.locator('#report-reason-error').getByText('Nhập lý do').waitFor();
      expect(await dialog.getByText('Nhập lý do').count()).toBe(1);
      await dialog.locator('#report-reason:focus').waitFor();
      await look(page, 'report-no-reason');
      // The button that was pressed was disabled meanwhile: the dialog still hears keys.
      await page.keyboard.press('Escape');
      await dialog.waitFor({ state: 'detached' });
      await doAct(page, 'Trả lại', 'Kiểm tra lại dòng đầu');
      await page.getByText('Bị trả lại').first().waitFor();
    }));

  it('is corrected by hand and sent as a new version with a reason', () =>
    asStaff(COMMUNE, async (page) => {
      await page.goto(address);
      await page.getByText('Kiểm tra lại dòng đầu').first().waitFor();
      const cell = page.locator('input.report-cell[inputmode="decimal"]').first();
      await cell.fill('12.951');
      await page.getByRole('button', { name: 'Lưu', exact: true }).click();
      await page.getByText('Đã lưu báo cáo').first().waitFor();
      await doAct(page, 'Gửi báo cáo', 'Sửa dòng đầu');
      await page.getByText('Bản 2').first().waitFor();
      await page.getByText('12.951').first().waitFor();
    }));

  it('is accepted and locked; its papers come as PDF, DOCX, XLSX and CSV', () =>
    asStaff(PROVINCE, async (page) => {
      await page.goto(address);
      await page.getByText('Bản 2').first().waitFor();
      await doAct(page, 'Nhận');
      await page.getByText('Đã nhận', { exact: true }).first().waitFor();
      await doAct(page, 'Chốt');
      await page.getByText('Đã chốt', { exact: true }).first().waitFor();
      await look(page, 'report-locked');
      const types = await Promise.all(
        ['pdf', 'docx', 'xlsx', 'csv'].map(async (kind) => {
          const link = page.getByRole('link', { name: `Tải ${kind.toUpperCase()}` });
          const reply = await page.request.get((await link.getAttribute('href')) ?? '');
          return [reply.status(), reply.headers()['content-type']?.split(';')[0]];
        }),
      );
      expect(types).toEqual([
        [200, 'application/pdf'],
        [200, 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'],
        [200, XLSX],
        [200, 'text/csv'],
      ]);
    }));
});

describe('around reports', () => {
  it('a figure leads to its dossiers', () =>
    asStaff(COMMUNE, async (page) => {
      await page.goto('/can-bo/bao-cao');
      await page.getByRole('button', { name: 'Lập hoặc giao báo cáo' }).click();
      await page.locator('#make-report').selectOption({ value: 'II.06a' });
      await page.getByRole('button', { name: 'Lập báo cáo', exact: true }).click();
      await page.getByRole('heading', { level: 1, name: '06a/VPCP/KSTT' }).waitFor();
      const cell = page.getByRole('button', { name: /Xem \d.* hồ sơ: dòng Tổng cộng, cột \(3\)/ });
      const shown = await cell.innerText();
      await cell.click();
      await page.getByText(`Có ${shown} hồ sơ tính đến bây giờ.`).waitFor();
      await look(page, 'report-rows');
    }));

  it('a total rolled up from what was sent leads to the versions, and from there to the dossiers', () =>
    asStaff(PROVINCE, async (page) => {
      await page.goto('/can-bo/bao-cao?bieu=II.06c');
      await page.getByRole('link', { name: '06c/VPCP/KSTT' }).first().click();
      await page.getByRole('heading', { level: 1, name: '06c/VPCP/KSTT' }).waitFor();
      const cell = page.getByRole('button', { name: /được cộng từ đâu: dòng Tổng cộng, cột \(3\)/ });
      const shown = await cell.innerText();
      await cell.click();
      await page.getByText(`Tổng ${shown}, cộng từ`).waitFor();
      const opened = page.getByRole('heading', { name: /^Con số được cộng từ/ });
      const top = await opened.evaluate((heading) => heading.getBoundingClientRect().top);
      expect(top, 'what opens below the sheet is on the screen').toBeGreaterThanOrEqual(0);
      expect(top).toBeLessThan(900);
      await look(page, 'report-parts');
      await page.getByRole('link', { name: '06a/VPCP/KSTT, bản 1, dòng Tổng cộng, cột (3)' }).first().click();
      await page.getByRole('heading', { level: 1, name: '06a/VPCP/KSTT' }).waitFor();
      await page.getByText(/^Có \d.* hồ sơ tính đến bây giờ/).waitFor();
    }));

  it('a report nobody had begins as a copy; a name somebody has is refused', () =>
    asStaff(ADMINISTRATOR, async (page) => {
      await page.goto('/can-bo/bieu-mau-bao-cao');
      await page.getByRole('button', { name: 'Lập báo cáo mới' }).click();
      const form = page.getByRole('form', { name: 'Lập báo cáo mới' });
      await form.getByLabel('Chép từ biểu').selectOption('de-an-06');
      await form.getByLabel('Mã báo cáo').fill('06a');
      await form.getByLabel('Ký hiệu biểu').fill('Định danh');
      await form.getByLabel('Tên báo cáo').fill('Tiến độ định danh điện tử hằng tháng');
      await form.getByRole('button', { name: 'Lập bản nháp' }).click();
      await form.getByText('Mã 06a là tên của báo cáo khác.').first().waitFor();
      await form.getByLabel('Mã báo cáo').fill('dinh-danh-thang');
      await look(page, 'report-new');
      await form.getByRole('button', { name: 'Lập bản nháp' }).click();
      await page.getByRole('heading', { level: 1, name: 'Biểu mẫu Định danh' }).waitFor();
      await page.getByText('1. Hồ sơ căn cước, định danh điện tử đã thu nhận').click();
      const source = page.getByLabel('Cột (4) Kết quả lấy từ').first();
      await source.selectOption('vneid activated');
      await page.getByLabel('Lấy phần nào của chỉ số').nth(1).selectOption('value');
      await page.getByText('cột (4) là số nguyên, không nhận tỷ lệ').first().waitFor();
      await page.getByLabel('Lấy phần nào của chỉ số').nth(1).selectOption('numerator');
      await look(page, 'report-new-source');
      await page.getByRole('button', { name: 'Lưu', exact: true }).click();
      await page.getByText('Đã lưu bản nháp').first().waitFor();
    }));

  it('a form is copied, refused while it is wrong, and published', () =>
    asStaff(ADMINISTRATOR, async (page) => {
      await page.goto('/can-bo/bieu-mau-bao-cao');
      await look(page, 'report-forms');
      await page.getByRole('button', { name: 'Lập bản nháp từ biểu 07b/VPCP/KSTT' }).first().click();
      await page.getByRole('heading', { level: 1, name: 'Biểu mẫu 07b/VPCP/KSTT' }).waitFor();
      await page.getByText('(7) Tỷ lệ tại Một cửa (%)').click();
      const percent = page.getByLabel('Cột tử số, cột mẫu số');
      await percent.fill('5, 99');
      await percent.blur();
      await page.getByText('Cột (7): không có cột (99)').first().waitFor();
      // Folded again, the column says that something is wrong in it.
      await page.locator('summary', { hasText: '(7) Tỷ lệ tại Một cửa (%)' }).getByText('Có chỗ sai').waitFor();
      expect(await page.getByRole('button', { name: 'Lưu', exact: true }).isDisabled()).toBe(true);
      await look(page, 'report-form-wrong');
      await percent.fill('5, 3');
      await percent.blur();
      await page.getByLabel('Tên cột').nth(6).fill('Tỷ lệ thực hiện tại Một cửa (%)');
      // Enter takes what was typed in; it does not save what stood there before.
      await percent.fill('5, 4');
      await percent.press('Enter');
      await percent.fill('5, 3');
      await percent.press('Enter');
      expect(await percent.inputValue()).toBe('5, 3');
      expect(await page.getByText('Đã lưu bản nháp').count()).toBe(0);
      // Fetched again after saving the screen begins anew, on a slow line late: a day typed before that would be gone.
      await page.route(/\/api\/report-forms\/[0-9a-f-]{36}$/, async (route) => {
        if (route.request().method() === 'GET') await new Promise((resolve) => setTimeout(resolve, 1500));
        await route.continue();
      });
      await page.getByRole('button', { name: 'Lưu', exact: true }).click();
      await page.getByText('Đã lưu bản nháp').first().waitFor();
      const today = new Intl.DateTimeFormat('vi-VN', {
        timeZone: 'Asia/Ho_Chi_Minh',
        day: '2-digit',
        month: '2-digit',
        year: 'numeric',
      }).format(new Date());
      const form = page.getByRole('form', { name: 'Công bố' });
      await form.getByLabel('Áp dụng từ ngày').fill(today);
      await form.getByRole('button', { name: 'Công bố' }).click();
      await page.getByText('Biểu đã công bố không sửa được').first().waitFor();
      await look(page, 'report-form-published');
    }));

  it('a key is given, opens the interface of machines, and is taken away', () =>
    asStaff(ADMINISTRATOR, async (page) => {
      await page.goto('/can-bo/khoa-lay-bao-cao');
      await page.getByRole('button', { name: 'Cấp khóa' }).click();
      const form = page.getByRole('form', { name: 'Cấp khóa' });
      await form.getByLabel('Tên hệ thống nhận').fill('Hệ thống thử');
      await form.getByLabel('Hết hạn ngày').fill('31/12/2027');
      await axe(page);
      await form.getByRole('button', { name: 'Cấp khóa' }).click();
      const key = await page.locator('code', { hasText: /^mcx_.{43}$/ }).innerText();
      await look(page, 'report-keys');
      const pull = async (): Promise<number> =>
        (await fetch(`${base}/api/exchange/reports`, { headers: { authorization: `Bearer ${key}` } })).status;
      expect(await pull()).toBe(200);
      await page.getByRole('button', { name: 'Thu hồi khóa của Hệ thống thử' }).click();
      await page.getByText('Đã thu hồi', { exact: true }).waitFor();
      expect(await pull()).toBe(401);
    }));
});
