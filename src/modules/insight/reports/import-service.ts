import type { Actor } from '../../../core/access/actor.ts';
import type { BodyOf, ReplyOf } from '../../../core/contract/endpoint.ts';
import { readSheet } from '../../../platform/spreadsheet/read-sheet.ts';
import { decide, openReport, saveReport } from './act-service.ts';
import { computeReport } from './compute-service.ts';
import type { ReportContext } from './context.ts';
import type * as contract from './contract-import.ts';
import { importTitles, readImport, typedColumns } from './import-cells.ts';
import { viewColumns } from './page-columns.ts';
import { checkManual } from './rules/check.ts';

const MAX_FILE_BYTES = 512 * 1024;

/**
 * Takes the typed cells of a filled-in template: all of them, or none with every finding named by its cell. Without
 * `apply` it only looks. What was typed before is replaced; texts and note stay.
 * @throws AppError row/missing, row/stale, report/state
 */
export async function importCells(
  ctx: ReportContext,
  actor: Actor,
  id: string,
  { version, apply, file }: BodyOf<typeof contract.importReportCells>,
): Promise<ReplyOf<typeof contract.importReportCells>> {
  const opened = await openReport(ctx, actor, id);
  decide(opened, 'save', version, '');
  const { report, row, period } = opened;
  const { sheet } = await computeReport(ctx, report, row.unitId, period, row.manual);
  const form = { columns: viewColumns(report), rows: sheet.rows };
  const titles = importTitles(typedColumns(form));
  const reading = await readSheet(Buffer.from(file, 'base64'), { titles, maxBytes: MAX_FILE_BYTES, maxRows: 2000 });
  const { manual, findings, cellOf } = readImport(form, reading);
  const problems = checkManual(report, sheet, manual);
  const all = [...findings, ...problems.map((one) => ({ cell: cellOf(one), message: one.message }))];
  const changes = changedCells(row.manual, manual);
  if (all.length > 0 || !apply) return { findings: all, changes, done: null };
  const done = await saveReport(ctx, actor, id, {
    version,
    manual: copyOf(manual),
    texts: { ...row.texts },
    note: row.note,
  });
  return { findings: [], changes, done };
}

type Cells = Readonly<Record<string, Readonly<Record<string, number | string | null>>>>;

const copyOf = (cells: Cells): Record<string, Record<string, number | string | null>> =>
  Object.fromEntries(Object.entries(cells).map(([id, row]) => [id, { ...row }]));

/** How many typed cells differ. */
function changedCells(before: Cells, after: Cells): number {
  const ids = new Set([...Object.keys(before), ...Object.keys(after)]);
  let changed = 0;
  for (const id of ids) {
    const columns = new Set([...Object.keys(before[id] ?? {}), ...Object.keys(after[id] ?? {})]);
    for (const no of columns) if ((before[id]?.[no] ?? null) !== (after[id]?.[no] ?? null)) changed += 1;
  }
  return changed;
}
