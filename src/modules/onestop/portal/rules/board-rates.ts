import type { BoardFigures, BoardRate, BoardRates } from './browse-views.ts';
import { hiddenCells } from './suppress.ts';

/**
 * Shares of each unit instead of its counts, in the order given. Shares of too few dossiers are `few`, and so many more
 * that the totals of the board do not give them away; such units do not take part in any order but that of names.
 * @param minimum dossiers from which on a share is shown
 */
export function ratesOf(
  rows: readonly ({ readonly unitId: string; readonly unitName: string } & BoardFigures)[],
  minimum: number,
): BoardRates[] {
  const measured = rows.map((row) => row.early + row.onTime + row.late);
  const few = hiddenCells(measured, minimum);
  const fewOpen = hiddenCells(
    rows.map((row) => row.open),
    minimum,
  );
  const shown = rows.map((row, at): BoardRates & { readonly hidden: boolean } => {
    const share = (part: number): BoardRate => rateOf(part, measured[at] ?? 0, few[at] === true);
    return {
      unitId: row.unitId,
      unitName: row.unitName,
      inTime: share(row.early + row.onTime),
      early: share(row.early),
      late: share(row.late),
      openLate: rateOf(row.openLate, row.open, fewOpen[at] === true),
      hidden: few[at] === true || fewOpen[at] === true,
    };
  });
  const last = shown.filter((row) => row.hidden).sort((a, b) => a.unitName.localeCompare(b.unitName, 'vi'));
  return [...shown.filter((row) => !row.hidden), ...last].map(({ hidden: _, ...row }) => row);
}

function rateOf(part: number, whole: number, hidden: boolean): BoardRate {
  if (whole === 0) return null;
  return hidden ? 'few' : Math.round((part / whole) * 1000) / 10;
}
