import type { Leaf } from '../../../../core/scoring/index.ts';
import { blankRow, type CriterionRow, storedPoints } from './sheet.ts';

/** Two counts with the points they give and where they came from; `definitionId` null: typed by the unit. */
export type Figure = {
  readonly numerator: number | null;
  readonly denominator: number | null;
  readonly points: number | null;
  readonly definitionId: string | null;
};

/** One figure of a sheet before and after it was measured again, with what became of the appraiser's points. */
export type FigureChange = {
  readonly was: Figure;
  /** Null: the metric has nothing to count any more; what was kept stays, as a figure that was typed. */
  readonly is: Figure | null;
  readonly appraisedWas: number | null;
  readonly appraisedIs: number | null;
  /** The appraiser's points were left as they are, and wait for the appraiser. */
  readonly confirm: boolean;
};

export type Remeasured = {
  readonly listed: FigureChange;
  readonly change: Partial<
    Pick<CriterionRow, 'numerator' | 'denominator' | 'definitionId' | 'selfPoints' | 'appraisedPoints'>
  >;
};

/** As the tables keep counts: four decimals. */
const kept = (count: number): number => Math.round(count * 10_000) / 10_000;

/**
 * What measuring a criterion again changes; undefined: nothing. Points the appraiser only accepted from a figure follow it.
 * Points given by hand, or accepted from what the unit had typed, stay, and wait to be confirmed where the figure moved
 * away from them.
 * @param row as it stands; undefined: nobody has given anything @param measure undefined: nothing is counted now
 * @example 80 of 100 (11.2 points, accepted), now 90 of 110 → 11.4545 on both sides, nothing to confirm
 */
export function remeasured(
  criterion: Leaf['criterion'],
  row: CriterionRow | undefined,
  measure: { readonly numerator: number; readonly denominator: number; readonly definitionId: string } | undefined,
): Remeasured | undefined {
  const { numerator, denominator, selfPoints: before, definitionId: from, ...rest } = row ?? blankRow(criterion.id);
  const was: Figure = { numerator, denominator, points: before, definitionId: from };
  const { appraisedPoints: appraised, appraisedReason } = rest;
  const points = measure ? storedPoints(criterion, measure) : null;
  if (!measure || points === null) {
    if (was.definitionId === null) return undefined;
    const listed = { was, is: null, appraisedWas: appraised, appraisedIs: appraised, confirm: appraised !== null };
    return { listed, change: { definitionId: null } };
  }
  const { definitionId } = measure;
  const is = { numerator: kept(measure.numerator), denominator: kept(measure.denominator), points, definitionId };
  const moved = is.numerator !== was.numerator || is.denominator !== was.denominator || points !== was.points;
  if (!moved && definitionId === was.definitionId) return undefined;
  const followed = was.definitionId !== null && appraised === was.points && appraisedReason === '';
  const appraisedIs = appraised !== null && followed ? points : appraised;
  const confirm = moved && appraised !== null && !followed && appraised !== points;
  const { points: selfPoints, ...counts } = is;
  return {
    listed: { was, is, appraisedWas: appraised, appraisedIs, confirm },
    change: { ...counts, selfPoints, ...(appraisedIs === appraised ? {} : { appraisedPoints: appraisedIs }) },
  };
}
