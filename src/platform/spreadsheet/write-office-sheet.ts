import type { Worksheet } from '@cj-tech-master/excelts';
import { layOut, staysTogether } from './print-page.ts';
import {
  type ColumnFormat,
  cellStyles,
  FONT,
  FONT_SIZE,
  heightOf,
  leastWidth,
  MAX_HEIGHT,
  ONE_LINE,
  putText,
  thin,
  toCell,
  wordWidth,
} from './sheet-cells.ts';
import { bytesOf, newWorkbook, sheetNames } from './write-sheets.ts';

/** Words across columns `from`…`to` (from 0, both counted). */
export type OfficeBlock = {
  readonly text: string;
  readonly from: number;
  readonly to: number;
  readonly bold?: boolean;
  readonly italics?: boolean;
  readonly align?: 'left' | 'center' | 'right';
  readonly size?: number;
};
/** Blocks side by side; none: an empty line. */
export type OfficeLine = readonly OfficeBlock[];

/** A head over `span` columns from the column `at` (from 0), reaching down `rows` levels. */
export type OfficeHead = {
  readonly title: string;
  readonly at: number;
  readonly span: number;
  readonly rows: number;
};

/** One paper: letterhead, a table under heads of several levels, what follows it. */
export type OfficeSheet = {
  readonly name: string;
  readonly above: readonly OfficeLine[];
  readonly columns: readonly { readonly width: number; readonly format: ColumnFormat; readonly center?: boolean }[];
  readonly heads: readonly (readonly OfficeHead[])[];
  /** The line under the heads: `(1)`, `(2)`. */
  readonly numbers: readonly string[];
  /** `heading` shows its label across the table. */
  readonly rows: readonly {
    readonly kind: 'row' | 'heading' | 'total';
    readonly label: string;
    readonly cells: readonly unknown[];
  }[];
  readonly below: readonly OfficeLine[];
};

/** Characters of a text that is read in several lines, where there is room for no more. */
const NARROW_TEXT = 18;
/** As NĐ 30/2020 has it: in the middle above the text, from the second page on. */
const PAGE_NUMBER = { differentFirst: true, oddHeader: `&C&"${FONT}"&13&P` };

/**
 * A workbook of one sheet that prints as a paper of an office on A4: heads and words merged as by hand, the heads
 * again on each page, words on the first one where the table goes over several across. Numbers are numbers; no text is ever a
 * formula.
 */
export async function writeOfficeSheet(sheet: OfficeSheet): Promise<Uint8Array> {
  const workbook = await newWorkbook();
  const [name = 'Trang'] = sheetNames([sheet.name]);
  const first = sheet.above.length + 1;
  const last = first + sheet.heads.length;
  const keep = sheet.columns.findIndex(({ format, center }) => format === 'text' && !center) + 1;
  const layout = layOut(printedColumns(sheet), Math.max(1, keep));
  const { widths, first: onFirst } = layout;
  const page = workbook.addWorksheet(name, {
    views: [{ showGridLines: false }],
    pageSetup: { ...layout.page, printTitlesRow: `${first}:${last}` },
    headerFooter: PAGE_NUMBER,
  });
  for (const [at, width] of widths.entries()) page.getColumn(at + 1).width = width;
  putLines(page, sheet.above, 1, widths, onFirst);
  putHeads(page, sheet, first, widths);
  putRows(page, sheet, last + 1, widths);
  putLines(page, sheet.below, last + 1 + sheet.rows.length, widths, onFirst);
  let height = 0;
  page.eachRow({ includeEmpty: true }, (row) => {
    height += row.height ?? ONE_LINE;
  });
  // A signature alone on a second page is no paper.
  if (staysTogether(layout, height)) page.pageSetup.fitToHeight = 1;
  return bytesOf(workbook);
}

/** What the columns ask of a page: figures and the words of their own heads whole. */
function printedColumns({ columns, heads, rows }: OfficeSheet) {
  return columns.map(({ width, format }, at) => {
    const own = heads.flat().filter((head) => head.at === at && head.span === 1);
    let least = Math.max(0, ...own.map(({ title }) => wordWidth(title, true)));
    for (const { kind, cells } of rows)
      if (kind !== 'heading') least = Math.max(least, leastWidth(toCell(cells[at], format), format));
    if (format === 'text') least = Math.max(least, Math.min(width, NARROW_TEXT));
    return { width: Math.max(width, least), least };
  });
}

const spanned = (widths: readonly number[], from: number, to: number): number =>
  widths.slice(from, to + 1).reduce((sum, width) => sum + width, 0);

/** @param most columns words may go over: those of the first page, of which each block has its share */
function putLines(
  page: Worksheet,
  lines: readonly OfficeLine[],
  firstRow: number,
  widths: readonly number[],
  most: number,
): void {
  const placeOf = (column: number): number => Math.floor((column * most) / widths.length);
  for (const [at, line] of lines.entries()) {
    const row = firstRow + at;
    let height: number = ONE_LINE;
    for (const { text, bold = false, italics = false, align = 'left', size = FONT_SIZE, ...block } of line) {
      const [from, to] = [placeOf(block.from), Math.max(placeOf(block.from), placeOf(block.to + 1) - 1)];
      if (to > from) page.mergeCells(row, from + 1, row, to + 1);
      const cell = page.getCell(row, from + 1);
      putText(cell, text, { size, bold, italic: italics });
      cell.alignment = { wrapText: true, vertical: 'top', horizontal: align };
      height = Math.max(height, (heightOf(text, spanned(widths, from, to), bold) * size) / FONT_SIZE);
    }
    page.getRow(row).height = Math.min(height, MAX_HEIGHT);
  }
}

function putHeads(page: Worksheet, sheet: OfficeSheet, firstRow: number, widths: readonly number[]): void {
  const head = (row: number, column: number, text: string, italic: boolean): void => {
    const cell = page.getCell(row, column);
    putText(cell, text, { bold: !italic, italic });
    cell.alignment = { wrapText: true, vertical: 'middle', horizontal: 'center' };
  };
  for (const [level, heads] of sheet.heads.entries()) {
    const row = firstRow + level;
    let height: number = ONE_LINE;
    for (const { title, at, span, rows } of heads) {
      if (span > 1 || rows > 1) page.mergeCells(row, at + 1, row + rows - 1, at + span);
      head(row, at + 1, title, false);
      // What reaches down has all its levels for its words.
      height = Math.max(height, heightOf(title, spanned(widths, at, at + span - 1), true) / rows);
    }
    page.getRow(row).height = height;
  }
  const numbersRow = firstRow + sheet.heads.length;
  for (const [at, text] of sheet.numbers.entries()) head(numbersRow, at + 1, text, true);
  for (let row = firstRow; row <= numbersRow; row += 1)
    for (let at = 1; at <= sheet.columns.length; at += 1) page.getCell(row, at).border = thin();
}

function putRows(page: Worksheet, sheet: OfficeSheet, firstRow: number, widths: readonly number[]): void {
  const { columns } = sheet;
  const styles = {
    row: columns.map((column) => cellStyles(column.format)),
    total: columns.map((column) => cellStyles(column.format, { bold: true })),
    heading: columns.map(() => cellStyles('text', { bold: true })),
  };
  for (const [line, { kind, label, cells }] of sheet.rows.entries()) {
    const row = firstRow + line;
    let height: number = ONE_LINE;
    const values = kind === 'heading' ? [label] : cells;
    for (const [at, column] of columns.entries()) {
      const cell = page.getCell(row, at + 1);
      const written = toCell(values[at], kind === 'heading' ? 'text' : column.format);
      cell.value = written;
      const style = styles[kind][at]?.(written) ?? {};
      cell.style =
        column.center && kind !== 'heading'
          ? { ...style, alignment: { vertical: 'top', horizontal: 'center' } }
          : style;
      const width = kind === 'heading' ? spanned(widths, 0, columns.length - 1) : (widths[at] ?? column.width);
      if (typeof written === 'string') height = Math.max(height, heightOf(written, width, kind !== 'row'));
    }
    if (kind === 'heading' && columns.length > 1) page.mergeCells(row, 1, row, columns.length);
    page.getRow(row).height = Math.min(height, MAX_HEIGHT);
  }
}
