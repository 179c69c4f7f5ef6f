import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { fileMaritalStatus } from './filing-steps.ts';
import { axe, look, openBrowser, signInCitizen, staffOf, visit } from './harness.ts';
import { act, openDossier } from './office-steps.ts';

// An officer falls ill with a dossier in hand: it is named to the head, somebody acts, and the log says for whom.
const base = inject('demo2026');
const OFFICER = 'Huỳnh Văn Tập Huấn';
const HEAD = 'Trương Thị Biểu Mẫu';
let browser: Browser;
let code = '';
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser.close());

const asStaff = staffOf(() => browser, base, 'absence-');

async function openPart(page: Page, part: string): Promise<void> {
  await page.goto('/can-bo/vang-mat');
  await page.getByRole('navigation', { name: 'Các phần của màn hình' }).getByRole('link', { name: part }).click();
  await page.getByRole('table').or(page.locator('main h2')).first().waitFor();
}

describe('an officer is away', () => {
  it('with a dossier that the head gave her', async () => {
    const citizen = await visit(browser, base);
    await signInCitizen(citizen.page, 1);
    code = await fileMaritalStatus(citizen.page, undefined);
    await citizen.context.close();
    await asStaff('motcua.hiepduc', async (page) => {
      await openDossier(page, code);
      await act(page, 'Tiếp nhận');
    });
    await asStaff('chanhvanphong.hiepduc', async (page) => {
      await openDossier(page, code);
      await act(page, 'Phân công', async (form) => {
        const value = await form.locator('option', { hasText: OFFICER }).first().getAttribute('value');
        await form
          .locator('select')
          .first()
          .selectOption(value ?? '');
      });
    });
  });

  it('the head records it; without an acting person the dossier stands in the list', () =>
    asStaff('chanhvanphong.hiepduc', async (page) => {
      await openPart(page, 'Lịch vắng mặt');
      await page.getByRole('button', { name: 'Ghi vắng mặt cho cán bộ của đơn vị' }).click();
      await page.getByRole('combobox', { name: 'Cán bộ vắng mặt' }).fill('tap huan');
      await page.getByRole('option', { name: OFFICER }).click();
      await page.getByRole('combobox', { name: 'Lý do', exact: true }).selectOption({ label: 'Ốm đau' });
      await look(page, 'absence-form');
      await page.getByRole('button', { name: 'Ghi vắng mặt', exact: true }).click();
      await page.getByRole('row').filter({ hasText: OFFICER }).first().getByText('Đang vắng').waitFor();
      await look(page, 'absence-list');
      await openPart(page, 'Hồ sơ không có người giữ');
      await page.getByRole('checkbox', { name: `Chọn hồ sơ ${code}` }).check();
      await page.getByLabel('Giao cho').waitFor();
      await look(page, 'absence-unattended');
    }));

  it('the head acts herself: in her inbox, and the log says for whom', () =>
    asStaff('chanhvanphong.hiepduc', async (page) => {
      await openPart(page, 'Lịch vắng mặt');
      await page.getByRole('row').filter({ hasText: OFFICER }).first().getByRole('button', { name: 'Cử lại' }).click();
      const dialog = page.getByRole('dialog');
      await dialog.getByRole('combobox', { name: 'Người làm thay' }).fill('bieu mau');
      await dialog.getByRole('option', { name: HEAD }).click();
      await axe(page);
      await dialog.getByRole('button', { name: 'Cử người làm thay' }).click();
      await dialog.waitFor({ state: 'detached' });
      await openPart(page, 'Hồ sơ không có người giữ');
      expect(await page.getByText(code).count()).toBe(0);
      // Another process or the memory of a session may be three seconds behind.
      await page.waitForTimeout(3500);
      await page.goto('/can-bo/cong-viec');
      await page.getByText(`Bạn đang làm thay ${OFFICER}`).waitFor();
      await page.getByRole('link', { name: /^Làm thay/ }).click();
      await page.getByRole('link', { name: code }).waitFor();
      await look(page, 'absence-inbox');
      await openDossier(page, code);
      await act(page, 'Tạm dừng xử lý', async (form) =>
        form.getByRole('textbox').first().fill('Chờ cơ quan khác xác minh.'),
      );
      await page.getByText(`làm thay ${OFFICER}`).first().waitFor();
    }));

  it('and is back', () =>
    asStaff('tuphap.hiepduc', async (page) => {
      await page.goto('/can-bo/vang-mat');
      await page
        .getByRole('row')
        .filter({ hasText: OFFICER })
        .first()
        .getByRole('button', { name: 'Đã trở lại' })
        .click();
      await page.getByRole('dialog').getByRole('button', { name: 'Đã trở lại' }).click();
      await page.getByRole('row').filter({ hasText: OFFICER }).first().getByText('Đã trở lại').first().waitFor();
      await look(page, 'absence-own');
    }));
});
