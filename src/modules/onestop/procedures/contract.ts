import Type from 'typebox';
import { endpoint } from '../../../core/contract/endpoint.ts';
import { Day, Id, Nullable } from '../../../core/contract/fields.ts';

const Code = Type.Object({ code: Type.String({ pattern: '^[1-9]\\.\\d{6}$' }) });
const ById = Type.Object({ id: Id });
const read = { permission: 'procedure.read' } as const;
const edit = { permission: 'procedure.edit' } as const;
const Done = Type.Object({ ok: Type.Boolean() });

/** A procedure as lists show it. */
export const ProcedureSummary = Type.Object({
  revisionId: Id,
  code: Type.String(),
  name: Type.String(),
  fieldCode: Type.String(),
  fieldName: Type.String(),
  levels: Type.Array(Type.String()),
  onlineLevel: Type.String(),
  /** Every limit in words, general one first: `10 ngày làm việc`. */
  limitText: Type.String(),
  validFrom: Day,
  validTo: Nullable(Day),
});

export const RevisionSummary = Type.Object({
  id: Id,
  code: Type.String(),
  revision: Type.String(),
  name: Type.String(),
  status: Type.String(),
  version: Type.Integer(),
  fieldCode: Type.String(),
  fieldName: Type.String(),
  levels: Type.Array(Type.String()),
  onlineLevel: Type.String(),
  validFrom: Day,
  validTo: Nullable(Day),
  verified: Type.Boolean(),
  origin: Type.String(),
  createdAt: Type.String(),
  createdBy: Type.String(),
  publishedAt: Nullable(Type.String()),
  publishedBy: Nullable(Type.String()),
});

export const FindingRow = Type.Object({
  rule: Type.String(),
  severity: Type.Union([Type.Literal('error'), Type.Literal('warning'), Type.Literal('info')]),
  path: Type.String(),
  message: Type.String(),
});

const Search = {
  q: Type.Optional(Type.String({ maxLength: 200 })),
  field: Type.Optional(Type.String({ maxLength: 60 })),
  level: Type.Optional(Type.String({ maxLength: 20 })),
  page: Type.Optional(Type.Integer({ minimum: 1, maximum: 10_000 })),
  pageSize: Type.Optional(Type.Integer({ minimum: 1, maximum: 200 })),
};

export const listProcedures = endpoint({
  id: 'listProcedures',
  module: 'procedures',
  method: 'GET',
  path: '/api/procedures',
  summary: 'Thủ tục đang có hiệu lực, tìm không phân biệt dấu',
  access: 'public',
  query: Type.Object({ ...Search, day: Type.Optional(Day) }),
  reply: Type.Object({ rows: Type.Array(ProcedureSummary), total: Type.Integer(), likely: Type.Boolean() }),
});

export const listProcedureFields = endpoint({
  id: 'listProcedureFields',
  module: 'procedures',
  method: 'GET',
  path: '/api/procedure-fields',
  summary: 'Lĩnh vực có thủ tục đang có hiệu lực',
  access: 'public',
  query: Type.Object({ day: Type.Optional(Day) }),
  reply: Type.Object({
    rows: Type.Array(Type.Object({ code: Type.String(), name: Type.String(), count: Type.Integer() })),
  }),
});

export const getProcedure = endpoint({
  id: 'getProcedure',
  module: 'procedures',
  method: 'GET',
  path: '/api/procedures/:code',
  summary: 'Nội dung một thủ tục có hiệu lực trong ngày',
  access: 'public',
  params: Code,
  query: Type.Object({ day: Type.Optional(Day), level: Type.Optional(Type.String({ maxLength: 20 })) }),
  /** `definition` is a ProcedureDefinition (`rules/definition.ts`). */
  reply: Type.Object({ revisionId: Id, definition: Type.Unknown() }),
});

export const listCatalogue = endpoint({
  id: 'listCatalogue',
  module: 'procedures',
  method: 'GET',
  path: '/api/procedure-catalogue',
  summary: 'Danh mục để quản trị: bản mới nhất của từng thủ tục, kể cả bản nháp',
  access: read,
  query: Type.Object(Search),
  reply: Type.Object({ rows: Type.Array(RevisionSummary), total: Type.Integer() }),
});

export const listProcedureRevisions = endpoint({
  id: 'listProcedureRevisions',
  module: 'procedures',
  method: 'GET',
  path: '/api/procedure-catalogue/:code/revisions',
  summary: 'Các bản của một thủ tục, mới trước',
  access: read,
  params: Code,
  reply: Type.Object({ rows: Type.Array(RevisionSummary) }),
});

export const getProcedureRevision = endpoint({
  id: 'getProcedureRevision',
  module: 'procedures',
  method: 'GET',
  path: '/api/procedure-revisions/:id',
  summary: 'Một bản với nội dung và kết quả kiểm tra',
  access: read,
  params: ById,
  reply: Type.Object({
    ...RevisionSummary.properties,
    definition: Type.Unknown(),
    findings: Type.Array(FindingRow),
  }),
});

export const diffProcedureRevisions = endpoint({
  id: 'diffProcedureRevisions',
  module: 'procedures',
  method: 'GET',
  path: '/api/procedure-revisions/:id/diff/:other',
  summary: 'Khác nhau giữa bản này (trước) và bản kia (sau)',
  access: read,
  params: Type.Object({ id: Id, other: Id }),
  reply: Type.Object({
    rows: Type.Array(
      Type.Object({
        path: Type.String(),
        kind: Type.Union([Type.Literal('added'), Type.Literal('removed'), Type.Literal('changed')]),
        before: Nullable(Type.String()),
        after: Nullable(Type.String()),
        label: Type.String(),
      }),
    ),
  }),
});

export const getProcedureSource = endpoint({
  id: 'getProcedureSource',
  module: 'procedures',
  method: 'GET',
  path: '/api/procedure-revisions/:id/source',
  summary: 'Tệp gốc của Cổng quốc gia, nguyên văn, với báo cáo lúc nhập',
  access: read,
  params: ById,
  reply: Type.Object({
    fileName: Type.String(),
    raw: Type.String(),
    report: Type.Unknown(),
    importedAt: Type.String(),
  }),
});

export const createProcedureDraft = endpoint({
  id: 'createProcedureDraft',
  module: 'procedures',
  method: 'POST',
  path: '/api/procedure-revisions',
  summary: 'Tạo bản nháp từ nội dung gửi lên',
  access: edit,
  body: Type.Object({ definition: Type.Unknown() }),
  reply: Type.Object({ id: Id }),
  status: 201,
});

export const copyProcedureRevision = endpoint({
  id: 'copyProcedureRevision',
  module: 'procedures',
  method: 'POST',
  path: '/api/procedure-revisions/:id/copy',
  summary: 'Tạo bản nháp từ một bản có sẵn',
  access: edit,
  params: ById,
  body: Type.Object({ revision: Type.String({ minLength: 1, maxLength: 40 }), validFrom: Day }),
  reply: Type.Object({ id: Id }),
  status: 201,
});

export const updateProcedureDraft = endpoint({
  id: 'updateProcedureDraft',
  module: 'procedures',
  method: 'PUT',
  path: '/api/procedure-revisions/:id',
  summary: 'Lưu bản nháp',
  access: edit,
  params: ById,
  body: Type.Object({ version: Type.Integer({ minimum: 1 }), definition: Type.Unknown() }),
  reply: Type.Object({ version: Type.Integer(), findings: Type.Array(FindingRow) }),
});

export const discardProcedureDraft = endpoint({
  id: 'discardProcedureDraft',
  module: 'procedures',
  method: 'POST',
  path: '/api/procedure-revisions/:id/discard',
  summary: 'Bỏ bản nháp',
  access: edit,
  params: ById,
  body: Type.Object({ version: Type.Integer({ minimum: 1 }) }),
  reply: Done,
});

export const publishProcedureDraft = endpoint({
  id: 'publishProcedureDraft',
  module: 'procedures',
  method: 'POST',
  path: '/api/procedure-revisions/:id/publish',
  summary: 'Công bố bản nháp; bản trước hết hiệu lực từ ngày trước đó',
  access: { permission: 'procedure.publish' },
  params: ById,
  body: Type.Object({ version: Type.Integer({ minimum: 1 }) }),
  reply: Done,
});

const LocalFeeRow = Type.Object({
  id: Id,
  feeId: Type.String(),
  amountVnd: Type.Integer(),
  validFrom: Day,
  validTo: Nullable(Day),
  decision: Type.String(),
});

export const listLocalFees = endpoint({
  id: 'listLocalFees',
  module: 'procedures',
  method: 'GET',
  path: '/api/procedures/:code/local-fees',
  summary: 'Mức phí, lệ phí do HĐND cấp tỉnh quyết định',
  access: read,
  params: Code,
  reply: Type.Object({ rows: Type.Array(LocalFeeRow) }),
});

export const setLocalFee = endpoint({
  id: 'setLocalFee',
  module: 'procedures',
  method: 'POST',
  path: '/api/procedures/:code/local-fees',
  summary: 'Nhập mức phí, lệ phí của tỉnh từ một ngày',
  access: { permission: 'procedure.publish' },
  params: Code,
  body: Type.Object({
    feeId: Type.String({ minLength: 1, maxLength: 80 }),
    amountVnd: Type.Integer({ minimum: 0, maximum: 1_000_000_000_000 }),
    validFrom: Day,
    decision: Type.String({ minLength: 1, maxLength: 500 }),
  }),
  reply: Type.Object({ id: Id }),
  status: 201,
});
