import { addDays, addMonths, type Day, daysBetween } from '../../../../core/time/index.ts';
import type { ReportPeriod } from './period.ts';

/**
 * Until when a report is sent: so many calendar days after the cut-off, or a day of the month of the cut-off (`month` 0)
 * or of a later one. NĐ 09/2019 leaves it to the regime, so it is data.
 */
export type DeadlineRule = { readonly daysAfter: number } | { readonly month: number; readonly day: number };

/** Last day on which the report is in time. @example {daysAfter: 5} of a period ending 2023-06-14 → 2023-06-19 */
export function deadlineOf(rule: DeadlineRule, period: ReportPeriod): Day {
  if ('daysAfter' in rule) return addDays(period.to, rule.daysAfter);
  const month = addMonths(`${period.to.slice(0, 8)}01`, rule.month);
  const last = Number(addDays(addMonths(month, 1), -1).slice(8));
  return `${month.slice(0, 8)}${String(Math.min(rule.day, last)).padStart(2, '0')}`;
}

/** Days by which a report sent on `sentOn` is late (0: in time); null while it is neither sent nor overdue. */
export function lateDays(deadline: Day, sentOn: Day | null, today: Day): number | null {
  if (sentOn !== null) return Math.max(0, daysBetween(deadline, sentOn));
  return today > deadline ? daysBetween(deadline, today) : null;
}
