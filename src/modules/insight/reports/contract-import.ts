import Type from 'typebox';
import { endpoint } from '../../../core/contract/endpoint.ts';
import { Id, Nullable } from '../../../core/contract/fields.ts';
import { Done } from './contract.ts';

export const importReportCells = endpoint({
  id: 'importReportCells',
  module: 'reports',
  method: 'POST',
  path: '/api/reports/:id/import',
  summary: 'Nhập ô nhập tay từ tệp Excel: xem trước, rồi nhận tất cả hoặc không nhận gì',
  access: { permission: 'report.fill' },
  params: Type.Object({ id: Id }),
  body: Type.Object({
    version: Type.Integer({ minimum: 1 }),
    /** false: only look. */
    apply: Type.Boolean(),
    /** The XLSX in base64. */
    file: Type.String({ maxLength: 720_000, pattern: '^[A-Za-z0-9+/]*={0,2}$' }),
  }),
  reply: Type.Object({
    findings: Type.Array(Type.Object({ cell: Type.String(), message: Type.String() })),
    /** Typed cells that differ from what is there; null: told when the same request was answered first. */
    changes: Nullable(Type.Integer()),
    /** No note in the file says whose it is and for when: whoever takes it makes sure. */
    unnamed: Type.Boolean(),
    /** null: nothing was taken. */
    done: Nullable(Done),
  }),
});
