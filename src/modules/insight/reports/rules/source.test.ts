import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkManual } from './check.ts';
import { NO_COUNTS } from './counts.ts';
import { lintReport, type ReportDefinition } from './form.ts';
import { type Cutoff, periodOf } from './period.ts';
import { fillSheet } from './sheet.ts';
import { type CellSource, endsOf, type KnownRegister, type Source } from './source.ts';

const REGISTERS: readonly KnownRegister[] = [
  {
    id: 'de-an-06',
    name: 'Đề án 06',
    measures: [
      { id: 'collected', name: 'Đã thu nhận', unit: 'count', divided: false },
      { id: 'of-target', name: 'So với chỉ tiêu', unit: 'percent', divided: true },
      { id: 'told-rate', name: 'Tỷ lệ thông báo', unit: 'percent', divided: false },
    ],
  },
];
const FORM: ReportDefinition = {
  id: 'x',
  aliases: [],
  code: 'X',
  name: 'X',
  validFrom: '2020-01-01',
  content: 'x',
  reporters: 'x',
  recipient: 'x',
  sending: 'x',
  guide: 'x',
  levels: ['commune'],
  frequency: ['month'],
  cutoff: 'nd09',
  deadline: { daysAfter: 3 },
  rows: {
    by: 'fixed',
    list: [
      { id: 'a', label: 'Tài khoản' },
      { id: 'b', label: 'Hồ sơ', metrics: ['carried'] },
      { id: 'c', label: 'Phần', heading: true },
    ],
  },
  columns: [
    { no: '1', title: 'STT', kind: 'order' },
    { no: '2', title: 'Nội dung', kind: 'label' },
    { no: '3', title: 'Chỉ tiêu', kind: 'manual' },
    { no: '4', title: 'Kết quả', kind: 'value' },
    { no: '5', title: 'Tỷ lệ', kind: 'formula', percent: ['4', '3'] },
    { no: '6', title: 'Chữ', kind: 'manual', type: 'text' },
    { no: '7', title: 'Tỷ lệ báo', kind: 'manual', type: 'decimal' },
  ],
  invariants: [],
  figures: [],
  sections: [],
  notes: [],
  source: 'x',
  verified: false,
};

/** The form with sources in its rows, by row id. */
function sourced(sources: Readonly<Record<string, Readonly<Record<string, Source>>>>): ReportDefinition {
  if (FORM.rows.by !== 'fixed') throw new Error('rows');
  const list = FORM.rows.list.map((row) => ({
    ...row,
    ...(sources[row.id] ? { sources: { ...sources[row.id] } } : {}),
  }));
  return { ...FORM, rows: { by: 'fixed', list } };
}
const collected: Source = { register: 'de-an-06', measure: 'collected' };
const told = (form: ReportDefinition): string[] =>
  lintReport(form, REGISTERS).map(({ path, message }) => `${path}: ${message}`);

describe('a form that takes a figure from a register', () => {
  it('is sound where register, measure and cell are there', () => {
    expect(
      told(
        sourced({
          a: {
            3: { register: 'de-an-06', measure: 'of-target', part: 'denominator' },
            4: { ...collected, overwrite: true },
            7: { register: 'de-an-06', measure: 'of-target' },
          },
        }),
      ),
    ).toEqual([]);
  });
  it.each([
    ['a', '4', { ...collected, register: 'so-la' }, 'rows.list[0].sources.4.register: không có sổ so-la'],
    ['a', '4', { ...collected, measure: 'la' }, 'rows.list[0].sources.4.measure: sổ de-an-06 không có chỉ số la'],
    ['a', '4', { ...collected, part: 'denominator' }, 'rows.list[0].sources.4.part: chỉ số collected không có mẫu số'],
    ['a', '9', collected, 'rows.list[0].sources.9: không có cột này'],
    ['a', '5', collected, 'rows.list[0].sources.5: cột (5) không phải cột nhập tay'],
    ['a', '6', collected, 'rows.list[0].sources.6: cột (6) ghi chữ, không nhận số của sổ'],
    ['b', '4', collected, 'rows.list[1].sources.4: ô cột (4) đã đếm từ hồ sơ'],
    ['c', '3', collected, 'rows.list[2].sources.3: dòng đề mục không có số'],
    [
      'a',
      '3',
      { register: 'de-an-06', measure: 'of-target' },
      'rows.list[0].sources.3.part: cột (3) là số nguyên, không nhận tỷ lệ',
    ],
    [
      'a',
      '3',
      { register: 'de-an-06', measure: 'told-rate', part: 'numerator' },
      'rows.list[0].sources.3.part: cột (3) là số nguyên, không nhận tỷ lệ',
    ],
  ] as const)('row %s column %s is refused with its place', (row, no, source, expected) => {
    expect(told(sourced({ [row]: { [no]: source } }))).toEqual([expected]);
  });
  it('has sources of columns only with a row for each unit, and no percentage there', () => {
    const columns = FORM.columns.flatMap((column) => {
      if (column.kind === 'value') return [];
      if (column.no === '3') return [{ ...column, source: collected }];
      if (column.no === '7') return [{ ...column, source: { register: 'de-an-06', measure: 'of-target' } }];
      return [column.kind === 'formula' ? { no: '5', title: 'Cộng', kind: column.kind, plus: ['3'] } : column];
    });
    expect(told({ ...FORM, columns, rows: { by: 'unit', of: ['x'] } })).toEqual([
      'columns[5].source.part: tỷ lệ không cộng được qua các đơn vị',
    ]);
    expect(told({ ...FORM, columns, rows: { by: 'field' } })[0]).toBe(
      'columns[2].source: sổ không chia theo lĩnh vực nên không điền được dòng theo lĩnh vực',
    );
    expect(told({ ...FORM, columns })[0]).toBe(
      'columns[2].source: biểu có dòng cố định ghi nguồn ở từng dòng, không ở cột',
    );
  });
});

const found = (change: Partial<CellSource> = {}): CellSource => ({
  register: 'de-an-06',
  registerName: 'Đề án 06',
  measure: 'collected',
  measureName: 'Đã thu nhận',
  part: 'value',
  reach: 'tree',
  unitId: 'u',
  periods: [{ id: '2026-10', name: 'Tháng 10/2026' }],
  entered: 1,
  expected: 1,
  value: 12_951,
  overwrite: true,
  doubt: '',
  reason: null,
  ...change,
});
const fill = (
  source: CellSource,
  manual: number | string | null | undefined,
  reason: string,
  target: CellSource = found({ value: 12_000 }),
) =>
  fillSheet(
    FORM,
    [{ id: 'a', label: 'Tài khoản', counts: NO_COUNTS, found: { 3: target, 4: source } }],
    manual === undefined ? {} : { a: { 4: manual } },
    { a: { 4: reason } },
  ).rows[0];

describe('a cell of a register', () => {
  it('says what the register says, and what is computed follows it', () => {
    const row = fill(found(), undefined, '');
    expect(row?.cells).toMatchObject({ 3: 12_000, 4: 12_951, 5: 107.93 });
    expect(row?.typed).toEqual(['6', '7']);
    expect(row?.sources?.['4']).toMatchObject({ value: 12_951, reason: null });
  });
  it('is no data where nothing was entered, never 0', () => {
    expect(fill(found({ value: null, entered: 0 }), undefined, '')?.cells).toMatchObject({ 4: null, 5: null });
  });
  it.each([
    ['with a reason, where the form allows', found(), 13_000, 'Công an xã đính chính', 13_000],
    ['without a reason', found(), 13_000, '  ', 12_951],
    ['where the form does not allow', found({ overwrite: false }), 13_000, 'Công an xã đính chính', 12_951],
    ['with nothing', found(), null, 'Chưa rõ', 12_951],
    ['though nobody has entered it', found({ value: null }), 13_000, 'Sổ chưa nhập', 13_000],
  ] as const)('says another number %s', (_, source, typed, reason, expected) => {
    const row = fill(source, typed, reason);
    expect(row?.cells['4']).toBe(expected);
    const over = expected === 13_000;
    expect(row?.sources?.['4']).toMatchObject({ value: source.value, reason: over ? reason : null });
  });
  it('is checked as a typed one, and needs its reason', () => {
    const row = (change: Partial<CellSource>) =>
      fillSheet(
        FORM,
        [
          {
            id: 'a',
            label: 'Tài khoản',
            counts: NO_COUNTS,
            found: { 3: found({ overwrite: false }), 4: found(change) },
          },
        ],
        {},
      );
    const says = (manual: Record<string, number>, reasons: Record<string, string>): string[] =>
      checkManual(FORM, row({}), { a: manual }, { a: reasons }).map((one) => `(${one.column}) ${one.message}`);
    expect(says({ 4: 13_000 }, { 4: 'Đính chính' })).toEqual([]);
    expect(says({ 4: 13_000 }, {})).toEqual(['(4) Ô này lấy từ sổ nhập tay; ghi số khác thì nêu lý do.']);
    expect(says({ 4: -1 }, { 4: 'x' })).toEqual(['(4) Ô này ghi số không âm.']);
    expect(says({ 3: 1 }, {})).toEqual(['(3) Ô này lấy từ sổ nhập tay, không ghi ở báo cáo; sửa ở sổ.']);
    expect(says({}, { 4: 'Đính chính' })).toEqual(['(4) Có lý do mà chưa ghi số khác sổ.']);
    expect(says({ 7: 1 }, { 7: 'Đính chính' })).toEqual(['(7) Ô này không lấy từ sổ nhập tay nên không cần lý do.']);
  });
});

describe('periods of a register for a period of a report', () => {
  it.each([
    ['within', '2026-11', 'nd09', '2026-10-15', '2026-11-14'],
    ['latest', '2026-11', 'nd09', null, '2026-11-14'],
    ['same', '2026-11', 'nd09', '2026-11-01', '2026-11-30'],
    ['same', '2026-Q4', 'nd09', '2026-10-01', '2026-12-31'],
    ['within', '2026-Q4', 'calendar', '2026-10-01', '2026-12-31'],
  ] as const)('%s of %s by %s end from %s to %s', (rule, id, cutoff, from, to) => {
    const period = periodOf(id, cutoff);
    if (!period) throw new Error(id);
    expect(endsOf({ ...collected, period: rule }, period)).toEqual({ from, to });
  });
  it('by “within” belong to exactly one month each, whatever the cut-off', () => {
    const months = Array.from(
      { length: 36 },
      (_, at) => `${2024 + Math.floor(at / 12)}-${String((at % 12) + 1).padStart(2, '0')}`,
    );
    fc.assert(
      fc.property(
        fc.constantFrom<Cutoff>('calendar', 'nd09'),
        fc.date({ min: new Date('2024-02-01'), max: new Date('2026-11-30'), noInvalidDate: true }),
        (cutoff, at) => {
          const day = at.toISOString().slice(0, 10);
          const holding = months.filter((id) => {
            const period = periodOf(id, cutoff);
            const ends = period && endsOf(collected, period);
            return ends?.from && ends.from <= day && day <= ends.to;
          });
          expect(holding).toHaveLength(1);
        },
      ),
    );
  });
});
