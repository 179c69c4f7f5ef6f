import type { DayNumber } from '../time/index.ts';
import { dayNumberOf, dayOfNumber, isLeapYear } from '../time/index.ts';
import type { DayHours } from './read-windows.ts';
import type { WeekPattern } from './week-pattern.ts';
import { hoursInPattern } from './week-pattern.ts';

/**
 * One year for each way the weekdays can fall (seven first days, with and without 29 February): if the pattern has
 * hours in each of these it has hours in every year.
 */
const YEARS_OF_EVERY_SHAPE = shapes();

/**
 * The first year without any window, or undefined. Looked at: every shape a year can have, without exceptions, and
 * every year that has exceptions. This is also what makes the search for the next opening end.
 */
export function findYearWithoutHours(
  pattern: WeekPattern,
  exceptions: ReadonlyMap<DayNumber, DayHours>,
): string | undefined {
  for (const year of YEARS_OF_EVERY_SHAPE) {
    if (!hasHours(year, (number) => hoursInPattern(pattern, number).own)) return 'năm không có ngày ngoại lệ';
  }
  const years = new Set([...exceptions.keys()].map((number) => Number(dayOfNumber(number).slice(0, 4))));
  for (const year of [...years].sort((a, b) => a - b)) {
    const hoursOf = (number: DayNumber): DayHours => exceptions.get(number) ?? hoursInPattern(pattern, number).own;
    if (!hasHours(year, hoursOf)) return String(year);
  }
  return undefined;
}

function hasHours(year: number, hoursOf: (number: DayNumber) => DayHours): boolean {
  const first = dayNumberOf(`${String(year).padStart(4, '0')}-01-01`);
  const length = isLeapYear(year) ? 366 : 365;
  for (let number = first; number < first + length; number++) {
    if (hoursOf(number).spans.length > 0) return true;
  }
  return false;
}

function shapes(): number[] {
  const found = new Map<string, number>();
  for (let year = 2000; year < 2028; year++) {
    const firstWeekday = ((dayNumberOf(`${year}-01-01`) % 7) + 7) % 7;
    found.set(`${firstWeekday}${isLeapYear(year)}`, year);
  }
  return [...found.values()];
}
