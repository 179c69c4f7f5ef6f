import crypto from 'node:crypto';
import { type Actor, actorRef } from '../../../core/access/actor.ts';
import type { BodyOf, ReplyOf } from '../../../core/contract/endpoint.ts';
import { dayOf, formatDay, toIso } from '../../../core/time/index.ts';
import { AppError } from '../../../platform/errors/app-error.ts';
import { words } from '../../../platform/messages/words.ts';
import { canonicalJson } from '../../foundation/audit/rules/canonical-json.ts';
import { record } from './act-record.ts';
import { type ComputedReport, computeReport } from './compute-service.ts';
import type { SentContent } from './content-sent.ts';
import type { ReportContext } from './context.ts';
import type * as contract from './contract.ts';
import { definitionOf } from './forms.ts';
import { decideAct, type ReportAct, type ReportState, type Side, STATE_NAMES } from './rules/acts.ts';
import { checkManual } from './rules/check.ts';
import { lateDays } from './rules/deadline.ts';
import type { ReportDefinition } from './rules/form.ts';
import { periodName, periodOf, type ReportPeriod } from './rules/period.ts';
import { seenBy, sidesOf } from './sides.ts';
import * as store from './store.ts';
import { noticeSentBack } from './tell.ts';

type Done = ReplyOf<typeof contract.submitReport>;
export type OpenedReport = {
  readonly row: store.Assignment;
  readonly report: ReportDefinition;
  readonly period: ReportPeriod;
  readonly sides: readonly Side[];
};

/** A report within the actor's units. @throws AppError row/missing */
export async function openReport(ctx: ReportContext, actor: Actor, id: string): Promise<OpenedReport> {
  const row = await store.findAssignment(ctx.db, seenBy(actor), id);
  const report = row && (await definitionOf(ctx.db, row));
  const period = row && periodOf(row.periodId, row.cutoff);
  if (!row || !report || !period) throw new AppError('row/missing');
  return { row, report, period, sides: sidesOf(actor, row, await ctx.ports.directory()) };
}

/** Keeps what was typed. @throws AppError row/missing, row/stale, report/state, report/cells */
export async function saveReport(
  ctx: ReportContext,
  actor: Actor,
  id: string,
  body: BodyOf<typeof contract.saveReport>,
): Promise<Done> {
  const opened = await openReport(ctx, actor, id);
  const state = decide(opened, 'save', body.version, '');
  const computed = await computeReport(ctx, opened.report, opened.row.unitId, opened.period, {});
  const reasons = body.reasons ?? {};
  const problems = checkManual(opened.report, computed.sheet, body.manual, reasons);
  const labels = new Map(computed.sheet.rows.map(({ id: rowId, label }) => [rowId, label]));
  const known = new Set(opened.report.sections.flatMap((section) => (section.text ? [section.id] : [])));
  const fields = [
    ...problems.map(({ rowId, column, message }) => ({
      path: `manual/${rowId}/${column}`,
      code: 'cell',
      message: words('reports.wrong-cell', { row: labels.get(rowId) ?? rowId, column, message }),
    })),
    ...Object.keys(body.texts).flatMap((key) =>
      known.has(key) ? [] : [{ path: `texts/${key}`, code: 'section', message: 'Đề cương không có mục này.' }],
    ),
  ];
  if (fields.length > 0) throw new AppError('report/cells', { fields });
  const { manual, texts, note } = body;
  return write(ctx, actor, opened, { state, manual, reasons, texts, note }, 'save', '', null);
}

/**
 * Sends what is filled in as a new version that never changes. After the deadline it is taken and marked late.
 * @throws AppError row/missing, row/stale, report/state, report/period-open, report/unbalanced, report/unit-ceased,
 * dossier/reason-needed (a correction says why)
 */
export async function submitReport(
  ctx: ReportContext,
  actor: Actor,
  id: string,
  body: BodyOf<typeof contract.submitReport>,
): Promise<Done> {
  const opened = await openReport(ctx, actor, id);
  const { row, report, period } = opened;
  const reason = body.reason?.trim() ?? '';
  const state = decide(opened, 'submit', body.version, reason);
  const computed = await computeReport(ctx, report, row.unitId, period, row.manual, row.reasons);
  if (!computed.final) throw new AppError('report/period-open', { params: { day: formatDay(period.to) } });
  const broken = computed.checks.find((check) => !check.ok);
  const [failure] = broken?.failures ?? [];
  if (broken && failure) {
    const { rowLabel, left, right } = failure;
    throw new AppError('report/unbalanced', { params: { says: broken.says, row: rowLabel, left, right } });
  }
  const now = ctx.clock.now();
  const content = await contentOf(ctx, opened, computed);
  const no = row.lastNo + 1;
  const version: store.SentVersion = {
    no,
    content,
    digest: crypto.createHash('sha256').update(canonicalJson(content)).digest('hex'),
    reason,
    lateDays: lateDays(row.deadline, dayOf(now), dayOf(now)) ?? 0,
    sentAt: now,
    sentBy: actorRef(actor),
  };
  const change = { state, lastNo: no, firstSentAt: now, lastSentAt: now };
  return write(ctx, actor, opened, change, 'submit', reason, version);
}

/** The receiver's acts: return, accept, lock, reopen. @throws AppError row/missing, row/stale, report/state, dossier/reason-needed */
export async function decideReport(
  ctx: ReportContext,
  actor: Actor,
  id: string,
  body: BodyOf<typeof contract.decideReport>,
): Promise<Done> {
  const opened = await openReport(ctx, actor, id);
  const reason = body.reason?.trim() ?? '';
  const state = decide(opened, body.act, body.version, reason);
  return write(ctx, actor, opened, { state }, body.act, reason, null);
}

/** What an act makes of an opened report. @throws AppError row/stale, row/missing, report/state, dossier/reason-needed */
export function decide(
  { row, sides }: { readonly row: Pick<store.Assignment, 'version' | 'state'>; readonly sides: readonly Side[] },
  act: ReportAct,
  version: number,
  reason: string,
): ReportState {
  if (row.version !== version) throw new AppError('row/stale', { extra: { currentVersion: row.version } });
  const decided = decideAct(act, row.state, sides, reason);
  if (decided.ok) return decided.state;
  switch (decided.why) {
    case 'side':
      throw new AppError('row/missing');
    case 'reason':
      throw new AppError('dossier/reason-needed');
    case 'state':
      throw new AppError('report/state', { params: { state: STATE_NAMES[row.state] } });
  }
}

/** One transaction: the row at the version seen, the sent version, history, audit, event. Of two at once one wins. */
async function write(
  ctx: ReportContext,
  actor: Actor,
  { row }: OpenedReport,
  change: store.Change & { readonly state: ReportState },
  act: ReportAct,
  reason: string,
  sent: store.SentVersion | null,
): Promise<Done> {
  const at = ctx.clock.now();
  const told = act === 'return' || act === 'reopen' ? await noticeSentBack(ctx, row, act, reason, at) : undefined;
  return ctx.db.transaction().execute(async (trx) => {
    if (!(await store.changeAssignment(trx, row.id, row.version, change))) throw new AppError('row/stale');
    if (sent) await store.insertVersion(trx, row.id, sent);
    await record(trx, actor, row, { act, state: change.state, reason, versionNo: sent?.no ?? null, at });
    await told?.(trx, row.version + 1);
    return { id: row.id, version: row.version + 1, state: change.state };
  });
}

async function contentOf(
  ctx: ReportContext,
  { row, report, period }: OpenedReport,
  computed: ComputedReport,
): Promise<SentContent> {
  const directory = await ctx.ports.directory();
  return {
    reportName: report.name,
    reportCode: report.code,
    unitName: directory.unitOn(row.unitId, period.to)?.name ?? '',
    periodName: periodName(period),
    sheet: computed.sheet,
    checks: computed.checks,
    figures: computed.figures,
    warnings: computed.warnings,
    texts: row.texts,
    note: row.note,
    computedAt: toIso(computed.computedAt),
  };
}
