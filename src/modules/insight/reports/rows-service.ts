import type { Actor } from '../../../core/access/actor.ts';
import type { QueryOf, ReplyOf } from '../../../core/contract/endpoint.ts';
import { dayOf } from '../../../core/time/index.ts';
import { AppError } from '../../../platform/errors/app-error.ts';
import { unitNameOn } from '../../foundation/organisation/index.ts';
import { openReport } from './act-service.ts';
import { unitGroups } from './compute-service.ts';
import type { ReportContext } from './context.ts';
import type * as contract from './contract-rows.ts';
import { countsOfCell } from './rules/cell-counts.ts';
import { shownSheet, takenRows } from './shown-sheet.ts';

const PAGE = 50;

/**
 * The dossiers behind a cell that is counted, within what the reader may see. They are those of now, and so is `now`: what a
 * sent version says may differ.
 * @throws AppError row/missing, report/draft, report/no-rows (typed, a percentage, or what a unit below has sent: `readCellParts`)
 */
export async function readCellRows(
  ctx: ReportContext,
  actor: Actor,
  id: string,
  { row: rowId, column, page = 1, no: wanted }: QueryOf<typeof contract.listReportRows>,
): Promise<ReplyOf<typeof contract.listReportRows>> {
  const opened = await openReport(ctx, actor, id);
  const { report, row, period } = opened;
  const sheet = await shownSheet(ctx, opened, wanted);
  const cells = rowId === 'total' ? sheet.total : sheet.rows.find((one) => one.id === rowId);
  const counts = cells && countsOfCell(report, rowId, column);
  if (!cells || !counts) throw new AppError('report/no-rows');
  // What a unit has sent stands in its row and in the total: its version is behind it, no dossiers of here (listReportParts).
  const taken = takenRows(opened, sheet.rows);
  if (taken.some((one) => rowId === 'total' || one.id === rowId)) throw new AppError('report/no-rows');
  const directory = await ctx.ports.directory();
  const { groups } = unitGroups(directory, report, row.unitId, period, dayOf(ctx.clock.now()));
  const ofUnit = report.rows.by === 'unit' && rowId !== 'total';
  const unitIds = ofUnit ? (groups.get(rowId) ?? []) : [...new Set([...groups.values()].flat())];
  const fieldCode = report.rows.by === 'field' && rowId !== 'total' ? rowId : undefined;
  const found = await ctx.ports.rowsOf(actor, { unitIds, period, fieldCode, counts }, { page, pageSize: PAGE });
  const value = sheet.no === 0 ? cells.cells[column] : found.total;
  return {
    rows: found.rows.map(({ dossierId, code, procedureCode, channel, unitId, receivedDay, endedDay, punctuality }) => ({
      dossierId,
      code,
      procedureCode,
      channel,
      unitName: unitNameOn(directory, unitId, period.to),
      receivedDay,
      endedDay,
      punctuality,
    })),
    counts: [...counts],
    total: found.total,
    hidden: found.hidden,
    now: typeof value === 'number' ? value : null,
    pageSize: PAGE,
  };
}
