import type { Leaf } from '../../../../core/scoring/index.ts';
import { type CriterionRow, storedPoints } from './sheet.ts';

/** What a unit says of one criterion: points, or two counts the rule turns into points. */
export type Given = {
  readonly points?: number | undefined;
  readonly numerator?: number | undefined;
  readonly denominator?: number | undefined;
  readonly note: string;
};

/**
 * `automatic`: a metric answers the criterion, only a note is taken; `too-large`: above the maximum; `both`: points and
 * counts; `half`: one count without the other; `of-nothing`: something out of nothing (nothing out of nothing is for the
 * rule); `no-points`: the rule makes no points of these counts.
 */
export type GivenFault = {
  readonly code: 'automatic' | 'too-large' | 'both' | 'half' | 'of-nothing' | 'no-points';
  readonly field: 'points' | 'numerator' | 'denominator';
};

type Change = Pick<CriterionRow, 'selfNote'> & Partial<CriterionRow>;

/** Of a sheet that was returned: points the appraiser gave for other points of the unit count no more; the history keeps them. */
export function voidAppraisal(
  before: Pick<CriterionRow, 'selfPoints' | 'appraisedPoints'> | undefined,
  selfPoints: number | null | undefined,
): Partial<CriterionRow> {
  if (selfPoints === undefined || (before?.appraisedPoints ?? null) === null) return {};
  return selfPoints === before?.selfPoints ? {} : { appraisedPoints: null, appraisedReason: '', confirmSince: null };
}

/** The unit's own points for a criterion as they are kept. Counts are kept with the points they give. */
export function decideScore(
  criterion: Leaf['criterion'],
  { points, numerator, denominator, note: selfNote }: Given,
  automatic: boolean,
): { readonly ok: true; readonly change: Change } | { readonly ok: false; readonly fault: GivenFault } {
  const fault = (code: GivenFault['code'], field: GivenFault['field']) =>
    ({ ok: false, fault: { code, field } }) as const;
  const counted = numerator !== undefined || denominator !== undefined;
  if (automatic) {
    if (points === undefined && !counted) return { ok: true, change: { selfNote } };
    return fault('automatic', points === undefined ? 'numerator' : 'points');
  }
  if (counted && points !== undefined) return fault('both', 'points');
  if (points !== undefined && points > criterion.max) return fault('too-large', 'points');
  if (!counted) {
    const change = { numerator: null, denominator: null, definitionId: null };
    return { ok: true, change: { ...change, selfPoints: points ?? null, selfNote } };
  }
  if (numerator === undefined || denominator === undefined)
    return fault('half', numerator === undefined ? 'numerator' : 'denominator');
  if (denominator === 0 && numerator > 0) return fault('of-nothing', 'denominator');
  const selfPoints = storedPoints(criterion, { numerator, denominator });
  if (selfPoints === null) return fault('no-points', 'numerator');
  return { ok: true, change: { numerator, denominator, selfPoints, definitionId: null, selfNote } };
}
