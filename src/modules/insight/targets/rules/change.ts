import { Decimal, rounded } from '../../../../core/scoring/index.ts';

/** `points`: difference, of percentages in percentage points; `percent`: relative, null where the base is 0. */
export type Change = { readonly points: number; readonly percent: number | null };

/**
 * Change on the last period, each figure rounded once to two decimals.
 * @example change(7.83, 28.72) → { points: −20.89, percent: −72.74 }; change(57.7, 0) → { points: 57.7, percent: null }
 */
export function change(now: Decimal | number | null, before: Decimal | number | null): Change | null {
  if (now === null || before === null) return null;
  const base = new Decimal(before);
  const points = new Decimal(now).minus(base);
  return { points: rounded(points), percent: base.eq(0) ? null : rounded(points.times(100).div(base.abs())) };
}
