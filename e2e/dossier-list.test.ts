import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { asPerson, openBrowser, shot, signIn } from './harness.ts';

// The list of dossiers with real names of procedures, steps and offices, the long codes of 2023 and the short ones of today.
const base2023 = inject('demo2023');
const base2026 = inject('demo2026');
let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser.close());

/** How many pixels of the list are out of sight to the right, and whether its last column is in sight. */
async function expectWhole(page: Page, address: string, width: number): Promise<void> {
  await page.setViewportSize({ width, height: 900 });
  await page.goto(address);
  const list = page.locator('.table-wrap').first();
  await list.locator('tbody tr').first().waitFor();
  const over = await list.evaluate((frame) => frame.scrollWidth - frame.clientWidth);
  expect(over, `${address} at ${width} px`).toBe(0);
  const end = await list.getByRole('columnheader', { name: 'Hẹn trả' }).boundingBox();
  expect((end?.x ?? width) + (end?.width ?? width), `${address} at ${width} px`).toBeLessThanOrEqual(width);
}

it('is read without scrolling sideways, the due day with the rest', async () => {
  for (const [base, era, login] of [
    [base2023, '2023', 'chutich.hiepduc'],
    [base2023, '2023', 'noivu.hiepduc'],
    [base2026, '2026', 'kinhte.hiepduc'],
  ] as const)
    await asPerson(browser, base, `list-${era}`, async (page) => {
      await signIn(page, login, Number(era) as 2023 | 2026);
      for (const address of login.startsWith('kinhte') ? ['/can-bo/cong-viec'] : ['/can-bo/ho-so', '/can-bo/cong-viec'])
        for (const width of [1280, 1024]) await expectWhole(page, address, width);
      await shot(page, `list-${era}`);
    });
});
