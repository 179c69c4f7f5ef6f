import { Decimal, type IndicatorSet, rankHighest, rounded, type Score } from '../../../../core/scoring/index.ts';
import { type CriterionRow, scoreSheet } from './sheet.ts';

/** One unit's sheet as it goes into the result. */
export type ScoredSheet = {
  readonly unitId: string;
  readonly unitName: string;
  readonly level: string;
  readonly rows: readonly CriterionRow[];
  readonly parts: Readonly<Record<string, number>>;
  /** As somebody else published it. */
  readonly place: Place | null;
};

/** Among how many the unit is which. */
export type Place = { readonly rank: number; readonly population: number };

export type ResultRow = {
  readonly unitId: string;
  readonly unitName: string;
  readonly total: number;
  readonly max: number;
  readonly percent: number;
  readonly band: string | null;
  /** Null: one unit's result of an index somebody else ranked, whose place is not known. */
  readonly rank: number | null;
  /** Units that were ranked elsewhere; absent: those of the round. */
  readonly population?: number;
  readonly parts: Score['parts'];
  readonly domains: Score['domains'];
  readonly lost: Score['lost'];
  readonly criteria: readonly {
    readonly id: string;
    readonly self: number | null;
    readonly appraised: number | null;
    readonly numerator: number | null;
    readonly denominator: number | null;
    readonly definitionId: string | null;
  }[];
};

/** A frozen result: no instant in it, so that the same scores give the same text. */
export type Result = {
  readonly format: 1;
  readonly setCode: string;
  readonly setName: string;
  readonly family: string;
  readonly year: number;
  readonly unitId: string;
  readonly unitName: string;
  /** Units that were ranked: they vanish, the number stays. */
  readonly population: number;
  readonly rows: readonly ResultRow[];
};

/** Behind all who have a place. */
const UNRANKED = Number.MAX_SAFE_INTEGER;

type Missing = { readonly unitName: string; readonly id: string; readonly message: string };

/**
 * Scores, bands and places (1224) of all units; equal totals share the better place. Places go by the share of the
 * reachable points, exact, of totals with two decimals: what reads equal is equal. A place published elsewhere stands as it
 * was published.
 */
export function buildResult(
  head: Omit<Result, 'format' | 'population' | 'rows'>,
  set: IndicatorSet,
  sheets: readonly ScoredSheet[],
): { readonly ok: true; readonly result: Result } | { readonly ok: false; readonly missing: readonly Missing[] } {
  const missing: Missing[] = [];
  const scored: { sheet: ScoredSheet; score: Score }[] = [];
  for (const sheet of sheets) {
    const reply = scoreSheet(set, sheet.rows, sheet.parts, 'final', sheet.level);
    if (reply.ok) scored.push({ sheet, score: reply.score });
    else missing.push(...reply.errors.map(({ id, message }) => ({ unitName: sheet.unitName, id, message })));
  }
  if (missing.length > 0) return { ok: false, missing };
  const rows = rankHighest(scored, shareOf)
    .map(({ item: { sheet, score }, rank }): ResultRow => {
      const { total, max, band, parts, domains, lost } = score;
      const criteria = sheet.rows.map(
        ({ criterionId, selfPoints, appraisedPoints, numerator, denominator, definitionId }) => ({
          id: criterionId,
          self: selfPoints,
          appraised: appraisedPoints,
          numerator,
          denominator,
          definitionId,
        }),
      );
      return {
        unitId: sheet.unitId,
        unitName: sheet.unitName,
        total,
        max,
        percent: percentOf(total, max),
        band,
        ...placeOf(set, sheets.length, sheet.place, rank),
        parts,
        domains,
        lost,
        criteria: criteria.sort((a, b) => (a.id < b.id ? -1 : 1)),
      };
    })
    .sort((a, b) => (a.rank ?? UNRANKED) - (b.rank ?? UNRANKED) || (a.unitId < b.unitId ? -1 : 1));
  return { ok: true, result: { format: 1, ...head, population: rows.length, rows } };
}

/**
 * The place of a unit: as published elsewhere, else the one worked out among the units of the round. One unit alone has no place
 * in an index that others rank.
 * @example placeOf(ddci, 1, { rank: 1, population: 10 }, 1) → 1 of 10; placeOf(ddci, 1, null, 1) → none
 */
export function placeOf(
  set: Pick<IndicatorSet, 'importOnly'>,
  units: number,
  published: Place | null,
  rank: number,
): Pick<ResultRow, 'rank' | 'population'> {
  if (published) return { rank: published.rank, population: published.population };
  return { rank: set.importOnly === true && units === 1 ? null : rank };
}

/** Share of the reachable points that places go by; 0 of nothing. */
export const shareOf = ({ score: { total, max } }: { readonly score: Pick<Score, 'total' | 'max'> }): number =>
  max === 0 ? 0 : new Decimal(total).div(max).toNumber();

/** Two decimals; 0 of nothing. */
export const percentOf = (total: number, max: number): number =>
  max === 0 ? 0 : rounded(new Decimal(total).times(100).div(max));

/** Points of those that could be reached. */
export type Total = { readonly total: number; readonly max: number };
export type Difference = {
  /** `percent`: percentage points of the maximum, because the maxima differ. */
  readonly unit: 'points' | 'percent';
  readonly difference: number;
};

/**
 * Change of a total on last year, exact to two decimals: 79.98 after 80.17 of 100 both is −0.19 points. Points out of other
 * maxima cannot be subtracted: 48 of 60 after 79 of 100 is +1 percentage point. Null of a maximum of 0.
 */
export function changeOf(now: Total, before: Total): Difference | null {
  if (now.max === before.max)
    return { unit: 'points', difference: rounded(new Decimal(now.total).minus(before.total)) };
  if (now.max === 0 || before.max === 0) return null;
  const share = ({ total, max }: Total): Decimal => new Decimal(total).times(100).div(max);
  return { unit: 'percent', difference: rounded(share(now).minus(share(before))) };
}
