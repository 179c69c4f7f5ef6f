import type { Actor } from '../../../core/access/actor.ts';
import type { QueryOf, ReplyOf } from '../../../core/contract/endpoint.ts';
import { AppError } from '../../../platform/errors/app-error.ts';
import { unitNameOn } from '../../foundation/organisation/index.ts';
import { type OpenedReport, openReport } from './act-service.ts';
import type { ReportContext } from './context.ts';
import type * as contract from './contract-rows.ts';
import { definitionOf } from './forms.ts';
import { countsOfCell } from './rules/cell-counts.ts';
import type { Column, ReportDefinition } from './rules/form.ts';
import type { CellSum, SheetRow } from './rules/sheet.ts';
import { readTaken, shownSheet, takenRows } from './shown-sheet.ts';
import { seenBy } from './sides.ts';
import { type Assignment, listVisible } from './store.ts';

type Parts = ReplyOf<typeof contract.listReportParts>;
type How = Parts['parts'][number]['how'];

/**
 * What a number was added up from. Of a report by unit: of the total one part a row, of a row taken over from a unit below
 * that unit's version. Of fixed rows: of a typed cell to which units below add its own number and each unit's. The parts that
 * are numbers add up to the number.
 * @throws AppError row/missing, report/draft, report/no-rows (text, a percentage, or what is not added up from units)
 */
export async function readCellParts(
  ctx: ReportContext,
  actor: Actor,
  id: string,
  { row: rowId, column: columnNo, no }: QueryOf<typeof contract.listReportParts>,
): Promise<Parts> {
  const opened = await openReport(ctx, actor, id);
  const { report } = opened;
  const column = report.columns.find((one) => one.no === columnNo);
  if (!column || !addsUp(column)) throw new AppError('report/no-rows');
  const sheet = await shownSheet(ctx, opened, no);
  if (report.rows.by !== 'unit') return partsOfSum(ctx, actor, opened, requireSummed(sheet.rows, rowId, columnNo));
  const taken = new Set(takenRows(opened, sheet.rows).map((one) => one.id));
  const rows = rowId === 'total' ? sheet.rows : sheet.rows.filter((one) => one.id === rowId && taken.has(one.id));
  const whole = rowId === 'total' ? sheet.total : rows[0];
  if (!whole) throw new AppError('report/no-rows');
  const versions = await readTaken(ctx, actor, opened, rows);
  const value = numberOf(whole, columnNo);
  const parts = rows.map(async (row): Promise<Parts['parts'][number]> => {
    const version = versions.get(row.id);
    const seen = version?.seen;
    return {
      rowId: row.id,
      unitName: row.label,
      value: numberOf(row, columnNo),
      how: taken.has(row.id) ? 'sent' : howOf(report, row, columnNo),
      no: version?.no ?? null,
      report: seen ? await linkTo(ctx, seen) : null,
    };
  });
  return { parts: await Promise.all(parts), value };
}

/** @throws AppError report/no-rows (nothing of units below in it) */
function requireSummed(rows: readonly SheetRow[], rowId: string, no: string): Summed {
  const row = rows.find((one) => one.id === rowId);
  const sum = row?.sums?.[no];
  if (!row || !sum) throw new AppError('report/no-rows');
  return { ...sum, value: numberOf(row, no) };
}

/** A cell to which units below add, with what it says. */
type Summed = CellSum & { readonly value: number | null };

/** The number of the unit itself, then each unit below with what it has sent. */
async function partsOfSum(
  ctx: ReportContext,
  actor: Actor,
  { row: { unitId }, period }: OpenedReport,
  { own, units, value: whole }: Summed,
): Promise<Parts> {
  const directory = await ctx.ports.directory();
  const seen = await listVisible(
    ctx.db,
    seenBy(actor),
    units.flatMap(({ from }) => (from ? [from.id] : [])),
  );
  const parts = units.map(async ({ unitId: id, name, value, from }): Promise<Parts['parts'][number]> => {
    const report = seen.find((one) => one.id === from?.id);
    return {
      rowId: id,
      unitName: name,
      value,
      how: from ? 'sent' : 'unsent',
      no: from?.no ?? null,
      report: report ? await linkTo(ctx, report) : null,
    };
  });
  const self = { rowId: unitId, unitName: unitNameOn(directory, unitId, period.to), value: own };
  return {
    parts: [{ ...self, how: 'typed', no: null, report: null }, ...(await Promise.all(parts))],
    value: whole,
  };
}

/** A report its reader may open. */
const linkTo = async (
  ctx: ReportContext,
  report: Assignment,
): Promise<NonNullable<Parts['parts'][number]['report']>> => ({
  id: report.id,
  code: (await definitionOf(ctx.db, report))?.code ?? report.reportId,
  lastNo: report.lastNo,
});

/** Columns whose total is the sum of the rows. */
function addsUp({ kind, type, percent }: Column): boolean {
  switch (kind) {
    case 'order':
    case 'label':
    case 'note':
      return false;
    case 'metric':
    case 'formula':
    case 'manual':
    case 'value':
      return type !== 'text' && !percent;
  }
}

function howOf(report: ReportDefinition, row: SheetRow, no: string): How {
  if (row.sources?.[no]) return 'register';
  if (row.typed.includes(no)) return 'typed';
  return countsOfCell(report, row.id, no) ? 'dossiers' : 'computed';
}

function numberOf({ cells }: SheetRow, no: string): number | null {
  const value = cells[no];
  return typeof value === 'number' ? value : null;
}
