import type { DayNumber } from '../time/index.ts';
import {
  addMonths,
  DAY_MS,
  dayNumberAt,
  dayNumberOf,
  dayOfNumber,
  instantOfWall,
  LAST_DAY,
  parseTimeOfDay,
  zoneOffsetMs,
} from '../time/index.ts';
import type { Allowance } from './allowance.ts';
import { DEFAULT_CUT_OFF } from './allowance.ts';
import type { Pause } from './clock-events.ts';
import type { CompiledCalendar } from './compiled-calendar.ts';
import { fractionOf, scaleUp } from './fraction.ts';
import type { WorkingBudget } from './spend.ts';
import { findDateWithHours, spend } from './spend.ts';

/** Where a clock has got to; epoch ms, not rounded. */
export type ClockResult =
  | { readonly kind: 'due'; readonly atMs: number }
  | { readonly kind: 'paused'; readonly sinceMs: number }
  | { readonly kind: 'never' };

/**
 * Runs one allowance from its start through its pauses (in order, ending after the start). The last pause that
 * restarts makes everything before it irrelevant: the whole allowance counts from its end.
 */
export function runClock(
  calendar: CompiledCalendar,
  startMs: number,
  allowance: Allowance,
  pauses: readonly Pause[],
): ClockResult {
  const last = pauses.findLastIndex((pause) => pause.restarts);
  const restart = pauses[last];
  if (!restart) return runFrom(calendar, startMs, allowance, pauses);
  if (restart.toMs === undefined) return { kind: 'paused', sinceMs: restart.fromMs };
  return runFrom(calendar, restart.toMs, allowance, pauses.slice(last + 1));
}

function runFrom(
  calendar: CompiledCalendar,
  startMs: number,
  allowance: Allowance,
  pauses: readonly Pause[],
): ClockResult {
  const { unit, amount = 0 } = allowance;
  switch (unit) {
    case 'working-day':
      return runWorkingTime(calendar, startMs, { kind: 'days', left: fractionOf(amount) }, pauses);
    case 'working-hour':
      return runWorkingTime(calendar, startMs, { kind: 'time', leftMs: hoursInMs(amount) }, pauses);
    case 'clock-hour':
      return runMovable(startMs, pauses, startClockHours(startMs, hoursInMs(amount)));
    case 'day':
      return runMovable(
        startMs,
        pauses,
        startDays(calendar, startMs, (received) => received + amount),
      );
    case 'month':
      return runMovable(
        startMs,
        pauses,
        startDays(calendar, startMs, (received) => monthsLater(received, amount)),
      );
    case 'same-day':
      return runMovable(startMs, pauses, startSameDay(calendar, startMs, allowance.cutOff ?? DEFAULT_CUT_OFF));
  }
}

function runWorkingTime(
  calendar: CompiledCalendar,
  startMs: number,
  whole: WorkingBudget,
  pauses: readonly Pause[],
): ClockResult {
  let budget = whole;
  let fromMs = startMs;
  for (const pause of pauses) {
    // A phase may begin during a pause: then there is nothing to spend before it.
    if (pause.fromMs >= fromMs) {
      const spent = spend(calendar, fromMs, pause.fromMs, budget);
      if (spent.kind === 'used-up') return { kind: 'due', atMs: spent.atMs };
      if (spent.kind === 'never') return spent;
      budget = spent.budget;
    }
    if (pause.toMs === undefined) return { kind: 'paused', sinceMs: pause.fromMs };
    fromMs = pause.toMs;
  }
  const spent = spend(calendar, fromMs, Number.POSITIVE_INFINITY, budget);
  return spent.kind === 'used-up' ? { kind: 'due', atMs: spent.atMs } : { kind: 'never' };
}

/** A clock that holds a due instant and moves it when it was paused. */
interface MovableDue {
  /** Epoch ms; undefined beyond the year 9999. */
  readonly dueMs: number | undefined;
  readonly moveBy: (pauseFromMs: number, pauseToMs: number) => MovableDue;
}

function runMovable(startMs: number, pauses: readonly Pause[], start: MovableDue): ClockResult {
  let due = start;
  for (const pause of pauses) {
    const fromMs = Math.max(pause.fromMs, startMs);
    if (due.dueMs !== undefined && due.dueMs <= fromMs) break;
    if (pause.toMs === undefined) return { kind: 'paused', sinceMs: pause.fromMs };
    due = due.moveBy(fromMs, pause.toMs);
  }
  return due.dueMs === undefined ? { kind: 'never' } : { kind: 'due', atMs: due.dueMs };
}

function startClockHours(startMs: number, lengthMs: number): MovableDue {
  const holding = (dueMs: number): MovableDue => ({
    dueMs,
    moveBy: (fromMs, toMs) => holding(dueMs + toMs - fromMs),
  });
  return holding(startMs + lengthMs);
}

/** Calendar days and months: the unrolled date is kept and moved, and rolled to a date with hours only at the end. */
function startDays(
  calendar: CompiledCalendar,
  startMs: number,
  unrolledOf: (received: DayNumber) => DayNumber,
): MovableDue {
  const holding = (unrolled: DayNumber, notBeforeMs: number): MovableDue => ({
    dueMs: lastCloseFrom(calendar, unrolled, notBeforeMs),
    moveBy: (fromMs, toMs) => holding(unrolled + begunDays(fromMs, toMs, calendar.timeZone), toMs),
  });
  return holding(unrolledOf(dayNumberAt(startMs, calendar.timeZone)), startMs);
}

function startSameDay(calendar: CompiledCalendar, startMs: number, cutOff: string): MovableDue {
  const date = dayNumberAt(startMs, calendar.timeZone);
  const cutOffMs = instantOfWall(date * DAY_MS + (parseTimeOfDay(cutOff) ?? 0) * 1000, calendar.timeZone);
  return {
    dueMs: lastCloseFrom(calendar, startMs <= cutOffMs ? date : date + 1, startMs),
    moveBy: (_fromMs, toMs) => startSameDay(calendar, toMs, cutOff),
  };
}

/**
 * The last close of the date, or of the next date with hours. Nothing falls due before it came in: where the offices
 * had closed by then (half Saturday, received 14:00, cut-off 15:00) it is the next date with hours.
 */
function lastCloseFrom(calendar: CompiledCalendar, number: DayNumber, notBeforeMs: number): number | undefined {
  const date = findDateWithHours(calendar, number);
  if (date === undefined) return undefined;
  const close = calendar.dateOf(date).closes.at(-1);
  return close !== undefined && close < notBeforeMs ? lastCloseFrom(calendar, date + 1, notBeforeMs) : close;
}

/** Length of a pause in days of the wall clock, a begun day counting whole: Wed 10:00 to Thu 10:00 is 1, to 10:01 is 2. */
function begunDays(fromMs: number, toMs: number, zone: string): number {
  const wallLength = toMs + zoneOffsetMs(toMs, zone) - (fromMs + zoneOffsetMs(fromMs, zone));
  return Math.max(0, Math.ceil(wallLength / DAY_MS));
}

function monthsLater(received: DayNumber, months: number): DayNumber {
  const day = dayOfNumber(received);
  // Beyond December 9999 there is no day to write, and so no due date.
  if (Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7)) + months > 9999 * 12 + 12) return LAST_DAY + 1;
  return dayNumberOf(addMonths(day, months));
}

function hoursInMs(amount: number): number {
  return scaleUp(fractionOf(amount), 3_600_000n, { numerator: 1n, denominator: 1n });
}
