import { Workbook } from '@cj-tech-master/excelts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { UnitDirectory } from '../modules/foundation/organisation/index.ts';
import { buildUnitDirectory } from '../modules/foundation/organisation/rules/unit-directory.ts';
import {
  createRegisterService,
  type RegisterContext,
  recordPublished,
  registerFigures,
  registerValue,
} from '../modules/insight/registers/index.ts';
import { failure } from '../modules/onestop/dossiers/testing/failure.ts';
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

describe('two communes merged within a period', () => {
  const id = (n: number): string => `01890000-0000-7000-8000-0000000009${n}0`;
  const [above, first, second, merged, other] = [id(1), id(2), id(3), id(4), id(5)];
  const NAMES: Readonly<Record<string, string>> = { [first]: 'Xã Một', [second]: 'Xã Hai', [merged]: 'Xã Gộp' };
  type Merger = { readonly day: string; readonly last: string };
  /** In the middle of the second quarter of 2026, and on the first day of the third. */
  const MIDDLE: Merger = { day: '2026-05-20', last: '2026-05-19' };
  const FIRST_DAY: Merger = { day: '2026-07-01', last: '2026-06-30' };

  function worldOf({ day, last }: Merger): RegisterContext {
    const unit = (unitId: string, level: 'province' | 'commune', from: string, to: string | null) => ({
      unitId,
      parentId: level === 'province' ? null : above,
      type: 'administrative' as const,
      level,
      kind: level === 'province' ? 'tinh' : 'xa',
      serves: [],
      name: NAMES[unitId] ?? (level === 'province' ? 'Tỉnh Trên' : 'Xã Bên'),
      validFrom: from,
      validTo: to,
    });
    const units = [
      unit(above, 'province', '2020-01-01', null),
      unit(other, 'commune', '2020-01-01', null),
      unit(first, 'commune', '2020-01-01', last),
      unit(second, 'commune', '2020-01-01', last),
      unit(merged, 'commune', day, null),
    ];
    const succession = {
      id: id(9),
      kind: 'merge' as const,
      date: day,
      from: [first, second],
      to: [merged],
      partial: false,
      source: '',
      verified: false,
    };
    const built = buildUnitDirectory(units, [], [succession]);
    return { ...context, ports: { ...context.ports, directory: async () => built } };
  }
  const reader = (unitId: string) =>
    staffWith(3, unitId, { 'registers.read': unitId === above ? [above, merged, other] : [unitId] });
  const put = (
    ctx: RegisterContext,
    registerId: string,
    unitId: string,
    periodId: string,
    on: string,
    values: object,
  ) =>
    recordPublished(ctx, SYSTEM, {
      registerId,
      unitId,
      periodId,
      values: { ...values },
      ...{ evidence: '', reason: 'Số mẫu', at: new Date(`${on}T08:00:00+07:00`) },
    });
  async function told(ctx: RegisterContext, registerId: string, measure: string, unitId: string, periodId: string) {
    const registers = createRegisterService(ctx);
    const page = await registers.get(reader(unitId), registerId, { unitId, periodId });
    const trend = await registers.trend(reader(unitId), registerId, { unitId, measure });
    const at = trend.periods.findIndex((period) => period.id === periodId);
    const { from, to } = page.period;
    const rolled = await registerValue(ctx, { register: registerId, measure }, unitId, { from, to });
    const { bytes } = await registers.export(reader(unitId), registerId, { unitId, periodId });
    const workbook = new Workbook();
    await workbook.xlsx.load(bytes);
    const lines: string[] = [];
    workbook.worksheets[0]?.eachRow((row) => lines.push((row.values as unknown[]).filter(Boolean).join(' | ')));
    return {
      page,
      figure: page.measures.find((one) => one.id === measure)?.figure ?? null,
      trend: trend.rows.find((row) => row.unitId === unitId)?.cells[at] ?? null,
      rolled: rolled && { numerator: rolled.numerator, denominator: rolled.denominator, value: rolled.value },
      completeness: rolled && { expected: rolled.expected, entered: rolled.entered },
      lines,
    };
  }

  it('on a middle day: what they had entered stands under what they became, marked, and adds up', async () => {
    const ctx = worldOf(MIDDLE);
    await put(ctx, 'e-documents', first, '2026-Q2', '2026-05-10', { documents: 100, electronic: 90 });
    await put(ctx, 'e-documents', second, '2026-Q2', '2026-05-19', { documents: 50, electronic: 45 });
    const before = await told(ctx, 'e-documents', 'electronic', merged, '2026-Q2');
    expect(before.figure).toMatchObject({ numerator: 135, denominator: 150 });
    expect(before.page).toMatchObject({ missing: 1, entered: 0, expected: 1 });
    await put(ctx, 'e-documents', merged, '2026-Q2', '2026-07-02', { documents: 200, electronic: 200 });
    await put(ctx, 'e-documents', other, '2026-Q2', '2026-07-02', { documents: 10, electronic: 10 });
    for (const [unitId, numerator, denominator] of [
      [merged, 335, 350],
      [above, 345, 360],
    ] as const) {
      const { page, figure, trend, rolled, completeness, lines } = await told(
        ctx,
        'e-documents',
        'electronic',
        unitId,
        '2026-Q2',
      );
      expect(figure).toMatchObject({ numerator, denominator });
      expect([trend, rolled]).toEqual([figure, figure]);
      // Each unit that is there is counted once; those that are no more are not asked.
      const { entered, expected } = page;
      expect({ entered, expected }).toEqual({ entered: unitId === above ? 2 : 1, expected: unitId === above ? 2 : 1 });
      expect(completeness).toEqual({ entered, expected });
      const rows = page.rows.filter((row) => row.unitId !== other && row.entryId !== null);
      const mark = { unitName: 'Xã Gộp', since: '2026-05-20', how: 'merged' };
      expect(
        rows.map(({ unitName, values, former, mayEnter }) => [unitName, values?.['documents'], former, mayEnter]),
      ).toEqual([
        ['Xã Gộp', 200, null, false],
        ['Xã Một', 100, mark, false],
        ['Xã Hai', 50, mark, false],
      ]);
      const text = lines.join('\n');
      expect(text).toMatch(
        /Xã Một \| 100 .*Được tính\. Nhập vào Xã Gộp từ 20\/05\/2026; số đã nhập được cộng cho Xã Gộp/,
      );
      expect(lines.filter((line) => line.includes('Được tính'))).toHaveLength(unitId === above ? 4 : 3);
    }
    // Their versions and papers are one click away for who reads what they became, and for nobody beside it.
    const registers = createRegisterService(ctx);
    const { rows } = await registers.get(reader(merged), 'e-documents', { unitId: merged, periodId: '2026-Q2' });
    const entryId = rows.find((row) => row.unitName === 'Xã Một')?.entryId ?? '';
    expect(await registers.entry(reader(merged), entryId)).toMatchObject({ unitName: 'Xã Một', mayEnter: false });
    expect((await failure(registers.entry(reader(other), entryId))).code).toBe('row/missing');
    const found = await registers.get(reader(above), 'e-documents', {
      unitId: above,
      periodId: '2026-Q2',
      q: 'xa gop',
    });
    expect(found.rows.map((row) => row.unitName)).toEqual(['Xã Gộp', 'Xã Một', 'Xã Hai']);
  });

  it('on a middle day: who enters for what they became corrects what they had entered, marked and with a reason', async () => {
    const ctx = worldOf(MIDDLE);
    const registers = createRegisterService(ctx);
    const place = { unitId: first, periodId: '2026-Q2' };
    await put(ctx, 'nvtc', first, '2026-Q2', '2026-05-10', { procedures: 100, payable: 90 });
    const keeper = (n: number, unitId: string) =>
      staffWith(n, unitId, { 'registers.read': [unitId], 'registers.enter': [unitId], 'registers.edit': [unitId] });
    const [own, beside] = [keeper(4, merged), keeper(5, other)];
    const rowOf = async () => {
      const page = await registers.get(own, 'nvtc', { unitId: merged, periodId: '2026-Q2' });
      return page.rows.find((one) => one.unitName === 'Xã Một');
    };
    const row = await rowOf();
    expect(row).toMatchObject({ mayEnter: true, values: { procedures: 100 }, former: { how: 'merged' } });
    const entryId = row?.entryId ?? '';
    const file = Buffer.from('%PDF-1.4\n%âãÏÓ\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF');
    const save = (actor: typeof own, version: number, procedures: number, reason?: string) =>
      registers.save(actor, 'nvtc', {
        ...place,
        entryId,
        version,
        values: { procedures, payable: 90 },
        ...(reason === undefined ? {} : { reason }),
      });
    expect((await failure(save(beside, 1, 110, 'Nhập sai'))).code).toBe('row/missing');
    expect((await failure(save(own, 1, 110))).code).toBe('dossier/reason-needed');
    await save(own, 1, 110, 'Nhập sai');
    // The period is closed: the correction stands beside the figure, as every other, until somebody opens it again.
    expect(await rowOf()).toMatchObject({ values: { procedures: 100 }, corrected: { procedures: 110 }, version: 2 });
    const untilDay = '2026-11-30';
    await registers.open(own, 'nvtc', { unitId: merged, periodId: '2026-Q2', untilDay, reason: 'Sửa số' });
    await save(own, 2, 120, 'Sửa theo kiểm tra');
    expect(await rowOf()).toMatchObject({ values: { procedures: 120 }, corrected: null, version: 3 });
    // An account that was left to the unit that is no more corrects nothing of it.
    const left = keeper(6, first);
    const kept = await registers.get(left, 'nvtc', { unitId: first, periodId: '2026-Q2' }).catch(() => null);
    expect(kept?.rows.some((one) => one.mayEnter) ?? false).toBe(false);
    expect((await failure(save(left, 3, 130, 'Sửa'))).code).toBe('registers/unit-ceased');
    expect((await failure(registers.attach(left, entryId, file, 'can-cu.pdf'))).code).toBe('row/missing');
    // Nothing new is entered for a unit that is no more.
    const fresh = { unitId: second, periodId: '2026-Q2', version: 0, values: { procedures: 1, payable: 1 } };
    expect((await failure(registers.save(own, 'nvtc', fresh))).code).toBe('row/missing');

    const told = await registers.entry(own, entryId);
    expect(told).toMatchObject({ unitName: 'Xã Một', mayEnter: true });
    expect(told.versions.map(({ no, successorName }) => [no, successorName])).toEqual([
      [3, 'Xã Gộp'],
      [2, 'Xã Gộp'],
      [1, null],
    ]);
    expect((await failure(registers.attach(beside, entryId, file, 'can-cu.pdf'))).code).toBe('row/missing');
  });

  it('on a middle day, where the last figures tell all: theirs count until what they became has told its own', async () => {
    const ctx = worldOf(MIDDLE);
    for (const unitId of [first, second])
      await put(ctx, 'digitisation', unitId, '2026-Q2', '2026-05-10', { inventory: 100, digitised: 50 });
    const before = await told(ctx, 'digitisation', 'digitised', above, '2026-Q2');
    expect(before.figure).toMatchObject({ numerator: 100, denominator: 200 });
    expect([before.trend, before.rolled]).toEqual([before.figure, before.figure]);
    await put(ctx, 'digitisation', merged, '2026-Q2', '2026-07-02', { inventory: 210, digitised: 150 });
    for (const unitId of [merged, above]) {
      const { page, figure, trend, rolled, lines } = await told(ctx, 'digitisation', 'digitised', unitId, '2026-Q2');
      expect(figure).toMatchObject({ numerator: 150, denominator: 210 });
      expect([trend, rolled]).toEqual([figure, figure]);
      const marks = page.rows.flatMap((row) => row.former?.how ?? []);
      expect(marks).toEqual(['replaced', 'replaced']);
      expect(lines.join('\n')).toMatch(
        /Xã Hai .*Không tính\. Nhập vào Xã Gộp từ 20\/05\/2026; không cộng vì Xã Gộp đã nhập/,
      );
    }
  });

  it('on the first day of a period: the period before is theirs, the new one of what they became', async () => {
    const ctx = worldOf(FIRST_DAY);
    const registerId = 'e-documents';
    await put(ctx, registerId, first, '2026-Q1', '2026-04-02', { documents: 30, electronic: 30 });
    await put(ctx, registerId, second, '2026-Q1', '2026-04-02', { documents: 20, electronic: 10 });
    await put(ctx, registerId, merged, '2026-Q3', '2026-10-02', { documents: 400, electronic: 100 });
    const refused = put(ctx, registerId, first, '2026-Q3', '2026-10-02', { documents: 1, electronic: 1 });
    expect((await failure(refused)).code).toBe('row/missing');
    const old = await told(ctx, registerId, 'electronic', above, '2026-Q1');
    expect(old.figure).toMatchObject({ numerator: 40, denominator: 50 });
    expect([old.trend, old.rolled]).toEqual([old.figure, old.figure]);
    const entered = old.page.rows.filter((row) => row.entryId !== null);
    expect(entered.map(({ unitName, former }) => [unitName, former])).toEqual([
      ['Xã Hai', null],
      ['Xã Một', null],
    ]);
    // Who enters for what they became corrects them where she reads them.
    const keeper = staffWith(6, merged, { 'registers.read': [above, merged, other], 'registers.enter': [merged] });
    const registers = createRegisterService(ctx);
    const page = await registers.get(keeper, registerId, { unitId: above, periodId: '2026-Q1' });
    const rows = page.rows.filter((row) => row.entryId !== null);
    expect(rows.map(({ unitName, mayEnter }) => [unitName, mayEnter])).toEqual([
      ['Xã Hai', true],
      ['Xã Một', true],
    ]);
    const values = { documents: 21, electronic: 10 };
    const change = { unitId: second, periodId: '2026-Q1', entryId: rows[0]?.entryId ?? '', version: 1, values };
    await registers.save(keeper, registerId, { ...change, reason: 'Nhập thiếu' });
    expect((await told(ctx, registerId, 'electronic', above, '2026-Q1')).figure).toEqual(old.figure);

    const next = await told(ctx, registerId, 'electronic', above, '2026-Q3');
    expect(next.figure).toMatchObject({ numerator: 100, denominator: 400 });
    expect([next.trend, next.rolled]).toEqual([next.figure, next.figure]);
    expect(next.page.rows.filter((row) => row.entryId !== null).map((row) => row.unitName)).toEqual(['Xã Gộp']);
  });
});
