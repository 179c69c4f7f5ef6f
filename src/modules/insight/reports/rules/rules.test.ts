import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays } from '../../../../core/time/index.ts';
import { allReports, findReport, knownRegisters } from '../content.ts';
import { decideAct, isOpen, openActs, REPORT_ACTS, STATES } from './acts.ts';
import { checkManual, checkSheet } from './check.ts';
import { checkForm } from './check-form.ts';
import { COUNTS, NO_COUNTS } from './counts.ts';
import { deadlineOf, lateDays } from './deadline.ts';
import { lintReport, type ReportDefinition } from './form.ts';
import { headLevels } from './heads.ts';
import { CUTOFFS, lastClosed, periodAt, periodName, periodOf, RANKS } from './period.ts';
import { figuresOf, fillSheet } from './sheet.ts';

const report = (name: string): ReportDefinition => {
  const found = findReport(name);
  if (!found) throw new Error(`no report ${name}`);
  return found;
};

describe('periods', () => {
  it.each([
    ['2023-06', 'calendar', '2023-06-01', '2023-06-30'],
    ['2024-02', 'calendar', '2024-02-01', '2024-02-29'],
    ['2023-Q2', 'calendar', '2023-04-01', '2023-06-30'],
    ['2023-H1', 'calendar', '2023-01-01', '2023-06-30'],
    ['2023', 'calendar', '2023-01-01', '2023-12-31'],
    ['2023-06', 'nd09', '2023-05-15', '2023-06-14'],
    ['2023-01', 'nd09', '2022-12-15', '2023-01-14'],
    ['2023-Q1', 'nd09', '2022-12-15', '2023-03-14'],
    ['2023-Q2', 'nd09', '2023-03-15', '2023-06-14'],
    ['2023-H1', 'nd09', '2022-12-15', '2023-06-14'],
    ['2023-H2', 'nd09', '2023-06-15', '2023-12-14'],
    ['2023', 'nd09', '2022-12-15', '2023-12-14'],
  ] as const)('%s by %s is %s to %s', (id, cutoff, from, to) => {
    expect(periodOf(id, cutoff)).toMatchObject({ id, from, to });
  });

  it('refuses what is no period', () => {
    const unmeant = ['0000', '0000-01', '0001', '9999', '9999-12', '9999-Q4', '9999-H2'];
    for (const text of ['2023-13', '2023-Q5', '2023-H3', '23', '2023-6', '', '2023-q2', ...unmeant])
      for (const cutoff of CUTOFFS) expect(periodOf(text, cutoff)).toBeUndefined();
  });

  it('puts every day into exactly one period of each rank, and periods follow each other without a gap', () => {
    const day = fc.integer({ min: 0, max: 4000 }).map((count) => addDays('2020-01-01', count));
    fc.assert(
      fc.property(day, fc.constantFrom(...RANKS), fc.constantFrom(...CUTOFFS), (at, rank, cutoff) => {
        const period = periodAt(at, rank, cutoff);
        expect(period.from <= at && at <= period.to).toBe(true);
        expect(periodOf(period.id, cutoff)).toEqual(period);
        expect(periodAt(addDays(period.to, 1), rank, cutoff).from).toBe(addDays(period.to, 1));
        expect(lastClosed(at, rank, cutoff).to).toBe(addDays(period.from, -1));
      }),
    );
  });

  it('names a period with its days', () => {
    const period = periodOf('2023-Q2', 'nd09');
    expect(period && periodName(period)).toBe('Quý II năm 2023 (từ 15/03/2023 đến 14/06/2023)');
  });
});

describe('deadlines', () => {
  const period = periodOf('2023-06', 'nd09');
  if (!period) throw new Error('a period');

  it('count days after the cut-off, or name a day of a month', () => {
    expect(deadlineOf({ daysAfter: 5 }, period)).toBe('2023-06-19');
    expect(deadlineOf({ month: 0, day: 17 }, period)).toBe('2023-06-17');
    expect(deadlineOf({ month: 1, day: 31 }, period)).toBe('2023-07-31');
    expect(deadlineOf({ month: 3, day: 31 }, period)).toBe('2023-09-30');
  });

  it('tell how many days late a report is, sent or not', () => {
    expect(lateDays('2023-06-19', '2023-06-19', '2023-07-01')).toBe(0);
    expect(lateDays('2023-06-19', '2023-06-21', '2023-07-01')).toBe(2);
    expect(lateDays('2023-06-19', null, '2023-06-19')).toBeNull();
    expect(lateDays('2023-06-19', null, '2023-06-20')).toBe(1);
  });
});

describe('acts', () => {
  it.each([
    ['assigned', 'save', 'unit', '', 'draft'],
    ['returned', 'save', 'unit', '', 'returned'],
    ['draft', 'submit', 'unit', '', 'submitted'],
    ['returned', 'submit', 'unit', 'đã sửa', 'resubmitted'],
    ['returned', 'submit', 'unit', ' ', 'reason'],
    ['reopened', 'submit', 'unit', '', 'reason'],
    ['submitted', 'return', 'receiver', 'lệch cột 7', 'returned'],
    ['submitted', 'return', 'receiver', '', 'reason'],
    ['submitted', 'accept', 'receiver', '', 'accepted'],
    ['accepted', 'lock', 'receiver', '', 'locked'],
    ['locked', 'reopen', 'receiver', 'sót hồ sơ', 'reopened'],
    ['locked', 'save', 'unit', '', 'state'],
    ['submitted', 'submit', 'unit', '', 'state'],
    ['submitted', 'accept', 'unit', '', 'side'],
    ['draft', 'submit', 'receiver', '', 'side'],
  ] as const)('%s + %s by the %s (reason “%s”) → %s', (state, act, side, reason, expected) => {
    const decided = decideAct(act, state, [side], reason);
    expect(decided.ok ? decided.state : decided.why).toBe(expected);
  });

  it('offer exactly what is allowed', () => {
    for (const state of STATES) {
      for (const act of REPORT_ACTS) {
        const allowed = decideAct(act, state, ['unit', 'receiver'], 'vì').ok;
        expect(openActs(state, ['unit', 'receiver']).includes(act)).toBe(allowed);
      }
      expect(isOpen(state)).toBe(openActs(state, ['unit']).includes('save'));
    }
  });
});

const GOLDEN = {
  ...NO_COUNTS,
  carried: 30,
  'received-online': 70,
  'received-desk': 40,
  'received-post': 10,
  'finished-early': 90,
  'finished-on-time': 28,
  'finished-late': 10,
  'open-in-time': 20,
  'open-late': 2,
};

describe('biểu II.06a', () => {
  const form = report('06a');

  it('has the thirteen columns of domain §8.2', () => {
    expect(form.columns.map((column) => column.no)).toEqual(Array.from({ length: 13 }, (_, at) => String(at + 1)));
  });

  it('gives the golden example: 30 + 120 = 150 = 128 + 22, 7.8125 % late', () => {
    const sheet = fillSheet(form, [{ id: 'f', label: 'Hộ tịch', counts: GOLDEN }], {});
    const expected = { 3: 150, 4: 70, 5: 50, 6: 30, 7: 128, 8: 90, 9: 28, 10: 10, 11: 22, 12: 20, 13: 2 };
    expect(sheet.rows[0]?.cells).toEqual({ 1: '1', 2: 'Hộ tịch', ...expected });
    expect(sheet.total?.cells).toEqual({ 2: 'Tổng cộng', ...expected });
    expect(checkSheet(form, sheet).every((check) => check.ok)).toBe(true);
    expect(figuresOf(form, sheet, GOLDEN)[0]).toMatchObject({ numerator: 10, denominator: 128, percent: 7.8125 });
  });

  it('has heads in three levels that cover every column', () => {
    const levels = headLevels(form.columns.map((column) => ({ ...column, group: column.group ?? [] })));
    expect(levels[0]?.map((head) => [head.title, head.span, head.rows])).toEqual([
      ['STT', 1, 3],
      ['Lĩnh vực', 1, 3],
      ['Số hồ sơ tiếp nhận', 4, 1],
      ['Số hồ sơ đã giải quyết', 4, 1],
      ['Số hồ sơ đang giải quyết', 3, 1],
    ]);
    expect(levels.map((level) => level.length)).toEqual([5, 10, 2]);
  });

  it('names the row and the columns of a breach', () => {
    const sheet = fillSheet(form, [{ id: 'f', label: 'Đất đai', counts: { ...GOLDEN, carried: 29 } }], {});
    const [check] = checkSheet(form, sheet);
    expect(check).toMatchObject({ ok: false, says: '(3) = (7) + (11)' });
    expect(check?.failures[0]).toEqual({
      rowId: 'f',
      rowLabel: 'Đất đai',
      left: 149,
      right: 150,
      columns: ['3', '7', '11'],
    });
  });

  it('adds up: the total is the sum of the rows for random figures', () => {
    const counts = fc.record(
      Object.fromEntries(COUNTS.map((id) => [id, fc.nat(10_000)])) as Record<string, fc.Arbitrary<number>>,
    );
    fc.assert(
      fc.property(fc.array(counts, { maxLength: 8 }), (list) => {
        const sources = list.map((each, at) => ({ id: `r${at}`, label: 'r', counts: each as typeof NO_COUNTS }));
        const sheet = fillSheet(form, sources, {});
        for (const no of ['3', '7', '10', '11', '13']) {
          const sum = sheet.rows.reduce((total, row) => total + Number(row.cells[no]), 0);
          expect(sheet.total?.cells[no]).toBe(sum);
        }
      }),
    );
  });

  it('takes the cells of a unit that has sent as they are', () => {
    const sent = { id: 'r', no: 2, cells: { 4: 1, 5: 2, 6: 3, 8: 6, 9: 0, 10: 0, 12: 0, 13: 0 } };
    const sheet = fillSheet(report('06b'), [{ id: 'u', label: 'Xã', counts: GOLDEN, sent }], {});
    expect(sheet.rows[0]).toMatchObject({ cells: { 3: 6, 7: 6, 11: 0 }, from: { id: 'r', no: 2 } });
  });
});

describe('a sum of which a unit below has only some rows', () => {
  it('stands in the report above as it was sent, so that it leads to the same number', () => {
    const { columns, ...rest } = report('06b');
    const typed = ['4', '5', '6'];
    const form = {
      ...rest,
      columns: columns.map((one) =>
        typed.includes(one.no) ? { no: one.no, title: one.no, kind: 'manual' as const } : one,
      ),
    };
    const row = (id: string) => ({ id, label: id, counts: GOLDEN });
    const below = fillSheet(form, [row('a'), row('b')], { a: { 4: 1, 5: 2, 6: 3 }, b: { 4: 10, 5: 10 } });
    expect(below.total?.cells).toMatchObject({ 3: 6, 4: 11, 5: 12, 6: 3 });
    const sent = { id: 'r', no: 1, cells: below.total?.cells ?? {} };
    const [taken] = fillSheet(form, [{ ...row('u'), sent }], {}).rows;
    for (const { no, kind } of form.columns)
      if (kind === 'formula') expect([no, taken?.cells[no]]).toEqual([no, below.total?.cells[no]]);
  });
});

describe('typed cells', () => {
  const form = report('de-an-06');
  const rows = form.rows.by === 'fixed' ? form.rows.list : [];
  const sheet = (manual: Record<string, Record<string, number | string | null>>) =>
    fillSheet(
      form,
      rows.map((row) => ({ id: row.id, label: row.label, counts: GOLDEN })),
      manual,
    );

  it('are null until typed, and a percentage over 100 is allowed', () => {
    expect(sheet({}).rows[0]?.cells).toMatchObject({ 3: null, 4: null, 5: null });
    const filled = sheet({ 'id-cards': { 3: 12_000, 4: 16_175 }, accounts: { 3: 12_000, 4: 12_951 } });
    expect(filled.rows[0]?.cells['5']).toBe(134.79);
    expect(filled.rows[1]?.cells['5']).toBe(107.93);
    expect(filled.rows[3]?.cells['4']).toBe(70);
  });

  it('has no percentage of nothing', () => {
    expect(sheet({ accounts: { 3: 0, 4: 5 } }).rows[1]?.cells['5']).toBeNull();
  });

  it('are refused outside their place and of the wrong kind', () => {
    const told = (cells: Record<string, Record<string, number | string | null>>): string[] =>
      checkManual(form, sheet({}), cells).map((problem) => `${problem.rowId}(${problem.column}) ${problem.message}`);
    expect(told({ accounts: { 3: 1, 6: 'ghi chú' } })).toEqual([]);
    expect(told({ accounts: { 5: 1 } })).toEqual(['accounts(5) Cột (5) không phải ô nhập tay.']);
    expect(told({ online: { 4: 9 } })).toEqual(['online(4) Cột (4) không phải ô nhập tay.']);
    expect(told({ nowhere: { 3: 1 } })).toEqual(['nowhere(3) Biểu không có dòng này.']);
    expect(told({ accounts: { 3: -1 } })).toEqual(['accounts(3) Ô này ghi số không âm.']);
    expect(told({ accounts: { 3: 1.5 } })).toEqual(['accounts(3) Ô này ghi số nguyên.']);
    expect(told({ accounts: { 3: 'mười' } })).toEqual(['accounts(3) Ô này ghi số không âm.']);
  });
});

describe('the regimes that ship', () => {
  it('are found by every name and are all marked as not verified', () => {
    expect(findReport('II-06A')?.id).toBe('II.06a');
    expect(findReport('07a/BTP')?.id).toBe('07a-BTP');
    expect(findReport('07b')?.id).toBe('II.07b');
    expect(allReports().map((each) => each.id)).toEqual(
      expect.arrayContaining(['II.06a', 'II.06b', 'II.06c', '07a-BTP', 'II.07b', 'de-an-06', 'cchc']),
    );
    expect(allReports().filter((each) => each.verified)).toEqual([]);
  });

  it('of 2026 balance with withdrawals and stops beside the resolved', () => {
    const form = report('07a');
    const counts = {
      ...GOLDEN,
      'resolved-early': 85,
      'resolved-on-time': 28,
      'resolved-late': 10,
      withdrawn: 4,
      stopped: 1,
      'late-apologised': 7,
      'late-unapologised': 3,
    };
    const checks = checkSheet(form, fillSheet(form, [{ id: 'f', label: 'f', counts }], {}));
    expect(checks.map((check) => check.ok)).toEqual([true, true, true]);
  });

  it('of 2026 have no total where nobody wrote the parts', () => {
    const { columns, ...rest } = report('07a');
    const typed = ['26', '27'].map((no) => ({ no, title: no, kind: 'manual' as const }));
    const form = { ...rest, columns: columns.map((each) => typed.find(({ no }) => no === each.no) ?? each) };
    const sheet = fillSheet(form, [{ id: 'f', label: 'f', counts: GOLDEN }], {});
    expect([sheet.total?.cells['25'], sheet.total?.cells['26']]).toEqual([null, null]);
    expect(fillSheet(form, [], {}).total?.cells['11']).toBe(0);
    const half = fillSheet(form, [{ id: 'f', label: 'f', counts: GOLDEN }], { f: { 26: 3, 27: 4 } });
    expect(half.total?.cells['25']).toBe(7);
  });

  it('may have other names, but none that another report has', () => {
    const others = [{ id: 'II.06a', aliases: ['06a/VPCP/KSTT'] }];
    const check = (aliases: string[]) =>
      checkForm({ ...report('07b'), aliases }, others, knownRegisters(), (name) => name.toLowerCase());
    expect(check(['Biểu danh mục'])).toMatchObject({ ok: true });
    expect(check(['Biểu danh mục', '06A/VPCP/KSTT'])).toEqual({
      ok: false,
      findings: [{ path: 'aliases[1]', message: '06A/VPCP/KSTT là tên của báo cáo khác' }],
    });
  });

  it('are refused with the place of a mistake', () => {
    const form = report('06a');
    const columns = form.columns.map((column) =>
      column.no === '3'
        ? { ...column, plus: ['4', '99', '2'] }
        : column.no === '7'
          ? { ...column, plus: ['7'] }
          : column,
    );
    expect(
      lintReport({ ...form, columns }, knownRegisters()).map((finding) => `${finding.path}: ${finding.message}`),
    ).toEqual([
      'columns[2].plus[1]: không có cột (99)',
      'columns[2].plus[2]: cột (2) không phải cột số',
      'columns[6]: công thức của cột (7) quay vòng',
    ]);
  });
});

describe('a cell to which units below add', () => {
  const form = report('cchc');
  const list = form.rows.by === 'fixed' ? form.rows.list : [];
  const told = (change: Partial<(typeof list)[number]>, columns = form.columns): string[] => {
    const rows = { by: 'fixed' as const, list: list.map((row) => (row.id === 'plans' ? { ...row, ...change } : row)) };
    return lintReport({ ...form, columns, rows }, knownRegisters()).map(({ path, message }) => `${path}: ${message}`);
  };

  it('is typed and a number; what is counted, a text or a percentage is refused with its place', () => {
    const place = 'rows.list[7].rollUp[0]';
    expect(told({})).toEqual([]);
    expect(told({ rollUp: ['9'] })).toEqual([`${place}: không có cột (9)`]);
    expect(told({ rollUp: ['2'] })).toEqual([`${place}: cột (2) không phải cột nhập tay`]);
    expect(told({ unit: '%' })).toEqual([`${place}: tỷ lệ không cộng được qua các đơn vị`]);
    expect(told({ metrics: ['received-online'] })).toEqual([`${place}: ô cột (3) đã đếm từ hồ sơ`]);
    expect(told({ heading: true })).toEqual([`${place}: dòng đề mục không có số`]);
    const texts = form.columns.map((column) => (column.no === '3' ? { ...column, type: 'text' as const } : column));
    expect(told({}, texts)).toContain(`${place}: cột (3) ghi chữ, không cộng được`);
  });
});
