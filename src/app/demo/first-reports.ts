import type { StaffActor } from '../../core/access/actor.ts';
import { addDays, type Day, dayOf } from '../../core/time/index.ts';
import { createReportService, type ReportService } from '../../modules/insight/reports/index.ts';
import { lastClosed } from '../../modules/insight/reports/rules/period.ts';
import { createReportPorts } from '../report-ports.ts';
import type { System } from '../system.ts';
import { demoHolder } from './demo-staff.ts';
import { pastClock } from './past-clock.ts';

const NOTE = 'Báo cáo trình diễn: số tự tính từ hồ sơ của bản trình diễn.';
const RETURNED = 'Đề nghị kiểm tra lại hồ sơ quá hạn trước khi gửi (lý do giả định).';

/** How far each unit has come with the report of the last quarter. */
export type QuarterDesk = {
  readonly above: string;
  /** The report of the unit above itself, still in work. */
  readonly own: string;
  readonly accepted: readonly string[];
  readonly late: string;
  readonly returned: string;
  readonly unsent: string;
};

/** II.06a of the last quarter that is over: given on the first day after it, sent by who fills it in, judged above. */
export async function sendFirstReports(system: System, desk: QuarterDesk): Promise<void> {
  const { id: periodId, to } = lastClosed(dayOf(system.clock.now()), 'quarter', 'nd09');
  const on = (days: number): ReportService => reportsOn(system, addDays(to, days));
  const receiver = await demoHolder(system, desk.above, 'report.receive');
  const send = async (unitId: string, days: number): Promise<Sent> => {
    const { ids } = await on(1).assign(receiver, { reportId: 'II.06a', periodId, unitId });
    return submit(on(days), await demoHolder(system, unitId, 'report.fill'), ids[0] ?? '', NOTE);
  };
  await on(1).assign(receiver, { reportId: 'II.06a', periodId, unitId: desk.unsent });
  await Promise.all([
    ...desk.accepted.map(async (unitId) => {
      const { id, version } = await send(unitId, 2);
      await on(4).decide(receiver, id, { version, act: 'accept' });
    }),
    send(desk.late, 9),
    send(desk.returned, 3).then(({ id, version }) =>
      on(5).decide(receiver, id, { version, act: 'return', reason: RETURNED }),
    ),
  ]);
  const own = await demoHolder(system, desk.above, 'report.fill');
  const { ids } = await on(4).assign(own, { reportId: desk.own, periodId, unitId: desk.above });
  const note = 'Báo cáo trình diễn: đang chờ các đơn vị chưa gửi, bị trả lại.';
  await on(6).save(own, ids[0] ?? '', { version: 1, manual: {}, texts: {}, note });
}

/** Đề án 06 of one month, sent by a unit whose register was entered before. */
export async function sendFirstMonth(
  system: System,
  one: { readonly unitId: string; readonly periodId?: string; readonly day?: Day; readonly note?: string },
): Promise<void> {
  const { id, to } = lastClosed(dayOf(system.clock.now()), 'month', 'nd09');
  const reports = reportsOn(system, one.day ?? addDays(to, 2));
  const who = await demoHolder(system, one.unitId, 'report.fill');
  const wish = { reportId: 'de-an-06', periodId: one.periodId ?? id, unitId: one.unitId };
  const { ids } = await reports.assign(who, wish);
  await submit(reports, who, ids[0] ?? '', one.note ?? NOTE);
}

type Sent = { readonly id: string; readonly version: number };

async function submit(reports: ReportService, who: StaffActor, id: string, note: string): Promise<Sent> {
  const { version } = await reports.save(who, id, { version: 1, manual: {}, texts: {}, note });
  return reports.submit(who, id, { version });
}

/** The report desk as it was on a day. */
function reportsOn(system: System, day: Day): ReportService {
  const { db, readDb, organisation, dossierPorts, metrics, files } = system;
  const clock = pastClock(system, day);
  const ports = createReportPorts({ db: readDb, organisation, dossierPorts, metrics, files, clock });
  return createReportService({ db, clock, ports });
}
