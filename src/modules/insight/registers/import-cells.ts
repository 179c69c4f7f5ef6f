import { parseNumberVi } from '../../../core/text/numbers.ts';
import { parseVietnameseDay } from '../../../core/time/index.ts';
import { words } from '../../../platform/messages/words.ts';
import type { SheetCell, SheetProblem, SheetProblemCode } from '../../../platform/spreadsheet/read-sheet.ts';
import { isNumeric, type RegisterField } from './rules/register.ts';
import { codeInCell } from './rules/result.ts';

/** One wrong place of a file: `C5`, and why in words for people. */
export type CellFinding = { readonly cell: string; readonly message: string };

type CellValue = { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly message: string };

/** What a cell says for a field, or why it says nothing a field can hold. */
export function valueOfCell(field: RegisterField, cell: SheetCell): CellValue {
  if (cell.kind === 'empty') return { ok: true, value: null };
  if (cell.kind === 'error')
    return {
      ok: false,
      message: words(cell.text === '' ? 'registers.sheet.formula-empty' : 'registers.sheet.formula', {
        text: cell.text,
      }),
    };
  if (isNumeric(field)) return numberOfCell(field, cell);
  if (field.type === 'day') return dayOfCell(cell);
  const text = cell.kind === 'text' ? cell.text : cell.kind === 'number' ? String(cell.number) : cell.day;
  if (field.type === 'result') return resultOfCell(text);
  if (field.type !== 'choice') return { ok: true, value: text };
  const choice = field.choices?.find((each) => each.label.toLowerCase() === text.toLowerCase() || each.code === text);
  if (choice) return { ok: true, value: choice.code };
  const labels = field.choices?.map((each) => each.label).join(', ') ?? '';
  return { ok: false, message: words('registers.sheet.choice', { text, labels }) };
}

function resultOfCell(text: string): CellValue {
  const code = codeInCell(text);
  return code === undefined
    ? { ok: false, message: words('registers.result.no-code', { text: text.slice(0, 60) }) }
    : { ok: true, value: code };
}

function numberOfCell(field: RegisterField, cell: SheetCell): CellValue {
  if (cell.kind === 'number') {
    if (cell.percent && field.type !== 'percent') return { ok: false, message: words('registers.sheet.percent') };
    return { ok: true, value: cell.number };
  }
  const text = cell.kind === 'text' ? cell.text : cell.kind === 'day' ? cell.day : '';
  const number = parseNumberVi(field.type === 'percent' ? text.replace(/\s*%$/, '') : text);
  return number === undefined
    ? { ok: false, message: words('registers.sheet.number', { text: text.slice(0, 60) }) }
    : { ok: true, value: number };
}

function dayOfCell(cell: SheetCell): CellValue {
  if (cell.kind === 'day') return { ok: true, value: cell.day };
  const text = cell.kind === 'text' ? cell.text : cell.kind === 'number' ? String(cell.number) : '';
  const day = parseVietnameseDay(text);
  return day
    ? { ok: true, value: day }
    : { ok: false, message: words('registers.sheet.day', { text: text.slice(0, 60) }) };
}

/** A file that is not the template, in words by cell. */
export function sheetFindings(code: SheetProblemCode, details: readonly SheetProblem[]): CellFinding[] {
  const whole = words('registers.sheet.whole-file');
  if (code === 'shifted')
    return details.map(({ cell, expected, found }) => ({
      cell: cell ?? whole,
      message: words(expected === undefined ? 'registers.sheet.surplus' : 'registers.sheet.shifted', {
        expected: expected ?? '',
        found: found ?? words('registers.sheet.nothing'),
      }),
    }));
  if (code === 'merged')
    return details.map(({ cell }) => ({ cell: cell ?? whole, message: words('registers.sheet.merged') }));
  return [{ cell: whole, message: words(`registers.sheet.${code}`) }];
}
