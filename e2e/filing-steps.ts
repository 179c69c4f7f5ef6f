import type { Page } from 'playwright-core';
import { look } from './harness.ts';

export const goOn = (page: Page): Promise<void> =>
  page.locator('main').getByRole('button', { name: 'Tiếp tục', exact: true }).last().click();
const heading = (page: Page, name: string): Promise<void> => page.getByRole('heading', { level: 1, name }).waitFor();

const HIEP_DUC = 'Trung tâm Phục vụ hành chính công xã Hiệp Đức';

/** What one journey does otherwise than the plain filing; each leaves its page ready for “Tiếp tục”. */
type Otherwise = {
  /** The one-stop desk it goes to. */
  readonly desk?: string;
  readonly status?: (page: Page) => Promise<void>;
  readonly papers?: (page: Page) => Promise<void>;
};

/**
 * A citizen who has signed in files 1.004873 (marital status) online in training mode, page by page as a person would.
 * @param shots look closely at every page: axe and screenshots, kept under this name
 * @returns the dossier's code
 */
export async function fileMaritalStatus(
  page: Page,
  shots: string | undefined,
  otherwise: Otherwise = {},
): Promise<string> {
  const see = async (name: string): Promise<void> => {
    if (shots !== undefined) await look(page, `${shots}-${name}`);
  };
  await page.goto('/nop-ho-so?thu-tuc=1.004873');
  await see('0-start');
  await page.getByLabel('Nơi nhận hồ sơ').selectOption({ label: otherwise.desk ?? HIEP_DUC });
  await page.getByRole('button', { name: 'Bắt đầu' }).click();

  await heading(page, 'Liên hệ');
  // First a mistake: the page must say what is missing and keep what was typed.
  await page.getByLabel('Số nhà, đường, thôn').fill('Thôn An Tây');
  await goOn(page);
  await page.getByText('Có 1 chỗ cần sửa').waitFor();
  await see('1-contact-mistake');
  await page.getByLabel('Xã, phường và tỉnh, thành phố').fill('Xã Hiệp Đức, thành phố Đà Nẵng');
  await goOn(page);

  await heading(page, 'Người được xác nhận');
  await page.getByLabel('Cho chính tôi').check();
  await page.getByLabel('Căn cước hoặc số định danh').check();
  await page.getByLabel('Nữ', { exact: true }).check();
  await page.getByLabel('Quốc tịch').fill('Việt Nam');
  await page.getByLabel('Xã, phường và tỉnh, thành phố').fill('Xã Hiệp Đức, thành phố Đà Nẵng');
  await see('2-person');
  await goOn(page);

  await heading(page, 'Tình trạng hôn nhân');
  if (otherwise.status) await otherwise.status(page);
  else await page.getByLabel('Chưa đăng ký kết hôn với ai').check();
  await see('3-status');
  await goOn(page);

  await heading(page, 'Mục đích sử dụng');
  await page.getByLabel('Mua bán, thế chấp nhà đất hoặc vay vốn').check();
  await page.getByLabel('Số bản cần cấp').fill('2');
  await page.getByLabel('Chưa', { exact: true }).check();
  await page.getByLabel('Không', { exact: true }).check();
  await see('4-use');
  await goOn(page);

  await heading(page, 'Cam đoan');
  await page.getByRole('checkbox').check();
  await see('5-oath');
  await goOn(page);

  await heading(page, 'Giấy tờ đính kèm');
  await otherwise.papers?.(page);
  await see('6-papers');
  await goOn(page);

  await heading(page, 'Nhận kết quả ở đâu?');
  await page.getByLabel('Đến bộ phận một cửa').check();
  await see('7-result');
  await goOn(page);

  await heading(page, 'Kiểm tra trước khi nộp');
  await page.getByRole('checkbox').last().check();
  await see('8-check');
  await page.getByRole('button', { name: 'Nộp hồ sơ' }).last().click();

  await heading(page, 'Đã nộp hồ sơ');
  await see('9-filed');
  return (await page.locator('.big-code').innerText()).trim();
}
