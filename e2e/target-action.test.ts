import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { axe, look, openBrowser, staffOf } from './harness.ts';

// The chairman of Hiệp Đức in 2023: what the seeds say, a target that is red, somebody who does something about it.
const base = inject('demo2023');
let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser.close());

/** One step of the story; its name begins that of the picture of a failure, which later steps then leave alone. */
const step = (name: string) => staffOf(() => browser, base, `target-${name}-`, 2023);
const NAME = 'Hồ sơ trực tuyến của huyện đạt toàn bộ';
const WORK = 'Hướng dẫn người dân nộp trực tuyến tại từng xã';

const rowOf = (page: Page, text: string) => page.getByRole('row').filter({ hasText: text });

async function openBoard(page: Page): Promise<void> {
  await page.goto('/can-bo/chi-tieu');
  await page.getByRole('heading', { level: 2, name: /năm 2023/ }).waitFor();
}

async function openTarget(page: Page): Promise<void> {
  await openBoard(page);
  await page.getByRole('link', { name: NAME, exact: true }).click();
  await page.getByRole('heading', { level: 1, name: NAME }).waitFor();
}

describe('from a target to a red light to an action', () => {
  it('shows what the district reached, with changes in points and results that say “trên”', () =>
    step('board')('chutich.hiepduc', async (page) => {
      await openBoard(page);
      const late = rowOf(page, 'Tỷ lệ hồ sơ trễ hẹn');
      await late.getByText('Giảm 20,89 điểm phần trăm (−72,74 %)').waitFor();
      await late.getByText('Đạt', { exact: true }).waitFor();
      await rowOf(page, 'VNeID').getByText('trên 90,00 %').waitFor();
      await rowOf(page, 'phát sinh trực tuyến').getByText('không có tỷ lệ vì kỳ trước bằng 0').waitFor();
      await look(page, 'target-board');
    }));

  it('is given by the chairman and is red at once, one click from its dossiers', () =>
    step('give')('chutich.hiepduc', async (page) => {
      await openBoard(page);
      await page.getByRole('button', { name: 'Giao chỉ tiêu', exact: true }).click();
      const form = page.getByRole('form', { name: 'Giao chỉ tiêu' });
      await form.getByRole('button', { name: 'Giao', exact: true }).click();
      await form.getByText('Chưa điền ô này.').first().waitFor();
      await form.getByLabel('Tên chỉ tiêu').fill(NAME);
      await form.getByLabel('Người chịu trách nhiệm').fill('Văn phòng HĐND và UBND huyện');
      await form.getByLabel('Trích yếu hoặc nguồn').fill('Kế hoạch số 125/KH-UBND');
      await form.getByLabel('Nguồn số liệu').selectOption({ label: 'Tỷ lệ hồ sơ trực tuyến' });
      await form.getByLabel('Giá trị phải đạt').fill('100');
      await axe(page);
      await form.getByRole('button', { name: 'Giao', exact: true }).click();
      await form.waitFor({ state: 'detached' });
      const row = rowOf(page, NAME);
      await row.getByText('Chưa đạt', { exact: true }).waitFor();
      await row.getByRole('link', { name: /mở hồ sơ sau con số/ }).click();
      await page.getByRole('heading', { level: 2, name: 'Hồ sơ sau con số' }).waitFor();
    }));

  it('is not given twice: the form leads to the one the district has', () =>
    step('equal')('chutich.hiepduc', async (page) => {
      await openBoard(page);
      await page.getByRole('button', { name: 'Giao chỉ tiêu', exact: true }).click();
      const form = page.getByRole('form', { name: 'Giao chỉ tiêu' });
      await form.getByLabel('Tên chỉ tiêu').fill('Nộp trực tuyến');
      await form.getByLabel('Người chịu trách nhiệm').fill('Văn phòng HĐND và UBND huyện');
      await form.getByLabel('Trích yếu hoặc nguồn').fill('Kế hoạch số 125/KH-UBND');
      await form.getByLabel('Nguồn số liệu').selectOption({ label: 'Tỷ lệ hồ sơ trực tuyến' });
      await form.getByLabel('Giá trị phải đạt').fill('90');
      await form.getByRole('button', { name: 'Giao', exact: true }).click();
      await form
        .getByRole('alert')
        .getByText(`đã có “${NAME}”, từ 01/01/2023 đến 31/12/2023`, { exact: false })
        .waitFor();
      await axe(page);
      await look(page, 'target-equal');
      const opened = page.context().waitForEvent('page');
      await form.getByRole('link', { name: 'Mở chỉ tiêu đã có của Huyện Hiệp Đức' }).click();
      await (await opened).getByRole('heading', { level: 1, name: NAME }).waitFor();
      // What was typed stays in the form.
      expect(await form.getByLabel('Giá trị phải đạt').inputValue()).toBe('90');
    }));

  it('becomes a piece of work with a person and a day', () =>
    step('work')('chutich.hiepduc', async (page) => {
      await openTarget(page);
      await page.getByRole('button', { name: 'Giao việc kéo lại' }).click();
      const form = page.getByRole('form', { name: 'Giao việc kéo lại' });
      await form.getByLabel('Việc', { exact: true }).fill(WORK);
      const people = form.getByLabel('Người chịu trách nhiệm');
      const option = people.locator('option').filter({ hasText: 'Chuyên viên phòng Tư pháp' });
      await people.selectOption((await option.getAttribute('value')) ?? '');
      await form.getByLabel('Hạn').fill('29/09/2023');
      await axe(page);
      await form.getByRole('button', { name: 'Giao việc kéo lại' }).click();
      await page.getByText('Đã giao việc và báo người chịu trách nhiệm.').first().waitFor();
      await form.waitFor({ state: 'detached' });
      const row = rowOf(page, WORK);
      await row.getByText('Mới giao', { exact: true }).waitFor();
      // To whom it was given: who is told of it in the next step.
      await row.getByText('Huỳnh Văn Tập Huấn', { exact: true }).waitFor();
      await look(page, 'target-page');
    }));

  it('is done by that person, who was told', () =>
    step('done')('tuphap.hiepduc', async (page) => {
      await page.goto('/can-bo/thong-bao');
      await page.getByText(`Việc được giao, hạn 29/09/2023: ${WORK}`).first().waitFor();
      await page.goto('/can-bo/chi-tieu?ngan=viec&cua=toi');
      const row = rowOf(page, WORK);
      await row.getByRole('button', { name: 'Bắt đầu' }).click();
      const start = page.getByRole('form', { name: 'Bắt đầu' });
      await start.getByRole('button', { name: 'Bắt đầu' }).click();
      await start.waitFor({ state: 'detached' });
      await row.getByText('Đang làm', { exact: true }).waitFor();
      await look(page, 'target-actions');
      await row.getByRole('button', { name: 'Báo xong' }).click();
      const form = page.getByRole('form', { name: 'Báo xong' });
      await form.getByLabel('Kết quả').fill('Đã hướng dẫn ở 11 xã, thị trấn.');
      await form.getByRole('button', { name: 'Báo xong' }).click();
      await form.waitFor({ state: 'detached' });
      await row.getByText('Đã xong', { exact: true }).waitFor();
    }));

  it('stands on the target’s page with what came of it; a result is entered with its evidence', () =>
    step('result')('chutich.hiepduc', async (page) => {
      await openTarget(page);
      await rowOf(page, WORK).getByText('Đã xong', { exact: true }).waitFor();
      await openBoard(page);
      await page.getByRole('link', { name: /Egov Quảng Nam/ }).click();
      await page.getByRole('button', { name: 'Nhập kết quả' }).click();
      const form = page.getByRole('form', { name: 'Nhập kết quả' });
      await form.getByLabel('Tử số').fill('180');
      await form.getByLabel('Mẫu số').fill('200');
      await form.getByLabel('Tài liệu kiểm chứng').fill('Báo cáo của Phòng Văn hóa và Thông tin');
      await axe(page);
      await form.getByRole('button', { name: 'Nhập kết quả' }).click();
      await page.getByText('Đã ghi kết quả.').first().waitFor();
      await form.waitFor({ state: 'detached' });
      const entry = rowOf(page, 'Báo cáo của Phòng Văn hóa và Thông tin');
      expect(await entry.innerText()).toMatch(/90,00\s%/);
      await look(page, 'target-entered');
    }));

  it('the province sees its districts side by side', () =>
    step('units')('kiemsoat.quangnam', async (page) => {
      await page.goto('/can-bo/chi-tieu');
      await page.getByRole('link', { name: 'Các đơn vị trực thuộc' }).click();
      await page.getByLabel('Đơn vị cấp trên').selectOption({ label: 'Tỉnh Quảng Nam' });
      await rowOf(page, 'Huyện Nông Sơn').getByText('1/3', { exact: true }).waitFor();
      await rowOf(page, 'Huyện Nam Giang').getByText('3/3', { exact: true }).waitFor();
      await look(page, 'target-units');
    }));
});
