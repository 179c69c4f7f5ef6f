import type { CompiledCalendar } from './compiled-calendar.ts';
import { spend } from './spend.ts';

/**
 * The instant at which so much working time from `from` on is used up: the earliest one, in whole seconds rounded up;
 * nothing to use gives `from` itself. The counterpart of `workingMsBetween`.
 * Example (8-hour office): Fri 16:00 and two hours → Mon 08:00.
 * @throws RangeError where the calendar never holds that much.
 */
export function afterWorkingMs(calendar: CompiledCalendar, from: Date, workingMs: number): Date {
  if (workingMs <= 0) return from;
  const spent = spend(calendar, from.getTime(), Number.POSITIVE_INFINITY, { kind: 'time', leftMs: workingMs });
  if (spent.kind !== 'used-up') throw new RangeError('working time that is never used up');
  return new Date(Math.ceil(spent.atMs / 1000) * 1000);
}
