import { Decimal, rounded } from '../../../../core/scoring/decimal.ts';

/** What one respondent adds: satisfaction gained and the most that could be gained, in whole units. */
export type Observation = { readonly stratum: number; readonly gained: number; readonly possible: number };

/** Percent with two decimals and its 95 % interval. */
export type Estimate = {
  /** Respondents with at least one valid answer. */
  readonly n: number;
  readonly percent: number;
  readonly low: number;
  readonly high: number;
};

const Z = 1.959964;

/**
 * The share of satisfaction over the observations of one domain (all, a unit, a group of fields …).
 *
 * Unweighted: everything gained over everything possible, as SIPAS pools answers. Weighted: each stratum counts by its
 * finished dossiers, `frame / respondents`. The percentage is exact and rounded once. The interval is Wilson's at the
 * effective size `p(1 − p) / v`, where v is the linearised variance of the ratio over respondents (answers of one person
 * are no independent answers), with the finite population correction `1 − n / N`. Where nobody differs, the size is Kish's.
 *
 * @param frames finished dossiers by stratum; the domain's population is that of the strata given
 * @param sizes respondents by stratum over the whole survey, not only those of this question
 * @returns undefined where nothing was possible: no data
 * @example 182 of 200 satisfied of a large frame → 91 %, 86.22 to 94.24
 */
export function estimate(
  observations: readonly Observation[],
  frames: ReadonlyMap<number, number>,
  sizes: ReadonlyMap<number, number>,
  weighted: boolean,
): Estimate | undefined {
  const valid = observations.filter((one) => one.possible > 0);
  if (valid.length === 0) return undefined;
  const weightOf = (stratum: number): number =>
    weighted ? (frames.get(stratum) ?? 0) / Math.max(1, sizes.get(stratum) ?? 1) : 1;
  let population = 0;
  for (const frame of frames.values()) population += frame;
  const percent = exactPercent(valid, frames, sizes, weighted);
  const p = percent.div(100).toNumber();
  const size = effectiveSize(valid, p, weightOf, { frames, population, weighted });
  const { low, high } = wilson(p, size);
  return { n: valid.length, percent: rounded(percent), low: bound(low), high: bound(high) };
}

const bound = (share: number): number => Math.round(share * 10_000) / 100;

function exactPercent(
  valid: readonly Observation[],
  frames: ReadonlyMap<number, number>,
  sizes: ReadonlyMap<number, number>,
  weighted: boolean,
): Decimal {
  const sums = new Map<number, { gained: number; possible: number }>();
  for (const { stratum, gained, possible } of valid) {
    const key = weighted ? stratum : 0;
    const sum = sums.get(key) ?? { gained: 0, possible: 0 };
    sums.set(key, { gained: sum.gained + gained, possible: sum.possible + possible });
  }
  let gained = new Decimal(0);
  let possible = new Decimal(0);
  for (const [stratum, sum] of sums) {
    const [times, by] = weighted ? [frames.get(stratum) ?? 0, Math.max(1, sizes.get(stratum) ?? 1)] : [1, 1];
    gained = gained.plus(new Decimal(sum.gained).times(times).div(by));
    possible = possible.plus(new Decimal(sum.possible).times(times).div(by));
  }
  return possible.eq(0) ? new Decimal(0) : gained.times(100).div(possible);
}

/** Size of a simple random sample that would know as much. Infinite where everybody of the population has answered. */
function effectiveSize(
  valid: readonly Observation[],
  p: number,
  weightOf: (stratum: number) => number,
  of: { readonly frames: ReadonlyMap<number, number>; readonly population: number; readonly weighted: boolean },
): number {
  type Sum = { n: number; e: number; ee: number };
  const strata = new Map<number, Sum>();
  let possible = 0;
  let weights = 0;
  let squares = 0;
  for (const one of valid) {
    const weight = weightOf(one.stratum);
    const error = weight * (one.gained - p * one.possible);
    possible += weight * one.possible;
    weights += weight;
    squares += weight * weight;
    const key = of.weighted ? one.stratum : 0;
    const sum = strata.get(key) ?? { n: 0, e: 0, ee: 0 };
    strata.set(key, { n: sum.n + 1, e: sum.e + error, ee: sum.ee + error * error });
  }
  let variance = 0;
  for (const [stratum, { n, e, ee }] of strata) {
    const frame = of.weighted ? (of.frames.get(stratum) ?? 0) : of.population;
    const left = frame > 0 ? Math.max(0, 1 - n / frame) : 1;
    // One answer alone has no spread of its own: it is held against the whole instead of against itself.
    variance += left * (n > 1 ? (n / (n - 1)) * Math.max(0, ee - (e * e) / n) : ee);
  }
  variance /= possible * possible;
  if (variance > 0 && p > 0 && p < 1) return (p * (1 - p)) / variance;
  const left = of.population > 0 ? Math.max(0, 1 - valid.length / of.population) : 1;
  return squares === 0 ? 0 : (weights * weights) / squares / left;
}

/** Wilson's interval of a share at a size that need not be whole; the share itself at an infinite size. */
export function wilson(p: number, n: number): { low: number; high: number } {
  if (!Number.isFinite(n)) return { low: p, high: p };
  if (n <= 0) return { low: 0, high: 1 };
  const z2 = Z * Z;
  const centre = (p + z2 / (2 * n)) / (1 + z2 / n);
  const half = (Z * Math.sqrt((p * (1 - p)) / n + z2 / (4 * n * n))) / (1 + z2 / n);
  return { low: Math.max(0, Math.min(p, centre - half)), high: Math.min(1, Math.max(p, centre + half)) };
}
