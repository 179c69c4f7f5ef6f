import Type, { type Static } from 'typebox';
import { endpoint } from '../../../core/contract/endpoint.ts';
import { Day, Id, Instant, Nullable } from '../../../core/contract/fields.ts';
import { APOLOGY_STATES } from './rules/acts.ts';

const Words = (maxLength: number) => Type.String({ minLength: 1, maxLength, pattern: '\\S' });
const Version = Type.Integer({ minimum: 1 });
const params = Type.Object({ id: Id });

export const TABS = ['todo', 'waiting', 'sent', 'exempt'] as const;
export const FIGURES = ['late', 'with', 'exempted', 'without'] as const;
export const ACTS = ['propose', 'approve', 'return', 'issue', 'deliver', 'withdraw', 'print'] as const;

export const ApologyView = Type.Object({
  id: Id,
  version: Version,
  kind: Type.Union([Type.Literal('reappointment'), Type.Literal('apology')]),
  state: Type.Enum(APOLOGY_STATES),
  unitName: Type.String(),
  dueBefore: Instant,
  newDueAt: Nullable(Instant),
  reasonCode: Nullable(Type.String()),
  reasonName: Type.String(),
  reason: Nullable(Type.String()),
  lateNotice: Type.Boolean(),
  origin: Type.Union([Type.Literal('person'), Type.Literal('warning')]),
  proposedAt: Nullable(Instant),
  proposedBy: Type.String(),
  decidedAt: Nullable(Instant),
  decidedBy: Type.String(),
  returnReason: Nullable(Type.String()),
  number: Nullable(Type.String()),
  issuedAt: Nullable(Instant),
  sentAt: Nullable(Instant),
  withdrawnAt: Nullable(Instant),
  withdrawReason: Nullable(Type.String()),
  deliveries: Type.Array(
    Type.Object({
      channel: Type.Union([Type.Literal('app'), Type.Literal('email'), Type.Literal('paper')]),
      state: Type.Union([Type.Literal('waiting'), Type.Literal('sent'), Type.Literal('failed')]),
      doneAt: Nullable(Instant),
      note: Nullable(Type.String()),
    }),
  ),
  /** What the reader may do with it now. */
  acts: Type.Array(Type.Enum(ACTS)),
});
export type ApologyViewType = Static<typeof ApologyView>;

export const ExemptionView = Type.Object({
  id: Id,
  version: Version,
  state: Type.Union([Type.Literal('requested'), Type.Literal('approved'), Type.Literal('refused')]),
  unitName: Type.String(),
  reasonName: Type.String(),
  reason: Type.String(),
  evidence: Type.String(),
  files: Type.Array(Type.Object({ id: Id, name: Type.String() })),
  requestedAt: Instant,
  requestedBy: Type.String(),
  decidedAt: Nullable(Instant),
  decidedBy: Type.String(),
  decisionNote: Nullable(Type.String()),
  mayDecide: Type.Boolean(),
});
export type ExemptionViewType = Static<typeof ExemptionView>;

export const ApologyLine = Type.Object({
  dossierId: Id,
  dossierCode: Type.String(),
  procedureName: Type.String(),
  authorityName: Type.String(),
  holderName: Nullable(Type.String()),
  dueOriginal: Instant,
  dueAt: Instant,
  endedAt: Nullable(Instant),
  late: Type.Boolean(),
  apology: Nullable(ApologyView),
  exemption: Nullable(ExemptionView),
  mayPropose: Type.Boolean(),
  mayAskExemption: Type.Boolean(),
  /** Whether a new day may be proposed: open, never re-appointed. */
  mayReappoint: Type.Boolean(),
});
export type ApologyLineType = Static<typeof ApologyLine>;

const ExemptionReasonChoice = Type.Object({
  code: Type.String(),
  name: Type.String(),
  /** Words alone will not do. */
  needsFile: Type.Boolean(),
});
const ReasonChoice = Type.Object({ code: Type.String(), name: Type.String() });

export const listApologies = endpoint({
  id: 'listApologies',
  module: 'apologies',
  method: 'GET',
  path: '/api/apologies',
  summary: 'Danh sách xin lỗi, hẹn lại: cần làm, chờ duyệt, đã gửi, miễn; và hồ sơ của một con số',
  access: { permission: 'dossier.read' },
  query: Type.Object({
    tab: Type.Enum(TABS),
    unitId: Type.Optional(Id),
    q: Type.Optional(Type.String({ maxLength: 60 })),
    page: Type.Optional(Type.Integer({ minimum: 1, maximum: 10_000 })),
  }),
  reply: Type.Object({
    rows: Type.Array(ApologyLine),
    total: Type.Integer(),
    pageSize: Type.Integer(),
    reasons: Type.Array(ReasonChoice),
    exemptionReasons: Type.Array(ExemptionReasonChoice),
  }),
});

export const listLateDossiers = endpoint({
  id: 'listLateDossiers',
  module: 'apologies',
  method: 'GET',
  path: '/api/apologies/late',
  summary: 'Hồ sơ đứng sau một con số trễ hạn của kỳ: trễ, đã xin lỗi, được miễn, chưa xin lỗi',
  access: { permission: 'board.read' },
  query: Type.Object({
    from: Day,
    to: Day,
    figure: Type.Optional(Type.Enum(FIGURES)),
    unitId: Type.Optional(Id),
    page: Type.Optional(Type.Integer({ minimum: 1, maximum: 10_000 })),
  }),
  reply: Type.Object({ rows: Type.Array(ApologyLine), total: Type.Integer(), pageSize: Type.Integer() }),
});

const Figures = Type.Object({
  finished: Type.Integer(),
  lateFinished: Type.Integer(),
  lateOpen: Type.Integer(),
  late: Type.Integer(),
  withApology: Type.Integer(),
  exempted: Type.Integer(),
  without: Type.Integer(),
  denominator: Type.Integer(),
  ratePercent: Nullable(Type.Number()),
});

export const getLateFigures = endpoint({
  id: 'getLateFigures',
  module: 'apologies',
  method: 'GET',
  path: '/api/apologies/figures',
  summary: 'Số hồ sơ trễ, trễ đã xin lỗi, trễ chưa xin lỗi theo cơ quan và kỳ',
  access: { permission: 'board.read' },
  query: Type.Object({ from: Day, to: Day, unitId: Type.Optional(Id) }),
  reply: Type.Object({
    denominatorName: Type.Literal('late-of-due'),
    total: Figures,
    units: Type.Array(Type.Intersect([Type.Object({ unitId: Id, unitName: Type.String() }), Figures])),
  }),
});

export const getDossierApologies = endpoint({
  id: 'getDossierApologies',
  module: 'apologies',
  method: 'GET',
  path: '/api/dossiers/:id/apologies',
  summary: 'Hẹn lại, xin lỗi và miễn xin lỗi của một hồ sơ',
  access: { permission: 'dossier.read' },
  params,
  reply: Type.Object({
    late: Type.Boolean(),
    /** Late, and neither apologised for nor exempted. */
    owed: Type.Boolean(),
    mayPropose: Type.Boolean(),
    mayAskExemption: Type.Boolean(),
    mayReappoint: Type.Boolean(),
    /** Last day on which a re-appointment is proposed in time. */
    lastNoticeDay: Nullable(Day),
    dueAt: Nullable(Instant),
    rows: Type.Array(ApologyView),
    exemptions: Type.Array(ExemptionView),
    reasons: Type.Array(ReasonChoice),
    exemptionReasons: Type.Array(ExemptionReasonChoice),
  }),
});

const Done = Type.Object({ id: Id, version: Version, state: Type.String() });
const act = { module: 'apologies', method: 'POST', reply: Done } as const;

export const proposeApology = endpoint({
  ...act,
  id: 'proposeApology',
  path: '/api/apologies',
  summary: 'Đề xuất hẹn lại (trước hạn) hoặc xin lỗi (đã trễ)',
  access: { permission: 'apology.propose' },
  body: Type.Object({
    dossierId: Id,
    reasonCode: Type.String({ minLength: 1, maxLength: 60 }),
    reason: Words(2000),
    newDueDay: Nullable(Day),
    /** Version of the draft or returned proposal that is continued. */
    version: Type.Optional(Version),
  }),
});

export const approveApology = endpoint({
  ...act,
  id: 'approveApology',
  path: '/api/apologies/:id/approve',
  summary: 'Duyệt đề xuất; ngày hẹn lại có hiệu lực ngay',
  access: { permission: 'apology.approve' },
  params,
  body: Type.Object({ version: Version }),
});

export const returnApology = endpoint({
  ...act,
  id: 'returnApology',
  path: '/api/apologies/:id/return',
  summary: 'Trả lại đề xuất, có lý do',
  access: { permission: 'apology.approve' },
  params,
  body: Type.Object({ version: Version, reason: Words(1000) }),
});

export const issueApology = endpoint({
  ...act,
  id: 'issueApology',
  path: '/api/apologies/:id/issue',
  summary: 'Vào số, phát hành văn bản và gửi cho người nộp',
  access: { permission: 'dossier.number' },
  params,
  body: Type.Object({ version: Version }),
});

export const recordApologyPaper = endpoint({
  ...act,
  id: 'recordApologyPaper',
  path: '/api/apologies/:id/paper',
  summary: 'Ghi nhận đã gửi bản giấy qua bưu chính hoặc trao tại quầy',
  access: { permission: 'dossier.hand-over' },
  params,
  body: Type.Object({ version: Version, note: Words(300) }),
});

export const withdrawApology = endpoint({
  ...act,
  id: 'withdrawApology',
  path: '/api/apologies/:id/withdraw',
  summary: 'Rút đề xuất chưa được duyệt',
  access: { permission: 'apology.propose' },
  params,
  body: Type.Object({ version: Version, reason: Words(1000) }),
});

export const requestExemption = endpoint({
  ...act,
  id: 'requestApologyExemption',
  path: '/api/apologies/exemptions',
  summary: 'Đề nghị miễn xin lỗi, có lý do và căn cứ',
  access: { permission: 'apology.propose' },
  body: Type.Object({
    dossierId: Id,
    reasonCode: Type.String({ minLength: 1, maxLength: 60 }),
    reason: Words(2000),
    /** In words; may be empty where files are given. */
    evidence: Type.String({ maxLength: 1000 }),
    /** Uploads of the caller (`POST /api/uploads`). */
    fileIds: Type.Array(Id, { maxItems: 5, uniqueItems: true }),
  }),
  reply: Type.Object({ id: Id, version: Version }),
});

export const decideExemption = endpoint({
  ...act,
  id: 'decideApologyExemption',
  path: '/api/apologies/exemptions/:id/decide',
  summary: 'Duyệt hoặc không duyệt miễn xin lỗi',
  access: { permission: 'apology.exempt' },
  params,
  body: Type.Object({ version: Version, approve: Type.Boolean(), note: Type.String({ maxLength: 1000 }) }),
  reply: Type.Object({ id: Id, version: Version }),
});
