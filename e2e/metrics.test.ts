import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { look, openBrowser, staffOf } from './harness.ts';

// The chairman of Hiệp Đức in 2023 opens a figure of steps: how it is made, how it moved, what it is made of, which visits it
// counts. Whatever says the number says the same: page, file, interface, report and command line.
const base = inject('demo2023');
const dataDir = inject('data2023');
const ROOT = path.resolve(import.meta.dirname, '..');
let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser.close());

const asStaff = staffOf(() => browser, base, 'metrics-', 2023);
/** Calendar days of a quarter that is over. */
const DAYS = '2022-12-15..2023-03-14';
const ASKED = `so-lieu=steps-late-rate&ky=${DAYS}`;

type Value = { numerator: number; denominator: number; rounded: number | null };

async function ask<T>(page: Page, address: string): Promise<T> {
  const reply = await page.request.get(address);
  expect(reply.status(), address).toBe(200);
  return (await reply.json()) as T;
}

async function saved(page: Page, button: RegExp, section: string): Promise<string[][]> {
  const part = page.getByRole('region', { name: section });
  const [file] = await Promise.all([page.waitForEvent('download'), part.getByRole('button', { name: button }).click()]);
  const text = fs.readFileSync(await file.path(), 'utf8').replace(/^\uFEFF/, '');
  return text
    .trim()
    .split(/\r?\n/)
    .map((line) =>
      [...line.matchAll(/"((?:[^"]|"")*)"(?:,|$)|([^,]*)(?:,|$)/g)].map(([, quoted, plain]) => quoted ?? plain ?? ''),
    );
}

const vi = (count: number): string => new Intl.NumberFormat('vi-VN').format(count);

async function openFigure(page: Page, address: string): Promise<{ unitId: string; value: Value }> {
  await page.goto(`/can-bo/so-lieu?${address}`);
  await page.getByRole('heading', { level: 2, name: 'Tỷ lệ xử lý bước quá hạn' }).waitFor();
  const { units } = await ask<{ units: { id: string; name: string }[] }>(page, '/api/metrics');
  const unitId = units[0]?.id ?? '';
  const { value } = await ask<{ value: Value }>(
    page,
    `/api/metrics/value?metricId=steps-late-rate&unitId=${unitId}&period=${DAYS}`,
  );
  return { unitId, value };
}

describe('a figure of steps', () => {
  it('says how it is made, how it moved and which visits it counts, and every way out says the same', () =>
    asStaff('chutich.hiepduc', async (page) => {
      const { unitId, value } = await openFigure(page, ASKED);
      expect(value.denominator).toBeGreaterThan(10);
      const fraction = `${vi(value.numerator)} trên ${vi(value.denominator)}`;
      const figure = page.getByRole('region', { name: 'Tỷ lệ xử lý bước quá hạn' });
      await figure.getByText(fraction).waitFor();
      await figure.getByText(/Lượt ra khỏi bước sau hạn của bước, trên mọi lượt có hạn/).waitFor();
      await figure.getByText(/Từ 15\/12\/2022 đến 14\/03\/2023/).waitFor();
      await figure.getByText(/Tính lúc/).waitFor();
      await page.getByRole('heading', { level: 2, name: 'Diễn biến' }).waitFor();
      const trend = await saved(page, /CSV/, 'Diễn biến');
      expect(trend.at(-1)?.slice(1, 4)).toEqual([value.rounded, value.numerator, value.denominator].map(String));

      // The rows are the number: on the page, in the interface and in the file.
      const rows = page.getByRole('region', { name: 'Các lượt xử lý bước sau con số' });
      await rows.getByLabel('Danh sách').selectOption({ label: 'Toàn bộ (mẫu số)' });
      await rows.getByRole('row').nth(1).waitFor();
      const asked = `metricId=steps-late-rate&unitId=${unitId}&period=${DAYS}&side=denominator&pageSize=200`;
      const list = await ask<{ total: number; hidden: number; visits: unknown[] }>(page, `/api/metrics/rows?${asked}`);
      expect([list.total, list.hidden]).toEqual([value.denominator, 0]);
      await rows
        .getByText(`${vi(value.denominator)} `, { exact: false })
        .first()
        .waitFor();
      const file = await saved(page, /CSV/, 'Các lượt xử lý bước sau con số');
      expect(file.length - 1).toBe(Math.min(50, value.denominator));
      await look(page, 'metric-steps');
    }));

  it('is told apart by step, narrowed to one, and by person for who may know persons', () =>
    asStaff('chutich.hiepduc', async (page) => {
      const { value } = await openFigure(page, `${ASKED}&chia=step`);
      const split = page.getByRole('region', { name: 'Chia theo bước' });
      await split.getByRole('row').nth(1).waitFor();
      const parts = await saved(page, /CSV/, 'Chia theo bước');
      const sum = (column: number) => parts.slice(1).reduce((total, line) => total + Number(line[column]), 0);
      expect([sum(2), sum(3)]).toEqual([value.numerator, value.denominator]);
      const [name = '', , above = '', below = ''] = parts[1] ?? [];
      await split.getByRole('link', { name, exact: true }).click();
      const figure = page.getByRole('region', { name: 'Tỷ lệ xử lý bước quá hạn' });
      // On paper, where the filters are not seen, what it is narrowed to is.
      await figure.getByText(`Chỉ tính: Bước: ${name}.`).waitFor();
      await figure.getByText(`${vi(Number(above))} trên ${vi(Number(below))}`).waitFor();
      expect(await page.getByLabel('Bước', { exact: true }).locator('option:checked').innerText()).toBe(name);
      await page.getByLabel('Chia theo', { exact: true }).selectOption({ label: 'Cán bộ' });
      await page.getByRole('region', { name: 'Chia theo cán bộ' }).getByRole('row').nth(1).waitFor();
      await look(page, 'metric-steps-person');
    }));

  it('has no filter its dossiers lack, and tells no persons to who may not know them', () =>
    asStaff('kiemsoat.quangnam', async (page) => {
      await page.goto(`/can-bo/so-lieu?${ASKED}&chia=person`);
      await page.getByRole('heading', { level: 2, name: 'Tỷ lệ xử lý bước quá hạn' }).waitFor();
      expect(await page.getByLabel('Nơi tiếp nhận').count()).toBe(0);
      const options = await page.getByLabel('Chia theo', { exact: true }).locator('option').allInnerTexts();
      expect(options).toEqual(['Lĩnh vực', 'Thủ tục', 'Hình thức nộp', 'Bước']);
      await page.getByLabel('Số liệu', { exact: true }).selectOption({ label: 'Hồ sơ tiếp nhận trong kỳ' });
      await page.getByRole('heading', { level: 2, name: 'Hồ sơ tiếp nhận trong kỳ' }).waitFor();
      await page.getByLabel('Nơi tiếp nhận').waitFor();
      expect(await page.getByLabel('Chia theo', { exact: true }).locator('option').allInnerTexts()).not.toContain(
        'Bước',
      );
      await look(page, 'metric-dossiers');
    }));

  it('stands in a cell of the quarterly report of the command line', async (context) => {
    if (dataDir === '') return context.skip('the demo runs elsewhere');
    await asStaff('chutich.hiepduc', async (page) => {
      const { value } = await openFigure(page, ASKED);
      const run = spawnSync(
        process.execPath,
        ['bin/motcua.mjs', 'report', 'cchc', '--unit', '512', '--period', '2023-Q1', '--json'],
        { cwd: ROOT, encoding: 'utf8', env: { ...process.env, MOTCUA_DATA_DIR: dataDir } },
      );
      expect(run.stderr).not.toContain('Error');
      const told = JSON.parse(run.stdout) as { rows: { id: string; cells: Record<string, unknown> }[] };
      const cell = (id: string) => told.rows.find((row) => row.id === id)?.cells['3'];
      expect([cell('steps-late'), cell('steps')]).toEqual([value.numerator, value.denominator]);
    });
  });

  it('is on the page of steps, with what was sent back', () =>
    asStaff('chutich.hiepduc', async (page) => {
      await page.goto(`/can-bo/so-lieu/buoc?ky=${DAYS}`);
      const table = page.getByRole('table', { name: 'Bước' });
      await table.getByRole('row').nth(1).waitFor();
      await table
        .getByRole('button', { name: /^Xem .* lượt: / })
        .first()
        .click();
      await page.getByRole('heading', { level: 2, name: /^Các lượt: / }).waitFor();
      await look(page, 'metric-steps-page');
    }));
});
