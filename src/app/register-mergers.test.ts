import { afterAll, beforeAll, expect, it } from 'vitest';
import type { UnitDirectory } from '../modules/foundation/organisation/index.ts';
import {
  createRegisterService,
  type RegisterContext,
  recordPublished,
  registerFigures,
  registerValue,
} from '../modules/insight/registers/index.ts';
import { staffWith } from '../modules/onestop/dossiers/testing/staff.ts';
import { openDemoSystem } from './volume/testing.ts';

// A year in which communes were merged and districts done away with: nothing that was entered is lost, nothing counts twice.
let demo: Awaited<ReturnType<typeof openDemoSystem>>;
let directory: UnitDirectory;
let context: RegisterContext;
let commune: string;
let province: string;
let district: string;
let former: readonly string[];
const SYSTEM = { kind: 'system', name: 'test', assurance: 'system' } as const;
const YEAR = { from: '2025-01-01', to: '2025-12-31' } as const;

async function enter(registerId: string, unitId: string, periodId: string, on: string, values: object): Promise<void> {
  const note = { evidence: '', reason: 'Số mẫu', at: new Date(`${on}T08:00:00+07:00`) };
  await recordPublished(context, SYSTEM, { registerId, unitId, periodId, values: { ...values }, ...note });
}

beforeAll(async () => {
  demo = await openDemoSystem();
  const { db, clock, organisation, dossierPorts, files } = demo.system;
  directory = await organisation.directory();
  context = {
    db,
    clock,
    ports: { directory: () => organisation.directory(), staffNames: dossierPorts.staffNames, files },
  };
  const found = directory.byCode('gso', '20779', '2026-08-14');
  if (!found?.parentId) throw new Error('a commune below a province');
  commune = found.unitId;
  province = found.parentId;
  const birth = directory.successions.find((one) => one.to.length === 1 && one.to[0] === commune && !one.partial);
  former = (birth?.from ?? []).filter((id) => directory.unitOn(id, '2025-06-30')?.level === 'commune');
  district = directory.unitOn(former[0] ?? '', '2025-06-30')?.parentId ?? '';
  if (former.length < 2 || directory.unitOn(district, '2025-06-30')?.level !== 'district')
    throw new Error('communes of a district that were merged');
  for (const [at, unitId] of former.entries())
    await enter('e-documents', unitId, '2025-Q2', '2025-06-30', { documents: 100 + at, electronic: 90 });
  await enter('e-documents', district, '2025-Q2', '2025-06-30', { documents: 1000, electronic: 800 });
  await enter('e-documents', commune, '2025-Q3', '2025-10-05', { documents: 300, electronic: 299 });
}, 120_000);
afterAll(() => demo.close());

const before = () => former.reduce((sum, _, at) => sum + 100 + at, 0);
const documents = { register: 'e-documents', measure: 'electronic' } as const;

it('gives a merged commune what its parts had entered, and the province that of the district that is no more', async () => {
  expect(await registerValue(context, documents, commune, YEAR)).toMatchObject({
    numerator: former.length * 90 + 299,
    denominator: before() + 300,
  });
  expect(await registerValue(context, documents, province, YEAR)).toMatchObject({
    numerator: former.length * 90 + 299 + 800,
    denominator: before() + 300 + 1000,
  });
  // After the merger only what was entered then.
  const half = { from: '2025-07-01', to: '2025-12-31' };
  expect(await registerValue(context, documents, commune, half)).toMatchObject({ numerator: 299, denominator: 300 });
});

it('says the same to reports, the unit alone without what was above it', async () => {
  const ask = { ...documents, ends: { from: '2025-01-01', to: '2025-12-14' } } as const;
  const [tree, own, parts] = await registerFigures(context, [
    { ...ask, unitIds: [province], reach: 'tree' },
    { ...ask, unitIds: [province], reach: 'own' },
    { ...ask, unitIds: [commune, ...former], reach: 'tree' },
  ]);
  expect(tree).toMatchObject({ denominator: before() + 300 + 1000 });
  expect(own).toMatchObject({ denominator: null });
  expect(parts).toMatchObject({ denominator: before() + 300 });
});

it('takes of the last period only what stands in the place of the merged', async () => {
  const list = { register: 'digitisation', measure: 'digitised' } as const;
  for (const unitId of former)
    await enter('digitisation', unitId, '2025-Q2', '2025-06-30', { inventory: 100, digitised: 50 });
  await enter('digitisation', district, '2025-Q2', '2025-06-30', { inventory: 400, digitised: 100 });
  // The new commune has told nothing yet: what its parts had told last is what is known.
  const sum = { numerator: former.length * 50, denominator: former.length * 100 };
  expect(await registerValue(context, list, commune, YEAR)).toMatchObject(sum);
  expect(await registerValue(context, list, province, YEAR)).toMatchObject(sum);
  await enter('digitisation', commune, '2025-Q3', '2025-10-05', { inventory: 500, digitised: 300 });
  expect(await registerValue(context, list, commune, YEAR)).toMatchObject({ numerator: 300, denominator: 500 });
  expect(await registerValue(context, list, province, YEAR)).toMatchObject({ numerator: 300, denominator: 500 });
});

it('draws over the years what the register says of each period, units that are no more included', async () => {
  const registers = createRegisterService(context);
  // A province that lived on when its districts ended.
  const root = directory
    .childrenOn(null, '2026-11-18')
    .find((unit) => directory.childrenOn(unit.unitId, '2025-06-30').some((child) => child.level === 'district'));
  const [gone] = directory
    .childrenOn(root?.unitId ?? '', '2025-06-30')
    .filter((child) => child.level === 'district' && !directory.unitOn(child.unitId, '2025-07-01'));
  if (!root || !gone) throw new Error('a province with a district that ended');
  await enter('e-documents', gone.unitId, '2025-Q2', '2025-06-30', { documents: 700, electronic: 650 });
  const [commune] = directory.childrenOn(root.unitId, '2025-10-05').filter((unit) => unit.level === 'commune');
  await enter('e-documents', commune?.unitId ?? '', '2025-Q3', '2025-10-05', { documents: 200, electronic: 190 });

  const below = ['2025-06-30', '2026-11-18'].flatMap((day) => directory.reachOn(root.unitId, 'subtree', day));
  const reader = staffWith(1, root.unitId, { 'registers.read': [...new Set(below)] });
  const trend = await registers.trend(reader, 'e-documents', { unitId: root.unitId, measure: 'electronic' });
  const cells = trend.rows.find((row) => row.unitId === root.unitId)?.cells ?? [];
  const told = new Map(trend.periods.map((period, at) => [period.id, cells[at] ?? null]));
  for (const periodId of ['2025-Q2', '2025-Q3', '2025-Q4']) {
    const page = await registers.get(reader, 'e-documents', { unitId: root.unitId, periodId });
    const figure = page.measures.find((one) => one.id === 'electronic')?.figure ?? null;
    expect([periodId, told.get(periodId)]).toEqual([periodId, figure]);
  }
  expect([told.get('2025-Q2')?.denominator, told.get('2025-Q3')?.denominator]).toEqual([700, 200]);
});
