import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { StaffActor } from '../core/access/actor.ts';
import { rebuildMetrics } from '../modules/insight/metrics/index.ts';
import { staffWith } from '../modules/onestop/dossiers/testing/staff.ts';
import type { AppError } from '../platform/errors/app-error.ts';
import { openDemoSystem } from './volume/testing.ts';

// A survey of the year goes on while the index of the year is to be frozen: only a closed one scores for good.
let demo: Awaited<ReturnType<typeof openDemoSystem>>;
let province: string;
let units: string[];

beforeAll(async () => {
  demo = await openDemoSystem();
  await rebuildMetrics(demo.system.db);
  const directory = await demo.system.organisation.directory();
  const day = '2026-11-18';
  province = directory.byCode('gso', '20779', day)?.parentId ?? '';
  units = directory
    .childrenOn(province, day)
    .filter((unit) => unit.type === 'administrative')
    .map((unit) => unit.unitId)
    .slice(0, 2);
}, 120_000);
afterAll(() => demo.close());

const goTo = (wall: string): void => demo.clock.set(new Date(`${wall}:00+07:00`));
const clerk = (unitId: string): StaffActor =>
  staffWith(1, unitId, { 'indices.read': [unitId], 'indices.score': [unitId] });
const office = (): StaffActor => {
  const rights = ['indices.read', 'indices.appraise', 'indices.publish'].map((right) => [right, [province]] as const);
  return staffWith(2, province, Object.fromEntries(rights));
};
const refusal = (promise: Promise<unknown>): Promise<Pick<AppError, 'code' | 'details'> | undefined> =>
  promise.then(
    () => undefined,
    (error: AppError) => error,
  );
const at = (n: number): string => units[n] ?? '';
const SPRING = '01890000-0000-7000-8000-0000000000b1';
const AUTUMN = '01890000-0000-7000-8000-0000000000b2';

/** A survey of the province about these units that is being answered. */
async function openSurvey(
  id: string,
  code: string,
  name: string,
  to: string,
  unitIds: readonly string[],
): Promise<void> {
  await sql`insert into surveys.survey (id, code, name, unit_id, state, form_id, form, form_digest, unit_ids,
      finished_from, finished_to, open_from, open_to, quota, seed, weighted, walk_ins, minimum, created_at, created_by)
    values (${id}::uuid, ${code}, ${name}, ${province}::uuid, 'open', 'thu', ${JSON.stringify({ kind: 'index' })}::jsonb, 'x',
      ${[...unitIds]}::uuid[], '2026-01-01', ${to}::date, '2026-02-01', '2027-01-31', '{}'::jsonb, 'x', false, false, 5,
      now(), 'system:test')`.execute(demo.system.db);
}
async function closeSurvey(id: string, on: string, percents: readonly number[]): Promise<void> {
  const found = percents.map((percent, n) => {
    const result = { n: 40, percent, low: percent - 1, high: percent + 1 };
    return { unitId: units[n], result };
  });
  await sql`update surveys.survey set state = 'closed', results = ${JSON.stringify({ units: found, cells: [] })}, digest = 'x',
    closed_on = ${on}::date where id = ${id}::uuid`.execute(demo.system.db);
}

async function roundOf(setCode: string): Promise<{ id: string; sheets: string[] }> {
  const { indices } = demo.system;
  const { id } = await indices.openRound(office(), { setCode, year: 2026, unitId: province, unitIds: units });
  const { rows } = await indices.round(office(), id);
  return { id, sheets: units.map((unitId) => rows.find((row) => row.unitId === unitId)?.sheetId ?? '') };
}

async function settle(unitId: string, sheetId: string): Promise<void> {
  const { indices } = demo.system;
  for (const { id, version, live } of (await indices.sheet(clerk(unitId), sheetId)).criteria)
    if (!live) await indices.score(clerk(unitId), sheetId, { criterionId: id, version, points: 1, note: '' });
  await indices.decideSheet(clerk(unitId), sheetId, { version: 1, act: 'submit' });
  await indices.accept(office(), sheetId, { version: 2 });
  await indices.decideSheet(office(), sheetId, { version: 2, act: 'send' });
  await indices.decideSheet(clerk(unitId), sheetId, { version: 3, act: 'answer' });
  await indices.decideSheet(office(), sheetId, { version: 4, act: 'settle' });
}

it('a criterion is scored for good by closed surveys alone: while one runs its points are provisional', async () => {
  const { indices } = demo.system;
  await openSurvey(SPRING, 'springsv', 'Khảo sát mùa xuân', '2026-06-30', units);
  await closeSurvey(SPRING, '2026-08-01', [70, 80]);
  const { id, sheets } = await roundOf('sipas-2023');
  for (const [n, unitId] of units.entries()) await settle(unitId, sheets[n] ?? '');
  // It is asked of one of the two; a survey of next year's dossiers is none of this round's.
  await openSurvey(AUTUMN, 'autumnsv', 'Khảo sát mùa thu', '2026-12-31', [at(0)]);
  await openSurvey('01890000-0000-7000-8000-0000000000b3', 'nextyear', 'Khảo sát năm sau', '2027-03-31', units);
  goTo('2027-01-05T09:00');
  const freeze = () => indices.decideRound(office(), id, { version: 1, act: 'freeze' });
  const measure = () => indices.measureRound(office(), id, { version: 1 });
  await measure();

  const told = [expect.objectContaining({ sheetId: sheets[0], surveyName: 'Khảo sát mùa thu', openTo: '2027-01-31' })];
  expect((await indices.round(office(), id)).figures).toMatchObject({ surveysOpen: told, surveysNew: [] });
  expect((await indices.sheet(clerk(at(0)), sheets[0] ?? '')).surveysOpen).toMatchObject([
    { surveyName: 'Khảo sát mùa thu' },
  ]);
  expect((await indices.sheet(clerk(at(1)), sheets[1] ?? '')).surveysOpen).toEqual([]);
  const refused = await refusal(freeze());
  expect(refused?.code).toBe('indices/survey-open');
  const directory = await demo.system.organisation.directory();
  const nameOf = (unitId: string): string => directory.unitOn(unitId, '2026-12-31')?.name ?? '';
  expect(refused?.details.fields?.map((field) => field.message)).toEqual([
    `${nameOf(at(0))}: khảo sát “Khảo sát mùa thu” của ${nameOf(province)}, mở đến 31/01/2027`,
  ]);

  // Closed since: its result has to be taken before it can be frozen, and is, once.
  goTo('2027-02-01T09:00');
  await closeSurvey(AUTUMN, '2027-02-01', [90]);
  expect((await indices.round(office(), id)).figures).toMatchObject({
    surveysOpen: [],
    surveysNew: [{ sheetId: sheets[0] }],
  });
  expect(await refusal(freeze())).toMatchObject({ code: 'indices/survey-new', details: { params: { count: 1 } } });
  expect(await measure()).toMatchObject({ changed: 1 });
  expect(await refusal(freeze())).toBeUndefined();
  const { rows } = await indices.round(office(), id);
  const totals = new Map(rows.map((row) => [row.unitId, row.total]));
  expect(units.map((unitId) => totals.get(unitId))).toEqual([90, 80]);
  // What is frozen stands, whatever is asked afterwards.
  expect((await indices.sheet(clerk(at(0)), sheets[0] ?? '')).surveysOpen).toEqual([]);
});

it('a part that nobody has typed waits for the survey, one that was typed does not', async () => {
  const { indices } = demo.system;
  goTo('2027-02-02T09:00');
  const { id, sheets } = await roundOf('par-index-commune-2026');
  for (const [n, unitId] of units.entries()) await settle(unitId, sheets[n] ?? '');
  await openSurvey('01890000-0000-7000-8000-0000000000b4', 'winterss', 'Khảo sát mùa đông', '2026-12-31', units);
  const freeze = () => indices.decideRound(office(), id, { version: 1, act: 'freeze' });
  expect((await refusal(freeze()))?.details.fields).toHaveLength(2);
  const typed = { partId: 'survey', version: 0, percent: 77, source: 'Phiếu điều tra của tỉnh' };
  await indices.part(office(), sheets[0] ?? '', typed);
  const refused = await refusal(freeze());
  expect([refused?.code, refused?.details.fields?.map((field) => field.path)]).toEqual([
    'indices/survey-open',
    [sheets[1]],
  ]);
  await indices.part(office(), sheets[1] ?? '', typed);
  expect(await refusal(freeze())).toBeUndefined();
});
