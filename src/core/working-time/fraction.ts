/**
 * Exact rational arithmetic for working days. Three days of 7 h 10 min with a weight of 0.3 must come out to the
 * second; floating point would sometimes land one second after a closing time, and so on the next day.
 */
export interface Fraction {
  readonly numerator: bigint;
  /** Always positive. */
  readonly denominator: bigint;
}

/** Exactly the decimal that the number prints as: 0.1 is 1/10, 1e-7 is 1/10,000,000. The number must be finite. */
export function fractionOf(value: number): Fraction {
  if (Number.isSafeInteger(value)) return { numerator: BigInt(value), denominator: 1n };
  const [mantissa = '0', exponent = '0'] = String(value).split('e');
  const [whole = '0', decimals = ''] = mantissa.split('.');
  const shift = Number(exponent) - decimals.length;
  const digits = BigInt(whole + decimals);
  if (shift >= 0) return { numerator: digits * 10n ** BigInt(shift), denominator: 1n };
  return reduce(digits, 10n ** BigInt(-shift));
}

/** a + b, reduced. */
export function addFractions(a: Fraction, b: Fraction): Fraction {
  return combine(a, b, 1n);
}

/** a − b, reduced. */
export function subtractFractions(a: Fraction, b: Fraction): Fraction {
  return combine(a, b, -1n);
}

/** Below 0 when a < b, 0 when equal, above 0 when a > b. */
export function compareFractions(a: Fraction, b: Fraction): number {
  const [left, right] = [a.numerator * b.denominator, b.numerator * a.denominator];
  return left < right ? -1 : left > right ? 1 : 0;
}

/** a × b / c rounded up to a whole number; c must be positive and the result a safe integer. */
export function scaleUp(a: Fraction, times: bigint, dividedBy: Fraction): number {
  const top = a.numerator * times * dividedBy.denominator;
  const bottom = a.denominator * dividedBy.numerator;
  return Number((top + bottom - 1n) / bottom);
}

/** The fraction as a number, for display only. */
export function fractionToNumber(fraction: Fraction): number {
  return Number(fraction.numerator) / Number(fraction.denominator);
}

function combine(a: Fraction, b: Fraction, sign: bigint): Fraction {
  if (a.denominator === b.denominator) {
    return reduce(a.numerator + sign * b.numerator, a.denominator);
  }
  return reduce(a.numerator * b.denominator + sign * b.numerator * a.denominator, a.denominator * b.denominator);
}

function reduce(numerator: bigint, denominator: bigint): Fraction {
  if (denominator === 1n) return { numerator, denominator };
  let [a, b] = [numerator < 0n ? -numerator : numerator, denominator];
  while (b !== 0n) [a, b] = [b, a % b];
  return a === 1n ? { numerator, denominator } : { numerator: numerator / a, denominator: denominator / a };
}
