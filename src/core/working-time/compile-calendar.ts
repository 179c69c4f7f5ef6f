import type { DayNumber, Weekday } from '../time/index.ts';
import { dayNumberOf, isDay, isKnownZone, WEEKDAYS } from '../time/index.ts';
import type { CalendarError } from './calendar.ts';
import { calendarError } from './calendar-errors.ts';
import type { CompiledCalendar } from './compiled-calendar.ts';
import { createCompiledCalendar } from './compiled-calendar.ts';
import { findYearWithoutHours } from './empty-year.ts';
import type { DayHours } from './read-windows.ts';
import { NO_HOURS, readDayHours, readSpans, readWeight, subtractSpans } from './read-windows.ts';
import type { SeasonHours, WeekHours, WeekPattern } from './week-pattern.ts';
import { hoursInPattern, seasonsOverlap } from './week-pattern.ts';

/** What `compileCalendar` gives: a calendar that can be calculated with, or every reason why it is refused. */
export type CompileResult =
  | { readonly ok: true; readonly calendar: CompiledCalendar }
  | { readonly ok: false; readonly errors: readonly CalendarError[] };

/**
 * Checks a calendar from outside and makes it ready for calculation (contracts §1). Keep the result: it remembers the
 * days it has met. Refused: overlapping, reversed or unordered windows, two exceptions for one date, `working` with
 * nothing to use, a year without any window, unknown zone, weekday or date, overlapping seasons, a weight outside
 * 0 to 10. All reasons are told at once, each with its place.
 */
export function compileCalendar(input: unknown): CompileResult {
  if (!isRecord(input)) return { ok: false, errors: [calendarError('calendar/not-an-object', '')] };
  const errors: CalendarError[] = [];
  const zone = isKnownZone(input.timeZone) ? input.timeZone : undefined;
  if (zone === undefined) errors.push(calendarError('calendar/unknown-zone', 'timeZone', String(input.timeZone)));
  const pattern: WeekPattern = {
    week: readWeek(input.week, 'week', errors),
    seasons: readSeasons(input.seasons, errors),
  };
  const exceptions = readExceptions(input.exceptions, pattern, errors);
  if (errors.length === 0) {
    const year = findYearWithoutHours(pattern, exceptions);
    if (year !== undefined) errors.push(calendarError('calendar/year-without-windows', 'week', year));
  }
  if (zone === undefined || errors.length > 0) return { ok: false, errors };
  return { ok: true, calendar: createCompiledCalendar(zone, pattern, exceptions) };
}

function readWeek(input: unknown, path: string, errors: CalendarError[]): WeekHours {
  if (!isRecord(input)) {
    errors.push(calendarError('calendar/missing-week', path));
    return WEEKDAYS.map(() => NO_HOURS);
  }
  for (const key of Object.keys(input)) {
    if (WEEKDAYS.includes(key as Weekday)) continue;
    errors.push(calendarError('calendar/unknown-weekday', `${path}.${key}`));
  }
  return WEEKDAYS.map((weekday) => readDayHours(input[weekday], `${path}.${weekday}`, errors));
}

function readSeasons(input: unknown, errors: CalendarError[]): SeasonHours[] {
  const seasons: SeasonHours[] = [];
  for (const [index, season] of readList(input, 'seasons', 'calendar/bad-season', errors).entries()) {
    const path = `seasons[${index}]`;
    if (!isRecord(season) || !isMonthDay(season.from) || !isMonthDay(season.to)) {
      errors.push(calendarError('calendar/bad-season', path));
      continue;
    }
    const read = { from: season.from, to: season.to, week: readWeek(season.week, `${path}.week`, errors) };
    if (seasons.some((other) => seasonsOverlap(other, read))) {
      errors.push(calendarError('calendar/overlapping-seasons', path));
    }
    seasons.push(read);
  }
  return seasons;
}

function readExceptions(input: unknown, pattern: WeekPattern, errors: CalendarError[]): Map<DayNumber, DayHours> {
  const exceptions = new Map<DayNumber, DayHours>();
  for (const [index, exception] of readList(input, 'exceptions', 'calendar/bad-exception', errors).entries()) {
    const path = `exceptions[${index}]`;
    if (!isRecord(exception) || (exception.kind !== 'off' && exception.kind !== 'working')) {
      errors.push(calendarError('calendar/bad-exception', path));
      continue;
    }
    if (!isDay(exception.date)) {
      errors.push(calendarError('calendar/unknown-date', `${path}.date`, String(exception.date)));
      continue;
    }
    const number = dayNumberOf(exception.date);
    if (exceptions.has(number)) errors.push(calendarError('calendar/repeated-exception', path, exception.date));
    exceptions.set(number, readException(exception, number, pattern, path, errors));
  }
  return exceptions;
}

function readException(
  exception: Record<string, unknown>,
  number: DayNumber,
  pattern: WeekPattern,
  path: string,
  errors: CalendarError[],
): DayHours {
  const given = exception.windows === undefined ? [] : readSpans(exception.windows, `${path}.windows`, errors);
  const weight = readWeight(exception.weight, `${path}.weight`, errors);
  const { own, monday } = hoursInPattern(pattern, number);
  if (exception.kind === 'off') {
    if (given.length === 0) return NO_HOURS;
    return { spans: subtractSpans(own.spans, given), weight: weight ?? own.weight };
  }
  const spans = [given, own.spans, monday.spans].find((candidate) => candidate.length > 0);
  if (!spans) {
    const place = `${path}.windows`;
    if (!errors.some((error) => error.path.startsWith(place))) {
      errors.push(calendarError('calendar/working-without-windows', path, String(exception.date)));
    }
  }
  return { spans: spans ?? [], weight: weight ?? NO_HOURS.weight };
}

function readList(
  input: unknown,
  path: string,
  code: 'calendar/bad-season' | 'calendar/bad-exception',
  errors: CalendarError[],
): unknown[] {
  if (input === undefined || input === null) return [];
  if (Array.isArray(input)) return input as unknown[];
  errors.push(calendarError(code, path));
  return [];
}

function isMonthDay(text: unknown): text is string {
  // 2000 is a leap year, so 02-29 is a day of the year.
  return typeof text === 'string' && /^\d{2}-\d{2}$/.test(text) && isDay(`2000-${text}`);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
