import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { look, openBrowser, staffOf } from './harness.ts';

// The chairman of Hiệp Đức in 2023 with five minutes: what is red, with whom, what next; a figure; a commune below.
const base = inject('demo2023');
let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser.close());

const asStaff = staffOf(() => browser, base, 'leader-', 2023);

describe('a chairman with five minutes', () => {
  it('reads what is broken and what comes next, and goes there', () =>
    asStaff('chutich.hiepduc', async (page) => {
      await page.goto('/can-bo/lanh-dao');
      await page.getByRole('heading', { level: 2, name: 'Cần xử lý' }).waitFor();
      const lines = page.getByRole('table', { name: /Những việc cần xử lý/ }).getByRole('row');
      await lines.nth(1).waitFor();
      expect(await lines.nth(1).getByText('Xử lý ngay', { exact: true }).count()).toBe(1);
      await look(page, 'leader');
      // Since when, and the dossiers behind the number, as many as it says.
      await lines
        .nth(1)
        .getByText(/đã \d+ ngày/)
        .waitFor();
      const next = lines.nth(1).getByRole('cell').last().getByRole('link').first();
      await next.click();
      await page.getByRole('heading', { level: 1 }).waitFor();
      expect(new URL(page.url()).pathname).not.toBe('/can-bo/lanh-dao');
    }));

  it('sees how a figure moved and takes the picture along', () =>
    asStaff('chutich.hiepduc', async (page) => {
      await page.goto('/can-bo/lanh-dao');
      await page.getByLabel('Số liệu', { exact: true }).selectOption({ label: 'Tỷ lệ hồ sơ trực tuyến' });
      const chart = page.getByRole('region', { name: /^Tỷ lệ hồ sơ trực tuyến của .* qua các kỳ/ });
      // What is drawn can be read aloud, the last period with its figure.
      await chart.getByRole('img', { name: /08\/2023: \d+,\d\d$/ }).waitFor();
      const [picture] = await Promise.all([
        page.waitForEvent('download'),
        page.getByRole('button', { name: 'Tải hình (SVG)' }).first().click(),
      ]);
      expect(picture.suggestedFilename()).toBe('dien-bien-2023-08.svg');
    }));

  it('opens the dossiers behind a figure', () =>
    asStaff('chutich.hiepduc', async (page) => {
      await page.goto('/can-bo/lanh-dao');
      await page.getByRole('link', { name: 'Hồ sơ tiếp nhận trong kỳ' }).click();
      const rows = page.getByRole('heading', { level: 2, name: 'Hồ sơ sau con số' });
      await rows.waitFor();
      await page.getByRole('link', { name: 'Xem hồ sơ sau con số' }).click();
      expect(await rows.evaluate((heading) => heading === document.activeElement)).toBe(true);
      expect(new URL(page.url()).searchParams.get('so-lieu')).toBe('received');
    }));

  it('goes from a number of a unit below to that figure of that unit, and from there to its parts', () =>
    asStaff('chutich.hiepduc', async (page) => {
      await page.goto('/can-bo/lanh-dao');
      const line = page
        .getByRole('table', { name: /các đơn vị trực thuộc/ })
        .getByRole('row', { name: /thị trấn Tân Bình/ });
      const number = line.getByRole('cell').first().getByRole('link');
      const told = await number.innerText();
      await number.click();
      const figure = page.getByRole('region', { name: 'Hồ sơ tiếp nhận trong kỳ' });
      await figure
        .getByText(/Ủy ban nhân dân thị trấn Tân Bình\. Từ 01\/08\/2023 đến 31\/08\/2023\. Tính lúc/)
        .waitFor();
      expect(await figure.locator('strong').first().innerText()).toBe(told);
      await page.getByLabel('Đơn vị', { exact: true }).selectOption({ label: 'Ủy ban nhân dân huyện Hiệp Đức' });
      const parts = page.getByRole('table', { name: 'Theo đơn vị' });
      await parts.getByRole('link', { name: 'Riêng Ủy ban nhân dân huyện Hiệp Đức' }).click();
      await page.getByRole('table', { name: 'Theo đơn vị' }).waitFor({ state: 'detached' });
      expect(await page.getByLabel('Phạm vi').locator('option:checked').innerText()).toBe('Riêng đơn vị');
    }));

  it('goes from the apologies a unit owes to the dossiers of that unit, and from the number there to as many rows', () =>
    asStaff('chutich.hiepduc', async (page) => {
      await page.goto('/can-bo/lanh-dao');
      const line = page.getByRole('row', { name: /hồ sơ trễ chưa có văn bản xin lỗi.*Ủy ban nhân dân xã/ }).first();
      await line.getByText('Xong trễ từ 01/01/2023 đến nay, hoặc đang quá hạn.').waitFor();
      const [count] = /\d+/.exec(await line.getByRole('rowheader').innerText()) ?? [];
      const unit = await line.getByRole('cell').nth(1).innerText();
      await line.getByRole('link', { name: /lập và ký văn bản xin lỗi/ }).click();
      const chosen = page.getByLabel('Cơ quan giải quyết', { exact: true }).locator('option:checked');
      await page.getByRole('button', { name: `Chưa xin lỗi: mở ${count} hồ sơ` }).waitFor();
      expect(await chosen.innerText()).toBe(unit);
      for (const row of await page.getByRole('table', { name: 'Cần làm' }).locator('tbody tr').all())
        expect(await row.innerText()).toContain(unit);
      await page.getByRole('button', { name: `Chưa xin lỗi: mở ${count} hồ sơ` }).click();
      const rows = page.getByRole('table', { name: 'Hồ sơ sau con số: Chưa xin lỗi' });
      await rows.waitFor();
      expect(await rows.locator('tbody tr').count()).toBe(Number(count));
      await look(page, 'leader-apologies');
    }));

  it('is told that another unit is on its way, and of a period to come that it has no figures', () =>
    asStaff('chutich.hiepduc', async (page) => {
      await page.goto('/can-bo/lanh-dao');
      const unit = page.getByLabel('Đơn vị', { exact: true });
      // All of the page is there, so that nothing but the other unit is waited for.
      await page.getByRole('img', { name: /qua các kỳ/ }).waitFor();
      let letGo = (): void => {};
      const held = new Promise<void>((resolve) => {
        letGo = resolve;
      });
      await page.route(/\/api\/overview/, async (route) => {
        await held;
        await route.continue();
      });
      const chosen = 'Ủy ban nhân dân thị trấn Tân Bình';
      await unit.selectOption({ label: chosen });
      await page.getByRole('status').filter({ hasText: 'Đang tải' }).waitFor();
      expect(await unit.locator('option:checked').innerText()).toBe(chosen);
      letGo();
      await page.getByText(new RegExp(`^${chosen}\\. Lúc`)).waitFor();
      await page.unrouteAll({ behavior: 'wait' });
      await page.goto('/can-bo/lanh-dao?ky=02/2030');
      await page.getByText(/Kỳ này chưa bắt đầu nên chưa có số liệu/).waitFor();
      expect(await page.getByRole('heading', { name: 'Diễn biến và so sánh' }).count()).toBe(0);
    }));

  it('is told what a period looks like, and keeps what was typed', () =>
    asStaff('chutich.hiepduc', async (page) => {
      await page.goto('/can-bo/lanh-dao');
      const field = page.getByLabel('Kỳ', { exact: true });
      await field.fill('tháng 8');
      await field.blur();
      await page.getByText(/Chưa đọc được kỳ này/).waitFor();
      expect(await field.inputValue()).toBe('tháng 8');
      await field.fill('2023');
      await field.blur();
      await page
        .getByText(/01\/01\/2023/)
        .first()
        .waitFor();
    }));

  it('says of a desk where its figures stand, and nothing to those who hold no board', async () => {
    await asStaff('motcua.hiepduc', async (page) => {
      await page.goto('/can-bo/lanh-dao');
      await page.getByText(/Số liệu giải quyết tính cho cơ quan quyết định/).waitFor();
      await look(page, 'leader-desk');
    });
    await asStaff('vanthu.hiepduc', async (page) => {
      await page.goto('/can-bo/lanh-dao');
      await page.getByRole('heading', { name: 'Bạn không có quyền dùng màn hình này' }).waitFor();
    });
  });
});
