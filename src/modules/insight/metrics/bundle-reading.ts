import { addDays, type Day, dayOf } from '../../../core/time/index.ts';
import type { Db } from '../../../platform/db/open.ts';
import { createTurns } from '../../../platform/turns/turns.ts';
import type { Bundle, Cell, Kind, Needs } from './rules/bundle.ts';
import type { Cut } from './rules/ranges.ts';
import { addUp, WIDTH } from './rules/series.ts';
import type { Period } from './rules/types.ts';
import {
  isSmall,
  readLate766,
  readLateToday,
  readSegments,
  type SegmentAsk,
  type SegmentSeries,
} from './segment-store.ts';

export type BundleAsk = Omit<SegmentAsk, 'days' | 'cuts'> &
  Needs & {
    readonly periods: readonly Period[];
    /** Also who are past their due instant since this morning: left out of bundles that are kept. */
    readonly withLateToday: boolean;
  };

/** A bundle of one group and one period; `procedure` is empty unless asked by procedure. */
export type FoundBundle = {
  readonly g: number;
  readonly p: number;
  readonly procedure: string;
  readonly bundle: Bundle;
};

/** All groups and periods in one reading. Groups that never counted anything are left out. */
export async function readBundles(db: Db, ask: BundleAsk, now: Date): Promise<readonly FoundBundle[]> {
  const today = dayOf(now);
  const points = ask.periods.map((period) => pointsOf(period, today));
  // Filtered, they are counted from the facts by the days of reception.
  const kept766 = ask.kinds.includes('late766') && isSmall(ask);
  const cuts = ask.kinds
    .filter((kind) => kind !== 'late766' || kept766)
    .map((kind): Cut => ({ kind, days: daysOf(points, kind), stock: ask.stock.includes(kind) }));
  const days = [...new Set(cuts.flatMap((cut) => cut.days))].sort();
  const places = points.map((one) => placesOf(one, days));
  const running = ask.periods.some((period) => period.to >= today);
  const [segments, lateToday, ...late] = await Promise.all([
    readSegments(db, { ...ask, days, cuts }),
    ask.withLateToday && running && ask.kinds.includes('late-from') ? readLateToday(db, ask, today, now) : [],
    ...points.map((one) => {
      const until = kept766 ? one.from : one.after;
      const from = kept766 ? one.month : one.from;
      const none = !ask.kinds.includes('late766') || from >= until;
      return none ? Promise.resolve([]) : readLate766(db, ask, from, until, addDays(one.afterAsOf, -1));
    }),
  ]);
  const keyOf = ({ g, procedure }: { readonly g: number; readonly procedure: string }): string => `${g} ${procedure}`;
  const received766 = late.map((rows) => Map.groupBy(rows, keyOf));
  const lateNow = Map.groupBy(lateToday, keyOf);
  for (const { series } of segments) for (const { sums } of series) addUp(sums);
  const groups = new Map(segments.map((one) => [keyOf(one), one]));
  // Some may have nothing but dossiers due this morning.
  for (const [key, [one]] of lateNow)
    if (one && !groups.has(key)) groups.set(key, { g: one.g, procedure: one.procedure, series: [] });
  const found: FoundBundle[] = [];
  const turns = createTurns();
  for (const [key, { g, procedure, series }] of groups) {
    if (turns.over()) await turns.next();
    for (const [p, period] of ask.periods.entries()) {
      const at = places[p];
      if (!at) continue;
      const here = received766[p]?.get(key) ?? [];
      const bundle: Bundle = {
        cells: series.filter((one) => !isLate766(one)).flatMap((one) => cellOf(one, at) ?? []),
        lateToday: period.to >= today ? (lateNow.get(key) ?? []) : [],
        late766: kept766 ? late766Of(series, at, period.from.slice(0, 7), here) : here,
      };
      found.push({ g, p, procedure, bundle });
    }
  }
  return found;
}

type Points = {
  /** First day of the month of `from`. */
  readonly month: Day;
  readonly from: Day;
  readonly after: Day;
  /** Lateness of the open is judged by days before this. */
  readonly late: Day;
  /** Decision 766 by days before this. */
  readonly afterAsOf: Day;
};

/** The days a kind has to be cut at; each other cut would only break whole months. */
const CUT_AT: Readonly<Record<Kind, readonly (keyof Points)[]>> = {
  received: ['from', 'after'],
  served: ['from', 'after'],
  ended: ['from', 'after'],
  'late-until': ['from', 'after'],
  due: ['from', 'after'],
  'late-from': ['late'],
  late766: ['month', 'afterAsOf'],
};

const daysOf = (points: readonly Points[], kind: Kind): readonly Day[] =>
  [...new Set(points.flatMap((one) => CUT_AT[kind].map((name) => one[name])))].sort();

/** Where the points of a period stand among the days read. */
type Places = Readonly<Record<keyof Points, number>>;

const placesOf = (points: Points, days: readonly Day[]): Places => ({
  month: days.indexOf(points.month),
  from: days.indexOf(points.from),
  after: days.indexOf(points.after),
  late: days.indexOf(points.late),
  afterAsOf: days.indexOf(points.afterAsOf),
});

function pointsOf(period: Period, today: Day): Points {
  const after = addDays(period.to, 1);
  const running = period.to >= today;
  return {
    month: `${period.from.slice(0, 7)}-01`,
    from: period.from,
    after,
    late: running ? today : after,
    afterAsOf: running ? addDays(today, 1) : after,
  };
}

/** What an added up series has before the day at a place: the nth of its sums. */
const before = ({ sums }: SegmentSeries, place: number, nth: number): number => sums[place * WIDTH + nth] ?? 0;

/** From the day at one place of the days to before that at another. */
const between = (series: SegmentSeries, from: number, until: number, nth: number): number =>
  before(series, until, nth) - before(series, from, nth);

/** Undefined where nothing is counted. */
function cellOf(series: SegmentSeries, at: Places): Cell | undefined {
  const { bucket, channel } = series;
  const flow = between(series, at.from, at.after, 0);
  const stock = before(series, at.from, 0);
  const toLateDay = before(series, at.late, 0);
  if (flow === 0 && stock === 0 && toLateDay === 0) return undefined;
  return {
    bucket,
    channel,
    flow,
    before: stock,
    toLateDay,
    minutes: between(series, at.from, at.after, 1),
    worked: between(series, at.from, at.after, 2),
    workMinutes: between(series, at.from, at.after, 3),
  };
}

const isLate766 = ({ bucket }: SegmentSeries): boolean => bucket.startsWith('late766/');

/**
 * Received in the period and late by its end: the sums know the month of reception; what was received in that month
 * before the period is taken off.
 */
function late766Of(
  series: readonly SegmentSeries[],
  at: Places,
  fromMonth: string,
  early: readonly { readonly channel: string; readonly n: number }[],
): { channel: string; n: number }[] {
  return [
    ...series
      .filter((one) => isLate766(one) && one.bucket.slice(8) >= fromMonth)
      .map((one) => ({ channel: one.channel, n: between(one, at.month, at.afterAsOf, 0) })),
    ...early.map(({ channel, n }) => ({ channel, n: -n })),
  ];
}
