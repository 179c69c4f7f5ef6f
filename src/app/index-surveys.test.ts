import { afterAll, beforeAll, expect, it } from 'vitest';
import type { StaffActor } from '../core/access/actor.ts';
import { createIndexPorts } from './index-ports.ts';
import { createTargetPorts } from './target-ports.ts';
import { createValueOf } from './target-sources.ts';
import { insertSurveyRow, surveyFigure } from './testing/survey-row.ts';
import { openDemoSystem } from './volume/testing.ts';

let demo: Awaited<ReturnType<typeof openDemoSystem>>;
/** Units of one province. */
let units: string[];
const DAY = '2026-11-18';
const SOMEBODY = '01890000-0000-7000-8000-000000009001';

/** A closed survey of one unit alone, with the percentage it found; the later the day the later it was closed. */
async function addClosedSurvey(n: number, unitId: string, percent: number): Promise<void> {
  const day = `2026-${String(1 + Math.floor(n / 28)).padStart(2, '0')}-${String(1 + (n % 28)).padStart(2, '0')}`;
  await insertSurveyRow(demo.system.db, {
    id: `01890000-0000-7000-8000-${String(n).padStart(12, '0')}`,
    code: `khaosat${n}`,
    name: `Khảo sát ${n}`,
    unitId,
    unitIds: [unitId],
    finishedFrom: '2026-01-01',
    finishedTo: day,
    openFrom: '2026-01-01',
    openTo: day,
    closed: { on: day, results: { units: [{ unitId, result: surveyFigure(percent) }] } },
  });
}

beforeAll(async () => {
  demo = await openDemoSystem();
  const directory = await demo.system.organisation.directory();
  const province = directory.byCode('gso', '20779', DAY)?.parentId ?? '';
  units = directory.reachOn(province, 'subtree', DAY).slice(0, 25);
  for (const [n, unitId] of units.entries()) await addClosedSurvey(n, unitId, 70 + n);
}, 120_000);
afterAll(() => demo.close());

it('each unit may close a survey of its own: none is lost among those of the others', async () => {
  expect(units).toHaveLength(25);
  const { system } = demo;
  const surveyIndex: typeof system.surveys.indexOf = (of) => system.surveys.indexOf(of);
  const { peopleOf } = createTargetPorts(system);
  const ports = createIndexPorts({
    ...system,
    peopleOf,
    sources: {
      registerValue: async () => null,
      surveyIndex,
      ratingShare: async () => null,
      ratedShare: async () => ({ rated: 30, returned: 90 }),
      runningSurveys: async () => [],
    },
  });
  const part = await ports.surveyPart(units, 2026, 'survey');
  expect(units.map((unitId) => part.get(unitId)?.percent)).toEqual(units.map((_, n) => 70 + n));

  const sources = { registerValue: async () => null, surveyIndex, indexLeague: system.indices.league };
  const readResult = createValueOf(sources);
  const year = { id: '2026', from: '2026-01-01', to: '2026-12-31', cutoff: 'calendar' } as const;
  expect(await readResult({ survey: 'sipas' }, units[0] ?? '', year, 'percent')).toEqual({
    value: 70,
    volume: 40,
    surveyId: '01890000-0000-7000-8000-000000000000',
  });
});

it('who asks all the authorities below has what they found together, as one figure; of some of them there is none', async () => {
  const { system } = demo;
  const directory = await system.organisation.directory();
  const province = directory.byCode('gso', '20779', DAY)?.parentId ?? '';
  const below = directory.reachOn(province, 'subtree', DAY).filter((unitId) => {
    const unit = directory.unitOn(unitId, DAY);
    return unitId !== province && unit?.type === 'administrative';
  });
  expect(below.length).toBeGreaterThan(2);
  const results = {
    overall: { n: 400, hidden: false, result: surveyFigure(86, 400) },
    groups: [
      { groupId: 'land', n: 60, hidden: false, result: surveyFigure(80, 60) },
      { groupId: 'construction', n: 40, hidden: false, result: surveyFigure(90, 40) },
      { groupId: 'health', n: null, hidden: true, result: null },
    ],
  };
  const own = { unitId: province, result: surveyFigure(70, 50) };
  const ask = (code: string, year: number, unitIds: readonly string[], closed = true) =>
    insertSurveyRow(system.db, {
      id: `01890000-0000-7000-8000-00000000${code}`,
      code: `gop-${code}`,
      name: `Khảo sát ${year}`,
      unitId: province,
      unitIds,
      finishedFrom: `${year}-01-01`,
      finishedTo: `${year}-09-30`,
      openFrom: `${year}-10-01`,
      openTo: `${year}-10-31`,
      ...(closed
        ? { closed: { on: `${year}-11-01`, results: { ...results, units: unitIds.includes(province) ? [own] : [] } } }
        : {}),
    });
  const inYear = (year: number) => ({ from: `${year}-01-01`, to: `${year}-12-31` });
  const indexOf = (unitId: string, year: number, groupIds?: readonly string[]) =>
    system.surveys.indexOf({ unitId, endedIn: inYear(year), ...(groupIds ? { groupIds } : {}) });

  await ask('2026', 2026, below);
  const whole = { percent: 86, n: 400, closedSurveyName: 'Khảo sát 2026', pooled: below.length };
  expect(await indexOf(province, 2026)).toMatchObject(whole);
  expect(await indexOf(province, 2026, ['land', 'construction'])).toMatchObject({ percent: 84, n: 100 });
  expect(await indexOf(province, 2026, ['health'])).toBeNull();
  // Its own counter is one of those asked: the figure is of all of them, as every figure of a unit with those below.
  await ask('2025', 2025, [province, ...below]);
  expect(await indexOf(province, 2025)).toMatchObject({ percent: 86, pooled: below.length + 1 });
  // One is left out: the survey speaks for those asked, not for the whole; the unit's own row stands alone.
  await ask('2024', 2024, [province, ...below.slice(1)]);
  expect(await indexOf(province, 2024)).toMatchObject({ percent: 70, n: 50, pooled: 0 });
  await ask('2027', 2027, below.slice(1));
  expect(await indexOf(province, 2027)).toBeNull();

  // While it is being answered the province waits for it as those asked do, and for no other.
  await ask('2028', 2028, below, false);
  await ask('2029', 2029, below.slice(1), false);
  const running = (year: number) =>
    system.surveys.runningIndices({ unitIds: [province, below[0] ?? ''], endedIn: inYear(year) });
  expect((await running(2028)).map((one) => [...one.unitIds].sort())).toEqual([[province, below[0]].sort()]);
  expect(await running(2029)).toEqual([]);

  const measures = await createIndexPorts({
    ...system,
    peopleOf: createTargetPorts(system).peopleOf,
    sources: {
      registerValue: async () => null,
      surveyIndex: (of) => system.surveys.indexOf(of),
      ratingShare: async () => null,
      ratedShare: async () => ({ rated: 30, returned: 90 }),
      runningSurveys: (of) => system.surveys.runningIndices(of),
    },
  }).measures(province, 2026, ['survey']);
  expect(measures.get('survey')?.name).toBe(`Khảo sát 2026 (gộp ${below.length} đơn vị)`);
});

it('a target of points has an index’s points, one of percents its share of what could be reached', async () => {
  const [unitId = ''] = units;
  const { system } = demo;
  const row = { unitId, band: null, total: 650, max: 1000, percent: 65 };
  const league = { ...(await system.indices.league({ year: 2026, family: 'dti' })), tables: [{ rows: [row] }] };
  const readResult = createValueOf({
    registerValue: async () => null,
    surveyIndex: async () => null,
    indexLeague: async () => league as unknown as Awaited<ReturnType<typeof system.indices.league>>,
  });
  const year = { id: '2026', from: '2026-01-01', to: '2026-12-31', cutoff: 'calendar' } as const;
  const values = (['points', 'percent'] as const).map((unit) => readResult({ index: 'dti' }, unitId, year, unit));
  expect((await Promise.all(values)).map((one) => one?.value)).toEqual([650, 65]);
});

it('a target that reads a survey names the very survey, so that its page can be opened', async () => {
  const { system } = demo;
  const unitId = units[3] ?? '';
  const chief: StaffActor = {
    kind: 'staff',
    accountId: SOMEBODY,
    staffId: SOMEBODY,
    displayName: 'Cán bộ mẫu',
    homeUnitId: unitId,
    unitIds: [unitId],
    roles: [],
    unitsByPermission: new Map(['targets.read', 'targets.edit'].map((permission) => [permission, new Set([unitId])])),
    assurance: 'password',
    address: '203.0.113.9',
  };
  const terms = {
    name: 'Người dân hài lòng',
    source: { number: '12/QĐ-UBND', text: 'Kế hoạch năm 2026' },
    owner: 'Văn phòng',
    direction: 'up',
    weight: 1,
    unit: 'percent',
    decimals: 2,
    goal: { atLeast: 60 },
    forecast: 'none',
  } as const;
  const added = await system.targets.add(chief, {
    unitIds: [unitId],
    period: '2026',
    cutoff: 'calendar',
    terms: { ...terms, value: { survey: 'sipas' } },
  });
  const { line } = await system.targets.get(chief, added.ids[0] ?? '');
  expect([line.valueFrom, line.value, line.surveyId]).toEqual(['survey', 73, '01890000-0000-7000-8000-000000000003']);
});
