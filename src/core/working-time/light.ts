import type { PunctualityRule } from './classify.ts';
import { classify } from './classify.ts';
import type { CompiledCalendar } from './compiled-calendar.ts';
import { workingMsBetween } from './elapsed.ts';
import { spend } from './spend.ts';

/** What an inbox shows of a clock: in time, soon due, late, standing still, or without a due date. */
export type Light = 'green' | 'amber' | 'red' | 'paused' | 'none';

/** What the light of a clock is read from. */
export interface ClockReading {
  /** Where the time now running began: the receipt, or the last resume after a restart. */
  readonly startedAt: Date;
  readonly dueAt: Date | null;
  readonly now: Date;
  readonly pausedSince?: Date | null | undefined;
  /**
   * Working seconds of the whole allowance; without it those from `startedAt` to `dueAt`. Give it where the clock was
   * paused in between, or the time of the pause would count as time to work in.
   */
  readonly allowanceSeconds?: number | undefined;
}

/** When the light changes. */
export interface LightThresholds {
  /** Used share from which the light is amber, inclusive; 0.8 by default. */
  readonly amberFromShare?: number;
  /** What late means, as in `classify`; by date unless the regime says otherwise. */
  readonly rule?: PunctualityRule;
}

/** The used share at which a clock turns amber unless said otherwise. */
export const AMBER_FROM_SHARE = 0.8;

/**
 * Traffic light and used share (0 to 1) of a clock, measured in working time. Red is what `classify` calls late when
 * it ended now. Example: 5 working days from Mon 08:00, looked at on Fri 08:00: share 0.8, amber.
 */
export function clockLight(
  calendar: CompiledCalendar,
  reading: ClockReading,
  thresholds: LightThresholds = {},
): { light: Light; usedShare: number } {
  const { startedAt, dueAt, now, pausedSince } = reading;
  if (dueAt === null) return { light: pausedSince ? 'paused' : 'none', usedShare: 0 };
  const usedShare = usedShareAt(calendar, reading, pausedSince ?? now, startedAt, dueAt);
  if (pausedSince) return { light: 'paused', usedShare };
  if (classify(dueAt, now, thresholds.rule, calendar.timeZone) === 'late') return { light: 'red', usedShare: 1 };
  const amber = usedShare >= (thresholds.amberFromShare ?? AMBER_FROM_SHARE);
  return { light: amber ? 'amber' : 'green', usedShare };
}

/**
 * The instant at which the given share (0 to 1) of the working time between the two is used: store it beside the due
 * date, and an inbox can tell green from amber in SQL. Whole seconds, rounded up.
 */
export function instantOfShare(calendar: CompiledCalendar, startedAt: Date, dueAt: Date, share: number): Date {
  const leftMs = Math.ceil(workingMsBetween(calendar, startedAt, dueAt) * share);
  const spent = spend(calendar, startedAt.getTime(), dueAt.getTime(), { kind: 'time', leftMs });
  if (spent.kind !== 'used-up') return dueAt;
  return new Date(Math.min(Math.ceil(spent.atMs / 1000) * 1000, dueAt.getTime()));
}

function usedShareAt(
  calendar: CompiledCalendar,
  reading: ClockReading,
  at: Date,
  startedAt: Date,
  dueAt: Date,
): number {
  const total = (reading.allowanceSeconds ?? 0) * 1000 || workingMsBetween(calendar, startedAt, dueAt);
  // A clock without working time in it (12 clock-hours over a night) is measured by the clock.
  if (total === 0) {
    const whole = dueAt.getTime() - startedAt.getTime();
    return whole <= 0 ? 1 : clamp((at.getTime() - startedAt.getTime()) / whole);
  }
  return clamp(1 - workingMsBetween(calendar, at, dueAt) / total);
}

function clamp(share: number): number {
  return Math.min(1, Math.max(0, share));
}
