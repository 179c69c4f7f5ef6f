import { Decimal, rounded } from './decimal.ts';
import type { Score } from './score.ts';
import type { IndicatorSet } from './set.ts';
import { leavesOf } from './tree.ts';

/** Points lost in one place; `sharePercent` of all points lost, two decimals. */
export type Lost = {
  readonly id: string;
  readonly name: string;
  readonly domainName: string;
  readonly points: number;
  readonly sharePercent: number;
};

/**
 * Where points were lost, most first, with names and the share of all lost points. Equal losses keep the set's order.
 * @example of Nguyên Bình 2022: procedures 5 (26.88 %), e-government 4.5 (24.19 %), organisation 3 … of 18.6
 */
export function rankLost(set: IndicatorSet, score: Pick<Score, 'lost'>): Lost[] {
  const leaves = new Map(leavesOf(set).map((leaf) => [leaf.criterion.id, leaf]));
  const whole = new Map([...(set.parts ?? []), ...(set.domains ?? [])].map((each) => [each.id, each.name]));
  const all = score.lost.reduce((sum, each) => sum.plus(each.points), new Decimal(0));
  return score.lost.map(({ id, points }) => {
    const leaf = leaves.get(id);
    return {
      id,
      name: leaf?.criterion.name ?? whole.get(id) ?? id,
      domainName: leaf?.domainName ?? whole.get(id) ?? '',
      points,
      sharePercent: rounded(new Decimal(points).div(all).times(100)),
    };
  });
}
