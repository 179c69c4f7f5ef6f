import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays } from '../../../../core/time/index.ts';
import { closeMissing } from './close-missing.ts';
import { type ImportPlan, planImport } from './import-plan.ts';
import type { NationalUnit } from './national-units.ts';
import { overlaps, type Period } from './period.ts';
import type { UnitCode, UnitVersion } from './unit.ts';
import { buildUnitDirectory } from './unit-directory.ts';

type Record = { versions: UnitVersion[]; codes: UnitCode[] };
const directoryOf = (record: Record) => buildUnitDirectory([...record.versions], [...record.codes], []);
let serial = 0;
const options = (period: Period, content: readonly string[] = []) => ({
  period,
  isContent: (id: string) => content.includes(id),
  newId: () => `unit-${++serial}`,
});

/** What the store does with a plan. */
function apply(record: Record, plan: ImportPlan): Record {
  const ended = <T extends Period & { unitId: string }>(rows: readonly T[], withCode: boolean): T[] =>
    rows.map((row) => {
      const end = plan.ends.find((e) => e.unitId === row.unitId && (!withCode || e.withCode));
      return end && row.validFrom <= end.until && (row.validTo === null || row.validTo > end.until)
        ? { ...row, validTo: end.until }
        : row;
    });
  return {
    versions: [...ended(record.versions, false), ...plan.versions],
    codes: [...ended(record.codes, true), ...plan.codes],
  };
}

const province = (code: string, name: string): NationalUnit => ({
  code,
  name: `Tỉnh ${name}`,
  kind: 'tinh',
  level: 'province',
  parentCode: null,
});
const commune = (code: string, name: string, parentCode: string): NationalUnit => ({
  code,
  name: `Xã ${name}`,
  kind: 'xa',
  level: 'commune',
  parentCode,
});
const era = (validFrom: string, validTo: string | null = null): Period => ({ validFrom, validTo });
const empty: Record = { versions: [], codes: [] };
const load = (record: Record, units: readonly NationalUnit[], period: Period) =>
  apply(record, planImport(directoryOf(record), units, options(period)));

describe('importing a second era', () => {
  const before = load(
    empty,
    [province('49', 'Quảng Nam'), commune('20779', 'Tân Bình', '49'), commune('20782', 'Quế Lưu', '49')],
    era('2023-01-01'),
  );

  it('makes another unit of the same code under another name and ends the former the day before', () => {
    const plan = planImport(
      directoryOf(before),
      [province('48', 'Đà Nẵng'), commune('20779', 'Hiệp Đức', '48')],
      options(era('2025-07-01')),
    );
    expect(plan).toMatchObject({ created: 2, updated: 1, skipped: 0, errors: [] });
    const after = directoryOf(apply(before, plan));
    expect(after.byCode('gso', '20779', '2025-06-30')?.name).toBe('Xã Tân Bình');
    expect(after.byCode('gso', '20779', '2025-07-01')?.name).toBe('Xã Hiệp Đức');
  });

  it('keeps the unit of the same code and name and gives it its new parent', () => {
    const plan = planImport(
      directoryOf(before),
      [province('48', 'Đà Nẵng'), commune('20782', 'Quế Lưu', '48')],
      options(era('2025-07-01')),
    );
    expect(plan).toMatchObject({ created: 1, updated: 1 });
    const after = directoryOf(apply(before, plan));
    const unit = after.byCode('gso', '20782', '2025-07-01');
    expect(unit?.unitId).toBe(after.byCode('gso', '20782', '2023-01-01')?.unitId);
    expect(after.pathOn(unit?.unitId ?? '', '2025-07-01').map((u) => u.name)).toEqual(['Xã Quế Lưu', 'Tỉnh Đà Nẵng']);
  });

  it('never touches what the project’s content states: a clash is an error and nothing below it comes in', () => {
    const content = before.versions.map((v) => v.unitId);
    const plan = planImport(
      directoryOf(before),
      [province('49', 'Khác'), commune('20999', 'Mới', '49')],
      options(era('2025-07-01'), content),
    );
    expect(plan.errors.map((e) => e.code)).toEqual(['units/code-in-use', 'units/parent-refused']);
    expect([plan.versions, plan.ends]).toEqual([[], []]);
  });
});

describe('what a later file no longer has', () => {
  const before = load(
    empty,
    [
      province('49', 'Quảng Nam'),
      commune('20779', 'Tân Bình', '49'),
      commune('20782', 'Quế Lưu', '49'),
      province('48', 'Đà Nẵng'),
      commune('20194', 'Hòa Bắc', '48'),
    ],
    era('2023-01-01'),
  );
  const later = [province('48', 'Đà Nẵng'), commune('20782', 'Quế Lưu', '48')];
  const close = (record: Record, scope: 'listed-provinces' | 'country', content: readonly string[] = []) => {
    const directory = directoryOf(record);
    const plan = planImport(directory, later, options(era('2025-07-01'), content));
    const isContent = (id: string): boolean => content.includes(id);
    return { plan, ...closeMissing(directory, plan, { validFrom: '2025-07-01', scope, isContent }) };
  };

  it('ends the day before, in the provinces the file names or everywhere', () => {
    expect(close(before, 'listed-provinces').closed.map((unit) => unit.name)).toEqual(['Xã Hòa Bắc']);
    const { plan, ends, closed, errors } = close(before, 'country');
    expect(closed.map((unit) => unit.name)).toEqual(['Xã Hòa Bắc', 'Xã Tân Bình', 'Tỉnh Quảng Nam']);
    expect(errors).toEqual([]);
    const after = directoryOf(apply(before, { ...plan, ends: [...plan.ends, ...ends] }));
    expect(after.byCode('gso', '20779', '2025-06-30')?.name).toBe('Xã Tân Bình');
    expect(after.byCode('gso', '20779', '2025-07-01')).toBeUndefined();
    expect(after.levelOn('province', '2025-07-01').map((unit) => unit.name)).toEqual(['Tỉnh Đà Nẵng']);
    const again = planImport(after, later, options(era('2025-07-01')));
    expect(
      closeMissing(after, again, { validFrom: '2025-07-01', scope: 'country', isContent: () => false }).closed,
    ).toEqual([]);
  });

  it('stays where something below it goes on, and where content states it', () => {
    const parent = before.codes.find((code) => code.code === '20779')?.unitId ?? '';
    const office: UnitVersion = {
      unitId: 'office',
      parentId: parent,
      name: 'Bộ phận Một cửa xã Tân Bình',
      level: 'commune',
      type: 'professional',
      kind: 'mot-cua',
      serves: [],
      ...era('2023-01-01'),
    };
    const withOffice = { ...before, versions: [...before.versions, office] };
    const { closed, errors } = close(withOffice, 'country');
    expect(closed.map((unit) => unit.name)).toEqual(['Xã Hòa Bắc']);
    expect(errors.map((error) => error.unit)).toEqual(['20779 Xã Tân Bình', '49 Tỉnh Quảng Nam']);
    expect(close(before, 'country', [parent]).closed.map((unit) => unit.name)).toEqual(['Xã Hòa Bắc']);
  });
});

const names = fc.constantFrom('An', 'Bình', 'Cường', 'Dũng');
const file = fc
  .uniqueArray(
    fc.record({ code: fc.constantFrom('10001', '10002', '10003'), name: names, parent: fc.constantFrom('01', '02') }),
    { selector: (u) => u.code, maxLength: 3 },
  )
  .map((list) => [province('01', 'Một'), province('02', 'Hai'), ...list.map((u) => commune(u.code, u.name, u.parent))]);
const eras = fc.array(
  fc.record({ units: file, start: fc.integer({ min: 0, max: 40 }), days: fc.option(fc.integer({ min: 0, max: 20 })) }),
  { minLength: 1, maxLength: 4 },
);

it('whatever is imported in whatever order: no code has two holders, no unit two names on a day, a second run changes nothing', () => {
  fc.assert(
    fc.property(eras, (imports) => {
      let record = empty;
      for (const { units, start, days } of imports) {
        const from = addDays('2025-01-01', start);
        const period = era(from, days === null ? null : addDays(from, days));
        record = load(record, units, period);
        const again = planImport(directoryOf(record), units, options(period));
        expect(again.versions).toEqual([]);
        expect(again.ends).toEqual([]);
      }
      const clash = (rows: readonly (Period & { key: string })[]): boolean =>
        rows.some((a, i) => rows.some((b, j) => i < j && a.key === b.key && overlaps(a, b)));
      expect(clash(record.codes.map((c) => ({ ...c, key: c.code })))).toBe(false);
      expect(clash(record.versions.map((v) => ({ ...v, key: v.unitId })))).toBe(false);
      for (const row of [...record.codes, ...record.versions])
        expect(row.validTo === null || row.validTo >= row.validFrom).toBe(true);
    }),
    { numRuns: 2000 },
  );
});
