import type { ReplyOf } from '../../../core/contract/endpoint.ts';
import { type Day, dayOf, toIso } from '../../../core/time/index.ts';
import { type UnitDirectory, unitNameOn } from '../../foundation/organisation/index.ts';
import type * as contract from './contract-list.ts';
import { isOpen, STATE_NAMES } from './rules/acts.ts';
import { lateDays } from './rules/deadline.ts';
import type { ReportDefinition } from './rules/form.ts';
import { periodName, periodOf } from './rules/period.ts';
import type { Assignment } from './store.ts';

const iso = (at: Date | null): string | null => at && toIso(at);

/**
 * Days by which a report is late today, as every list, page and workbook says it. One that was returned or opened again waits
 * to be sent like one that never was; once it is sent again, the first sending counts. Null: it is not due yet.
 */
export const lateDaysOf = (row: Pick<Assignment, 'state' | 'deadline' | 'firstSentAt'>, today: Day): number | null =>
  lateDays(row.deadline, isOpen(row.state) ? null : row.firstSentAt && dayOf(row.firstSentAt), today);

/** What lists and pages say of a report beside its figures. */
export function lineOf(
  row: Assignment,
  report: ReportDefinition | undefined,
  directory: UnitDirectory,
  today: string,
): ReplyOf<typeof contract.listReports>['rows'][number] {
  const period = periodOf(row.periodId, row.cutoff);
  const nameOf = (unitId: string): string => unitNameOn(directory, unitId, row.toDay);
  return {
    id: row.id,
    version: row.version,
    reportId: row.reportId,
    reportCode: report?.code ?? row.reportId,
    reportName: report?.name ?? '',
    unitId: row.unitId,
    unitName: nameOf(row.unitId),
    receiverName: row.receiverUnitId && nameOf(row.receiverUnitId),
    periodId: row.periodId,
    periodName: period ? periodName(period) : row.periodId,
    cutoff: row.cutoff,
    deadline: row.deadline,
    state: row.state,
    stateName: STATE_NAMES[row.state],
    lateDays: lateDaysOf(row, today),
    sentAt: iso(row.lastSentAt),
    lastNo: row.lastNo,
  };
}
