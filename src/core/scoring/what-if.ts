import { Decimal, rounded } from './decimal.ts';
import { inputOf, readFormula } from './formula.ts';
import { intervals, negated } from './interval.ts';
import { type Measure, pointsOf } from './points.ts';
import type { Score } from './score.ts';
import { leastThat, type Verdict } from './search.ts';
import type { Band, IndicatorSet, SubCriterion } from './set.ts';

type Scoreable = Pick<SubCriterion, 'max' | 'rule' | 'zeroDenominator'>;

/** How many items are needed for some points. */
export type Needed = {
  /** The least number that suffices; null: none that was tried does. */
  readonly least: number | null;
  /** The last number that still suffices where more would give fewer points again; null: none tried falls back. */
  readonly last: number | null;
  /** Every number up to this one was tried. */
  readonly tried: number;
  /** There are no more items than were tried: where none suffices, no number does. */
  readonly all: boolean;
};

/**
 * Ways to other counts. `turned`: items there are become good; `added`: new good items, each adding one to numerator and
 * denominator. Formulas may also fall with the numerator (late dossiers, say): `fewer` leave the numerator, `others` are new
 * and stay out of it.
 */
export const WAYS = ['turned', 'added', 'fewer', 'others'] as const;
export type Way = (typeof WAYS)[number];

/**
 * What more would bring. `goal`: so many points more (`point`), the next step of bands or the threshold (`step`), or the
 * maximum (`full`). `points`: of the criterion then, at least.
 */
export type WhatIf = {
  readonly goal: 'point' | 'step' | 'full';
  readonly points: number;
  readonly ways: Readonly<Partial<Record<Way, Needed>>>;
};

/** More than any unit will ever handle in a year: new items beyond are not tried. */
const MOST = 10_000_000;

/**
 * How many more good items for more points, the next step and the maximum. Empty for criteria scored by hand, without items,
 * or at their maximum.
 * @param more points wished, above 0
 * @example whatIf({ max: 20, rule: { kind: 'linear' } }, { numerator: 1880, denominator: 2000 }) // 18.80 now
 *   // point: 19.8 with 100 turned or 10,000 added; full: 120 turned, no number of new ones
 */
export function whatIf(criterion: Scoreable, measure: Measure, more = 1): WhatIf[] {
  const { max, rule } = criterion;
  if (!rule || rule.kind === 'manual' || measure.denominator <= 0) return [];
  const now = pointsOf(criterion, measure);
  if (now === null || now.gte(max)) return [];
  const goals: { goal: WhatIf['goal']; points: Decimal }[] = [];
  const stepped = rule.kind === 'bands' || rule.kind === 'threshold';
  if (stepped) {
    const next = rule.kind === 'bands' ? rule.steps.findLast((step) => now.lt(step.points))?.points : max;
    if (next !== undefined && next < max) goals.push({ goal: 'step', points: new Decimal(next) });
  } else if (now.plus(more).lt(max)) goals.push({ goal: 'point', points: now.plus(more) });
  const best = rule.kind === 'bands' ? Math.max(...rule.steps.map((step) => step.points)) : max;
  if (now.lt(best)) goals.push({ goal: stepped && goals.length === 0 ? 'step' : 'full', points: new Decimal(best) });
  return goals.map(({ goal, points }) => ({
    goal,
    points: rounded(points),
    ways: countsFor(criterion, measure, points),
  }));
}

/**
 * The least numbers of items for at least these points, exact: `pointsOf` itself decides at every end.
 * @param most new items tried
 */
export function countsFor(
  criterion: Scoreable,
  measure: Measure,
  points: Decimal,
  most = MOST,
): Readonly<Partial<Record<Way, Needed>>> {
  const needed = (way: Way, to: number, all: boolean): Needed => {
    const verdict = verdictOn(criterion, (n) => countsAfter(measure, way, n), points);
    const { least, tried } = leastThat(0, to, verdict);
    if (least === null) return { least, last: null, tried, all: all && tried === to };
    const after = leastThat(least, to, (a, b) => negated(verdict(a, b)));
    return { least, last: after.least === null ? null : after.least - 1, tried: after.tried, all };
  };
  const ways = { turned: needed('turned', itemsLeft(measure), true), added: needed('added', most, false) };
  if (criterion.rule?.kind !== 'formula') return ways;
  const [fewer, others] = [needed('fewer', Math.floor(measure.numerator), true), needed('others', most, false)];
  // The way a formula leads is shown; the other only where it leads somewhere too.
  return {
    ...(ways.turned.least !== null || ways.added.least !== null || (fewer.least === null && others.least === null)
      ? ways
      : {}),
    ...(fewer.least !== null || others.least !== null ? { fewer, others } : {}),
  };
}

const itemsLeft = ({ numerator, denominator }: Measure): number => Math.max(0, Math.ceil(denominator - numerator));

/** The counts when so many items have gone a way. */
export function countsAfter({ numerator, denominator }: Measure, way: Way, items: number): Measure {
  switch (way) {
    case 'turned':
      return { numerator: numerator + items, denominator };
    case 'added':
      return { numerator: numerator + items, denominator: denominator + items };
    case 'fewer':
      return { numerator: numerator - items, denominator };
    case 'others':
      return { numerator, denominator: denominator + items };
  }
}

/** Whether the points are reached all along a way between two numbers of items, by bounds; exact where both are one. */
function verdictOn(criterion: Scoreable, after: (items: number) => Measure, points: Decimal): Verdict {
  const { rule, max } = criterion;
  const at = (items: number): Decimal | null => pointsOf(criterion, after(items));
  const read = rule?.kind === 'formula' ? readFormula(rule.expression) : undefined;
  return (from, to) => {
    const [first, last] = [at(from), at(to)];
    const reached = [first?.gte(points) ?? false, last?.gte(points) ?? false];
    if (from === to || reached[0] !== reached[1]) return from === to ? reached[0] : undefined;
    // Along a way the ratio only rises or only falls, and every rule but a formula follows it.
    if (!read?.ok) return reached[0];
    const [a, b] = [after(from), after(to)].map((each) => inputOf(each.numerator, each.denominator, max));
    if (!a || !b) return undefined;
    const bounds = read.formula.bounds({
      numerator: intervals.of(a.numerator, b.numerator),
      denominator: intervals.of(a.denominator, b.denominator),
      ratio: intervals.of(a.ratio, b.ratio),
      maximum: intervals.of(a.maximum, b.maximum),
    });
    if (!bounds) return undefined;
    // The goal is above 0 and at most the maximum, so that keeping points within these changes nothing here.
    if (bounds.hi.lt(points)) return false;
    return bounds.lo.gte(points) ? true : undefined;
  };
}

/**
 * The band above and how many points are missing to it, two decimals rounded up, so that this many points suffice: at least
 * 0.01, where the total reads as the band above already but is a little below it. Null at the top, or without bands.
 * @example a total of 79.98 of 100, “Khá”, with Tốt from 80 → { label: 'Tốt', points: 0.02 }
 */
export function nextBand(
  set: IndicatorSet,
  { total, max, band }: Pick<Score, 'total' | 'max' | 'band'>,
): { readonly label: string; readonly points: number } | null {
  const bands: readonly Band[] = set.bands?.total ?? [];
  const above = bands[bands.findIndex(({ label }) => label === band) - 1];
  if (!above) return null;
  const missing = new Decimal(above.min).times(max).div(100).minus(total).round(2, Decimal.roundUp);
  return { label: above.label, points: missing.gt(0) ? missing.toNumber() : 0.01 };
}
