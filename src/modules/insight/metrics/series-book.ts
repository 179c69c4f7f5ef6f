import type { Day } from '../../../core/time/index.ts';
import { onePerDb } from '../../../platform/db/one-per-db.ts';
import type { Db } from '../../../platform/db/open.ts';
import { createTurns } from '../../../platform/turns/turns.ts';
import type { Kind } from './rules/bundle.ts';
import { timesOf } from './rules/ranges.ts';
import {
  addSeries,
  halfNumber,
  halvesBetween,
  NO_SERIES,
  packSeries,
  replaceFrom,
  type Series,
  type Stretch,
  WIDTH,
} from './rules/series.ts';
import type { SegmentAsk, SegmentSum } from './segment-store.ts';
import { readSeries } from './series-store.ts';

/**
 * The sums of `total` by half month as this process read them, of each unit and kind whole: a question over any units and
 * periods is added up from memory. Who asks has looked at the changes before (`BundleBook.refresh`).
 */
export type SeriesBook = {
  /** What lies on this day or later is read again when it is next asked for. */
  forgetFrom(day: Day): void;
  /** The whole halves of a question without filters; days at the edges are not in them. */
  sums(ask: Pick<SegmentAsk, 'groups' | 'days' | 'cuts'>): Promise<readonly SegmentSum[]>;
};

/** Half months kept at most, ten to thirty bytes each: those of 250 units over three years are half a million. */
const KEPT_POINTS = 1_500_000;

/** Units of one statement at most: of all at once the texts would weigh more than what is kept. */
const READ_AT_ONCE = 50;

type Pack = {
  readonly series: Promise<Series>;
  /** Halves before this one are as they were read. */
  upTo: number;
  points: number;
};

/** The book of a database; kept as long as its pool. */
export const seriesBookOf = onePerDb((db) => createSeriesBook(db));

/** @param most half months kept at most, about */
export function createSeriesBook(db: Db, most = KEPT_POINTS): SeriesBook {
  const packs = new Map<string, Pack>();
  const keys = new Map<string, number>();
  const names: { readonly bucket: string; readonly channel: string }[] = [];
  const keyOf = (bucket: string, channel: string): number => {
    const name = `${bucket} ${channel}`;
    const known = keys.get(name) ?? names.push({ bucket, channel }) - 1;
    keys.set(name, known);
    return known;
  };

  /** Reads the halves from `from` on of some units and kinds; what is known before that stays. */
  const load = (unitIds: readonly string[], kinds: readonly Kind[], from: number): void => {
    const found = readSeries(db, unitIds, kinds, from, keyOf);
    for (const unitId of unitIds)
      for (const kind of kinds) {
        const key = `${unitId} ${kind}`;
        const old = from === 0 ? NO_SERIES : (packs.get(key)?.series ?? NO_SERIES);
        const series = Promise.all([old, found]).then(([before, points]) =>
          from === 0 ? packSeries(points.get(key) ?? []) : replaceFrom(before, from, points.get(key) ?? []),
        );
        const pack: Pack = { series, upTo: Number.POSITIVE_INFINITY, points: 0 };
        packs.delete(key);
        packs.set(key, pack);
        series.then(
          (read) => {
            pack.points = read.halves.length;
          },
          () => {
            if (packs.get(key) === pack) packs.delete(key);
          },
        );
      }
  };

  const dropOldest = (): void => {
    let points = 0;
    for (const pack of packs.values()) points += pack.points;
    for (const [key, pack] of packs) {
      if (points <= most) return;
      points -= pack.points;
      packs.delete(key);
    }
  };

  /** Whatever of these is not known, in as few readings as there are halves to begin at. */
  const loadMissing = (unitIds: ReadonlySet<string>, ends: ReadonlyMap<Kind, number>): void => {
    const missing = new Map<string, { readonly from: number; readonly kinds: Kind[]; readonly unitIds: string[] }>();
    for (const unitId of unitIds) {
      const starts = Map.groupBy(ends.keys(), (kind) => {
        const pack = packs.get(`${unitId} ${kind}`);
        return pack === undefined ? 0 : pack.upTo < (ends.get(kind) ?? 0) ? pack.upTo : -1;
      });
      for (const [from, kinds] of starts) {
        if (from < 0) continue;
        const key = `${from} ${kinds.join()}`;
        const one = missing.get(key) ?? { from, kinds, unitIds: [] };
        one.unitIds.push(unitId);
        missing.set(key, one);
      }
    }
    if (missing.size === 0) return;
    dropOldest();
    for (const { unitIds: all, kinds, from } of missing.values())
      for (let at = 0; at < all.length; at += READ_AT_ONCE) load(all.slice(at, at + READ_AT_ONCE), kinds, from);
  };

  return {
    forgetFrom(day) {
      // The beginning of time is written '' or '-infinity'.
      const half = /^\d/.test(day) ? halfNumber(day) : 0;
      for (const pack of packs.values()) pack.upTo = Math.min(pack.upTo, half);
    },
    async sums({ groups, days, cuts }) {
      const wanted = cuts.map((cut) => ({
        kind: cut.kind,
        stretches: timesOf(cut, days).flatMap(({ from, until, s }): Stretch[] => {
          const halves = halvesBetween(from, until);
          return halves ? [{ at: s, ...halves }] : [];
        }),
      }));
      const asked = wanted.filter(({ stretches }) => stretches.length > 0);
      loadMissing(
        new Set(groups.flat()),
        new Map(asked.map(({ kind, stretches }) => [kind, stretches.at(-1)?.end ?? 0])),
      );
      // Taken at once: what is forgotten or dropped meanwhile is of those who ask later.
      const known = groups.map((unitIds) =>
        asked.flatMap(({ kind, stretches }) =>
          unitIds.map((unitId) => ({ stretches, series: packs.get(`${unitId} ${kind}`)?.series ?? NO_SERIES })),
        ),
      );
      const found: SegmentSum[] = [];
      const turns = createTurns();
      for (const [g, mine] of known.entries()) {
        const sums = new Map<number, Float64Array>();
        const sumsOf = (key: number): Float64Array => {
          const made = sums.get(key) ?? new Float64Array(days.length * WIDTH);
          sums.set(key, made);
          return made;
        };
        for (const { stretches, series } of mine) {
          if (turns.over()) await turns.next();
          addSeries(await series, stretches, sumsOf);
        }
        for (const [key, values] of sums) addRows(found, g, names[key] ?? { bucket: '', channel: '' }, values);
      }
      return found;
    },
  };
}

function addRows(
  rows: SegmentSum[],
  g: number,
  { bucket, channel }: { readonly bucket: string; readonly channel: string },
  values: Float64Array,
): void {
  for (let s = 0; s * WIDTH < values.length; s++) {
    const [n = 0, minutes = 0, worked = 0, workMinutes = 0] = values.subarray(s * WIDTH, (s + 1) * WIDTH);
    if (n === 0 && minutes === 0 && worked === 0 && workMinutes === 0) continue;
    rows.push({ g, s, bucket, channel, procedure: '', n, minutes, worked, workMinutes });
  }
}
