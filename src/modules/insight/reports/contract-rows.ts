import Type from 'typebox';
import { endpoint } from '../../../core/contract/endpoint.ts';
import { Day, Id, Nullable } from '../../../core/contract/fields.ts';
import { COUNTS } from './rules/counts.ts';

/** A cell of the report as it is being filled in; of a version that was sent by `no`. */
const Cell = {
  /** Id of the row; `total`. */
  row: Type.String({ minLength: 1, maxLength: 60 }),
  column: Type.String({ pattern: '^[0-9]{1,3}$' }),
  no: Type.Optional(Type.Integer({ minimum: 1, maximum: 1000 })),
};

export const listReportRows = endpoint({
  id: 'listReportRows',
  module: 'reports',
  method: 'GET',
  path: '/api/reports/:id/rows',
  summary: 'Các hồ sơ sau một ô số liệu của báo cáo',
  access: { permission: 'report.read' },
  params: Type.Object({ id: Id }),
  query: Type.Object({
    ...Cell,
    page: Type.Optional(Type.Integer({ minimum: 1, maximum: 10_000 })),
  }),
  reply: Type.Object({
    rows: Type.Array(
      Type.Object({
        dossierId: Id,
        code: Type.String(),
        procedureCode: Type.String(),
        channel: Type.String(),
        unitName: Type.String(),
        receivedDay: Day,
        endedDay: Nullable(Day),
        punctuality: Nullable(Type.String()),
      }),
    ),
    /** What the cell counts. */
    counts: Type.Array(Type.Enum(COUNTS)),
    /** As many as the cell says now. */
    total: Type.Integer(),
    /** How many of them the reader may not see. */
    hidden: Type.Integer(),
    /** The cell as it is computed now; of a sent version how many dossiers there are now. */
    now: Nullable(Type.Number()),
    pageSize: Type.Integer(),
  }),
});

export const listReportParts = endpoint({
  id: 'listReportParts',
  module: 'reports',
  method: 'GET',
  path: '/api/reports/:id/parts',
  summary: 'Một số của báo cáo tổng hợp được cộng từ những gì: bản đã gửi của đơn vị nào, hồ sơ, sổ hay số nhập tay',
  access: { permission: 'report.read' },
  params: Type.Object({ id: Id }),
  query: Type.Object(Cell),
  reply: Type.Object({
    parts: Type.Array(
      Type.Object({
        rowId: Type.String(),
        unitName: Type.String(),
        /** null: no data; adds nothing. */
        value: Nullable(Type.Number()),
        how: Type.Enum(['sent', 'unsent', 'dossiers', 'register', 'typed', 'computed']),
        /**
         * The version that was sent; its total row has the number in the same column, of a report with fixed rows the same
         * row. null: nothing was sent.
         */
        no: Nullable(Type.Integer()),
        /** Its report, where the reader may see it; `lastNo` is the newest version there. */
        report: Nullable(Type.Object({ id: Id, code: Type.String(), lastNo: Type.Integer() })),
      }),
    ),
    /** The number itself: the sum of the parts. */
    value: Nullable(Type.Number()),
  }),
});
