import { typedNumberVi } from '../text/numbers.ts';
import { Decimal, rounded } from './decimal.ts';
import { type Measure, pointsOf } from './points.ts';
import type { Band, Criterion, Domain, IndicatorSet, SubCriterion } from './set.ts';
import { treatmentOf } from './tree.ts';

/**
 * What is known of a unit: points by criterion or whole domain, percentages (0–100) by part, measures by criterion. A
 * criterion is given once; a domain is given by its criteria or as a whole.
 */
export type ScoreValues = {
  readonly points?: Readonly<Record<string, number>>;
  readonly parts?: Readonly<Record<string, number>>;
  readonly measures?: Readonly<Record<string, Measure>>;
};

export type ScoreErrorCode =
  | 'score/missing'
  | 'score/unknown'
  | 'score/too-large'
  | 'score/negative'
  | 'score/given-twice'
  | 'score/no-data';
export type ScoreError = { readonly id: string; readonly code: ScoreErrorCode; readonly message: string };

/**
 * Points and percentages are numbers with at most two decimals; `lost` is sorted, most first, in points of the index: a point
 * of a domain whose part has a weight is worth less or more than one. Before rounding it adds up to `max` less `total`.
 */
export type Score = {
  readonly total: number;
  readonly max: number;
  readonly parts: readonly { id: string; percent: number; weight: number; points: number }[];
  readonly domains: readonly { id: string; points: number; max: number; percent: number; band: string | null }[];
  readonly band: string | null;
  readonly lost: readonly { id: string; points: number }[];
};

export type ScoreReply =
  | { readonly ok: true; readonly score: Score }
  | { readonly ok: false; readonly errors: readonly ScoreError[] };

type Scored = { readonly id: string; readonly points: Decimal; readonly max: Decimal };
/** `given`: somebody gave points; else nothing had to be given at this level. */
type ScoredDomain = Scored & { readonly given: boolean };

/**
 * Scores a unit by a set, in decimal arithmetic; percentages have two decimals, half up (contracts §2).
 * @param level of the unit, for criteria that do not apply to it; absent: every criterion applies.
 * @example the PAR INDEX of Quảng Nam 2022 with { parts: { appraisal: 74.3, survey: 93.23 } } → total 79.98
 */
export function scoreSet(set: IndicatorSet, values: ScoreValues, level?: string): ScoreReply {
  const errors: ScoreError[] = [];
  const fail = (id: string, code: ScoreErrorCode, message: string): undefined => {
    errors.push({ id, code, message });
    return undefined;
  };
  const { parts = [], domains = [] } = set;
  checkNames(set, values, fail);

  const byDomain = domains.map((domain) => ({ domain, ...scoreDomain(domain, values, level, parts.length > 0, fail) }));
  const scoredParts = parts.map((part) => {
    const given = values.parts?.[part.id];
    const own = byDomain.filter(({ domain }) => domain.part === part.id);
    const filled = own.filter(({ scored }) => scored !== undefined);
    if (given !== undefined) {
      if (filled.some(({ scored }) => scored?.given))
        fail(part.id, 'score/given-twice', `Phần “${part.name}” được cho cả tỷ lệ lẫn điểm từng lĩnh vực.`);
      return checkBounds(part.id, part.name, given, 100, fail)
        ? { part, percent: new Decimal(given), items: [], partMax: new Decimal(0) }
        : undefined;
    }
    if (own.length === 0 || filled.length < own.length)
      return fail(part.id, 'score/missing', `Thiếu tỷ lệ của phần “${part.name}”.`);
    const max = total(filled.map(({ scored }) => scored?.max));
    // Nothing of it applies to the level: its weight is nobody's.
    if (max.eq(0) && own.some(({ domain }) => domain.max > 0)) return undefined;
    return {
      part,
      items: own.flatMap(({ items }) => items),
      partMax: max,
      percent: max.eq(0)
        ? new Decimal(0)
        : total(filled.map((f) => f.scored?.points))
            .div(max)
            .times(100),
    };
  });
  if (errors.length > 0) return { ok: false, errors };

  const scoredDomains = byDomain.flatMap(({ domain, scored }) =>
    scored && (scored.max.gt(0) || domain.max === 0) ? [scored] : [],
  );
  const skipped = total(domains.map((domain) => domain.max)).minus(
    total(byDomain.map(({ scored }) => scored?.max ?? 0)),
  );
  const partRows = scoredParts.flatMap((row) =>
    row
      ? [
          {
            ...row,
            points: row.percent.times(row.part.weight).times(set.max).div(100),
            worth: new Decimal(row.part.weight).times(set.max),
          },
        ]
      : [],
  );
  const weights = total(partRows.map((row) => row.part.weight));
  const max = parts.length > 0 ? weights.times(set.max) : new Decimal(set.max).minus(skipped);
  const sum = parts.length > 0 ? total(partRows.map((row) => row.points)) : total(scoredDomains.map((d) => d.points));
  const lostOf = parts.length > 0 ? partRows.flatMap(lostInPart) : byDomain.flatMap(({ items }) => items);
  return {
    ok: true,
    score: {
      total: rounded(sum),
      max: rounded(max),
      parts: partRows.map((row) => ({
        id: row.part.id,
        percent: rounded(row.percent),
        weight: row.part.weight,
        points: rounded(row.points),
      })),
      domains: scoredDomains.map((each) => ({
        id: each.id,
        points: rounded(each.points),
        max: rounded(each.max),
        percent: percentOf(each),
        band: bandOf(set.bands?.domain, each),
      })),
      band: bandOf(set.bands?.total, { points: sum, max }),
      lost: lostOf
        .map((each) => ({ id: each.id, points: rounded(each.max.minus(each.points)) }))
        .filter((each) => each.points > 0)
        .sort((a, b) => b.points - a.points),
    },
  };
}

/** What a part lost: by what it is made of, in points of the index; as a whole where only its percentage is known. */
function lostInPart(row: {
  readonly part: { readonly id: string };
  readonly points: Decimal;
  readonly worth: Decimal;
  readonly items: readonly Scored[];
  readonly partMax: Decimal;
}): Scored[] {
  const { part, points, worth, items, partMax } = row;
  if (partMax.eq(0)) return [{ id: part.id, points, max: worth }];
  const scaled = (own: Decimal): Decimal => own.times(worth).div(partMax);
  return items.map((item) => ({ id: item.id, points: scaled(item.points), max: scaled(item.max) }));
}

type Fail = (id: string, code: ScoreErrorCode, message: string) => undefined;

/** A domain's points with what they are made of. `optional`: it need not be given, because its part may be. */
function scoreDomain(
  domain: Domain,
  values: ScoreValues,
  level: string | undefined,
  optional: boolean,
  fail: Fail,
): { scored: ScoredDomain | undefined; items: Scored[] } {
  const whole = values.points?.[domain.id];
  const criteria = domain.criteria ?? [];
  const given = criteria.flatMap(withSubs).filter((each) => isGiven(values, each.id));
  if (whole !== undefined) {
    if (given.length > 0)
      fail(domain.id, 'score/given-twice', `Lĩnh vực “${domain.name}” được cho cả điểm chung lẫn điểm từng tiêu chí.`);
    if (!checkBounds(domain.id, domain.name, whole, domain.max, fail)) return { scored: undefined, items: [] };
    const scored = { id: domain.id, points: new Decimal(whole), max: new Decimal(domain.max), given: true };
    return { scored, items: [scored] };
  }
  if (given.length === 0 && (criteria.length === 0 || criteria.some((each) => mustBeGiven(each, level)))) {
    if (!optional) fail(domain.id, 'score/missing', `Thiếu điểm của lĩnh vực “${domain.name}”.`);
    return { scored: undefined, items: [] };
  }
  const items = criteria.flatMap((criterion) => scoreParent(criterion, values, level, fail));
  const [points, max] = [total(items.map((i) => i.points)), total(items.map((i) => i.max))];
  return { scored: { id: domain.id, points, max, given: given.length > 0 }, items };
}

/** Whether a criterion has points somebody must give: not what does not apply to the level, nor what is told for information. */
function mustBeGiven({ criteria: subs = [], ...criterion }: Criterion, level: string | undefined): boolean {
  if (treatmentOf(criterion, level) !== undefined) return false;
  const own = subs.length > 0 ? subs : [criterion];
  return own.some((each) => each.max > 0 && treatmentOf(each, level) === undefined);
}

const isGiven = (values: ScoreValues, id: string): boolean =>
  values.points?.[id] !== undefined || values.measures?.[id] !== undefined;
const withSubs = (criterion: Criterion): readonly SubCriterion[] => [criterion, ...(criterion.criteria ?? [])];

/** A criterion by itself, or by its sub-criteria where those are given. */
function scoreParent(criterion: Criterion, values: ScoreValues, level: string | undefined, fail: Fail): Scored[] {
  const subs = criterion.criteria ?? [];
  if (subs.length === 0 || treatmentOf(criterion, level) !== undefined)
    return [scoreCriterion(criterion, values, level, fail) ?? []].flat();
  if (!isGiven(values, criterion.id)) return subs.flatMap((sub) => scoreCriterion(sub, values, level, fail) ?? []);
  if (subs.some((sub) => isGiven(values, sub.id)))
    fail(
      criterion.id,
      'score/given-twice',
      `Tiêu chí “${criterion.name}” được cho cả điểm chung lẫn điểm từng tiêu chí thành phần.`,
    );
  return [scoreCriterion(criterion, values, level, fail) ?? []].flat();
}

function scoreCriterion(
  criterion: SubCriterion,
  values: ScoreValues,
  level: string | undefined,
  fail: Fail,
): Scored | undefined {
  const { id, name, max } = criterion;
  const treat = treatmentOf(criterion, level);
  if (treat === 'skip') return undefined;
  if (treat === 'full') return { id, points: new Decimal(max), max: new Decimal(max) };
  const points = values.points?.[id];
  const measure = values.measures?.[id];
  // Told for information: it need not be given, and whatever it measures moves nothing.
  if (max === 0 && points === undefined) return { id, points: new Decimal(0), max: new Decimal(0) };
  if (points !== undefined && measure !== undefined)
    return fail(id, 'score/given-twice', `Tiêu chí “${name}” được cho cả điểm lẫn số đo.`);
  if (points !== undefined)
    return checkBounds(id, name, points, max, fail)
      ? { id, points: new Decimal(points), max: new Decimal(max) }
      : undefined;
  if (measure === undefined) return fail(id, 'score/missing', `Thiếu điểm của tiêu chí “${name}”.`);
  if (measure.numerator < 0 || measure.denominator < 0)
    return fail(id, 'score/negative', `Số đo của tiêu chí “${name}” không được âm.`);
  const scored = pointsOf(criterion, measure);
  if (scored === null)
    return fail(id, 'score/no-data', `Tiêu chí “${name}” chưa có dữ liệu để chấm (mẫu số bằng 0 hoặc phải chấm tay).`);
  return { id, points: scored, max: new Decimal(max) };
}

function checkBounds(id: string, name: string, value: number, max: number, fail: Fail): boolean {
  if (!Number.isFinite(value) || value < 0) {
    fail(id, 'score/negative', `“${name}” phải là một số không âm.`);
    return false;
  }
  if (value > max) {
    fail(id, 'score/too-large', `“${name}” có ${typedNumberVi(value)}, lớn hơn mức tối đa ${typedNumberVi(max)}.`);
    return false;
  }
  return true;
}

function checkNames(set: IndicatorSet, values: ScoreValues, fail: Fail): void {
  const criteria = (set.domains ?? [])
    .flatMap((domain) => (domain.criteria ?? []).flatMap(withSubs))
    .map((each) => each.id);
  const points = new Set([...(set.domains ?? []).map((domain) => domain.id), ...criteria]);
  const parts = new Set((set.parts ?? []).map((part) => part.id));
  const measures = new Set(criteria);
  for (const [known, given] of [
    [points, values.points],
    [parts, values.parts],
    [measures, values.measures],
  ] as const) {
    for (const id of Object.keys(given ?? {}))
      if (!known.has(id)) fail(id, 'score/unknown', `Bộ chỉ số “${set.id}” không có mục “${id}”.`);
  }
}

const total = (numbers: readonly (Decimal | number | undefined)[]): Decimal =>
  numbers.reduce<Decimal>((sum, n) => sum.plus(n ?? 0), new Decimal(0));

const exactPercent = (each: Pick<Scored, 'points' | 'max'>): Decimal =>
  each.max.eq(0) ? new Decimal(0) : each.points.div(each.max).times(100);
const percentOf = (each: Pick<Scored, 'points' | 'max'>): number => rounded(exactPercent(each));

/** The band of a share; bands fall, and each holds its lower bound. Compared exactly, not as rounded for people. */
function bandOf(bands: readonly Band[] | undefined, each: Pick<Scored, 'points' | 'max'>): string | null {
  const percent = exactPercent(each);
  return bands?.find((band) => percent.gte(band.min))?.label ?? null;
}
