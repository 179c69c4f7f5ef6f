import { dayOf } from '../../../core/time/index.ts';
import type { Db } from '../../../platform/db/open.ts';
import { words } from '../../../platform/messages/words.ts';
import { queueMessage } from '../../foundation/notifications/index.ts';
import { unitNameOn } from '../../foundation/organisation/index.ts';
import type { ReportContext } from './context.ts';
import { definitionOf } from './forms.ts';
import type { ReportDefinition } from './rules/form.ts';
import { periodName, periodOf } from './rules/period.ts';
import { FILL, RECEIVE } from './sides.ts';
import type { Assignment } from './store.ts';

type Returned = Pick<
  Assignment,
  'id' | 'reportId' | 'formId' | 'unitId' | 'receiverUnitId' | 'periodId' | 'cutoff' | 'toDay'
>;

/**
 * The notice to who drafts a report that it came back and why. People are looked up here, before the transaction of the act,
 * which does nothing but queue it.
 * @returns queues the notice; `version` is the one the act makes
 */
export async function noticeSentBack(
  ctx: ReportContext,
  row: Returned,
  act: 'return' | 'reopen',
  reason: string,
  at: Date,
): Promise<(trx: Db, version: number) => Promise<void>> {
  const [report, directory, people] = await Promise.all([
    definitionOf(ctx.db, row),
    ctx.ports.directory(),
    fillersOf(ctx, row, dayOf(at)),
  ]);
  const period = periodOf(row.periodId, row.cutoff);
  if (!report || !period) return async () => {};
  const subject = words(`reports.notice.${act}`, { title: titleOf(report) });
  const unit = unitNameOn(directory, row.unitId, row.toDay);
  const body = words('reports.notice.body', { name: report.name, unit, period: periodName(period), reason });
  return async (trx, version) => {
    for (const staffId of people) {
      await queueMessage(trx, {
        recipient: `staff:${staffId}`,
        channel: 'app',
        subject,
        body,
        template: 'report-sent-back',
        unitId: row.unitId,
        dedupeKey: `report-sent-back:${row.id}:${version}:${staffId}`,
        at,
      });
    }
  };
}

/** What a report is called in a sentence, the word not said twice: `Báo cáo 06a/VPCP/KSTT`, `Báo cáo CCHC`. */
export const titleOf = ({ code }: Pick<ReportDefinition, 'code'>): string =>
  /^báo cáo /i.test(code) ? code : words('reports.notice.title', { code });

/** Who drafts a report: not who receives it and holds the right by a role from above, unless there is nobody else. */
export async function fillersOf(
  ctx: ReportContext,
  { unitId, receiverUnitId }: Pick<Assignment, 'unitId' | 'receiverUnitId'>,
  today: string,
): Promise<readonly string[]> {
  const holders = (await ctx.ports.staffOf(unitId, FILL, today)).map(({ staffId }) => staffId);
  const receivers = receiverUnitId ? await ctx.ports.staffOf(receiverUnitId, RECEIVE, today) : [];
  const above = new Set(receivers.map(({ staffId }) => staffId));
  const own = holders.filter((staffId) => !above.has(staffId));
  return own.length > 0 ? own : holders;
}
