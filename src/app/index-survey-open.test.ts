import { afterAll, beforeAll, expect, it } from 'vitest';
import { rebuildMetrics } from '../modules/insight/metrics/index.ts';
import type { AppError } from '../platform/errors/app-error.ts';
import { type IndexOffice, openIndexOffice } from './testing/index-office.ts';
import { closeSurveyRow, insertSurveyRow, surveyFigure } from './testing/survey-row.ts';

// A survey of the year goes on while the index of the year is to be frozen: only a closed one scores for good.
let desk: IndexOffice;

beforeAll(async () => {
  desk = await openIndexOffice(2);
  await rebuildMetrics(desk.system.db);
}, 120_000);
afterAll(() => desk.close());

const refusal = (promise: Promise<unknown>): Promise<Pick<AppError, 'code' | 'details'> | undefined> =>
  promise.then(
    () => undefined,
    (error: AppError) => error,
  );
const at = (n: number): string => desk.units[n] ?? '';
const SPRING = '01890000-0000-7000-8000-0000000000b1';
const AUTUMN = '01890000-0000-7000-8000-0000000000b2';

/** A survey of the province about these units that is being answered. */
const openSurvey = (id: string, code: string, name: string, finishedTo: string, unitIds: readonly string[]) =>
  insertSurveyRow(desk.system.db, {
    ...{ id, code, name, unitIds, finishedTo },
    unitId: desk.province,
    finishedFrom: '2026-01-01',
    openFrom: '2026-02-01',
    openTo: '2027-01-31',
  });
const closeSurvey = (id: string, on: string, percents: readonly number[]) =>
  closeSurveyRow(desk.system.db, id, on, {
    units: percents.map((percent, n) => ({ unitId: at(n), result: surveyFigure(percent) })),
  });

async function settledRound(setCode: string): Promise<{ id: string; sheets: string[] }> {
  const round = await desk.openRound(setCode, 2026, desk.units);
  for (const [n, unitId] of desk.units.entries()) {
    await desk.send(unitId, round.sheets[n] ?? '', 1);
    await desk.settle(unitId, round.sheets[n] ?? '');
  }
  return round;
}

it('a criterion is scored for good by closed surveys alone: while one runs its points are provisional', async () => {
  const { units, office, clerk, goTo } = desk;
  const { indices } = desk.system;
  await openSurvey(SPRING, 'springsv', 'Khảo sát mùa xuân', '2026-06-30', units);
  await closeSurvey(SPRING, '2026-08-01', [70, 80]);
  const { id, sheets } = await settledRound('sipas-2023');
  // It is asked of one of the two; a survey of next year's dossiers is none of this round's.
  await openSurvey(AUTUMN, 'autumnsv', 'Khảo sát mùa thu', '2026-12-31', [at(0)]);
  await openSurvey('01890000-0000-7000-8000-0000000000b3', 'nextyear', 'Khảo sát năm sau', '2027-03-31', units);
  goTo('2027-01-05T09:00');
  const freeze = () => indices.decideRound(office, id, { version: 1, act: 'freeze' });
  const measure = () => indices.measureRound(office, id, { version: 1 });
  await measure();

  const told = [expect.objectContaining({ sheetId: sheets[0], surveyName: 'Khảo sát mùa thu', openTo: '2027-01-31' })];
  expect((await indices.round(office, id)).figures).toMatchObject({ surveysOpen: told, surveysNew: [] });
  expect((await indices.sheet(clerk(at(0)), sheets[0] ?? '')).surveysOpen).toMatchObject([
    { surveyName: 'Khảo sát mùa thu' },
  ]);
  expect((await indices.sheet(clerk(at(1)), sheets[1] ?? '')).surveysOpen).toEqual([]);
  const refused = await refusal(freeze());
  expect(refused?.code).toBe('indices/survey-open');
  const nameOf = (unitId: string): string => desk.directory.unitOn(unitId, '2026-12-31')?.name ?? '';
  expect(refused?.details.fields?.map((field) => field.message)).toEqual([
    `${nameOf(at(0))}: khảo sát “Khảo sát mùa thu” của ${nameOf(desk.province)}, mở đến 31/01/2027`,
  ]);

  // Closed since: its result has to be taken before it can be frozen, and is, once.
  goTo('2027-02-01T09:00');
  await closeSurvey(AUTUMN, '2027-02-01', [90]);
  expect((await indices.round(office, id)).figures).toMatchObject({
    surveysOpen: [],
    surveysNew: [{ sheetId: sheets[0] }],
  });
  expect(await refusal(freeze())).toMatchObject({ code: 'indices/survey-new', details: { params: { count: 1 } } });
  expect(await measure()).toMatchObject({ changed: 1 });
  expect(await refusal(freeze())).toBeUndefined();
  const { rows } = await indices.round(office, id);
  const totals = new Map(rows.map((row) => [row.unitId, row.total]));
  expect(units.map((unitId) => totals.get(unitId))).toEqual([90, 80]);
  // What is frozen stands, whatever is asked afterwards.
  expect((await indices.sheet(clerk(at(0)), sheets[0] ?? '')).surveysOpen).toEqual([]);
});

it('a part that nobody has typed waits for the survey, one that was typed does not', async () => {
  const { units, office } = desk;
  const { indices } = desk.system;
  desk.goTo('2027-02-02T09:00');
  const { id, sheets } = await settledRound('par-index-commune-2026');
  await openSurvey('01890000-0000-7000-8000-0000000000b4', 'winterss', 'Khảo sát mùa đông', '2026-12-31', units);
  const freeze = () => indices.decideRound(office, id, { version: 1, act: 'freeze' });
  expect((await refusal(freeze()))?.details.fields).toHaveLength(2);
  const typed = { partId: 'survey', version: 0, percent: 77, source: 'Phiếu điều tra của tỉnh' };
  await indices.part(office, sheets[0] ?? '', typed);
  const refused = await refusal(freeze());
  expect([refused?.code, refused?.details.fields?.map((field) => field.path)]).toEqual([
    'indices/survey-open',
    [sheets[1]],
  ]);
  await indices.part(office, sheets[1] ?? '', typed);
  expect(await refusal(freeze())).toBeUndefined();
});
