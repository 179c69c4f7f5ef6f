import { words } from '../../../platform/messages/words.ts';
import type { ReportPageType } from './contract.ts';
import type { CellValue } from './rules/sheet.ts';
import { METRICS_SOURCE } from './rules/source.ts';
import { shownCell } from './shown-cell.ts';

type Row = ReportPageType['rows'][number];
type Source = Row['sources'][number];
const MOST_ROWS = 10;

/**
 * What papers say of cells that come from registers: which register and period, how complete, in which rows and columns;
 * then where the report says something else. A row is named by its number where the form has one.
 */
export function sourceNotes({ rows, columns }: Pick<ReportPageType, 'rows' | 'columns'>): string[] {
  const order = columns.find((column) => column.kind === 'order')?.no ?? '';
  const nameOf = (row: Row): string => shownCell(row.cells[order] ?? null) || `“${row.label}”`;
  const cells = rows.flatMap((row) => row.sources.map((source) => ({ row, source })));
  const taken = [...Map.groupBy(cells, ({ source }) => sourceText(source))];
  const from = taken.map(([text, group]) => {
    const byRow = [...Map.groupBy(group, ({ row }) => row)];
    const places = byRow.slice(0, MOST_ROWS).map(([row, own]) => {
      const list = own.map(({ source }) => `(${source.column})`).join(', ');
      return words('reports.sources.place-of', { row: nameOf(row), columns: list });
    });
    const more = byRow.length - MOST_ROWS;
    if (more > 0) places.push(words('reports.sources.more', { count: more }));
    return words('reports.sources.taken', { from: text, places: places.join('; ') });
  });
  const differing = cells.flatMap(({ row, source }) =>
    source.reason === null
      ? []
      : [
          words('reports.sources.instead', {
            row: nameOf(row),
            column: source.column,
            typed: shownOr(row.cells[source.column]),
            value: shownOr(source.value),
            reason: source.reason,
          }),
        ],
  );
  return [...from, ...differing];
}

const shownOr = (value: CellValue | undefined): string => shownCell(value ?? null) || words('reports.no-data');

function sourceText({ register, registerName, measureName, part, reach, periods, entered, expected }: Source): string {
  const period = periods.map(({ name }) => name).join(', ') || words('reports.sources.no-period');
  if (register === METRICS_SOURCE) {
    const what = part === 'value' ? measureName : `${measureName} – ${words(`reports.sources.part-${part}`)}`;
    return words(`reports.sources.from-metrics-${reach}`, { measure: what, period });
  }
  const text = words('reports.sources.from', { register: registerName, period, entered, expected });
  return reach === 'own' ? `${text} (${words('reports.sources.reach-own')})` : text;
}
