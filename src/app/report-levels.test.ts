import { afterAll, beforeAll, expect, it } from 'vitest';
import type { ReportService } from '../modules/insight/reports/index.ts';
import { mergedCommune, openReportDesk, type ReportDesk, reportStaff } from './testing/report-desk.ts';

// Commune → district → province, in the tree of 2023: what a district reports of itself never stands for its communes.
let desk: ReportDesk;
let reports: ReportService;
let province: string;
let district: string;
let communes: readonly string[];
const PERIOD = '2023-Q2';
const CUTOFF = '2023-06-14';

/** Somebody of the unit; above its communes she receives what they send. */
const of = (unitId: string) =>
  reportStaff(1, [unitId], unitId === district ? [district] : unitId === province ? [province] : []);

async function begin(reportId: string, unitId: string): Promise<string> {
  const { ids } = await reports.assign(of(unitId), { reportId, periodId: PERIOD, unitId });
  return ids[0] ?? '';
}

async function send(reportId: string, unitId: string): Promise<string> {
  const id = await begin(reportId, unitId);
  const { version } = await reports.get(of(unitId), id);
  await reports.submit(of(unitId), id, { version });
  return id;
}

async function districtRow() {
  const page = await reports.get(of(province), await begin('II.06c', province));
  const row = page.rows.find((one) => one.id === district);
  return { received: row?.cells['3'], unsent: row?.unsent, reportId: row?.reportId ?? null };
}

beforeAll(async () => {
  desk = await openReportDesk((directory) => {
    ({ district } = mergedCommune(directory, CUTOFF));
    province = directory.unitOn(district, CUTOFF)?.parentId ?? '';
    const below = directory.childrenOn(district, CUTOFF).filter((unit) => unit.level === 'commune');
    communes = below.map((unit) => unit.unitId);
    const until = new Date('2023-06-14T17:00:00+07:00');
    return [{ unitIds: [district, ...communes], count: 400, seed: 11, until, from: '2023-03-15' }];
  });
  reports = desk.reports;
}, 120_000);
afterAll(() => desk.close());

it('counts a district with its communes, until it has sent its summary, and again when that is sent back', async () => {
  const counted = await districtRow();
  expect(counted).toMatchObject({ unsent: true, reportId: null });
  expect(counted.received).toBeGreaterThan(100);

  const own = await send('II.06a', district);
  const { total } = await reports.get(of(district), own);
  expect(total?.cells['3']).toBeLessThan(Number(counted.received));
  expect(await districtRow()).toEqual(counted);

  const whole = await send('II.06b', district);
  expect(await districtRow()).toEqual({ received: counted.received, unsent: false, reportId: whole });

  const { version } = await reports.get(of(district), whole);
  await reports.decide(of(province), whole, { version, act: 'return', reason: 'Thiếu một xã' });
  expect(await districtRow()).toEqual(counted);
});

it('takes of a commune what it has sent of itself: nothing stands below it', async () => {
  const [commune = ''] = communes;
  const sent = await send('II.06a', commune);
  const page = await reports.get(of(district), await begin('II.06b', district));
  expect(page.rows.find((row) => row.id === commune)).toMatchObject({ unsent: false, reportId: sent, reportNo: 1 });
  // In the middle of a name the kind of the unit is written small.
  expect(page.rows.find((row) => row.id === district)?.label).toMatch(/^Cơ quan huyện \p{Lu}/u);
});
