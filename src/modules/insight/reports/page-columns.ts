import { countsOfCell } from './rules/cell-counts.ts';
import type { ReportDefinition } from './rules/form.ts';

/** The columns of a form as pages and papers show them. */
export function viewColumns(report: ReportDefinition): {
  no: string;
  title: string;
  group: string[];
  kind: string;
  type: 'integer' | 'decimal' | 'text';
  counted: boolean;
  divided: boolean;
}[] {
  return report.columns.map(({ no, title, group, kind, type, percent }) => ({
    no,
    title,
    group: [...(group ?? [])],
    kind,
    type: type ?? (kind === 'note' ? 'text' : percent ? 'decimal' : 'integer'),
    divided: percent !== undefined,
    counted: kind === 'value' || countsOfCell(report, '', no) !== undefined,
  }));
}
