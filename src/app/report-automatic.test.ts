import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createAssignTimer } from '../modules/insight/reports/index.ts';
import { createFixedClock } from '../platform/config/config.ts';
import { createReportPorts } from './report-ports.ts';
import { openDemoSystem } from './volume/testing.ts';

let demo: Awaited<ReturnType<typeof openDemoSystem>>;
beforeAll(async () => {
  demo = await openDemoSystem();
}, 120_000);
afterAll(() => demo.close());

/** Runs the timer until nothing is left, as it does in a process. */
async function runOn(day: string): Promise<void> {
  const clock = createFixedClock(new Date(`${day}T07:00:00+07:00`));
  const ports = createReportPorts({ ...demo.system, db: demo.system.readDb });
  const timer = createAssignTimer({ db: demo.system.db, clock, ports });
  for (let runs = 0; await timer.run(); runs += 1) expect(runs).toBeLessThan(100);
}

type Row = { reportId: string; periodId: string; n: number };
async function given(): Promise<Row[]> {
  const { rows } = await sql<Row>`select report_id "reportId", period_id "periodId", count(*)::int n
    from reports.assignment group by 1, 2 order by 1, 2`.execute(demo.system.db);
  return rows;
}
const of = (rows: readonly Row[], reportId: string) =>
  rows.filter((row) => row.reportId === reportId).map((row) => row.periodId);

it('gives nothing that is late already when it begins', async () => {
  await runOn('2026-08-20');
  expect(await given()).toEqual([]);
});

it('gives the reports of a period on the day after it ends, once', async () => {
  await runOn('2026-09-14');
  expect(await given()).toEqual([]);
  await runOn('2026-09-15');
  const rows = await given();
  expect(of(rows, 'II.06a')).toEqual(['2026-Q3']);
  expect(of(rows, 'de-an-06')).toEqual(['2026-09']);
  expect(rows.every((row) => row.n > 0)).toBe(true);
  await runOn('2026-09-15');
  await runOn('2026-10-14');
  expect(await given()).toEqual(rows);
});

it('gives a summary only to the level that makes it, and to units where somebody reports', async () => {
  const { rows } = await sql<{ unitId: string; reportId: string }>`select unit_id "unitId", report_id "reportId"
    from reports.assignment`.execute(demo.system.db);
  const directory = await demo.system.organisation.directory();
  const levels = (reportId: string) => [
    ...new Set(
      rows
        .filter((row) => row.reportId === reportId)
        .map((row) => directory.unitOn(row.unitId, '2026-09-14')?.level ?? ''),
    ),
  ];
  expect(levels('II.06c')).toEqual(['province']);
  expect(levels('II.06a').toSorted()).toEqual(['commune', 'province']);
  const granted = new Set(await demo.system.organisation.unitsGranted('report.fill', '2026-09-15'));
  expect(rows.every((row) => granted.has(row.unitId))).toBe(true);
});

it('catches up after months of standing still, every period once', async () => {
  await runOn('2026-12-20');
  const rows = await given();
  expect(of(rows, 'II.06a')).toEqual(['2026-Q3', '2026-Q4']);
  expect(of(rows, 'de-an-06')).toEqual(['2026-09', '2026-10', '2026-11', '2026-12']);
  const acts = await sql<{ by: string }>`select distinct by from reports.act`.execute(demo.system.db);
  expect(acts.rows).toEqual([{ by: 'system:reports' }]);
});

it('changes nothing where two processes do it at once', async () => {
  await Promise.all([runOn('2027-01-15'), runOn('2027-01-15'), runOn('2027-01-15')]);
  const rows = await given();
  expect(of(rows, 'de-an-06').at(-1)).toBe('2027-01');
  const twice = await sql<{ n: number }>`select count(*)::int n from reports.act where act = 'assign'`.execute(
    demo.system.db,
  );
  expect(twice.rows[0]?.n).toBe(rows.reduce((sum, row) => sum + row.n, 0));
});
