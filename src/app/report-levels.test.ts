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

// Commune → district → province, in the tree of 2023: what a district reports of itself never stands for its communes.
let demo: Awaited<ReturnType<typeof openDemoSystem>>;
let reports: ReportService;
let directory: UnitDirectory;
let province: string;
let district: string;
let communes: readonly string[];
const PERIOD = '2023-Q2';
const CUTOFF = '2023-06-14';

const actor = (): StaffActor => {
  const units = [province, district, ...communes];
  return staffWith(1, province, { 'report.read': units, 'report.fill': units, 'report.receive': units });
};

async function begin(reportId: string, unitId: string): Promise<string> {
  const { ids } = await reports.assign(actor(), { reportId, periodId: PERIOD, unitId });
  return ids[0] ?? '';
}

async function send(reportId: string, unitId: string): Promise<string> {
  const id = await begin(reportId, unitId);
  const { version } = await reports.get(actor(), id);
  await reports.submit(actor(), id, { version });
  return id;
}

async function districtRow() {
  const page = await reports.get(actor(), await begin('II.06c', province));
  const row = page.rows.find((one) => one.id === district);
  return { received: row?.cells['3'], unsent: row?.unsent, reportId: row?.reportId ?? null };
}

beforeAll(async () => {
  demo = await openDemoSystem();
  const { system } = demo;
  directory = await system.organisation.directory();
  const commune = directory.byCode('gso', '20779', '2026-08-14');
  const former = directory.successions.find((one) => one.to[0] === commune?.unitId && one.to.length === 1);
  const parents = (former?.from ?? []).flatMap((id) => {
    const unit = directory.unitOn(id, CUTOFF);
    return unit?.level === 'commune' && unit.parentId ? [unit.parentId] : [];
  });
  district = parents[0] ?? '';
  province = directory.unitOn(district, CUTOFF)?.parentId ?? '';
  communes = directory.childrenOn(district, CUTOFF).flatMap((unit) => (unit.level === 'commune' ? [unit.unitId] : []));
  if (communes.length < 2 || directory.unitOn(province, CUTOFF)?.level !== 'province')
    throw new Error('communes of a district of a province');
  const until = new Date('2023-06-14T17:00:00+07:00');
  await insertRandomDossiers(system.db, [district, ...communes], 400, seeded(11), until, '2023-03-15');
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

it('counts a district with its communes, until it has sent its summary, and again when that is sent back', async () => {
  const counted = await districtRow();
  expect(counted).toMatchObject({ unsent: true, reportId: null });
  expect(counted.received).toBeGreaterThan(100);

  const own = await send('II.06a', district);
  const { total } = await reports.get(actor(), own);
  expect(total?.cells['3']).toBeLessThan(Number(counted.received));
  expect(await districtRow()).toEqual(counted);

  const whole = await send('II.06b', district);
  expect(await districtRow()).toEqual({ received: counted.received, unsent: false, reportId: whole });

  const { version } = await reports.get(actor(), whole);
  await reports.decide(actor(), whole, { version, act: 'return', reason: 'Thiếu một xã' });
  expect(await districtRow()).toEqual(counted);
});

it('takes of a commune what it has sent of itself: nothing stands below it', async () => {
  const [commune = ''] = communes;
  const sent = await send('II.06a', commune);
  const page = await reports.get(actor(), await begin('II.06b', district));
  expect(page.rows.find((row) => row.id === commune)).toMatchObject({ unsent: false, reportId: sent, reportNo: 1 });
  // In the middle of a name the kind of the unit is written small.
  expect(page.rows.find((row) => row.id === district)?.label).toMatch(/^Cơ quan huyện \p{Lu}/u);
});
