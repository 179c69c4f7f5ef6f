import Type, { type Static } from 'typebox';
import { endpoint } from '../../../core/contract/endpoint.ts';
import { Day, Id, Instant, Nullable } from '../../../core/contract/fields.ts';
import { STATES } from './rules/acts.ts';
import { CUTOFFS } from './rules/period.ts';

/** What a machine of the level above says of a version. */
export const STATUSES = ['received', 'accepted', 'returned'] as const;
const No = Type.Integer({ minimum: 1, maximum: 1000 });
const Digest = Type.String({ pattern: '^[0-9a-f]{64}$' });

/** Reports sent, in the order they became known here. */
const Item = Type.Object({
  /** Grows with every version; the cursor. */
  seq: Type.Integer(),
  id: Id,
  no: No,
  /** The newest version of this report; a smaller `no` is superseded. */
  lastNo: No,
  reportId: Type.String(),
  reportCode: Type.String(),
  unitId: Id,
  /** Code of the General Statistics Office on the last day of the period; null: none. */
  unitCode: Nullable(Type.String()),
  unitName: Type.String(),
  periodId: Type.String(),
  cutoff: Type.Enum(CUTOFFS),
  fromDay: Day,
  toDay: Day,
  deadline: Day,
  lateDays: Type.Integer(),
  state: Type.Enum(STATES),
  /** Why it corrects an earlier version; empty for the first. */
  reason: Type.String(),
  sentAt: Instant,
});

export const pullReports = endpoint({
  id: 'pullReports',
  module: 'report-exchange',
  method: 'GET',
  path: '/api/exchange/reports',
  summary: 'Máy với máy: các bản báo cáo đã gửi sau một mốc (khóa ở đầu mục Authorization)',
  access: 'public',
  query: Type.Object({
    /** `seq` of the last item taken; 0: from the beginning. */
    after: Type.Optional(Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER })),
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200 })),
  }),
  reply: Type.Object({ items: Type.Array(Item), next: Type.Integer(), more: Type.Boolean() }),
});

const params = Type.Object({ id: Id, no: No });

export const pullReport = endpoint({
  id: 'pullReport',
  module: 'report-exchange',
  method: 'GET',
  path: '/api/exchange/reports/:id/versions/:no',
  summary: 'Máy với máy: một bản báo cáo đã gửi, nguyên văn kèm dấu vết SHA-256',
  access: 'public',
  params,
  reply: Type.Object({
    ...Item.properties,
    /** The version as canonical JSON: keys sorted, no spaces. */
    document: Type.String(),
    /** SHA-256 of the UTF-8 bytes of `document`. */
    digest: Digest,
  }),
});

export const tellReportStatus = endpoint({
  id: 'tellReportStatus',
  module: 'report-exchange',
  method: 'POST',
  path: '/api/exchange/reports/:id/versions/:no/status',
  summary:
    'Máy với máy: trả trạng thái của một bản (đã lấy, đã nhận, trả lại có lý do); gọi lại không có tác dụng lần hai',
  access: 'public',
  params,
  body: Type.Object({
    status: Type.Enum(STATUSES),
    /** Digest of the document that was read: proves what is spoken of. */
    digest: Digest,
    /** Needed for `returned`. */
    reason: Type.Optional(Type.String({ maxLength: 1000 })),
  }),
  reply: Type.Object({ state: Type.Enum(STATES), repeated: Type.Boolean() }),
});

const admin = { permission: 'system.administer' } as const;

/** `received`: reports sent to the unit; `sent-out`: the unit's own whose receiver is outside the installation. */
export const TAKES = ['received', 'sent-out'] as const;

const Client = Type.Object({
  id: Id,
  name: Type.String(),
  takes: Type.Enum(TAKES),
  unitName: Type.String(),
  keyHint: Type.String(),
  expiresOn: Day,
  issuedAt: Instant,
  issuedBy: Type.String(),
  revokedAt: Nullable(Instant),
  lastUsedAt: Nullable(Instant),
  /** Usable now: neither revoked nor expired. */
  live: Type.Boolean(),
});
export type ExchangeClientType = Static<typeof Client>;

export const listExchangeClients = endpoint({
  id: 'listExchangeClients',
  module: 'report-exchange',
  method: 'GET',
  path: '/api/exchange/clients',
  summary: 'Khóa lấy báo cáo đã cấp cho hệ thống cấp trên',
  access: admin,
  reply: Type.Object({
    rows: Type.Array(Client),
    units: Type.Array(Type.Object({ id: Id, name: Type.String() })),
  }),
});

export const issueExchangeKey = endpoint({
  id: 'issueExchangeKey',
  module: 'report-exchange',
  method: 'POST',
  path: '/api/exchange/clients',
  summary: 'Cấp khóa lấy báo cáo; khóa chỉ hiện một lần',
  access: admin,
  body: Type.Object({
    name: Type.String({ minLength: 1, maxLength: 200, pattern: '\\S' }),
    takes: Type.Enum(TAKES),
    unitId: Id,
    expiresOn: Day,
  }),
  reply: Type.Object({ id: Id, key: Type.String() }),
});

export const revokeExchangeKey = endpoint({
  id: 'revokeExchangeKey',
  module: 'report-exchange',
  method: 'POST',
  path: '/api/exchange/clients/:id/revoke',
  summary: 'Thu hồi khóa lấy báo cáo, có hiệu lực ngay',
  access: admin,
  params: Type.Object({ id: Id }),
  reply: Type.Object({ id: Id }),
});
