import { formatDay } from '../../../core/time/index.ts';
import { words } from '../../../platform/messages/words.ts';
import { columnName } from '../../../platform/spreadsheet/numbers.ts';
import type { SheetCell, SheetReading } from '../../../platform/spreadsheet/read-sheet.ts';
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
      findings.push({ cell: at(0), message: words('reports.sheet.unknown-row', { id }) });
      continue;
    }
    if (lines.has(id)) {
      findings.push({
        cell: at(0),
        message: words('reports.sheet.twice', { label: row.label, first: lines.get(id) ?? '', second: number }),
      });
      continue;
    }
    lines.set(id, number);
    if (!sameText(textOf(cells[1]), row.label))
      findings.push({ cell: at(1), message: words('reports.sheet.moved', { label: row.label }) });
    for (const [index, column] of columns.entries()) {
      const cell = cells[index + 2] ?? { kind: 'empty' };
      const place = at(index + 2);
      if (!row.typed.includes(column.no)) {
        if (cell.kind !== 'empty' && !sameText(textOf(cell), AUTOMATIC))
          findings.push({ cell: place, message: words('reports.sheet.automatic', { no: column.no }) });
        continue;
      }
      const value = typedValue(cell, column.type);
      if (typeof value === 'object' && value !== null) findings.push({ cell: place, message: value.wrong });
      else if (value !== null) manual[id] = { ...manual[id], [column.no]: value };
    }
  }
  for (const row of form.rows)
    if (row.typed.length > 0 && !lines.has(row.id))
      findings.push({ cell: '', message: words('reports.sheet.missing', { label: row.label, id: row.id }) });
  const cellOf = ({ rowId, column }: CellProblem): string => {
    const index = columns.findIndex((each) => each.no === column);
    return index < 0 ? '' : `${columnName(index + 3)}${lines.get(rowId) ?? ''}`;
  };
  return { manual, findings, cellOf };
}

function unreadable(reading: Extract<SheetReading, { ok: false }>): ImportedCells {
  const message = words(`reports.sheet.${reading.code}`);
  const findings =
    reading.code === 'shifted' || reading.code === 'merged'
      ? reading.details.map(({ cell, expected, found }) => ({
          cell: cell ?? '',
          message: [
            message,
            expected && words('reports.sheet.expected', { text: expected }),
            found && words('reports.sheet.found', { text: found }),
          ]
            .filter(Boolean)
            .join(' '),
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
      return { wrong: words('reports.sheet.text', { text: cell.text.slice(0, 60) }) };
    case 'day':
      return { wrong: words('reports.sheet.day') };
    case 'error':
      return { wrong: words('reports.sheet.formula') };
  }
}
