import type { Weekday } from '../time/index.ts';

/** One stretch of working hours on the wall clock, opening and closing: `["07:00", "11:30"]`; `24:00` may close. */
export type Window = readonly [opens: string, closes: string];

/** The hours of a weekday; with `weight` (default 1) where the date is not worth one working day. */
export type WeekdayHours = readonly Window[] | { readonly windows: readonly Window[]; readonly weight?: number };

/** The hours of a week; a weekday left out has none. */
export type Week = { readonly [day in Weekday]?: WeekdayHours };

/** Other hours for a part of every year, both ends `MM-DD` inclusive; may run over the new year. Replaces the week. */
export interface Season {
  readonly from: string;
  readonly to: string;
  readonly week: Week;
}

/**
 * One date that differs from its weekday.
 * - `off` has no hours; with `windows` only those hours are off (the rest keeps the weekday's weight).
 * - `working` has the given windows, else the weekday's own, else Monday's; worth 1 unless `weight` says otherwise
 *   (so a Saturday that only receives counts fully once the Prime Minister makes it a working day).
 */
export interface CalendarException {
  readonly date: string;
  readonly kind: 'off' | 'working';
  readonly windows?: readonly Window[];
  readonly weight?: number;
}

/**
 * The working time of an authority as content states it. Further fields (name, source, verified) are allowed and
 * ignored here. `weight` of a date is how many working days it counts: 0 for a Saturday that only receives.
 */
export interface Calendar {
  readonly timeZone: string;
  readonly week: Week;
  readonly seasons?: readonly Season[];
  readonly exceptions?: readonly CalendarException[];
}

/** Why a calendar is refused: a stable code (`calendar/overlapping-windows`), a Vietnamese sentence, and the place. */
export interface CalendarError {
  readonly code: string;
  readonly message: string;
  /** Where in the calendar's JSON, e.g. `week.mon.windows[1]`. */
  readonly path: string;
}
