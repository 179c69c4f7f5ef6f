import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays, type Day } from '../../../../core/time/index.ts';
import { rangesOf } from './ranges.ts';
import {
  createSummer,
  halfNumber,
  halvesBetween,
  type Line,
  mergeSeries,
  NO_SERIES,
  packSeries,
  replaceFrom,
  type Series,
  type Stretch,
  WIDTH,
} from './series.ts';

/** By key what lies in each stretch of several series together, one after another. */
const sumsOf = (
  all: readonly Series[],
  stretches: readonly Stretch[],
  places: number,
): Record<number, readonly number[]> => {
  const summer = createSummer(places);
  for (const series of all) summer.add(series, stretches);
  const { names, sums } = summer.take();
  return Object.fromEntries(
    names.map((key, nth) => {
      const mine = [...sums.subarray(nth * places * WIDTH, (nth + 1) * places * WIDTH)];
      return [key, mine.map((value, at) => value - (mine[at - WIDTH] ?? 0))];
    }),
  );
};

describe('halves', () => {
  it.each([
    ['2026-01-01', '2026-01-15', 1],
    ['2026-01-14', '2026-01-15', 1],
    ['2026-01-15', '2026-01-31', 0],
    ['2025-12-31', '2026-01-01', 1],
    ['2025-01-01', '2026-01-01', 24],
  ])('from that of %s to that of %s are %i', (a, b, apart) => {
    expect(halfNumber(b) - halfNumber(a)).toBe(apart);
  });

  it.each([
    ['2026-01-01', '2026-02-01', 2],
    ['2025-12-15', '2026-06-15', 12],
    ['2026-01-02', '2026-02-01', 1],
    ['2026-01-02', '2026-01-20', 0],
    ['2026-01-16', '2026-01-31', 0],
    ['2026-02-01', '2026-01-01', 0],
  ])('that lie whole from %s to before %s are %i', (from, until, many) => {
    const found = halvesBetween(from, until);
    expect(found ? found.end - found.first : 0).toBe(many);
  });

  it('from the beginning are all before the last one', () => {
    expect(halvesBetween(undefined, '2026-01-20')).toEqual({ first: 0, end: halfNumber('2026-01-15') });
  });

  it('are what whole stretches are made of: with the days at the edges they are the time asked for', () => {
    const days = fc.integer({ min: 0, max: 900 }).map((n): Day => addDays('2023-11-20', n));
    fc.assert(
      fc.property(days, days, (from, until) => {
        const whole = rangesOf(from, until).filter((one) => one.grain !== 'day');
        const found = halvesBetween(from, until);
        expect(found?.first).toBe(
          whole.length === 0 ? undefined : Math.min(...whole.map((one) => halfNumber(one.from))),
        );
        expect(found?.end).toBe(
          whole.length === 0 ? undefined : Math.max(...whole.map((one) => halfNumber(one.until))),
        );
      }),
    );
  });
});

describe('a series', () => {
  const ended: Line = { key: 3, halves: [10, 12, 13], n: [1, 2, 4], measures: [5, 1, 60, 0, 2, 80, 7, 3, 90] };
  const due: Line = { key: 1, halves: [9, 12], n: [8, 16], measures: [] };

  it('is added up by stretch, its measures too; what has nothing there is not made', () => {
    const stretches = [
      { at: 0, first: 0, end: 11 },
      { at: 2, first: 12, end: 14 },
    ];
    expect(sumsOf([packSeries([ended])], stretches, 3)).toEqual({ 3: [1, 5, 1, 60, 0, 0, 0, 0, 6, 7, 5, 170] });
    expect(sumsOf([packSeries([ended, due])], [{ at: 0, first: 12, end: 13 }], 1)).toEqual({
      3: [2, 0, 2, 80],
      1: [16, 0, 0, 0],
    });
    expect(sumsOf([packSeries([due])], [{ at: 0, first: 10, end: 12 }], 1)).toEqual({});
    expect(sumsOf([NO_SERIES], stretches, 3)).toEqual({});
  });

  const line = fc.record({
    key: fc.integer({ min: 0, max: 4 }),
    points: fc.uniqueArray(fc.record({ half: fc.integer({ min: 0, max: 20 }), n: fc.integer({ min: 0, max: 99 }) }), {
      selector: (one) => one.half,
    }),
  });
  const world = fc.uniqueArray(line, { selector: (one) => one.key, maxLength: 5 });
  const pack = (lines: readonly { key: number; points: readonly { half: number; n: number }[] }[]): Line[] =>
    lines.map(({ key, points }) => {
      const sorted = [...points].sort((a, b) => a.half - b.half);
      const measures = key === 0 ? sorted.flatMap((one) => [one.n * 2, 1, one.n * 3]) : [];
      return { key, halves: sorted.map((one) => one.half), n: sorted.map((one) => one.n), measures };
    });
  const all = [
    { at: 0, first: 0, end: 8 },
    { at: 1, first: 8, end: 99 },
  ];

  it('of several units together says what each adds', () => {
    fc.assert(
      fc.property(fc.array(world, { maxLength: 4 }), (worlds) => {
        const each = worlds.map((one) => packSeries(pack(one)));
        const parts = each.map((series) => ({ series, times: 1 as const }));
        expect(sumsOf([mergeSeries(parts)], all, 2)).toEqual(sumsOf(each, all, 2));
        // One taken off again leaves the others, with nothing said of what only it had.
        const [first, ...others] = parts;
        if (!first) return;
        const left = sumsOf(
          [
            mergeSeries([
              { series: mergeSeries(parts), times: 1 },
              { ...first, times: -1 },
            ]),
          ],
          all,
          2,
        );
        const saying = Object.entries(left).filter(([, sums]) => sums.some((n) => n !== 0));
        const wanted = Object.entries(
          sumsOf(
            others.map((one) => one.series),
            all,
            2,
          ),
        );
        expect(saying).toEqual(wanted.filter(([, sums]) => sums.some((n) => n !== 0)));
      }),
    );
  });

  it('read again from a half on is as read whole', () => {
    fc.assert(
      fc.property(world, world, fc.integer({ min: 0, max: 21 }), (before, after, from) => {
        // What lies before the half is the same in both.
        const earlier = before.map(({ key, points }) => ({ key, points: points.filter((one) => one.half < from) }));
        const later = after.map(({ key, points }) => ({ key, points: points.filter((one) => one.half >= from) }));
        const keys = [...new Set([...earlier, ...later].map((one) => one.key))];
        const whole = keys.map((key) => ({
          key,
          points: [...earlier, ...later].filter((one) => one.key === key).flatMap((one) => one.points),
        }));
        const again = replaceFrom(packSeries(pack(before)), from, pack(later));
        // Read once more it is the very same, so that what was worked out of it still holds.
        expect(replaceFrom(again, from, pack(later))).toBe(again);
        expect(sumsOf([again], all, 2)).toEqual(sumsOf([packSeries(pack(whole))], all, 2));
      }),
    );
  });
});
