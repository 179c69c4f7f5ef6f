import { addDays, type Day, dayOf } from '../../../core/time/index.ts';
import type { Db } from '../../../platform/db/open.ts';
import type { Bundle, Cell } from './rules/bundle.ts';
import type { Period } from './rules/types.ts';
import { readLate766, readLateToday, readSegments, type SegmentAsk, type SegmentSum } from './segment-store.ts';

export type BundleAsk = Omit<SegmentAsk, 'days'> & {
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
  const late766 = ask.kinds.includes('late766');
  const points = ask.periods.map((period) => pointsOf(period, today, late766));
  const days = [...new Set(points.flatMap((one) => Object.values(one)))].sort();
  const running = ask.periods.some((period) => period.to >= today);
  const [sums, lateToday, ...late] = await Promise.all([
    readSegments(db, { ...ask, days }),
    ask.withLateToday && running && ask.kinds.includes('late-from') ? readLateToday(db, ask, today, now) : [],
    ...points.map((one) =>
      late766 && one.month < one.from
        ? readLate766(db, ask, one.month, one.from, addDays(one.afterAsOf, -1))
        : Promise.resolve([]),
    ),
  ]);
  const bySeries = new Map<string, { readonly g: number; readonly procedure: string; readonly sums: SegmentSum[] }>();
  for (const sum of sums) {
    const key = `${sum.g} ${sum.procedure}`;
    const known = bySeries.get(key);
    if (known) known.sums.push(sum);
    else bySeries.set(key, { g: sum.g, procedure: sum.procedure, sums: [sum] });
  }
  return [...bySeries.values()].flatMap(({ g, procedure, sums: mine }) => {
    const series = seriesOf(mine, days.length);
    const here = (one: { readonly g: number; readonly procedure: string }): boolean =>
      one.g === g && one.procedure === procedure;
    return ask.periods.flatMap((period, p) => {
      const at = points[p];
      if (!at) return [];
      const cells = series.filter((one) => !one.bucket.startsWith('late766/')).map((one) => cellOf(one, days, at));
      const bundle: Bundle = {
        cells,
        lateToday: period.to >= today ? lateToday.filter(here) : [],
        late766: late766 ? late766Of(series, days, at, (late[p] ?? []).filter(here)) : [],
      };
      return [{ g, p, procedure, bundle }];
    });
  });
}

type Points = {
  /** First day of the month of `from`; `from` where Decision 766 is not asked for. */
  readonly month: Day;
  readonly from: Day;
  readonly after: Day;
  /** Lateness of the open is judged by days before this. */
  readonly late: Day;
  readonly afterAsOf: Day;
};

function pointsOf(period: Period, today: Day, late766: boolean): Points {
  const after = addDays(period.to, 1);
  const running = period.to >= today;
  return {
    month: late766 ? `${period.from.slice(0, 7)}-01` : period.from,
    from: period.from,
    after,
    late: running ? today : after,
    afterAsOf: late766 && running ? addDays(today, 1) : after,
  };
}

type Numbers = { readonly n: number; readonly minutes: number; readonly worked: number; readonly workMinutes: number };
type Series = { readonly bucket: string; readonly channel: string; readonly at: readonly Numbers[] };
const NOTHING: Numbers = { n: 0, minutes: 0, worked: 0, workMinutes: 0 };

function seriesOf(sums: readonly SegmentSum[], length: number): readonly Series[] {
  const found = new Map<string, { bucket: string; channel: string; at: Numbers[] }>();
  for (const sum of sums) {
    const key = `${sum.bucket} ${sum.channel}`;
    let one = found.get(key);
    if (!one) {
      one = { bucket: sum.bucket, channel: sum.channel, at: Array.from({ length }, () => NOTHING) };
      found.set(key, one);
    }
    one.at[sum.s] = add(one.at[sum.s] ?? NOTHING, sum);
  }
  return [...found.values()];
}

const add = (a: Numbers, b: Numbers): Numbers => ({
  n: a.n + b.n,
  minutes: a.minutes + b.minutes,
  worked: a.worked + b.worked,
  workMinutes: a.workMinutes + b.workMinutes,
});

/** From the day `from` (undefined: the beginning) to before `until`; both are among `days`. */
function between(series: Series, days: readonly Day[], from: Day | undefined, until: Day): Numbers {
  let sum = NOTHING;
  const first = from === undefined ? 0 : days.indexOf(from) + 1;
  for (let s = first; s <= days.indexOf(until); s++) sum = add(sum, series.at[s] ?? NOTHING);
  return sum;
}

function cellOf(series: Series, days: readonly Day[], at: Points): Cell {
  const { n, minutes, worked, workMinutes } = between(series, days, at.from, at.after);
  return {
    bucket: series.bucket,
    channel: series.channel,
    flow: n,
    before: between(series, days, undefined, at.from).n,
    toLateDay: between(series, days, undefined, at.late).n,
    minutes,
    worked,
    workMinutes,
  };
}

/**
 * Received in the period and late by its end: the sums know the month of reception; what was received in that month
 * before the period is taken off.
 */
function late766Of(
  series: readonly Series[],
  days: readonly Day[],
  at: Points,
  before: readonly { readonly channel: string; readonly n: number }[],
): { channel: string; n: number }[] {
  return [
    ...series
      .filter((one) => one.bucket.startsWith('late766/') && one.bucket.slice(8) >= at.month.slice(0, 7))
      .map((one) => ({ channel: one.channel, n: between(one, days, at.month, at.afterAsOf).n })),
    ...before.map(({ channel, n }) => ({ channel, n: -n })),
  ];
}
