import { afterAll, beforeAll, expect, test } from 'vitest';
import type { StaffActor } from '../core/access/actor.ts';
import { rebuildMetrics } from '../modules/insight/metrics/index.ts';
import type { ReportService } from '../modules/insight/reports/index.ts';
import { failure } from '../modules/onestop/dossiers/testing/failure.ts';
import { staffWith } from '../modules/onestop/dossiers/testing/staff.ts';
import { keepReports } from './kept-reports.ts';
import { openDemoSystem } from './volume/testing.ts';

let demo: Awaited<ReturnType<typeof openDemoSystem>>;
let reports: ReportService;
let commune: string;
let province: string;

const staff = (n: number, fill: readonly string[], receive: readonly string[]): StaffActor =>
  staffWith(n, commune, { 'report.read': [...fill, ...receive], 'report.fill': fill, 'report.receive': receive });

beforeAll(async () => {
  demo = await openDemoSystem();
  const found = (await demo.system.organisation.directory()).byCode('gso', '20779', '2026-08-14');
  if (!found?.parentId) throw new Error('a commune below a province');
  [commune, province] = [found.unitId, found.parentId];
  await rebuildMetrics(demo.system.db);
  reports = keepReports(demo.system);
}, 120_000);
afterAll(() => demo.close());

test('a report is as it was last written, for each reader with what she may do', async () => {
  const [clerk, receiver] = [staff(1, [commune], []), staff(2, [], [province])];
  const { ids } = await reports.assign(clerk, { reportId: 'II.07b', periodId: '2026-Q3', unitId: commune });
  const id = ids[0] ?? '';
  const begun = await reports.get(clerk, id);
  expect(begun).toMatchObject({ version: 1, note: '', acts: ['save', 'submit'] });
  expect(await reports.get(clerk, id)).toEqual(begun);
  // Written past the door that keeps, as another process would.
  await demo.system.reports.save(clerk, id, { version: 1, manual: {}, texts: {}, note: 'một' });
  expect(await reports.get(clerk, id)).toMatchObject({ version: 2, note: 'một' });
  await demo.system.reports.submit(clerk, id, { version: 2, reason: 'Đủ số liệu' });
  const [mine, received] = await Promise.all([reports.get(clerk, id), reports.get(receiver, id)]);
  expect(mine).toEqual(await demo.system.reports.get(clerk, id));
  expect(received).toEqual(await demo.system.reports.get(receiver, id));
  expect(received.acts).not.toEqual(mine.acts);
});

test('who may not read it does not read it after somebody else has', async () => {
  const clerk = staff(1, [commune], []);
  const { ids } = await reports.assign(clerk, { reportId: 'II.06a', periodId: '2026-Q3', unitId: commune });
  await reports.get(clerk, ids[0] ?? '');
  const stranger = staff(1, [province], []);
  expect((await failure(reports.get(stranger, ids[0] ?? ''))).code).toBe('row/missing');
});
