import { dayOf, formatDay } from '../../../core/time/index.ts';
import type { Timer } from '../../../platform/events/timers.ts';
import { getReminder, queueMessage } from '../../foundation/notifications/index.ts';
import type { ReportContext } from './context.ts';
import { definitionOf } from './forms.ts';
import { periodName, periodOf } from './rules/period.ts';
import { takeUnsent } from './store.ts';
import { fillersOf, titleOf } from './tell.ts';

const BATCH = 100;

/**
 * Reminds those who fill in a report of one batch not sent, by a notice in the application, on the days
 * `content/templates/notices/report.yaml` says.
 * @returns whether there may be more
 */
export async function remindOnce(ctx: ReportContext): Promise<boolean> {
  const now = ctx.clock.now();
  const today = dayOf(now);
  const reminder = getReminder('report.yaml');
  const directory = await ctx.ports.directory();
  return ctx.db.transaction().execute(async (trx) => {
    const rows = await takeUnsent(
      trx,
      today,
      { ...reminder.deadlinesOn(today), last: reminder.lastBefore(today) },
      BATCH,
    );
    for (const row of rows) {
      const report = await definitionOf(trx, row);
      const period = periodOf(row.periodId, row.cutoff);
      if (!report || !period) continue;
      const { subject, body } = reminder.render({
        title: titleOf(report),
        name: report.name,
        unit: directory.unitOn(row.unitId, row.toDay)?.name ?? '',
        period: periodName(period),
        deadline: formatDay(row.deadline),
      });
      for (const staffId of await fillersOf(ctx, row, today)) {
        await queueMessage(trx, {
          recipient: `staff:${staffId}`,
          channel: 'app',
          subject,
          body,
          template: 'report',
          unitId: row.unitId,
          dedupeKey: `report:${row.id}:${today}:${staffId}`,
          at: now,
        });
      }
    }
    return rows.length === BATCH;
  });
}

/** Looks every ten minutes; each report is reminded of at most once a day. */
export function createReportTimer(ctx: ReportContext): Timer {
  return { name: 'reports.remind', everyMs: 600_000, run: () => remindOnce(ctx) };
}
