import Big from 'big.js';

/** Decimal arithmetic of scores: 0.7 × 74.3 is 52.01, not 52.00999…; divisions keep 30 places. */
export const Decimal: typeof Big = Big();
Decimal.DP = 30;
Decimal.RM = Decimal.roundHalfUp;
export type Decimal = Big;

/** To `places` decimals, half away from zero, as a number for people: `rounded(new Decimal('79.979')) === 79.98`. */
export function rounded(value: Decimal, places = 2): number {
  return value.round(places, Decimal.roundHalfUp).toNumber();
}
