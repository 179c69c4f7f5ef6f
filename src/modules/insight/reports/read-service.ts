import { type Actor, holds, unitsFor } from '../../../core/access/actor.ts';
import type { ReplyOf } from '../../../core/contract/endpoint.ts';
import { dayOf, toIso } from '../../../core/time/index.ts';
import { AppError } from '../../../platform/errors/app-error.ts';
import { openReport } from './act-service.ts';
import { computeReport } from './compute-service.ts';
import type { ReportContext } from './context.ts';
import type * as contract from './contract.ts';
import { listStatuses } from './exchange-store.ts';
import { isInForce, reportsOn } from './forms.ts';
import { lineOf } from './line.ts';
import { staffNames } from './names.ts';
import { viewColumns } from './page-columns.ts';
import { openActs, STATE_NAMES } from './rules/acts.ts';
import { deadlineOf, lateDays } from './rules/deadline.ts';
import { lastClosed, periodAt, periodName } from './rules/period.ts';
import { belowOf, type SheetRow } from './rules/sheet.ts';
import { METRICS_SOURCE } from './rules/source.ts';
import { readTaken, type Taken, takenRows } from './shown-sheet.ts';
import { FILL, RECEIVE, shownNo } from './sides.ts';
import * as store from './store.ts';

/** What may be reported, with the last three periods of each frequency, and the units the reader has to do with. */
export async function listRegimes(
  ctx: ReportContext,
  actor: Actor,
): Promise<ReplyOf<typeof contract.listReportRegimes>> {
  const today = dayOf(ctx.clock.now());
  const directory = await ctx.ports.directory();
  const gives = new Set(unitsFor(actor, RECEIVE));
  const units = [...new Set([...unitsFor(actor, FILL), ...gives])].flatMap((id) => {
    const unit = directory.unitOn(id, today);
    return unit?.type === 'administrative' ? [{ id, name: unit.name, gives: gives.has(id) }] : [];
  });
  const rows = (await reportsOn(ctx.db, today))
    .map(({ report }) => report)
    .map((report) => ({
      id: report.id,
      code: report.code,
      name: report.name,
      content: report.content,
      reporters: report.reporters,
      recipient: report.recipient,
      frequency: report.frequency,
      cutoff: report.cutoff,
      source: report.source,
      verified: report.verified,
      periods: report.frequency.flatMap((rank) => {
        const last = lastClosed(today, rank, report.cutoff);
        const before = lastClosed(last.from, rank, report.cutoff);
        return [last, before, periodAt(today, rank, report.cutoff)]
          .filter((each) => isInForce(report, each))
          .map((each) => ({
            id: each.id,
            name: periodName(each),
            deadline: deadlineOf(report.deadline, each),
            lateDays: lateDays(deadlineOf(report.deadline, each), null, today),
          }));
      }),
    }))
    .filter((report) => report.periods.length > 0);
  return { rows, units };
}

/**
 * A report as it is being filled in, or a version as it was sent; of a draft of another unit that was never sent only what
 * it is, by when, and how far it has come.
 * @throws AppError row/missing
 */
export async function readReport(
  ctx: ReportContext,
  actor: Actor,
  id: string,
  wanted: number | undefined,
): Promise<ReplyOf<typeof contract.getReport>> {
  const { row, report, period, sides } = await openReport(ctx, actor, id);
  const mine = wanted ?? shownNo({ row, sides });
  const no = mine ?? 0;
  const [versions, history, told, directory] = await Promise.all([
    store.listVersions(ctx.db, id),
    store.listActs(ctx.db, id),
    listStatuses(ctx.db, id),
    ctx.ports.directory(),
  ]);
  const shown = no === 0 ? undefined : await store.findVersion(ctx.db, id, no);
  if (no !== 0 && !shown) throw new AppError('row/missing');
  const today = dayOf(ctx.clock.now());
  const withheld = mine === undefined;
  const computed =
    shown || withheld ? undefined : await computeReport(ctx, report, row.unitId, period, row.manual, row.reasons);
  const content = shown?.content ?? computed ?? NOTHING;
  const taken = await readTaken(ctx, actor, { row, report }, content.sheet.rows);
  const takenIds = new Set(takenRows({ row, report }, content.sheet.rows).map((each) => each.id));
  const names = await staffNames(ctx, [...versions.map((each) => each.sentBy), ...history.map((each) => each.by)]);
  return {
    ...lineOf(row, report, directory, today),
    columns: viewColumns(report),
    sections: report.sections.map((section) => ({ ...section, hint: section.hint ?? '' })),
    notes: [...report.notes],
    source: report.source,
    verified: report.verified,
    doubt: report.doubt ?? '',
    no,
    withheld,
    final: computed?.final ?? true,
    acts: openActs(row.state, sides),
    rows: content.sheet.rows.map((each) => rowView(actor, each, takenIds.has(each.id), taken.get(each.id))),
    total: content.sheet.total && rowView(actor, content.sheet.total, takenIds.size > 0),
    checks: content.checks.map((check) => ({
      ...check,
      failures: check.failures.map((failure) => ({ ...failure, columns: [...failure.columns] })),
    })),
    figures: [...content.figures],
    warnings: [...content.warnings],
    texts: withheld ? {} : (shown?.content.texts ?? row.texts),
    note: withheld ? '' : (shown?.content.note ?? row.note),
    computedAt: shown?.content.computedAt ?? toIso(ctx.clock.now()),
    versions: versions.map(({ no: number, digest, reason, lateDays: late, sentAt, sentBy }) => ({
      no: number,
      digest,
      reason,
      lateDays: late,
      sentAt: toIso(sentAt),
      sentBy: names(sentBy),
    })),
    told: told.map(({ no: number, status, reason, at, clientName }) => ({
      no: number,
      status,
      reason,
      at: toIso(at),
      by: clientName,
    })),
    history: history.map((each) => ({
      act: each.act,
      stateName: STATE_NAMES[each.state],
      reason: each.reason,
      versionNo: each.versionNo,
      at: toIso(each.at),
      by: names(each.by),
    })),
  };
}

/** What is shown of a draft to who is not to see it. */
const NOTHING = { sheet: { rows: [], total: null }, checks: [], figures: [], warnings: [] } as const;

/** Versions sent before cells came from registers have no sources, those sent before units below added to cells no sums. */
const rowView = (
  actor: Actor,
  { sources = {}, sums = {}, from: _, ...row }: SheetRow,
  isTaken: boolean,
  version?: Taken,
) => ({
  ...row,
  taken: isTaken,
  reportId: version?.seen?.id ?? null,
  reportNo: version?.no ?? null,
  typed: [...row.typed],
  unsent: row.unsent ?? false,
  sums: Object.entries(sums).map(([column, { own, units }]) => ({ column, own, ...belowOf({ units }) })),
  sources: Object.entries(sources).map(([column, source]) => ({
    column,
    ...source,
    periods: [...source.periods],
    readable: holds(actor, source.register === METRICS_SOURCE ? 'metrics.read' : 'registers.read', source.unitId),
  })),
});
