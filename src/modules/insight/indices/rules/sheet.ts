import {
  Decimal,
  type IndicatorSet,
  type Leaf,
  leavesOf,
  type Measure,
  pointsOf,
  rounded,
  type Score,
  type ScoreReply,
  type ScoreValues,
  scoreSet,
} from '../../../../core/scoring/index.ts';

/** What is known of one criterion; points have at most four decimals, null: nobody has given any. */
export type CriterionRow = {
  readonly criterionId: string;
  readonly version: number;
  readonly selfPoints: number | null;
  readonly selfNote: string;
  readonly numerator: number | null;
  readonly denominator: number | null;
  /** Definition of the metric the measure came from; null: typed. */
  readonly definitionId: string | null;
  readonly appraisedPoints: number | null;
  readonly appraisedReason: string;
  readonly explanation: string;
  /** Since when the appraiser's points wait to be confirmed, the figure having moved; null: they do not. */
  readonly confirmSince: Date | null;
};

/** A criterion nobody has written to yet. */
export const blankRow = (criterionId: string): CriterionRow => ({
  criterionId,
  version: 0,
  selfPoints: null,
  selfNote: '',
  numerator: null,
  denominator: null,
  definitionId: null,
  appraisedPoints: null,
  appraisedReason: '',
  explanation: '',
  confirmSince: null,
});

type Part = NonNullable<IndicatorSet['parts']>[number];
export type Stage = 'self' | 'final';

const measureOf = (row: CriterionRow): Measure | undefined =>
  row.numerator === null || row.denominator === null
    ? undefined
    : { numerator: row.numerator, denominator: row.denominator };

/**
 * The values `scoreSet` is given. `self`: what the unit says; `final`: what was appraised. Points that come from a measure
 * are given as the measure, so that they are not rounded before they are added up.
 */
export function valuesOf(
  set: IndicatorSet,
  rows: readonly CriterionRow[],
  parts: Readonly<Record<string, number>>,
  stage: Stage,
  level: string | undefined,
): ScoreValues {
  const points: Record<string, number> = {};
  const measures: Record<string, Measure> = {};
  const known = new Map(rows.map((row) => [row.criterionId, row]));
  for (const { criterion } of leavesOf(set, level)) {
    const row = known.get(criterion.id);
    const value = row && (stage === 'self' ? row.selfPoints : row.appraisedPoints);
    if (!row || value === null || value === undefined) continue;
    const measure = measureOf(row);
    const fromMeasure = measure && storedPoints(criterion, measure) === value;
    if (fromMeasure) measures[criterion.id] = measure;
    else points[criterion.id] = value;
  }
  return { points, measures, parts };
}

/** Points of a measure as the table keeps them; null where there is no rule or no data. */
export function storedPoints(criterion: Leaf['criterion'], measure: Measure): number | null {
  return pointsOf(criterion, measure)?.round(4).toNumber() ?? null;
}

export type DomainSum = {
  readonly id: string;
  readonly name: string;
  readonly max: number;
  /** Null while a criterion is missing. */
  readonly self: number | null;
  readonly final: number | null;
  /** Of the final points, else of the unit's own. */
  readonly percent: number | null;
  readonly band: string | null;
};

/**
 * Each domain by itself, so that a finished one shows its band while others are still being scored; one that does not apply
 * to the level at all is left out.
 */
export function domainSums(
  set: IndicatorSet,
  self: ScoreValues,
  final: ScoreValues,
  level: string | undefined,
): DomainSum[] {
  return (set.domains ?? []).flatMap((domain) => {
    const { parts: _, ...rest } = set;
    const { part: __, ...own } = domain;
    const alone: IndicatorSet = { ...rest, max: domain.max, domains: [own] };
    const ids = new Set([
      domain.id,
      ...(domain.criteria ?? []).flatMap((c) => [c.id, ...(c.criteria ?? []).map((s) => s.id)]),
    ]);
    const [mineAlone, judged] = [self, final].map((values) => scoreSet(alone, only(values, ids), level));
    if (mineAlone?.ok && mineAlone.score.domains.length === 0) return [];
    const [mine, theirs] = [mineAlone, judged].map((reply) => (reply?.ok ? reply.score.domains[0] : undefined));
    const shown = theirs ?? mine;
    return {
      id: domain.id,
      name: domain.name,
      max: shown?.max ?? domain.max,
      self: mine?.points ?? null,
      final: theirs?.points ?? null,
      percent: shown?.percent ?? null,
      band: shown?.band ?? null,
    };
  });
}

function only(values: ScoreValues, ids: ReadonlySet<string>): ScoreValues {
  const kept = <T>(record: Readonly<Record<string, T>> | undefined): Record<string, T> =>
    Object.fromEntries(Object.entries(record ?? {}).filter(([id]) => ids.has(id)));
  return { points: kept(values.points), measures: kept(values.measures) };
}

/** Leaves nobody has given points for at this stage; what is told for information (maximum 0) need not be given. */
export function missingLeaves(
  set: IndicatorSet,
  rows: readonly CriterionRow[],
  stage: Stage,
  level: string | undefined,
): Leaf[] {
  const known = new Map(rows.map((row) => [row.criterionId, stage === 'self' ? row.selfPoints : row.appraisedPoints]));
  return leavesOf(set, level).filter(
    ({ criterion }) => criterion.max > 0 && (known.get(criterion.id) ?? null) === null,
  );
}

/** Points lost by the criteria that have points, while others have none yet; in points of the index, most first. */
export function lostSoFar(set: IndicatorSet, rows: readonly CriterionRow[], level: string | undefined): Score['lost'] {
  const leaves = leavesOf(set, level);
  const worth = worthOfPoints(set, leaves, level);
  const known = new Map(rows.map((row) => [row.criterionId, row.appraisedPoints ?? row.selfPoints]));
  return leaves
    .flatMap(({ criterion, domainId }) => {
      const points = known.get(criterion.id) ?? null;
      return points === null
        ? []
        : [{ id: criterion.id, points: rounded(new Decimal(criterion.max).minus(points).times(worth(domainId))) }];
    })
    .filter((each) => each.points > 0)
    .sort((a, b) => b.points - a.points);
}

/** What one point of a domain is worth in the index: parts have weights. A sheet with all points tells the maxima. */
function worthOfPoints(
  set: IndicatorSet,
  leaves: readonly Leaf[],
  level: string | undefined,
): (domainId: string) => Decimal {
  const full = scoreSet(
    set,
    {
      points: Object.fromEntries(leaves.map(({ criterion }) => [criterion.id, criterion.max])),
      parts: Object.fromEntries(typedParts(set).map((part) => [part.id, 100])),
    },
    level,
  );
  const maxima = new Map(full.ok ? full.score.domains.map(({ id, max }) => [id, max]) : []);
  return (domainId) => {
    const partId = set.domains?.find((domain) => domain.id === domainId)?.part;
    const part = set.parts?.find((each) => each.id === partId);
    const reachable = (set.domains ?? [])
      .filter((domain) => domain.part === partId)
      .reduce((sum, domain) => sum.plus(maxima.get(domain.id) ?? 0), new Decimal(0));
    return part && reachable.gt(0) ? new Decimal(part.weight).times(set.max).div(reachable) : new Decimal(1);
  };
}

/** Parts that are typed: those no domain belongs to, and every part of what was published elsewhere. */
export const typedParts = (set: IndicatorSet): Part[] =>
  (set.parts ?? []).filter((part) => set.importOnly === true || !set.domains?.some((each) => each.part === part.id));

/** The index of a unit at a stage; the errors say what is missing. */
export function scoreSheet(
  set: IndicatorSet,
  rows: readonly CriterionRow[],
  parts: Readonly<Record<string, number>>,
  stage: Stage,
  level: string | undefined,
): ScoreReply {
  return scoreSet(set, valuesOf(set, rows, parts, stage, level), level);
}
