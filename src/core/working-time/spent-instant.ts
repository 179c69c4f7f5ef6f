import type { CompiledCalendar } from './compiled-calendar.ts';
import { workingMsBetween } from './elapsed.ts';
import { spend } from './spend.ts';

/** A stretch in which a clock ran; `to` null while it runs. Stretches of one clock follow each other in time. */
export interface RunStretch {
  readonly from: Date;
  readonly to: Date | null;
}

/** Working milliseconds of the stretches up to `until`; an open stretch ends there. */
export function spentMsUntil(calendar: CompiledCalendar, stretches: readonly RunStretch[], until: Date): number {
  let sum = 0;
  for (const { from, to } of stretches) sum += workingMsBetween(calendar, from, to === null || to > until ? until : to);
  return sum;
}

/**
 * The earliest instant by which the stretches have run `workingMs` (≥ 0) of working time, rounded up to the second; null
 * where they stop before. Example (8-hour office): one open stretch from Mon 08:00, 4 hours → Mon 12:00, a close.
 */
export function instantOfSpent(
  calendar: CompiledCalendar,
  stretches: readonly RunStretch[],
  workingMs: number,
): Date | null {
  let leftMs = workingMs;
  for (const { from, to } of stretches) {
    const untilMs = to === null ? Number.POSITIVE_INFINITY : to.getTime();
    const spent = spend(calendar, from.getTime(), untilMs, { kind: 'time', leftMs });
    if (spent.kind === 'used-up') return new Date(Math.ceil(spent.atMs / 1000) * 1000);
    if (spent.kind === 'never') return null;
    if (spent.budget.kind === 'time') leftMs = spent.budget.leftMs;
  }
  return null;
}
