import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findRegister, loadRegisters } from '../content.ts';
import { lintRegister } from './lint.ts';
import { askedPeriod, entryLateDays, periodsUntil, periodsWithin, registerPeriod } from './period.ts';
import type { RegisterDefinition, RegisterValues } from './register.ts';
import { completeness, measureOf, type RollUpNode } from './roll-up.ts';
import { checkValues, lineKeyOf } from './values.ts';

function register(id: string): RegisterDefinition {
  const found = findRegister(id);
  if (!found) throw new Error(id);
  return found;
}
const leaf = (unitId: string, ...lines: RegisterValues[]): RollUpNode => ({ unitId, lines: [lines], below: [] });
const value = (id: string, measureId: string, node: RollUpNode) => {
  const one = register(id);
  const measure = one.measures.find((each) => each.id === measureId);
  if (!measure) throw new Error(measureId);
  return measureOf(one, measure, node);
};
const typed = (id: string, values: Record<string, unknown>): RegisterValues => {
  const checked = checkValues(register(id), values);
  if (!checked.ok) throw new Error(JSON.stringify(checked.findings));
  return checked.values;
};

describe('the registers that ship', () => {
  it('are thirteen, each sound', () => {
    expect(loadRegisters().map((each) => each.id)).toHaveLength(13);
  });

  it('give the figures of the seeds', () => {
    const district = leaf(
      'd',
      typed('de-an-06', { target: 12_000, collected: 16_175, activated: 12_951, cleanTarget: 10, cleaned: 10 }),
    );
    expect(value('de-an-06', 'collected-of-target', district)).toEqual({
      numerator: 16_175,
      denominator: 12_000,
      value: 134.79,
    });
    expect(value('de-an-06', 'activated-of-target', district)?.value).toBe(107.93);
    expect(value('de-an-06', 'activated-of-collected', district)?.value).toBe(80.07);
    expect(value('de-an-06', 'cleaned', district)?.value).toBe(100);
    expect(value('de-an-06', 'cards', district)).toBeNull();
    expect(value('mailboxes', 'given', leaf('d', typed('mailboxes', { staff: 250, given: 248 })))?.value).toBe(99.2);
    expect(value('bhxh', 'told-rate', leaf('d', typed('bhxh', { rate: 98 })))).toEqual({
      numerator: 98,
      denominator: null,
      value: 98,
    });
    expect(value('vneid', 'activated', leaf('d', typed('vneid', { citizens: 1000, activated: 901 })))?.value).toBe(
      90.1,
    );
    const villages = Array.from({ length: 31 }, (_, n) =>
      typed('community-teams', { village: `Thôn ${n + 1}`, team: 'yes' }),
    );
    expect(value('community-teams', 'villages', leaf('c', ...villages))).toEqual({
      numerator: 31,
      denominator: 31,
      value: 100,
    });
    const praise = leaf('d', typed('commendations', { decision: '1/QĐ-UBND', groups: 5, persons: 9 }));
    expect(value('commendations', 'total', praise)?.numerator).toBe(14);
    expect(
      value('one-stop-coverage', 'covered', leaf('d', typed('one-stop-coverage', { communes: 5, covered: 5 })))?.value,
    ).toBe(100);
    const communes = {
      unitId: 'd',
      lines: [[typed('e-documents', { documents: 1000, electronic: 950 })]],
      below: [leaf('c', typed('e-documents', { documents: 1000, electronic: 920 }))],
    };
    expect(value('e-documents', 'electronic', communes)).toEqual({ numerator: 1870, denominator: 2000, value: 93.5 });
  });
});

describe('a value that is typed', () => {
  const faults = (id: string, values: Record<string, unknown>) => {
    const checked = checkValues(register(id), values);
    return checked.ok ? [] : checked.findings.map((finding) => `${finding.key}: ${finding.message}`);
  };
  it('is refused with the reason where it is none', () => {
    expect(faults('de-an-06', { collected: -1, activated: 1.5, target: '12000', foo: 1 })).toEqual([
      'foo: Sổ không có ô nhập “foo”.',
      'target: Chỉ tiêu giao về định danh điện tử: phải là số.',
      'collected: Tài khoản định danh đã thu nhận: không nhỏ hơn 0.',
      'activated: Tài khoản định danh đã kích hoạt: phải là số nguyên.',
    ]);
    expect(faults('de-an-06', { collected: 8, activated: 9 })).toEqual([
      'activated: Tài khoản định danh đã kích hoạt: Đã kích hoạt không lớn hơn đã thu nhận.',
    ]);
    expect(faults('bhxh', { rate: 100.01 })).toEqual(['rate: Tỷ lệ do cơ quan BHXH thông báo: không lớn hơn 100.']);
    expect(faults('community-teams', { village: 'A', team: 'maybe', setUp: '2023-02-30' })).toHaveLength(2);
    expect(faults('community-teams', {})).toEqual([
      'village: Thôn, tổ dân phố: chưa ghi.',
      'team: Đã lập tổ: chưa ghi.',
    ]);
  });

  it('is not zero where it is nothing, nor is what is computed from it', () => {
    expect(typed('ho-tich', { toEnter: 5, entered: 2 })).toEqual({ toEnter: 5, entered: 2, left: 3 });
    expect(typed('de-an-06', { collected: 2, activated: 2 })).toMatchObject({ target: null, notActivated: 0 });
  });

  it('never makes the check throw, whatever it is', () => {
    fc.assert(
      fc.property(
        fc.dictionary(fc.constantFrom('target', 'collected', 'activated', '__proto__', 'x'), fc.anything()),
        (values) => {
          expect(typeof checkValues(register('de-an-06'), values).ok).toBe('boolean');
        },
      ),
    );
  });

  it('makes one line of one name, whatever case and blanks', () => {
    const key = (village: string) => lineKeyOf(register('community-teams'), { village });
    expect(key(' Thôn  1 ')).toBe(key('thôn 1'.normalize('NFD')));
  });
});

describe('periods', () => {
  it('have a deadline and a closing day of their own', () => {
    expect(registerPeriod(register('de-an-06'), '2023-06')).toEqual({
      id: '2023-06',
      name: 'Tháng 6/2023',
      from: '2023-06-01',
      to: '2023-06-30',
      deadline: '2023-07-05',
      close: '2023-07-20',
    });
    expect(registerPeriod(register('staff-obligations'), 'dot-2023-09')?.deadline).toBe('2023-09-30');
    expect(
      ['2023-Q2', '2023', '2023-13', '2021-12', 'x'].map((id) => registerPeriod(register('de-an-06'), id)),
    ).toEqual([undefined, undefined, undefined, undefined, undefined]);
  });
  it('go back to the beginning of the register and no further', () => {
    expect(periodsUntil(register('de-an-06'), '2022-03-15', 10).map((period) => period.id)).toEqual([
      '2022-03',
      '2022-02',
      '2022-01',
    ]);
    expect(periodsWithin(register('mailboxes'), '2023-01-01', '2023-12-31').map((period) => period.id)).toEqual([
      '2023-Q1',
      '2023-Q2',
      '2023-Q3',
      '2023-Q4',
    ]);
    expect(askedPeriod(register('de-an-06'), '2023-07-03')?.id).toBe('2023-06');
    expect(periodsUntil(register('ho-tich'), '2023-07-03', 9)).toHaveLength(4);
  });
  it('count days late from the day after the deadline', () => {
    const june = registerPeriod(register('de-an-06'), '2023-06');
    if (!june) throw new Error('june');
    expect([
      entryLateDays(june, null, '2023-07-05'),
      entryLateDays(june, null, '2023-07-06'),
      entryLateDays(june, '2023-07-05', '2024-01-01'),
      entryLateDays(june, '2023-07-08', '2024-01-01'),
    ]).toEqual([null, 1, 0, 3]);
  });
});

describe('rolling up', () => {
  const figures = (n: number | null) => ({ documents: 10, electronic: n, signed: null });
  it('says nothing where nobody entered anything, and names who is missing', () => {
    const node: RollUpNode = { unitId: 'd', lines: [[]], below: [leaf('a'), leaf('b')] };
    expect(value('e-documents', 'electronic', node)).toBeNull();
    expect(completeness(node, () => true, false)).toEqual({ expected: 3, entered: 0 });
    expect(completeness(node, () => true, true)).toEqual({ expected: 2, entered: 0 });
  });
  it('leaves a line out of a percentage where one part is unknown, and gives none for a denominator of 0', () => {
    expect(value('e-documents', 'electronic', leaf('a', figures(null)))).toBeNull();
    expect(value('e-documents', 'electronic', leaf('a', { documents: 0, electronic: 0 }))).toEqual({
      numerator: 0,
      denominator: 0,
      value: null,
    });
  });
  it('takes what the unit above entered for all below, where it did', () => {
    const below = [
      leaf('a', { target: 1, collected: 5, activated: 1 }),
      leaf('b', { target: 1, collected: 6, activated: 1 }),
    ];
    expect(value('de-an-06', 'collected', { unitId: 'd', lines: [[]], below })?.numerator).toBe(11);
    const own = { target: 1, collected: 12, activated: 1 };
    expect(value('de-an-06', 'collected', { unitId: 'd', lines: [[own]], below })?.numerator).toBe(12);
  });
  it('takes the last period with figures where they are cumulative, adds them where not', () => {
    const lines = [[{ collected: 1 }], [{ collected: 3 }], []];
    expect(value('de-an-06', 'collected', { unitId: 'a', lines, below: [] })?.numerator).toBe(3);
    const documents = [[figures(4)], [figures(5)], []];
    expect(value('e-documents', 'electronic', { unitId: 'a', lines: documents, below: [] })).toMatchObject({
      numerator: 9,
      denominator: 20,
    });
  });
  it('has children that sum to their parent, whatever the tree', () => {
    type Tree = { n: number | null; below: Tree[] };
    const entered = fc.option(fc.integer({ min: 0, max: 10 }));
    const tree: (depth: number) => fc.Arbitrary<Tree> = fc.memo((depth) =>
      fc.record<Tree>({
        n: entered,
        below: depth <= 1 ? fc.constant([]) : fc.array(tree(depth - 1), { maxLength: 3 }),
      }),
    );
    const nodeOf = (one: Tree): RollUpNode => ({
      unitId: 'x',
      lines: [one.n === null ? [] : [figures(one.n)]],
      below: one.below.map(nodeOf),
    });
    fc.assert(
      fc.property(tree(4), (one) => {
        const parts = [
          value('e-documents', 'electronic', { ...nodeOf(one), below: [] }),
          ...one.below.map((child) => value('e-documents', 'electronic', nodeOf(child))),
        ];
        const sum = parts.reduce((total, part) => total + (part?.numerator ?? 0), 0);
        expect(value('e-documents', 'electronic', nodeOf(one))?.numerator ?? 0).toBe(sum);
      }),
    );
  });
});

describe('a register that is wrong', () => {
  it('is refused with the place', () => {
    const base = register('e-documents');
    const places = (change: Partial<RegisterDefinition>) =>
      lintRegister({ ...base, ...change }).map((finding) => finding.path);
    expect(places({})).toEqual([]);
    expect(places({ checks: [{ says: 'x', rule: 'electronic <= docs', field: 'electronic' }] })).toEqual([
      'checks[0].rule',
    ]);
    expect(
      places({ fields: [...base.fields, { key: 'sum', label: 'Cộng', type: 'number', formula: 'electronic + "a"' }] }),
    ).toEqual(['fields[3].formula']);
    expect(places({ measures: [{ id: 'a', name: 'A', unit: 'percent', numerator: { field: 'nope' } }] })).toEqual([
      'measures[0].numerator.field',
      'measures[0].unit',
    ]);
    expect(places({ closeDays: 2 })).toEqual(['closeDays']);
    expect(places({ shape: 'list' })).toEqual(['lineKey']);
    expect(places({ frequency: 'campaign' })).toEqual(['rounds']);
  });
});
