import { words } from '../../../platform/messages/words.ts';
import type { ReportPageType } from './contract.ts';
import { shownCell } from './shown-cell.ts';

/** What papers say of cells to which units below add: in which rows, of how many units; rows of the same kind in one line. */
export function sumNotes({ rows, columns }: Pick<ReportPageType, 'rows' | 'columns'>): string[] {
  const order = columns.find((column) => column.kind === 'order')?.no ?? '';
  const cells = rows.flatMap((row) =>
    row.sums.map(({ sent, filled, expected }) => ({
      row: shownCell(row.cells[order] ?? null) || `“${row.label}”`,
      sent,
      expected,
      blank: sent - filled,
    })),
  );
  return [...Map.groupBy(cells, ({ sent, expected, blank }) => `${sent} ${expected} ${blank}`).values()].flatMap(
    (same) => {
      const [first] = same;
      if (!first) return [];
      const told = { ...first, rows: [...new Set(same.map(({ row }) => row))].join(', ') };
      return [words(first.blank > 0 ? 'reports.sums.note-blank' : 'reports.sums.note', told)];
    },
  );
}
