import type { DayNumber } from '../time/index.ts';
import { DAY_MS, instantOfWall } from '../time/index.ts';
import type { Fraction } from './fraction.ts';
import type { DayHours } from './read-windows.ts';
import { NO_HOURS } from './read-windows.ts';
import type { WeekPattern } from './week-pattern.ts';
import { hoursInPattern } from './week-pattern.ts';

/** One date of a calendar in epoch milliseconds. `opens[i]` < `closes[i]` ≤ `opens[i + 1]`; none on a day off. */
export interface WorkingDate {
  readonly opens: readonly number[];
  readonly closes: readonly number[];
  /** Length of all windows together; the changes of the clock in zones that have them are counted. */
  readonly workingMs: number;
  /** How many working days the date is worth. */
  readonly weight: Fraction;
}

/** A checked calendar that can be calculated with; made by `compileCalendar` only. */
export interface CompiledCalendar {
  readonly timeZone: string;
  /** The last date with an exception, or undefined; after it every year is like another. */
  readonly lastException: DayNumber | undefined;
  /** The hours of a date, worked out once and remembered. */
  readonly dateOf: (number: DayNumber) => WorkingDate;
}

const NOTHING: WorkingDate = { opens: [], closes: [], workingMs: 0, weight: NO_HOURS.weight };

/** Dates remembered per calendar: 50 years, some 3 MB at most. */
const REMEMBERED = 18_300;

/** Puts checked parts together; not for use outside `compileCalendar`. */
export function createCompiledCalendar(
  timeZone: string,
  pattern: WeekPattern,
  exceptions: ReadonlyMap<DayNumber, DayHours>,
): CompiledCalendar {
  const remembered = new Map<DayNumber, WorkingDate>();
  const lastException = [...exceptions.keys()].reduce<number | undefined>(
    (last, number) => (last === undefined || number > last ? number : last),
    undefined,
  );
  const dateOf = (number: DayNumber): WorkingDate => {
    const known = remembered.get(number);
    if (known) return known;
    if (remembered.size >= REMEMBERED) remembered.clear();
    const date = placeHours(number, exceptions.get(number) ?? hoursInPattern(pattern, number).own, timeZone);
    remembered.set(number, date);
    return date;
  };
  return { timeZone, lastException, dateOf };
}

function placeHours(number: DayNumber, hours: DayHours, timeZone: string): WorkingDate {
  if (hours.spans.length === 0) return NOTHING;
  const opens: number[] = [];
  const closes: number[] = [];
  let workingMs = 0;
  for (const span of hours.spans) {
    const from = instantOfWall(number * DAY_MS + span.opens * 1000, timeZone);
    const to = instantOfWall(number * DAY_MS + span.closes * 1000, timeZone);
    // A window that lies wholly in the hour the clock skips has no length.
    if (from >= to) continue;
    opens.push(from);
    closes.push(to);
    workingMs += to - from;
  }
  return opens.length === 0 ? NOTHING : { opens, closes, workingMs, weight: hours.weight };
}
