import type { CellValue } from './sheet.ts';

type Shown = {
  readonly cells: Readonly<Record<string, CellValue>>;
  readonly sums: readonly { readonly column: string; readonly own: number | null }[];
};

/** What the unit itself has typed into a cell, without what units below add to it. */
export function ownCell({ cells, sums }: Shown, no: string): CellValue {
  const sum = sums.find(({ column }) => column === no);
  return sum ? sum.own : (cells[no] ?? null);
}
