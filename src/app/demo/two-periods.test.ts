import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { StaffActor } from '../../core/access/actor.ts';
import { createFixedClock, readConfig } from '../../platform/config/config.ts';
import { createLog } from '../../platform/log/log.ts';
import { createTestDatabase } from '../../platform/testing/database.ts';
import { runCli } from '../cli.ts';
import { openSystem, type System } from '../system.ts';
import { readDemoFile } from './demo-file.ts';
import { demoHolder } from './demo-staff.ts';
import { loadDemo } from './load.ts';
import { sentByOthers } from './testing.ts';

let system: System;
let drop: () => Promise<void>;
let env: Record<string, string>;
let unitIds: readonly string[];
const YEAR_2022 = { from: '2022-01-01', to: '2022-12-31' } as const;
const MONTHS_2023 = { from: '2023-01-01', to: '2023-08-31' } as const;

beforeAll(async () => {
  const test = await createTestDatabase();
  const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'motcua-2023-'));
  env = {
    MOTCUA_DEMO: '1',
    MOTCUA_ERA: '2023',
    MOTCUA_DATA_DIR: dir,
    DATABASE_URL: test.url,
    MOTCUA_LOG_LEVEL: 'silent',
  };
  const config = readConfig(env);
  const clock = createFixedClock(new Date('2023-08-31T08:30:00+07:00'));
  system = await openSystem(config, createLog('silent'), { clock });
  await loadDemo(system);
  const ids = await system.organisation.unitIdsByKey();
  unitIds = (await system.organisation.directory()).reachOn(ids.get('512-hiep-duc') ?? '', 'subtree', '2023-08-31');
  drop = async () => {
    await system.close();
    await test.drop();
    fs.rmSync(dir, { recursive: true, force: true });
  };
}, 120_000);
afterAll(() => drop());

describe('Hiệp Đức in the demo of 2023', () => {
  it('is late with 28.72 % in 2022 and 7.83 % in the first eight months of 2023', async () => {
    const before = (await system.apologies.lateFigures(unitIds, YEAR_2022)).total;
    expect(before).toMatchObject({
      finished: 372,
      lateFinished: 104,
      lateOpen: 4,
      denominator: 376,
      ratePercent: 28.72,
    });
    // Nobody apologised in 2022.
    expect(before).toMatchObject({ late: 108, withApology: 0, without: 108 });
    const after = (await system.apologies.lateFigures(unitIds, MONTHS_2023)).total;
    expect(after).toMatchObject({ finished: 454, lateFinished: 30, lateOpen: 6, denominator: 460, ratePercent: 7.83 });
    expect(after).toMatchObject({ late: 36, withApology: 12, without: 24 });
  });

  it('received nothing online in 2022 and 57.7 % in 2023, nothing at Hiệp Thuận and Quế Lưu', async () => {
    const { rows } = await sql<{ year: number; received: number; online: number }>`
      select extract(year from received_at at time zone 'Asia/Ho_Chi_Minh')::int "year", count(*)::int received,
        count(*) filter (where channel = 'online')::int online
      from dossiers.dossier where received_by_unit_id = any(${[...unitIds]}::uuid[]) group by 1 order by 1`.execute(
      system.db,
    );
    expect(rows).toEqual([
      { year: 2022, received: 376, online: 0 },
      { year: 2023, received: 494, online: 285 },
    ]);
    const units = await system.organisation.directory();
    const byUnit = await sql<{ id: string; online: number }>`select received_by_unit_id id,
        count(*) filter (where channel = 'online')::int online from dossiers.dossier
      where received_by_unit_id = any(${[...unitIds]}::uuid[]) and received_at >= '2023-01-01+07' group by 1`.execute(
      system.db,
    );
    const offline = byUnit.rows
      .filter((row) => row.online === 0)
      .map((row) => units.authorityOn(row.id, '2023-08-31')?.name);
    expect(offline.sort()).toEqual(['Xã Hiệp Thuận', 'Xã Quế Lưu']);
    expect(byUnit.rows).toHaveLength(12);
    const listed = await system.unitHealth.zeroOnline(readerOf(unitIds), MONTHS_2023);
    expect(listed.rows.map((row) => row.unitName).sort()).toEqual([
      'Ủy ban nhân dân xã Hiệp Thuận',
      'Ủy ban nhân dân xã Quế Lưu',
    ]);
  });

  it.each([
    [YEAR_2022, '2022'],
    [MONTHS_2023, '2023-01-01..2023-08-31'],
  ])('has one figure for %o, whoever tells it', async (days, period) => {
    const { total, units } = await system.apologies.lateFigures(unitIds, days);
    const reader = readerOf(unitIds);
    // The screen of apologies, and the lists it leads to.
    expect((await system.apologies.figures(reader, days)).total).toEqual(total);
    for (const [figure, length] of [
      ['late', total.late],
      ['with', total.withApology],
      ['exempted', total.exempted],
      ['without', total.without],
    ] as const)
      expect((await system.apologies.listLate(reader, { ...days, figure })).total, figure).toBe(length);
    // The public board, month by month.
    const [year = '', lastMonth] = [days.from.slice(0, 4), Number(days.to.slice(5, 7))];
    let [resolved, late] = [0, 0];
    for (let month = 1; month <= lastMonth; month++)
      for (const row of await system.statistics.boardOf(unitIds, `${year}-${String(month).padStart(2, '0')}`)) {
        resolved += row.resolved;
        late += row.late;
      }
    expect([resolved, late]).toEqual([total.finished, total.lateFinished]);
    // The board of all units.
    expect((await system.boards.units(reader, days)).total).toMatchObject({
      finished: total.finished,
      late: total.lateFinished,
      apologiesOwed: total.without,
      lateOfDue: total.late,
      due: total.denominator,
      lateRatePercent: total.ratePercent,
    });
    // The causes of what ended late.
    const { rows } = await sql<{ attributed: number; wrong: number }>`select count(*)::int attributed,
        (count(*) filter (where d.lateness_minutes is distinct from
          (select sum(minutes) from lateness.part p where p.dossier_id = d.id)))::int wrong
      from lateness.attribution a join dossiers.dossier d on d.id = a.dossier_id
      where d.decided_by_unit_id = any(${[...unitIds]}::uuid[])
        and (d.ended_at at time zone 'Asia/Ho_Chi_Minh')::date between ${days.from} and ${days.to}`.execute(system.db);
    expect(rows[0]).toEqual({ attributed: total.lateFinished, wrong: 0 });
    // The command.
    const told = await late512('--period', period);
    expect(told).toMatchObject({
      unit: '512',
      unitName: 'Huyện Hiệp Đức',
      denominator: 'late-of-due',
      finished: total.finished,
      openDue: total.lateOpen,
      lateFinished: total.lateFinished,
      lateOpen: total.lateOpen,
      late: total.late,
      rate: total.ratePercent,
      lateWithApology: total.withApology,
      lateWithoutApology: total.without,
    });
    const communes = told['units'] as { late: number; unitName: string }[];
    expect(communes).toHaveLength(units.length);
    expect(communes.reduce((sum, one) => sum + one.late, 0)).toBe(total.late);
  });

  it('fell by 20.89 points, 72.74 % of the rate of 2022', async () => {
    const { compare } = await late512('--period', '2023-01-01..2023-08-31', '--compare', '2022');
    expect(compare).toMatchObject({ rate: 28.72, points: -20.89, relative: -72.74 });
  });

  it('is not told for a unit or a period that is none', async () => {
    expect(await cli(['--unit', '99999', '--period', '2022'])).toMatchObject({ exit: 1 });
    for (const period of ['2022-13', '22', '2023-02-01..2023-01-01', '2023-02-30..2023-03-01'])
      expect(await cli(['--unit', '512', '--period', period]), period).toMatchObject({ exit: 2 });
  });
});

const readerOf = (units: readonly string[]): StaffActor => ({
  kind: 'staff',
  accountId: '',
  staffId: '',
  displayName: '',
  homeUnitId: '',
  unitIds: [],
  roles: [],
  unitsByPermission: new Map(['board.read', 'dossier.read'].map((permission) => [permission, new Set(units)])),
  assurance: 'password',
  address: '127.0.0.1',
});

async function cli(args: readonly string[]): Promise<{ exit: number; out: string }> {
  const out: string[] = [];
  const io = {
    out: (line: string) => void out.push(line),
    note: () => {},
    env,
    path: path.resolve,
    interactive: false,
  };
  return { exit: await runCli(['late', ...args, '--json'], io), out: out.join('\n') };
}

async function late512(...args: string[]): Promise<Record<string, unknown>> {
  const { exit, out } = await cli(['--unit', '512', ...args]);
  expect(exit, out).toBe(0);
  return JSON.parse(out) as Record<string, unknown>;
}

describe('the indices of the five districts in the demo of 2023', () => {
  it('are of 2022 with invented points that say so, beside what was published, which stays as it is', async () => {
    const { tables } = await system.indices.league({ year: 2022 });
    const own = tables.filter((table) => !table.imported);
    expect(own.flatMap((table) => table.rows.map((row) => row.unitName)).toSorted()).toEqual([
      'Huyện Hiệp Đức',
      'Huyện Minh Long',
      'Huyện Nam Giang',
      'Huyện Nguyên Bình',
      'Huyện Nông Sơn',
    ]);
    expect(own.every((table) => table.name.includes('số liệu giả định của bản trình diễn'))).toBe(true);
    expect(own.every((table) => table.rows.every((row) => row.rank !== null && row.change === null))).toBe(true);
    const published = tables.find((table) => table.id === 'par-index-quang-nam-2022');
    expect(published?.rows[0]).toMatchObject({ total: 79.98, rank: 16, derived: false });
  });

  it('are open for 2023: the district of the demo scores itself by its own dossiers and sees 2022 beside', async () => {
    const leader = await demoHolder(system, unitIds[0] ?? '', 'indices.score');
    const { rows } = await system.indices.rounds(leader, { year: 2023 });
    expect(rows.map((row) => [row.state, row.unitName])).toEqual([['open', 'Tỉnh Quảng Nam']]);
    const page = await system.indices.sheet(leader, rows[0]?.mySheetId ?? '');
    expect(page).toMatchObject({ unitName: 'Huyện Hiệp Đức', state: 'scoring', may: { score: true } });
    // 424 of 454 finished in 2023 until the day of the demo were in time.
    expect(page.criteria.find((each) => each.id === 'on-time')).toMatchObject({
      live: true,
      numerator: 424,
      denominator: 454,
    });
    const past = await system.indices.rounds(leader, { year: 2022 });
    const sheet = await system.indices.sheet(leader, past.rows.find((row) => row.mySheetId)?.mySheetId ?? '');
    expect(sheet.criteria.find((each) => each.id === 'on-time')).toMatchObject({
      numerator: 268,
      denominator: 372,
      selfPoints: 0,
    });
    expect(sheet.criteria.some((each) => each.explanation !== '')).toBe(true);
  });
});

describe('the eleven targets of the seeds in the demo of 2023', () => {
  const boardOf = async (gso: string) => {
    const unitId = (await system.organisation.directory()).byCode('gso', gso, '2023-08-31')?.unitId ?? '';
    const reader = await demoHolder(system, unitId, 'targets.read');
    return (await system.targets.board(reader, { unitId, year: 2023 })).rows;
  };
  const lights = (rows: Awaited<ReturnType<typeof boardOf>>) =>
    rows
      .filter((row) => row.measure !== 'band')
      .map((row) => [row.goal.value, row.value, row.light, row.forecast?.method ?? null])
      .sort();

  it('have a light and where they can a forecast, by figures that say that they are invented', async () => {
    expect(lights(await boardOf('510'))).toEqual([
      [100, 99.06, 'near', 'same-share'],
      [60, 45, 'behind', 'linear'],
      [60, 56.25, 'near', 'linear'],
      [65, 67.5, 'met', 'same-share'],
      [85, 83.33, 'near', 'same-share'],
      [85, 88, 'met', 'same-share'],
      [90, 92.4, 'met', 'linear'],
      [90, 93, 'met', 'same-share'],
    ]);
    const nguyenBinh = await boardOf('052');
    // What was handed over by post only the office's own dossiers tell: those taken over from elsewhere do not.
    expect(lights(nguyenBinh)).toEqual([
      [50, null, 'no-data', null],
      [50, 46.67, 'near', 'same-share'],
      [80, 72.38, 'near', 'linear'],
    ]);
    const leader = await demoHolder(system, nguyenBinh[0]?.unitId ?? '', 'targets.read');
    const typed = nguyenBinh.find((row) => row.valueFrom === 'entered');
    const { entries } = await system.targets.get(leader, typed?.id ?? '');
    expect(entries[0]?.evidence).toContain('giả định');
  });

  it('are read by somebody of each province who can sign in', async () => {
    const { staff } = readDemoFile('2023');
    const readers = staff.filter((one) => one.login !== null && one.posts.some((post) => post.role === 'inspector'));
    expect(readers.flatMap((one) => one.posts.map((post) => post.roleAt ?? post.at)).sort()).toEqual([
      '04-cao-bang',
      '49-quang-nam',
    ]);
  });
});

describe('the report desk and the registers of the demo of 2023', () => {
  it('show the district what its communes have sent of the second quarter, and its own in work', async () => {
    const district = await demoHolder(system, unitIds[0] ?? '', 'report.receive');
    const { rows } = await system.reports.list(district, { side: 'receive', reportId: 'II.06a' });
    const told = rows.map((row) => `${row.unitName} ${row.periodId} ${row.state} ${row.lateDays}`);
    expect(told.filter((line) => line.endsWith('2023-Q2 accepted 0'))).toHaveLength(8);
    expect(told.filter((line) => !line.includes('accepted')).toSorted()).toEqual([
      'Thị trấn Tân Bình 2023-Q2 returned 75',
      'Xã Phước Gia 2023-Q2 assigned 75',
      'Xã Quế Thọ 2023-Q2 submitted 6',
    ]);
    expect(await sentByOthers(system)).toEqual([]);
    const own = await system.reports.list(district, { side: 'fill', reportId: 'II.06b' });
    expect(own.rows.map(({ state }) => state)).toEqual(['draft']);
  });

  it('carry what Nông Sơn has published into its monthly report: 135 % and 108 %', async () => {
    const ids = await system.organisation.unitIdsByKey();
    const reporter = await demoHolder(system, ids.get('519-nong-son') ?? '', 'report.fill');
    const { rows } = await system.reports.list(reporter, { side: 'fill' });
    expect(rows.map(({ periodId, state, lateDays }) => [periodId, state, lateDays])).toEqual([
      ['2023-07', 'submitted', 3],
    ]);
    const page = await system.reports.get(reporter, rows[0]?.id ?? '', 1);
    const cells = ['id-cards', 'accounts'].map((id) => page.rows.find((row) => row.id === id)?.cells);
    expect(cells).toMatchObject([
      { 3: 12_000, 4: 16_175, 5: 134.79 },
      { 3: 12_000, 4: 12_951, 5: 107.93 },
    ]);
  });

  it('have entries of the district and of communes, one missing, and nothing beside what was published', async () => {
    const district = await demoHolder(system, unitIds[0] ?? '', 'registers.read');
    const entered = async (id: string, periodId: string) => {
      const { rows } = await system.registers.get(district, id, { periodId });
      return rows.map((row) => row.values).filter((values) => values !== null);
    };
    expect(await entered('de-an-06', '2023-07')).toHaveLength(1);
    expect(await entered('e-documents', '2023-Q2')).toHaveLength(3);
    expect((await entered('community-teams', '2023-Q2')).length).toBeGreaterThan(10);
    for (const round of ['dot-2017', 'dot-2018', 'dot-2019']) expect(await entered('ho-tich', round)).toHaveLength(3);
    // Its people have until the end of September: its targets have no data yet.
    expect(await entered('staff-obligations', 'dot-2023-09')).toEqual([]);
    const ids = await system.organisation.unitIdsByKey();
    const neighbour = await demoHolder(system, ids.get('519-nong-son') ?? '', 'registers.read');
    const { rows: staff } = await system.registers.get(neighbour, 'staff-obligations', { periodId: 'dot-2023-09' });
    expect(staff.filter((row) => row.values !== null)).toHaveLength(4);
    for (const id of ['vneid', 'bhxh']) expect(await entered(id, '2023-07')).toEqual([]);
    expect(await entered('bhxh', '2023-08')).toMatchObject([{ rate: 98 }]);
  });
});

describe('the survey of the demo of 2023', () => {
  it('is of the district and all its communes: its chairman reads it, everybody sees it, the district has the whole as its index', async () => {
    const { surveys } = system;
    const districtId = unitIds[0] ?? '';
    const chairman = await demoHolder(system, districtId, 'surveys.edit');
    expect(unitIds).toContain(chairman.homeUnitId);
    const { rows } = await surveys.list(chairman, {});
    expect(rows.map((row) => row.state)).toEqual(['closed']);
    const page = await surveys.get(chairman, rows[0]?.id ?? '');
    expect(page).toMatchObject({ unitId: districtId, leftOut: [] });
    const overall = page.results?.overall.result;
    expect(overall?.n).toBeGreaterThan(30);
    const everybody = await surveys.open.closed({});
    expect(everybody.rows).toMatchObject([{ code: page.code, overall: { percent: overall?.percent } }]);
    const year = { from: '2023-01-01', to: '2023-12-31' };
    const index = await surveys.indexOf({ unitId: districtId, endedIn: year });
    expect(index).toMatchObject({ percent: overall?.percent, n: overall?.n, pooled: 12 });
  });
});
