import Type, { type Static } from 'typebox';
import { endpoint } from '../../../core/contract/endpoint.ts';
import { Id, Nullable } from '../../../core/contract/fields.ts';
import { COLUMN_IDS } from './rules/column-ids.ts';

const access = { permission: 'dossier.read' } as const;
const Columns = Type.Array(Type.Enum(COLUMN_IDS), {
  minItems: 1,
  maxItems: COLUMN_IDS.length,
  uniqueItems: true,
});
const Draft = {
  name: Type.String({ minLength: 1, maxLength: 80, pattern: '\\S' }),
  columns: Columns,
  /** One of the units the person works for: whoever works there may use it. Null: for oneself. */
  unitId: Nullable(Id),
};

export const ExportTemplate = Type.Object({
  id: Id,
  version: Type.Integer(),
  name: Type.String(),
  columns: Columns,
  unitId: Nullable(Id),
  unitName: Nullable(Type.String()),
  /** Only who made it changes it. */
  mine: Type.Boolean(),
});
export type ExportTemplateType = Static<typeof ExportTemplate>;

export const listExportTemplates = endpoint({
  id: 'listExportTemplates',
  module: 'exports',
  method: 'GET',
  path: '/api/dossiers/export-templates',
  summary: 'Mẫu xuất danh sách hồ sơ của tôi và của đơn vị tôi',
  access,
  reply: Type.Object({ rows: Type.Array(ExportTemplate) }),
});

export const createExportTemplate = endpoint({
  id: 'createExportTemplate',
  module: 'exports',
  method: 'POST',
  path: '/api/dossiers/export-templates',
  summary: 'Đặt một mẫu xuất danh sách hồ sơ',
  access,
  body: Type.Object(Draft),
  reply: Type.Object({ id: Id }),
  status: 201,
});

export const changeExportTemplate = endpoint({
  id: 'changeExportTemplate',
  module: 'exports',
  method: 'PUT',
  path: '/api/dossiers/export-templates/:id',
  summary: 'Sửa một mẫu xuất của tôi',
  access,
  params: Type.Object({ id: Id }),
  body: Type.Object({ version: Type.Integer({ minimum: 1 }), ...Draft }),
  reply: Type.Object({ version: Type.Integer() }),
});

export const removeExportTemplate = endpoint({
  id: 'removeExportTemplate',
  module: 'exports',
  method: 'DELETE',
  path: '/api/dossiers/export-templates/:id',
  summary: 'Xóa một mẫu xuất của tôi',
  access,
  params: Type.Object({ id: Id }),
  reply: Type.Object({}),
});
