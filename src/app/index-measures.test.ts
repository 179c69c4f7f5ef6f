import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { StaffActor } from '../core/access/actor.ts';
import { rebuildMetrics } from '../modules/insight/metrics/index.ts';
import { recordPublished } from '../modules/insight/registers/index.ts';
import { outsideMeasure } from './index-measures.ts';
import { insertSurveyRow, surveyFigure } from './testing/survey-row.ts';
import { openDemoSystem } from './volume/testing.ts';

let demo: Awaited<ReturnType<typeof openDemoSystem>>;
let province: string;
let nongSon: string;
let commune: string;

const staff = (unitIds: readonly string[]): StaffActor => ({
  kind: 'staff',
  accountId: '01890000-0000-7000-8000-000000000001',
  staffId: '01890000-0000-7000-8000-000000000002',
  displayName: '',
  homeUnitId: unitIds[0] ?? '',
  unitIds: [...unitIds],
  roles: [],
  unitsByPermission: new Map(
    ['indices.read', 'indices.score', 'indices.appraise'].map((permission) => [permission, new Set(unitIds)]),
  ),
  assurance: 'password',
  address: '203.0.113.9',
});

/** The one sheet of a round of a unit. */
async function sheetOf(setCode: string, year: number, above: string, unitId: string) {
  const actor = staff([above, unitId]);
  const { indices } = demo.system;
  const { id } = await indices.openRound(actor, { setCode, year, unitId: above, unitIds: [unitId] });
  const sheetId = (await indices.round(actor, id)).rows[0]?.sheetId ?? '';
  return { actor, sheetId, page: () => indices.sheet(actor, sheetId) };
}

beforeAll(async () => {
  demo = await openDemoSystem();
  await rebuildMetrics(demo.system.db);
  const directory = await demo.system.organisation.directory();
  const unitOf = (gso: string, day: string): string => directory.byCode('gso', gso, day)?.unitId ?? '';
  province = unitOf('49', '2023-12-31');
  nongSon = unitOf('519', '2023-12-31');
  commune = unitOf('20779', '2026-11-18');
}, 120_000);
afterAll(() => demo.close());

it('a criterion is scored by what units have entered in a register: 16,175 and 12,951 of 12,000, with all points', async () => {
  const { db, clock, organisation, files } = demo.system;
  const ports = { directory: () => organisation.directory(), staffNames: async () => new Map(), files };
  const { rows } = await sql<{ n: number }>`select count(*)::int n from registers.entry
    where register_id = 'de-an-06' and unit_id = ${nongSon}::uuid`.execute(db);
  if (rows[0]?.n === 0)
    await recordPublished(
      { db, clock, ports },
      { kind: 'system', name: 'test', assurance: 'system' },
      {
        registerId: 'de-an-06',
        unitId: nongSon,
        periodId: '2023-06',
        values: { target: 12_000, collected: 16_175, activated: 12_951 },
        evidence: 'thử',
        reason: 'thử',
        at: new Date('2023-07-19T08:00:00+07:00'),
      },
    );
  const { actor, sheetId, page } = await sheetOf('de-an-06-2023', 2023, province, nongSon);
  const sheet = await page();
  const of = (id: string) => sheet.criteria.find((each) => each.id === id);
  expect(of('accounts')).toMatchObject({
    live: true,
    numerator: 16_175,
    denominator: 12_000,
    selfPoints: 15,
    metricId: 'register:de-an-06/collected-of-target',
  });
  expect(of('accounts')?.metricName).toContain('Thu nhận định danh so với chỉ tiêu');
  expect(of('activated')).toMatchObject({ live: true, numerator: 12_951, denominator: 12_000, selfPoints: 15 });
  // Nobody has entered it: the unit says it.
  expect(of('civil-status')).toMatchObject({ live: false, metricId: null });
  const given = { version: 0, note: '' };
  await expect(
    demo.system.indices.score(actor, sheetId, { ...given, criterionId: 'accounts', points: 1 }),
  ).rejects.toMatchObject({ code: 'indices/automatic' });
  await demo.system.indices.score(actor, sheetId, { ...given, criterionId: 'civil-status', points: 10 });
});

it('a criterion is scored by the index of a closed survey: 91.0 in all, 82.5 for land, without data typed', async () => {
  await insertSurveyRow(demo.system.db, {
    id: '01890000-0000-7000-8000-0000000000aa',
    code: 'khaosatdo',
    name: 'Khảo sát quý II',
    unitId: commune,
    unitIds: [commune],
    finishedFrom: '2026-04-01',
    finishedTo: '2026-06-30',
    openFrom: '2026-07-01',
    openTo: '2026-07-15',
    closed: {
      on: '2026-07-15',
      results: {
        units: [{ unitId: commune, result: surveyFigure(91) }],
        cells: [{ unitId: commune, groupId: 'land', result: surveyFigure(82.5) }],
      },
    },
  });
  const directory = await demo.system.organisation.directory();
  const above = directory.unitOn(commune, '2026-11-18')?.parentId ?? '';
  const { actor, sheetId, page } = await sheetOf('sipas-2023', 2026, above, commune);
  expect((await page()).criteria[0]).toMatchObject({ live: true, numerator: 91, denominator: 100, selfPoints: 91 });
  await demo.system.indices.decideSheet(actor, sheetId, { version: 1, act: 'submit' });
  const sent = await page();
  expect(sent).toMatchObject({ selfTotal: 91, criteria: [{ live: false, numerator: 91, metricId: 'survey' }] });

  // The same survey is the part of an index that nobody has typed.
  const par = await sheetOf('par-index-commune-2026', 2026, above, commune);
  expect((await par.page()).parts).toMatchObject([
    { id: 'appraisal', percent: null },
    { id: 'survey', percent: 91, source: 'Khảo sát quý II', version: 0 },
  ]);

  const { indices, surveys } = demo.system;
  const sources = {
    registerValue: async () => null,
    surveyIndex: (of: Parameters<typeof surveys.indexOf>[0]) => surveys.indexOf(of),
    ratingShare: async () => ({ satisfied: 33, rated: 40 }),
    ratedShare: async () => ({ rated: 30, returned: 90 }),
  };
  expect(await outsideMeasure(sources, 'survey:land', commune, 2026)).toEqual({
    numerator: 82.5,
    denominator: 100,
    definitionId: 'survey:land@01890000-0000-7000-8000-0000000000aa',
    name: 'Khảo sát quý II',
  });
  // Nobody was asked about it, or that year: no data, not 0.
  expect(await outsideMeasure(sources, 'survey:health', commune, 2026)).toBeUndefined();
  expect(await outsideMeasure(sources, 'survey', commune, 2025)).toBeUndefined();
  expect(await outsideMeasure(sources, 'ratings', commune, 2026)).toMatchObject({ numerator: 33, denominator: 40 });
  expect(await outsideMeasure(sources, 'ratings:given', commune, 2026)).toMatchObject({
    numerator: 30,
    denominator: 90,
  });
  const offered = (await indices.set(actor, 'sipas-2023')).metrics.map((each) => each.id);
  expect(offered).toEqual(expect.arrayContaining(['survey', 'survey:land', 'register:e-documents/signed']));
  // No shipped set names what nobody measures.
  const shipped = (await indices.sets(actor)).rows.filter((row) => row.state === 'shipped');
  for (const { code } of shipped) expect([code, (await indices.set(actor, code)).findings]).toEqual([code, []]);
});
