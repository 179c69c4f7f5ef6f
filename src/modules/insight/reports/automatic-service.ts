import type { SystemActor } from '../../../core/access/actor.ts';
import { addDays, type Day, dayOf } from '../../../core/time/index.ts';
import type { Timer } from '../../../platform/events/timers.ts';
import { give } from './assign-service.ts';
import type { ReportContext } from './context.ts';
import { findReportOn, isInForce, reportsOn } from './forms.ts';
import * as store from './round-store.ts';
import { deadlineOf } from './rules/deadline.ts';
import { lastClosed, periodAt, type ReportPeriod } from './rules/period.ts';
import { FILL } from './sides.ts';

const SYSTEM: SystemActor = { kind: 'system', name: 'reports', assurance: 'system' };

/**
 * Gives the reports of one period that is over to every reporting unit: those of the form's levels at the cut-off at which
 * somebody was given `report.fill`. Each period of each report has one round, so nothing is given twice, and periods that
 * ended while the system stood still follow one by one. A report that is new here begins with the last period, where its
 * deadline is still ahead: nobody begins with reports that are late already.
 * @returns whether there may be more
 */
export async function assignOnce(ctx: ReportContext): Promise<boolean> {
  const today = dayOf(ctx.clock.now());
  for (const { report } of await reportsOn(ctx.db, today)) {
    for (const rank of report.automatic ?? []) {
      const last = lastClosed(today, rank, report.cutoff);
      const done = await store.lastRound(ctx.db, report.id, rank);
      if (done !== undefined && done >= last.to) continue;
      const period = done === undefined ? last : periodAt(addDays(done, 1), rank, report.cutoff);
      const late = done === undefined && deadlineOf(report.deadline, period) < today;
      const given = late ? 0 : await giveRound(ctx, report.id, period, today);
      await store.insertRound(ctx.db, { reportId: report.id, period, given, at: ctx.clock.now() });
      return true;
    }
  }
  return false;
}

async function giveRound(ctx: ReportContext, reportId: string, period: ReportPeriod, today: Day): Promise<number> {
  const form = await findReportOn(ctx.db, reportId, period.to);
  if (!form || !isInForce(form.report, period)) return 0;
  const directory = await ctx.ports.directory();
  const levels = new Set<string>(form.report.levels);
  const units = (await ctx.ports.unitsGranted(FILL, today)).filter((unitId) => {
    const unit = directory.unitOn(unitId, period.to);
    return unit?.type === 'administrative' && unit.level !== null && levels.has(unit.level);
  });
  return (await give(ctx, SYSTEM, form, period, directory, units)).given;
}

/** Looks every ten minutes; where periods ended while nothing ran, they follow at once. */
export function createAssignTimer(ctx: ReportContext): Timer {
  return { name: 'reports.assign', everyMs: 600_000, run: () => assignOnce(ctx) };
}
