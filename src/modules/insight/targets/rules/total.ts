import { Decimal, rounded } from '../../../../core/scoring/index.ts';
import type { Attained, Light } from './attain.ts';

/** How a unit stands over all its targets. */
export type Total = {
  readonly count: Readonly<Record<Light, number>>;
  /** Weight of the targets met over the weight of all that can be judged, percent; null where none can be. */
  readonly metShare: number | null;
  /**
   * Mean attainment by weight, percent, of the targets that have one; more than 100 is kept. Null where there is
   * none.
   */
  readonly attainment: number | null;
  /** Weight of what could not be judged, which neither figure counts. */
  readonly unjudgedWeight: number;
};

/** Adds up a unit's targets by weight; what has no light is left out and told, not counted as 0. */
export function total(targets: readonly { readonly weight: number; readonly attained: Attained }[]): Total {
  const count: Record<Light, number> = { met: 0, near: 0, behind: 0, 'too-few': 0, 'no-data': 0 };
  let [met, judged, unjudged, weights, sum] = [0, 0, 0, 0, 0].map((n) => new Decimal(n)) as [
    Decimal,
    Decimal,
    Decimal,
    Decimal,
    Decimal,
  ];
  for (const { weight, attained } of targets) {
    count[attained.light] += 1;
    if (attained.light === 'too-few' || attained.light === 'no-data') {
      unjudged = unjudged.plus(weight);
      continue;
    }
    judged = judged.plus(weight);
    if (attained.light === 'met') met = met.plus(weight);
    // Without a value it is a band: it is met or not, and has no share.
    if (attained.value === null) continue;
    const share = attained.attainment ?? new Decimal(attained.light === 'met' ? 1 : 0);
    weights = weights.plus(weight);
    sum = sum.plus(share.times(weight));
  }
  return {
    count,
    metShare: judged.eq(0) ? null : rounded(met.times(100).div(judged)),
    attainment: weights.eq(0) ? null : rounded(sum.times(100).div(weights)),
    unjudgedWeight: rounded(unjudged),
  };
}
