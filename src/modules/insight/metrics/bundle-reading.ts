import { addDays, type Day, dayOf } from '../../../core/time/index.ts';
import type { Db } from '../../../platform/db/open.ts';
import { createTurns } from '../../../platform/turns/turns.ts';
import type { Bundle, Cell, Kind, Needs } from './rules/bundle.ts';
import type { Cut } from './rules/ranges.ts';
import type { Period } from './rules/types.ts';
import {
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
  const keyOf = ({ g, procedure }: { readonly g: number; readonly procedure: string }): string => `${g} ${procedure}`;
  const segments = Map.groupBy(sums, keyOf);
  const received766 = late.map((rows) => Map.groupBy(rows, keyOf));
  const lateNow = Map.groupBy(lateToday, keyOf);
  // Some may have nothing but dossiers due this morning.
  const series = new Map([...sums, ...lateToday].map((one) => [keyOf(one), { g: one.g, procedure: one.procedure }]));
  const found: FoundBundle[] = [];
  const turns = createTurns();
  for (const [key, { g, procedure }] of series) {
    if (turns.over()) await turns.next();
    const mine = seriesOf(segments.get(key) ?? [], days.length);
    for (const [p, period] of ask.periods.entries()) {
      const at = places[p];
      if (!at) continue;
      const here = received766[p]?.get(key) ?? [];
      const bundle: Bundle = {
        cells: mine.filter((one) => !one.bucket.startsWith('late766/')).map((one) => cellOf(one, at)),
        lateToday: period.to >= today ? (lateNow.get(key) ?? []) : [],
        late766: kept766 ? late766Of(mine, at, period.from.slice(0, 7), here) : here,
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
