import { Decimal } from './decimal.ts';
import { inputOf, readFormula } from './formula.ts';
import type { Criterion } from './set.ts';

/** A measured value: counts that make a ratio. The denominator may be 0. */
export type Measure = { readonly numerator: number; readonly denominator: number };

/**
 * Points of a criterion for a measure, exact, or null where there are none: a manual criterion, or a denominator of 0
 * without a rule for it. `no data` is not 0.
 * @example pointsOf({ max: 2, rule: { kind: 'linear', full: 0.8 }, … }, { numerator: 64, denominator: 100 }) // 1.6
 */
export function pointsOf(
  criterion: Pick<Criterion, 'max' | 'rule' | 'zeroDenominator'>,
  measure: Measure,
): Decimal | null {
  const max = new Decimal(criterion.max);
  // Told for information: whatever is measured gives no points, by any rule or none.
  if (max.eq(0)) return max;
  if (measure.denominator === 0) {
    if (criterion.zeroDenominator === undefined) return null;
    return criterion.zeroDenominator === 'full' ? max : new Decimal(0);
  }
  const ratio = new Decimal(measure.numerator).div(measure.denominator);
  const rule = criterion.rule ?? { kind: 'manual' };
  switch (rule.kind) {
    case 'manual':
      return null;
    case 'linear': {
      const from = rule.from ?? 0;
      const share = ratio.minus(from).div(new Decimal(rule.full ?? 1).minus(from));
      return within(max.times(share), max);
    }
    case 'checklist':
      return within(max.times(ratio), max);
    case 'threshold':
      return ratio.gte(rule.at) ? max : new Decimal(0);
    case 'bands':
      return new Decimal(rule.steps.find((step) => ratio.gte(step.min))?.points ?? 0);
    case 'formula': {
      const read = readFormula(rule.expression);
      if (!read.ok) return null;
      const points = read.formula.points(inputOf(measure.numerator, measure.denominator, criterion.max));
      return points && within(points, max);
    }
  }
}

const within = (points: Decimal, max: Decimal): Decimal =>
  points.gt(max) ? max : points.lt(0) ? new Decimal(0) : points;
