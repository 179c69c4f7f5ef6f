import {
  Decimal,
  type IndicatorSet,
  type Lost,
  leavesOf,
  rounded,
  type Score,
} from '../../../../core/scoring/index.ts';
import { blankRow, type CriterionRow, lostSoFar } from './sheet.ts';

/** A place where points of the index were lost the year before; null: the criterion has no points this year (yet). */
export type WonBack = {
  readonly id: string;
  readonly name: string;
  readonly lostBefore: number;
  readonly lostNow: number | null;
  /**
   * Of what was lost, how much is not lost any more; below 0: more is lost than then. Null also where the place is worth
   * another number of points now: a point lost of 4 is not a point lost of 1.
   */
  readonly wonBack: number | null;
  /** Points of the index it was and is worth, where they differ. */
  readonly worth: { readonly before: number; readonly now: number } | null;
};

type ById = (id: string) => number | null;

/**
 * What became of the points lost the year before, in the order of that loss.
 * @param lostNow points lost this year by id @param worth what places were and are worth, null of those a set has not
 */
export const wonBack = (
  lostBefore: readonly Lost[],
  lostNow: ById,
  worth: { readonly before: ById; readonly now: ById },
): WonBack[] =>
  lostBefore.map(({ id, name, points }) => {
    const lost = lostNow(id);
    const [before, now] = [worth.before(id), worth.now(id)];
    const other = before === null || now === null || before === now ? null : { before, now };
    const back = lost === null || other ? null : rounded(new Decimal(points).minus(lost));
    return { id, name, lostBefore: points, lostNow: lost, wonBack: back, worth: other };
  });

/** What a criterion, a domain or a part is worth, in points of the index: what is lost where it gets none. */
export function worthOf(set: IndicatorSet, level: string | undefined): ById {
  const rows = leavesOf(set, level).map(({ criterion }) => ({ ...blankRow(criterion.id), selfPoints: 0 }));
  const lost = new Map(lostSoFar(set, rows, level).map((one) => [one.id, one.points]));
  const ofCriteria = lostNowOf(set, level, { rows, score: undefined }, lost);
  return (id) => {
    const part = set.parts?.find((each) => each.id === id);
    return ofCriteria(id) ?? (part ? rounded(new Decimal(part.weight).times(set.max)) : null);
  };
}

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
