import {
  Decimal,
  type IndicatorSet,
  type Lost,
  leavesOf,
  rounded,
  type Score,
} from '../../../../core/scoring/index.ts';
import type { CriterionRow } from './sheet.ts';

/** A place where points of the index were lost the year before; null: the criterion has no points this year (yet). */
export type WonBack = {
  readonly id: string;
  readonly name: string;
  readonly lostBefore: number;
  readonly lostNow: number | null;
  /** Of what was lost, how much is not lost any more; below 0: more is lost than then. */
  readonly wonBack: number | null;
};

/** What became of the points lost the year before, in the order of that loss. @param lostNow points lost this year by id */
export const wonBack = (before: readonly Lost[], lostNow: (id: string) => number | null): WonBack[] =>
  before.map(({ id, name, points }) => {
    const now = lostNow(id);
    const back = now === null ? null : rounded(new Decimal(points).minus(now));
    return { id, name, lostBefore: points, lostNow: now, wonBack: back };
  });

/** What the sheet has lost so far: `score` where it is complete. */
export type LostNow = { readonly rows: readonly CriterionRow[]; readonly score: Score | undefined };

/**
 * Points lost now, by id of a criterion, a domain or a part: 0 of what has points and lost none. What is known by its
 * criteria, a domain or part that was known as a whole the year before, loses what these lose. Null of what this year's set
 * does not have, or is not scored to the end.
 * @param lost points lost this year by id, in points of the index
 */
export function lostNowOf(
  set: IndicatorSet,
  level: string | undefined,
  { rows, score }: LostNow,
  lost: ReadonlyMap<string, number>,
): (id: string) => number | null {
  const leaves = leavesOf(set, level);
  const partOf = new Map((set.domains ?? []).map((domain) => [domain.id, domain.part]));
  const parts = new Set(score ? (set.parts ?? []).map((part) => part.id) : []);
  const scored = new Set(
    rows.flatMap((row) => ((row.appraisedPoints ?? row.selfPoints) === null ? [] : [row.criterionId])),
  );
  return (id) => {
    const of = leaves.filter(({ criterion, domainId }) => [criterion.id, domainId, partOf.get(domainId)].includes(id));
    const done = of.length > 0 && of.every(({ criterion }) => criterion.max === 0 || scored.has(criterion.id));
    if (!done && !parts.has(id)) return null;
    const ids = new Set([id, ...of.map(({ criterion }) => criterion.id)]);
    return rounded([...ids].reduce((sum, each) => sum.plus(lost.get(each) ?? 0), new Decimal(0)));
  };
}
