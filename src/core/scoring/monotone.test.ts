import fs from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import {
  chooseSettings,
  type IndicatorSet,
  leavesOf,
  type Measure,
  pointsOf,
  rankHighest,
  readSet,
  type Score,
  type ScoreValues,
  scoreSet,
} from './index.ts';

const SETS = path.resolve(import.meta.dirname, '../../../content/sets');
const shipped = fs.readdirSync(SETS).map((file): IndicatorSet => {
  const read = readSet(parse(fs.readFileSync(path.join(SETS, file), 'utf8')));
  if (!read.ok) throw new Error(`${file}: ${JSON.stringify(read.findings)}`);
  return read.set;
});
/** Each set as written, and with each disputed place read each way. */
const readings: readonly { readonly name: string; readonly set: IndicatorSet }[] = shipped.flatMap((set) => [
  { name: set.id, set },
  ...(set.settings ?? []).flatMap(({ id, options }) =>
    options.flatMap((option) => {
      const chosen = chooseSettings(set, { [id]: option.id });
      return chosen.ok ? [{ name: `${set.id}, ${id}: ${option.id}`, set: chosen.set }] : [];
    }),
  ),
]);

const of = (set: IndicatorSet, values: ScoreValues): Score => {
  const reply = scoreSet(set, values);
  if (!reply.ok) throw new Error(JSON.stringify(reply.errors));
  return reply.score;
};

/** What was counted and given for every leaf, as a share of what can be, and the percent of parts nothing is scored for. */
type Given = { readonly measures: readonly (readonly [number, number])[]; readonly parts: readonly number[] };
const givenFor = (leaves: number, parts: number): fc.Arbitrary<Given> => {
  const measure = fc.tuple(fc.integer({ min: 0, max: 120 }), fc.integer({ min: 1, max: 100 }));
  return fc.record({
    measures: fc.array(measure, { minLength: leaves, maxLength: leaves }),
    parts: fc.array(fc.integer({ min: 0, max: 100 }), { minLength: parts, maxLength: parts }),
  });
};

describe('a straight line', () => {
  it('gives nothing up to where it begins, all from where it ends, and half halfway', () => {
    const ends = fc.tuple(fc.integer({ min: 0, max: 98 }), fc.integer({ min: 1, max: 100 })).filter(([a, b]) => a < b);
    fc.assert(
      fc.property(ends, fc.integer({ min: 1, max: 50 }), ([from, full], max) => {
        const criterion = { max, rule: { kind: 'linear' as const, from: from / 100, full: full / 100 } };
        const at = (hundredths: number) =>
          pointsOf(criterion, { numerator: hundredths, denominator: 10_000 })?.toNumber();
        expect([at(0), at(from * 100), at(full * 100), at(10_000)]).toEqual([0, 0, max, max]);
        expect(at((from + full) * 50)).toBeCloseTo(max / 2, 9);
      }),
    );
    const commune = { max: 2, rule: { kind: 'linear' as const, from: 0.8 } };
    expect(pointsOf(commune, { numerator: 95, denominator: 100 })?.toNumber()).toBe(1.5);
  });
});

describe.each(readings)('the score by $name', ({ set }) => {
  const leaves = leavesOf(set).map((leaf) => leaf.criterion);
  const parts = (set.parts ?? []).filter((part) => !(set.domains ?? []).some((domain) => domain.part === part.id));
  const counted = (nth: number): boolean => (leaves[nth]?.rule ?? { kind: 'manual' }).kind !== 'manual';
  const valuesOf = (given: Given): ScoreValues => {
    const measures: Record<string, Measure> = {};
    const points: Record<string, number> = {};
    for (const [nth, leaf] of leaves.entries()) {
      const [numerator = 0, denominator = 1] = given.measures[nth] ?? [];
      if (counted(nth)) measures[leaf.id] = { numerator, denominator };
      else points[leaf.id] = Math.min(leaf.max, Math.round((leaf.max * numerator * 100) / denominator) / 100);
    }
    return { measures, points, parts: Object.fromEntries(parts.map((part, nth) => [part.id, given.parts[nth] ?? 0])) };
  };
  const arbitrary = fc.tuple(givenFor(leaves.length, parts.length), fc.nat(), fc.nat(60));
  const put = <T>(list: readonly T[], at: number, change: (one: T) => T): readonly T[] =>
    list.map((one, nth) => (nth === at ? change(one) : one));

  it.runIf(leaves.length > 0)('never falls where more was done, nor rises where there was more to do', () => {
    fc.assert(
      fc.property(arbitrary, ([given, nth, more]) => {
        const at = nth % leaves.length;
        const before = of(set, valuesOf(given));
        const done = of(set, valuesOf({ ...given, measures: put(given.measures, at, ([a, b]) => [a + more, b]) }));
        const todo = of(set, valuesOf({ ...given, measures: put(given.measures, at, ([a, b]) => [a, b + more]) }));
        expect(done.total).toBeGreaterThanOrEqual(before.total);
        expect(todo.total).toBeLessThanOrEqual(before.total);
        for (const [n, domain] of before.domains.entries()) {
          expect(done.domains[n]?.points).toBeGreaterThanOrEqual(domain.points);
          expect(todo.domains[n]?.points).toBeLessThanOrEqual(domain.points);
        }
        // Nobody falls behind for having done more.
        const rank = (mine: number) =>
          rankHighest([mine, before.total, ...given.parts], (one) => one).find((one) => one.item === mine)?.rank ?? 0;
        expect(rank(done.total)).toBeLessThanOrEqual(rank(before.total));
      }),
    );
  });

  it.runIf(leaves.length > 0)('is all where all is done, and nothing where nothing is', () => {
    const all = of(set, valuesOf({ measures: leaves.map(() => [1, 1]), parts: parts.map(() => 100) }));
    expect([all.total, all.lost]).toEqual([all.max, []]);
    expect(all.domains.map((domain) => domain.points)).toEqual(all.domains.map((domain) => domain.max));
    expect(of(set, valuesOf({ measures: leaves.map(() => [0, 1]), parts: parts.map(() => 0) })).total).toBe(0);
  });

  it.runIf(parts.length > 0)('never falls where a part that is given as a whole rises', () => {
    fc.assert(
      fc.property(arbitrary, ([given, nth, more]) => {
        const rise = put(given.parts, nth % parts.length, (percent) => Math.min(100, percent + more));
        expect(of(set, valuesOf({ ...given, parts: rise })).total).toBeGreaterThanOrEqual(
          of(set, valuesOf(given)).total,
        );
      }),
    );
  });
});
