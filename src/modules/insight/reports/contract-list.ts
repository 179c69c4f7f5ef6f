import Type, { type Static } from 'typebox';
import { endpoint } from '../../../core/contract/endpoint.ts';
import { Day, Id, Nullable } from '../../../core/contract/fields.ts';
import { PeriodId, ReportId, ReportLine } from './contract.ts';
import { CUTOFFS } from './rules/period.ts';

const read = { permission: 'report.read' } as const;

/** What of the reports of one side, and in which order. `urgent`: unsent by deadline, then the newest. */
export const REPORT_SORTS = ['urgent', 'deadline', 'unit', 'report', 'late', 'sent'] as const;
const wish = {
  side: Type.Enum(['fill', 'receive']),
  only: Type.Optional(Type.Enum(['due', 'late', 'sent', 'done'])),
  reportId: Type.Optional(ReportId),
  unitId: Type.Optional(Id),
  periodId: Type.Optional(PeriodId),
  /** Words of the unit's name and the report's code and name, in any order, without accents too. */
  q: Type.Optional(Type.String({ maxLength: 100 })),
  sort: Type.Optional(Type.Enum(REPORT_SORTS)),
};
/** Lines of a workbook; a province has about 150 units and 20 reports a year. What is beyond is said, in the file and beside the link. */
export const MOST_LISTED = 20_000;

/** The list without its pages, as the workbook takes it. */
export const ListWish = Type.Object(wish, { additionalProperties: false });
export type ListWishType = Static<typeof ListWish>;

export const listReports = endpoint({
  id: 'listReports',
  module: 'reports',
  method: 'GET',
  path: '/api/reports',
  summary: 'Báo cáo phải lập hoặc phải nhận: tìm theo tên, đơn vị; lọc, xếp theo hạn, đơn vị, báo cáo, số ngày trễ',
  access: read,
  query: Type.Object({ ...wish, page: Type.Optional(Type.Integer({ minimum: 1, maximum: 10_000 })) }),
  reply: Type.Object({
    rows: Type.Array(ReportLine),
    total: Type.Integer(),
    pageSize: Type.Integer(),
    /** Periods to choose from, the newest first. */
    periods: Type.Array(Type.Object({ id: Type.String(), name: Type.String() })),
  }),
});

const Progress = Type.Object({
  reportId: Type.String(),
  reportCode: Type.String(),
  reportName: Type.String(),
  periodId: Type.String(),
  periodName: Type.String(),
  cutoff: Type.Enum(CUTOFFS),
  receiverName: Type.String(),
  deadline: Day,
  given: Type.Integer(),
  sent: Type.Integer(),
  /** Units that have not sent it, those longest overdue first. */
  unsent: Type.Array(Type.Object({ id: Id, unitName: Type.String(), lateDays: Nullable(Type.Integer()) })),
  /** Units directly below that should report it and were never given it. */
  notGiven: Type.Array(Type.String()),
});
export type ReportProgress = Static<typeof Progress>;

export const listReportProgress = endpoint({
  id: 'listReportProgress',
  module: 'reports',
  method: 'GET',
  path: '/api/reports/progress',
  summary: 'Ai chưa gửi: từng báo cáo, từng kỳ nhận về, số đã gửi, đơn vị chưa gửi và chưa được giao',
  access: read,
  query: Type.Object({ reportId: Type.Optional(ReportId), periodId: Type.Optional(PeriodId) }),
  reply: Type.Object({ rows: Type.Array(Progress) }),
});
