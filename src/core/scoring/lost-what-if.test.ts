import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readFormula } from './formula.ts';
import {
  countsAfter,
  countsFor,
  Decimal,
  type IndicatorSet,
  leavesOf,
  nextBand,
  pointsOf,
  rankLost,
  readSet,
  type Score,
  type ScoreValues,
  type ScoringRule,
  scoreSet,
  WAYS,
  whatIf,
} from './index.ts';

const bands: ScoringRule = {
  kind: 'bands',
  steps: [
    { min: 0.9, points: 3 },
    { min: 0.6, points: 2 },
    { min: 0.3, points: 1 },
  ],
};
const nested: IndicatorSet = {
  id: 'nested',
  name: 'Bộ thử',
  level: 'commune',
  owner: 'Thử',
  validFrom: '2026-01-01',
  max: 10,
  domains: [
    {
      id: 'a',
      name: 'A',
      max: 6,
      criteria: [
        {
          id: 'a1',
          name: 'A1',
          max: 4,
          criteria: [
            { id: 'a1a', name: 'A1a', max: 3, rule: bands },
            { id: 'a1b', name: 'A1b', max: 1, notFor: [{ level: 'commune', treat: 'skip' }] },
          ],
        },
        { id: 'a2', name: 'A2', max: 2 },
      ],
    },
    { id: 'b', name: 'B', max: 4 },
  ],
  source: 'thử',
  verified: false,
};
const score = (values: ScoreValues, level?: string): Score => {
  const reply = scoreSet(nested, values, level);
  if (!reply.ok) throw new Error(JSON.stringify(reply.errors));
  return reply.score;
};

describe('sub-criteria', () => {
  it('are scored in place of their criterion, or the criterion as a whole', () => {
    const measures = { a1a: { numerator: 61, denominator: 100 } };
    expect(score({ measures, points: { a1b: 0.5, a2: 2, b: 4 } })).toMatchObject({ total: 8.5, max: 10 });
    expect(score({ points: { a1: 3, a2: 2, b: 4 } }).total).toBe(9);
    expect(scoreSet(nested, { measures, points: { a1: 3, a1b: 1, a2: 2, b: 4 } })).toMatchObject({
      ok: false,
      errors: [{ id: 'a1', code: 'score/given-twice' }],
    });
  });
  it('that do not apply to a level leave the maximum', () => {
    expect(score({ points: { a1a: 3, a2: 1, b: 4 } }, 'commune')).toMatchObject({ total: 8, max: 9 });
    expect(leavesOf(nested, 'commune').map((leaf) => leaf.criterion.id)).toEqual(['a1a', 'a2', 'b']);
  });
  it('must add up to their criterion, which has no rule of its own', () => {
    const [a, b] = nested.domains ?? [];
    const [a1, a2] = a?.criteria ?? [];
    const wrong = { ...a1, max: 5, rule: { kind: 'linear' } };
    const read = readSet({ ...nested, domains: [{ ...a, max: 7, criteria: [wrong, a2] }, b], max: 11 });
    expect(read.ok ? [] : read.findings.map((finding) => [finding.path, finding.code])).toEqual([
      ['/a1', 'set/maxima'],
      ['/a1', 'set/rule'],
    ]);
  });
});

describe('lost points', () => {
  it('are ranked with their share of all that was lost', () => {
    const lost = rankLost(nested, score({ points: { a1a: 3, a1b: 0, a2: 1.5, b: 1.5 } }));
    expect(lost).toEqual([
      { id: 'b', name: 'B', domainName: 'B', points: 2.5, sharePercent: 62.5 },
      { id: 'a1b', name: 'A1b', domainName: 'A', points: 1, sharePercent: 25 },
      { id: 'a2', name: 'A2', domainName: 'A', points: 0.5, sharePercent: 12.5 },
    ]);
  });
});

describe('what-if', () => {
  const needed = (least: number | null, tried = least ?? 10_000_000) => ({ least, last: null, tried, all: false });
  const whole = (least: number, tried: number) => ({ least, last: null, tried, all: true });
  it('tells how many more on-time dossiers for one more point', () => {
    expect(whatIf({ max: 20, rule: { kind: 'linear' } }, { numerator: 1880, denominator: 2000 })).toEqual([
      { goal: 'point', points: 19.8, ways: { turned: whole(100, 120), added: needed(10_000, 10_000_000) } },
      { goal: 'full', points: 20, ways: { turned: whole(120, 120), added: needed(null) } },
    ]);
  });
  it('tells how many for as many points as are wished', () => {
    const half = whatIf({ max: 20, rule: { kind: 'linear' } }, { numerator: 1880, denominator: 2000 }, 0.5);
    expect(half[0]).toMatchObject({ goal: 'point', points: 19.3, ways: { turned: { least: 50 } } });
  });
  it('tells how many for the next step, and for the threshold', () => {
    const least = (rule: ScoringRule, max: number, numerator: number) =>
      whatIf({ max, rule }, { numerator, denominator: 100 }).map(({ goal, points, ways }) => [
        goal,
        points,
        ways.turned?.least,
        ways.added?.least,
      ]);
    expect(least(bands, 3, 59)).toEqual([
      ['step', 2, 1, 3],
      ['full', 3, 31, 310],
    ]);
    expect(least({ kind: 'threshold', at: 0.5 }, 2, 40)).toEqual([['step', 2, 10, 20]]);
  });
  it('says nothing at the maximum, without items and for criteria scored by hand', () => {
    expect(whatIf({ max: 2, rule: { kind: 'linear', full: 0.8 } }, { numerator: 80, denominator: 100 })).toEqual([]);
    expect(whatIf({ max: 2, rule: { kind: 'linear' } }, { numerator: 0, denominator: 0 })).toEqual([]);
    expect(whatIf({ max: 2, rule: { kind: 'manual' } }, { numerator: 1, denominator: 2 })).toEqual([]);
  });

  const formula = (expression: string, numerator: number, denominator: number, max = 5) =>
    whatIf({ max, rule: { kind: 'formula', expression } }, { numerator, denominator });
  it('searches formulas: one that rises', () => {
    expect(formula('ratio >= 0.8 ? maximum : maximum * ratio / 0.8', 500, 1000)).toEqual([
      { goal: 'point', points: 4.13, ways: { turned: whole(160, 500), added: needed(471, 10_000_000) } },
      { goal: 'full', points: 5, ways: { turned: whole(300, 500), added: needed(1500, 10_000_000) } },
    ]);
  });
  it('searches formulas: one that falls, where late dossiers are counted', () => {
    const [point] = formula('maximum * (1 - ratio / 0.1)', 50, 1000);
    expect(point).toMatchObject({ points: 3.5, ways: { fewer: { least: 20, all: true }, others: { least: 667 } } });
    expect(point?.ways.turned).toBeUndefined();
  });
  it('searches formulas: one that falls again says up to where', () => {
    const [point] = formula('ratio < 0.8 ? maximum * ratio : 1', 50, 100);
    expect(point).toMatchObject({ goal: 'point', points: 3.5, ways: { turned: { least: 20, last: 29 } } });
    expect(point?.ways.added).toMatchObject({ least: 67, last: 149 });
  });
  it('stops where a condition divides by zero, though both its sides are the same', () => {
    // Of 0 of 1, six more make 6 of 7: there the condition is undefined, and so are the points.
    const expression = '(-ratio < ratio / (denominator - 7) ? ratio : ratio)';
    const { added } = countsFor(
      { max: 3, rule: { kind: 'formula', expression } },
      { numerator: 0, denominator: 1 },
      new Decimal(0.5),
      60,
    );
    expect(added).toMatchObject({ least: 1, last: 5 });
  });
  it('says that no number gives a point, and that new ones were tried only so far', () => {
    const [point] = formula('min(ratio, 0.5) * 4', 60, 100);
    expect(point?.ways).toEqual({
      turned: { least: null, last: null, tried: 40, all: true },
      added: { least: null, last: null, tried: 10_000_000, all: false },
    });
  });
  it('finds a number alone among millions, at which a formula divides by zero beside', () => {
    const [full] = formula('numerator == 1234567 ? maximum : 1 / (numerator - 77)', 10, 2_000_000, 1);
    expect(full?.ways.turned).toEqual({ least: 68, last: 68, tried: 69, all: true });
    const [next] = formula('numerator == 1234567 ? maximum : 0', 10, 2_000_000, 1);
    expect(next?.ways.turned).toMatchObject({ least: 1_234_557, last: 1_234_557 });
  });

  /** Expressions as people and fuzzers write them. */
  const expressions = fc.letrec<{ number: string; test: string }>((tie) => ({
    number: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      fc.constantFrom('ratio', 'numerator', 'denominator', 'maximum', '0.5', '2', '0.8', '7', '1'),
      fc
        .tuple(tie('number'), fc.constantFrom('+', '-', '*', '/'), tie('number'))
        .map(([a, sign, b]) => `(${a} ${sign} ${b})`),
      fc.tuple(fc.constantFrom('min', 'max'), tie('number'), tie('number')).map(([of, a, b]) => `${of}(${a}, ${b})`),
      fc.tuple(tie('test'), tie('number'), tie('number')).map(([test, a, b]) => `(${test} ? ${a} : ${b})`),
      tie('number').map((a) => `-${a}`),
    ),
    test: fc
      .tuple(tie('number'), fc.constantFrom('<', '<=', '>', '>=', '==', '!='), tie('number'))
      .map(([a, sign, b]) => `${a} ${sign} ${b}`),
  })).number;
  it('of a formula is what trying every number gives', () => {
    const most = 60;
    fc.assert(
      fc.property(
        expressions,
        fc.nat(40),
        fc.integer({ min: 1, max: 40 }),
        fc.constantFrom(0.5, 1, 3),
        (expression, numerator, denominator, points) => {
          const criterion = { max: 3, rule: { kind: 'formula' as const, expression } };
          const measure = { numerator, denominator };
          const goal = new Decimal(points);
          const found = countsFor(criterion, measure, goal, most);
          for (const way of WAYS) {
            const end = way === 'turned' ? Math.max(0, denominator - numerator) : way === 'fewer' ? numerator : most;
            const holds = Array.from(
              { length: end + 1 },
              (_, n) => pointsOf(criterion, countsAfter(measure, way, n))?.gte(goal) ?? false,
            );
            const least = holds.indexOf(true);
            const one = found[way];
            const falls = least < 0 ? -1 : holds.indexOf(false, least);
            // A way is left out only where it leads nowhere.
            expect(one?.least ?? null).toBe(least < 0 ? null : least);
            expect(one?.last ?? null).toBe(falls < 0 ? null : falls - 1);
          }
        },
      ),
      { numRuns: 100 },
    );
  });
  it('says how far it looked where a formula is too tangled to be sure', () => {
    const tangled = '(ratio - ratio * ratio / ratio) * numerator * 1000 + (ratio > 0.5 ? 0 : 0)';
    const { added } = countsFor(
      { max: 3, rule: { kind: 'formula', expression: tangled } },
      { numerator: 3, denominator: 7 },
      new Decimal(3),
    );
    expect(added).toMatchObject({ least: null, all: false });
    expect(added?.tried).toBeLessThan(10_000_000);
    expect(added?.tried).toBeGreaterThan(100);
  });

  it('names the points to the next band', () => {
    const set = {
      ...nested,
      bands: {
        total: [
          { min: 80, label: 'Tốt' },
          { min: 0, label: 'Khá' },
        ],
      },
    };
    expect(nextBand(set, { total: 79.98, max: 100, band: 'Khá' })).toEqual({ label: 'Tốt', points: 0.02 });
    expect(nextBand(set, { total: 80, max: 100, band: 'Tốt' })).toBeNull();
    // 79.996 reads 80.00 and is “Khá”: bands go by the exact share, and a hundredth suffices.
    expect(nextBand(set, { total: 80, max: 100, band: 'Khá' })).toEqual({ label: 'Tốt', points: 0.01 });
  });

  const rules = fc.constantFrom<ScoringRule>(
    { kind: 'linear' },
    { kind: 'linear', full: 0.8, from: 0.3 },
    { kind: 'threshold', at: 0.65 },
    { kind: 'checklist' },
    bands,
  );
  it('gives numbers that suffice, and one less does not', () => {
    fc.assert(
      fc.property(rules, fc.nat(300), fc.integer({ min: 1, max: 300 }), (rule, numerator, denominator) => {
        const criterion = { max: 3, rule };
        const measure = { numerator: Math.min(numerator, denominator), denominator };
        const gives = (way: 'turned' | 'added', n: number) => pointsOf(criterion, countsAfter(measure, way, n));
        for (const { points } of whatIf(criterion, measure)) {
          const now = gives('turned', 0);
          const goal = now?.plus(1).round(2).eq(points) ? now.plus(1) : now?.times(0).plus(points);
          if (!goal) throw new Error('no points');
          const ways = countsFor(criterion, measure, goal);
          for (const way of ['turned', 'added'] as const) {
            const { least = null, last = null } = ways[way] ?? {};
            expect(last).toBeNull();
            if (least === null) continue;
            expect(gives(way, least)?.gte(goal)).toBe(true);
            expect(gives(way, least - 1)?.gte(goal)).toBe(false);
            if (way === 'turned') expect(measure.numerator + least).toBeLessThanOrEqual(denominator);
          }
        }
      }),
    );
  });
  it('rises: more good items of as many never score less', () => {
    fc.assert(
      fc.property(rules, fc.nat(100), fc.nat(100), (rule, a, b) => {
        const at = (n: number) => pointsOf({ max: 3, rule }, { numerator: n, denominator: 100 })?.toNumber() ?? -1;
        expect(at(Math.max(a, b))).toBeGreaterThanOrEqual(at(Math.min(a, b)));
        expect(at(Math.max(a, b))).toBeLessThanOrEqual(3);
      }),
    );
  });
});

describe('formulas', () => {
  const of = (expression: string, numerator: number, denominator: number) =>
    pointsOf({ max: 6, rule: { kind: 'formula', expression } }, { numerator, denominator })?.toNumber();
  it('are exact and kept within the maximum', () => {
    expect(of('ratio >= 0.8 ? maximum : maximum * ratio / 0.8', 64, 100)).toBe(4.8);
    expect(of('min(2, 2.5 * ratio) + max(1, -3, numerator - 70)', 70, 100)).toBe(2.75);
    expect(of('(numerator + 1) * 100', 1, 2)).toBe(6);
    expect(of('-ratio', 1, 2)).toBe(0);
    expect(of('0.1 + 0.2', 1, 2)).toBe(0.3);
  });
  const problem = (expression: string) => {
    const set = {
      ...nested,
      max: 6,
      domains: [
        {
          id: 'a',
          name: 'A',
          max: 6,
          criteria: [{ id: 'c', name: 'C', max: 6, rule: { kind: 'formula', expression } }],
        },
      ],
    };
    const read = readSet(set);
    return read.ok
      ? undefined
      : read.findings.map((finding) => `${finding.path} ${finding.code} ${finding.message}`)[0];
  };
  it('that are wrong are refused with the place', () => {
    expect(problem('ratio * 6')).toBeUndefined();
    expect(problem('ratio * so_luong')).toContain(
      '/c set/formula Công thức của “C”, ký tự thứ 9: Không có tên “so_luong”',
    );
    expect(problem('ratio >= 0.5')).toContain('ký tự thứ 1: Chỗ này phải là một số');
    expect(problem('ratio ? 1 : 2')).toContain('phải là một điều kiện');
    expect(problem('6 / 0')).toContain('ký tự thứ 5: Phép chia cho 0');
    expect(problem('6 / numerator')).toContain('Chia cho 0 khi tử số là 0');
    expect(problem('6 * (ratio')).toContain('ký tự thứ 11: Thiếu “)”');
    expect(problem('6 $ 2')).toContain('ký tự thứ 3: Không hiểu');
    expect(problem('1 +')).toContain('chưa xong');
    expect(problem('1 2')).toContain('đứng sai chỗ');
  });
  it('never throw, whatever is typed', () => {
    fc.assert(fc.property(fc.string(), (text) => void readFormula(text)));
    const words = fc.array(
      fc.constantFrom('ratio', '1', '0', '+', '-', '/', '*', '(', ')', '?', ':', '<', 'min', ',', ' '),
    );
    fc.assert(fc.property(words, (list) => void problem(list.join('') || '1')));
  });
});
