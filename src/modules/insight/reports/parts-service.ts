import type { Actor } from '../../../core/access/actor.ts';
import type { QueryOf, ReplyOf } from '../../../core/contract/endpoint.ts';
import { AppError } from '../../../platform/errors/app-error.ts';
import { openReport } from './act-service.ts';
import type { ReportContext } from './context.ts';
import type * as contract from './contract-rows.ts';
import { definitionOf } from './forms.ts';
import { countsOfCell } from './rules/cell-counts.ts';
import type { Column, ReportDefinition } from './rules/form.ts';
import type { SheetRow } from './rules/sheet.ts';
import { readTaken, shownSheet, takenRows } from './shown-sheet.ts';

type Parts = ReplyOf<typeof contract.listReportParts>;
type How = Parts['parts'][number]['how'];

/**
 * What a number of a report by unit was added up from: of the total one part a row, of a row taken over from a unit below
 * that unit's version. The parts that are numbers add up to the number.
 * @throws AppError row/missing, report/draft, report/no-rows (a form without such rows, text, a percentage, or a row that is counted here)
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
  if (!column || report.rows.by !== 'unit' || !addsUp(column)) throw new AppError('report/no-rows');
  const sheet = await shownSheet(ctx, opened, no);
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
      report: seen
        ? { id: seen.id, code: (await definitionOf(ctx.db, seen))?.code ?? seen.reportId, lastNo: seen.lastNo }
        : null,
    };
  });
  return { parts: await Promise.all(parts), value };
}

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
