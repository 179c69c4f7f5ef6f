import { DAY_MS, dayNumberAt } from '../../core/time/index.ts';
import type { CompiledCalendar } from '../../core/working-time/index.ts';

/**
 * The instant itself where the office works, else a little after the next opening (`jitterMs`, cut to the window), so
 * that a thousand acts do not fall on 07:00:00.
 */
export function workingInstant(calendar: CompiledCalendar, atMs: number, jitterMs: number): number {
  for (let number = dayNumberAt(atMs, calendar.timeZone); ; number++) {
    const { opens, closes } = calendar.dateOf(number);
    for (let i = 0; i < opens.length; i++) {
      const [opensAt, closesAt] = [opens[i] ?? 0, closes[i] ?? 0];
      if (atMs >= closesAt) continue;
      if (atMs >= opensAt) return atMs;
      return opensAt + Math.min(jitterMs, closesAt - opensAt - 1000);
    }
    if (number > 2_900_000) return atMs;
  }
}

/** An instant within the office hours of a day; `share` 0 … 1 of its working time. Undefined on a day off. */
export function instantInDay(calendar: CompiledCalendar, dayNumber: number, share: number): number | undefined {
  const { opens, closes, workingMs } = calendar.dateOf(dayNumber);
  let left = share * workingMs;
  for (let i = 0; i < opens.length; i++) {
    const [opensAt, closesAt] = [opens[i] ?? 0, closes[i] ?? 0];
    if (left < closesAt - opensAt) return opensAt + left;
    left -= closesAt - opensAt;
  }
  return undefined;
}

/** The instant some working days later at about the same hour. */
export function workingDaysLater(calendar: CompiledCalendar, atMs: number, days: number, jitterMs: number): number {
  let left = Math.floor(days);
  let at = atMs + (days - left) * 9 * 3_600_000;
  while (left > 0) {
    at += DAY_MS;
    if (calendar.dateOf(dayNumberAt(at, calendar.timeZone)).opens.length > 0) left--;
  }
  return workingInstant(calendar, at, jitterMs);
}
