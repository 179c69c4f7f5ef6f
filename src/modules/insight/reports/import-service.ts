import type { Actor } from '../../../core/access/actor.ts';
import type { BodyOf, ReplyOf } from '../../../core/contract/endpoint.ts';
import { dayOf } from '../../../core/time/index.ts';
import { readSheet } from '../../../platform/spreadsheet/read-sheet.ts';
import { filledByAnother, namesNobody } from '../../../platform/spreadsheet/whose-sheet.ts';
import { decide, openReport, saveReport } from './act-service.ts';
import { computeReport } from './compute-service.ts';
import type { ReportContext } from './context.ts';
import type * as contract from './contract-import.ts';
import { importTitles, readImport, typedColumns } from './import-cells.ts';
import { lineOf } from './line.ts';
import { viewColumns } from './page-columns.ts';
import { checkManual } from './rules/check.ts';
import type { Assignment } from './store.ts';

const MAX_FILE_BYTES = 512 * 1024;

/**
 * Takes the typed cells of a filled-in template: all of them, or none with every finding named by its cell. Without
 * `apply` it only looks. What was typed before is replaced; texts, note and what is reported beside registers stay.
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
  const { sheet } = await computeReport(ctx, report, row.unitId, period, row.manual, row.reasons);
  const form = { columns: viewColumns(report), rows: sheet.rows };
  const titles = importTitles(typedColumns(form));
  const reading = await readSheet(Buffer.from(file, 'base64'), { titles, maxBytes: MAX_FILE_BYTES, maxRows: 2000 });
  const { manual: read, findings, cellOf } = readImport(form, reading);
  const manual: Record<string, Cells[string]> = { ...read };
  for (const [rowId, cells] of Object.entries(besideRegisters(row))) manual[rowId] = { ...manual[rowId], ...cells };
  const problems = checkManual(report, sheet, read);
  const { unitName, periodName } = lineOf(row, report, await ctx.ports.directory(), dayOf(ctx.clock.now()));
  const other = filledByAnother(reading, unitName, periodName);
  const all = [
    ...(other ? [other] : []),
    ...findings,
    ...problems.map((one) => ({ cell: cellOf(one), message: one.message })),
  ];
  const changes = changedCells(row.manual, manual);
  const unnamed = namesNobody(reading);
  if (all.length > 0 || !apply) return { findings: all, changes, unnamed, done: null };
  const done = await saveReport(ctx, actor, id, {
    version,
    manual: copyOf(manual),
    reasons: copyOf(row.reasons),
    texts: { ...row.texts },
    note: row.note,
  });
  return { findings: [], changes, unnamed, done };
}

type Cells = Readonly<Record<string, Readonly<Record<string, number | string | null>>>>;

const copyOf = <T>(cells: Readonly<Record<string, Readonly<Record<string, T>>>>): Record<string, Record<string, T>> =>
  Object.fromEntries(Object.entries(cells).map(([id, row]) => [id, { ...row }]));

/** Numbers reported instead of a register's, which no template has. */
function besideRegisters({ manual, reasons }: Pick<Assignment, 'manual' | 'reasons'>): Cells {
  const kept = Object.entries(reasons).map(([rowId, columns]) => {
    const cells = Object.keys(columns).map((no) => [no, manual[rowId]?.[no] ?? null] as const);
    return [rowId, Object.fromEntries(cells)] as const;
  });
  return Object.fromEntries(kept);
}

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
