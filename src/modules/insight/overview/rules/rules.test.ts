import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CONCERN_KINDS, type Concern, foldConcerns, rankConcerns } from './concerns.ts';
import { changeSince } from './figures.ts';

const concern = (part: Partial<Concern>): Concern => ({
  kind: 'late',
  light: 'red',
  count: 1,
  since: null,
  unitId: null,
  unitName: 'UBND xã',
  who: null,
  subject: null,
  refId: null,
  ...part,
});

describe('the order of concerns', () => {
  test.each<[string, Partial<Concern>, Partial<Concern>]>([
    ['what is broken stands before what may break', { light: 'red' }, { light: 'amber', since: '2023-01-01' }],
    ['of one kind the older stands first', { since: '2023-08-03' }, { since: '2023-08-10', count: 90 }],
    ['what has no day stands after what has one', { since: '2023-08-10' }, { since: null, count: 90 }],
    ['an apology owed stands before a late dossier', { kind: 'apology-owed' }, { kind: 'late', since: '2023-01-01' }],
    ['people’s dossiers stand before papers', { kind: 'late' }, { kind: 'report-late', since: '2023-01-01' }],
    ['of one kind and day the more stand first', { count: 9 }, { count: 2 }],
  ])('%s', (_, first, second) => {
    const [a, b] = [concern(first), concern(second)];
    expect(rankConcerns([b, a])).toEqual([a, b]);
    expect(rankConcerns([a, b])).toEqual([a, b]);
  });

  test('nothing is lost and the order does not depend on that of arrival', () => {
    const any = fc.record({
      kind: fc.constantFrom(...CONCERN_KINDS),
      light: fc.constantFrom('red' as const, 'amber' as const),
      count: fc.integer({ min: 1, max: 5 }),
      since: fc.constantFrom(null, '2023-08-01', '2023-08-02'),
      unitName: fc.uuid(),
    });
    fc.assert(
      fc.property(fc.array(any, { maxLength: 12 }), (parts) => {
        const all = parts.map((part, n) => concern({ ...part, unitName: `${part.unitName} ${n}` }));
        const ranked = rankConcerns(all);
        expect(ranked).toHaveLength(all.length);
        expect(rankConcerns(all.toReversed())).toEqual(ranked);
      }),
    );
  });
});

test('folding keeps the units with most, loses no count, and leaves a few single things alone', () => {
  const late = [5, 1, 9, 2, 1, 3].map((count, n) =>
    concern({ count, unitId: `u${n}`, unitName: `Xã ${n}`, since: `2023-08-0${n + 1}` }),
  );
  const report = concern({ kind: 'report-late', refId: 'r1' });
  const folded = foldConcerns([...late, report]);
  expect(folded.filter((one) => one.kind === 'late').map((one) => one.count)).toEqual([9, 5, 3, 2, 2]);
  expect(folded.find((one) => one.otherUnits)).toMatchObject({
    count: 2,
    otherUnits: 2,
    since: '2023-08-02',
    unitId: null,
  });
  expect(folded).toContain(report);
  expect(
    rankConcerns(folded)
      .filter((one) => one.kind === 'late')
      .at(-1)?.otherUnits,
  ).toBe(2);
  // Five lines are five lines: one line would stand for one unit.
  expect(foldConcerns(late.slice(0, 5))).toHaveLength(5);
});

test('of many single things the first of each light stay, the others are one line with their number, units and oldest day', () => {
  const targets = Array.from({ length: 30 }, (_, n) =>
    concern({
      kind: 'target-behind',
      light: n < 13 ? 'red' : 'amber',
      refId: `t${n}`,
      unitId: `u${n % 5}`,
      since: `2023-08-${String(30 - n).padStart(2, '0')}`,
      subject: 'Hồ sơ trực tuyến',
    }),
  );
  const folded = rankConcerns(foldConcerns(targets));
  expect(folded.filter((one) => one.refId !== null)).toHaveLength(20);
  expect(folded.filter((one) => one.refId === null)).toEqual([
    expect.objectContaining({
      light: 'red',
      count: 3,
      otherUnits: 3,
      since: '2023-08-28',
      subject: null,
      unitId: null,
    }),
    expect.objectContaining({ light: 'amber', count: 7, otherUnits: 5, since: '2023-08-11' }),
  ]);
  // Of one light the line for the others closes its kind.
  expect([folded[10]?.refId, folded[21]?.refId]).toEqual([null, null]);
  expect(foldConcerns(targets.slice(0, 11))).toHaveLength(11);
});

test.each<[number | null, number | null, string, ReturnType<typeof changeSince>]>([
  [7.83, 28.72, 'lower', { by: -20.89, better: true }],
  [57.7, 0, 'higher', { by: 57.7, better: true }],
  [28.72, 7.83, 'lower', { by: 20.89, better: false }],
  [40, 30, 'none', { by: 10, better: null }],
  [5, 5, 'lower', { by: 0, better: null }],
  [null, 30, 'higher', null],
  [30, null, 'higher', null],
])('%s after %s, where %s is good', (value, before, direction, expected) => {
  expect(changeSince(value, before, direction)).toEqual(expected);
});
