/** A stratum with its finished dossiers and those who have answered. */
export type WeightStratum = {
  readonly no: number;
  readonly unitId: string;
  readonly frame: number;
  readonly size: number;
};

/** Strata that share a weight: `frame / size`. */
export type WeightCell = { readonly id: number; readonly frame: number; readonly size: number };

/**
 * The weighting cell of each stratum. A stratum in which fewer than `minimum` have answered is put together with the next
 * smallest of its unit, then with those of other units, until all cells are large enough: one person must not stand for
 * hundreds of dossiers, nor be read off a weighted figure. Strata nobody answered in count with their cell too.
 * @returns by number of stratum; all in one cell where fewer than `minimum` have answered at all
 * @example 24 dossiers with 12 answers and 203 with 1, minimum 5 → one cell of 227 dossiers and 13 answers
 */
export function weightCells(strata: readonly WeightStratum[], minimum: number): ReadonlyMap<number, WeightCell> {
  const byUnit = Map.groupBy(strata, (stratum) => stratum.unitId);
  const perUnit = [...byUnit.values()].flatMap((mine) =>
    merge(
      mine.map((stratum) => [stratum]),
      minimum,
    ),
  );
  const cells = merge(perUnit, minimum);
  return new Map(
    cells.flatMap((cell, id) => {
      const frame = sum(cell.map((stratum) => stratum.frame));
      const size = sum(cell.map((stratum) => stratum.size));
      return cell.map((stratum): [number, WeightCell] => [stratum.no, { id, frame, size }]);
    }),
  );
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, n) => total + n, 0);
const sizeOf = (cell: readonly WeightStratum[]): number => sum(cell.map((stratum) => stratum.size));
const firstOf = (cell: readonly WeightStratum[]): number => Math.min(...cell.map((stratum) => stratum.no));

/** Joins the two smallest until the smallest is large enough or only one is left. */
function merge(given: readonly (readonly WeightStratum[])[], minimum: number): (readonly WeightStratum[])[] {
  let cells = [...given];
  for (;;) {
    cells = cells.sort((a, b) => sizeOf(a) - sizeOf(b) || firstOf(a) - firstOf(b));
    const [smallest, next, ...rest] = cells;
    if (!smallest || !next || sizeOf(smallest) >= minimum) return cells;
    cells = [[...smallest, ...next], ...rest];
  }
}
