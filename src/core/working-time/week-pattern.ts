import type { DayNumber } from '../time/index.ts';
import { dayOfNumber } from '../time/index.ts';
import type { DayHours } from './read-windows.ts';
import { NO_HOURS } from './read-windows.ts';

/** Hours of the seven weekdays, Monday first. */
export type WeekHours = readonly DayHours[];

/** A season as read: `MM-DD` both inclusive, `from` > `to` runs over the new year. */
export interface SeasonHours {
  readonly from: string;
  readonly to: string;
  readonly week: WeekHours;
}

/** The hours of every year without its exceptions. */
export interface WeekPattern {
  readonly week: WeekHours;
  readonly seasons: readonly SeasonHours[];
}

/** The hours the pattern gives a date, and those of Monday in the same season. */
export function hoursInPattern(pattern: WeekPattern, number: DayNumber): { own: DayHours; monday: DayHours } {
  const week = pattern.seasons.length === 0 ? pattern.week : weekOf(pattern, dayOfNumber(number).slice(5));
  // 1970-01-01, number 0, was a Thursday, the fourth day of a week that begins on Monday.
  const weekday = (((number + 3) % 7) + 7) % 7;
  return { own: week[weekday] ?? NO_HOURS, monday: week[0] ?? NO_HOURS };
}

/** Whether two seasons share a date of the year. */
export function seasonsOverlap(a: SeasonHours, b: SeasonHours): boolean {
  return inSeason(a, b.from) || inSeason(b, a.from);
}

function weekOf(pattern: WeekPattern, monthDay: string): WeekHours {
  return pattern.seasons.find((season) => inSeason(season, monthDay))?.week ?? pattern.week;
}

function inSeason(season: SeasonHours, monthDay: string): boolean {
  if (season.from <= season.to) return season.from <= monthDay && monthDay <= season.to;
  return season.from <= monthDay || monthDay <= season.to;
}
