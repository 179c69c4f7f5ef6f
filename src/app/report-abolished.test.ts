import { afterAll, beforeAll, expect, it } from 'vitest';
import type { ReportService } from '../modules/insight/reports/index.ts';
import { mergedCommune, openReportDesk, type ReportDesk, reportStaff } from './testing/report-desk.ts';

// The year in which districts were done away with and communes merged: reports lose nothing, as figures lose nothing.
let desk: ReportDesk;
let reports: ReportService;
let province: string;
let commune: string;
let district: string;
let former: readonly string[];
const SYSTEM = { kind: 'system', name: 'test', assurance: 'system' } as const;

const actor = () => {
  const units = [province, commune, district, ...former];
  return reportStaff(1, units, units);
};

async function begin(reportId: string, unitId: string, periodId: string): Promise<string> {
  const { ids } = await reports.assign(actor(), { reportId, periodId, unitId });
  return ids[0] ?? '';
}

async function figure(metricId: string, unitId: string, periodId: string): Promise<number | null> {
  const { metrics } = desk.system;
  const period = metrics.periodOf(periodId, 'nd09');
  const [value] = await metrics.values(SYSTEM, [{ metricId, unitId, roll: 'tree', period }]);
  return value?.numerator ?? null;
}

beforeAll(async () => {
  desk = await openReportDesk((directory) => {
    ({ commune, province, district, former } = mergedCommune(directory, '2025-06-30'));
    const [halfway, end] = [new Date('2025-06-29T17:00:00+07:00'), new Date('2025-12-10T17:00:00+07:00')];
    return [
      { unitIds: [district, ...former], count: 300, seed: 5, until: halfway, from: '2025-01-15' },
      { unitIds: [commune], count: 100, seed: 6, until: end, from: '2025-08-01' },
    ];
  });
  reports = desk.reports;
}, 120_000);
afterAll(() => desk.close());

const receivedIn = (page: Awaited<ReturnType<ReportService['get']>>, rowId: string): number => {
  const row = rowId === 'total' ? page.total : page.rows.find((one) => one.id === rowId);
  return Number(row?.cells['4']) + Number(row?.cells['5']);
};

it.each(['2025', '2025-Q3'])(
  'in %s a summary of the province counts what its districts did until they ended, in rows of their own',
  async (periodId) => {
    const id = await begin('II.06c', province, periodId);
    const page = await reports.get(actor(), id);
    expect(receivedIn(page, 'total')).toBe(await figure('received', province, periodId));
    expect(receivedIn(page, commune)).toBe(await figure('received', commune, periodId));
    const gone = page.rows.find((row) => row.id === district);
    expect(gone?.label).toMatch(/\(đến 30\/06\/2025\)$/);
    expect(receivedIn(page, district)).toBeGreaterThan(10);
    for (const row of [district, 'total']) {
      const rows = await reports.rows(actor(), id, { row, column: '4' });
      expect([row, rows.total]).toEqual([row, (row === 'total' ? page.total : gone)?.cells['4']]);
    }
    const { parts, value } = await reports.parts(actor(), id, { row: 'total', column: '3' });
    expect(parts.reduce((sum, part) => sum + (part.value ?? 0), 0)).toBe(value);
    expect(parts.find((part) => part.rowId === district)?.how).toBe('dossiers');
    expect(page.checks.every((check) => check.ok)).toBe(true);
    const told = page.warnings.map(({ message }) => message).join(' ');
    expect(told).toMatch(/Thôi hoạt động trong kỳ.*ở dòng riêng/);
    expect(told).not.toContain('không tách được');
  },
);

it('counts them in forms that speak of the whole province too, and never in what a unit reports of itself', async () => {
  for (const periodId of ['2025', '2025-Q3']) {
    const page = await reports.get(actor(), await begin('cchc', province, periodId));
    const cell = page.rows.find((row) => row.id === 'received')?.cells['3'];
    expect([periodId, cell]).toEqual([periodId, await figure('received', province, periodId)]);
    expect(cell).toBeGreaterThan(100);
  }
  const own = await reports.get(actor(), await begin('II.06a', province, '2025'));
  expect(own.total?.cells['3']).toBe(0);
  const merged = await reports.get(reportStaff(2, [commune]), await begin('II.06a', commune, '2025'));
  expect(receivedIn(merged, 'total')).toBe(await figure('received', commune, '2025'));
});

it('no longer names them where nothing is counted of them', async () => {
  const page = await reports.get(actor(), await begin('II.06c', province, '2026'));
  const known = new Set([province, ...desk.directory.childrenOn(province, '2026-11-18').map((unit) => unit.unitId)]);
  for (const row of page.rows) if (!known.has(row.id)) expect(Number(row.cells['3'])).toBeGreaterThan(0);
  expect(page.warnings.map(({ code }) => code)).not.toContain('units-changed');
});
