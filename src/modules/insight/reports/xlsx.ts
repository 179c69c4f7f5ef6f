import { type Sheet, type SheetColumn, writeSheets } from '../../../platform/spreadsheet/write-sheets.ts';
import type { ReportPageType } from './contract.ts';
import { AUTOMATIC, importTitles, typedColumns } from './import-cells.ts';
import { type PaperColumn, paperOf } from './paper.ts';

const widthOf = ({ kind, text }: PaperColumn): number =>
  kind === 'label' ? 40 : kind === 'order' ? 6 : text ? 24 : 14;

/** A report as XLSX: the form with its figures as numbers, below them percentages, texts, notes and who signs. */
export async function reportXlsx(page: ReportPageType): Promise<Uint8Array> {
  const paper = paperOf(page);
  const { columns } = paper;
  const label = Math.max(
    0,
    columns.findIndex((column) => column.kind === 'label'),
  );
  /** A line of words in the column of labels, and a second one in the last column. */
  const words = (text: string, last: string | number | null = null): unknown[] =>
    columns.map((_, at) => (at === label ? text : at === columns.length - 1 ? last : null));
  const sheet: Sheet = {
    name: paper.code,
    notes: [
      [paper.receiver, paper.issuer].filter(Boolean).join(' – ').toUpperCase(),
      'CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM – Độc lập – Tự do – Hạnh phúc',
      'Số:           /BC-UBND',
      paper.placeAndDay,
      `Biểu ${paper.code} – ${paper.name}`,
      `${paper.unit} – ${paper.period}`,
      paper.status,
    ],
    columns: columns.map((column) => ({
      title: `(${column.no}) ${column.title}`,
      width: widthOf(column),
      format: column.text ? 'text' : 'number',
    })),
    rows: [
      ...paper.lines.map((line) => (line.kind === 'heading' ? words(line.label) : line.cells)),
      ...paper.figures.map(({ label: name, text }) => words(`${name}: ${text}`)),
      ...paper.sections.flatMap(({ title, lines }) => [words(title), ...lines.map((line) => words(line))]),
      ...paper.notes.map((note) => words(note)),
      words('Nơi nhận:', 'TM. ỦY BAN NHÂN DÂN'),
      ...paper.copies.map((copy, at) => words(copy, at === 0 ? 'CHỦ TỊCH' : null)),
    ],
  };
  return writeSheets([sheet]);
}

/**
 * The typed cells of a form to be filled in and given back: one line a row that has any, by its code. What the system
 * fills in itself says so.
 */
export function importTemplate(page: ReportPageType): Promise<Uint8Array> {
  const typed = typedColumns(page);
  const titles = importTitles(typed);
  const columns: SheetColumn[] = [
    { title: titles[0] ?? '', width: 24, format: 'text' },
    { title: titles[1] ?? '', width: 44, format: 'text' },
    ...typed.map(
      (column, at): SheetColumn => ({
        title: titles[at + 2] ?? '',
        width: 18,
        format: column.type === 'text' ? 'text' : 'number',
      }),
    ),
  ];
  const rows = page.rows
    .filter((row) => row.typed.length > 0)
    .map((row) => [
      row.id,
      row.label,
      ...typed.map(({ no }) => (row.typed.includes(no) ? (row.cells[no] ?? null) : AUTOMATIC)),
    ]);
  const notes = [
    `Biểu ${page.reportCode} – ${page.reportName}`,
    `${page.unitName} – ${page.periodName}`,
    'Chỉ ghi vào ô trống và ô có số; giữ nguyên dòng, cột và mã dòng. Ô để trống là chưa có số liệu.',
  ];
  return writeSheets([{ name: 'Nhập tay', columns, rows, notes }]);
}
