import type { Day } from '../../../../core/time/index.ts';
import { halfOf } from './ranges.ts';

/** Half months of one bucket and channel (`key`, a number of the caller's), ascending. */
export type Line = {
  readonly key: number;
  readonly halves: ArrayLike<number>;
  readonly n: ArrayLike<number>;
  /** Of each half its minutes, worked and working minutes; empty where none are measured. */
  readonly measures: ArrayLike<number>;
};

/** All half months of one unit and kind, close together: some ten bytes each. */
export type Series = {
  /** Of each bucket and channel its number, and where its halves end; they begin where those before end. */
  readonly keys: Int32Array;
  readonly ends: Int32Array;
  readonly halves: Int32Array;
  readonly n: Int32Array;
  /** Minutes, worked and working minutes of each half; empty where none are measured. */
  readonly measures: Float64Array;
};

export const NO_SERIES: Series = {
  keys: new Int32Array(0),
  ends: new Int32Array(0),
  halves: new Int32Array(0),
  n: new Int32Array(0),
  measures: new Float64Array(0),
};

/** Halves from one number to before another, adding to the place `at`. */
export type Stretch = { readonly at: number; readonly first: number; readonly end: number };

/** Measures of a half: minutes, worked, working minutes. */
const MEASURES = 3;
/** Sums of a place: how many, and the measures. */
export const WIDTH = 1 + MEASURES;

/**
 * Number of the half month a day lies in; the next half has the next number.
 * @example halfNumber('2026-01-14') → 48624, halfNumber('2026-01-15') → 48625
 */
export const halfNumber = (day: Day): number =>
  (Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7)) - 1) * 2 + (day.slice(8) < '15' ? 0 : 1);

/** The whole halves among the days from `from` (undefined: from the beginning) to before `until`; undefined: none. */
export function halvesBetween(
  from: Day | undefined,
  until: Day,
): { readonly first: number; readonly end: number } | undefined {
  const first = from === undefined ? 0 : halfNumber(from) + (halfOf(from) === from ? 0 : 1);
  const end = halfNumber(until);
  return first < end ? { first, end } : undefined;
}

export function packSeries(lines: readonly Line[]): Series {
  let size = 0;
  const ends = Int32Array.from(lines, ({ halves }) => {
    size += halves.length;
    return size;
  });
  const measured = lines.some((one) => one.measures.length > 0);
  const halves = new Int32Array(size);
  const n = new Int32Array(size);
  const measures = new Float64Array(measured ? size * MEASURES : 0);
  for (const [nth, line] of lines.entries()) {
    const at = (ends[nth] ?? 0) - line.halves.length;
    halves.set(line.halves, at);
    n.set(line.n, at);
    if (measured) measures.set(line.measures, at * MEASURES);
  }
  return { keys: Int32Array.from(lines, (one) => one.key), ends, halves, n, measures };
}

/** The series with its halves from `from` on replaced by those of the lines, which all lie from there on. */
export function replaceFrom(series: Series, from: number, lines: readonly Line[]): Series {
  const later = new Map(lines.map((line) => [line.key, line]));
  const joined: Line[] = [];
  let begin = 0;
  for (const [nth, key] of series.keys.entries()) {
    const end = series.ends[nth] ?? 0;
    let kept = begin;
    while (kept < end && (series.halves[kept] ?? 0) < from) kept++;
    const after = later.get(key);
    later.delete(key);
    joined.push({
      key,
      halves: [...series.halves.subarray(begin, kept), ...Array.from(after?.halves ?? [])],
      n: [...series.n.subarray(begin, kept), ...Array.from(after?.n ?? [])],
      measures: [...series.measures.subarray(begin * MEASURES, kept * MEASURES), ...Array.from(after?.measures ?? [])],
    });
    begin = end;
  }
  return packSeries([...joined.filter((one) => one.halves.length > 0), ...later.values()]);
}

/** The first place from `at` on whose half is `half` or later; `end` where there is none. */
function placeFrom(halves: Int32Array, half: number, at: number, end: number): number {
  let [low, high] = [at, end];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((halves[middle] ?? 0) < half) low = middle + 1;
    else high = middle;
  }
  return low;
}

/**
 * Adds what lies in the stretches to the sums of its key, `WIDTH` numbers for each place.
 * @param stretches ascending, not overlapping
 * @param sumsOf the sums of a key, made when it first has any
 */
export function addSeries(series: Series, stretches: readonly Stretch[], sumsOf: (key: number) => Float64Array): void {
  const { keys, ends, halves, n, measures } = series;
  const measured = measures.length > 0;
  let at = 0;
  for (let nth = 0; nth < keys.length; nth++) {
    const end = ends[nth] ?? 0;
    let sums: Float64Array | undefined;
    for (const stretch of stretches) {
      at = placeFrom(halves, stretch.first, at, end);
      const after = placeFrom(halves, stretch.end, at, end);
      if (at === after) continue;
      sums ??= sumsOf(keys[nth] ?? 0);
      const place = stretch.at * WIDTH;
      let count = 0;
      for (let half = at; half < after; half++) count += n[half] ?? 0;
      sums[place] = (sums[place] ?? 0) + count;
      for (let each = at * MEASURES; measured && each < after * MEASURES; each++) {
        const sum = place + 1 + (each % MEASURES);
        sums[sum] = (sums[sum] ?? 0) + (measures[each] ?? 0);
      }
      at = after;
    }
    at = end;
  }
}

/** Makes of the sums of each place those of all places up to and with it. */
export function addUp(sums: Float64Array): void {
  for (let at = WIDTH; at < sums.length; at++) sums[at] = (sums[at] ?? 0) + (sums[at - WIDTH] ?? 0);
}
