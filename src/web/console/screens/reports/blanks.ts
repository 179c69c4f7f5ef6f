import type { ReportPageType } from '../../../../modules/insight/reports/contract.ts';
import { ownCell } from '../../../../modules/insight/reports/rules/own-cell.ts';

type Filled = Pick<ReportPageType, 'texts'> & {
  readonly columns: readonly Pick<ReportPageType['columns'][number], 'no' | 'type'>[];
  readonly rows: readonly Pick<ReportPageType['rows'][number], 'label' | 'typed' | 'cells' | 'sums'>[];
  readonly sections: readonly Pick<ReportPageType['sections'][number], 'id' | 'no' | 'title' | 'text'>[];
};

/** What people were to write and have not: rows with a number missing, then parts of the text. Remarks may be missing. */
export function blanksOf({ columns, rows, sections, texts }: Filled): string[] {
  const remarks = new Set(columns.filter(({ type }) => type === 'text').map(({ no }) => no));
  const lacksNumber = rows.filter((row) => row.typed.some((no) => !remarks.has(no) && ownCell(row, no) === null));
  const unwritten = sections.filter(({ id, text }) => text && (texts[id] ?? '').trim() === '');
  return [...lacksNumber.map(({ label }) => label), ...unwritten.map(({ no, title }) => `${no}. ${title}`)];
}
