import { DAY_MS, type DayNumber, dayNumberAt, VIETNAM_ZONE } from '../../core/time/index.ts';

export type DayLoad = { readonly day: DayNumber; readonly count: number };

/** Share of a month in the year's filings: low around Tết, high in spring and before the school year. */
const MONTHS = [0.75, 0.6, 1.1, 1.1, 1.05, 1.05, 1.0, 1.25, 1.15, 1.05, 1.0, 0.9];
/** Monday to Sunday. */
const WEEKDAYS = [1.35, 1.1, 1.0, 0.95, 0.9, 0.12, 0.06];
const YEARS = 3;
/** Days before now in which dossiers can still be open. */
export const RECENT_DAYS = 35;

/**
 * How many dossiers come on each day of the three years before `now`. The last five weeks get a share of their own,
 * bounded by what the desks can take, so that inboxes stay of human size however many dossiers there are in all.
 * @param isWorking whether offices are open on the day
 */
export function spreadArrivals(
  n: number,
  now: Date,
  deskCount: number,
  isWorking: (day: DayNumber) => boolean,
): DayLoad[] {
  const last = dayNumberAt(now.getTime(), VIETNAM_ZONE);
  const first = last - Math.round(YEARS * 365.25);
  const recent = Math.min(Math.round(n * 0.12), 900 * Math.max(1, deskCount));
  return [
    ...spread(n - recent, first, last - RECENT_DAYS, isWorking),
    ...spread(recent, last - RECENT_DAYS + 1, last, isWorking),
  ];
}

function spread(n: number, from: DayNumber, to: DayNumber, isWorking: (day: DayNumber) => boolean): DayLoad[] {
  const weights: number[] = [];
  for (let day = from; day <= to; day++) {
    const date = new Date(day * DAY_MS);
    const growth = 1 + (0.35 * (day - from)) / Math.max(1, to - from);
    const weekday = WEEKDAYS[(date.getUTCDay() + 6) % 7] ?? 0;
    weights.push((MONTHS[date.getUTCMonth()] ?? 1) * growth * (isWorking(day) ? Math.max(0.5, weekday) : 0.04));
  }
  const whole = weights.reduce((sum, weight) => sum + weight, 0);
  const loads: DayLoad[] = [];
  let sum = 0;
  let given = 0;
  weights.forEach((weight, index) => {
    sum += weight;
    const until = Math.round((n * sum) / whole);
    if (until > given) loads.push({ day: from + index, count: until - given });
    given = until;
  });
  return loads;
}

/** How far a day lies in the three years, 0 … 1. */
export function progressOf(day: DayNumber, now: Date): number {
  const last = dayNumberAt(now.getTime(), VIETNAM_ZONE);
  return Math.min(1, Math.max(0, 1 - (last - day) / (YEARS * 365.25)));
}

/** Share filed online: none three years ago, 58 % now, steepest in the middle. */
export function onlineShare(progress: number): number {
  return 0.58 / (1 + Math.exp(-8 * (progress - 0.5))) - (0.58 / (1 + Math.exp(4))) * (1 - progress);
}

/** Share that ends late: 28.7 % three years ago, 7.8 % now. */
export function lateShare(progress: number): number {
  return 0.287 + (0.078 - 0.287) * progress;
}
