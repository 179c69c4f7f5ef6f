import { whoseNote } from '../../../platform/spreadsheet/whose-sheet.ts';
import {
  type OfficeBlock,
  type OfficeLine,
  type OfficeSheet,
  writeOfficeSheet,
} from '../../../platform/spreadsheet/write-office-sheet.ts';
import { type SheetColumn, writeSheets } from '../../../platform/spreadsheet/write-sheets.ts';
import type { ReportPageType } from './contract.ts';
import { AUTOMATIC, importTitles, typedColumns } from './import-cells.ts';
import { paperOf, type ReportPaper } from './paper.ts';
import { ownCell } from './rules/own-cell.ts';

/** Characters a paper is wide at least, so that both halves of the letterhead stand in one line each. */
const LEAST_WIDTH = { upright: 100, across: 120 };

/** A report as XLSX in office layout: the form with its heads and its figures as numbers, what stands above and below it. */
export function reportXlsx(page: ReportPageType): Promise<Uint8Array> {
  return writeOfficeSheet(officeSheet(paperOf(page)));
}

function officeSheet(paper: ReportPaper): OfficeSheet {
  const widths = widthsOf(paper);
  const last = widths.length - 1;
  const across = (text: string, look: Partial<OfficeBlock> = {}): OfficeLine => [{ text, from: 0, to: last, ...look }];
  const halves = halvesOf(widths);
  const pair = (
    left: string,
    right: string,
    leftLook: Partial<OfficeBlock>,
    rightLook: Partial<OfficeBlock>,
  ): OfficeLine => [
    ...(left ? [{ text: left, ...halves.left, ...leftLook }] : []),
    ...(right ? [{ text: right, ...halves.right, ...rightLook }] : []),
  ];
  const center = { align: 'center' } as const;
  const strong = { ...center, bold: true };
  const leaning = { ...center, italics: true };
  const [receiver, issuer] = [paper.receiver.toUpperCase(), paper.issuer.toUpperCase()];
  return {
    name: paper.code,
    above: [
      pair(receiver || issuer, 'CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM', receiver ? center : strong, strong),
      pair(receiver ? issuer : '', 'Độc lập – Tự do – Hạnh phúc', strong, strong),
      pair('─────', '──────────────', center, center),
      pair('Số:           /BC-UBND', paper.placeAndDay, center, leaning),
      across(paper.formLine, { italics: true, align: 'right' }),
      across('BÁO CÁO', { ...strong, size: 14 }),
      across(paper.subject, { ...strong, size: 13 }),
      across(paper.period, center),
      across(paper.status, leaning),
      [],
    ],
    columns: paper.columns.map(({ kind, text }, at) => ({
      width: widths[at] ?? 10,
      format: text ? 'text' : 'number',
      center: kind === 'order',
    })),
    heads: paper.heads.map((level) =>
      level.map(({ no, title, span, rows }) => ({
        title,
        span,
        rows,
        at: paper.columns.findIndex((column) => column.no === no),
      })),
    ),
    numbers: paper.columns.map(({ no }) => `(${no})`),
    rows: paper.lines,
    below: [
      [],
      ...paper.figures.map(({ label, text }) => across(`${label}: ${text}`)),
      ...paper.sections.flatMap(({ title, lines }) => [
        across(title, { bold: true }),
        ...lines.map((line) => across(line)),
      ]),
      ...paper.notes.map((note) => across(note, { italics: true })),
      [],
      pair('Nơi nhận:', 'TM. ỦY BAN NHÂN DÂN', { bold: true, italics: true }, strong),
      pair(paper.copies[0] ?? '', 'CHỦ TỊCH', { size: 11 }, strong),
      pair(paper.copies[1] ?? '', '(Ký, ghi rõ họ tên, đóng dấu)', { size: 11 }, leaning),
      ...paper.copies.slice(2).map((copy) => pair(copy, '', { size: 11 }, {})),
    ],
  };
}

/** The widths wished; what does not stand on a page is narrowed as far as its words and figures allow. */
function widthsOf({ columns, upright }: ReportPaper): number[] {
  const asked = columns.map(({ kind, text }) => (kind === 'label' ? 28 : kind === 'order' ? 5 : text ? 20 : 9));
  const whole = asked.reduce((sum, width) => sum + width, 0);
  const least = upright ? LEAST_WIDTH.upright : LEAST_WIDTH.across;
  return whole >= least ? asked : asked.map((width) => (width * least) / whole);
}

type Half = { readonly from: number; readonly to: number };

/** The columns of the left and of the right half, about as wide as each other. */
function halvesOf(widths: readonly number[]): { readonly left: Half; readonly right: Half } {
  const whole = widths.reduce((sum, width) => sum + width, 0);
  let best = 0;
  let nearest = Number.POSITIVE_INFINITY;
  let sum = 0;
  for (const [at, width] of widths.slice(0, -1).entries()) {
    sum += width;
    const off = Math.abs(sum - whole / 2);
    if (off < nearest) [best, nearest] = [at, off];
  }
  return { left: { from: 0, to: best }, right: { from: best + 1, to: widths.length - 1 } };
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
      ...typed.map(({ no }) => (row.typed.includes(no) ? ownCell(row, no) : AUTOMATIC)),
    ]);
  const notes = [
    `Biểu ${page.reportCode} – ${page.reportName}`,
    whoseNote(page.unitName, page.periodName),
    'Chỉ ghi vào ô trống và ô có số; giữ nguyên dòng, cột và mã dòng. Ô để trống là chưa có số liệu.',
  ];
  return writeSheets([{ name: 'Nhập tay', columns, rows, notes }]);
}
