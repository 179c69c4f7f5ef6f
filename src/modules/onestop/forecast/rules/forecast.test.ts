import fs from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { type ForecastFacts, forecast, LEVELS } from './forecast.ts';
import { hitRate, type LevelCount } from './hit-rate.ts';

type Case = {
  readonly case: string;
  readonly left: number;
  readonly spent: number;
  readonly steps: readonly (readonly [number, number, number, number, number])[];
  readonly then: { level: string; median: number; p90: number; sample: number; basis: string };
};
const CASES = parse(fs.readFileSync(path.join(import.meta.dirname, 'cases/forecast.yaml'), 'utf8')) as Case[];

const factsOf = (row: Pick<Case, 'left' | 'spent' | 'steps'>): ForecastFacts => ({
  remainingMinutes: row.left,
  spentMinutes: row.spent,
  steps: row.steps.map(([median, p90, ofUnit, ofProcedure, allowance], index) => ({
    stepId: `buoc-${index}`,
    ofUnit: { medianMinutes: median, p90Minutes: p90, sample: ofUnit },
    ofProcedure: { medianMinutes: 2 * median, p90Minutes: 2 * p90, sample: ofProcedure },
    allowanceMinutes: allowance,
  })),
});

describe('which open dossiers will likely be late', () => {
  for (const row of CASES) {
    test(row.case, () => {
      const { level, medianMinutes, p90Minutes, sample, basis } = forecast(factsOf(row));
      expect({ level, median: medianMinutes, p90: p90Minutes, sample, basis }).toEqual(row.then);
    });
  }

  test('less time left never lowers the warning, more time spent never raises it', () => {
    const steps = fc.array(
      fc
        .tuple(...Array.from({ length: 5 }, () => fc.integer({ min: 0, max: 2000 })))
        .map(([m = 0, more = 0, ...rest]) => {
          const [unit = 0, procedure = 0, allowance = 0] = rest;
          return [m, m + more, unit % 30, procedure % 30, allowance] as const;
        }),
      { maxLength: 6 },
    );
    const rank = (left: number, spent: number, rows: Case['steps']): number =>
      LEVELS.indexOf(forecast(factsOf({ left, spent, steps: rows })).level);
    fc.assert(
      fc.property(fc.nat(5000), fc.nat(5000), fc.nat(3000), fc.nat(3000), steps, (left, less, spent, more, rows) => {
        expect(rank(Math.max(0, left - less), spent, rows)).toBeGreaterThanOrEqual(rank(left, spent, rows));
        expect(rank(left, spent + more, rows)).toBeLessThanOrEqual(rank(left, spent, rows));
      }),
    );
  });
});

describe('the forecast’s own hit rate', () => {
  const counts: readonly LevelCount[] = [
    { level: 'likely', dossiers: 40, late: 30 },
    { level: 'possible', dossiers: 60, late: 10 },
    { level: 'none', dossiers: 900, late: 10 },
  ];

  test('tells how many warned were late and how many late were warned', () => {
    expect(hitRate(counts, 'likely')).toMatchObject({
      warned: 40,
      warnedLate: 30,
      late: 50,
      precision: 0.75,
      recall: 0.6,
    });
    expect(hitRate(counts, 'possible')).toMatchObject({ warned: 100, warnedLate: 40, precision: 0.4, recall: 0.8 });
  });

  test('says nothing where there is too little to go by', () => {
    expect(hitRate([{ level: 'likely', dossiers: 9, late: 9 }], 'likely')).toMatchObject({
      precision: null,
      recall: null,
    });
    expect(hitRate([], 'possible')).toMatchObject({ warned: 0, precision: null, recall: null });
  });
});
