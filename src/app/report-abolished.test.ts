import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { StaffActor } from '../core/access/actor.ts';
import type { UnitDirectory } from '../modules/foundation/organisation/index.ts';
import { rebuildMetrics } from '../modules/insight/metrics/index.ts';
import { insertRandomDossiers, seeded } from '../modules/insight/metrics/testing/random-dossiers.ts';
import { createReportService, type ReportService } from '../modules/insight/reports/index.ts';
import { staffWith } from '../modules/onestop/dossiers/testing/staff.ts';
import { createReportPorts } from './report-ports.ts';
import { openDemoSystem } from './volume/testing.ts';

// The year in which districts were done away with and communes merged: reports lose nothing, as figures lose nothing.
let demo: Awaited<ReturnType<typeof openDemoSystem>>;
let reports: ReportService;
let directory: UnitDirectory;
let province: string;
let commune: string;
let district: string;
let former: readonly string[];
const SYSTEM = { kind: 'system', name: 'test', assurance: 'system' } as const;

const actor = (): StaffActor => {
  const units = [province, commune, district, ...former];
  return staffWith(1, province, {
    'report.read': units,
    'report.fill': units,
    'report.receive': units,
    'dossier.read': units,
  });
};

async function begin(reportId: string, unitId: string, periodId: string): Promise<string> {
  const { ids } = await reports.assign(actor(), { reportId, periodId, unitId });
  return ids[0] ?? '';
}

async function figure(metricId: string, unitId: string, periodId: string): Promise<number | null> {
  const { metrics } = demo.system;
  const period = metrics.periodOf(periodId, 'nd09');
  const [value] = await metrics.values(SYSTEM, [{ metricId, unitId, roll: 'tree', period }]);
  return value?.numerator ?? null;
}

beforeAll(async () => {
  demo = await openDemoSystem();
  const { system } = demo;
  directory = await system.organisation.directory();
  const found = directory.byCode('gso', '20779', '2026-08-14');
  commune = found?.unitId ?? '';
  province = found?.parentId ?? '';
  const birth = directory.successions.find((one) => one.to[0] === commune && one.to.length === 1 && !one.partial);
  former = (birth?.from ?? []).filter((id) => directory.unitOn(id, '2025-06-30')?.level === 'commune');
  district = directory.unitOn(former[0] ?? '', '2025-06-30')?.parentId ?? '';
  if (former.length < 2 || directory.unitOn(district, '2025-06-30')?.level !== 'district')
    throw new Error('communes of a district that were merged');
  await insertRandomDossiers(
    system.db,
    [district, ...former],
    300,
    seeded(5),
    new Date('2025-06-29T17:00:00+07:00'),
    '2025-01-15',
  );
  await insertRandomDossiers(system.db, [commune], 100, seeded(6), new Date('2025-12-10T17:00:00+07:00'), '2025-08-01');
  await sql`update dossiers.dossier d set procedure_revision_id = (select r.id from procedures.revision r
    where r.code = d.procedure_code and r.status = 'published' order by r.valid_from desc limit 1)`.execute(system.db);
  await rebuildMetrics(system.db);
  reports = createReportService({
    db: system.db,
    clock: system.clock,
    ports: createReportPorts({ ...system, db: system.readDb }),
  });
}, 120_000);
afterAll(() => demo.close());

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
  const merged = await reports.get(actor(), await begin('II.06a', commune, '2025'));
  expect(receivedIn(merged, 'total')).toBe(await figure('received', commune, '2025'));
});

it('no longer names them where nothing is counted of them', async () => {
  const page = await reports.get(actor(), await begin('II.06c', province, '2026'));
  const known = new Set([province, ...directory.childrenOn(province, '2026-11-18').map((unit) => unit.unitId)]);
  for (const row of page.rows) if (!known.has(row.id)) expect(Number(row.cells['3'])).toBeGreaterThan(0);
  expect(page.warnings.map(({ code }) => code)).not.toContain('units-changed');
});
