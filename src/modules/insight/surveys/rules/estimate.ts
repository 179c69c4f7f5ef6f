import { Decimal, rounded } from '../../../../core/scoring/decimal.ts';
import type { WeightCell } from './weights.ts';

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
 * Unweighted: everything gained over everything possible, as SIPAS pools answers. Weighted: each weighting cell counts by
 * its finished dossiers, `frame / size`. The percentage is exact and rounded once. The interval is Wilson's at the
 * effective size `p(1 − p) / v`, where v is the linearised variance of the ratio over respondents (answers of one person
 * are no independent answers), with the finite population correction `1 − n / N`. Where nobody differs, the size is Kish's.
 *
 * @param population finished dossiers of the domain
 * @param cells weighting cell by stratum, made of the strata of the domain (`weightCells`); null: unweighted
 * @returns undefined where nothing was possible: no data
 * @example 182 of 200 satisfied of a large frame → 91 %, 86.22 to 94.24
 */
export function estimate(
  observations: readonly Observation[],
  population: number,
  cells: ReadonlyMap<number, WeightCell> | null,
): Estimate | undefined {
  const valid = observations.filter((one) => one.possible > 0);
  if (valid.length === 0) return undefined;
  const cellOf = (one: Observation): WeightCell => cells?.get(one.stratum) ?? { id: 0, frame: population, size: 0 };
  const percent = exactPercent(valid, cellOf, cells !== null);
  const p = percent.div(100).toNumber();
  const { low, high } = wilson(p, effectiveSize(valid, p, population, cellOf, cells !== null));
  return { n: valid.length, percent: rounded(percent), low: bound(low), high: bound(high) };
}

const bound = (share: number): number => Math.round(share * 10_000) / 100;

function exactPercent(
  valid: readonly Observation[],
  cellOf: (one: Observation) => WeightCell,
  weighted: boolean,
): Decimal {
  const sums = new Map<number, { gained: number; possible: number; cell: WeightCell }>();
  for (const one of valid) {
    const cell = cellOf(one);
    const sum = sums.get(cell.id) ?? { gained: 0, possible: 0, cell };
    sums.set(cell.id, { gained: sum.gained + one.gained, possible: sum.possible + one.possible, cell });
  }
  let gained = new Decimal(0);
  let possible = new Decimal(0);
  for (const { cell, ...sum } of sums.values()) {
    const [times, by] = weighted ? [cell.frame, Math.max(1, cell.size)] : [1, 1];
    gained = gained.plus(new Decimal(sum.gained).times(times).div(by));
    possible = possible.plus(new Decimal(sum.possible).times(times).div(by));
  }
  return possible.eq(0) ? new Decimal(0) : gained.times(100).div(possible);
}

/** Size of a simple random sample that would know as much. Infinite where everybody of the population has answered. */
function effectiveSize(
  valid: readonly Observation[],
  p: number,
  population: number,
  cellOf: (one: Observation) => WeightCell,
  weighted: boolean,
): number {
  const cells = new Map<number, { n: number; e: number; ee: number; frame: number }>();
  let possible = 0;
  let weights = 0;
  let squares = 0;
  for (const one of valid) {
    const cell = cellOf(one);
    const weight = weighted ? cell.frame / Math.max(1, cell.size) : 1;
    const error = weight * (one.gained - p * one.possible);
    possible += weight * one.possible;
    weights += weight;
    squares += weight * weight;
    const sum = cells.get(cell.id) ?? { n: 0, e: 0, ee: 0, frame: cell.frame };
    cells.set(cell.id, { ...sum, n: sum.n + 1, e: sum.e + error, ee: sum.ee + error * error });
  }
  let variance = 0;
  for (const { n, e, ee, frame } of cells.values()) {
    const left = frame > 0 ? Math.max(0, 1 - n / frame) : 1;
    // One answer alone has no spread of its own: it is held against the whole instead of against itself.
    variance += left * (n > 1 ? (n / (n - 1)) * Math.max(0, ee - (e * e) / n) : ee);
  }
  variance /= possible * possible;
  if (variance > 0 && p > 0 && p < 1) return (p * (1 - p)) / variance;
  const left = population > 0 ? Math.max(0, 1 - valid.length / population) : 1;
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
