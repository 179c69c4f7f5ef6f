import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { IndicatorSet } from '../../../../core/scoring/index.ts';
import { canonicalJson } from '../../../foundation/audit/rules/canonical-json.ts';
import { decideRound, decideSheet, mayWrite, openSheetActs, SHEET_ACTS, SHEET_STATES } from './acts.ts';
import { lintPublished } from './published.ts';
import { buildResult, changeOf, placeOf, type ScoredSheet } from './result.ts';
import { matchRows } from './rows.ts';
import { blankRow, type CriterionRow, domainSums, lostSoFar, missingLeaves, scoreSheet, valuesOf } from './sheet.ts';

const set: IndicatorSet = {
  id: 'thu',
  name: 'Thử',
  level: 'commune',
  owner: 'Thử',
  validFrom: '2026-01-01',
  max: 100,
  domains: [
    {
      id: 'a',
      name: 'A',
      max: 60,
      criteria: [
        { id: 'a1', name: 'A1', max: 40, rule: { kind: 'linear' } },
        { id: 'a2', name: 'A2', max: 20, notFor: [{ level: 'district', treat: 'skip' }] },
      ],
    },
    { id: 'b', name: 'B', max: 40 },
  ],
  bands: {
    domain: [
      { min: 90, label: 'Tốt' },
      { min: 0, label: 'Khá' },
    ],
  },
  source: 'thử',
  verified: false,
};
const row = (criterionId: string, over: Partial<CriterionRow>): CriterionRow => ({
  ...blankRow(criterionId),
  version: 1,
  ...over,
});
const sheet = (n: number, a1: number, a2: number, b: number): ScoredSheet => ({
  unitId: `u${String(n).padStart(3, '0')}`,
  unitName: `Xã ${n}`,
  level: 'commune',
  parts: {},
  place: null,
  rows: [row('a1', { appraisedPoints: a1 }), row('a2', { appraisedPoints: a2 }), row('b', { appraisedPoints: b })],
});
const HEAD = { setCode: 'thu', setName: 'Thử', family: 'other', year: 2026, unitId: 'x', unitName: 'Tỉnh' };
const resultOf = (sheets: readonly ScoredSheet[]) => {
  const built = buildResult(HEAD, set, sheets);
  if (!built.ok) throw new Error(JSON.stringify(built.missing));
  return built.result;
};

describe('the way of a sheet', () => {
  it('goes from self-score to agreement, each step by its own side', () => {
    const unit = ['unit'] as const;
    const office = ['appraiser'] as const;
    expect(decideSheet('submit', 'scoring', unit, '', false)).toEqual({ ok: true, state: 'submitted' });
    expect(decideSheet('submit', 'scoring', office, '', false)).toEqual({ ok: false, why: 'side' });
    expect(decideSheet('return', 'submitted', office, ' ', false)).toEqual({ ok: false, why: 'reason' });
    expect(decideSheet('settle', 'submitted', office, '', false)).toEqual({ ok: false, why: 'state' });
    expect(decideSheet('settle', 'submitted', office, '', true)).toEqual({ ok: true, state: 'settled' });
    // Nobody waits for ever for an answer; that it was not waited for is said.
    expect(decideSheet('settle', 'explaining', office, '', false)).toEqual({ ok: false, why: 'reason' });
    expect(decideSheet('settle', 'answered', office, '', false)).toEqual({ ok: true, state: 'settled' });
    expect(decideRound('publish', 'open', '')).toEqual({ ok: false, why: 'state' });
    expect(decideRound('reopen', 'published', 'x')).toEqual({ ok: false, why: 'state' });
  });
  it('of what was published elsewhere has no way back to the unit and no explanation', () => {
    for (const act of ['return', 'send'] as const)
      expect(decideSheet(act, 'submitted', ['appraiser'], 'Chấm lại', true)).toEqual({ ok: false, why: 'state' });
  });
  it('offers what it would take, and nothing else', () => {
    for (const state of SHEET_STATES) {
      for (const side of ['unit', 'appraiser'] as const) {
        const offered = openSheetActs(state, [side], false).map((each) => each.act);
        const taken = SHEET_ACTS.filter((act) => decideSheet(act, state, [side], 'lý do', false).ok);
        expect(offered).toEqual(taken);
      }
      const may = mayWrite(state, ['unit', 'appraiser']);
      expect([may.score, may.appraise, may.explain].filter(Boolean).length).toBeLessThanOrEqual(1);
    }
  });
});

describe('rows of percentages', () => {
  const sheets = [
    { sheet: 's1', code: '20779', name: 'Xã Mẫu' },
    { sheet: 's2', code: undefined, name: 'Phòng Kinh tế' },
    { sheet: 's3', code: undefined, name: 'Phòng Kinh tế' },
  ];
  it('are found by code or name, each unit once', () => {
    const [byCode, byName] = [{ unit: ' xã MẪU ' }, { unit: '20779' }];
    expect(matchRows(sheets, [byCode])).toEqual({ ok: true, matched: [{ sheet: 's1', row: byCode }] });
    expect(matchRows(sheets, [byCode, byName, { unit: 'Xã Khác' }])).toEqual({
      ok: false,
      faults: [
        { at: 1, unit: '20779', code: 'twice' },
        { at: 2, unit: 'Xã Khác', code: 'unknown' },
      ],
    });
  });
  it('that could mean two units are refused: nobody gets the percentage of another', () => {
    expect(matchRows(sheets, [{ unit: 'Phòng Kinh tế' }])).toEqual({
      ok: false,
      faults: [{ at: 0, unit: 'Phòng Kinh tế', code: 'unclear' }],
    });
  });
});

describe('a sheet', () => {
  it('adds measures up as measures: nothing is rounded twice', () => {
    // 40 × 1/3 is 13.3333 in the table and 13.33… in the sum.
    const rows = [row('a1', { selfPoints: 13.3333, numerator: 1, denominator: 3 }), row('a2', { selfPoints: 0.0017 })];
    expect(valuesOf(set, rows, {}, 'self', 'commune')).toEqual({
      points: { a2: 0.0017 },
      measures: { a1: { numerator: 1, denominator: 3 } },
      parts: {},
    });
    const reply = scoreSheet(set, [...rows, row('b', { selfPoints: 0 })], {}, 'self', 'commune');
    expect(reply.ok && reply.score.total).toBe(13.34);
  });
  it('takes other points than the measure gives as points', () => {
    const rows = [row('a1', { selfPoints: 40, appraisedPoints: 20, numerator: 1, denominator: 1 })];
    expect(valuesOf(set, rows, {}, 'final', 'commune')).toMatchObject({ points: { a1: 20 }, measures: {} });
  });
  it('tells what was lost so far in points of the index: 7 of 40 are 4.9 where the part weighs 70 of 100', () => {
    const rows = [row('a1', { selfPoints: 33 }), row('b', { selfPoints: 36, appraisedPoints: 38 })];
    expect(lostSoFar(set, rows, 'commune')).toEqual([
      { id: 'a1', points: 7 },
      { id: 'b', points: 2 },
    ]);
    const parts = [
      { id: 'appraisal', name: 'Thẩm định', weight: 0.7 },
      { id: 'survey', name: 'Điều tra', weight: 0.3 },
    ];
    const domains = (set.domains ?? []).map((domain) => ({ ...domain, part: 'appraisal' }));
    expect(lostSoFar({ ...set, parts, domains }, rows, 'commune')).toEqual([
      { id: 'a1', points: 4.9 },
      { id: 'b', points: 1.4 },
    ]);
    // A district has 80 points to reach: each is worth more of the 70.
    expect(lostSoFar({ ...set, parts, domains }, rows, 'district')[0]).toEqual({ id: 'a1', points: 6.13 });
  });
  it('says what is missing, and bands of the domains that are complete', () => {
    const rows = [row('b', { selfPoints: 38, appraisedPoints: 20 })];
    expect(missingLeaves(set, rows, 'self', 'commune').map((leaf) => leaf.criterion.id)).toEqual(['a1', 'a2']);
    expect(missingLeaves(set, rows, 'self', 'district').map((leaf) => leaf.criterion.id)).toEqual(['a1']);
    const [a, b] = domainSums(
      set,
      valuesOf(set, rows, {}, 'self', 'commune'),
      valuesOf(set, rows, {}, 'final', 'commune'),
      'commune',
    );
    expect(a).toMatchObject({ self: null, final: null, band: null });
    expect(b).toMatchObject({ self: 38, final: 20, percent: 50, band: 'Khá' });
  });
  it('leaves a domain out that does not apply to the level at all', () => {
    const notFor = [{ level: 'commune', treat: 'skip' as const }];
    const other = { id: 'c', name: 'C', max: 5, criteria: [{ id: 'c1', name: 'C1', max: 5, notFor }] };
    const more = { ...set, domains: [...(set.domains ?? []), other] };
    const ids = (level: string) => domainSums(more, {}, {}, level).map((each) => each.id);
    expect([ids('commune'), ids('district')]).toEqual([
      ['a', 'b'],
      ['a', 'b', 'c'],
    ]);
  });
});

describe('a result', () => {
  const sheets = fc
    .array(fc.tuple(fc.integer({ min: 0, max: 8 }), fc.integer({ min: 0, max: 4 }), fc.integer({ min: 0, max: 8 })), {
      minLength: 1,
      maxLength: 20,
    })
    .map((list) => list.map(([a1, a2, b], n) => sheet(n, a1 * 5, a2 * 5, b * 5)));
  it('is one text whatever the order of the sheets, with places by totals and gaps after equals', () => {
    fc.assert(
      fc.property(sheets, (list) => {
        const result = resultOf(list);
        expect(canonicalJson(resultOf([...list].reverse()))).toBe(canonicalJson(result));
        expect(result.population).toBe(list.length);
        for (const each of result.rows)
          expect(each.rank).toBe(1 + result.rows.filter((one) => one.total > each.total).length);
      }),
    );
  });
  it('has places that others published as they were published, among all whom they ranked', () => {
    const imported = { ...set, importOnly: true };
    const built = buildResult(HEAD, imported, [
      { ...sheet(1, 10, 10, 10), place: { rank: 7, population: 63 } },
      { ...sheet(2, 20, 10, 10), place: { rank: 3, population: 63 } },
    ]);
    if (!built.ok) throw new Error('complete');
    expect(built.result.rows.map((one) => [one.unitName, one.rank, one.population])).toEqual([
      ['Xã 2', 3, 63],
      ['Xã 1', 7, 63],
    ]);
  });
  it.each([
    ['of one unit ranked elsewhere', true, 1, { rank: 1, population: 10 }, { rank: 1, population: 10 }],
    ['of one unit whose place nobody entered', true, 1, null, { rank: null }],
    ['of all units, as they are here', true, 5, null, { rank: 2 }],
    ['of a set scored here, one unit alone too', false, 1, null, { rank: 2 }],
  ])('has a place %s', (_, importOnly, units, published, place) => {
    expect(placeOf({ importOnly }, units, published, 2)).toEqual(place);
  });
  it('names every unit and criterion that is missing, and gives no half of a result', () => {
    const half: ScoredSheet = { ...sheet(2, 1, 1, 1), rows: [row('a1', { appraisedPoints: 1 })] };
    const built = buildResult(HEAD, set, [sheet(1, 1, 1, 1), half]);
    expect(built).toMatchObject({
      ok: false,
      missing: [
        { unitName: 'Xã 2', id: 'a2' },
        { unitName: 'Xã 2', id: 'b' },
      ],
    });
  });
  it('changes by exact hundredths', () => {
    const of = (total: number, max = 100) => ({ total, max });
    expect(changeOf(of(79.98), of(80.17))).toEqual({ unit: 'points', difference: -0.19 });
    expect(changeOf(of(0.3), of(0.1))).toEqual({ unit: 'points', difference: 0.2 });
  });
  it.each([
    ['fewer points that are a greater share', 48, 60, 79, 100, 1],
    ['more points that are a smaller share', 80, 120, 70, 100, -3.33],
    ['the same share', 76.8, 96, 80, 100, 0],
    ['thirds, rounded once', 1, 3, 2, 7, 4.76],
  ])(
    'changes by percentage points of the maximum where the maxima differ: %s',
    (_what, now, max, then, maxThen, by) => {
      expect(changeOf({ total: now, max }, { total: then, max: maxThen })).toEqual({ unit: 'percent', difference: by });
    },
  );
  it('has no change on a year in which nothing could be reached', () => {
    expect(changeOf({ total: 5, max: 10 }, { total: 0, max: 0 })).toBeNull();
  });
});

it('published figures beyond their maximum or population, or of a unit that is not listed, are told', () => {
  const unit = { name: 'Huyện A', gso: '1', on: '2022-12-31' };
  const publication = { id: 'p', family: 'ddci', name: 'P', year: 2022, level: 'district', owner: 'T', max: 100 };
  const rest = { population: 10, source: 'S', verified: false };
  const comparison = {
    id: 'c',
    name: 'C',
    note: 'N',
    units: [{ id: 'a', unit, source: 'S' }],
    figures: [{ id: 'f', name: 'F', unit: 'percent' as const, values: { b: { value: 1, period: '2022' } } }],
  };
  const rows = [{ unit, total: 101, rank: 11 }];
  expect(lintPublished({ publications: [{ ...publication, ...rest, rows }], comparisons: [comparison] })).toEqual([
    'p/Huyện A: điểm 101 lớn hơn mức tối đa 100',
    'p/Huyện A: hạng 11 ngoài 10 đơn vị',
    'c/f: không có đơn vị b',
  ]);
});
