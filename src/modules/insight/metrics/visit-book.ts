import { addDays, type Day } from '../../../core/time/index.ts';
import { onePerDb } from '../../../platform/db/one-per-db.ts';
import type { Db } from '../../../platform/db/open.ts';
import { AppError } from '../../../platform/errors/app-error.ts';
import type { UnitDirectory } from '../../foundation/organisation/index.ts';
import type { MetricsContext } from './context.ts';
import { createNarrowedSeries, type NarrowedSeries, type Wider } from './narrowed-series.ts';
import { batchesOf, gridOf, type Placed } from './placed-batches.ts';
import { findCountedUnits } from './read-store.ts';
import { type Places, placesOn, unitsUnder } from './rules/placement.ts';
import { halfOf, nextHalf, rangesOf, timesOf } from './rules/ranges.ts';
import { type Lines, sumAt } from './rules/series.ts';
import type { MetricQuery, Period } from './rules/types.ts';
import type { VisitCell } from './rules/visits.ts';
import { readVisitSeries, VISITS, type VisitKind } from './series-store.ts';
import { ANY_CHANGE, lookOf } from './standing-store.ts';
import {
  isAllVisits,
  readSummedVisits,
  readVisitsSince,
  type VisitColumn,
  type VisitNarrowing,
  type VisitReading,
} from './visit-store.ts';

type VisitPart = VisitCell & { readonly key: string };
type Asked = Pick<MetricQuery, 'unitId' | 'roll' | 'period'>;

/** Where visits stand, for one question or several. */
export type VisitBook = {
  under(asked: Asked): readonly string[];
  /** The unit each of those stands at on the day. */
  placeOf(day: Day): ReadonlyMap<string, string>;
  /** The last day added up. */
  readonly frontier: Day;
  /**
   * Visits of each, in the order asked, up to now. What was added up is read once until more is, where nothing is filtered.
   * There may be several cells of one kind.
   */
  sums(asked: readonly Asked[], narrowing: VisitNarrowing): Promise<readonly (readonly VisitCell[])[]>;
  /** The same of one, told apart. */
  split(asked: Asked, narrowing: VisitNarrowing, by: VisitColumn): Promise<readonly VisitPart[]>;
  /**
   * Reads the half months of some units nobody asked about yet; `divided`: told apart, but by persons.
   * @returns whether there are more
   */
  readAhead(divided: boolean): Promise<boolean>;
};

/** Days places are remembered of. */
const DAYS_KEPT = 200;
/** Half months kept at most: those of 250 units over three years are 90 thousand, with steps told apart 280 thousand. */
const MOST = { all: 500_000, divided: 900_000, narrowed: 100_000 };

/** What many look at; who did the steps is asked of few units. */
const READ_AHEAD = ['step', 'procedure', 'channel'] as const;

type Last = { readonly directory: UnitDirectory; readonly stamp: string; readonly book: VisitBook };
const lastOf = onePerDb((): { book?: Last } => ({}));

/**
 * Desks and offices decide nothing, so places of visits are of other units than those of dossiers.
 * @throws AppError metrics/building before the sums of visits were first made: counting all tasks takes minutes
 */
export async function openVisitBook(ctx: MetricsContext): Promise<VisitBook> {
  const last = lastOf(ctx.readDb);
  const [directory, { frontier }] = await Promise.all([ctx.directory(), lookOf(ctx.readDb)(ANY_CHANGE)]);
  if (frontier === null) throw new AppError('metrics/building');
  if (last.book?.directory === directory && last.book.stamp === frontier.stamp) return last.book.book;
  const visited = await findCountedUnits(ctx.readDb, 'metrics.visit_total');
  const book = createVisitBook(ctx.readDb, directory, visited, frontier.day);
  last.book = { directory, stamp: frontier.stamp, book };
  return book;
}

function createVisitBook(db: Db, directory: UnitDirectory, visited: readonly string[], frontier: Day): VisitBook {
  const known = new Map<Day, Places>();
  const series: Series = createNarrowedSeries(
    (reading, filter) => readVisitSeries(db, reading, filter, frontier),
    MOST,
  );
  const inSums = new Set(visited);
  /** Those without visits before today are in no sum. */
  const readSums = (reading: VisitReading) => {
    const groups = reading.groups.map((unitIds) => unitIds.filter((unitId) => inSums.has(unitId)));
    return readSeries(db, series, { ...reading, groups }, frontier);
  };
  const eachUnit = async (
    unitIds: readonly string[],
    period: Period,
    narrowing: VisitNarrowing,
  ): Promise<readonly VisitPart[]> => {
    const reading = { groups: unitIds.map((id) => [id]), periods: [period], narrowing };
    const cells = await readSums(reading);
    return unitIds.flatMap((key, g) => cells(g, 0).map((cell) => ({ ...cell, key })));
  };
  const placesOf = (day: Day): Places => {
    const found = known.get(day) ?? placesOn(directory, visited, day);
    if (known.size > DAYS_KEPT) known.clear();
    known.set(day, found);
    return found;
  };
  const under: VisitBook['under'] = ({ unitId, roll, period: { to } }) => {
    // Today's visits may be the first of a unit.
    const present = directory.reachOn(unitId, roll === 'tree' ? 'subtree' : 'unit', to);
    return [...new Set([...present, ...unitsUnder(directory, placesOf(to), unitId, roll, to)])];
  };
  const placed = (one: Asked): Placed<Asked> => {
    const { unitId, roll, period } = one;
    return { key: `${unitId} ${roll} ${period.from} ${period.to}`, one, unitIds: under(one) };
  };
  /** By key: one reading for each batch. */
  const readEach = (wanted: readonly Placed<Asked>[], read: ReadVisits): ReadonlyMap<string, Promise<Cells>> => {
    const each = new Map(wanted.map((one) => [one.key, one]));
    const found = new Map<string, Promise<Cells>>();
    for (const batch of batchesOf([...each.values()], () => '')) {
      const { groups, periods, placeOf } = gridOf(batch);
      const grid = read(groups, periods);
      for (const one of batch) {
        const { g, p } = placeOf(one);
        found.set(
          one.key,
          grid.then((cells) => cells(g, p)),
        );
      }
    }
    return found;
  };

  return {
    frontier,
    under,
    async readAhead(divided) {
      if (!divided) return series.readAhead(visited, [VISITS], undefined);
      for (const by of READ_AHEAD) if (await series.readAhead(visited, [VISITS], by)) return true;
      return false;
    },
    async split(asked, narrowing, by) {
      const unitIds = under(asked);
      const reading = { groups: [unitIds], periods: [asked.period], narrowing, by };
      const [summed, since] = await Promise.all([
        by === 'unit' ? eachUnit(unitIds, asked.period, narrowing) : readSums(reading).then((parts) => parts(0, 0)),
        readVisitsSince(db, reading, frontier),
      ]);
      return [...summed, ...since];
    },
    placeOf: (day) => new Map([...placesOf(day)].flatMap(([place, ids]) => ids.map((id) => [id, place] as const))),
    async sums(asked, narrowing) {
      const wanted = asked.map(placed);
      const summed = readEach(wanted, (groups, periods) => readSums({ groups, periods, narrowing }));
      const running = wanted.filter(({ one }) => one.period.to > frontier);
      const since = readEach(running, (groups, periods) =>
        readVisitsSince(db, { groups, periods, narrowing }, frontier).then(gridOfRows),
      );
      return Promise.all(
        wanted.map(async ({ key }) => (await Promise.all([summed.get(key) ?? [], since.get(key) ?? []])).flat()),
      );
    },
  };
}

type Series = NarrowedSeries<typeof VISITS, VisitKind, VisitNarrowing, VisitColumn>;
type Cells = readonly VisitCell[];
type Groups = readonly (readonly string[])[];
/** Reads groups and periods; what was read of one of both. */
type ReadVisits = (groups: Groups, periods: readonly Period[]) => Promise<(g: number, p: number) => Cells>;

const gridOfRows = (rows: readonly (VisitCell & { readonly g: number; readonly p: number })[]) => {
  const found = Map.groupBy(rows, ({ g, p }) => `${g} ${p}`);
  return (g: number, p: number): Cells => found.get(`${g} ${p}`) ?? [];
};

/** Whole halves from memory, days at the edges of a period from the sums by day. */
async function readSeries(
  db: Db,
  series: Series,
  { groups, periods, narrowing, by }: VisitReading,
  frontier: Day,
): Promise<(g: number, p: number) => readonly VisitPart[]> {
  const live = addDays(frontier, 1);
  // Nothing lies beyond the frontier: the half it is in counts as whole.
  const end = halfOf(live) === live ? live : nextHalf(halfOf(live));
  const times = periods.map(({ from, to }) => ({ from, until: to < frontier ? addDays(to, 1) : end }));
  const days = [...new Set(times.filter((one) => one.from < one.until).flatMap((one) => [one.from, one.until]))].sort();
  const edges = timesOf({ days, stock: false }, days).flatMap(({ from, until, s }) =>
    from !== undefined && times.some((one) => one.from <= from && until <= one.until)
      ? rangesOf(from, until).flatMap((one) => (one.grain === 'day' ? [{ ...one, s }] : []))
      : [],
  );
  const edgePeriods = edges.map((one) => periodOfDays(one.from, addDays(one.until, -1)));
  const [halves, rows] = await Promise.all([
    series.sums(
      { groups, days, cuts: [{ kind: VISITS, days, stock: false }] },
      { narrowing: isAllVisits(narrowing) ? undefined : narrowing, by },
      widerOf(narrowing, by),
    ),
    readSummedVisits(db, { groups, periods: edgePeriods, narrowing, by }, frontier),
  ]);
  const atEdges = Map.groupBy(rows, ({ g }) => g);
  return (g, p) => {
    const { from = '', until = '' } = times[p] ?? {};
    if (from >= until) return [];
    const [first, last] = [days.indexOf(from), days.indexOf(until)];
    const inside = ({ p: edge }: { readonly p: number }): boolean => {
      const { s = -1 } = edges[edge] ?? {};
      return first < s && s <= last;
    };
    return [...cellsOf(halves[g], first, last), ...(atEdges.get(g) ?? []).filter(inside)];
  };
}

/** One step is among all steps told apart, some procedures and a channel alike. */
function widerOf(
  { stepId, procedureCodes, channel, staffId }: VisitNarrowing,
  by: VisitColumn | undefined,
): Wider<VisitKind, VisitColumn> | undefined {
  const asked = [
    ...(stepId === undefined ? [] : [{ of: 'step', keys: [stepId] } as const]),
    ...(procedureCodes === undefined ? [] : [{ of: 'procedure', keys: procedureCodes } as const]),
    ...(channel === undefined ? [] : [{ of: 'channel', keys: [channel] } as const]),
  ];
  const [one, another] = asked;
  if (!one || another || staffId !== undefined || (by ?? one.of) !== one.of) return undefined;
  const keys = new Set<string>(one.keys);
  return { by: one.of, only: ({ key }) => keys.has(key) };
}

/** Of days that belong together by nothing else. */
const periodOfDays = (from: Day, to: Day): Period => ({ id: `${from} ${to}`, cutoff: 'calendar', from, to });

/** From the day at one place to before that at another. */
function cellsOf(lines: Lines<VisitKind> | undefined, first: number, last: number): readonly VisitPart[] {
  if (!lines) return [];
  return lines.names.map((name, nth) => {
    const between = (measure: number): number => sumAt(lines, nth, last, measure) - sumAt(lines, nth, first, measure);
    return { ...name, n: between(0), measured: between(1), minutes: between(2) };
  });
}
