import type { Cell, Style } from '@cj-tech-master/excelts';
import { carriedText } from '../../core/text/carried.ts';
import { parseInstant, VIETNAM_ZONE, zoneOffsetMs } from '../../core/time/index.ts';
import { shiftPoint } from './numbers.ts';

/**
 * How the cells of a column are written. `percent` takes points of percent (81.4 is shown “81,40%”), `day` a plain day
 * `YYYY-MM-DD`, `instant` one in ISO 8601, written to the minute as the clock in Vietnam shows it. A value that does not fit its
 * format is written as text.
 */
export type ColumnFormat = 'text' | 'integer' | 'decimal' | 'number' | 'percent' | 'day' | 'instant';

const NUMBER_FORMATS: Readonly<Record<ColumnFormat, string>> = {
  text: '@',
  integer: '#,##0',
  decimal: '#,##0.00',
  number: '#,##0.##########',
  percent: '0.00%',
  day: 'dd/mm/yyyy',
  instant: 'dd/mm/yyyy hh:mm',
};

export const FONT = 'Times New Roman';
/** Points; office papers are set in 12. */
export const FONT_SIZE = 12;
/** Points of a row of one line. */
export const ONE_LINE = 16;
/** Points Excel allows a row. */
export const MAX_HEIGHT = 409;
const MAX_TEXT = 32_767;

export type Written = string | number | Date | null;

export function toCell(value: unknown, format: ColumnFormat): Written {
  if (value === null || value === undefined || value === '') return null;
  if (format === 'text') return cleanText(String(value));
  if (format === 'day') {
    const day = /^(\d{4})-(\d{2})-(\d{2})$/.exec(String(value));
    return day ? new Date(Date.UTC(Number(day[1]), Number(day[2]) - 1, Number(day[3]))) : cleanText(String(value));
  }
  if (format === 'instant') {
    const at = parseInstant(value)?.getTime();
    if (at === undefined) return cleanText(String(value));
    return new Date(Math.floor((at + zoneOffsetMs(at, VIETNAM_ZONE)) / 60_000) * 60_000);
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

/** Points of the screen a letter takes: in the middle of many, and at most in one word. A character of a column's width has 7. */
const LETTER = { usual: 6.6, bold: 7.7, word: 7.5, digit: 8 };
/** Longer words are broken. */
const LONGEST_WORD = 30;

/** Characters a column needs so that a figure is shown at all (not `###`), a day, and the longest word of a text unbroken. */
export function leastWidth(written: Written, format: ColumnFormat): number {
  if (written === null) return 0;
  if (written instanceof Date) return format === 'instant' ? 17 : 12;
  if (typeof written === 'string') return wordWidth(written);
  const [whole = '', part = ''] = String(Math.abs(format === 'percent' ? shiftPoint(written, 2) : written)).split('.');
  const places = format === 'percent' ? 3 : format === 'decimal' ? 2 : format === 'integer' ? 0 : part.length;
  const digits = whole.length + places + (written < 0 ? 1 : 0);
  const points = Math.floor((whole.length - 1) / 3) + (places > 0 ? 1 : 0);
  return (digits * LETTER.digit + (points * LETTER.digit) / 2 + 5) / 7;
}

/** Characters a column needs for the longest word of a text. */
export function wordWidth(text: string, bold = false): number {
  const longest = text.split(/\s/).reduce((most, word) => Math.max(most, [...word].length), 0);
  return (Math.min(longest, LONGEST_WORD) * (bold ? LETTER.digit : LETTER.word) + 5) / 7;
}

/**
 * Points a row needs so that a text is not cut: programs fit heights by themselves to wrapped cells only, not to merged
 * ones, and some not at all. @param width of the cell in characters, as columns count
 */
export function heightOf(text: string, width: number, bold = false): number {
  return ONE_LINE * wrappedLines(text, (width * 7 - 6) / (bold ? LETTER.bold : LETTER.usual));
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
