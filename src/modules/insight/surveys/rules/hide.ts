/** Respondents by row and column; the last row and the last column are the totals. */
export type Grid = readonly (readonly number[])[];

/**
 * Which cells of a table with totals are hidden, so that nobody learns of fewer than `minimum` people: cells of 1 to
 * `minimum` − 1, and further ones wherever a row or a column with its total would give a hidden cell away by subtraction.
 * An empty cell tells of nobody and stays. After it, no line has exactly one hidden cell, and what the hidden cells of a
 * line with a shown total come to is at least `minimum`.
 */
export function hideGrid(grid: Grid, minimum: number): boolean[][] {
  const hidden = grid.map((row) => row.map((n) => n > 0 && n < minimum));
  const [height, width] = [grid.length, grid[0]?.length ?? 0];
  const lines: (readonly [number, number])[][] = [
    ...Array.from({ length: height }, (_, y) => Array.from({ length: width }, (_, x) => [y, x] as const)),
    ...Array.from({ length: width }, (_, x) => Array.from({ length: height }, (_, y) => [y, x] as const)),
  ];
  const at = ([y, x]: readonly [number, number]): number => grid[y]?.[x] ?? 0;
  const isHidden = ([y, x]: readonly [number, number]): boolean => hidden[y]?.[x] ?? false;
  for (let changed = true; changed; ) {
    changed = false;
    for (const line of lines) {
      const next = nextToHide(line, at, isHidden, minimum);
      if (!next) continue;
      const row = hidden[next[0]];
      if (row) row[next[1]] = true;
      changed = true;
    }
  }
  return hidden;
}

function nextToHide(
  line: readonly (readonly [number, number])[],
  at: (cell: readonly [number, number]) => number,
  isHidden: (cell: readonly [number, number]) => boolean,
  minimum: number,
): readonly [number, number] | undefined {
  const full = line.filter((cell) => at(cell) > 0);
  const hidden = full.filter(isHidden);
  if (hidden.length === 0) return undefined;
  const total = line.at(-1);
  const totalHidden = total !== undefined && isHidden(total);
  const sum = hidden.reduce((n, cell) => n + at(cell), 0);
  if (hidden.length > 1 && (totalHidden || sum >= minimum)) return undefined;
  const open = full.filter((cell) => !isHidden(cell));
  // The total last: it says most.
  return open.sort((a, b) => Number(a === total) - Number(b === total) || at(a) - at(b))[0];
}
