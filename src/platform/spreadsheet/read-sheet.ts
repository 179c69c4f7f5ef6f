import type { Cell, Worksheet } from '@cj-tech-master/excelts';
import { columnName, shiftPoint } from './numbers.ts';
import { type TrimmedSheet, trimSheet, withoutPrefix } from './trim-sheet.ts';
import { unpackWorkbook } from './unpack.ts';

/** What stands in a cell. Dates of Excel are plain days; a formula counts with its last result. */
export type SheetCell =
  | { readonly kind: 'empty' }
  | { readonly kind: 'text'; readonly text: string }
  /** `percent`: typed as a percentage; `number` is in points of percent (81,4 % is 81.4). */
  | { readonly kind: 'number'; readonly number: number; readonly percent: boolean }
  | { readonly kind: 'day'; readonly day: string }
  /** `#REF!`, or a formula never calculated. */
  | { readonly kind: 'error'; readonly text: string };

export type SheetRow = {
  /** As Excel counts: the first row of the sheet is 1. */
  readonly number: number;
  /** One for each expected title, in the order of the titles. */
  readonly cells: readonly SheetCell[];
};

export type SheetOptions = {
  /** The titles of the header row, in order, beginning in column A. Compared without case and double blanks. */
  readonly titles: readonly string[];
  /** Of the file; 5 MiB without it. */
  readonly maxBytes?: number;
  /** Rows below the header; 5000 without it. */
  readonly maxRows?: number;
};

export type SheetProblemCode =
  | 'too-large'
  | 'not-a-workbook'
  | 'old-format'
  | 'no-sheet'
  | 'too-many-rows'
  | 'too-many-cells'
  | 'no-header'
  | 'shifted'
  | 'merged'
  | 'empty';

/** A place and what is wrong there; `cell` as Excel names it, e.g. `C5`, `null` for the whole file. */
export type SheetProblem = {
  readonly cell: string | null;
  readonly expected?: string;
  readonly found?: string;
};

export type SheetReading =
  | {
      readonly ok: true;
      readonly headerRow: number;
      readonly rows: readonly SheetRow[];
      /** Cells below the header that hold something to the right of its last title, the first twenty, e.g. `F5`. */
      readonly beside: readonly string[];
      /** What stands in column A above the header, from the first row on; '' where nothing does. */
      readonly notes: readonly string[];
    }
  | { readonly ok: false; readonly code: SheetProblemCode; readonly details: readonly SheetProblem[] };

const DEFAULT_MAX_BYTES = 5 * 1024 * 1024;
const DEFAULT_MAX_ROWS = 5000;
const MAX_CELLS = 250_000;
/** Notes stand above the header, so it is looked for in the first rows. */
const HEADER_WITHIN = 30;
const MOST_BESIDE = 20;

const failed = (code: SheetProblemCode, details: readonly SheetProblem[] = []) =>
  ({ ok: false, code, details }) as const;

/**
 * The rows of the first sheet below a known header. Rows without any value are left out; the header must stand in column A
 * and on, in the order of `titles`, with nothing to the right of it, or every title out of its place is named.
 */
export async function readSheet(bytes: Uint8Array, options: SheetOptions): Promise<SheetReading> {
  const maxBytes = options.maxBytes ?? DEFAULT_MAX_BYTES;
  if (bytes.byteLength > maxBytes) return failed('too-large');
  const unpacked = unpackWorkbook(bytes);
  if (!unpacked.ok) return failed(unpacked.code);
  const trimmed = new Map<string, TrimmedSheet>();
  const files: Record<string, Uint8Array> = {};
  const maxRows = (options.maxRows ?? DEFAULT_MAX_ROWS) + HEADER_WITHIN;
  let cells = 0;
  for (const [name, content] of unpacked.parts) {
    const text = withoutPrefix(new TextDecoder().decode(content));
    // A document type may define entities that unfold without end.
    if (text.includes('<!DOCTYPE') || text.includes('<!ENTITY')) return failed('not-a-workbook');
    if (name.startsWith('xl/worksheets/')) {
      const sheet = trimSheet(text);
      if (!sheet) return failed('not-a-workbook');
      if (sheet.rows > maxRows || sheet.lastRow > maxRows * 4) return failed('too-many-rows');
      cells += sheet.cells;
      if (cells > MAX_CELLS) return failed('too-many-cells');
      trimmed.set(name, sheet);
      files[name] = new TextEncoder().encode(sheet.xml);
    } else {
      files[name] = new TextEncoder().encode(name === 'xl/workbook.xml' ? withoutNames(text) : text);
    }
  }
  // 27 MB of memory, needed by few requests.
  const { Workbook } = await import('@cj-tech-master/excelts');
  const workbook = new Workbook();
  try {
    await workbook.xlsx.loadFromFiles(files);
  } catch {
    return failed('not-a-workbook');
  }
  const [wanted] = workbook.worksheets;
  if (!wanted) return failed('no-sheet');
  return readRows(wanted, trimmed.get(`xl/worksheets/sheet${wanted.id}.xml`)?.merged ?? [], options.titles);
}

/** Defined names may span whole columns, which the reader would unfold cell by cell. */
function withoutNames(workbookXml: string): string {
  return workbookXml.replace(/<definedNames[\s\S]*<\/definedNames>/, '');
}

function readRows(sheet: Worksheet, merged: readonly string[], titles: readonly string[]): SheetReading {
  const headerRow = findHeader(sheet, titles);
  if (headerRow === null) return failed('no-header', [{ cell: null, expected: titles.join(' · ') }]);
  const wrong = misplaced(sheet, headerRow, titles);
  if (wrong.length > 0) return failed('shifted', wrong);
  const joined = merged.filter((range) => Number(/:[A-Z]+(\d+)$/.exec(range)?.[1] ?? 0) >= headerRow);
  if (joined.length > 0)
    return failed(
      'merged',
      joined.map((cell) => ({ cell })),
    );
  const rows: SheetRow[] = [];
  const beside: string[] = [];
  sheet.eachRow((row, number) => {
    if (number <= headerRow) return;
    row.eachCell((cell, column) => {
      if (column > titles.length && beside.length < MOST_BESIDE && toSheetCell(cell).kind !== 'empty')
        beside.push(`${columnName(column)}${number}`);
    });
    const cells = titles.map((_, index) => toSheetCell(row.getCell(index + 1)));
    if (cells.some((cell) => cell.kind !== 'empty')) rows.push({ number, cells });
  });
  if (rows.length === 0) return failed('empty');
  const notes = Array.from({ length: headerRow - 1 }, (_, at) => textOf(sheet.getRow(at + 1).getCell(1)).trim());
  return { ok: true, headerRow, rows, beside, notes };
}

/** The row that shares most titles with the expected ones, at least half of them (or the only one). */
function findHeader(sheet: Worksheet, titles: readonly string[]): number | null {
  const expected = new Set(titles.map(plain));
  let best: number | null = null;
  let most = 0;
  for (let number = 1; number <= Math.min(HEADER_WITHIN, sheet.rowCount); number += 1) {
    let found = 0;
    sheet.getRow(number).eachCell((cell) => {
      if (expected.has(plain(textOf(cell)))) found += 1;
    });
    if (found > most) {
      most = found;
      best = number;
    }
  }
  return most * 2 >= titles.length ? best : null;
}

function misplaced(sheet: Worksheet, headerRow: number, titles: readonly string[]): SheetProblem[] {
  const row = sheet.getRow(headerRow);
  const problems: SheetProblem[] = [];
  const columns = Math.max(titles.length, row.cellCount);
  for (let index = 0; index < Math.min(columns, titles.length + 20); index += 1) {
    const found = textOf(row.getCell(index + 1));
    const expected = titles[index];
    if (plain(found) === plain(expected ?? '')) continue;
    problems.push({
      cell: `${columnName(index + 1)}${headerRow}`,
      ...(expected === undefined ? {} : { expected }),
      ...(found === '' ? {} : { found }),
    });
  }
  return problems;
}

/** What a cell shows. Of a damaged file the reader may hold something else than a text there. */
function textOf(cell: Cell): string {
  const text: unknown = cell.text;
  return typeof text === 'string' ? text : '';
}

function plain(text: string): string {
  return text.normalize('NFC').replace(/\s+/g, ' ').trim().toLowerCase();
}

function toSheetCell(cell: Cell): SheetCell {
  const computed = cell.formula !== undefined;
  const value: unknown = computed ? cell.result : cell.value;
  if (value === null || value === undefined) return computed ? { kind: 'error', text: '' } : { kind: 'empty' };
  if (value instanceof Date) {
    return Number.isNaN(value.getTime())
      ? { kind: 'error', text: '' }
      : { kind: 'day', day: value.toISOString().slice(0, 10) };
  }
  if (typeof value === 'number') {
    const percent = isPercent(typeof cell.numFmt === 'string' ? cell.numFmt : cell.numFmt?.formatCode);
    return { kind: 'number', number: percent ? shiftPoint(value, 2) : shiftPoint(value, 0), percent };
  }
  if (typeof value === 'object' && 'error' in value) return { kind: 'error', text: String(value.error) };
  const text = (typeof value === 'string' || typeof value === 'boolean' ? String(value) : textOf(cell))
    .normalize('NFC')
    .trim();
  return text === '' ? { kind: 'empty' } : { kind: 'text', text };
}

/** `0.00%` shows a fraction as percent; a `%` in quotes is only a letter. */
function isPercent(format: string | undefined): boolean {
  return format?.replace(/"[^"]*"/g, '').includes('%') ?? false;
}
