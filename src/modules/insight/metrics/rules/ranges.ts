import { addDays, addMonths, type Day } from '../../../../core/time/index.ts';
import type { Kind } from './bundle.ts';

/** A stretch the sums are kept for; days are not, but for those of visits. */
export type Grain = 'day' | 'half';

/** Stretches of one grain that begin from `from` on and before `until`. */
export type Range = { readonly grain: Grain; readonly from: Day; readonly until: Day };

/** The days a kind is read between: some of those of the question, ascending. */
export type Cut<K extends string = Kind> = {
  readonly kind: K;
  readonly days: readonly Day[];
  /** Whether what lies before the first day is read too: of what begins and ends being open. */
  readonly stock: boolean;
};

/** The times between the days of a kind, with the place of their end among all days; without `from`: from the beginning. */
export const timesOf = (
  { days: own, stock }: Pick<Cut, 'days' | 'stock'>,
  days: readonly Day[],
): readonly { readonly from: Day | undefined; readonly until: Day; readonly s: number }[] =>
  own
    .map((until, nth) => ({ from: own[nth - 1], until, s: days.indexOf(until) }))
    .filter(({ from }) => from !== undefined || stock);

const BEGINNING: Day = '0001-01-01';

const monthOf = (day: Day): Day => `${day.slice(0, 7)}-01`;

/** First day of the half month: the 1st, or the 15th (NĐ 09/2019 ends its periods on the 14th). */
export const halfOf = (day: Day): Day => `${day.slice(0, 7)}-${day.slice(8) < '15' ? '01' : '15'}`;
/** First day of the half month after that which begins on the day. */
export const nextHalf = (half: Day): Day => (half.endsWith('-01') ? addDays(half, 14) : addMonths(monthOf(half), 1));

/**
 * The days from `from` (undefined: from the beginning) to before `until` whole half months and days at the edges.
 * @example rangesOf('2022-12-10', '2024-01-20') → days 10–14/12, halves 15/12 to 14/01, days 15–19/01
 */
export function rangesOf(from: Day | undefined, until: Day): readonly Range[] {
  const start = from ?? BEGINNING;
  if (start >= until) return [];
  const ranges: Range[] = [];
  const add = (grain: Grain, first: Day, end: Day): void => {
    if (first < end) ranges.push({ grain, from: first, until: end });
  };
  const halfStart = halfOf(start) === start ? start : nextHalf(halfOf(start));
  const halfEnd = halfOf(until);
  if (halfStart >= halfEnd) {
    // No whole half month inside.
    if (halfStart === halfEnd) {
      add('day', start, halfStart);
      add('day', halfEnd, until);
    } else add('day', start, until);
    return ranges;
  }
  add('day', start, halfStart);
  add('day', halfEnd, until);
  add('half', halfStart, halfEnd);
  return ranges;
}
