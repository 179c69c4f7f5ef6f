import { type Actor, actorRef, holds } from '../../../core/access/actor.ts';
import type { BodyOf, ReplyOf } from '../../../core/contract/endpoint.ts';
import { uuidv7 } from '../../../core/ids/uuid.ts';
import { dayOf } from '../../../core/time/index.ts';
import { AppError } from '../../../platform/errors/app-error.ts';
import type { UnitDirectory } from '../../foundation/organisation/index.ts';
import { record } from './act-record.ts';
import { requireUnit } from './compute-service.ts';
import type { ReportContext } from './context.ts';
import type * as contract from './contract.ts';
import { findReportOn, type ReportForm, reportsOn } from './forms.ts';
import { deadlineOf } from './rules/deadline.ts';
import type { ReportDefinition } from './rules/form.ts';
import { type Cutoff, periodOf, type ReportPeriod } from './rules/period.ts';
import { FILL, RECEIVE } from './sides.ts';
import * as store from './store.ts';

/**
 * Opens a report of the actor's own unit, or gives it to every unit directly below. What was given before stays as it
 * is, so that doing it twice changes nothing.
 * @throws AppError row/missing (a unit the actor has nothing to do with), report/unknown, report/period,
 * report/frequency and those of `requireUnit`
 */
export async function assignReport(
  ctx: ReportContext,
  actor: Actor,
  wish: BodyOf<typeof contract.assignReport>,
): Promise<ReplyOf<typeof contract.assignReport>> {
  const { form, period } = await requireForm(ctx, wish.reportId, wish.periodId, wish.cutoff);
  const { report } = form;
  if (!report.frequency.includes(period.rank))
    throw new AppError('report/frequency', { params: { code: report.code } });
  const directory = await ctx.ports.directory();
  const units = wish.below
    ? unitsBelow(actor, directory, report, wish.unitId, period, dayOf(ctx.clock.now()))
    : ownUnit(actor, directory, wish.unitId);
  if (units.length === 0) throw new AppError('report/none-below', { params: { code: report.code } });
  for (const unitId of units) requireUnit(directory, report, unitId, period, dayOf(ctx.clock.now()));
  return give(ctx, actor, form, period, directory, units);
}

/**
 * A report with the form for a period, which is cut off as the form says where nobody says otherwise.
 * @throws AppError report/unknown, report/period
 */
export async function requireForm(
  ctx: Pick<ReportContext, 'db'>,
  name: string,
  periodId: string,
  wanted: Cutoff | undefined,
): Promise<{ form: ReportForm; period: ReportPeriod }> {
  // Both cut-offs end a period in the same year; which one counts, the form itself says.
  const about = periodOf(periodId, wanted ?? 'calendar');
  if (!about) throw new AppError('report/period', { params: { period: periodId } });
  const first = await findReportOn(ctx.db, name, about.to);
  const period = first && periodOf(periodId, wanted ?? first.report.cutoff);
  const form = period && (await findReportOn(ctx.db, name, period.to));
  if (!period || !form) {
    const known = (await reportsOn(ctx.db, about.to)).map(({ report }) => report.id);
    throw new AppError('report/unknown', { params: { known: known.join(', ') } });
  }
  return { form, period };
}

function ownUnit(actor: Actor, directory: UnitDirectory, unitId: string): readonly string[] {
  const above = [...directory.historyOf(unitId)].at(-1)?.parentId;
  const mine = holds(actor, FILL, unitId) || (above ? holds(actor, RECEIVE, above) : holds(actor, RECEIVE, unitId));
  if (!mine) throw new AppError('row/missing');
  return [unitId];
}

function unitsBelow(
  actor: Actor,
  directory: UnitDirectory,
  report: ReportDefinition,
  unitId: string,
  period: ReportPeriod,
  today: string,
): readonly string[] {
  if (!holds(actor, RECEIVE, unitId)) throw new AppError('row/missing');
  const day = period.to < today ? period.to : today;
  return directory
    .childrenOn(unitId, day)
    .filter((child) => child.type === 'administrative' && report.levels.some((level) => level === child.level))
    .map((child) => child.unitId);
}

/** Gives a report to units in one transaction; what was given before stays as it is. */
export async function give(
  ctx: ReportContext,
  actor: Actor,
  { report, formId }: ReportForm,
  period: ReportPeriod,
  directory: UnitDirectory,
  units: readonly string[],
): Promise<ReplyOf<typeof contract.assignReport>> {
  const now = ctx.clock.now();
  const today = dayOf(now);
  return ctx.db.transaction().execute(async (trx) => {
    const ids: string[] = [];
    let given = 0;
    for (const unitId of units) {
      const [, ...above] = directory.pathOn(unitId, period.to < today ? period.to : today);
      const row = await store.insertAssignment(trx, {
        id: uuidv7(now),
        reportId: report.id,
        formId,
        unitId,
        receiverUnitId: above.find((unit) => unit.type === 'administrative')?.unitId ?? null,
        periodId: period.id,
        cutoff: period.cutoff,
        fromDay: period.from,
        toDay: period.to,
        deadline: deadlineOf(report.deadline, period),
        assignedAt: now,
        assignedBy: actorRef(actor),
      });
      ids.push(row.id);
      if (!row.isNew) continue;
      given += 1;
      await record(
        trx,
        actor,
        { id: row.id, unitId, reportId: report.id, periodId: period.id },
        {
          act: 'assign',
          state: 'assigned',
          reason: '',
          versionNo: null,
          at: now,
        },
      );
    }
    return { ids, given, known: ids.length - given };
  });
}
