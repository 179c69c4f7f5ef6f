import Type from 'typebox';
import { endpoint } from '../../../core/contract/endpoint.ts';
import { Day, Id, Nullable } from '../../../core/contract/fields.ts';

export const listReportRows = endpoint({
  id: 'listReportRows',
  module: 'reports',
  method: 'GET',
  path: '/api/reports/:id/rows',
  summary: 'Các hồ sơ sau một ô số liệu của báo cáo',
  access: { permission: 'report.read' },
  params: Type.Object({ id: Id }),
  query: Type.Object({
    /** Id of the row; `total`. */
    row: Type.String({ minLength: 1, maxLength: 60 }),
    column: Type.String({ pattern: '^[0-9]{1,3}$' }),
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
    /** As many as the cell says now. */
    total: Type.Integer(),
    /** How many of them the reader may not see. */
    hidden: Type.Integer(),
    /** The cell as it is computed now. */
    now: Nullable(Type.Number()),
    pageSize: Type.Integer(),
  }),
});
