import { addDays, type Day, dayOf } from '../../../core/time/index.ts';
import type { Db } from '../../../platform/db/open.ts';
import type { Bundle, Cell, Kind, Needs } from './rules/bundle.ts';
import type { Period } from './rules/types.ts';
import {
  type Cut,
  isSmall,
  readLate766,
  readLateToday,
  readSegments,
  type SegmentAsk,
  type SegmentSum,
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
  const [sums, lateToday, ...late] = await Promise.all([
    readSegments(db, { ...ask, days, cuts }),
    ask.withLateToday && running && ask.kinds.includes('late-from') ? readLateToday(db, ask, today, now) : [],
    ...points.map((one) => {
      const until = kept766 ? one.from : one.after;
      const from = kept766 ? one.month : one.from;
      const none = !ask.kinds.includes('late766') || from >= until;
      return none ? Promise.resolve([]) : readLate766(db, ask, from, until, addDays(one.afterAsOf, -1));
    }),
  ]);
  const bySeries = new Map<string, { readonly g: number; readonly procedure: string; readonly sums: SegmentSum[] }>();
  const mineOf = ({ g, procedure }: { readonly g: number; readonly procedure: string }): SegmentSum[] => {
    const key = `${g} ${procedure}`;
    const known = bySeries.get(key);
    if (known) return known.sums;
    const made: SegmentSum[] = [];
    bySeries.set(key, { g, procedure, sums: made });
    return made;
  };
  for (const sum of sums) mineOf(sum).push(sum);
  // Some may have nothing but dossiers due this morning.
  for (const one of lateToday) mineOf(one);
  return [...bySeries.values()].flatMap(({ g, procedure, sums: mine }) => {
    const series = seriesOf(mine, days.length);
    const here = (one: { readonly g: number; readonly procedure: string }): boolean =>
      one.g === g && one.procedure === procedure;
    return ask.periods.flatMap((period, p) => {
      const at = places[p];
      if (!at) return [];
      const cells = series.filter((one) => !one.bucket.startsWith('late766/')).map((one) => cellOf(one, at));
      const bundle: Bundle = {
        cells,
        lateToday: period.to >= today ? lateToday.filter(here) : [],
        late766: kept766
          ? late766Of(series, at, period.from.slice(0, 7), (late[p] ?? []).filter(here))
          : (late[p] ?? []).filter(here),
      };
      return [{ g, p, procedure, bundle }];
    });
  });
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

/** Sums of one bucket and channel; each list has the sum of all segments up to and with the nth. */
type Series = {
  readonly bucket: string;
  readonly channel: string;
  readonly n: number[];
  readonly minutes: number[];
  readonly worked: number[];
  readonly workMinutes: number[];
};

function seriesOf(sums: readonly SegmentSum[], length: number): readonly Series[] {
  const found = new Map<string, Series>();
  const zeros = (): number[] => new Array<number>(length).fill(0);
  for (const sum of sums) {
    const key = `${sum.bucket} ${sum.channel}`;
    let one = found.get(key);
    if (!one) {
      const { bucket, channel } = sum;
      one = { bucket, channel, n: zeros(), minutes: zeros(), worked: zeros(), workMinutes: zeros() };
      found.set(key, one);
    }
    one.n[sum.s] = (one.n[sum.s] ?? 0) + sum.n;
    one.minutes[sum.s] = (one.minutes[sum.s] ?? 0) + sum.minutes;
    one.worked[sum.s] = (one.worked[sum.s] ?? 0) + sum.worked;
    one.workMinutes[sum.s] = (one.workMinutes[sum.s] ?? 0) + sum.workMinutes;
  }
  for (const one of found.values()) {
    for (const list of [one.n, one.minutes, one.worked, one.workMinutes])
      for (let s = 1; s < length; s++) list[s] = (list[s] ?? 0) + (list[s - 1] ?? 0);
  }
  return [...found.values()];
}

/** From the day at one place of the days to before that at another. */
const between = (list: readonly number[], from: number, until: number): number =>
  (list[until] ?? 0) - (list[from] ?? 0);

function cellOf(series: Series, at: Places): Cell {
  return {
    bucket: series.bucket,
    channel: series.channel,
    flow: between(series.n, at.from, at.after),
    before: series.n[at.from] ?? 0,
    toLateDay: series.n[at.late] ?? 0,
    minutes: between(series.minutes, at.from, at.after),
    worked: between(series.worked, at.from, at.after),
    workMinutes: between(series.workMinutes, at.from, at.after),
  };
}

/**
 * Received in the period and late by its end: the sums know the month of reception; what was received in that month
 * before the period is taken off.
 */
function late766Of(
  series: readonly Series[],
  at: Places,
  fromMonth: string,
  before: readonly { readonly channel: string; readonly n: number }[],
): { channel: string; n: number }[] {
  return [
    ...series
      .filter((one) => one.bucket.startsWith('late766/') && one.bucket.slice(8) >= fromMonth)
      .map((one) => ({ channel: one.channel, n: between(one.n, at.month, at.afterAsOf) })),
    ...before.map(({ channel, n }) => ({ channel, n: -n })),
  ];
}
