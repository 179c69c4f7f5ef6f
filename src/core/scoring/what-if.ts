import { Decimal, rounded } from './decimal.ts';
import { type Measure, pointsOf } from './points.ts';
import type { Score } from './score.ts';
import type { Band, IndicatorSet, SubCriterion } from './set.ts';

type Scoreable = Pick<SubCriterion, 'max' | 'rule' | 'zeroDenominator'>;

/**
 * What more would bring. `goal`: the next whole point (`point`), the next step of bands or the threshold (`step`), or the
 * maximum (`full`). `points`: of the criterion then, at least. Both counts are the least that suffices; null: cannot be reached
 * so.
 */
export type WhatIf = {
  readonly goal: 'point' | 'step' | 'full';
  readonly points: number;
  /** Items already in the denominator that must turn good, e.g. late ones answered in time. */
  readonly turned: number | null;
  /** New items, all good, each adding one to numerator and denominator. */
  readonly added: number | null;
};

/** More than any unit will ever handle in a year: what needs more new items cannot be reached. */
const MOST = 10_000_000;

/**
 * How many more good items for the next point, the next step and the maximum. Empty for criteria without a rule that rises
 * with the ratio (manual, formula), without items, or at their maximum.
 * @example whatIf({ max: 20, rule: { kind: 'linear' } }, { numerator: 1880, denominator: 2000 }) // 18.80 now
 *   // point: 19.8 with 100 turned or 8,000 added; full: 120 turned, no number of new ones
 */
export function whatIf(criterion: Scoreable, measure: Measure): WhatIf[] {
  const { max, rule } = criterion;
  if (!rule || rule.kind === 'manual' || rule.kind === 'formula' || measure.denominator <= 0) return [];
  const now = pointsOf(criterion, measure);
  if (now === null || now.gte(max)) return [];
  const goals: { goal: WhatIf['goal']; points: Decimal }[] = [];
  const stepped = rule.kind === 'bands' || rule.kind === 'threshold';
  if (stepped) {
    const next = rule.kind === 'bands' ? rule.steps.findLast((step) => now.lt(step.points))?.points : max;
    if (next !== undefined && next < max) goals.push({ goal: 'step', points: new Decimal(next) });
  } else if (now.plus(1).lt(max)) goals.push({ goal: 'point', points: now.plus(1) });
  const best = rule.kind === 'bands' ? Math.max(...rule.steps.map((step) => step.points)) : max;
  if (now.lt(best)) goals.push({ goal: stepped && goals.length === 0 ? 'step' : 'full', points: new Decimal(best) });
  return goals.map(({ goal, points }) => ({ goal, points: rounded(points), ...countsFor(criterion, measure, points) }));
}

/** The least numbers of items for at least these points, exact: `pointsOf` itself is asked. */
export function countsFor(
  criterion: Scoreable,
  measure: Measure,
  points: Decimal,
): { readonly turned: number | null; readonly added: number | null } {
  const { numerator, denominator } = measure;
  const reaches = (more: Measure): boolean => pointsOf(criterion, more)?.gte(points) ?? false;
  return {
    turned: least(Math.max(0, denominator - numerator), (n) => reaches({ numerator: numerator + n, denominator })),
    added: least(MOST, (n) => reaches({ numerator: numerator + n, denominator: denominator + n })),
  };
}

/** The least n from 0 to `most` that holds, where everything above holds too; null where not even the most does. */
function least(most: number, holds: (n: number) => boolean): number | null {
  if (!holds(most)) return null;
  let [low, high] = [0, most];
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (holds(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}

/**
 * The band above and how many points are missing to it, two decimals rounded up, so that this many points suffice. Null
 * at the top, or without bands. @example a total of 79.98 of 100 with Tốt from 80 → { label: 'Tốt', points: 0.02 }
 */
export function nextBand(
  set: IndicatorSet,
  score: Pick<Score, 'total' | 'max'>,
): { readonly label: string; readonly points: number } | null {
  const bands: readonly Band[] = set.bands?.total ?? [];
  const percent = score.max === 0 ? new Decimal(0) : new Decimal(score.total).div(score.max).times(100);
  const above = bands.findLast((band) => percent.lt(band.min));
  if (!above) return null;
  const missing = new Decimal(above.min).times(score.max).div(100).minus(score.total);
  return { label: above.label, points: missing.round(2, Decimal.roundUp).toNumber() };
}
