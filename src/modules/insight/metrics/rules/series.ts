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
    const begin = (ends[nth] ?? 0) - line.halves.length;
    halves.set(line.halves, begin);
    n.set(line.n, begin);
    if (measured) measures.set(line.measures, begin * MEASURES);
    addOn(n, begin + 1, ends[nth] ?? 0, 1);
    if (measured) addOn(measures, (begin + 1) * MEASURES, (ends[nth] ?? 0) * MEASURES, MEASURES);
  }
  return { keys: Int32Array.from(lines, (one) => one.key), ends, halves, n, measures };
}

/** Adds to each number from one place to before another that which stands `width` before it. */
function addOn(numbers: Int32Array | Float64Array, from: number, until: number, width: number): void {
  for (let at = from; at < until; at++) numbers[at] = (numbers[at] ?? 0) + (numbers[at - width] ?? 0);
}

/** What a series says of each of its keys, half by half. */
function linesOf({ keys, ends, halves, n, measures }: Series): readonly Line[] {
  return Array.from(keys, (key, nth): Line => {
    const [begin, end] = [ends[nth - 1] ?? 0, ends[nth] ?? 0];
    const apart = (numbers: Int32Array | Float64Array, width: number): number[] =>
      Array.from(numbers.subarray(begin * width, end * width), (value, at) =>
        at < width ? value : value - (numbers[begin * width + at - width] ?? 0),
      );
    return { key, halves: halves.subarray(begin, end), n: apart(n, 1), measures: apart(measures, MEASURES) };
  });
}

/** The series with its halves from `from` on replaced by those of the lines, which all lie from there on. */
export function replaceFrom(series: Series, from: number, lines: readonly Line[]): Series {
  const later = new Map(lines.map((line) => [line.key, line]));
  const joined = linesOf(series).map((line): Line => {
    const after = later.get(line.key);
    later.delete(line.key);
    const kept = Array.from(line.halves).filter((half) => half < from);
    const measures = Array.from(line.measures).slice(0, kept.length * MEASURES);
    return {
      key: line.key,
      halves: [...kept, ...Array.from(after?.halves ?? [])],
      n: [...Array.from(line.n).slice(0, kept.length), ...Array.from(after?.n ?? [])],
      measures: [...measures, ...Array.from(after?.measures ?? [])],
    };
  });
  return packSeries([...joined.filter((one) => one.halves.length > 0), ...later.values()]);
}

/** What several series say together. */
export function mergeSeries(all: readonly Series[]): Series {
  const halves = all.flatMap((one) => (one.halves.length > 0 ? [one.halves] : []));
  if (halves.length === 0) return NO_SERIES;
  const first = halves.reduce((low, one) => one.reduce((a, b) => Math.min(a, b), low), Number.POSITIVE_INFINITY);
  const last = halves.reduce((high, one) => one.reduce((a, b) => Math.max(a, b), high), 0);
  const size = last - first + 1;
  const measured = all.some((one) => one.measures.length > 0);
  type Sums = { readonly n: Int32Array; readonly measures: Float64Array; readonly seen: Uint8Array };
  const sums = new Map<number, Sums>();
  for (const series of all)
    for (const [nth, key] of series.keys.entries()) {
      const mine = sums.get(key) ?? {
        n: new Int32Array(size),
        measures: new Float64Array(measured ? size * MEASURES : 0),
        seen: new Uint8Array(size),
      };
      sums.set(key, mine);
      const begin = series.ends[nth - 1] ?? 0;
      for (let at = begin; at < (series.ends[nth] ?? 0); at++) {
        const half = (series.halves[at] ?? 0) - first;
        mine.seen[half] = 1;
        mine.n[half] = (mine.n[half] ?? 0) + (series.n[at] ?? 0) - (at > begin ? (series.n[at - 1] ?? 0) : 0);
        for (let m = 0; m < MEASURES && series.measures.length > 0; m++) {
          const before = at > begin ? (series.measures[(at - 1) * MEASURES + m] ?? 0) : 0;
          const place = half * MEASURES + m;
          mine.measures[place] = (mine.measures[place] ?? 0) + (series.measures[at * MEASURES + m] ?? 0) - before;
        }
      }
    }
  return packSeries(
    [...sums].map(([key, { n, measures, seen }]): Line => {
      const there = Array.from(seen.keys()).filter((half) => seen[half] === 1);
      const ofHalf = (half: number): Float64Array => measures.subarray(half * MEASURES, (half + 1) * MEASURES);
      return {
        key,
        halves: there.map((half) => half + first),
        n: there.map((half) => n[half] ?? 0),
        measures: measured ? there.flatMap((half) => [...ofHalf(half)]) : [],
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
  /** @param stretches ascending, not overlapping */
  add(series: Series, stretches: readonly Stretch[]): void;
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
    add({ keys: named, ends, halves, n, measures }, stretches) {
      const measured = measures.length > 0;
      let begin = 0;
      for (let nth = 0; nth < named.length; nth++) {
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
        begin = end;
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
