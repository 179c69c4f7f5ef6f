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

/** All half months of one unit and kind, or of several units together, close together: some ten bytes each. */
export type Series = {
  /** Of each bucket and channel its number, and where its halves end; they begin where those before end. */
  readonly keys: Int32Array;
  readonly ends: Int32Array;
  readonly halves: Int32Array;
  /** Of each half what its key counts up to its end. */
  readonly n: Int32Array;
  /** Minutes, worked and working minutes up to the end of each half; empty where none are measured. */
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
  return packed(lines.map((line) => ({ key: line.key, kept: undefined, line })));
}

/** What is kept of a series: the first halves of its nth key. */
type Kept = { readonly series: Series; readonly nth: number; readonly halves: number };
type Row = { readonly key: number; readonly kept: Kept | undefined; readonly line: Line | undefined };

/** Of each key what is kept, then its line, whose halves are later. */
function packed(all: readonly Row[]): Series {
  const lengthOf = ({ kept, line }: Row): number => (kept?.halves ?? 0) + (line?.halves.length ?? 0);
  const rows = all.filter((row) => lengthOf(row) > 0);
  const size = rows.reduce((sum, row) => sum + lengthOf(row), 0);
  const measured = rows.some(({ kept, line }) => [kept?.series, line].some((one) => (one?.measures.length ?? 0) > 0));
  const ends = new Int32Array(rows.length);
  const halves = new Int32Array(size);
  const n = new Int32Array(size);
  const measures = new Float64Array(measured ? size * MEASURES : 0);
  let at = 0;
  for (const [row, { kept, line }] of rows.entries()) {
    if (kept) {
      const { series } = kept;
      const begin = series.ends[kept.nth - 1] ?? 0;
      halves.set(series.halves.subarray(begin, begin + kept.halves), at);
      n.set(series.n.subarray(begin, begin + kept.halves), at);
      const mine = series.measures.subarray(begin * MEASURES, (begin + kept.halves) * MEASURES);
      if (mine.length > 0) measures.set(mine, at * MEASURES);
      at += kept.halves;
    }
    if (line) {
      const end = at + line.halves.length;
      halves.set(line.halves, at);
      n.set(line.n, at);
      if (line.measures.length > 0) measures.set(line.measures, at * MEASURES);
      // The first of a key has nothing before it.
      const first = kept && kept.halves > 0 ? at : at + 1;
      addOn(n, first, end, 1);
      if (measured) addOn(measures, first * MEASURES, end * MEASURES, MEASURES);
      at = end;
    }
    ends[row] = at;
  }
  return { keys: Int32Array.from(rows, (one) => one.key), ends, halves, n, measures };
}

/** Adds to each number from one place to before another that which stands `width` before it. */
function addOn(numbers: Int32Array | Float64Array, from: number, until: number, width: number): void {
  for (let at = from; at < until; at++) numbers[at] = (numbers[at] ?? 0) + (numbers[at - width] ?? 0);
}

/** What running sums grow by at a place; those of a key begin at `begin`. */
const grownBy = (numbers: Int32Array | Float64Array, at: number, begin: number, width: number): number =>
  (numbers[at] ?? 0) - (at - width >= begin ? (numbers[at - width] ?? 0) : 0);

/**
 * The series with its halves from `from` on replaced by those of the lines, which all lie from there on; the very same
 * one where they say what it says already.
 */
export function replaceFrom(series: Series, from: number, lines: readonly Line[]): Series {
  const later = new Map(lines.filter((line) => line.halves.length > 0).map((line) => [line.key, line]));
  const kept: Row[] = [];
  let same = true;
  for (const [nth, key] of series.keys.entries()) {
    const [begin, end] = [series.ends[nth - 1] ?? 0, series.ends[nth] ?? 0];
    const place = placeFrom(series.halves, from, begin, end);
    const line = later.get(key);
    later.delete(key);
    same &&= isSaid(series, line, place, begin, end);
    kept.push({ key, kept: { series, nth, halves: place - begin }, line });
  }
  if (same && later.size === 0) return series;
  return packed([...kept, ...[...later.values()].map((line) => ({ key: line.key, kept: undefined, line }))]);
}

/** Whether the halves of a key (which begin at `begin`) from one place to before another are those of the line. */
function isSaid(
  { halves, n, measures }: Series,
  line: Line | undefined,
  from: number,
  begin: number,
  end: number,
): boolean {
  if ((line?.halves.length ?? 0) !== end - from) return false;
  for (let at = from; at < end; at++) {
    const nth = at - from;
    if (halves[at] !== line?.halves[nth] || grownBy(n, at, begin, 1) !== line?.n[nth]) return false;
    for (let m = 0; m < MEASURES && measures.length > 0; m++) {
      const grown = grownBy(measures, at * MEASURES + m, begin * MEASURES, MEASURES);
      if (grown !== (line?.measures[nth * MEASURES + m] ?? 0)) return false;
    }
  }
  return true;
}

/** A series to be added to others, or (-1) taken away again. */
export type Part = { readonly series: Series; readonly times: 1 | -1 };

/** What several series say together, halves in which nothing is left among them. */
export function mergeSeries(parts: readonly Part[]): Series {
  const there = parts.filter((part) => part.series.halves.length > 0);
  if (there.length === 0) return NO_SERIES;
  let [first, last] = [Number.POSITIVE_INFINITY, 0];
  for (const { series } of there)
    for (const half of series.halves) {
      first = Math.min(first, half);
      last = Math.max(last, half);
    }
  const size = last - first + 1;
  const measured = there.some((part) => part.series.measures.length > 0);
  type Sums = { readonly n: Int32Array; readonly measures: Float64Array; readonly seen: Uint8Array };
  const sums = new Map<number, Sums>();
  for (const { series, times } of there) {
    const { keys, ends, halves, n, measures } = series;
    for (const [nth, key] of keys.entries()) {
      const mine = sums.get(key) ?? {
        n: new Int32Array(size),
        measures: new Float64Array(measured ? size * MEASURES : 0),
        seen: new Uint8Array(size),
      };
      sums.set(key, mine);
      const begin = ends[nth - 1] ?? 0;
      for (let at = begin; at < (ends[nth] ?? 0); at++) {
        const half = (halves[at] ?? 0) - first;
        mine.seen[half] = 1;
        mine.n[half] = (mine.n[half] ?? 0) + times * grownBy(n, at, begin, 1);
        for (let m = 0; m < MEASURES && measures.length > 0; m++) {
          const place = half * MEASURES + m;
          const grown = grownBy(measures, at * MEASURES + m, begin * MEASURES, MEASURES);
          mine.measures[place] = (mine.measures[place] ?? 0) + times * grown;
        }
      }
    }
  }
  return packSeries(
    [...sums].map(([key, { n, measures, seen }]): Line => {
      const halves = Array.from(seen.keys()).filter((half) => seen[half] === 1);
      const ofHalf = (half: number): Float64Array => measures.subarray(half * MEASURES, (half + 1) * MEASURES);
      return {
        key,
        halves: halves.map((half) => half + first),
        n: halves.map((half) => n[half] ?? 0),
        measures: measured ? halves.flatMap((half) => [...ofHalf(half)]) : [],
      };
    }),
  );
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

/** Sums by name: `WIDTH` numbers for each place of each name, in their order. */
export type Lines<N> = { readonly names: readonly N[]; readonly places: number; readonly sums: Float64Array };

/** What `Lines` say of the nth name, up to and with the place; `measure`: 0 how many, then the measures. */
export const sumAt = ({ places, sums }: Lines<unknown>, nth: number, place: number, measure: number): number =>
  sums[(nth * places + place) * WIDTH + measure] ?? 0;

/** Adds series up, one group after another, in memory of its own. */
export type Summer = {
  /**
   * @param stretches ascending, not overlapping
   * @param isWanted by key; none: all are
   */
  add(series: Series, stretches: readonly Stretch[], isWanted?: (key: number) => boolean): void;
  /** Of the group added since the last one, by key: at each place what lies in it and all before. */
  take(): Lines<number>;
};

export function createSummer(places: number): Summer {
  const size = places * WIDTH;
  /** Where the numbers of each key begin, by key; -1: nowhere yet. */
  let begins = new Int32Array(0);
  let sums = new Float64Array(32 * size);
  let keys: number[] = [];

  const beginOf = (key: number): number => {
    if (key >= begins.length) {
      const more = new Int32Array(key + 64).fill(-1);
      more.set(begins);
      begins = more;
    }
    const known = begins[key] ?? -1;
    if (known >= 0) return known;
    const begin = keys.length * size;
    if (begin + size > sums.length) {
      const more = new Float64Array(sums.length * 2);
      more.set(sums);
      sums = more;
    }
    begins[key] = begin;
    keys.push(key);
    return begin;
  };

  return {
    add({ keys: named, ends, halves, n, measures }, stretches, isWanted) {
      const measured = measures.length > 0;
      for (let nth = 0; nth < named.length; nth++) {
        if (isWanted && !isWanted(named[nth] ?? 0)) continue;
        const begin = ends[nth - 1] ?? 0;
        const end = ends[nth] ?? 0;
        let at = begin;
        let mine = -1;
        for (const stretch of stretches) {
          at = placeFrom(halves, stretch.first, at, end);
          const after = placeFrom(halves, stretch.end, at, end);
          if (at === after) continue;
          if (mine < 0) mine = beginOf(named[nth] ?? 0);
          const place = mine + stretch.at * WIDTH;
          const before = at > begin ? (n[at - 1] ?? 0) : 0;
          sums[place] = (sums[place] ?? 0) + (n[after - 1] ?? 0) - before;
          for (let m = 0; measured && m < MEASURES; m++) {
            const earlier = at > begin ? (measures[(at - 1) * MEASURES + m] ?? 0) : 0;
            sums[place + 1 + m] = (sums[place + 1 + m] ?? 0) + (measures[(after - 1) * MEASURES + m] ?? 0) - earlier;
          }
          at = after;
        }
      }
    },
    take() {
      const found = sums.slice(0, keys.length * size);
      for (let begin = 0; begin < found.length; begin += size) addOn(found, begin + WIDTH, begin + size, WIDTH);
      sums.fill(0, 0, found.length);
      for (const key of keys) begins[key] = -1;
      const names = keys;
      keys = [];
      return { names, places, sums: found };
    },
  };
}
