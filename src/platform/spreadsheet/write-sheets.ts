import type { HeaderFooter, Workbook, Worksheet } from '@cj-tech-master/excelts';
import { type Layout, layOut } from './print-page.ts';
import {
  type ColumnFormat,
  cellStyles,
  cleanText,
  FONT,
  heightOf,
  leastWidth,
  MAX_HEIGHT,
  ONE_LINE,
  putText,
  thin,
  toCell,
  wordWidth,
} from './sheet-cells.ts';

export type SheetColumn = {
  readonly title: string;
  /** In characters; without it from the title. Less where the sheet would not be read on paper. */
  readonly width?: number;
  readonly format: ColumnFormat;
  /** Offered as a list in the cells below the header. */
  readonly choices?: readonly string[];
};

export type Sheet = {
  readonly name: string;
  readonly columns: readonly SheetColumn[];
  /** Text, number, decimal as text, day, `null` (an empty cell). */
  readonly rows: readonly (readonly unknown[])[];
  /** Lines above the header, e.g. what the table is, its unit and period. */
  readonly notes?: readonly string[];
  /** How many columns tell what a row is, again on every page across; without it up to the first text. */
  readonly keep?: number;
};

/** One instant for every file: the same data gives the same bytes. */
const MADE_AT = new Date(Date.UTC(2000, 0, 1));
const EMPTY_LINES_WITH_CHOICES = 200;
/** Characters of a text in one line that is read easily, where there is room for no more. */
const NARROW_TEXT = 11;
const PAGE_NUMBER: Partial<HeaderFooter> = { oddFooter: `&C&"${FONT}"&11Trang &P/&N` };
const HEADER_FILL = 'FFE7EDF3';

/**
 * An Excel workbook (XLSX). Never a formula: every text is written as a shared string in a cell of the format “Text”, so
 * that `=1+1`, `+84…` and `@x` stay what they were typed as, also when the cell is edited.
 */
export async function writeSheets(sheets: readonly Sheet[]): Promise<Uint8Array> {
  const workbook = await newWorkbook();
  const names = sheetNames(sheets.map((sheet) => sheet.name));
  for (const [index, sheet] of sheets.entries()) {
    const headerRow = (sheet.notes?.length ?? 0) + 1;
    const layout = layOut(printedColumns(sheet), sheet.keep ?? keptColumns(sheet.columns));
    const page = workbook.addWorksheet(names[index] ?? `${index + 1}`, {
      views: [{ state: 'frozen', xSplit: 0, ySplit: headerRow }],
      pageSetup: { ...layout.page, printTitlesRow: `${headerRow}:${headerRow}` },
      headerFooter: PAGE_NUMBER,
    });
    fill(page, sheet, headerRow, layout);
  }
  return bytesOf(workbook);
}

/** A workbook whose bytes depend on nothing but what is put into it. */
export async function newWorkbook(): Promise<Workbook> {
  // 27 MB of memory, needed by few requests.
  const library = await import('@cj-tech-master/excelts');
  const workbook = new library.Workbook();
  workbook.creator = 'Một Cửa';
  workbook.lastModifiedBy = 'Một Cửa';
  workbook.created = MADE_AT;
  workbook.modified = MADE_AT;
  return workbook;
}

export const bytesOf = (workbook: Workbook): Promise<Uint8Array> =>
  workbook.xlsx.writeBuffer({ zip: { modTime: MADE_AT } });

function fill(page: Worksheet, sheet: Sheet, headerRow: number, { widths, first }: Layout): void {
  putNotes(page, sheet.notes ?? [], widths.slice(0, first));
  const headHeight = Math.max(...sheet.columns.map(({ title }, at) => heightOf(title, widths[at] ?? 0, true)));
  page.getRow(headerRow).height = headHeight;
  for (const [index, column] of sheet.columns.entries()) {
    page.getColumn(index + 1).width = widths[index] ?? widthOf(column);
    const cell = page.getCell(headerRow, index + 1);
    putText(cell, column.title, { bold: true });
    cell.alignment = { wrapText: true, vertical: 'middle', horizontal: 'center' };
    cell.fill = { type: 'pattern', pattern: 'solid', fgColor: { argb: HEADER_FILL } };
    cell.border = thin();
    offerChoices(page, column, headerRow, index + 1, sheet.rows.length);
  }
  const styles = sheet.columns.map((column) => cellStyles(column.format));
  for (const [line, row] of sheet.rows.entries()) {
    let height = 0;
    for (const [index, column] of sheet.columns.entries()) {
      const cell = page.getCell(headerRow + 1 + line, index + 1);
      const written = toCell(row[index], column.format);
      cell.value = written;
      cell.style = styles[index]?.(written) ?? {};
      if (typeof written === 'string') height = Math.max(height, heightOf(written, widths[index] ?? 0));
    }
    if (height > ONE_LINE) page.getRow(headerRow + 1 + line).height = Math.min(height, MAX_HEIGHT);
  }
}

/** Words above a table, as wide as it is on its first page. */
function putNotes(page: Worksheet, notes: readonly string[], widths: readonly number[]): void {
  const width = widths.reduce((sum, each) => sum + each, 0);
  for (const [index, note] of notes.entries()) {
    const bold = index === 0;
    if (widths.length > 1) page.mergeCells(index + 1, 1, index + 1, widths.length);
    const cell = page.getCell(index + 1, 1);
    putText(cell, note, { bold });
    cell.alignment = { wrapText: true, vertical: 'top' };
    page.getRow(index + 1).height = Math.min(MAX_HEIGHT, heightOf(note, width, bold));
  }
}

/** What the columns ask of a page. */
function printedColumns({ columns, rows }: Sheet) {
  return columns.map((column, at) => {
    const { format } = column;
    let least = wordWidth(column.title, true);
    for (const row of rows) least = Math.max(least, leastWidth(toCell(row[at], format), format));
    const width = widthOf(column);
    return format === 'text'
      ? { width, least: Math.max(least, Math.min(width, NARROW_TEXT)) }
      : { width: Math.max(width, least), least };
  });
}

const keptColumns = (columns: readonly SheetColumn[]): number =>
  Math.max(1, columns.findIndex(({ format }) => format === 'text') + 1);

const widthOf = (column: SheetColumn): number => column.width ?? Math.min(60, Math.max(10, column.title.length + 2));

function offerChoices(page: Worksheet, column: SheetColumn, headerRow: number, at: number, rows: number): void {
  const list = (column.choices ?? []).join(',');
  // A list inside the cell rule: at most 255 characters, and a comma parts two choices.
  if (list === '' || list.length > 250 || column.choices?.some((choice) => /[,"]/.test(choice))) return;
  for (let row = headerRow + 1; row <= headerRow + Math.max(rows, EMPTY_LINES_WITH_CHOICES); row += 1) {
    page.getCell(row, at).dataValidation = { type: 'list', allowBlank: true, formulae: [`"${list}"`] };
  }
}

/** Sheet names Excel accepts: 31 characters, none of `[]:*?/\`, no apostrophe at the ends, each once whatever its case. */
export function sheetNames(names: readonly string[]): string[] {
  const taken = new Set<string>();
  return names.map((name) => {
    const clean = cleanText(name)
      .replace(/[[\]:*?/\\\n\r\t]/g, ' ')
      .replace(/\s+/g, ' ')
      .trim()
      .replace(/^'+|'+$/g, '')
      .slice(0, 31)
      .trim();
    const base = clean === '' || clean.toLowerCase() === 'history' ? 'Trang' : clean;
    let free = base;
    for (let count = 2; taken.has(free.toLowerCase()); count += 1)
      free = `${base.slice(0, 28 - `${count}`.length)} (${count})`;
    taken.add(free.toLowerCase());
    return free;
  });
}
