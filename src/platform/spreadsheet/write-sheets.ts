import type { Style, Worksheet } from '@cj-tech-master/excelts';
import { carriedText } from '../../core/text/carried.ts';
import { shiftPoint } from './numbers.ts';

/**
 * How the cells of a column are written. `percent` takes points of percent (81.4 is shown “81,40%”), `day` a plain day
 * `YYYY-MM-DD`. A value that does not fit its format is written as text.
 */
export type ColumnFormat = 'text' | 'integer' | 'decimal' | 'number' | 'percent' | 'day';

export type SheetColumn = {
  readonly title: string;
  /** In characters; without it from the title. */
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
};

const NUMBER_FORMATS: Readonly<Record<ColumnFormat, string>> = {
  text: '@',
  integer: '#,##0',
  decimal: '#,##0.00',
  number: '#,##0.##########',
  percent: '0.00%',
  day: 'dd/mm/yyyy',
};

/** One instant for every file: the same data gives the same bytes. */
const MADE_AT = new Date(Date.UTC(2000, 0, 1));
const MAX_TEXT = 32_767;
const EMPTY_LINES_WITH_CHOICES = 200;
const HEADER_FILL = 'FFE7EDF3';

/**
 * An Excel workbook (XLSX). Never a formula: every text is written as a shared string in a cell of the format “Text”, so
 * that `=1+1`, `+84…` and `@x` stay what they were typed as, also when the cell is edited.
 */
export async function writeSheets(sheets: readonly Sheet[]): Promise<Uint8Array> {
  // 27 MB of memory, needed by few requests.
  const { Workbook } = await import('@cj-tech-master/excelts');
  const workbook = new Workbook();
  workbook.creator = 'Một Cửa';
  workbook.lastModifiedBy = 'Một Cửa';
  workbook.created = MADE_AT;
  workbook.modified = MADE_AT;
  const names = sheetNames(sheets.map((sheet) => sheet.name));
  for (const [index, sheet] of sheets.entries()) {
    const headerRow = (sheet.notes?.length ?? 0) + 1;
    const page = workbook.addWorksheet(names[index] ?? `${index + 1}`, {
      views: [{ state: 'frozen', xSplit: 0, ySplit: headerRow }],
      pageSetup: {
        orientation: sheet.columns.length > 6 ? 'landscape' : 'portrait',
        paperSize: 9,
        fitToPage: true,
        fitToHeight: 0,
      },
    });
    fill(page, sheet, headerRow);
  }
  return workbook.xlsx.writeBuffer({ zip: { modTime: MADE_AT } });
}

function fill(page: Worksheet, sheet: Sheet, headerRow: number): void {
  for (const [index, note] of (sheet.notes ?? []).entries()) {
    const cell = page.getCell(index + 1, 1);
    cell.value = cleanText(note);
    cell.numFmt = '@';
    cell.font = { name: 'Times New Roman', size: 12, bold: index === 0 };
  }
  for (const [index, column] of sheet.columns.entries()) {
    page.getColumn(index + 1).width = column.width ?? Math.min(60, Math.max(10, column.title.length + 2));
    const cell = page.getCell(headerRow, index + 1);
    cell.value = cleanText(column.title);
    cell.numFmt = '@';
    cell.font = { name: 'Times New Roman', size: 12, bold: true };
    cell.alignment = { wrapText: true, vertical: 'middle', horizontal: 'center' };
    cell.fill = { type: 'pattern', pattern: 'solid', fgColor: { argb: HEADER_FILL } };
    cell.border = thin();
    offerChoices(page, column, headerRow, index + 1, sheet.rows.length);
  }
  // One object a column: the library looks a style up by its object, and 100,000 cells would be as many to compare.
  const text = bodyStyle('@', true);
  const styles = sheet.columns.map((column) => bodyStyle(NUMBER_FORMATS[column.format], false));
  for (const [line, row] of sheet.rows.entries()) {
    for (const [index, column] of sheet.columns.entries()) {
      const cell = page.getCell(headerRow + 1 + line, index + 1);
      const written = toCell(row[index], column.format);
      cell.value = written;
      cell.style = typeof written === 'string' ? text : (styles[index] ?? text);
    }
  }
}

function bodyStyle(numFmt: string, wrapText: boolean): Partial<Style> {
  return {
    numFmt,
    font: { name: 'Times New Roman', size: 12 },
    alignment: { vertical: 'top', wrapText },
    border: thin(),
  };
}

function offerChoices(page: Worksheet, column: SheetColumn, headerRow: number, at: number, rows: number): void {
  const list = (column.choices ?? []).join(',');
  // A list inside the cell rule: at most 255 characters, and a comma parts two choices.
  if (list === '' || list.length > 250 || column.choices?.some((choice) => /[,"]/.test(choice))) return;
  for (let row = headerRow + 1; row <= headerRow + Math.max(rows, EMPTY_LINES_WITH_CHOICES); row += 1) {
    page.getCell(row, at).dataValidation = { type: 'list', allowBlank: true, formulae: [`"${list}"`] };
  }
}

function toCell(value: unknown, format: ColumnFormat): string | number | Date | null {
  if (value === null || value === undefined || value === '') return null;
  if (format === 'text') return cleanText(String(value));
  if (format === 'day') {
    const day = /^(\d{4})-(\d{2})-(\d{2})$/.exec(String(value));
    return day ? new Date(Date.UTC(Number(day[1]), Number(day[2]) - 1, Number(day[3]))) : cleanText(String(value));
  }
  const number = typeof value === 'number' || /^-?\d+(\.\d+)?$/.test(String(value)) ? Number(value) : Number.NaN;
  if (!Number.isFinite(number)) return cleanText(String(value));
  return format === 'percent' ? shiftPoint(number, -2) : number;
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

/** Without the characters XML cannot carry and not longer than a cell holds. */
function cleanText(text: string): string {
  return carriedText(text).slice(0, MAX_TEXT).toWellFormed();
}

function thin() {
  const line = { style: 'thin' as const, color: { argb: 'FF9AA7B4' } };
  return { top: line, left: line, bottom: line, right: line };
}
