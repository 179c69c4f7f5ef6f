import type { Day } from '../../../core/time/index.ts';
import { createTurns } from '../../../platform/turns/turns.ts';
import { dropOldest } from './oldest.ts';
import { type Cut, timesOf } from './rules/ranges.ts';
import {
  createSummer,
  halfNumber,
  halvesBetween,
  type Line,
  type Lines,
  mergeSeries,
  NO_SERIES,
  type Part,
  packSeries,
  replaceFrom,
  type Series,
  type Stretch,
} from './rules/series.ts';

/** What a series counts, told apart from others of its unit and kind: bucket and channel, say. */
export type Name = Readonly<Record<string, string>>;

/**
 * Sums by half month as this process read them, of each unit and kind whole: a question over any units and periods is
 * added up from memory. Who asks has looked at the changes before.
 */
export type SeriesBook<K extends string, N extends Name> = {
  /** What lies on this day or later is read again when it is next asked for. */
  forgetFrom(day: Day): void;
  /**
   * The whole halves of each group of units, in this order: at each of the days what lies between the days before it;
   * days at the edges of halves are not in them.
   */
  sums(ask: SeriesAsk<K, N>): Promise<readonly Lines<N>[]>;
  /** Whether every unit and kind of the question was read before. */
  knows(ask: Pick<SeriesAsk<K, N>, 'groups' | 'cuts' | 'filter'>): boolean;
  /**
   * Reads some of the units that nobody asked about yet, as long as none has to be dropped for it.
   * @returns whether there are more
   */
  readAhead(unitIds: readonly string[], kinds: readonly K[], filter: string): Promise<boolean>;
};

export type SeriesAsk<K extends string, N extends Name> = {
  readonly groups: readonly (readonly string[])[];
  /** Ascending. */
  readonly days: readonly Day[];
  readonly cuts: readonly Cut<K>[];
  /** What is counted only, in the words of who reads it; of each filter the series are kept by themselves. */
  readonly filter: string;
  /** Groups of many units are read as one where the units are not known: what they tell apart is too much to be kept of each. */
  readonly asOne?: boolean;
  /** Of what the filter tells apart only this; none: all. */
  readonly only?: (name: N) => boolean;
};

export type SeriesReading<K extends string, N extends Name> = {
  readonly unitIds: readonly string[];
  readonly kinds: readonly K[];
  /** Number of the first half. */
  readonly from: number;
  /** Numbers the names. */
  readonly keyOf: (name: N) => number;
  /** The units are counted together, and stand for the unit `''`. */
  readonly asOne: boolean;
};

/** Reads the half months of some units and kinds, by `<unit> <kind>`. */
export type ReadSeries<K extends string, N extends Name> = (
  reading: SeriesReading<K, N>,
  filter: string,
) => Promise<ReadonlyMap<string, readonly Line[]>>;

/** Units of one statement at most: of all at once the texts would weigh more than what is kept. */
const READ_AT_ONCE = 50;
/** The same while nobody waits for it, and how full that may make the book. */
const READ_AHEAD = 10;
const READ_AHEAD_SHARE = 0.8;
/** What more units than this count together is worked out once, until one of them counts anew; of so many groups. */
const MANY_UNITS = 20;
const TOGETHER_KEPT = 60;
/** What a series weighs by itself, in half months; those of a filter are many, and most of them short. */
const WEIGHT = 20;

type Pack = {
  readonly series: Promise<Series>;
  /** The same once it is read: whoever waits for nothing is done sooner. */
  read: Series | undefined;
  /** Halves before this one are as they were read. */
  upTo: number;
  points: number;
};

/** What a pack is of: a unit, or several as one, their ids in a row. */
type Place = string;
const placeOf = (unitIds: readonly string[]): Place => unitIds.join(' ');
const unitsOf = (place: Place): readonly string[] => place.split(' ');
const isUnit = (place: Place): boolean => !place.includes(' ');

const packKey = (place: Place, kind: string, filter: string): string => `${place} ${kind} ${filter}`;

/** Asks once of each key. */
function remembered(ask: (key: number) => boolean): (key: number) => boolean {
  const known: boolean[] = [];
  return (key) => {
    const found = known[key] ?? ask(key);
    known[key] = found;
    return found;
  };
}

/** @param most half months kept at most, about; ten to thirty bytes each */
export function createSeriesBook<K extends string, N extends Name>(
  read: ReadSeries<K, N>,
  most: number,
): SeriesBook<K, N> {
  const packs = new Map<string, Pack>();
  const together = new Map<string, { readonly parts: readonly Series[]; readonly series: Series }>();
  const keys = new Map<string, number>();
  const names: N[] = [];
  const keyOf = (name: N): number => {
    const text = Object.values(name).join(' ');
    const known = keys.get(text) ?? names.push(name) - 1;
    keys.set(text, known);
    return known;
  };

  const nameOf = (key: number): N => {
    const name = names[key];
    if (name === undefined) throw new Error('a key is the number of a name');
    return name;
  };

  /** Reads the halves from `from` on of some units, or of one place of several; what is known before that stays. */
  const load = (places: readonly Place[], kinds: readonly K[], from: number, filter: string): void => {
    const unitIds = places.flatMap(unitsOf);
    const asOne = unitIds.length > places.length;
    const found = read({ unitIds, kinds, from, keyOf, asOne }, filter);
    for (const place of places)
      for (const kind of kinds) {
        const key = packKey(place, kind, filter);
        const old = from === 0 ? NO_SERIES : (packs.get(key)?.series ?? NO_SERIES);
        const series = Promise.all([old, found]).then(([before, all]) => {
          const lines = all.get(`${asOne ? '' : place} ${kind}`) ?? [];
          return from === 0 ? packSeries(lines) : replaceFrom(before, from, lines);
        });
        const pack: Pack = { series, read: undefined, upTo: Number.POSITIVE_INFINITY, points: 0 };
        packs.delete(key);
        packs.set(key, pack);
        series.then(
          (read) => {
            pack.read = read;
            pack.points = WEIGHT + read.halves.length;
          },
          () => {
            if (packs.get(key) === pack) packs.delete(key);
          },
        );
      }
  };

  /** What several units count together of a kind; where a few of them count anew, only they are taken off and added. */
  const merged = (kind: string, unitIds: readonly string[], parts: readonly Series[]): Series => {
    const key = `${kind} ${unitIds.join(' ')}`;
    const known = together.get(key);
    const changed = known ? parts.flatMap((part, nth) => (part === known.parts[nth] ? [] : [nth])) : [];
    if (known && changed.length === 0) return known.series;
    together.delete(key);
    dropOldest(together, TOGETHER_KEPT - 1);
    const all = (some: readonly Series[], times: 1 | -1): Part[] => some.map((series) => ({ series, times }));
    const few = known && changed.length < parts.length / 4;
    const series = few
      ? mergeSeries([
          { series: known.series, times: 1 },
          ...all(
            changed.map((nth) => known.parts[nth] ?? NO_SERIES),
            -1,
          ),
          ...all(
            changed.map((nth) => parts[nth] ?? NO_SERIES),
            1,
          ),
        ])
      : mergeSeries(all(parts, 1));
    together.set(key, { parts, series });
    return series;
  };

  const pointsKept = (): number => {
    let points = 0;
    for (const pack of packs.values()) points += pack.points;
    return points;
  };

  const dropPoints = (): void => {
    let points = pointsKept();
    for (const [key, pack] of packs) {
      if (points <= most) return;
      points -= pack.points;
      packs.delete(key);
    }
  };

  /** Whatever of these is not known, in as few readings as there are halves to begin at. */
  const loadMissing = (places: ReadonlySet<Place>, ends: ReadonlyMap<K, number>, filter: string): void => {
    const missing = new Map<string, { readonly from: number; readonly kinds: K[]; readonly places: Place[] }>();
    for (const place of places) {
      const starts = Map.groupBy(ends.keys(), (kind) => {
        const pack = packs.get(packKey(place, kind, filter));
        return pack === undefined ? 0 : pack.upTo < (ends.get(kind) ?? 0) ? pack.upTo : -1;
      });
      for (const [from, kinds] of starts) {
        if (from < 0) continue;
        const key = `${from} ${kinds.join()}`;
        const one = missing.get(key) ?? { from, kinds, places: [] };
        one.places.push(place);
        missing.set(key, one);
      }
    }
    if (missing.size === 0) return;
    dropPoints();
    for (const { places: all, kinds, from } of missing.values()) {
      const units = all.filter(isUnit);
      for (let at = 0; at < units.length; at += READ_AT_ONCE)
        load(units.slice(at, at + READ_AT_ONCE), kinds, from, filter);
      for (const place of all) if (!isUnit(place)) load([place], kinds, from, filter);
    }
  };

  const knows: SeriesBook<K, N>['knows'] = ({ groups, cuts, filter }) =>
    groups.every((unitIds) =>
      unitIds.every((unitId) => cuts.every(({ kind }) => packs.has(packKey(unitId, kind, filter)))),
    );

  return {
    async readAhead(unitIds, kinds, filter) {
      if (pointsKept() > most * READ_AHEAD_SHARE) return false;
      const unread = unitIds.filter((unitId) => kinds.some((kind) => !packs.has(packKey(unitId, kind, filter))));
      const some = unread.slice(0, READ_AHEAD);
      if (some.length === 0) return false;
      load(some, kinds, 0, filter);
      await Promise.all(
        some.flatMap((unitId) => kinds.map((kind) => packs.get(packKey(unitId, kind, filter))?.series)),
      );
      return unread.length > some.length;
    },
    forgetFrom(day) {
      // The beginning of time is written '' or '-infinity'.
      const half = /^\d/.test(day) ? halfNumber(day) : 0;
      for (const pack of packs.values()) pack.upTo = Math.min(pack.upTo, half);
    },
    knows,
    async sums({ groups: units, days, cuts, filter, asOne = false, only }) {
      const wanted = cuts.map((cut) => ({
        kind: cut.kind,
        stretches: timesOf(cut, days).flatMap(({ from, until, s }): Stretch[] => {
          const halves = halvesBetween(from, until);
          return halves ? [{ at: s, ...halves }] : [];
        }),
      }));
      const asked = wanted.filter(({ stretches }) => stretches.length > 0);
      const groups = units.map((one) =>
        asOne && one.length > MANY_UNITS && !knows({ groups: [one], cuts, filter }) ? [placeOf(one)] : one,
      );
      loadMissing(
        new Set(groups.flat()),
        new Map(asked.map(({ kind, stretches }) => [kind, stretches.at(-1)?.end ?? 0])),
        filter,
      );
      // Taken at once: what is forgotten or dropped meanwhile is of those who ask later.
      const known = groups.map((places) =>
        asked.map((one) => ({
          ...one,
          places,
          packs: places.map((place) => packs.get(packKey(place, one.kind, filter))),
        })),
      );
      const found: Lines<N>[] = [];
      const summer = createSummer(days.length);
      const isWanted = only && remembered((key) => only(nameOf(key)));
      const turns = createTurns();
      for (const mine of known) {
        for (const { kind, places, stretches, packs: each } of mine) {
          if (turns.over()) await turns.next();
          const parts: Series[] = [];
          for (const pack of each) parts.push(pack?.read ?? (await pack?.series) ?? NO_SERIES);
          if (parts.length > MANY_UNITS) summer.add(merged(`${kind} ${filter}`, places, parts), stretches, isWanted);
          else for (const part of parts) summer.add(part, stretches, isWanted);
        }
        const { names: numbers, ...sums } = summer.take();
        found.push({ names: numbers.map(nameOf), ...sums });
      }
      return found;
    },
  };
}
