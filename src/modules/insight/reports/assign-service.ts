import { type Actor, actorRef, holds } from '../../../core/access/actor.ts';
import type { BodyOf, ReplyOf } from '../../../core/contract/endpoint.ts';
import { uuidv7 } from '../../../core/ids/uuid.ts';
import { dayOf } from '../../../core/time/index.ts';
import { AppError } from '../../../platform/errors/app-error.ts';
import type { UnitDirectory } from '../../foundation/organisation/index.ts';
import { record } from './act-record.ts';
import { requireUnit } from './compute-service.ts';
import { allReports, findReport } from './content.ts';
import type { ReportContext } from './context.ts';
import type * as contract from './contract.ts';
import { deadlineOf } from './rules/deadline.ts';
import type { ReportDefinition } from './rules/form.ts';
import { periodOf, type ReportPeriod } from './rules/period.ts';
import * as store from './store.ts';

export const FILL = 'report.fill';
export const RECEIVE = 'report.receive';

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
  const report = findReport(wish.reportId);
  if (!report) {
    const known = allReports().map((each) => each.id);
    throw new AppError('report/unknown', { params: { known: known.join(', ') } });
  }
  const period = periodOf(wish.periodId, wish.cutoff ?? report.cutoff);
  if (!period) throw new AppError('report/period', { params: { period: wish.periodId } });
  if (!report.frequency.includes(period.rank))
    throw new AppError('report/frequency', { params: { code: report.code } });
  const directory = await ctx.ports.directory();
  const units = wish.below
    ? unitsBelow(actor, directory, report, wish.unitId, period, dayOf(ctx.clock.now()))
    : ownUnit(actor, directory, wish.unitId);
  if (units.length === 0) throw new AppError('report/level', { params: { code: report.code, levels: 'khác' } });
  for (const unitId of units) requireUnit(directory, report, unitId, period, dayOf(ctx.clock.now()));
  return give(ctx, actor, report, period, directory, units);
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

async function give(
  ctx: ReportContext,
  actor: Actor,
  report: ReportDefinition,
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
