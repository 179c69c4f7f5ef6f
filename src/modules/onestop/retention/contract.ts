import Type, { type Static } from 'typebox';
import { endpoint } from '../../../core/contract/endpoint.ts';
import { Day, Id, Instant, Nullable } from '../../../core/contract/fields.ts';

/** Legal ground. Stays for ever, so no personal data belongs in it. */
const Reason = Type.String({ minLength: 5, maxLength: 1000 });
const ById = Type.Object({ id: Id });
const Kind = Type.Union([Type.Literal('erasure'), Type.Literal('disposal')]);
const Paging = {
  cursor: Type.Optional(Id),
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200 })),
};

/** How a dossier is kept: held by law, until when, erased since. */
export const Keeping = Type.Object({
  hold: Nullable(Type.Object({ reason: Type.String(), setBy: Type.String(), setAt: Instant })),
  retentionCode: Nullable(Type.String()),
  /** Years; null: for ever. */
  retentionYears: Nullable(Type.Integer()),
  /** Last day it must be kept, once its work has ended; null: not ended, or for ever. */
  keptUntil: Nullable(Type.String()),
  erasedAt: Nullable(Instant),
  /** Number of the decision by which it was erased or disposed of. */
  erasedBy: Nullable(Type.Object({ kind: Kind, decisionNumber: Type.String(), decisionDay: Day })),
  mayHold: Type.Boolean(),
});
export type Keeping = Static<typeof Keeping>;

export const getKeeping = endpoint({
  id: 'getKeeping',
  module: 'retention',
  method: 'GET',
  path: '/api/retention/dossiers/:id',
  summary: 'Tình trạng lưu giữ của một hồ sơ: phong tỏa, thời hạn bảo quản, đã xóa',
  access: { permission: 'dossier.read' },
  params: ById,
  reply: Keeping,
});

export const setHold = endpoint({
  id: 'setHold',
  module: 'retention',
  method: 'POST',
  path: '/api/retention/dossiers/:id/hold',
  summary: 'Phong tỏa hồ sơ: không được xóa, không được tiêu hủy',
  access: { permission: 'data.hold' },
  params: ById,
  body: Type.Object({ reason: Reason }),
  reply: Keeping,
});

export const liftHold = endpoint({
  id: 'liftHold',
  module: 'retention',
  method: 'POST',
  path: '/api/retention/dossiers/:id/hold/removal',
  summary: 'Thôi phong tỏa hồ sơ',
  access: { permission: 'data.hold' },
  params: ById,
  body: Type.Object({ reason: Reason }),
  reply: Keeping,
});

export const DueRow = Type.Object({
  dossierId: Id,
  code: Type.String(),
  procedureCode: Type.String(),
  retentionCode: Nullable(Type.String()),
  retentionYears: Type.Integer(),
  endedOn: Day,
  expiresOn: Day,
  held: Type.Boolean(),
  /** Stands in a proposal that waits for its decision. */
  pending: Type.Boolean(),
});
export type DueRow = Static<typeof DueRow>;

export const listDue = endpoint({
  id: 'listDue',
  module: 'retention',
  method: 'GET',
  path: '/api/retention/due',
  summary: 'Hồ sơ đến hạn tiêu hủy',
  access: { permission: 'data.dispose' },
  query: Type.Object({
    code: Type.Optional(Type.String({ maxLength: 60 })),
    procedureCode: Type.Optional(Type.String({ maxLength: 20 })),
    ...Paging,
  }),
  reply: Type.Object({ rows: Type.Array(DueRow), nextCursor: Nullable(Type.String()), total: Type.Integer() }),
});

/** What is to be erased or disposed of. `person`: every dossier within reach of the owner or submitter of this one. */
export const OrderBody = Type.Union([
  Type.Object({
    kind: Type.Literal('erasure'),
    code: Type.String({ minLength: 1, maxLength: 60 }),
    scope: Type.Union([Type.Literal('dossier'), Type.Literal('person')]),
  }),
  Type.Object({ kind: Type.Literal('disposal'), dossierIds: Type.Array(Id, { minItems: 1, maxItems: 500 }) }),
]);
export type OrderBody = Static<typeof OrderBody>;

export const OrderItem = Type.Object({
  dossierId: Id,
  code: Type.String(),
  procedureCode: Type.String(),
  procedureName: Type.String(),
  endedOn: Day,
  blocking: Nullable(Type.String()),
});
/** Rows by kind of place: parties, papers, files, messages, audit … */
const Counts = Type.Record(Type.String(), Type.Integer());

export const previewOrder = endpoint({
  id: 'previewRetentionOrder',
  module: 'retention',
  method: 'POST',
  path: '/api/retention/preview',
  summary: 'Đếm thử: những gì sẽ bị xóa, hồ sơ nào chưa xóa được và vì sao (không đổi gì)',
  access: 'staff',
  body: Type.Object({ order: OrderBody }),
  reply: Type.Object({ items: Type.Array(OrderItem), counts: Counts }),
});
export type OrderPreview = { items: Static<typeof OrderItem>[]; counts: Record<string, number> };

export const DecisionRow = Type.Object({
  id: Id,
  kind: Kind,
  scope: Type.String(),
  status: Type.Union([Type.Literal('proposed'), Type.Literal('approved'), Type.Literal('rejected')]),
  version: Type.Integer(),
  reason: Type.String(),
  dossiers: Type.Integer(),
  proposedBy: Type.String(),
  proposedAt: Instant,
  decidedBy: Nullable(Type.String()),
  decidedAt: Nullable(Instant),
  decisionNumber: Nullable(Type.String()),
  decisionDay: Nullable(Day),
  rejectReason: Nullable(Type.String()),
  /** The reader may decide it: holds the permission for all of it and did not propose it. */
  mayDecide: Type.Boolean(),
});
export type DecisionRow = Static<typeof DecisionRow>;
export const DecisionPage = Type.Object({ ...DecisionRow.properties, items: Type.Array(OrderItem), counts: Counts });
export type DecisionPage = Static<typeof DecisionPage>;

export const proposeOrder = endpoint({
  id: 'proposeRetentionOrder',
  module: 'retention',
  method: 'POST',
  path: '/api/retention/decisions',
  summary: 'Đề nghị xóa dữ liệu cá nhân hoặc tiêu hủy hồ sơ; người khác duyệt',
  access: 'staff',
  body: Type.Object({ order: OrderBody, reason: Reason }),
  reply: DecisionPage,
  status: 201,
});

export const listDecisions = endpoint({
  id: 'listRetentionDecisions',
  module: 'retention',
  method: 'GET',
  path: '/api/retention/decisions',
  summary: 'Đề nghị và quyết định xóa, tiêu hủy',
  access: 'staff',
  query: Type.Object({
    kind: Kind,
    status: Type.Optional(DecisionRow.properties.status),
    ...Paging,
  }),
  reply: Type.Object({ rows: Type.Array(DecisionRow), nextCursor: Nullable(Type.String()) }),
});

export const getDecision = endpoint({
  id: 'getRetentionDecision',
  module: 'retention',
  method: 'GET',
  path: '/api/retention/decisions/:id',
  summary: 'Một đề nghị xóa, tiêu hủy với các hồ sơ của nó',
  access: 'staff',
  params: ById,
  reply: DecisionPage,
});

export const approveOrder = endpoint({
  id: 'approveRetentionOrder',
  module: 'retention',
  method: 'POST',
  path: '/api/retention/decisions/:id/approval',
  summary: 'Duyệt và thực hiện: xóa không khôi phục được',
  access: 'staff',
  params: ById,
  body: Type.Object({
    version: Type.Integer({ minimum: 1 }),
    decisionNumber: Type.String({ minLength: 1, maxLength: 100 }),
    decisionDay: Day,
  }),
  reply: DecisionPage,
});

export const rejectOrder = endpoint({
  id: 'rejectRetentionOrder',
  module: 'retention',
  method: 'POST',
  path: '/api/retention/decisions/:id/rejection',
  summary: 'Không duyệt đề nghị xóa, tiêu hủy',
  access: 'staff',
  params: ById,
  body: Type.Object({ version: Type.Integer({ minimum: 1 }), reason: Reason }),
  reply: DecisionPage,
});
