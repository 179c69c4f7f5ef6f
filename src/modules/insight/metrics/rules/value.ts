import { Decimal, rounded } from '../../../../core/scoring/index.ts';
import type { Figure } from './bundle.ts';
import type { MetricDefinition } from './definition.ts';
import type { MetricValue } from './types.ts';

/**
 * What two counts make: shares and means are exact decimals rounded once; nothing below the line is no data.
 * @example 7 of 8 in percent with two decimals → value 87.5, rounded 87.5; 0 of 0 → null, null
 */
export function figureValue(
  definition: MetricDefinition,
  { numerator, denominator }: Figure,
): Pick<MetricValue, 'numerator' | 'denominator' | 'value' | 'rounded'> {
  const exact =
    numerator === null
      ? null
      : definition.denominator === undefined
        ? new Decimal(numerator)
        : denominator === null || denominator === 0
          ? null
          : new Decimal(numerator).times(definition.unit === 'percent' ? 100 : 1).div(denominator);
  return {
    numerator,
    denominator: definition.denominator === undefined ? null : denominator,
    value: exact === null ? null : exact.toNumber(),
    rounded: exact === null ? null : rounded(exact, definition.decimals),
  };
}
