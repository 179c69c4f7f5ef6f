import { dayNumberAt } from '../../../../core/time/index.ts';
import {
  type CompiledCalendar,
  instantOfSpent,
  type RunStretch,
  spentMsUntil,
  workingDaysBetween,
} from '../../../../core/working-time/index.ts';
import type { LadderDefinition, Rung, Subject } from './definition.ts';
import type { Timing } from './timing.ts';

/** What the ladder is laid against: the clock of the dossier, and that of the step it stands at, where it has a budget. */
export type LadderFacts = { readonly dossier: Timing; readonly step: Timing | null };

/** A rung and the instant it is reached, whatever the time is now. */
export type PlacedRung = { readonly subject: Subject; readonly rung: Rung; readonly at: Date; readonly dueAt: Date };

/**
 * The instant of every rung, given the clock so far; earliest first. A rung that a standing clock has not reached has no
 * instant yet and is left out; it gets one when the clock runs again. Measured in working time without the pauses, a
 * limit without working time (12 clock-hours over a night) by the wall clock. 100 % is the due instant itself. A day
 * before the due date that begins before the clock did is no rung.
 *
 * Example (8-hour office, received Mon 08:00, 5 working days, due Fri 17:00): 80 % is reached Thu 17:00, the last working
 * day Fri 07:00 or whenever the office opens.
 */
export function ladder(definition: LadderDefinition, facts: LadderFacts, calendar: CompiledCalendar): PlacedRung[] {
  const placed: PlacedRung[] = [];
  for (const subject of ['dossier', 'step'] as const) {
    const timing = facts[subject];
    if (!timing || timing.dueAt <= timing.startedAt) continue;
    for (const rung of definition[subject]) {
      const at = instantOf(rung, timing, calendar);
      if (at) placed.push({ subject, rung, at, dueAt: timing.dueAt });
    }
  }
  return placed.sort((a, b) => a.at.getTime() - b.at.getTime() || (a.rung.share ?? 0) - (b.rung.share ?? 0));
}

function instantOf(rung: Rung, timing: Timing, calendar: CompiledCalendar): Date | null {
  const { startedAt, dueAt } = timing;
  if (rung.minLimitDays !== undefined && workingDaysBetween(calendar, startedAt, dueAt) < rung.minLimitDays)
    return null;
  if (rung.workingDaysBefore !== undefined) return dayBefore(rung.workingDaysBefore, timing, calendar);
  return instantOfPercent(rung.share ?? 100, timing, calendar);
}

/** Opening of the date with hours that many dates with hours before the due date; null before the start or in a pause. */
function dayBefore(days: number, timing: Timing, calendar: CompiledCalendar): Date | null {
  const first = dayNumberAt(timing.startedAt.getTime(), calendar.timeZone);
  let left = days;
  for (let number = dayNumberAt(timing.dueAt.getTime(), calendar.timeZone); number >= first; number--) {
    const opening = calendar.dateOf(number).opens[0];
    if (opening === undefined || opening >= timing.dueAt.getTime()) continue;
    if (left-- > 0) continue;
    const at = new Date(opening);
    return at < timing.startedAt ? null : runningFrom(timing.stretches, at);
  }
  return null;
}

/** The instant, or the first one after it at which the clock runs. Null: it stands; the due date told is not final. */
function runningFrom(stretches: readonly RunStretch[], at: Date): Date | null {
  const stretch = stretches.find(({ to }) => to === null || at <= to);
  if (!stretch) return null;
  return at < stretch.from ? stretch.from : at;
}

function instantOfPercent(percent: number, timing: Timing, calendar: CompiledCalendar): Date | null {
  const { dueAt, stretches } = timing;
  const working: Measure = {
    spentUntil: (parts, until) => spentMsUntil(calendar, parts, until),
    instantOf: (parts, ms) => instantOfSpent(calendar, parts, ms),
  };
  const measure = promisedMs(timing, working) > 0 ? working : WALL;
  const wholeMs = promisedMs(timing, measure);
  if (percent < 100) {
    const at = measure.instantOf(stretches, Math.ceil((wholeMs * percent) / 100));
    return at && at > dueAt ? dueAt : at;
  }
  const ended = runningFrom(stretches, dueAt);
  if (!ended || percent === 100) return ended;
  const after = stretches.flatMap(({ from, to }) =>
    to !== null && to <= dueAt ? [] : [{ from: from < dueAt ? dueAt : from, to }],
  );
  return measure.instantOf(after, Math.ceil((wholeMs * (percent - 100)) / 100));
}

/**
 * All the time of the clock up to the due date. While a clock stands, what it will still have is what it was promised:
 * the time from the pause to the due date told last.
 */
function promisedMs({ dueAt, stretches }: Timing, measure: Measure): number {
  const stopped = stretches.at(-1)?.to;
  const left = stopped && stopped < dueAt ? measure.spentUntil([{ from: stopped, to: null }], dueAt) : 0;
  return measure.spentUntil(stretches, dueAt) + left;
}

type Measure = {
  spentUntil(stretches: readonly RunStretch[], until: Date): number;
  instantOf(stretches: readonly RunStretch[], ms: number): Date | null;
};

const WALL: Measure = {
  spentUntil(stretches, until) {
    let sum = 0;
    for (const { from, to } of stretches) {
      const end = to === null || to > until ? until : to;
      if (end > from) sum += end.getTime() - from.getTime();
    }
    return sum;
  },
  instantOf(stretches, ms) {
    let leftMs = ms;
    for (const { from, to } of stretches) {
      const length = to === null ? Number.POSITIVE_INFINITY : to.getTime() - from.getTime();
      if (leftMs <= length) return new Date(from.getTime() + leftMs);
      leftMs -= length;
    }
    return null;
  },
};
