import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { axe, look, openBrowser, staffOf } from './harness.ts';
import { disguised, pdf } from './sample-files.ts';

// A commune scores itself, the city's office appraises, the commune answers; the result is frozen and published, and
// what was lost becomes somebody's task.
const base = inject('demo2026');
const COMMUNE = 'chutich.hiepduc';
const OFFICE = 'kiemsoat.danang';
const NAME = 'Xã Hiệp Đức';
let browser: Browser;
let sheet = '';
let round = '';
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser.close());

const asStaff = staffOf(() => browser, base, 'index-');

/** A button of the sheet or the round that asks once more in a dialog. */
async function act(page: Page, name: string, reason?: string): Promise<void> {
  await page.getByRole('button', { name, exact: true }).first().click();
  const dialog = page.getByRole('dialog');
  if (reason !== undefined) await dialog.getByLabel('Lý do').fill(reason);
  await dialog.getByRole('button', { name, exact: true }).click();
  await dialog.waitFor({ state: 'detached' });
}

async function count(page: Page, criterion: string, top: string, bottom: string, file = false): Promise<void> {
  await page.getByRole('button', { name: `Tự chấm: ${criterion}` }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Tử số').fill(top);
  await dialog.getByLabel('Mẫu số').fill(bottom);
  await dialog.getByText(/^Được .* điểm\.$/).waitFor();
  if (file) {
    // Refused after the points are kept: sent again with a right one, the points are not written twice.
    await dialog.getByLabel('Tài liệu kiểm chứng').setInputFiles(disguised('gia.pdf'));
    await dialog.getByRole('button', { name: 'Lưu' }).click();
    await dialog.getByRole('alert').waitFor();
    await dialog.getByLabel('Tài liệu kiểm chứng').setInputFiles(pdf('bao-cao.pdf'));
    await axe(page);
  }
  await dialog.getByRole('button', { name: 'Lưu' }).click();
  await dialog.waitFor({ state: 'detached' });
}

describe('an index of the year', () => {
  it('is opened by the office that appraises', () =>
    asStaff(OFFICE, async (page) => {
      await page.goto('/can-bo/chi-so');
      await page.getByRole('heading', { name: 'Đợt đánh giá chỉ số' }).waitFor();
      await page.getByRole('button', { name: 'Mở đợt đánh giá' }).click();
      await page.getByRole('combobox', { name: 'Bộ chỉ số' }).selectOption('de-an-06-2023');
      await page.getByRole('combobox', { name: 'Đơn vị tổ chức' }).selectOption({ label: 'Thành phố Đà Nẵng' });
      // A year that is over: of one that runs the figures still move, and it cannot be frozen.
      await page.locator('#open-year').fill('2025');
      await page.locator('#open-units').fill('hiep duc');
      await page.locator('[role=option]', { hasText: NAME }).first().click();
      await look(page, 'index-open');
      await page.getByRole('button', { name: 'Mở đợt', exact: true }).click();
      await page.getByRole('link', { name: NAME, exact: true }).waitFor();
      await page.waitForURL(/chi-so\/dot/);
      round = new URL(page.url()).pathname;
      await look(page, 'index-round-open');
    }));

  it('is scored by the commune, with evidence, and sent', () =>
    asStaff(COMMUNE, async (page) => {
      await page.goto('/can-bo/chi-so?loai=de-an-06&tim=06');
      await look(page, 'index-rounds');
      // What an address searches for stays in the box and in the address.
      expect(await page.locator('#round-search').inputValue()).toBe('06');
      expect(page.url()).toContain('tim=06');
      await page.getByRole('link', { name: 'Mở phiếu' }).first().click();
      await page.getByRole('heading', { name: 'Điểm bị trừ và việc khắc phục' }).waitFor();
      sheet = new URL(page.url()).pathname;
      await count(page, 'Làm sạch dữ liệu dân cư', '9.980', '10.000', true);
      await count(page, 'Cấp thẻ căn cước', '7.000', '7.000');
      await count(page, 'Thu nhận tài khoản định danh điện tử', '16.175', '12.000');
      await count(page, 'Kích hoạt tài khoản định danh điện tử', '12.951', '12.000');
      await count(page, 'Hồ sơ trực tuyến của dịch vụ công thiết yếu', '600', '1.000');
      await count(page, 'Xác thực dữ liệu bảo hiểm xã hội', '98', '100');
      await count(page, 'Số hóa sổ hộ tịch', '4', '4');
      await page.getByText('134,79 %').waitFor();
      await page.getByRole('link', { name: 'bao-cao.pdf' }).first().waitFor();
      await look(page, 'index-sheet-scoring');
      await act(page, 'Gửi phiếu');
      await page.getByText('Đã gửi, chờ thẩm định').first().waitFor();
    }));

  it('is appraised with reasons beside the commune’s own points', () =>
    asStaff(OFFICE, async (page) => {
      await page.goto(sheet);
      await page.getByRole('button', { name: 'Thẩm định: Số hóa sổ hộ tịch' }).click();
      const dialog = page.getByRole('dialog');
      await dialog.getByLabel('Điểm thẩm định').fill('11');
      await dialog.getByText('Tối đa 10.').waitFor();
      await dialog.getByLabel('Điểm thẩm định').fill('7,5');
      await dialog.getByLabel('Lý do').fill('Năm 2019 chưa đối chiếu xong.');
      await axe(page);
      await dialog.getByRole('button', { name: 'Lưu' }).click();
      await dialog.waitFor({ state: 'detached' });
      await page.getByRole('button', { name: /^Chấp nhận điểm tự chấm/ }).click();
      await page.getByText('Còn', { exact: false }).first().waitFor({ state: 'detached' });
      await act(page, 'Chuyển giải trình');
      await page.getByText('Chờ giải trình').first().waitFor();
    }));

  it('is answered by the commune', () =>
    asStaff(COMMUNE, async (page) => {
      await page.goto(sheet);
      await page.getByRole('button', { name: 'Giải trình: Số hóa sổ hộ tịch' }).click();
      const dialog = page.getByRole('dialog');
      await dialog.getByLabel('Giải trình', { exact: true }).fill('Sẽ đối chiếu xong trong tháng 12.');
      await dialog.getByRole('button', { name: 'Lưu' }).click();
      await dialog.waitFor({ state: 'detached' });
      await act(page, 'Giải trình xong');
      await page.getByText('Đã giải trình').first().waitFor();
    }));

  it('is settled, frozen and published', () =>
    asStaff(OFFICE, async (page) => {
      await page.goto(sheet);
      await act(page, 'Thống nhất điểm');
      await page.getByText('Đã thống nhất').first().waitFor();
      await look(page, 'index-sheet-settled');
      await page.goto(round);
      // Sent after the year was over, the figures are of the whole year already: measured again, none changes.
      await page.getByRole('button', { name: 'Đo lại số liệu tự động' }).click();
      await page.getByText('Đã đo lại 1 phiếu: 0 số liệu đổi').waitFor();
      await axe(page);
      await act(page, 'Chốt kết quả');
      await act(page, 'Công bố kết quả');
      await page.getByText('Đã công bố').first().waitFor();
      await look(page, 'index-round-published');
    }));

  it('is read by the commune, and what was lost becomes a task', () =>
    asStaff(COMMUNE, async (page) => {
      await page.goto(sheet);
      // 14,97 + 15 + 15 + 15 + 12 + 9,8 + 7,5
      await page.getByText('89,27/100').first().waitFor();
      await page.getByText('1/1').first().waitFor();
      await page.getByRole('button', { name: 'Giao việc khắc phục: Số hóa sổ hộ tịch' }).click();
      const dialog = page.getByRole('dialog');
      await dialog.getByLabel('Việc phải làm').fill('Đối chiếu sổ hộ tịch năm 2019');
      await dialog.getByRole('combobox', { name: 'Người làm' }).selectOption({ index: 1 });
      await dialog.getByLabel('Hạn').fill('31/12/2027');
      await axe(page);
      await dialog.getByRole('button', { name: 'Giao việc' }).click();
      await dialog.waitFor({ state: 'detached' });
      await page.getByText('Đối chiếu sổ hộ tịch năm 2019').first().waitFor();
      await look(page, 'index-sheet-published');
      await page.goto('/can-bo/chi-so/xep-hang');
      await page.getByText('79,98').first().waitFor();
      expect(await page.getByText('suy ra', { exact: true }).count()).toBeGreaterThan(0);
      await look(page, 'index-league');
    }));
});

// The demo begins with indices of invented points, one year published and one open.
describe('the demo’s own index of the year', () => {
  const openSheet = async (page: Page): Promise<void> => {
    await page.goto('/can-bo/chi-so?loai=par-index&trang-thai=open');
    await page.getByRole('link', { name: 'Mở phiếu' }).first().click();
    await page.getByRole('heading', { name: 'Nếu làm thêm' }).waitFor();
  };

  it('tells what more dossiers would bring, for as many points as are asked', () =>
    asStaff(COMMUNE, async (page) => {
      await openSheet(page);
      const what = page.getByRole('table', { name: 'Nếu làm thêm' });
      await what.getByText('chuyển thành đạt').first().waitFor();
      await page.getByLabel('Thêm bao nhiêu điểm').fill('0,5');
      await what
        .getByText(/^Thêm 0,50 điểm/)
        .first()
        .waitFor();
      await page.getByLabel('Thêm bao nhiêu điểm').fill('nhiều');
      await page.getByText('Ghi một số từ 0,01 đến 1.000.').waitFor();
      // What the year before lost, with how much of it is won back and the task given for it.
      await page.getByRole('table', { name: 'Điểm bị trừ năm 2025' }).getByText('Khắc phục điểm trừ').waitFor();
      await axe(page);
    }));

  it('is not frozen while its year runs, and says from which day it can be', () =>
    asStaff(OFFICE, async (page) => {
      await page.goto('/can-bo/chi-so?loai=par-index&trang-thai=open');
      await page.locator('a[href*="/chi-so/dot/"]').first().click();
      await page.getByText('Chốt kết quả được từ ngày 01/01/2027').waitFor();
      await page.getByRole('button', { name: 'Chốt kết quả', exact: true }).click();
      const dialog = page.getByRole('dialog');
      await dialog.getByRole('button', { name: 'Chốt kết quả', exact: true }).click();
      await dialog.getByRole('alert').getByText('Năm 2026 chưa kết thúc', { exact: false }).waitFor();
      await look(page, 'index-round-too-early');
    }));

  it('takes evidence back with a reason; the file stays in the history', () =>
    asStaff(COMMUNE, async (page) => {
      await openSheet(page);
      await page.getByRole('button', { name: 'Tự chấm: Kỷ luật, kỷ cương hành chính' }).click();
      const dialog = page.getByRole('dialog');
      await dialog.getByLabel('Điểm', { exact: true }).fill('3');
      await dialog.getByLabel('Tài liệu kiểm chứng').setInputFiles(pdf('nham.pdf'));
      await dialog.getByRole('button', { name: 'Lưu' }).click();
      await dialog.waitFor({ state: 'detached' });
      await page.getByRole('button', { name: 'Rút tài liệu nham.pdf' }).click();
      await dialog.getByLabel('Lý do').fill('Gắn nhầm tệp của đơn vị khác');
      await axe(page);
      await dialog.getByRole('button', { name: 'Rút tài liệu', exact: true }).click();
      await dialog.waitFor({ state: 'detached' });
      await page.getByRole('link', { name: 'nham.pdf. Gắn nhầm tệp của đơn vị khác' }).waitFor();
      expect(await page.getByRole('button', { name: 'Rút tài liệu nham.pdf' }).count()).toBe(0);
    }));

  it('goes out as a workbook and comes back, refused at the cell or taken whole', () =>
    asStaff(COMMUNE, async (page) => {
      await openSheet(page);
      const id = new URL(page.url()).pathname.split('/').at(-1);
      const template = await page.request.get(`/api/indices/sheets/${id}/template.xlsx`);
      const { Workbook } = await import('@cj-tech-master/excelts');
      const filled = async (points: number) => {
        const book = new Workbook();
        await book.xlsx.load(await template.body());
        book.worksheets[0]?.eachRow((row) => {
          if (row.getCell(1).value === 'structure') row.getCell(6).value = points;
        });
        const buffer = Buffer.from(await book.xlsx.writeBuffer());
        return { name: 'phieu.xlsx', mimeType: 'application/octet-stream', buffer };
      };
      await page.getByRole('button', { name: 'Nhập từ Excel' }).click();
      await page.getByLabel('Tệp Excel đã điền').setInputFiles(await filled(4.5));
      await page.getByRole('table', { name: 'Có 1 chỗ phải sửa trong tệp' }).getByText('Tối đa 4 điểm.').waitFor();
      await look(page, 'index-import-refused');
      await page.getByLabel('Tệp Excel đã điền').setInputFiles(await filled(3.5));
      await page.getByText('Tệp dùng được: 1 tiêu chí sẽ đổi.').waitFor();
      await page.getByRole('button', { name: 'Ghi vào phiếu' }).click();
      await page.getByText('1 tiêu chí, từ tệp Excel').waitFor();
    }));

  it('tells the second of two people who score one criterion', async () => {
    await asStaff(COMMUNE, async (first) => {
      await openSheet(first);
      await first.getByRole('button', { name: 'Tự chấm: Quy chế làm việc' }).click();
      await asStaff(COMMUNE, async (second) => {
        await openSheet(second);
        await second.getByRole('button', { name: 'Tự chấm: Quy chế làm việc' }).click();
        const dialog = second.getByRole('dialog');
        await dialog.getByLabel('Điểm', { exact: true }).fill('3');
        await dialog.getByRole('button', { name: 'Lưu' }).click();
        await dialog.waitFor({ state: 'detached' });
      });
      const dialog = first.getByRole('dialog');
      await dialog.getByLabel('Điểm', { exact: true }).fill('4,5');
      await dialog.getByText('Tối đa 4.').waitFor();
      await dialog.getByLabel('Điểm', { exact: true }).fill('2');
      await dialog.getByRole('button', { name: 'Lưu' }).click();
      await dialog
        .getByRole('alert')
        .getByText(/đã được người khác thay đổi/)
        .waitFor();
    });
  });
});

describe('a set of one’s own', () => {
  it('is copied, told what does not add up at its place, and published for good', () =>
    asStaff(OFFICE, async (page) => {
      await page.goto('/can-bo/chi-so/bo');
      await look(page, 'index-sets');
      await page.getByRole('button', { name: 'Chép thành bộ mới' }).click();
      await page.getByRole('combobox', { name: 'Chép từ' }).selectOption('de-an-06-2023');
      await page.getByRole('combobox', { name: 'Cơ quan ban hành' }).selectOption({ label: 'Thành phố Đà Nẵng' });
      await page.getByLabel('Mã', { exact: true }).fill('de-an-06-da-nang');
      await page.getByLabel('Tên bộ chỉ số').fill('Đề án 06 của thành phố');
      await page.getByRole('button', { name: 'Chép', exact: true }).click();
      await page.getByRole('button', { name: 'Sửa: Cấp thẻ căn cước' }).click();
      const dialog = page.getByRole('dialog');
      await dialog.getByLabel('Điểm tối đa').fill('20');
      await look(page, 'index-set-item');
      await dialog.getByRole('button', { name: 'Ghi vào cây' }).click();
      await page.getByRole('button', { name: 'Lưu bản nháp' }).click();
      await page.getByText(/có điểm tối đa 60 nhưng các mục bên trong cộng lại là 65/).waitFor();
      await look(page, 'index-set-draft');
      await page.getByRole('button', { name: 'Sửa: Cấp thẻ căn cước' }).click();
      await dialog.getByLabel('Điểm tối đa').fill('15');
      await dialog.getByRole('button', { name: 'Ghi vào cây' }).click();
      await page.getByRole('button', { name: 'Lưu bản nháp' }).click();
      await page.getByText(/cộng lại là 65/).waitFor({ state: 'detached' });
      // A copy bears the source of the set it was made from, until its own decision is named.
      await page.getByRole('button', { name: 'Sửa tên, cấp, nguồn, ghi chú' }).click();
      await dialog.getByLabel('Nguồn').fill('');
      await dialog.getByText('Chưa điền ô này.').waitFor();
      await dialog.getByLabel('Nguồn').fill('Quyết định giả định của thành phố');
      // It bears the level too, until it is published.
      await dialog.getByRole('combobox', { name: 'Cấp', exact: true }).selectOption({ label: 'Cấp tỉnh' });
      await axe(page);
      await look(page, 'index-set-about');
      await dialog.getByRole('button', { name: 'Ghi vào bộ' }).click();
      await page.getByRole('button', { name: 'Lưu bản nháp' }).click();
      await page.getByText('Quyết định giả định của thành phố', { exact: true }).waitFor();
      await page.locator('dd', { hasText: /^Cấp tỉnh$/ }).waitFor();
      await act(page, 'Ban hành');
      await page.getByText('Đã ban hành').first().waitFor();
      expect(await page.getByRole('button', { name: 'Sửa tên, cấp, nguồn, ghi chú' }).count()).toBe(0);
      expect(await page.getByRole('button', { name: 'Lưu bản nháp' }).count()).toBe(0);
    }));

  it('has its weights, bands and disputed places edited, each with what is wrong at its place', () =>
    asStaff(OFFICE, async (page) => {
      const dialog = page.getByRole('dialog');
      const save = async (): Promise<void> => {
        await dialog.getByRole('button', { name: 'Ghi vào bộ' }).click();
        await dialog.waitFor({ state: 'detached' });
        await page.getByRole('button', { name: 'Lưu bản nháp' }).click();
        await page.getByText('Có thay đổi chưa lưu').waitFor({ state: 'detached' });
      };
      await page.goto('/can-bo/chi-so/bo');
      await page.getByRole('button', { name: 'Chép thành bộ mới' }).click();
      await page.getByRole('combobox', { name: 'Chép từ' }).selectOption('par-index-commune-2026');
      await page.getByRole('combobox', { name: 'Cơ quan ban hành' }).selectOption({ label: 'Thành phố Đà Nẵng' });
      await page.getByLabel('Mã', { exact: true }).fill('cchc-xa-da-nang');
      await page.getByLabel('Tên bộ chỉ số').fill('Cải cách hành chính cấp xã của thành phố');
      await page.getByRole('button', { name: 'Chép', exact: true }).click();
      const frame = page.getByRole('region', { name: 'Phần điểm, xếp loại' });
      await frame.getByRole('button', { name: 'Sửa phần điểm' }).click();
      const second = dialog.getByRole('group', { name: 'Phần 2' });
      await second.getByLabel('Trọng số (%)').fill('120');
      await second.getByText('Ghi một số lớn hơn 0 và không quá 100.').waitFor();
      expect(await dialog.getByRole('button', { name: 'Ghi vào bộ' }).isDisabled()).toBe(true);
      await second.getByLabel('Trọng số (%)').fill('20');
      await dialog.getByText('Trọng số cộng lại là 90,00 %, phải là 100 %.').waitFor();
      await look(page, 'index-set-parts');
      await save();
      await frame.getByText('Trọng số các phần cộng lại là 0,9, phải là 1.').waitFor();
      await frame.getByRole('button', { name: 'Sửa phần điểm' }).click();
      await dialog.getByRole('group', { name: 'Phần 1' }).getByLabel('Trọng số (%)').fill('80');
      await dialog.getByText('Trọng số cộng lại là 100,00 %.').waitFor();
      await save();
      await frame.getByText('80,00 %').waitFor();

      await frame.getByRole('button', { name: 'Sửa xếp loại tổng điểm' }).click();
      await dialog.getByRole('group', { name: 'Mức 5' }).getByLabel('Từ (%)').fill('30');
      await dialog.getByText('Chưa có mức bắt đầu từ 0.').waitFor();
      await look(page, 'index-set-bands');
      await save();
      await frame.getByText('Mức xếp loại cuối cùng phải bắt đầu từ 0').waitFor();
      await frame.getByRole('button', { name: 'Sửa xếp loại tổng điểm' }).click();
      await dialog.getByRole('button', { name: 'Thêm mức' }).click();
      const sixth = dialog.getByRole('group', { name: 'Mức 6' });
      await sixth.getByLabel('Tên mức').fill('Rất yếu');
      await sixth.getByLabel('Từ (%)').fill('0');
      await save();
      await frame.getByText('Yếu từ 30 %; Rất yếu từ 0 %').waitFor();

      const places = page.getByRole('region', { name: 'Chỗ các nguồn nói khác nhau' });
      await places.getByRole('button', { name: 'Thêm chỗ nói khác nhau' }).click();
      await dialog.getByLabel('Tên chỗ này').fill('Văn bản ký số');
      await dialog.getByRole('group', { name: 'Cách 1' }).getByLabel('Tên cách chấm').fill('Theo tỷ lệ');
      await dialog.getByRole('group', { name: 'Cách 2' }).getByLabel('Tên cách chấm').fill('Đủ điểm từ 80 %');
      await look(page, 'index-set-setting');
      await save();
      await places.getByRole('button', { name: 'Cách này đổi gì: Đủ điểm từ 80 %' }).click();
      const NAMED = 'Văn bản đi ký số cá nhân và cơ quan';
      await places.getByRole('combobox', { name: 'Thay một tiêu chí' }).selectOption({ label: NAMED });
      await places.getByRole('button', { name: `Sửa: ${NAMED}` }).click();
      await dialog.getByLabel('Chi tiết cách chấm').fill('80');
      await dialog.getByLabel('Điểm tối đa').fill('6');
      await dialog.getByRole('button', { name: 'Ghi vào cây' }).click();
      await page.getByRole('button', { name: 'Lưu bản nháp' }).click();
      await places.getByText(/cộng lại là/).waitFor();
      await places.getByRole('button', { name: 'Cách này đổi gì: Đủ điểm từ 80 %' }).click();
      await places.getByRole('button', { name: `Sửa: ${NAMED}` }).click();
      await dialog.getByLabel('Điểm tối đa').fill('5');
      await dialog.getByRole('button', { name: 'Ghi vào cây' }).click();
      await look(page, 'index-set-option');
      await page.getByRole('button', { name: 'Lưu bản nháp' }).click();
      await places.getByText(/cộng lại là/).waitFor({ state: 'detached' });
      await act(page, 'Ban hành');
      await page.getByText('Đã ban hành').first().waitFor();
      expect(await page.getByRole('button', { name: 'Sửa phần điểm' }).count()).toBe(0);
    }));
});
