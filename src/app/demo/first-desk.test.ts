import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createFixedClock } from '../../platform/config/config.ts';
import { generateDossiers } from '../volume/generate.ts';
import { openDemoSystem } from '../volume/testing.ts';
import { demoHolder } from './demo-staff.ts';
import { fillDesk2026 } from './first-desk.ts';
import { sentByOthers } from './testing.ts';

let demo: Awaited<ReturnType<typeof openDemoSystem>>;
let ids: ReadonlyMap<string, string>;
const unit = (key: string): string => ids.get(key) ?? '';
const HIEP_DUC = '20779-hiep-duc-2025';
beforeAll(async () => {
  demo = await openDemoSystem();
  await generateDossiers(demo.system, 300, { seed: 1 });
  ids = await demo.system.organisation.unitIdsByKey();
  await fillDesk2026(demo.system);
}, 120_000);
afterAll(() => demo.close());

describe('the report desk of the demo of today', () => {
  it('shows the city what is accepted, late, returned and not sent of the last quarter, and its own in work', async () => {
    const city = await demoHolder(demo.system, unit('48-da-nang-2025'), 'report.receive');
    const { rows } = await demo.system.reports.list(city, { side: 'receive', reportId: 'II.06a' });
    const told = rows.map(({ unitId, periodId, state, lateDays }) => [unitId, periodId, state, lateDays]);
    expect(told).toHaveLength(4);
    expect(told).toContainEqual([unit('20767-viet-an-2025'), '2026-Q3', 'accepted', 0]);
    expect(told).toContainEqual([unit('20770-phuoc-tra-2025'), '2026-Q3', 'submitted', 6]);
    expect(told).toContainEqual([unit(HIEP_DUC), '2026-Q3', 'returned', 62]);
    expect(told).toContainEqual([unit('20656-nong-son-2025'), '2026-Q3', 'assigned', 62]);
    const own = await demo.system.reports.list(city, { side: 'fill', reportId: 'II.06c' });
    expect(own.rows.map(({ state }) => state)).toEqual(['draft']);
    const page = await demo.system.reports.get(city, own.rows[0]?.id ?? '');
    const sent = page.rows.filter((row) => row.reportId !== null).map((row) => row.id);
    expect(sent.toSorted()).toEqual([unit('20767-viet-an-2025'), unit('20770-phuoc-tra-2025')].toSorted());
  });

  it('is of people who work where the report is made, none of whom receives it', async () => {
    expect(await sentByOthers(demo.system)).toEqual([]);
  });

  it('tells the chairman why the report came back', async () => {
    const chairman = await demoHolder(demo.system, unit(HIEP_DUC), 'report.fill');
    const { rows } = await demo.system.reports.list(chairman, { side: 'fill' });
    const page = await demo.system.reports.get(chairman, rows[0]?.id ?? '');
    expect(page.history.map(({ act }) => act)).toEqual(['assign', 'save', 'submit', 'return']);
    expect(page.history.at(-1)?.reason).toContain('giả định');
    expect(page.versions.map(({ no, sentAt }) => [no, sentAt.slice(0, 10)])).toEqual([[1, '2026-09-17']]);
    expect(page.note).toContain('trình diễn');
  });

  it('has Đề án 06 of Việt An sent, with the figures of its register', async () => {
    const chairman = await demoHolder(demo.system, unit('20767-viet-an-2025'), 'report.fill');
    const { rows } = await demo.system.reports.list(chairman, { side: 'fill', reportId: 'de-an-06' });
    expect(rows.map(({ periodId, state, lateDays }) => [periodId, state, lateDays])).toEqual([
      ['2026-11', 'submitted', 0],
    ]);
    const page = await demo.system.reports.get(chairman, rows[0]?.id ?? '', 1);
    const accounts = page.rows.find((row) => row.id === 'accounts');
    expect(accounts?.cells).toMatchObject({ 3: 4550, 4: 3708 });
    expect(accounts?.sources[0]?.periods.map((period) => period.id)).toEqual(['2026-10']);
  });
});

describe('the registers of the demo of today', () => {
  it('have entries of the last two periods that say they are invented; Hiệp Đức lacks those of Đề án 06', async () => {
    const city = await demoHolder(demo.system, unit('48-da-nang-2025'), 'registers.read');
    const page = async (id: string, periodId: string) => {
      const { rows } = await demo.system.registers.get(city, id, { unitId: unit('48-da-nang-2025'), periodId });
      return rows.filter((row) => row.entryId !== null);
    };
    const [october, september] = [await page('de-an-06', '2026-10'), await page('de-an-06', '2026-09')];
    expect(october.map((row) => row.unitId)).not.toContain(unit(HIEP_DUC));
    expect([october.length, september.length]).toEqual([2, 2]);
    const lines = await page('e-documents', '2026-Q3');
    expect(lines.map((row) => row.lateDays).toSorted()).toEqual([0, 0, 4]);
    expect([await page('vneid', '2026-10'), await page('bhxh', '2026-10')].map((rows) => rows.length)).toEqual([3, 2]);
    const teams = await page('community-teams', '2026-Q3');
    expect(new Set(teams.map((row) => row.unitId)).size).toBe(3);
    expect(teams.filter((row) => row.values?.['team'] === 'no').length).toBeGreaterThan(0);
    expect(await page('ho-tich', 'dot-2026')).toHaveLength(3);
    expect(await page('staff-obligations', 'dot-2026-q4')).toHaveLength(12);
    for (const register of ['nvtc', 'dvc-catalogue', 'digitisation', 'mailboxes'])
      expect([(await page(register, '2026-Q2')).length, (await page(register, '2026-Q3')).length]).toEqual([3, 3]);
    const { versions } = await demo.system.registers.entry(city, lines[0]?.entryId ?? '');
    expect(versions[0]).toMatchObject({ counted: true, evidence: 'Số liệu trình diễn, không phải số của đơn vị' });
  });
});

it.each(['2027-06-15', '2028-01-01', '2028-09-30'])(
  'begins on %s as on any day: nothing is of the days to come',
  async (day) => {
    const clock = createFixedClock(new Date(`${day}T07:00:00+07:00`));
    await fillDesk2026({ ...demo.system, clock });
    const city = await demoHolder(demo.system, unit('48-da-nang-2025'), 'report.receive');
    const { rows } = await demo.system.reports.list(city, { side: 'receive', reportId: 'II.06a' });
    const [newest] = rows
      .map((row) => row.periodId)
      .toSorted()
      .toReversed();
    const told = rows.filter((row) => row.periodId === newest);
    expect(told.map((row) => row.state).toSorted()).toEqual(['accepted', 'assigned', 'returned', 'submitted']);
    const now = clock.now();
    expect(told.every((row) => row.sentAt === null || new Date(row.sentAt) <= now)).toBe(true);
  },
);
