import { isMeantDay } from '../../../../core/contract/fields.ts';
import { addDays, addMonths, type Day, formatDay } from '../../../../core/time/index.ts';

/** How a period is cut off (chốt số liệu): whole calendar months, or NĐ 09/2019 art. 12: from the 15th to the 14th. */
export const CUTOFFS = ['calendar', 'nd09'] as const;
export type Cutoff = (typeof CUTOFFS)[number];
export const RANKS = ['month', 'quarter', 'half', 'year'] as const;
/** How long a period is: tháng, quý, sáu tháng, năm. */
export type Rank = (typeof RANKS)[number];

export type ReportPeriod = {
  /** `2023-06`, `2023-Q2`, `2023-H1` or `2023`. */
  readonly id: string;
  readonly rank: Rank;
  readonly cutoff: Cutoff;
  /** First and last day, both inclusive, in Vietnam. */
  readonly from: Day;
  readonly to: Day;
};

const RANK_MONTHS: Readonly<Record<Rank, number>> = { month: 1, quarter: 3, half: 6, year: 12 };
const SHAPE = /^(\d{4})(?:-(?:(0[1-9]|1[0-2])|Q([1-4])|H([12])))?$/;

/**
 * The days of a period; undefined where the text is none, or of a year nobody means. By `nd09` a period begins on the 15th of the month before
 * and ends on the 14th of its last month (domain §8.1).
 * @example periodOf('2023-H1', 'nd09') → 2022-12-15 … 2023-06-14; periodOf('2023-H1', 'calendar') → 2023-01-01 … 2023-06-30.
 */
export function periodOf(id: string, cutoff: Cutoff): ReportPeriod | undefined {
  const found = SHAPE.exec(id);
  if (!found) return undefined;
  const [, year, month, quarter, half] = found;
  const rank: Rank = month ? 'month' : quarter ? 'quarter' : half ? 'half' : 'year';
  const months = RANK_MONTHS[rank];
  const index = Number(month ?? quarter ?? half ?? 1) - 1;
  const begin: Day = `${year}-01-01`;
  if (!isMeantDay(begin)) return undefined;
  const first = addMonths(begin, index * months);
  const next = addMonths(first, months);
  const back = (day: Day): Day => `${addMonths(day, -1).slice(0, 8)}15`;
  return cutoff === 'calendar'
    ? { id, rank, cutoff, from: first, to: addDays(next, -1) }
    : { id, rank, cutoff, from: back(first), to: addDays(back(next), -1) };
}

/** The period of a rank a day lies in. @example periodAt('2023-06-20', 'month', 'nd09').id → '2023-07' */
export function periodAt(day: Day, rank: Rank, cutoff: Cutoff): ReportPeriod {
  const shifted = cutoff === 'nd09' && day.slice(8) >= '15' ? addMonths(`${day.slice(0, 8)}01`, 1) : day;
  const year = shifted.slice(0, 4);
  const index = Math.floor((Number(shifted.slice(5, 7)) - 1) / RANK_MONTHS[rank]) + 1;
  const id = {
    month: `${year}-${shifted.slice(5, 7)}`,
    quarter: `${year}-Q${index}`,
    half: `${year}-H${index}`,
    year,
  }[rank];
  const period = periodOf(id, cutoff);
  if (!period) throw new Error(`no period at ${day}`);
  return period;
}

/** The last period of a rank that is over on a day: its last day lies before it. */
export function lastClosed(day: Day, rank: Rank, cutoff: Cutoff): ReportPeriod {
  return periodAt(addDays(periodAt(day, rank, cutoff).from, -1), rank, cutoff);
}

/** `Quý II năm 2023 (từ 15/03/2023 đến 14/06/2023)`. */
export function periodName(period: ReportPeriod): string {
  const year = period.id.slice(0, 4);
  const part = period.id.slice(5);
  const roman = ['I', 'II', 'III', 'IV'][Number(part.slice(1)) - 1] ?? '';
  const name = {
    month: `Tháng ${Number(part)} năm ${year}`,
    quarter: `Quý ${roman} năm ${year}`,
    half: part === 'H1' ? `6 tháng đầu năm ${year}` : `6 tháng cuối năm ${year}`,
    year: `Năm ${year}`,
  }[period.rank];
  return `${name} (từ ${formatDay(period.from)} đến ${formatDay(period.to)})`;
}
