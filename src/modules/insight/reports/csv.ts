import { formatDay } from '../../../core/time/index.ts';
import type { ReportPageType } from './contract.ts';

/** A report as CSV for spreadsheets: UTF-8 with its mark, semicolons, a head row with column numbers under the titles. */
export function reportCsv(page: ReportPageType): string {
  const lines: (readonly unknown[])[] = [
    [`${page.reportCode} – ${page.reportName}`],
    [
      page.unitName,
      page.periodName,
      `Hạn gửi ${formatDay(page.deadline)}`,
      page.no === 0 ? 'Đang lập' : `Bản ${page.no}`,
    ],
    page.columns.map((column) => [...column.group, column.title].join(' – ')),
    page.columns.map((column) => `(${column.no})`),
    ...[...page.rows, ...(page.total ? [page.total] : [])].map((row) =>
      row.kind === 'heading' ? [row.label] : page.columns.map((column) => row.cells[column.no] ?? ''),
    ),
    ...page.figures.map((figure) => [
      figure.label,
      figure.percent === null ? 'không có số liệu' : `${figure.percent} %`,
    ]),
    ...page.sections.flatMap((section) => [
      [`${section.no}. ${section.title}`],
      ...(section.text ? [[page.texts[section.id] ?? '']] : []),
    ]),
    ...(page.note ? [['Ghi chú', page.note]] : []),
  ];
  return `\uFEFF${lines.map((line) => line.map(quoted).join(';')).join('\r\n')}\r\n`;
}

/** A text that a spreadsheet would run as a formula gets an apostrophe. */
function quoted(value: unknown): string {
  if (typeof value === 'number') return String(value).replace('.', ',');
  const text = String(value);
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[";\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
