import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { asPerson, axe, look, openBrowser, shot, signIn } from './harness.ts';
import { countKeys, enterTo } from './keyboard.ts';

const base = inject('demo2026');
let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser.close());

const CODE = /H\d+\.\S+-\d{6}-\d{4}/;
const received = async (page: Page): Promise<string> =>
  (await page.getByRole('status').filter({ hasText: CODE }).first().innerText()).trim();

/** Chooses certified copies and types what it asks, by keyboard alone; ends before “Tiếp nhận”. */
async function typeIntake(page: Page, owner: string): Promise<void> {
  await page.getByRole('combobox', { name: 'Tên hoặc mã thủ tục' }).waitFor();
  await enterTo(page, 'procedure');
  await page.keyboard.type('chung thuc ban sao');
  // The list of before stands until the answer comes: a person sees it change.
  await page.locator('[role=option]').nth(1).waitFor({ state: 'detached' });
  await page.locator('[role=option]').filter({ hasText: '2.000815' }).waitFor();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await page.getByRole('combobox', { name: 'Họ tên chủ hồ sơ' }).waitFor();
  await enterTo(page, 'owner-name');
  await page.keyboard.type(owner);
  await page.keyboard.press('Escape');
  await enterTo(page, 'owner-phone');
  await page.keyboard.type('0900000177');
  await enterTo(page, 'form-documents-0-title');
  await page.keyboard.type('Bằng tốt nghiệp đại học');
  await page.keyboard.press('Enter');
  await page.keyboard.type('2');
  await page.keyboard.press('Enter');
  await page.keyboard.type('3');
  await enterTo(page, 'form-foreignPaper');
  await page.keyboard.press('Space');
  await enterTo(page, 'form-declaration');
  await page.keyboard.press('Space');
  await enterTo(page, 'paper-ban-chinh');
  await page.keyboard.press('Space');
}

describe('a clerk at the desk', () => {
  it('takes a dossier in by keyboard alone, under a minute, and prints the slip', () =>
    asPerson(browser, base, 'desk-clerk', async (page) => {
      await signIn(page, 'motcua.hiepduc');
      const keys = await countKeys(page);
      await page.goto('/can-bo/tiep-nhan');
      await page.getByRole('combobox', { name: 'Tên hoặc mã thủ tục' }).waitFor();
      await axe(page);
      const begun = Date.now();
      await typeIntake(page, 'Đặng Văn Bàn Phím');
      const seconds = (Date.now() - begun) / 1000;
      await look(page, 'desk-intake');
      await page.keyboard.press('Control+Enter');
      const code = await received(page);
      const pressed = await keys();
      console.info(`intake of a simple procedure: ${pressed} keys, the machine took ${seconds.toFixed(1)} s`);
      // A clerk presses three keys a second at an easy pace: 150 keys are 50 seconds, the rest is for looking.
      expect(pressed).toBeLessThanOrEqual(150);
      expect(code).toMatch(CODE);
      // The machine types faster than a person; what is measured is that nothing makes the clerk wait.
      expect(seconds).toBeLessThan(60);
      await look(page, 'desk-received');

      const print = page.getByRole('link', { name: 'In giấy tiếp nhận' });
      expect(await print.evaluate((link) => link === document.activeElement), 'the slip prints in one keystroke').toBe(
        true,
      );
      const slip = await page.request.get((await print.getAttribute('href')) ?? '');
      expect([slip.status(), slip.headers()['content-type']]).toEqual([200, 'application/pdf']);
      const file = path.join(os.tmpdir(), `motcua-slip-${process.pid}.pdf`);
      fs.writeFileSync(file, await slip.body());
      const text = spawnSync('pdftotext', ['-layout', file, '-'], { encoding: 'utf8' }).stdout;
      fs.rmSync(file);
      expect(text).toContain(code);
      expect(text).toContain('Đặng Văn Bàn Phím');
      expect(text).toMatch(/GIẤY TIẾP NHẬN/i);
    }));

  it('keeps what was typed where the session has ended, signs in again, and goes on', () =>
    asPerson(browser, base, 'desk-expired', async (page, { context }) => {
      await signIn(page, 'motcua.hiepduc');
      await page.goto('/can-bo/tiep-nhan');
      await typeIntake(page, 'Hồ Thị Phiên Hết');
      await context.clearCookies();
      await page.keyboard.press('Control+Enter');
      const dialog = page.getByRole('dialog');
      await dialog.waitFor();
      await shot(page, 'desk-session-ended');
      await dialog.getByLabel('Tên đăng nhập').fill('motcua.hiepduc');
      await dialog.getByLabel('Mật khẩu').fill('Motcua@2026');
      await dialog.getByRole('button', { name: 'Đăng nhập', exact: true }).click();
      await dialog.waitFor({ state: 'detached' });
      await page
        .getByRole('status')
        .filter({ hasText: CODE })
        .first()
        .waitFor({ timeout: 5000 })
        .catch(async () => {
          expect(await page.getByRole('combobox', { name: 'Họ tên chủ hồ sơ' }).inputValue()).toBe('Hồ Thị Phiên Hết');
          await page.getByRole('button', { name: 'Tiếp nhận và chuyển' }).click();
        });
      expect(await received(page)).toMatch(CODE);
    }));

  it('is told in words what is missing', () =>
    asPerson(browser, base, 'desk-missing', async (page) => {
      await signIn(page, 'motcua.hiepduc');
      await page.goto('/can-bo/tiep-nhan');
      await page.getByRole('button', { name: 'Tiếp nhận và chuyển' }).click();
      await page.getByText('Nhập họ tên chủ hồ sơ').first().waitFor();
      await look(page, 'desk-missing');
    }));

  it('is told all that is missing at once, and types the person once, in the form or above it', () =>
    asPerson(browser, base, 'desk-missing-all', async (page) => {
      await signIn(page, 'motcua.hiepduc');
      await page.goto('/can-bo/tiep-nhan');
      await page.getByRole('combobox', { name: 'Tên hoặc mã thủ tục' }).fill('1.004873');
      await page.locator('[role=option]').filter({ hasText: 'tình trạng hôn nhân' }).click();
      const left = page.getByText(/^Tờ khai còn \d+ chỗ/);
      await left.waitFor();
      await page.getByRole('button', { name: 'Tiếp nhận và chuyển' }).click();
      const summary = page.locator('#error-summary');
      await summary.getByText('Nhập họ tên chủ hồ sơ').waitFor();
      const told = await summary.getByRole('listitem').count();
      expect(told).toBeGreaterThan(5);
      expect(await summary.innerText()).toContain(`Có ${told} chỗ cần sửa`);
      expect(await left.innerText()).toContain(` ${told} chỗ`);
      // Each line leads to its own field.
      expect(await summary.locator('a[href="#form-filingFor"]').count()).toBe(1);
      expect(await summary.locator('a[href="#procedure"]').count()).toBe(0);
      await look(page, 'desk-missing-all');

      await page.locator('#form-applicant-fullName').fill('Hồ Thị Từ Tờ Khai');
      await page.locator('#form-applicant-birthDate').fill('03/04/1991');
      expect(await page.locator('#owner-name').inputValue()).toBe('Hồ Thị Từ Tờ Khai');
      expect(await page.locator('#owner-birth').inputValue()).toBe('03/04/1991');
    }));
});

describe('a post clerk at the desk', () => {
  it('takes in what came by post, where the procedure may come by post', () =>
    asPerson(browser, base, 'post-clerk', async (page) => {
      await signIn(page, 'buudien.hiepduc');
      await page.goto('/can-bo/tiep-nhan');
      await page.getByLabel('Hình thức nộp').selectOption({ label: 'Bưu chính' });
      await typeIntake(page, 'Võ Thị Bưu Chính');
      await page.getByText('không nhận hồ sơ qua kênh đã chọn').first().waitFor();
      await page.getByRole('button', { name: 'Bỏ, nhập hồ sơ khác' }).click();

      await page.getByLabel('Hình thức nộp').selectOption({ label: 'Bưu chính' });
      await page.getByRole('combobox', { name: 'Tên hoặc mã thủ tục' }).fill('1.004873');
      await page.locator('[role=option]').filter({ hasText: 'tình trạng hôn nhân' }).click();
      await page.locator('#owner-name').fill('Võ Thị Bưu Chính');
      await page.locator('#owner-id-number').fill('999188000077');
      await page.locator('#owner-birth').fill('01/02/1988');
      const main = page.locator('main');
      await main.getByLabel('Cho chính tôi').check();
      await page.locator('#form-applicant-idType').check();
      await page.locator('#form-applicant-idNumber').fill('999188000077');
      await page.locator('#form-applicant-birthDate').fill('01/02/1988');
      await page.locator('#form-applicant-gender-2').check();
      await page.locator('#form-applicant-nationality').fill('Việt Nam');
      await page.locator('#form-applicantAddress-unitText').fill('Xã Hiệp Đức, thành phố Đà Nẵng');
      await main.getByLabel('Chưa đăng ký kết hôn với ai').check();
      await main.getByLabel('Mua bán, thế chấp nhà đất hoặc vay vốn').check();
      await main.getByLabel('Số bản cần cấp').fill('1');
      await page.locator('#form-previouslyIssued').check();
      await page.locator('#form-feeExemption').check();
      await page.locator('#form-declaration').check();
      await look(page, 'post-intake');
      await page.getByRole('button', { name: 'Tiếp nhận và chuyển' }).click();
      const code = await received(page);
      await page.getByRole('link', { name: 'Mở hồ sơ' }).click();
      await page.getByRole('heading', { level: 1, name: code }).waitFor();
      await look(page, 'post-dossier');
      expect(await page.locator('main').innerText()).toContain('Bưu chính');
    }));
});
