import fs from 'node:fs';
import path from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { expect } from 'vitest';

const ROOT = path.resolve(import.meta.dirname, '..');
const SHOTS = path.join(ROOT, '.data/shots');
/** Shared passwords of the demos' accounts. */
const PASSWORD = { 2026: 'Motcua@2026', 2023: 'Motcua@2023' } as const;

/** Chromium of the machine: CHROMIUM_PATH, else Debian's. */
export async function openBrowser(): Promise<Browser> {
  const names = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
  const executablePath = process.env['CHROMIUM_PATH'] ?? names.find((file) => fs.existsSync(file));
  if (!executablePath) throw new Error('Chromium is missing: apt-get install -y chromium, or set CHROMIUM_PATH');
  return chromium.launch({ executablePath, args: process.getuid?.() === 0 ? ['--no-sandbox'] : [] });
}

export type Visit = { readonly page: Page; readonly context: BrowserContext; readonly problems: string[] };

/**
 * A person at a browser of their own. `problems` collects what a user never sees: script errors, refused content,
 * answers of 500, requests to another host. A story that causes one takes it out.
 */
export async function visit(
  browser: Browser,
  baseURL: string,
  options: { readonly width?: number; readonly javaScript?: boolean } = {},
): Promise<Visit> {
  const context = await browser.newContext({
    baseURL,
    locale: 'vi-VN',
    timezoneId: 'Asia/Ho_Chi_Minh',
    viewport: { width: options.width ?? 1280, height: 900 },
    javaScriptEnabled: options.javaScript ?? true,
    acceptDownloads: true,
  });
  context.setDefaultTimeout(15_000);
  const page = await context.newPage();
  const problems: string[] = [];
  page.on('pageerror', (error) => problems.push(`script: ${error.message}`));
  page.on('console', (message) => {
    const text = message.text();
    // A refused request is told by its page; what matters here are errors of our own script and of the CSP.
    if (message.type() === 'error' && !text.startsWith('Failed to load resource')) problems.push(`console: ${text}`);
  });
  page.on('response', (response) => {
    if (response.status() >= 500) problems.push(`${response.status()} ${response.url()}`);
  });
  page.on('request', (request) => {
    const host = new URL(request.url()).hostname;
    if (host !== '' && host !== '127.0.0.1') problems.push(`another host: ${request.url()}`);
  });
  return { page, context, problems };
}

/** Signs a member of staff in at the console of the demo of that era. */
export async function signIn(page: Page, login: string, era: keyof typeof PASSWORD = 2026): Promise<void> {
  await page.goto('/can-bo/');
  await page.getByLabel('Tên đăng nhập').fill(login);
  await page.getByLabel('Mật khẩu').fill(PASSWORD[era]);
  await page.getByRole('button', { name: 'Đăng nhập', exact: true }).click();
  await page.getByLabel('Mật khẩu').waitFor({ state: 'detached' });
  await page.locator('h1').first().waitFor();
}

/**
 * Signs a citizen in through the simulator of the national identity, from the portal's own page.
 * @param place of the person in the simulator's list, from 0
 */
export async function signInCitizen(page: Page, place = 0): Promise<void> {
  await page.goto('/dang-nhap');
  await page
    .locator('main')
    .getByRole('link', { name: /tài khoản định danh/i })
    .click();
  await page.getByRole('radio').nth(place).check();
  await page.getByRole('button', { name: 'Đăng nhập' }).click();
  await page.getByRole('link', { name: 'Hồ sơ của tôi' }).first().waitFor();
}

/** Fails where the page breaks a rule of WCAG 2.1 A or AA that can be found by a program. */
export async function axe(page: Page): Promise<void> {
  const result = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa']).analyze();
  const told = result.violations.map(
    (rule) => `${rule.id}: ${rule.nodes.map((node) => node.target.join(' ')).join(' | ')}`,
  );
  expect(told, page.url()).toEqual([]);
}

/** Saves the page as it looks at 1280 and at 360 px, and fails where 360 px must be scrolled sideways. */
export async function shot(page: Page, name: string): Promise<void> {
  fs.mkdirSync(SHOTS, { recursive: true });
  const before = page.viewportSize() ?? { width: 1280, height: 900 };
  for (const width of [1280, 360]) {
    await page.setViewportSize({ width, height: 900 });
    await page.screenshot({ path: path.join(SHOTS, `${name}-${width}.png`), fullPage: true });
    const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    expect(over, `${name} at ${width} px is wider than the screen`).toBeLessThanOrEqual(0);
  }
  await page.setViewportSize(before);
}

/** What every page of a journey must pass: a title, one main heading, axe, and both widths. */
export async function look(page: Page, name: string): Promise<void> {
  expect(await page.title(), page.url()).not.toBe('');
  await page.locator('h1').first().waitFor();
  await axe(page);
  await shot(page, name);
}

/**
 * One person's part in a journey: a browser context of their own, no trouble allowed. Where it fails, the page is kept
 * as `.data/shots/failed-<name>.png` and its words are told.
 */
export async function asPerson(
  browser: Browser,
  baseURL: string,
  name: string,
  work: (page: Page, visited: Visit) => Promise<void>,
  options: Parameters<typeof visit>[2] = {},
): Promise<void> {
  const visited = await visit(browser, baseURL, options);
  const { page, context, problems } = visited;
  try {
    await work(page, visited);
    expect(problems).toEqual([]);
  } catch (error) {
    fs.mkdirSync(SHOTS, { recursive: true });
    await page.screenshot({ path: path.join(SHOTS, `failed-${name}.png`) }).catch(() => {});
    const words = await page
      .locator('body')
      .innerText()
      .catch(() => '');
    console.error(`${name} at ${page.url()}: ${problems.join('; ')}\n${words.slice(0, 1500)}`);
    throw error;
  } finally {
    await context.close();
  }
}

/**
 * For stories told by many hands: each member of staff signs in, does her part in a browser of her own, and leaves.
 * @param browser asked when it is needed: tests open it in `beforeAll`
 * @param story begins the names of failure pictures
 */
export function staffOf(browser: () => Browser, baseURL: string, story: string, era: keyof typeof PASSWORD = 2026) {
  return (login: string, work: (page: Page) => Promise<void>): Promise<void> =>
    asPerson(browser(), baseURL, `${story}${login}`, async (page) => {
      await signIn(page, login, era);
      await work(page);
    });
}

/** Goes to a screen again until a timer of the start has filled it. */
export async function waitUntilShown(page: Page, address: string, filled: ReturnType<Page['locator']>): Promise<void> {
  await expect
    .poll(
      async () => {
        await page.goto(address);
        await page.locator('h1').first().waitFor();
        return filled
          .first()
          .waitFor({ timeout: 4000 })
          .then(() => true)
          .catch(() => false);
      },
      { timeout: 90_000, interval: 2000 },
    )
    .toBe(true);
}
