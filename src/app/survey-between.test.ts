import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { StaffActor } from '../core/access/actor.ts';
import { resultsCsv } from '../modules/insight/surveys/csv.ts';
import { resultView } from '../modules/insight/surveys/page-views.ts';
import type { Questionnaire } from '../modules/insight/surveys/rules/questionnaire.ts';
import type { SurveyResults } from '../modules/insight/surveys/rules/result-document.ts';
import { loadDemoOrganisation } from './demo/organisation.ts';
import { insertSurveyRow, surveyFigure } from './testing/survey-row.ts';
import { openDemoSystem } from './volume/testing.ts';

// Three levels, as until 30/6/2025: a survey of the province asks communes, the districts in between hold none.
let demo: Awaited<ReturnType<typeof openDemoSystem>>;
let province: string;
let district: string;
let communes: readonly string[];
let elsewhere: readonly string[];

beforeAll(async () => {
  demo = await openDemoSystem(false);
  await loadDemoOrganisation(demo.system.organisation, '2023');
  const directory = await demo.system.organisation.directory();
  const day = '2023-06-30';
  const below = (unitId: string) =>
    directory.childrenOn(unitId, day).flatMap((unit) => (unit.type === 'administrative' ? [unit.unitId] : []));
  district = directory.byCode('gso', '512', day)?.unitId ?? '';
  province = directory.unitOn(district, day)?.parentId ?? '';
  communes = below(district);
  elsewhere = below(province)
    .filter((unitId) => unitId !== district)
    .flatMap((unitId) => [unitId, ...below(unitId)]);
}, 120_000);
afterAll(() => demo.close());

const shown = (percent: number, n: number) => ({ n, hidden: false, result: surveyFigure(percent, n) });
const HIDDEN = { n: null, hidden: true, result: null };
let made = 0;
type Row = { readonly unitId: string; readonly frame?: number; readonly groupId?: string };
/** A survey the province held of dossiers of this month. */
async function ask(
  month: string,
  unitIds: readonly string[],
  results?: { readonly units: readonly Row[]; readonly cells?: readonly Row[] },
  over: { readonly weighted?: boolean; readonly unitId?: string; readonly form?: Questionnaire } = {},
): Promise<string> {
  made += 1;
  // Codes have neither 0 nor 1, which are read as letters.
  const code = `giua${String(made).padStart(4, '0').replaceAll('0', 'x').replaceAll('1', 'y')}`;
  await insertSurveyRow(demo.system.db, {
    id: `01890000-0000-7000-8000-0000000e${String(made).padStart(4, '0')}`,
    ...{ code, name: `Khảo sát ${month}`, unitId: province, unitIds },
    finishedFrom: `${month}-01`,
    finishedTo: `${month}-28`,
    openFrom: `${month}-28`,
    openTo: `${month}-28`,
    ...(results ? { closed: { on: `${month}-28`, results: { overall: shown(60, 900), ...results } } } : {}),
    ...over,
  });
  return code;
}
const indexOf = (unitId: string, month: string, groupIds?: readonly string[]) =>
  demo.system.surveys.indexOf({
    unitId,
    endedIn: { from: `${month}-01`, to: `${month}-28` },
    ...(groupIds ? { groupIds } : {}),
  });
/** Ten satisfied of ten in the first commune, fifteen of thirty in the second, nobody asked in the others. */
const found = () => [
  { unitId: communes[0] ?? '', frame: 100, ...shown(100, 10) },
  { unitId: communes[1] ?? '', frame: 100, ...shown(50, 30) },
];

it('a district in between has what its communes found together in a survey of the province, and the survey is named', async () => {
  expect(communes.length).toBeGreaterThan(2);
  await ask('2023-10', [...communes, ...elsewhere], {
    units: [...found(), { unitId: elsewhere[0] ?? '', ...shown(10, 500) }],
  });
  expect(await indexOf(district, '2023-10')).toMatchObject({
    ...{ percent: 62.5, n: 40, pooled: communes.length },
    closedSurveyName: 'Khảo sát 2023-10',
  });
  expect((await indexOf(communes[0] ?? '', '2023-10'))?.percent).toBe(100);
  expect((await indexOf(province, '2023-10'))?.percent).toBe(undefined);
});

it('counts communes by their dossiers where the survey is weighted', async () => {
  await ask('2023-09', [...communes, ...elsewhere], { units: found() }, { weighted: true });
  expect(await indexOf(district, '2023-09')).toMatchObject({ percent: 75, n: 40 });
});

it('has none where a commune was not asked, or where too few answered in one of them: the sum would tell of those few', async () => {
  await ask('2023-08', [...communes.slice(1), ...elsewhere], { units: found().slice(1) });
  expect(await indexOf(district, '2023-08')).toBeNull();
  await ask('2023-07', [...communes, ...elsewhere], { units: [...found(), { unitId: communes[2] ?? '', ...HIDDEN }] });
  expect(await indexOf(district, '2023-07')).toBeNull();
});

it('has a group of fields from the cells of its communes, under the same condition', async () => {
  const [a = '', b = ''] = communes;
  const cells = [
    { unitId: a, groupId: 'land', ...shown(80, 20) },
    { unitId: b, groupId: 'land', ...shown(60, 20) },
    { unitId: a, groupId: 'health', ...shown(90, 20) },
    { unitId: b, groupId: 'health', ...HIDDEN },
  ];
  await ask('2023-06', [...communes, ...elsewhere], { units: found(), cells });
  expect(await indexOf(district, '2023-06', ['land'])).toMatchObject({ percent: 70, n: 40, pooled: communes.length });
  expect(await indexOf(district, '2023-06', ['land', 'health'])).toBeNull();
});

it('itself asked with all its communes it has what they found together, whoever holds the survey; with some of them its own', async () => {
  const own = { unitId: district, frame: 100, ...shown(20, 10) };
  for (const [month, unitId] of [
    ['2023-05', province],
    ['2023-04', district],
  ] as const) {
    const asked = [district, ...communes, ...(unitId === province ? elsewhere : [])];
    const results = { units: [own, ...found()], overall: shown(54, 50) };
    await ask(month, asked, results, { unitId });
    expect(await indexOf(district, month)).toMatchObject({ percent: 54, n: 50, pooled: communes.length + 1 });
  }
  await ask('2023-03', [district, ...communes.slice(1)], { units: [own, ...found().slice(1)] });
  expect(await indexOf(district, '2023-03')).toMatchObject({ percent: 20, n: 10, pooled: 0 });
});

const office = (): StaffActor => ({
  kind: 'staff',
  ...{ accountId: province, staffId: province, displayName: 'Cán bộ mẫu', homeUnitId: province, unitIds: [province] },
  roles: [],
  unitsByPermission: new Map([
    ['surveys.read', new Set([province])],
    ['surveys.edit', new Set([province])],
  ]),
  assurance: 'password',
  address: '203.0.113.9',
});
const page = async (name: string) => {
  const { rows } = await demo.system.surveys.list(office(), { q: name });
  return demo.system.surveys.get(office(), rows[0]?.id ?? '');
};

it('is named on the page of the survey, with its figure once that is closed', async () => {
  const cells = elsewhere.filter((_, n) => n % 2 === 0);
  await ask('2023-12', [...communes, ...cells], { units: found() });
  await ask('2023-11', [...communes, ...cells]);
  const line = { unitId: district, unitName: 'Huyện Hiệp Đức', pooled: communes.length, groups: null };
  // Closed before what they found together was frozen: of their rows, without an interval.
  expect((await page('Khảo sát 2023-12')).between).toEqual([
    { ...line, found: { percent: 62.5, n: 40, low: null, high: null } },
  ]);
  expect((await page('Khảo sát 2023-11')).between).toEqual([{ ...line, found: null }]);
});

const FORM: Questionnaire = {
  ...{ id: 'thu', name: 'Phiếu mẫu', kind: 'index', validFrom: '2022-01-01', source: 'Bài kiểm tra', verified: true },
  scale: ['Không hài lòng', 'Hài lòng'],
  satisfiedFrom: 2,
  index: 'share',
  factors: [{ id: 'all', name: 'Chung' }],
  questions: [{ id: 'q1', kind: 'scale', factor: 'all', text: 'Hài lòng chung' }],
};

it('is frozen with its interval when the survey closes: the same on the page, in the files, by the API and for everybody', async () => {
  const { db } = demo.system;
  const [a = '', b = ''] = communes;
  const code = await ask('2022-12', [...communes, ...elsewhere], undefined, { form: FORM, weighted: true });
  const survey = await page('Khảo sát 2022-12');
  // 20 of 40 of 300 dossiers, 30 of 30 of 100, and elsewhere 10 of 40: 62.5 % of the district by dossiers.
  for (const [no, unitId, frame, good, bad] of [
    [1, a, 300, 20, 20],
    [2, b, 100, 30, 0],
    [3, elsewhere[0] ?? '', 500, 10, 30],
  ] as const) {
    await sql`insert into surveys.stratum (survey_id, no, unit_id, group_id, frame, quota, drawn)
      values (${survey.id}::uuid, ${no}, ${unitId}::uuid, 'land', ${frame}, ${good + bad}, ${good + bad})`.execute(db);
    await sql`insert into surveys.answer (survey_id, stratum_no, content)
      select ${survey.id}::uuid, ${no}, jsonb_build_object('q1', case when n <= ${good}::int then 2 else 1 end)
      from generate_series(1, ${good + bad}::int) n`.execute(db);
  }
  await demo.system.surveys.act(office(), survey.id, { version: survey.version, act: 'close' });
  const { results, between } = await page('Khảo sát 2022-12');
  const line = results?.together?.find((one) => one.unitId === district);
  expect(line).toMatchObject({ name: 'Huyện Hiệp Đức', pooled: communes.length, frame: 400, n: 70, hidden: false });
  const { percent = 0, low = 0, high = 0 } = line?.result ?? {};
  expect(percent).toBe(62.5);
  // By hand: in the second commune nobody differs, so only the first adds to the variance.
  const v = 0.75 ** 2 * (0.25 / 39) * (1 - 40 / 300);
  const n = (0.625 * 0.375) / v;
  const z = 1.959964;
  const centre = (0.625 + z ** 2 / (2 * n)) / (1 + z ** 2 / n);
  const half = (z * Math.sqrt((0.625 * 0.375) / n + z ** 2 / (4 * n * n))) / (1 + z ** 2 / n);
  expect(low).toBeCloseTo(100 * (centre - half), 2);
  expect(high).toBeCloseTo(100 * (centre + half), 2);
  expect(between.find((one) => one.unitId === district)).toEqual({
    ...{ unitId: district, unitName: 'Huyện Hiệp Đức', pooled: communes.length },
    found: line?.result,
    // All of it was of one group: the group has the figure of the whole, its interval too.
    groups: [{ groupId: 'land', groupName: 'Đất đai', found: line?.result }],
  });
  expect(await indexOf(district, '2022-12', ['land'])).toMatchObject({ percent, n: 70, pooled: communes.length });
  expect(await indexOf(district, '2022-12')).toMatchObject({ percent, n: 70, pooled: communes.length });
  const text = (value: number): string => value.toFixed(2).replace('.', ',');
  expect(resultsCsv(results as SurveyResults)).toContain(
    `"Đơn vị, gộp các đơn vị cấp dưới",Huyện Hiệp Đức,,70,"${text(percent)}","${text(low)}","${text(high)}"`,
  );
  expect(resultsCsv(results as SurveyResults)).toContain(
    `"Đơn vị gộp, theo nhóm lĩnh vực",Huyện Hiệp Đức,Đất đai,70,"${text(percent)}","${text(low)}","${text(high)}"`,
  );
  expect((await demo.system.surveys.open.results(code)).together).toEqual(results?.together);
  const everybody = resultView(results as SurveyResults, []);
  expect(everybody.togetherGroups?.find((one) => one.id.startsWith(district))).toEqual({
    ...{ id: `${district} land`, name: 'Huyện Hiệp Đức – Đất đai' },
    ...{ n: 70, hidden: false, percent, low, high },
  });
  const before = { ...(results as SurveyResults), together: results?.together?.map(({ groups: _, ...rest }) => rest) };
  expect(resultView(before as SurveyResults, []).togetherGroups).toBeNull();
});

it('waits for such a survey while it is answered', async () => {
  await ask('2023-02', [...communes, ...elsewhere]);
  await ask('2023-01', [...communes.slice(1), ...elsewhere]);
  const running = (month: string) =>
    demo.system.surveys.runningIndices({
      unitIds: [district],
      endedIn: { from: `${month}-01`, to: `${month}-28` },
    });
  expect((await running('2023-02')).map((survey) => survey.unitIds)).toEqual([[district]]);
  expect(await running('2023-01')).toEqual([]);
});
