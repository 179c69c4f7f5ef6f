import { addDays, addMonths, type Day } from '../../../../core/time/index.ts';

export const PERIOD_KINDS = ['month', 'quarter', 'year'] as const;
export type PeriodKind = (typeof PERIOD_KINDS)[number];

/** First and last day, both inclusive. */
export type Days = { readonly from: Day; readonly to: Day };

/** Name of the period a day lies in: `2026`, `2026-Q3` or `2026-08`. */
export function periodOf(kind: PeriodKind, day: Day): string {
  const [year = '', month = ''] = day.split('-');
  switch (kind) {
    case 'year':
      return year;
    case 'quarter':
      return `${year}-Q${Math.ceil(Number(month) / 3)}`;
    case 'month':
      return `${year}-${month}`;
  }
}

/**
 * Days of a period by its name; undefined where the name is none.
 * @example `2026-Q3` → 2026-07-01 to 2026-09-30
 */
export function daysOfPeriod(period: string): Days | undefined {
  const named = /^(\d{4})(?:-(?:Q([1-4])|(0[1-9]|1[0-2])))?$/.exec(period);
  if (!named) return undefined;
  const [, year = '', quarter, month] = named;
  const months = quarter ? 3 : month ? 1 : 12;
  const first = quarter ? (Number(quarter) - 1) * 3 + 1 : month ? Number(month) : 1;
  const from: Day = `${year}-${String(first).padStart(2, '0')}-01`;
  return { from, to: addDays(addMonths(from, months), -1) };
}

/**
 * Periods that ended before `today`, at most `lookbackMonths` months ago, oldest first.
 * @example month, today 2026-11-22, 2 months → 2026-09, 2026-10
 */
export function endedPeriods(kind: PeriodKind, today: Day, lookbackMonths: number): readonly string[] {
  const names = new Set<string>();
  const thisMonth: Day = `${today.slice(0, 7)}-01`;
  for (let back = lookbackMonths; back >= 1; back -= 1) {
    const period = periodOf(kind, addMonths(thisMonth, -back));
    const days = daysOfPeriod(period);
    if (days && days.to < today) names.add(period);
  }
  return [...names];
}
