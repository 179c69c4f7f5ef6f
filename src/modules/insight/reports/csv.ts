import { typedNumberVi } from '../../../core/text/numbers.ts';
import { formatDay } from '../../../core/time/index.ts';
import type { ReportPageType } from './contract.ts';
import { paperOf } from './paper.ts';

/** A report as CSV for spreadsheets: UTF-8 with its mark, semicolons, a head row with column numbers under the titles. */
export function reportCsv(page: ReportPageType): string {
  const paper = paperOf(page);
  const lines: (readonly unknown[])[] = [
    [`${paper.code} – ${paper.name}`],
    [paper.unit, paper.period, `Hạn gửi ${formatDay(page.deadline)}`, paper.status],
    paper.columns.map((column) => column.title),
    paper.columns.map((column) => `(${column.no})`),
    ...paper.lines.map((line) => (line.kind === 'heading' ? [line.label] : line.cells.map((cell) => cell ?? ''))),
    ...paper.figures.map((figure) => [figure.label, figure.text]),
    ...paper.sections.flatMap((section) => [[section.title], ...section.lines.map((line) => [line])]),
    ...paper.notes.map((note) => [note]),
  ];
  return `\uFEFF${lines.map((line) => line.map(quoted).join(';')).join('\r\n')}\r\n`;
}

/** A text that a spreadsheet would run as a formula gets an apostrophe. */
function quoted(value: unknown): string {
  if (typeof value === 'number') return typedNumberVi(value);
  const text = String(value);
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[";\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
