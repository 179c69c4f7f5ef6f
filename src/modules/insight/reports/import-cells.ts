import { formatDay } from '../../../core/time/index.ts';
import { columnName } from '../../../platform/spreadsheet/numbers.ts';
import type { SheetCell, SheetProblemCode, SheetReading } from '../../../platform/spreadsheet/read-sheet.ts';
import type { CellProblem } from './rules/check.ts';
import type { CellValue, ManualCells } from './rules/sheet.ts';

/** Written into cells of the template that the system fills in itself. */
export const AUTOMATIC = 'tự động';

type TypedColumn = {
  readonly no: string;
  readonly title: string;
  readonly group: readonly string[];
  readonly type: string;
};
type TypedRow = { readonly id: string; readonly label: string; readonly typed: readonly string[] };
/** What an import needs to know of a form: its columns and rows with the cells people type. */
export type TypedForm<C extends TypedColumn = TypedColumn> = {
  readonly columns: readonly C[];
  readonly rows: readonly TypedRow[];
};

/** Columns somebody types in at least one row. */
export function typedColumns<C extends TypedColumn>(form: TypedForm<C>): C[] {
  return form.columns.filter(({ no }) => form.rows.some((row) => row.typed.includes(no)));
}

/** Titles of the template, by which a shifted table is known. */
export function importTitles(columns: readonly TypedColumn[]): string[] {
  return ['Mã dòng', 'Nội dung', ...columns.map(({ no, group, title }) => `(${no}) ${[...group, title].join(' – ')}`)];
}

/** Something in the file that cannot be taken; `cell` as Excel names it, '' for the whole file. */
export type ImportFinding = { readonly cell: string; readonly message: string };

export type ImportedCells = {
  readonly manual: ManualCells;
  readonly findings: readonly ImportFinding[];
  /** Where a typed cell stands in the file. */
  cellOf(problem: CellProblem): string;
};

const FILE_PROBLEMS: Readonly<Record<SheetProblemCode, string>> = {
  'too-large': 'Tệp quá lớn.',
  'not-a-workbook': 'Tệp không phải tệp Excel (.xlsx).',
  'old-format': 'Tệp là Excel cũ (.xls). Lưu lại thành .xlsx.',
  'no-sheet': 'Tệp không có trang tính nào.',
  'too-many-rows': 'Tệp có quá nhiều dòng.',
  'too-many-cells': 'Tệp có quá nhiều ô.',
  'no-header': 'Không thấy dòng tiêu đề của biểu. Dùng mẫu tải từ báo cáo này.',
  shifted: 'Cột không đúng chỗ.',
  merged: 'Có ô bị gộp. Bỏ gộp rồi tải lại.',
  empty: 'Tệp không có dòng nào.',
};

/** Reads the typed cells of a filled-in template; every row of the form is there once. Nothing is guessed. */
export function readImport(form: TypedForm, reading: SheetReading): ImportedCells {
  if (!reading.ok) return unreadable(reading);
  const columns = typedColumns(form);
  const findings: ImportFinding[] = [];
  const manual: Record<string, Record<string, CellValue>> = {};
  const lines = new Map<string, number>();
  for (const { number, cells } of reading.rows) {
    const at = (index: number): string => `${columnName(index + 1)}${number}`;
    const id = textOf(cells[0]);
    const row = form.rows.find((each) => each.id === id && each.typed.length > 0);
    if (!row) {
      findings.push({ cell: at(0), message: `Biểu không có dòng mã “${id}”.` });
      continue;
    }
    if (lines.has(id)) {
      findings.push({ cell: at(0), message: `Dòng “${row.label}” có hai lần (dòng ${lines.get(id)} và ${number}).` });
      continue;
    }
    lines.set(id, number);
    if (!sameText(textOf(cells[1]), row.label))
      findings.push({ cell: at(1), message: `Nội dung phải là “${row.label}”: dòng có thể đã bị xê dịch.` });
    for (const [index, column] of columns.entries()) {
      const cell = cells[index + 2] ?? { kind: 'empty' };
      const place = at(index + 2);
      if (!row.typed.includes(column.no)) {
        if (cell.kind !== 'empty' && !sameText(textOf(cell), AUTOMATIC))
          findings.push({ cell: place, message: `Cột (${column.no}) của dòng này do hệ thống điền, không nhập.` });
        continue;
      }
      const value = typedValue(cell, column.type);
      if (typeof value === 'object' && value !== null) findings.push({ cell: place, message: value.wrong });
      else if (value !== null) manual[id] = { ...manual[id], [column.no]: value };
    }
  }
  for (const row of form.rows)
    if (row.typed.length > 0 && !lines.has(row.id))
      findings.push({ cell: '', message: `Tệp thiếu dòng “${row.label}” (mã ${row.id}).` });
  const cellOf = ({ rowId, column }: CellProblem): string => {
    const index = columns.findIndex((each) => each.no === column);
    return index < 0 ? '' : `${columnName(index + 3)}${lines.get(rowId) ?? ''}`;
  };
  return { manual, findings, cellOf };
}

function unreadable(reading: Extract<SheetReading, { ok: false }>): ImportedCells {
  const message = FILE_PROBLEMS[reading.code];
  const findings =
    reading.code === 'shifted' || reading.code === 'merged'
      ? reading.details.map(({ cell, expected, found }) => ({
          cell: cell ?? '',
          message: [message, expected && `Cần “${expected}”`, found && `tệp ghi “${found}”`].filter(Boolean).join(' '),
        }))
      : [{ cell: '', message }];
  return { manual: {}, findings, cellOf: () => '' };
}

const textOf = (cell: SheetCell | undefined): string =>
  cell?.kind === 'text' ? cell.text : cell?.kind === 'number' ? String(cell.number) : '';
const plain = (text: string): string => text.normalize('NFC').replaceAll(/\s+/g, ' ').trim().toLowerCase();
const sameText = (a: string, b: string): boolean => plain(a) === plain(b);

function typedValue(cell: SheetCell, type: string): CellValue | { readonly wrong: string } {
  if (cell.kind === 'empty') return null;
  // A spreadsheet makes a day of a text that looks like one.
  if (type === 'text' && cell.kind === 'day') return formatDay(cell.day);
  if (type === 'text' && cell.kind !== 'error') return textOf(cell);
  switch (cell.kind) {
    case 'number':
      return cell.number;
    case 'text':
      return { wrong: `Ô này ghi số, tệp ghi chữ “${cell.text.slice(0, 60)}”.` };
    case 'day':
      return { wrong: 'Ô này ghi số, tệp ghi ngày tháng.' };
    case 'error':
      return { wrong: 'Ô có lỗi công thức.' };
  }
}
