import type { DayNumber } from '../time/index.ts';
import { dayNumberAt, LAST_DAY } from '../time/index.ts';
import type { CompiledCalendar, WorkingDate } from './compiled-calendar.ts';
import type { Fraction } from './fraction.ts';
import { compareFractions, scaleUp, subtractFractions } from './fraction.ts';

/**
 * An amount of working time still to be spent: exact working days, or milliseconds of working hours. The two run
 * through the same windows; a day's share of the first is worked ÷ length × weight.
 */
export type WorkingBudget =
  | { readonly kind: 'days'; readonly left: Fraction }
  | { readonly kind: 'time'; readonly leftMs: number };

/** Used up at an instant (epoch ms, not yet rounded to the second), still something left, or never to be used up. */
export type SpendResult =
  | { readonly kind: 'used-up'; readonly atMs: number }
  | { readonly kind: 'left'; readonly budget: WorkingBudget }
  | { readonly kind: 'never' };

/** A calendar whose dates all weigh 0 never uses up a working day; nine years without progress hold every leap day. */
const IDLE_DAYS = 9 * 366;

/**
 * Spends the budget inside the windows from `fromMs` on, at most until `untilMs` (both epoch ms). The instant is the
 * earliest at which nothing is left: a closing time rather than the opening after it. A budget of 0 is used up at
 * `fromMs`, or at the next opening where nobody works then.
 */
export function spend(calendar: CompiledCalendar, fromMs: number, untilMs: number, budget: WorkingBudget): SpendResult {
  let left = budget;
  let idleSince = Math.max(dayNumberAt(fromMs, calendar.timeZone), calendar.lastException ?? Number.NEGATIVE_INFINITY);
  for (let number = dayNumberAt(fromMs, calendar.timeZone); number <= LAST_DAY; number++) {
    const date = calendar.dateOf(number);
    const { opens, closes } = date;
    const windows = opens.length;
    if (windows === 0) continue;
    if ((opens[0] ?? 0) > untilMs) return { kind: 'left', budget: left };
    if (fromMs >= (closes[windows - 1] ?? 0)) continue;
    const available = workedBetween(date, fromMs, untilMs);
    const need = needOn(date, left);
    // At `untilMs` a budget of 0 has no opening yet; everything else is used up within what is available.
    if (need !== undefined && need <= available && (need > 0 || isWorkedFrom(date, fromMs, untilMs))) {
      return { kind: 'used-up', atMs: instantAfter(date, fromMs, need) };
    }
    if (available > 0) {
      if (hasWeight(date, left)) idleSince = Math.max(idleSince, number);
      left = reduceBudget(date, left, available);
    }
    if (number - idleSince > IDLE_DAYS && untilMs === Number.POSITIVE_INFINITY) return { kind: 'never' };
  }
  return untilMs === Number.POSITIVE_INFINITY ? { kind: 'never' } : { kind: 'left', budget: left };
}

/** Worked milliseconds of the date between two instants. */
export function workedBetween(date: WorkingDate, fromMs: number, untilMs: number): number {
  const { opens, closes } = date;
  if (opens.length > 0 && fromMs <= (opens[0] ?? 0) && untilMs >= (closes[closes.length - 1] ?? 0)) {
    return date.workingMs;
  }
  let worked = 0;
  for (let index = 0; index < opens.length; index++) {
    const length = Math.min(closes[index] ?? 0, untilMs) - Math.max(opens[index] ?? 0, fromMs);
    if (length > 0) worked += length;
  }
  return worked;
}

/** The first date from `number` on (inclusive) that has hours; undefined beyond the year 9999. */
export function findDateWithHours(calendar: CompiledCalendar, number: DayNumber): DayNumber | undefined {
  for (let candidate = number; candidate <= LAST_DAY; candidate++) {
    if (calendar.dateOf(candidate).opens.length > 0) return candidate;
  }
  return undefined;
}

/** Milliseconds of this date that would use the budget up, rounded up; undefined where the date weighs nothing. */
function needOn(date: WorkingDate, budget: WorkingBudget): number | undefined {
  if (budget.kind === 'time') return budget.leftMs;
  if (budget.left.numerator === 0n) return 0;
  if (date.weight.numerator === 0n) return undefined;
  // Cheap first: more left than the date weighs.
  if (date.weight.denominator === 1n && compareFractions(budget.left, date.weight) > 0) return undefined;
  return scaleUp(budget.left, BigInt(date.workingMs), date.weight);
}

function reduceBudget(date: WorkingDate, budget: WorkingBudget, workedMs: number): WorkingBudget {
  if (budget.kind === 'time') return { kind: 'time', leftMs: budget.leftMs - workedMs };
  if (date.weight.numerator === 0n) return budget;
  if (workedMs === date.workingMs) return { kind: 'days', left: subtractFractions(budget.left, date.weight) };
  const share = {
    numerator: date.weight.numerator * BigInt(workedMs),
    denominator: date.weight.denominator * BigInt(date.workingMs),
  };
  return { kind: 'days', left: subtractFractions(budget.left, share) };
}

function hasWeight(date: WorkingDate, budget: WorkingBudget): boolean {
  return budget.kind === 'time' || date.weight.numerator > 0n;
}

/** Whether somebody works at some instant from `fromMs` to `untilMs`, the opening itself included. */
function isWorkedFrom(date: WorkingDate, fromMs: number, untilMs: number): boolean {
  return date.opens.some((opens, index) => fromMs < (date.closes[index] ?? 0) && opens <= untilMs);
}

function instantAfter(date: WorkingDate, fromMs: number, workedMs: number): number {
  let left = workedMs;
  for (let index = 0; index < date.opens.length; index++) {
    const start = Math.max(date.opens[index] ?? 0, fromMs);
    const length = (date.closes[index] ?? 0) - start;
    if (length <= 0) continue;
    if (left <= length) return start + left;
    left -= length;
  }
  // The caller has made sure that the date holds enough.
  throw new Error('worked time beyond the date');
}
