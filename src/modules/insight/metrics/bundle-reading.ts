import { addDays, type Day, dayOf } from '../../../core/time/index.ts';
import type { Db } from '../../../platform/db/open.ts';
import { createTurns } from '../../../platform/turns/turns.ts';
import { type Bucket, type Bundle, type Kind, type Needs, NO_BUNDLE, type Places, partsOf } from './rules/bundle.ts';
import type { Cut } from './rules/ranges.ts';
import { type Lines, sumAt } from './rules/series.ts';
import type { Period } from './rules/types.ts';
import { isKept, readLate766, readLateToday, readSegments, type SegmentAsk } from './segment-store.ts';

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
  // Else they are counted from the facts by the days of reception.
  const kept766 = ask.kinds.includes('late766') && isKept(ask);
  const cuts = ask.kinds
    .filter((kind) => kind !== 'late766' || kept766)
    .map((kind): Cut => ({ kind, days: daysOf(points, kind), stock: ask.stock.includes(kind) }));
  const days = [...new Set(cuts.flatMap((cut) => cut.days))].sort();
  const places = points.map((one) => placesOf(one, days));
  const running = ask.periods.some((period) => period.to >= today);
  // Of whole months the sums know all of it.
  const times766 = points.flatMap((one, p) => {
    const [from, until] = kept766 ? [one.month, one.from] : [one.from, one.after];
    return ask.kinds.includes('late766') && from < until ? [{ p, from, until, asOf: addDays(one.afterAsOf, -1) }] : [];
  });
  const [segments, lateToday, late] = await Promise.all([
    readSegments(db, { ...ask, days, cuts }),
    ask.withLateToday && running && ask.kinds.includes('late-from') ? readLateToday(db, ask, today, now) : [],
    times766.length === 0 ? [] : readLate766(db, ask, times766),
  ]);
  const keyOf = ({ g, procedure }: { readonly g: number; readonly procedure: string }): string => `${g} ${procedure}`;
  const received766 = Map.groupBy(late, (row) => `${keyOf(row)} ${row.p}`);
  const lateNow = Map.groupBy(lateToday, keyOf);
  const groups = new Map(segments.map((one) => [keyOf(one), one]));
  // Some may have nothing but dossiers due this morning.
  for (const [key, [one]] of lateNow)
    if (one && !groups.has(key)) groups.set(key, { g: one.g, procedure: one.procedure, lines: NO_BUNDLE.lines });
  const found: FoundBundle[] = [];
  const turns = createTurns();
  for (const [key, { g, procedure, lines }] of groups) {
    if (turns.over()) await turns.next();
    for (const [p, period] of ask.periods.entries()) {
      const at = places[p];
      if (!at) continue;
      const here = received766.get(`${key} ${p}`) ?? [];
      const bundle: Bundle = {
        lines,
        at,
        lateToday: period.to >= today ? (lateNow.get(key) ?? []) : [],
        late766: kept766 ? late766Of(lines, at, period.from.slice(0, 7), here) : here,
      };
      found.push({ g, p, procedure, bundle });
    }
  }
  return found;
}

/** The days of a period that matter, by the names of `Places`. */
type Points = Readonly<Record<keyof Places, Day>>;

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

/**
 * Received in the period and late by its end: the sums know the month of reception; what was received in that month
 * before the period is taken off.
 */
function late766Of(
  lines: Lines<Bucket>,
  at: Places,
  fromMonth: string,
  early: readonly { readonly channel: string; readonly n: number }[],
): { channel: string; n: number }[] {
  const found = early.map(({ channel, n }) => ({ channel, n: -n }));
  for (const [nth, { bucket, channel }] of lines.names.entries()) {
    const [kind, month = ''] = partsOf(bucket);
    if (kind === 'late766' && month >= fromMonth)
      found.push({ channel, n: sumAt(lines, nth, at.afterAsOf, 0) - sumAt(lines, nth, at.month, 0) });
  }
  return found;
}
