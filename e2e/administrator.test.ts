import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, inject, it } from 'vitest';
import { asPerson, look, openBrowser, signIn } from './harness.ts';

const base = inject('demo2026');
let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser.close());

const SCREENS = [
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

  it('sees no dossier, and is told so on a page, not by a blank', () =>
    asPerson(browser, base, 'admin-forbidden', async (page) => {
      await signIn(page, 'quantri.hiepduc');
      await page.goto('/can-bo/ho-so');
      await page.waitForLoadState('networkidle');
      await look(page, 'admin-forbidden');
    }));
});
