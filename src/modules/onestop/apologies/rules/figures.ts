/** The one named denominator (domain §7.8): late finished + late open, of finished + open due. */
export const DENOMINATOR = 'late-of-due';

/** Counts of one deciding unit and period. `finished` and `openDue` make the denominator. */
export type LateCounts = {
  /** Ended in the period, of those received. */
  readonly finished: number;
  /** Ended in the period with the class late. */
  readonly lateFinished: number;
  /** Open at the end of the period (or now) past the due instant: due and late are the same thing here. */
  readonly lateOpen: number;
  readonly withApology: number;
  readonly exempted: number;
};

export type LateFigures = LateCounts & {
  readonly late: number;
  /** Late, and neither apologised for nor exempted. */
  readonly without: number;
  readonly denominator: number;
  /** Per cent, rounded to two places by halves away from zero; null where nothing was finished or due. */
  readonly ratePercent: number | null;
};

/** @example 2,872 late of 10,000 → ratePercent 28.72 */
export function figuresOf(counts: LateCounts): LateFigures {
  const late = counts.lateFinished + counts.lateOpen;
  const denominator = counts.finished + counts.lateOpen;
  return {
    ...counts,
    late,
    without: late - counts.withApology - counts.exempted,
    denominator,
    ratePercent: ratePercent(late, denominator),
  };
}

/** Per cent to two places, halves away from zero: `ratePercent(36, 460) === 7.83`; null where nothing was due. */
export function ratePercent(late: number, denominator: number): number | null {
  return denominator === 0 ? null : Math.round((late * 10_000) / denominator) / 100;
}

/** Sum of several units' counts. */
export function sumCounts(rows: readonly LateCounts[]): LateCounts {
  const add = (name: keyof LateCounts): number => rows.reduce((total, row) => total + row[name], 0);
  return {
    finished: add('finished'),
    lateFinished: add('lateFinished'),
    lateOpen: add('lateOpen'),
    withApology: add('withApology'),
    exempted: add('exempted'),
  };
}

type RateChange = {
  /** Percentage points between the rounded rates. */
  readonly points: number | null;
  /** Per cent of the earlier rounded rate, rounded to two places; null from zero. */
  readonly relativePercent: number | null;
};

/**
 * How a rate changed, reckoned between the rounded rates, so that everybody who has only the two printed figures gets
 * the same. Null where one of them is missing.
 * @example 28.72 → 7.83: points −20.89, relative −72.74
 */
export function changeOf(before: number | null, after: number | null): RateChange {
  if (before === null || after === null) return { points: null, relativePercent: null };
  const [from, to] = [Math.round(before * 100), Math.round(after * 100)];
  const change = to - from;
  const relative = from === 0 ? null : (Math.sign(change) * Math.round((Math.abs(change) * 10_000) / from)) / 100;
  return { points: change / 100, relativePercent: relative };
}
