import { generate } from 'otplib';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { asPerson, look, openBrowser, signIn } from './harness.ts';

const base = inject('demo2026');
let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser.close());

const SCREENS = [
  ['system', '/can-bo/quan-tri/he-thong'],
  ['succession', '/can-bo/quan-tri/ke-thua'],
  ['units', '/can-bo/quan-tri/don-vi'],
  ['staff', '/can-bo/quan-tri/can-bo'],
  ['roles', '/can-bo/quan-tri/vai-tro'],
  ['accounts', '/can-bo/quan-tri/tai-khoan'],
  ['procedures', '/can-bo/quan-tri/thu-tuc'],
  ['procedure', '/can-bo/quan-tri/thu-tuc/1.004873'],
  ['calendars', '/can-bo/quan-tri/lich'],
  ['audit', '/can-bo/quan-tri/nhat-ky'],
  ['deliveries', '/can-bo/quan-tri/gui-thong-bao'],
  ['unverified', '/can-bo/quan-tri/chua-kiem-tra'],
  ['account', '/can-bo/tai-khoan'],
  ['notices', '/can-bo/thong-bao'],
] as const;

describe('the administrator', () => {
  it.each(SCREENS)('opens the screen of %s', (name, address) =>
    asPerson(browser, base, `admin-${name}`, async (page) => {
      await signIn(page, 'quantri.hiepduc');
      await page.goto(address);
      await page.locator('main h1').first().waitFor();
      await page.waitForLoadState('networkidle');
      await look(page, `admin-${name}`);
    }),
  );

  it('learns on the system page what is wrong, and tries the mail server', () =>
    asPerson(browser, base, 'admin-test-mail', async (page) => {
      await signIn(page, 'quantri.hiepduc');
      await page.goto('/can-bo/quan-tri/he-thong');
      await page.getByText('Chưa có bản sao lưu nào').first().waitFor();
      await page.getByLabel('Địa chỉ nhận').fill('thu@example.vn');
      await page.getByRole('button', { name: 'Gửi thư thử' }).click();
      await page.getByText('Máy chủ thư đã nhận').waitFor();
      await look(page, 'admin-system-mail');
    }));

  it('sees what a merger would move before it is recorded', () =>
    asPerson(browser, base, 'admin-succession-preview', async (page) => {
      await signIn(page, 'quantri.hiepduc');
      await page.goto('/can-bo/quan-tri/ke-thua');
      for (const [group, name] of [
        ['Đơn vị cũ', 'Xã Phước Trà'],
        ['Đơn vị sau thay đổi', 'Xã Việt An'],
      ] as const) {
        const picker = page.getByRole('group', { name: group });
        await picker.getByRole('combobox').fill(name);
        await picker.getByRole('option').filter({ hasText: name }).first().click();
      }
      await page.getByRole('button', { name: 'Xem trước' }).click();
      await page.getByRole('heading', { name: 'Sẽ thay đổi' }).waitFor();
      await look(page, 'admin-succession-preview');
    }));

  it('edits a calendar in a table, and is told at the place what is wrong', () =>
    asPerson(browser, base, 'admin-calendar-edit', async (page) => {
      await signIn(page, 'quantri.hiepduc');
      await page.goto('/can-bo/quan-tri/lich/vietnam-office-hours');
      await page.getByRole('button', { name: 'Công bố bản mới' }).click();
      const tuesday = page.getByLabel('Thứ ba, Giờ');
      await tuesday.fill('17h-7h');
      await page.getByText('Khung giờ kết thúc không sau lúc bắt đầu.').waitFor();
      await look(page, 'admin-calendar-edit');
      await tuesday.fill('7h30-11h30, 13h30-17h');
      await page.getByText('Khung giờ kết thúc không sau lúc bắt đầu.').waitFor({ state: 'detached' });
    }));

  it('edits a draft of a procedure in sections and sees the sum of its steps', () =>
    asPerson(browser, base, 'admin-procedure-edit', async (page) => {
      await signIn(page, 'quantri.hiepduc');
      await page.goto('/can-bo/quan-tri/thu-tuc/1.013225');
      await page.getByRole('button', { name: 'Tạo bản nháp từ bản này' }).click();
      await page.getByLabel('Bản', { exact: true }).fill('2027-01-01');
      await page.getByLabel('Từ ngày').fill('01/01/2027');
      await page.locator('form').getByRole('button', { name: 'Tạo bản nháp từ bản này' }).click();
      await page.getByRole('link', { name: '2027-01-01' }).click();
      await page.locator('summary', { hasText: 'Các bước xử lý' }).click();
      await page.getByText('Khớp', { exact: true }).first().waitFor();
      await look(page, 'admin-procedure-edit');
      await page.getByRole('button', { name: 'Lưu bản nháp' }).click();
      await page.getByText('Đã lưu').first().waitFor();
    }));

  it('who is new changes the password and enrols one-time codes before anything else opens', () =>
    asPerson(browser, base, 'admin-held-back', async (page) => {
      await signIn(page, 'quantri.hiepduc');
      const send = async (path: string, data: object): Promise<Record<string, string>> => {
        const reply = await page.request.post(path, { data });
        expect(reply.status(), await reply.text()).toBe(201);
        return await reply.json();
      };
      const unitId = (await (await page.request.get('/api/me')).json()).homeUnitId;
      const validFrom = '2026-01-01';
      const position = { unitId, title: 'Quản trị mới', validFrom };
      const { id } = await send('/api/staff', { fullName: 'Trần Văn Tập Sự', position });
      await send(`/api/staff/${id}/grants`, { roleCode: 'administrator', unitId, validFrom });
      const { oneTimePassword = '' } = await send('/api/accounts', { login: 'tap.su', staffId: id });
      await page.request.delete('/api/session');

      await page.goto('/can-bo/quan-tri/he-thong');
      await page.getByLabel('Tên đăng nhập').fill('tap.su');
      await page.getByLabel('Mật khẩu').fill(oneTimePassword);
      await page.getByRole('button', { name: 'Đăng nhập', exact: true }).click();
      await page.getByRole('heading', { name: 'Đổi mật khẩu để bắt đầu' }).waitFor();
      expect((await page.request.get('/api/calendars')).status()).toBe(403);
      await look(page, 'admin-must-change-password');
      const password = 'sông Thu Bồn 1987';
      await page.locator('#current').fill(oneTimePassword);
      await page.locator('#next').fill(password);
      await page.locator('#again').fill(password);
      await page.getByRole('button', { name: 'Đổi mật khẩu' }).click();

      await page.getByRole('heading', { name: 'Cài mã xác thực để bắt đầu' }).waitFor();
      expect((await page.request.get('/api/calendars')).status()).toBe(403);
      await page.locator('#totp-password').fill(password);
      await page.locator('main form button').first().click();
      const secret = (await page.locator('main form .code').innerText()).trim();
      await look(page, 'admin-must-enrol');
      await page.locator('#totp-code').fill(await generate({ secret }));
      await page.locator('main form button').first().click();
      await page.locator('.codes').waitFor();
      await look(page, 'admin-recovery-codes');
      await page.getByRole('button', { name: 'Tôi đã cất giữ' }).click();
      await page.getByRole('heading', { name: 'Hệ thống' }).waitFor();
    }));

  it('sees no dossier, and is told so on a page, not by a blank', () =>
    asPerson(browser, base, 'admin-forbidden', async (page) => {
      await signIn(page, 'quantri.hiepduc');
      await page.goto('/can-bo/ho-so');
      await page.waitForLoadState('networkidle');
      await look(page, 'admin-forbidden');
    }));
});
