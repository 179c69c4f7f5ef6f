import type { Actor } from '../../../core/access/actor.ts';
import { AppError } from '../../../platform/errors/app-error.ts';
import type { OpenedReport } from './act-service.ts';
import { computeReport } from './compute-service.ts';
import type { ReportContext } from './context.ts';
import { isOpen } from './rules/acts.ts';
import type { Sheet, SheetRow } from './rules/sheet.ts';
import { requireShown, seenBy } from './sides.ts';
import * as store from './store.ts';

/**
 * The sheet of a sent version, or as it is computed now (`no` 0); of another unit's draft what that unit sent last.
 * @throws AppError row/missing (no such version), report/draft (somebody else's, and nothing was sent)
 */
export async function shownSheet(
  ctx: ReportContext,
  opened: OpenedReport,
  wanted: number | undefined,
): Promise<Sheet & { readonly no: number }> {
  const { row, report, period } = opened;
  const no = wanted ?? (isOpen(row.state) ? requireShown(opened) : 0);
  if (no === 0) {
    const { sheet } = await computeReport(ctx, report, row.unitId, period, row.manual, row.reasons);
    return { ...sheet, no };
  }
  const version = await store.findVersion(ctx.db, row.id, no);
  if (!version) throw new AppError('row/missing');
  return { ...version.content.sheet, no };
}

/** Rows of a report by unit whose figures are what a unit below has sent. */
export const takenRows = ({ row, report }: Pick<OpenedReport, 'row' | 'report'>, rows: readonly SheetRow[]) =>
  report.rows.by === 'unit' ? rows.filter((one) => one.id !== row.unitId && !one.unsent) : [];

/** Where rows were taken from: the version, and its report where the reader may see it. */
export type Taken = { readonly no: number; readonly seen: store.Assignment | undefined };

/**
 * The versions behind rows of units below, by row. Versions sent before they were kept with the row: what stands there now.
 */
export async function readTaken(
  ctx: ReportContext,
  actor: Actor,
  opened: Pick<OpenedReport, 'row' | 'report'>,
  rows: readonly SheetRow[],
): Promise<ReadonlyMap<string, Taken>> {
  const { row, report } = opened;
  const taken = takenRows(opened, rows);
  const unsaid = taken.flatMap((one) => (one.from ? [] : [one.id]));
  const of = report.rows.by === 'unit' ? report.rows.of : [];
  const sent = await store.listSent(ctx.db, of, unsaid, { id: row.periodId, cutoff: row.cutoff });
  const froms = taken.flatMap((one) => {
    const from = one.from ?? sent.find(({ unitId }) => unitId === one.id);
    return from ? [{ rowId: one.id, from }] : [];
  });
  const seen = await store.listVisible(
    ctx.db,
    seenBy(actor),
    froms.map(({ from }) => from.id),
  );
  return new Map(
    froms.map(({ rowId, from }) => [rowId, { no: from.no, seen: seen.find((one) => one.id === from.id) }]),
  );
}
