import { dayNumberAt } from '../time/index.ts';
import type { CompiledCalendar, WorkingDate } from './compiled-calendar.ts';
import type { Fraction } from './fraction.ts';
import { addFractions, fractionToNumber } from './fraction.ts';
import { workedBetween } from './spend.ts';

/**
 * Seconds inside the windows from `from` to `to`, parts of a second cut off; 0 when `to` is not after `from`.
 * Example (8-hour office): Fri 16:00 to Mon 08:00 is 7,200.
 */
export function workingSecondsBetween(calendar: CompiledCalendar, from: Date, to: Date): number {
  return Math.floor(workingMsBetween(calendar, from, to) / 1000);
}

/**
 * Working days from `from` to `to`, each date's share by its length and weight; a number for display (summed exactly,
 * rounded once). Example (8-hour office): Fri 16:00 to Mon 08:00 is 0.25. 0 when `to` is not after `from`.
 */
export function workingDaysBetween(calendar: CompiledCalendar, from: Date, to: Date): number {
  let sum: Fraction = { numerator: 0n, denominator: 1n };
  eachDate(calendar, from, to, (date) => {
    const worked = workedBetween(date, from.getTime(), to.getTime());
    if (worked === 0) return;
    const share = {
      numerator: date.weight.numerator * BigInt(worked),
      denominator: date.weight.denominator * BigInt(date.workingMs),
    };
    sum = addFractions(sum, worked === date.workingMs ? date.weight : share);
  });
  return fractionToNumber(sum);
}

/**
 * Working minutes by which the end lies after the due instant, a begun minute counting whole; 0 where it does not, and
 * where nobody worked between. Stored beside the class, which may be `late` by date or instant all the same.
 */
export function latenessMinutes(calendar: CompiledCalendar, due: Date | null, end: Date): number {
  return due === null ? 0 : Math.ceil(workingMsBetween(calendar, due, end) / 60_000);
}

/** As `workingSecondsBetween`, in milliseconds and without rounding. */
export function workingMsBetween(calendar: CompiledCalendar, from: Date, to: Date): number {
  let sum = 0;
  eachDate(calendar, from, to, (date) => {
    sum += workedBetween(date, from.getTime(), to.getTime());
  });
  return sum;
}

function eachDate(calendar: CompiledCalendar, from: Date, to: Date, visit: (date: WorkingDate) => void): void {
  const [fromMs, toMs] = [from.getTime(), to.getTime()];
  if (!(fromMs < toMs)) return;
  const last = dayNumberAt(toMs, calendar.timeZone);
  for (let number = dayNumberAt(fromMs, calendar.timeZone); number <= last; number++) visit(calendar.dateOf(number));
}
