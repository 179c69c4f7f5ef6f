import { Decimal } from '../../../../core/scoring/index.ts';
import { type Attained, attain, judge, type Reading } from './attain.ts';
import type { TargetTerms } from './definition.ts';

/** Working days of the unit's calendar: passed of the period up to the figure, and in all. */
export type Elapsed = { readonly days: number; readonly ofDays: number };

/**
 * Where a running total (lũy kế) stood before the period, in what the target is told in, and how many working days have
 * passed since.
 */
export type Begun = { readonly value: Decimal; readonly days: number };

/**
 * `final`: the period is over, the value stands. `linear`: what was done so far goes on at the same pace of working days.
 * `same-share`: both counts of a ratio go on at the same pace, so the ratio stays.
 */
export type ForecastMethod = 'final' | 'linear' | 'same-share';

export type Forecast = {
  readonly method: ForecastMethod;
  readonly value: Decimal;
  /** The light the value would have. */
  readonly light: Attained['light'];
  /**
   * Of a ratio that runs: the percentage all further cases must have for the goal to be met at the end, if as many come
   * as so far. Above 100: out of reach. Null where it cannot be said or the goal is a ceiling.
   */
  readonly needed: Decimal | null;
};

/**
 * Where the period will end. Null without data, for bands, before the first working day, and where the target says
 * `none`.
 * @param begun absent: counting began at 0 with the period; null: a running total of which nothing is known before it, so
 *   that its pace cannot be told. A total that fell was begun anew.
 * @example 6,000 of 12,000 planned after 100 of 250 working days → linear, 125 %.
 */
export function forecast(
  terms: TargetTerms,
  reading: Reading | null,
  reference: Decimal | null,
  elapsed: Elapsed,
  begun?: Begun | null,
): Forecast | null {
  const { value, goal, light } = attain(terms, reading, reference);
  if (value === null || goal === null || reading === null || terms.forecast === 'none' || elapsed.days <= 0)
    return null;
  if (elapsed.days >= elapsed.ofDays) return { method: 'final', value, light, needed: null };
  if (terms.forecast === 'count') {
    const since = begun === undefined || begun?.value.gt(value) ? { value: new Decimal(0), days: elapsed.days } : begun;
    if (since === null || since.days <= 0) return null;
    const toCome = value.minus(since.value).times(elapsed.ofDays - elapsed.days);
    const grown = value.times(since.days).plus(toCome).div(since.days);
    // A share of a whole ends at the whole; done over planned may go beyond.
    const end =
      terms.unit === 'percent' && !terms.planned && grown.gt(100) ? (value.gt(100) ? value : new Decimal(100)) : grown;
    return { method: 'linear', value: end, light: judge(terms, end, goal).light, needed: null };
  }
  return { method: 'same-share', value, light, needed: neededShare(terms, reading, goal, elapsed) };
}

function neededShare(terms: TargetTerms, reading: Reading, goal: Decimal, elapsed: Elapsed): Decimal | null {
  const { numerator = null, denominator = null } = reading;
  if (terms.direction === 'down' || numerator === null || !denominator) return null;
  const atEnd = new Decimal(denominator).times(elapsed.ofDays).div(elapsed.days);
  const toCome = atEnd.minus(denominator);
  if (toCome.lte(0)) return null;
  const wanted = goal.times(atEnd).div(100).minus(numerator);
  const share = wanted.times(100).div(toCome);
  return share.lt(0) ? new Decimal(0) : share;
}
