import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { StaffActor } from '../core/access/actor.ts';
import type { UnitDirectory } from '../modules/foundation/organisation/index.ts';
import { rebuildMetrics } from '../modules/insight/metrics/index.ts';
import { insertRandomDossiers, seeded } from '../modules/insight/metrics/testing/random-dossiers.ts';
import { recordPublished } from '../modules/insight/registers/index.ts';
import {
  createTargetReminderTimer,
  createTargetService,
  type TargetService,
} from '../modules/insight/targets/index.ts';
import { createTargetPorts } from './target-ports.ts';
import { openDemoSystem } from './volume/testing.ts';

let demo: Awaited<ReturnType<typeof openDemoSystem>>;
let targets: TargetService;
let directory: UnitDirectory;
let people: readonly { readonly staffId: string }[];
let nameUnit: (gso: string, day: string) => string;

/** Somebody who reads and sets targets for some units and enters their results. */
function staff(staffId: string, read: readonly string[], edit: readonly string[] = [], enter = edit): StaffActor {
  return {
    kind: 'staff',
    accountId: staffId,
    staffId,
    displayName: 'Cán bộ mẫu',
    homeUnitId: read[0] ?? staffId,
    unitIds: [],
    roles: [],
    unitsByPermission: new Map([
      ['targets.read', new Set(read)],
      ['targets.edit', new Set(edit)],
      ['targets.enter', new Set(enter)],
    ]),
    assurance: 'password',
    address: '203.0.113.9',
  };
}
const someone = '01890000-0000-7000-8000-000000000600';
const code = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => 'done',
    (error: { code?: string }) => error.code,
  );
const paths = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => [],
    (error: { details?: { fields?: { path: string }[] } }) => error.details?.fields?.map((field) => field.path),
  );

beforeAll(async () => {
  demo = await openDemoSystem();
  const { system } = demo;
  directory = await system.organisation.directory();
  nameUnit = (gso, day) => {
    const found = directory.byCode('gso', gso, day);
    if (!found) throw new Error(`no unit ${gso}`);
    return found.unitId;
  };
  await rebuildMetrics(system.db);
  const ports = createTargetPorts(system);
  targets = createTargetService({ db: system.db, clock: system.clock, metrics: system.metrics, ports });
  people = await ports.peopleOf(nameUnit('20779', '2026-11-18'), '2026-11-18');
}, 120_000);
afterAll(() => demo.close());

const manual = {
  name: 'Số hóa kết quả còn hiệu lực',
  source: { number: '12/QĐ-UBND', date: '2026-01-15', text: 'Kế hoạch năm 2026' },
  owner: 'Văn phòng',
  direction: 'up',
  weight: 2,
  value: { manual: true },
  unit: 'percent',
  decimals: 2,
  goal: { atLeast: 60 },
  forecast: 'count',
} as const;
const online = {
  ...manual,
  name: 'Hồ sơ trực tuyến',
  weight: 1,
  value: { metric: 'online-rate' },
  goal: { atLeast: 100 },
  forecast: 'ratio',
} as const;

describe('the targets of the seeds', () => {
  it('are given to their units once', async () => {
    expect(await targets.adopt()).toBe(27);
    expect(await targets.adopt()).toBe(0);
  });

  it('show 135 % and 108 % of a plan that is marked as worked out', async () => {
    const unitId = nameUnit('519', '2023-06-30');
    const board = await targets.board(staff(someone, [unitId]), { unitId, year: 2023 });
    const accounts = board.rows.filter((row) => row.planned?.derived);
    expect(accounts.map((row) => [row.numerator, row.value, row.light]).sort()).toEqual([
      [12_951, 108, 'met'],
      [16_175, 135, 'met'],
    ]);
    expect(board.total).toMatchObject({ metShare: 100, unjudgedWeight: 0, count: { met: 4 } });
    expect(board.years).toEqual([2023]);
  });

  it('show the change on the last period in points, and relative only where there is a base', async () => {
    const unitId = nameUnit('512', '2023-06-30');
    const { rows } = await targets.board(staff(someone, [unitId]), { unitId, year: 2023 });
    const named = (word: string) => rows.find((row) => row.name.includes(word));
    expect(named('trễ hẹn')?.change).toEqual({ points: -20.89, percent: -72.74, since: 'cuối năm 2022' });
    expect(named('phát sinh trực tuyến')?.change).toMatchObject({ points: 57.7, percent: null });
    expect(named('VNeID')).toMatchObject({ value: 90, bound: 'above', light: 'met' });
    expect(named('Egov')).toMatchObject({ light: 'no-data', value: null });
  });

  it('compare the land office with the whole province, where neither has data', async () => {
    const unitId = directory.officeOn(nameUnit('512', '2023-09-30'), 'dat-dai', '2023-09-30')?.unitId ?? '';
    const { rows } = await targets.board(staff(someone, [unitId]), { unitId, year: 2023 });
    expect(rows).toHaveLength(1);
    expect(rows[0]).toMatchObject({
      light: 'no-data',
      goal: { relation: 'not-below', value: null, reference: 'Tỉnh Quảng Nam' },
    });
  });

  it('rank the districts of the province by the weight they met; who has no data has no place', async () => {
    const unitId = nameUnit('49', '2023-06-30');
    const districts = ['519', '512', '510'].map((gso) => nameUnit(gso, '2023-06-30'));
    const lead = staff(someone, [unitId, ...districts]);
    const { rows, population } = await targets.units(lead, { unitId, year: 2023 });
    expect(population).toBe(2);
    expect(rows.map((row) => [row.unitName, row.rank, row.total.metShare])).toEqual([
      ['Huyện Hiệp Đức', 1, 100],
      ['Huyện Nông Sơn', 1, 100],
      ['Huyện Nam Giang', null, null],
    ]);
    expect((await targets.options(lead)).above).toEqual([{ id: unitId, name: 'Tỉnh Quảng Nam' }]);
    expect((await targets.units(staff(someone, [unitId]), { unitId, year: 2023 })).rows).toEqual([]);
    expect(await code(targets.units(staff(someone, districts), { unitId, year: 2023 }))).toBe('row/missing');
  });

  it('are all added up, however many the units have', async () => {
    const unitId = nameUnit('49', '2023-06-30');
    const [many = '', one = ''] = ['519', '512'].map((gso) => nameUnit(gso, '2023-06-30'));
    const give = (to: string, n: number, from: string) =>
      sql`insert into targets.target
        (id, series, unit_id, period_id, cutoff, from_day, to_day, terms, created_at, created_by)
      select gen_random_uuid(), 'many-' || n, ${to}::uuid, ${`${from}..2022-12-31`}, 'calendar', ${from}::date, '2022-12-31',
        ${JSON.stringify(manual)}::jsonb || jsonb_build_object('name', 'Chỉ tiêu ' || n), now(), 'system:test'
      from generate_series(1, ${n}::int) n`.execute(demo.system.db);
    await give(many, 3000, '2022-01-01');
    await give(one, 1, '2022-02-01');
    const { rows } = await targets.units(staff(someone, [unitId, many, one]), { unitId, year: 2022 });
    expect(rows.map((row) => [row.unitName, row.total.count['no-data']]).sort()).toEqual([
      ['Huyện Hiệp Đức', 1],
      ['Huyện Nông Sơn', 3000],
    ]);
  });

  it('are twelve for Nam Giang, three of them bands of Tốt or better', async () => {
    const unitId = nameUnit('510', '2023-06-30');
    const { rows } = await targets.board(staff(someone, [unitId]), { unitId, year: 2023 });
    expect(rows).toHaveLength(12);
    expect(rows.filter((row) => row.goal.band === 'Tốt')).toHaveLength(3);
    expect(rows.every((row) => row.light === 'no-data')).toBe(true);
  });
});

describe('the share of online results that went by post', () => {
  it('is counted from dossiers for Nguyên Bình’s target: of those handed over, not of those received', async () => {
    const unitId = nameUnit('052', '2023-06-30');
    const { rows } = await targets.board(staff(someone, [unitId]), { unitId, year: 2023 });
    const postal = rows.find((row) => row.name.includes('bưu chính công ích'));
    expect(postal).toMatchObject({ valueFrom: 'metric', goal: { relation: 'at-least', value: 50 }, light: 'no-data' });
    const [metric] = demo.system.metrics.definitions('2023-06-30').filter((one) => one.id === 'online-results-by-post');
    expect(metric?.numerator.terms[0]?.where).toEqual({ channel: ['online'], returned: ['post'] });
    expect(metric?.denominator?.terms[0]?.where).toEqual({
      channel: ['online'],
      returned: ['desk', 'post', 'electronic'],
    });
  });
});

describe('a target of figures', () => {
  it('ranks its units over the same counts that the figures have, and hides what the reader may not see', async () => {
    const day = '2026-11-18';
    const units = ['20779', '20767', '20770'].map((gso) => nameUnit(gso, day));
    const [first = '', second = '', third = ''] = units;
    const { db } = demo.system;
    await insertRandomDossiers(db, [first, second], 120, seeded(3), new Date('2026-11-18T00:00:00Z'), '2026-01-05');
    await rebuildMetrics(db);
    const province = directory.unitOn(first, day)?.parentId ?? '';
    const lead = staff(someone, [...units, province], [...units, province]);
    const average = { ...online, goal: { notBelow: { of: 'parent' as const } } };
    const { ids } = await targets.add(lead, { unitIds: units, period: '2026', terms: average });
    expect(ids).toHaveLength(3);

    const board = await targets.board(lead, { unitId: first, year: 2026 });
    const [line] = board.rows;
    const [whole] = await demo.system.metrics.values({ kind: 'system', name: 'test', assurance: 'system' }, [
      {
        metricId: 'online-rate',
        unitId: province,
        roll: 'tree',
        period: demo.system.metrics.periodOf('2026', 'calendar'),
      },
    ]);
    expect(line?.numerator).toBeGreaterThan(0);
    expect(line?.goal).toMatchObject({ relation: 'not-below', value: whole?.rounded, reference: 'đơn vị cấp trên' });
    expect(line?.drill).toMatchObject({ metricId: 'online-rate', unitId: first, period: '2026' });
    expect(line?.forecast).toMatchObject({ method: 'same-share', value: line?.value });

    const id = ids[0] ?? '';
    const table = await targets.league(lead, id);
    expect(table).toMatchObject({ population: 2, hidden: 0 });
    expect(table.rows.map((row) => row.rank)).toEqual([1, 2, null]);
    expect(table.rows[2]).toMatchObject({ unitId: third, light: 'no-data' });
    // A commune's own reader sees its place among two, not the others.
    const own = await targets.league(staff(someone, [first]), id);
    expect(own).toMatchObject({ population: 2, hidden: 2, rows: [{ unitId: first }] });

    const page = await targets.get(lead, id);
    expect(page.trend).toHaveLength(11);
    // What the figure counts is on the page itself.
    expect(page.definition).toMatchObject({ name: expect.any(String), meaning: expect.stringMatching(/hồ sơ/i) });
    expect(page.mayEnter).toBe(false);
    const entry = { version: 1, asOf: '2026-10-31', value: 99, evidence: 'x' };
    expect(await code(targets.enter(lead, id, entry))).toBe('target/computed');
  });
});

describe('a target of an average', () => {
  it('has no light over fewer cases than it asks for, and one over more', async () => {
    const unitId = nameUnit('20779', '2026-11-18');
    const lead = staff(someone, [unitId], [unitId]);
    const add = async (minimumVolume: number) => {
      const terms = {
        ...online,
        name: `Trễ trung bình ${minimumVolume}`,
        source: { ...online.source, number: `${minimumVolume}/QĐ-UBND` },
        direction: 'down' as const,
        value: { metric: 'average-lateness' },
        unit: 'points' as const,
        goal: { atMost: 1e9 },
        minimumVolume,
      };
      const { ids } = await targets.add(lead, { unitIds: [unitId], period: '2026', terms });
      return (await targets.get(lead, ids[0] ?? '')).line;
    };
    expect(await add(1)).toMatchObject({ light: 'met', value: expect.any(Number) });
    expect((await add(1_000_000)).light).toBe('too-few');
  });
});

describe('a target of another source', () => {
  const settled = (goal: number, value: object, unit: 'percent' | 'points') => ({
    ...manual,
    value: value as never,
    unit,
    goal: { atLeast: goal },
  });

  it('takes the measure of a register, with its counts, and more than 100 %', async () => {
    const unitId = nameUnit('20779', '2026-11-18');
    const clerk = staff(someone, [unitId], [unitId]);
    const grants = [
      ...clerk.unitsByPermission,
      ['registers.read', new Set([unitId])],
      ['registers.enter', new Set([unitId])],
    ];
    const actor = { ...clerk, unitsByPermission: new Map(grants as [string, Set<string>][]) };
    const { system } = demo;
    const values = { target: 200, collected: 270, activated: 100 };
    await system.registers.save(actor, 'de-an-06', { unitId, periodId: '2026-10', version: 0, values });
    const terms = settled(100, { register: 'de-an-06', measure: 'collected-of-target' }, 'percent');
    const { ids } = await system.targets.add(actor, { unitIds: [unitId], period: '2026', terms });
    const { line } = await system.targets.get(actor, ids[0] ?? '');
    expect(line).toMatchObject({ value: 135, numerator: 270, denominator: 200, light: 'met', valueFrom: 'register' });
    // A running total of which nothing is known before: nobody can say how fast it grows.
    expect(line).toMatchObject({ forecast: null, startUnknown: true });
  });

  it('is compared with the same days of the period before, and forecast from the last month that was entered', async () => {
    const unitId = nameUnit('20770', '2026-11-18');
    const lead = staff(someone, [unitId], [unitId]);
    const { system } = demo;
    const { db, clock, organisation, files } = system;
    const ports = { directory: () => organisation.directory(), staffNames: async () => new Map(), files };
    const enter = (periodId: string, collected: number, at: string) =>
      recordPublished(
        { db, clock, ports },
        { kind: 'system', name: 'test', assurance: 'system' },
        {
          registerId: 'de-an-06',
          unitId,
          periodId,
          values: { target: 200, collected, activated: 10 },
          evidence: 'thử',
          reason: 'thử',
          at: new Date(`${at}T08:00:00+07:00`),
        },
      );
    await enter('2025-10', 80, '2025-11-05');
    await enter('2025-12', 190, '2026-01-05');
    await enter('2026-10', 110, '2026-11-05');
    const of = { register: 'de-an-06', measure: 'collected-of-target' };
    const { ids } = await system.targets.add(lead, {
      unitIds: [unitId],
      period: '2026',
      terms: settled(100, of, 'percent'),
    });
    const { line } = await system.targets.get(lead, ids[0] ?? '');
    expect(line).toMatchObject({
      value: 55,
      asOf: '2026-10-31',
      // 40 % at the end of October of the year before, not the 95 % of its end.
      change: { points: 15, percent: 37.5, since: '01/01/2025 – 31/10/2025' },
    });
    const days = async (to: string) => (await createTargetPorts(system).workingDays(unitId, '2026-01-01', to)) || 1;
    const expected = (55 * (await days('2026-12-31'))) / (await days('2026-10-31'));
    // 110 after 190: the total was begun anew.
    expect(line.forecast).toMatchObject({ method: 'linear', value: Math.round(expected * 100) / 100 });
    expect(line.startUnknown).toBe(false);
  });

  it('goes on from where a running total stood when the period began', async () => {
    const unitId = nameUnit('20767', '2026-11-18');
    const lead = staff(someone, [unitId], [unitId]);
    const { db, clock, organisation, files } = demo.system;
    const ports = { directory: () => organisation.directory(), staffNames: async () => new Map(), files };
    const actor = { kind: 'system', name: 'test', assurance: 'system' } as const;
    for (const [periodId, collected, at] of [
      ['2025-12', 50, '2026-01-05'],
      ['2026-10', 110, '2026-11-05'],
    ] as const) {
      const values = { target: periodId === '2025-12' ? 100 : 200, collected, activated: 10 };
      const entry = { registerId: 'de-an-06', unitId, periodId, values, evidence: 'thử', reason: 'thử' };
      await recordPublished({ db, clock, ports }, actor, { ...entry, at: new Date(`${at}T08:00:00+07:00`) });
    }
    const of = { register: 'de-an-06', measure: 'collected-of-target' };
    const { ids } = await demo.system.targets.add(lead, {
      unitIds: [unitId],
      period: '2026',
      terms: settled(100, of, 'percent'),
    });
    const { line } = await demo.system.targets.get(lead, ids[0] ?? '');
    const days = async (from: string, to: string) => await createTargetPorts(demo.system).workingDays(unitId, from, to);
    // 50 accounts of the 200 asked for now are 25 %: 30 points in ten months, and two more months of it.
    const more = (30 * (await days('2026-11-01', '2026-12-31'))) / (await days('2026-01-01', '2026-10-31'));
    expect(line).toMatchObject({ value: 55, startUnknown: false });
    expect(line.forecast).toMatchObject({ method: 'linear', value: Math.round((55 + more) * 100) / 100 });
  });

  it('takes what was published of an index of the year, each by itself', async () => {
    const unitId = nameUnit('052', '2022-12-31');
    const lead = staff(someone, [unitId], [unitId]);
    const { targets: wired } = demo.system;
    const add = (index: string) =>
      wired.add(lead, { unitIds: [unitId], period: '2022', terms: settled(85, { index }, 'points') });
    await Promise.all([add('par-index'), add('ddci'), add('sipas')]);
    const { rows } = await wired.board(lead, { unitId, year: 2022 });
    expect(rows.map((row) => [row.value, row.light]).sort()).toEqual([
      [null, 'no-data'],
      [81.4, 'near'],
      [86.3, 'met'],
    ]);
    expect(await paths(add('chi-so-khac'))).toEqual(['value/index']);
  });
});

describe('a target with entered results', () => {
  let id = '';
  let unitId = '';
  const lead = () => staff(someone, [unitId], [unitId]);

  it('keeps every entry, and the last of the newest day counts', async () => {
    unitId = nameUnit('20767', '2026-11-18');
    const { ids } = await targets.add(lead(), { unitIds: [unitId], period: '2026', terms: manual });
    id = ids[0] ?? '';
    const entry = { asOf: '2026-06-30', denominator: 200, evidence: 'Báo cáo 6 tháng' };
    await targets.enter(lead(), id, { ...entry, version: 1, numerator: 50 });
    await targets.enter(lead(), id, { ...entry, version: 2, numerator: 60 });
    const page = await targets.get(lead(), id);
    expect(page.definition).toBeNull();
    expect(page.line).toMatchObject({
      value: 30,
      numerator: 60,
      denominator: 200,
      light: 'behind',
      asOf: '2026-06-30',
    });
    // Half of the year's working days are over: 30 % becomes about 60.
    expect(page.line.forecast?.method).toBe('linear');
    expect(page.line.forecast?.value).toBeGreaterThan(58);
    expect(page.entries.map((one) => [one.numerator, one.replaced])).toEqual([
      [60, false],
      [50, true],
    ]);
    await expect(sql`delete from targets.value`.execute(demo.system.db)).rejects.toThrow('append-only');
  });

  it('is compared with what was entered for the same target of the period before, up to the same day', async () => {
    const province = directory.unitOn(unitId, '2026-11-18')?.parentId ?? '';
    const other = directory.childrenOn(province, '2026-11-18').at(-1)?.unitId ?? '';
    const editor = staff(someone, [other], [other]);
    const add = async (period: string, name: string) =>
      (await targets.add(editor, { unitIds: [other], period, terms: { ...manual, name } })).ids[0] ?? '';
    const [last, now, alone] = [await add('2025', 'A'), await add('2026', 'A'), await add('2026', 'B')];
    const enter = (target: string, version: number, asOf: string, numerator: number) =>
      targets.enter(editor, target, { version, asOf, numerator, denominator: 200, evidence: 'x' });
    await enter(last, 1, '2025-08-31', 40);
    await enter(last, 2, '2025-12-31', 100);
    await enter(now, 1, '2026-08-31', 60);
    await enter(alone, 1, '2026-08-31', 60);
    const changeOf = async (target: string) => (await targets.get(editor, target)).line.change;
    expect(await changeOf(now)).toEqual({ points: 10, percent: 50, since: '01/01/2025 – 31/08/2025' });
    // Nothing of the kind was followed the year before; a target of the year itself that is over is compared whole.
    expect(await changeOf(alone)).toBeNull();
    await targets.end(editor, last, { version: 3, act: 'end', reason: 'Hết năm' });
    expect(await changeOf(now)).toMatchObject({ points: 10 });
  });

  it('refuses what cannot be a result, and says where', async () => {
    const entry = { version: 3, asOf: '2026-06-30', evidence: 'x' };
    expect(await paths(targets.enter(lead(), id, { ...entry, numerator: 5 }))).toEqual(['denominator']);
    expect(await paths(targets.enter(lead(), id, { ...entry, band: 'Khá' }))).toEqual(['band']);
    expect(await paths(targets.enter(lead(), id, { ...entry, value: 1, asOf: '2026-12-01' }))).toEqual(['asOf']);
    expect(await paths(targets.enter(lead(), id, { ...entry, value: 1, asOf: '2025-12-31' }))).toEqual(['asOf']);
    const unknown = { ...entry, value: 1, fileId: '01890000-0000-7000-8000-000000000001' };
    expect(await code(targets.enter(lead(), id, unknown))).toBe('row/missing');
    // Nothing half-written: the version is what it was.
    expect((await targets.get(lead(), id)).line.version).toBe(3);
  });

  it('is changed with a reason by one of two, ended and taken up again', async () => {
    const edit = { version: 3, terms: { ...manual, goal: { atLeast: 25 } }, reason: 'Điều chỉnh kế hoạch' };
    const both = await Promise.all([code(targets.edit(lead(), id, edit)), code(targets.edit(lead(), id, edit))]);
    expect(both.sort()).toEqual(['done', 'row/stale']);
    expect((await targets.get(lead(), id)).line.light).toBe('met');
    await targets.end(lead(), id, { version: 4, act: 'end', reason: 'Nhập vào chỉ tiêu khác' });
    expect(await code(targets.edit(lead(), id, { ...edit, version: 5 }))).toBe('target/ended');
    expect((await targets.board(lead(), { unitId, year: 2026 })).rows.map((row) => row.id)).not.toContain(id);
    expect((await targets.board(lead(), { unitId, year: 2026, ended: true })).rows.map((row) => row.id)).toContain(id);
    await targets.end(lead(), id, { version: 5, act: 'resume', reason: 'Theo dõi lại' });
    expect((await targets.get(lead(), id)).revisions.map((one) => one.act)).toEqual(['resume', 'end', 'edit', 'add']);
  });

  it('is unknown to strangers, and read-only to readers', async () => {
    const stranger = staff(someone, [nameUnit('20779', '2026-11-18')]);
    expect(await code(targets.get(stranger, id))).toBe('row/missing');
    expect(await code(targets.board(stranger, { unitId, year: 2026 }))).toBe('row/missing');
    const end = { version: 6, act: 'end' as const, reason: 'x' };
    expect(await code(targets.end(staff(someone, [unitId]), id, end))).toBe('access/forbidden');
    expect(
      await code(targets.add(staff(someone, [unitId]), { unitIds: [unitId], period: '2026', terms: manual })),
    ).toBe('row/missing');
  });

  it('refuses terms that make no sense, a period that is none, and a unit that has ceased', async () => {
    const add = { unitIds: [unitId], period: '2026', terms: manual };
    expect(await paths(targets.add(lead(), { ...add, terms: { ...manual, direction: 'down' } }))).toEqual(['goal']);
    expect(await code(targets.add(lead(), { ...add, period: '2026-13' }))).toBe('metrics/unknown-period');
    const against = (unit: object) => ({ ...online, goal: { notBelow: { of: 'unit' as const, ...unit } } });
    const nobody = { unitId: '01890000-0000-7000-8000-000000000001' };
    for (const unit of [nobody, { unit: { gso: '49' } }])
      expect(await paths(targets.add(lead(), { ...add, terms: against(unit) }))).toEqual(['goal']);
    const [known] = (await targets.board(lead(), { unitId, year: 2026 })).rows;
    const edit = { version: known?.version ?? 0, terms: against(nobody), reason: 'x' };
    expect(await paths(targets.edit(lead(), known?.id ?? '', edit))).toEqual(['goal']);
    const gone = nameUnit('512', '2023-06-30');
    const past = staff(someone, [gone], [gone]);
    expect(await code(targets.add(past, { ...add, unitIds: [gone] }))).toBe('target/unit');
  });
});

describe('an action on a target that lags', () => {
  let id = '';
  let unitId = '';
  let target = '';
  const lead = () => staff(someone, [unitId], [unitId]);
  const owner = () => staff(people[0]?.staffId ?? '', []);
  const only = async (actor: StaffActor) => (await targets.actions(actor, { originId: target })).rows[0];

  it('has an owner of the authority and a day, and the owner is told', async () => {
    unitId = nameUnit('20779', '2026-11-18');
    const { ids } = await targets.add(lead(), { unitIds: [unitId], period: '2026', terms: manual });
    target = ids[0] ?? '';
    const body = { title: 'Số hóa kho hộ tịch', ownerStaffId: people[0]?.staffId ?? '', dueDay: '2026-11-20' };
    expect(await code(targets.createTargetAction(lead(), target, { ...body, ownerStaffId: someone }))).toBe(
      'target/person',
    );
    expect(await paths(targets.createTargetAction(lead(), target, { ...body, dueDay: '2026-11-17' }))).toEqual([
      'dueDay',
    ]);
    ({ id } = await targets.createTargetAction(lead(), target, body, 'gửi-lại'));
    // The answer was lost and the form is sent once more: one action, and the same answer.
    expect(await targets.createTargetAction(lead(), target, body, 'gửi-lại')).toEqual({ id });
    expect((await targets.actions(lead(), { originId: target })).total).toBe(1);
    expect(await only(lead())).toMatchObject({ id, state: 'open', originLabel: manual.name, lateDays: 0 });
    expect(await notices(`target-action:${id}:create`)).toBe(1);
    const [line] = (await targets.board(lead(), { unitId, year: 2026 })).rows.filter((row) => row.id === target);
    expect(line).toMatchObject({ actionsRunning: 1, actionsLate: 0 });
  });

  it('is worked by its owner, who may not give it up, and by nobody else', async () => {
    expect((await only(owner()))?.acts).toEqual(['start', 'note', 'finish']);
    await targets.actOn(owner(), id, { version: 1, act: 'start' });
    expect(await code(targets.actOn(owner(), id, { version: 2, act: 'finish' }))).toBe('dossier/reason-needed');
    expect(await code(targets.actOn(owner(), id, { version: 2, act: 'drop', text: 'Thôi' }))).toBe('access/forbidden');
    expect(await code(targets.actOn(owner(), id, { version: 1, act: 'note', text: 'x' }))).toBe('row/stale');
    const stranger = staff(people[1]?.staffId ?? '', []);
    expect(await code(targets.actOn(stranger, id, { version: 2, act: 'note', text: 'x' }))).toBe('row/missing');
    expect((await targets.actions(stranger, {})).total).toBe(0);
  });

  it('is reminded of on its day, once, then again after a week', async () => {
    const { db } = demo.system;
    const remindAt = async (day: string): Promise<number> => {
      const clock = { now: () => new Date(`${day}T08:00:00+07:00`) };
      const ports = createTargetPorts(demo.system);
      await createTargetReminderTimer({ db, clock, metrics: demo.system.metrics, ports }).run();
      return notices(`target-action:${id}:2026%`);
    };
    expect(await remindAt('2026-11-19')).toBe(0);
    expect(await remindAt('2026-11-20')).toBe(1);
    expect(await remindAt('2026-11-20')).toBe(1);
    expect(await remindAt('2026-11-26')).toBe(1);
    expect(await remindAt('2026-11-27')).toBe(2);
  });

  it('is done with words about what came of it, reopened, moved and found', async () => {
    await targets.actOn(owner(), id, { version: 2, act: 'finish', text: 'Đã số hóa 120 hồ sơ' });
    expect(await code(targets.actOn(lead(), id, { version: 3, act: 'finish', text: 'x' }))).toBe('target/action-state');
    await targets.actOn(lead(), id, { version: 3, act: 'reopen', text: 'Còn sót' });
    const other = people[1]?.staffId ?? '';
    const change = { act: 'change' as const, text: 'Đổi người', ownerStaffId: other, dueDay: '2026-12-01' };
    await targets.actOn(lead(), id, { version: 4, ...change });
    expect(await only(lead())).toMatchObject({ state: 'open', ownerStaffId: other, dueDay: '2026-12-01' });
    expect((await only(lead()))?.notes.map((note) => note.act)).toEqual([
      'create',
      'start',
      'finish',
      'reopen',
      'change',
    ]);
    expect((await targets.actions(lead(), { q: 'so hoa', unitId })).total).toBe(1);
    expect((await targets.actions(lead(), { only: 'late' })).total).toBe(0);
  });

  it('can come from a lost point of an index', async () => {
    const origin = { type: 'criterion', id: 'par-2026/organisation', label: 'Cải cách tổ chức bộ máy' };
    const body = {
      origin,
      unitId,
      title: 'Rà soát vị trí việc làm',
      ownerStaffId: people[0]?.staffId ?? '',
      dueDay: '2026-12-31',
    };
    await targets.createAction(lead(), body);
    const found = await targets.actions(lead(), { originType: 'criterion', originId: origin.id });
    expect(found.rows).toEqual([expect.objectContaining({ originLabel: origin.label, state: 'open' })]);
  });
});

async function notices(key: string): Promise<number> {
  const { rows } = await sql<{ n: number }>`select count(*)::int n from notifications.message
    where dedupe_key like ${key}`.execute(demo.system.db);
  return rows[0]?.n ?? 0;
}
