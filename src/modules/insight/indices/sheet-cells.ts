import { words } from '../../../platform/messages/words.ts';
import { columnName } from '../../../platform/spreadsheet/numbers.ts';
import type { SheetCell, SheetReading } from '../../../platform/spreadsheet/read-sheet.ts';
import type { ManyScore } from './many-service.ts';
import type { CriterionRow } from './rules/sheet.ts';

/** Columns of the workbook a unit fills in, by what stands in them. */
export const CELLS = ['criterionId', 'name', 'max', 'numerator', 'denominator', 'points', 'note'] as const;
type CellName = (typeof CELLS)[number];

/** Titles of the template, by which a shifted table is known. */
export const cellTitles = (): string[] => CELLS.map((cell) => words(`indices.xlsx.columns.${cell}`));

/** What a template is filled in for, beside the unit. */
export const whatOf = (setName: string, year: number): string => `${setName} ${year}`;

/** Something in the file that cannot be taken; `cell` as Excel names it, '' for the whole file. */
export type CellFinding = { readonly cell: string; readonly message: string };

/** What the file must be about: criteria of the sheet, and what is known of them. */
export type KnownCriterion = {
  readonly id: string;
  readonly name: string;
  readonly max: number;
  readonly row: Pick<CriterionRow, 'selfPoints' | 'selfNote' | 'numerator' | 'denominator'> | undefined;
  /** A metric answers it: the file says so, and only a note is read. */
  readonly automatic: boolean;
};

export type ReadCells = {
  /** What to give, in the order of the file; lines that say nothing are left out. */
  readonly scores: readonly ManyScore[];
  readonly findings: readonly CellFinding[];
  /** Where something of the `at`-th of `scores` stands in the file. */
  cellOf(at: number, field: string): string;
};

/** Reads the filled-in template. An empty line keeps what was scored; nothing is guessed. */
export function readCells(known: readonly KnownCriterion[], reading: SheetReading): ReadCells {
  if (!reading.ok) return { scores: [], findings: unreadable(reading), cellOf: () => '' };
  const criteria = new Map(known.map((each) => [each.id, each]));
  const findings: CellFinding[] = [];
  const scores: ManyScore[] = [];
  const lines: number[] = [];
  const first = new Map<string, number>();
  const place = (line: number, name: CellName): string => `${columnName(CELLS.indexOf(name) + 1)}${line}`;
  for (const { number: line, cells } of reading.rows) {
    const cell = (name: CellName): SheetCell => cells[CELLS.indexOf(name)] ?? { kind: 'empty' };
    const find = (name: CellName, key: string, params: Readonly<Record<string, string>> = {}): void => {
      findings.push({ cell: place(line, name), message: words(`indices.xlsx.${key}`, params) });
    };
    const id = textOf(cell('criterionId'));
    const criterion = criteria.get(id);
    if (!criterion) {
      find('criterionId', 'unknown', { id });
      continue;
    }
    if (first.has(id)) {
      find('criterionId', 'twice', { name: criterion.name, first: String(first.get(id)) });
      continue;
    }
    first.set(id, line);
    if (!sameText(textOf(cell('name')), criterion.name)) find('name', 'moved', { name: criterion.name });
    const max = cell('max');
    if (max.kind !== 'number' || max.number !== criterion.max) find('max', 'other-max', { max: plain(criterion.max) });
    const given = numbersOf(criterion, cell, find);
    const note = textOf(cell('note')).slice(0, 2000);
    const kept = keptOf(criterion, given);
    if (kept === undefined || (given.size === 0 && note === (criterion.row?.selfNote ?? ''))) continue;
    scores.push({ criterionId: id, note, ...kept });
    lines.push(line);
  }
  const isCell = (field: string): field is CellName => CELLS.some((name) => name === field);
  return { scores, findings, cellOf: (at, field) => (isCell(field) ? place(lines[at] ?? 0, field) : '') };
}

type Counted = 'numerator' | 'denominator' | 'points';
type Find = (name: CellName, key: string, params?: Readonly<Record<string, string>>) => void;

/** Numbers a line gives; what is no number, below 0, or where nothing may stand is found. */
function numbersOf(criterion: KnownCriterion, cell: (name: CellName) => SheetCell, find: Find): Map<Counted, number> {
  const given = new Map<Counted, number>();
  for (const name of ['numerator', 'denominator', 'points'] as const) {
    const value = cell(name);
    if (value.kind === 'empty') continue;
    if (criterion.automatic) {
      if (!sameText(textOf(value), words('indices.xlsx.automatic'))) find(name, 'not-typed');
    } else if (value.kind !== 'number' || value.percent) find(name, 'no-number', { text: textOf(value).slice(0, 60) });
    else if (value.number < 0) find(name, 'negative');
    else given.set(name, value.number);
  }
  if (given.has('points') && given.size > 1) find('points', 'both');
  return given;
}

/** What is given, or kept of what was scored where the line has a note alone; undefined: both were given. */
function keptOf(
  { row, automatic }: KnownCriterion,
  given: ReadonlyMap<Counted, number>,
): Pick<ManyScore, Counted> | undefined {
  if (given.has('points') && given.size > 1) return undefined;
  if (given.size > 0 || automatic)
    return { points: given.get('points'), numerator: given.get('numerator'), denominator: given.get('denominator') };
  if (row?.numerator !== null && row?.numerator !== undefined && row.denominator !== null)
    return { numerator: row.numerator, denominator: row.denominator };
  return row?.selfPoints === null || row === undefined ? {} : { points: row.selfPoints };
}

function unreadable(reading: Extract<SheetReading, { ok: false }>): CellFinding[] {
  const message = words(`indices.xlsx.files.${reading.code}`);
  if (reading.code !== 'shifted' && reading.code !== 'merged') return [{ cell: '', message }];
  return reading.details.map(({ cell, expected, found }) => ({
    cell: cell ?? '',
    message: [
      message,
      expected && words('indices.xlsx.expected', { text: expected }),
      found && words('indices.xlsx.found', { text: found }),
    ]
      .filter(Boolean)
      .join(' '),
  }));
}

const plain = (value: number): string => value.toLocaleString('vi-VN', { maximumFractionDigits: 4 });

function textOf(cell: SheetCell): string {
  switch (cell.kind) {
    case 'text':
    case 'error':
      return cell.text.trim();
    case 'number':
      return `${cell.number}${cell.percent ? ' %' : ''}`;
    case 'day':
      return cell.day;
    case 'empty':
      return '';
  }
}

const folded = (text: string): string => text.normalize('NFC').replaceAll(/\s+/g, ' ').trim().toLowerCase();
const sameText = (a: string, b: string): boolean => folded(a) === folded(b);
