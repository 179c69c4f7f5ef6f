import type { Page } from 'playwright-core';
import { look } from './harness.ts';

/** Looks at one compartment of the inbox. */
export async function lookAtInbox(page: Page, compartment: string, name: string): Promise<void> {
  await page.goto('/can-bo/cong-viec');
  await page.getByRole('navigation', { name: 'Các ngăn công việc' }).getByRole('link', { name: compartment }).click();
  await page.getByRole('table').or(page.getByText('Nếu đang lọc, hãy bỏ bớt điều kiện lọc')).first().waitFor();
  await look(page, name);
}

/** Opens a dossier by its code through the search box on top of every screen. */
export async function openDossier(page: Page, code: string): Promise<void> {
  await page.goto('/can-bo/cong-viec');
  const box = page.getByRole('searchbox', { name: 'Tìm hồ sơ' }).or(page.getByLabel('Tìm hồ sơ')).first();
  await box.fill(code);
  await box.press('Enter');
  await page.getByRole('link', { name: code }).first().click();
  await page.getByRole('heading', { level: 1, name: code }).waitFor();
  await page.getByRole('heading', { name: 'Việc tiếp theo' }).waitFor();
}

/** Presses an action, fills its small form, sends it, and waits until the system says that it was done. */
export async function act(
  page: Page,
  label: string,
  fill?: (form: ReturnType<Page['getByRole']>) => Promise<void>,
): Promise<void> {
  await page.getByRole('button', { name: label, exact: true }).first().click();
  const form = page.getByRole('form', { name: label, exact: true });
  await form.waitFor();
  await fill?.(form);
  await form.getByRole('button', { name: label, exact: true }).click();
  await page.getByText(`Đã thực hiện: ${label}`).first().waitFor();
  await form.waitFor({ state: 'detached' });
}
