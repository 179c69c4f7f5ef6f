import Type, { type Static } from 'typebox';
import { endpoint } from '../../../core/contract/endpoint.ts';
import { Day, Id, Nullable } from '../../../core/contract/fields.ts';

const Text = Nullable(Type.String());
const Code = Type.String({ maxLength: 80 });

const PartKind = Type.Union([
  Type.Literal('step'),
  Type.Literal('desk'),
  Type.Literal('citizen'),
  Type.Literal('finance'),
  Type.Literal('agency'),
  Type.Literal('unknown'),
]);
const holder = {
  kind: PartKind,
  stepId: Nullable(Code),
  unitId: Nullable(Id),
  staffId: Nullable(Id),
};
const names = { stepName: Text, unitName: Text, staffName: Text };

const LatenessPart = Type.Object({
  /** 0 while the dossier is open: such parts are counted anew at every reading. */
  seq: Type.Integer(),
  ...holder,
  ...names,
  /** Working minutes of the lateness; the parts add up to it. */
  minutes: Type.Integer(),
  heldMinutes: Type.Integer(),
  overrunMinutes: Type.Integer(),
  causeCode: Text,
  causeName: Text,
  note: Text,
  confirmedAt: Text,
  confirmedBy: Text,
  mayConfirm: Type.Boolean(),
});
export type LatenessPartType = Static<typeof LatenessPart>;

const CauseRequest = Type.Object({
  id: Id,
  dossierId: Id,
  code: Type.String(),
  rung: Type.String(),
  unitId: Id,
  unitName: Type.String(),
  staffName: Text,
  requestedAt: Type.String(),
  deadline: Type.String(),
  overdue: Type.Boolean(),
  causeName: Text,
  note: Text,
  answeredAt: Text,
  mayAnswer: Type.Boolean(),
});
export type CauseRequestType = Static<typeof CauseRequest>;
const Cause = Type.Object({ code: Type.String(), name: Type.String(), excusable: Type.Boolean() });

export const getDossierLateness = endpoint({
  id: 'getDossierLateness',
  module: 'lateness',
  method: 'GET',
  path: '/api/dossiers/:id/lateness',
  summary: 'Vì sao hồ sơ trễ: phần trễ theo bước, đơn vị, người',
  access: { permission: 'dossier.read' },
  params: Type.Object({ id: Id }),
  reply: Type.Object({
    /** `none`: not late. `open`: late and still in processing. `ended`: stored at the end, can be confirmed. */
    state: Type.Union([Type.Literal('none'), Type.Literal('open'), Type.Literal('ended')]),
    version: Type.Integer(),
    latenessMinutes: Type.Integer(),
    parts: Type.Array(LatenessPart),
    /** Stops of the clock that did not count. */
    waits: Type.Array(Type.Object({ kind: PartKind, from: Type.String(), to: Type.String(), minutes: Type.Integer() })),
    /** Those who held the dossier: a correction may choose among them. */
    holders: Type.Array(Type.Object({ ...holder, ...names })),
    causes: Type.Array(Cause),
    requests: Type.Array(CauseRequest),
    history: Type.Array(
      Type.Object({
        at: Type.String(),
        kind: Type.Union([
          Type.Literal('computed'),
          Type.Literal('recomputed'),
          Type.Literal('withdrawn'),
          Type.Literal('confirmed'),
          Type.Literal('corrected'),
        ]),
        who: Type.String(),
        reason: Text,
      }),
    ),
  }),
});
export type DossierLatenessType = Static<(typeof getDossierLateness)['reply']>;

const ShareBody = Type.Object({
  ...holder,
  minutes: Type.Integer({ minimum: 1, maximum: 100_000_000 }),
  causeCode: Type.String({ minLength: 1, maxLength: 60 }),
});

/** One share as computed confirms a part; other shares correct it. Their minutes add up to the part's. */
export const decideLatenessPart = endpoint({
  id: 'decideLatenessPart',
  module: 'lateness',
  method: 'POST',
  path: '/api/lateness/dossiers/:id/parts/:seq',
  summary: 'Xác nhận hoặc sửa nguyên nhân một phần trễ',
  access: { permission: 'lateness.confirm' },
  params: Type.Object({ id: Id, seq: Type.Integer({ minimum: 1, maximum: 32_000 }) }),
  body: Type.Object({
    version: Type.Integer({ minimum: 1 }),
    reason: Type.Optional(Type.String({ maxLength: 2000 })),
    shares: Type.Array(ShareBody, { minItems: 1, maxItems: 20 }),
  }),
  reply: Type.Object({ version: Type.Integer() }),
});

const PartQuery = {
  state: Type.Optional(Type.Union([Type.Literal('ended'), Type.Literal('open')])),
  /** Who held it; who decides the dossier is `decidedByUnitId`. */
  unitId: Type.Optional(Id),
  decidedByUnitId: Type.Optional(Id),
  stepId: Type.Optional(Code),
  staffId: Type.Optional(Id),
  /** A code of the list; `none`: without a cause yet. */
  causeCode: Type.Optional(Type.String({ maxLength: 60 })),
  kind: Type.Optional(PartKind),
  procedureCode: Type.Optional(Type.String({ maxLength: 20 })),
  confirmed: Type.Optional(Type.Boolean()),
  from: Type.Optional(Day),
  to: Type.Optional(Day),
};
const LatenessQuery = Type.Object(PartQuery);
export type LatenessQuery = Static<typeof LatenessQuery>;

export const listLateness = endpoint({
  id: 'listLateness',
  module: 'lateness',
  method: 'GET',
  path: '/api/lateness',
  summary: 'Hồ sơ trễ hạn và các phần trễ trong phạm vi đơn vị',
  access: { permission: 'board.read' },
  query: Type.Object({
    ...PartQuery,
    cursor: Type.Optional(Type.String({ maxLength: 300 })),
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200 })),
  }),
  reply: Type.Object({
    rows: Type.Array(
      Type.Object({
        dossierId: Id,
        code: Type.String(),
        procedureCode: Type.String(),
        dueAt: Text,
        endedAt: Text,
        latenessMinutes: Type.Integer(),
        confirmed: Type.Boolean(),
        parts: Type.Array(LatenessPart),
      }),
    ),
    nextCursor: Text,
  }),
});
export type LatenessRowType = Static<(typeof listLateness)['reply']>['rows'][number];

const TotalLine = Type.Object({
  key: Type.String(),
  name: Type.String(),
  minutes: Type.Integer(),
  dossiers: Type.Integer(),
});
export type TotalLineType = Static<typeof TotalLine>;

export const sumLateness = endpoint({
  id: 'sumLateness',
  module: 'lateness',
  method: 'GET',
  path: '/api/lateness/totals',
  summary: 'Tổng phút trễ theo bước, đơn vị, người, nguyên nhân',
  access: { permission: 'board.read' },
  query: LatenessQuery,
  reply: Type.Object({
    dossiers: Type.Integer(),
    minutes: Type.Integer(),
    /** Open dossiers beyond this number were left out. */
    cut: Type.Boolean(),
    causes: Type.Array(Cause),
    step: Type.Array(TotalLine),
    unit: Type.Array(TotalLine),
    decided: Type.Array(TotalLine),
    staff: Type.Array(TotalLine),
    cause: Type.Array(TotalLine),
    kind: Type.Array(TotalLine),
  }),
});

export const listCauseRequests = endpoint({
  id: 'listCauseRequests',
  module: 'lateness',
  method: 'GET',
  path: '/api/lateness/requests',
  summary: 'Yêu cầu nêu nguyên nhân trễ chưa trả lời của đơn vị tôi',
  access: { permission: 'lateness.confirm' },
  reply: Type.Object({ rows: Type.Array(CauseRequest), causes: Type.Array(Cause) }),
});

export const answerCauseRequest = endpoint({
  id: 'answerCauseRequest',
  module: 'lateness',
  method: 'POST',
  path: '/api/lateness/requests/:id',
  summary: 'Trả lời yêu cầu nêu nguyên nhân trễ',
  access: { permission: 'lateness.confirm' },
  params: Type.Object({ id: Id }),
  body: Type.Object({
    causeCode: Type.String({ minLength: 1, maxLength: 60 }),
    note: Type.Optional(Type.String({ maxLength: 2000 })),
  }),
  reply: Type.Object({}),
});
