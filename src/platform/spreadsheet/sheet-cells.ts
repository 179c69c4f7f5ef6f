import type { Cell, Style } from '@cj-tech-master/excelts';
import { carriedText } from '../../core/text/carried.ts';
import { shiftPoint } from './numbers.ts';

/**
 * How the cells of a column are written. `percent` takes points of percent (81.4 is shown “81,40%”), `day` a plain day
 * `YYYY-MM-DD`. A value that does not fit its format is written as text.
 */
export type ColumnFormat = 'text' | 'integer' | 'decimal' | 'number' | 'percent' | 'day';

const NUMBER_FORMATS: Readonly<Record<ColumnFormat, string>> = {
  text: '@',
  integer: '#,##0',
  decimal: '#,##0.00',
  number: '#,##0.##########',
  percent: '0.00%',
  day: 'dd/mm/yyyy',
};

const FONT = 'Times New Roman';
/** Points; office papers are set in 12. */
export const FONT_SIZE = 12;
/** Points of a row of one line. */
export const ONE_LINE = 16;
/** Points Excel allows a row. */
export const MAX_HEIGHT = 409;
const MAX_TEXT = 32_767;

type Written = string | number | Date | null;

export function toCell(value: unknown, format: ColumnFormat): Written {
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

/** Without the characters XML cannot carry and not longer than a cell holds. */
export function cleanText(text: string): string {
  return carriedText(text).slice(0, MAX_TEXT).toWellFormed();
}

/** Writes words of a paper, never a formula. */
export function putText(cell: Cell, text: string, font: Partial<Style['font']>): void {
  cell.value = cleanText(text);
  cell.numFmt = '@';
  cell.font = { name: FONT, size: FONT_SIZE, ...font };
}

/**
 * Styles of the cells of a column. One object a kind of cell: the library looks a style up by its object, and 100,000
 * cells would be as many to compare.
 */
export function cellStyles(
  format: ColumnFormat,
  font: Partial<Style['font']> = {},
): (value: Written) => Partial<Style> {
  const text = bodyStyle('@', true, font);
  const own = bodyStyle(NUMBER_FORMATS[format], false, font);
  // `#,##0.##` would show 3 as “3.”
  const whole = format === 'number' ? bodyStyle(NUMBER_FORMATS.integer, false, font) : own;
  return (value) => (typeof value === 'string' ? text : Number.isInteger(value) ? whole : own);
}

function bodyStyle(numFmt: string, wrapText: boolean, font: Partial<Style['font']>): Partial<Style> {
  return {
    numFmt,
    font: { name: FONT, size: FONT_SIZE, ...font },
    alignment: { vertical: 'top', wrapText },
    border: thin(),
  };
}

export function thin() {
  const line = { style: 'thin' as const, color: { argb: 'FF9AA7B4' } };
  return { top: line, left: line, bottom: line, right: line };
}

/**
 * Points a row needs so that a text is not cut: programs fit heights by themselves to wrapped cells only, not to merged
 * ones, and some not at all. @param width of the cell in characters, as columns count
 */
export function heightOf(text: string, width: number, bold = false): number {
  return ONE_LINE * wrappedLines(text, width * (bold ? 1.05 : 1.15));
}

/** In how many lines a text stands when words are kept whole, as far as they fit. */
export function wrappedLines(text: string, width: number): number {
  let lines = 0;
  for (const part of text.split('\n')) {
    let left = 0;
    lines += 1;
    for (const word of part.split(' ')) {
      const length = [...word].length;
      if (left > 0 && left + 1 + length > width) {
        lines += 1;
        left = 0;
      }
      left += (left > 0 ? 1 : 0) + length;
      while (left > width) {
        lines += 1;
        left -= width;
      }
    }
  }
  return lines;
}
