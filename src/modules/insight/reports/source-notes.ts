import { words } from '../../../platform/messages/words.ts';
import type { ReportPageType } from './contract.ts';
import type { CellValue } from './rules/sheet.ts';
import { METRICS_SOURCE } from './rules/source.ts';
import { shownCell } from './shown-cell.ts';

type Row = ReportPageType['rows'][number];
type Source = Row['sources'][number];
const MOST_ROWS = 3;

/** What papers say of cells that come from registers: which register, measure and period, and where the report differs. */
export function sourceNotes(rows: readonly Row[]): string[] {
  const cells = rows.flatMap((row) => row.sources.map((source) => ({ row, source })));
  const taken = Map.groupBy(cells, ({ source }) => `${source.column} ${sourceText(source)}`);
  const from = [...taken.values()].flatMap((group) => {
    const [first] = group;
    if (!first) return [];
    const more = group.length - MOST_ROWS;
    const named = group.slice(0, MOST_ROWS).map(({ row }) => `“${row.label}”`);
    const places = [...named, ...(more > 0 ? [words('reports.sources.more', { count: more })] : [])].join(', ');
    return [
      words('reports.sources.taken', { rows: places, column: first.source.column, from: sourceText(first.source) }),
    ];
  });
  const differing = cells.flatMap(({ row, source }) =>
    source.reason === null
      ? []
      : [
          words('reports.sources.instead', {
            row: row.label,
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
  const what = part === 'value' ? measureName : `${measureName} – ${words(`reports.sources.part-${part}`)}`;
  if (register === METRICS_SOURCE) return words(`reports.sources.from-metrics-${reach}`, { measure: what, period });
  const text = words('reports.sources.from', { register: registerName, measure: what, period, entered, expected });
  return reach === 'own' ? `${text} (${words('reports.sources.reach-own')})` : text;
}
