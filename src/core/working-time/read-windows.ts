import { parseTimeOfDay } from '../time/index.ts';
import type { CalendarError } from './calendar.ts';
import { calendarError } from './calendar-errors.ts';
import type { Fraction } from './fraction.ts';
import { fractionOf } from './fraction.ts';

/** A window in seconds of the wall clock since midnight, `opens` < `closes`. */
export interface Span {
  readonly opens: number;
  readonly closes: number;
}

/** The hours of one kind of day, windows in order; none = a day off. */
export interface DayHours {
  readonly spans: readonly Span[];
  readonly weight: Fraction;
}

/** The heaviest date a calendar may state; more than a few working days in one date can only be a slip of the pen. */
export const MAX_WEIGHT = 10;

const ONE: Fraction = { numerator: 1n, denominator: 1n };

/** A day without hours. */
export const NO_HOURS: DayHours = { spans: [], weight: ONE };

/** Reads `[["07:00","11:30"],…]` or `{windows, weight}`; what is wrong is added to `errors` and left out. */
export function readDayHours(input: unknown, path: string, errors: CalendarError[]): DayHours {
  if (input === undefined || input === null) return NO_HOURS;
  if (Array.isArray(input)) return { spans: readSpans(input, path, errors), weight: ONE };
  if (typeof input !== 'object') {
    errors.push(calendarError('calendar/bad-windows', path));
    return NO_HOURS;
  }
  const given = input as { windows?: unknown; weight?: unknown };
  const spans = given.windows === undefined ? [] : readSpans(given.windows, `${path}.windows`, errors);
  return { spans, weight: readWeight(given.weight, `${path}.weight`, errors) ?? ONE };
}

/** Reads a weight, 0 to `MAX_WEIGHT` inclusive; undefined when none is given or it is wrong (then told in `errors`). */
export function readWeight(input: unknown, path: string, errors: CalendarError[]): Fraction | undefined {
  if (input === undefined) return undefined;
  if (typeof input === 'number' && input >= 0 && input <= MAX_WEIGHT) return fractionOf(input);
  errors.push(calendarError('calendar/bad-weight', path, String(input)));
  return undefined;
}

/** Reads a list of windows that must be written in order, each forward, none over another (touching is allowed). */
export function readSpans(input: unknown, path: string, errors: CalendarError[]): Span[] {
  if (!Array.isArray(input)) {
    errors.push(calendarError('calendar/bad-windows', path));
    return [];
  }
  const spans: Span[] = [];
  for (const [index, window] of (input as unknown[]).entries()) {
    const place = `${path}[${index}]`;
    const span = readSpan(window, place, errors);
    const previous = spans.at(-1);
    if (!span) continue;
    if (spans.some((other) => span.opens < other.closes && other.opens < span.closes)) {
      errors.push(calendarError('calendar/overlapping-windows', place));
    } else if (previous && span.opens < previous.opens) {
      errors.push(calendarError('calendar/unordered-windows', place));
    } else {
      spans.push(span);
    }
  }
  return spans;
}

/** What is left of the spans when the others are taken away: 07:00–11:30 less 10:00–11:30 is 07:00–10:00. */
export function subtractSpans(spans: readonly Span[], taken: readonly Span[]): Span[] {
  let left = [...spans];
  for (const hole of taken) {
    left = left.flatMap((span) => [
      { opens: span.opens, closes: Math.min(span.closes, hole.opens) },
      { opens: Math.max(span.opens, hole.closes), closes: span.closes },
    ]);
    left = left.filter((span) => span.opens < span.closes);
  }
  return left;
}

function readSpan(window: unknown, path: string, errors: CalendarError[]): Span | undefined {
  const pair: unknown[] = Array.isArray(window) ? window : [];
  const [opens, closes] = [parseTimeOfDay(pair[0]), parseTimeOfDay(pair[1])];
  if (pair.length !== 2 || opens === undefined || closes === undefined) {
    errors.push(calendarError('calendar/bad-windows', path));
    return undefined;
  }
  if (opens < closes) return { opens, closes };
  errors.push(calendarError('calendar/reversed-window', path, `${pair[0]}–${pair[1]}`));
  return undefined;
}
