import { type CountId, SERVED_COUNTS } from './counts.ts';
import type { Column, ReportDefinition } from './form.ts';

/** The part of a form that says what a cell counts. */
type Form = {
  readonly columns: readonly Pick<Column, 'no' | 'kind' | 'metrics' | 'plus' | 'minus' | 'percent'>[];
  readonly rows: ReportDefinition['rows'];
};

/**
 * What a cell counts, where it only counts dossiers, each once: a column of counts, or a sum of such columns. Undefined
 * for what is typed, subtracted or divided.
 * @example countsOfCell(06a, 'ho-tich', '7') → finished-early, finished-on-time, finished-late
 */
export function countsOfCell(form: Form, rowId: string, no: string): readonly CountId[] | undefined {
  const found = collect(form, rowId, no, form.columns.length);
  return found && found.length > 0 && new Set(found).size === found.length ? found : undefined;
}

function collect(form: Form, rowId: string, no: string, depth: number): readonly CountId[] | undefined {
  const column = form.columns.find((one) => one.no === no);
  switch (column?.kind) {
    case 'metric':
      return column.metrics;
    case 'value':
      return form.rows.by === 'fixed' ? form.rows.list.find((row) => row.id === rowId)?.metrics : undefined;
    case 'formula': {
      if (!column.plus || column.minus || column.percent || depth === 0) return undefined;
      const parts = column.plus.map((one) => collect(form, rowId, one, depth - 1));
      return parts.every((part) => part !== undefined) ? parts.flat() : undefined;
    }
    default:
      return undefined;
  }
}

/** Whether a form names a count of how dossiers were served. */
export function asksServed({
  columns,
  rows,
  figures,
}: Pick<ReportDefinition, 'columns' | 'rows' | 'figures'>): boolean {
  const named = new Set<string>([
    ...columns.flatMap((column) => column.metrics ?? []),
    ...(rows.by === 'fixed' ? rows.list.flatMap((row) => row.metrics ?? []) : []),
    ...figures.flatMap(({ numerator, denominator }) => [...numerator, ...denominator]),
  ]);
  return SERVED_COUNTS.some((id) => named.has(id));
}
