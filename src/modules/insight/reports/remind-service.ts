import path from 'node:path';
import Type from 'typebox';
import { dayOf, formatDay } from '../../../core/time/index.ts';
import type { Timer } from '../../../platform/events/timers.ts';
import { queueMessage } from '../../foundation/notifications/index.ts';
import { CONTENT_DIR, readYaml } from '../../foundation/reference/index.ts';
import { FILL } from './assign-service.ts';
import type { ReportContext } from './context.ts';
import { definitionOf } from './forms.ts';
import { periodName, periodOf } from './rules/period.ts';
import { takeUnsent } from './store.ts';

/** Days before the deadline from which people are reminded, once a day. */
const DAYS_AHEAD = 3;
const BATCH = 100;
const Words = Type.Object({ subject: Type.String(), body: Type.String() }, { additionalProperties: false });

/**
 * Reminds those who fill in a report of one batch not sent: from three days before its deadline, once a day, by a notice
 * in the application.
 * @returns whether there may be more
 */
export async function remindOnce(ctx: ReportContext): Promise<boolean> {
  const now = ctx.clock.now();
  const today = dayOf(now);
  const words = readYaml(path.join(CONTENT_DIR, 'templates/notices/report.yaml'), Words);
  const directory = await ctx.ports.directory();
  return ctx.db.transaction().execute(async (trx) => {
    const rows = await takeUnsent(trx, today, DAYS_AHEAD, BATCH);
    for (const row of rows) {
      const report = await definitionOf(trx, row);
      const period = periodOf(row.periodId, row.cutoff);
      if (!report || !period) continue;
      const facts: Readonly<Record<string, string>> = {
        code: report.code,
        name: report.name,
        unit: directory.unitOn(row.unitId, row.toDay)?.name ?? '',
        period: periodName(period),
        deadline: formatDay(row.deadline),
      };
      const fill = (text: string): string => text.replaceAll(/\{\{(\w+)\}\}/g, (_, name: string) => facts[name] ?? '');
      for (const { staffId } of await ctx.ports.staffOf(row.unitId, FILL, today)) {
        await queueMessage(trx, {
          recipient: `staff:${staffId}`,
          channel: 'app',
          subject: fill(words.subject),
          body: fill(words.body),
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

/** Looks every ten minutes; each report is reminded of once a day. */
export function createReportTimer(ctx: ReportContext): Timer {
  return { name: 'reports.remind', everyMs: 600_000, run: () => remindOnce(ctx) };
}
