import type { Day } from '../time/index.ts';
import { dayNumberAt, dayNumberOf, dayOfNumber, LAST_DAY } from '../time/index.ts';
import type { CompiledCalendar } from './compiled-calendar.ts';
import { findDateWithHours } from './spend.ts';

/** Whether the office works at the instant; at the opening it does, at the very close it does not. */
export function isOpen(calendar: CompiledCalendar, at: Date): boolean {
  const date = calendar.dateOf(dayNumberAt(at.getTime(), calendar.timeZone));
  return date.opens.some((opens, index) => opens <= at.getTime() && at.getTime() < (date.closes[index] ?? 0));
}

/**
 * Where the clock of something received at `at` starts: `at` itself while the office is open, else the next opening
 * (at the very close the one after it).
 * @throws RangeError where there is none up to the year 9999.
 */
export function nextOpening(calendar: CompiledCalendar, at: Date): Date {
  const atMs = at.getTime();
  for (let number = dayNumberAt(atMs, calendar.timeZone); number <= LAST_DAY; number++) {
    const date = calendar.dateOf(number);
    const index = date.closes.findIndex((closes) => atMs < closes);
    if (index >= 0) return new Date(Math.max(atMs, date.opens[index] ?? atMs));
  }
  throw new RangeError('no opening up to the year 9999');
}

/** The last close of the day, undefined on a day without hours. */
export function closeOfDay(calendar: CompiledCalendar, day: Day): Date | undefined {
  const close = calendar.dateOf(dayNumberOf(day)).closes.at(-1);
  return close === undefined ? undefined : new Date(close);
}

/** Whether the day has hours (a Saturday that only receives has). */
export function isDayWithHours(calendar: CompiledCalendar, day: Day): boolean {
  return calendar.dateOf(dayNumberOf(day)).opens.length > 0;
}

/**
 * The first day with hours on or after the given one.
 * @throws RangeError where there is none up to the year 9999.
 */
export function nextDayWithHours(calendar: CompiledCalendar, day: Day): Day {
  const found = findDateWithHours(calendar, dayNumberOf(day));
  if (found === undefined) throw new RangeError('no day with hours up to the year 9999');
  return dayOfNumber(found);
}
