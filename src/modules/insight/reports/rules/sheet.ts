import { Decimal, rounded } from '../../../../core/scoring/decimal.ts';
import type { CountId, Counts } from './counts.ts';
import type { Column, ReportDefinition } from './form.ts';
import type { CellSource } from './source.ts';

/** A number, a text, or null: no data (never 0). */
export type CellValue = number | string | null;
export type SheetRow = {
  readonly id: string;
  readonly kind: 'heading' | 'row' | 'total';
  readonly label: string;
  /** By column number, as text. */
  readonly cells: Readonly<Record<string, CellValue>>;
  /** Column numbers people type in this row. */
  readonly typed: readonly string[];
  /** Cells that come from a register, by column number. */
  readonly sources?: Readonly<Record<string, CellSource>>;
  /** Typed cells to which units below add, by column number: the cell is its own number and theirs together. */
  readonly sums?: Readonly<Record<string, CellSum>>;
  /** A unit below whose figures are computed from its dossiers because it has sent nothing yet. */
  readonly unsent?: boolean;
  /** The sent version a row was taken over from. */
  readonly from?: SentFrom;
};
/** A sent version of a unit below. */
export type SentFrom = { readonly id: string; readonly no: number };
/** What a unit below has sent for a cell; without `from` it has sent nothing yet. */
export type UnitCell = {
  readonly unitId: string;
  readonly name: string;
  readonly value: number | null;
  readonly from?: SentFrom;
};
export type CellSum = {
  /** What the unit itself has typed. */
  readonly own: number | null;
  readonly units: readonly UnitCell[];
};
export type Sheet = { readonly rows: readonly SheetRow[]; readonly total: SheetRow | null };

/** What a row is made from: counts of dossiers, or the cells of a report a unit below has sent. */
export type RowSource = {
  readonly id: string;
  readonly label: string;
  readonly no?: string | undefined;
  readonly heading?: boolean | undefined;
  readonly counts: Counts;
  /** Total cells of a sent version, taken as they are. */
  readonly sent?: (SentFrom & { readonly cells: Readonly<Record<string, CellValue>> }) | undefined;
  readonly unsent?: boolean | undefined;
  /** What registers say, by column number. */
  readonly found?: Readonly<Record<string, CellSource>> | undefined;
  /** What units below have sent, by column number. */
  readonly below?: Readonly<Record<string, readonly UnitCell[]>> | undefined;
};

/** What people typed: row id → column number → value. */
export type ManualCells = Readonly<Record<string, Readonly<Record<string, CellValue>>>>;
/** Why a cell says something else than its register: row id → column number → words. */
export type CellReasons = Readonly<Record<string, Readonly<Record<string, string>>>>;

const isNumber = (value: CellValue | undefined): value is number => typeof value === 'number';
const round2 = (value: Decimal): number => rounded(value);

/**
 * Fills a form. Totals add every column but percentages, which are computed from the totals; a column in which no row
 * has data has no total.
 */
export function fillSheet(
  report: ReportDefinition,
  sources: readonly RowSource[],
  manual: ManualCells,
  reasons: CellReasons = {},
): Sheet {
  let order = 0;
  const rows = sources.map((source): SheetRow => {
    if (source.heading) return { id: source.id, kind: 'heading', label: source.label, cells: {}, typed: [] };
    order += 1;
    const typed = { manual: manual[source.id] ?? {}, reasons: reasons[source.id] ?? {} };
    return fillRow(report, source, typed, source.no ?? String(order));
  });
  return { rows, total: report.rows.by === 'fixed' ? null : totalOf(report, rows) };
}

function fillRow(
  report: ReportDefinition,
  source: RowSource,
  {
    manual,
    reasons,
  }: { readonly manual: Readonly<Record<string, CellValue>>; readonly reasons: Readonly<Record<string, string>> },
  order: string,
): SheetRow {
  const cells: Record<string, CellValue> = {};
  const typed: string[] = [];
  const sources: Record<string, CellSource> = {};
  const sums: Record<string, CellSum> = {};
  const fixed = report.rows.by === 'fixed' ? report.rows.list.find((row) => row.id === source.id) : undefined;
  for (const column of report.columns) {
    if (column.kind === 'order') cells[column.no] = order;
    else if (column.kind === 'label') cells[column.no] = source.label;
    // What was sent is taken as it is, sums too: they may be of rows that are known in part only.
    else if (source.sent && column.no in source.sent.cells) cells[column.no] = source.sent.cells[column.no] ?? null;
    else if (column.kind === 'formula') continue;
    else if (source.sent) cells[column.no] = null;
    else if (column.kind === 'metric') cells[column.no] = countOf(source.counts, column.metrics ?? []);
    else if (column.kind === 'value' && fixed?.metrics) cells[column.no] = countOf(source.counts, fixed.metrics);
    else {
      const found = source.found?.[column.no];
      const value = manual[column.no] ?? null;
      const taken = found && overwritten(found, value, reasons[column.no]?.trim() ?? '');
      if (taken) sources[column.no] = taken.source;
      else typed.push(column.no);
      const units = source.below?.[column.no];
      const sum = taken || !units ? undefined : { own: isNumber(value) ? value : null, units };
      if (sum) sums[column.no] = sum;
      cells[column.no] = taken ? taken.value : sum ? together(sum) : value;
    }
  }
  compute(report.columns, cells);
  return {
    id: source.id,
    kind: 'row',
    label: source.label,
    cells,
    typed,
    ...(Object.keys(sources).length > 0 ? { sources } : {}),
    ...(Object.keys(sums).length > 0 ? { sums } : {}),
    ...(source.unsent ? { unsent: true } : {}),
    ...(source.sent ? { from: { id: source.sent.id, no: source.sent.no } } : {}),
  };
}

/** The register's figure, or the number somebody reports instead: only where the form lets them and they say why. */
function overwritten(
  source: CellSource,
  typed: CellValue,
  reason: string,
): { readonly source: CellSource; readonly value: CellValue } {
  if (!source.overwrite || typed === null || reason === '') return { source, value: source.value };
  return { source: { ...source, reason }, value: typed };
}

/** What is known of a unit and those below it; null where nobody has a number. */
function together({ own, units }: CellSum): number | null {
  const known = [own, ...units.map((unit) => unit.value)].filter((value) => value !== null);
  return known.length > 0 ? round2(sumOf(known)) : null;
}

/** What units below have sent, added up, and how many of them have sent, have a number there, should send. */
export function belowOf({ units }: Pick<CellSum, 'units'>): {
  readonly below: number | null;
  readonly sent: number;
  readonly filled: number;
  readonly expected: number;
} {
  return {
    below: together({ own: null, units }),
    sent: units.filter((unit) => unit.from).length,
    filled: units.filter((unit) => unit.value !== null).length,
    expected: units.length,
  };
}

const sumOf = (values: readonly number[]): Decimal => values.reduce((sum, value) => sum.plus(value), new Decimal(0));
const countOf = (counts: Counts, ids: readonly CountId[]): number => ids.reduce((sum, id) => sum + counts[id], 0);

/** Formula cells, each from the cells it names; a missing operand is no data. */
function compute(columns: readonly Column[], cells: Record<string, CellValue>): void {
  const byNo = new Map(columns.map((column) => [column.no, column]));
  const cellOf = (no: string, depth: number): CellValue => {
    const column = byNo.get(no);
    if (column?.kind !== 'formula' || no in cells || depth > columns.length) return cells[no] ?? null;
    const read = (ref: string): CellValue => cellOf(ref, depth + 1);
    cells[no] = column.percent
      ? percentOf(read(column.percent[0]), read(column.percent[1]))
      : addUp((column.plus ?? []).map(read), (column.minus ?? []).map(read));
    return cells[no] ?? null;
  };
  for (const column of columns) if (column.kind === 'formula') cellOf(column.no, 0);
}

function percentOf(part: CellValue, whole: CellValue): number | null {
  return isNumber(part) && isNumber(whole) && whole !== 0 ? round2(new Decimal(part).times(100).div(whole)) : null;
}

function addUp(plus: readonly CellValue[], minus: readonly CellValue[]): number | null {
  if (![...plus, ...minus].every(isNumber)) return null;
  return round2(sumOf(plus.filter(isNumber)).minus(sumOf(minus.filter(isNumber))));
}

function totalOf(report: ReportDefinition, rows: readonly SheetRow[]): SheetRow {
  const cells: Record<string, CellValue> = {};
  for (const column of report.columns) {
    if (column.kind === 'label') cells[column.no] = 'Tổng cộng';
    if (column.kind === 'order' || column.kind === 'label' || column.kind === 'note') continue;
    if (column.type === 'text' || column.percent) continue;
    const values = rows.flatMap((row) => (row.kind === 'row' ? [row.cells[column.no]] : [])).filter(isNumber);
    // Nobody has the parts of this sum: what the totals give is right, and no data stay no data.
    if (column.kind === 'formula' && values.length === 0) continue;
    const counted = column.kind !== 'manual';
    cells[column.no] = values.length > 0 || counted ? round2(sumOf(values)) : null;
  }
  compute(report.columns, cells);
  return { id: 'total', kind: 'total', label: 'Tổng cộng', cells, typed: [] };
}

export type Figure = {
  readonly id: string;
  readonly label: string;
  /** Null: no data. */
  readonly numerator: number | null;
  readonly denominator: number | null;
  /** Not rounded; null where there are no data or the denominator is 0. @example 10 of 128 → 7.8125 */
  readonly percent: number | null;
};

/** The percentages under the table, from the total row; from the counts where the rows are fixed. */
export function figuresOf(report: ReportDefinition, sheet: Sheet, counts: Counts): Figure[] {
  const values: Readonly<Record<string, CellValue>> = sheet.total?.cells ?? counts;
  return report.figures.map(({ id, label, ...figure }) => {
    const numerator = addUp(
      figure.numerator.map((ref) => values[ref] ?? null),
      [],
    );
    const denominator = addUp(
      figure.denominator.map((ref) => values[ref] ?? null),
      [],
    );
    const percent = numerator === null || !denominator ? null : (numerator * 100) / denominator;
    return { id, label, numerator, denominator, percent };
  });
}
