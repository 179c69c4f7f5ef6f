import Type, { type Static } from 'typebox';
import { endpoint } from '../../../core/contract/endpoint.ts';
import { Day, Id, Instant, Nullable } from '../../../core/contract/fields.ts';

const ChannelSchema = Type.Union([Type.Literal('desk'), Type.Literal('online'), Type.Literal('post')]);
const ResultMethodSchema = Type.Union([Type.Literal('desk'), Type.Literal('post'), Type.Literal('electronic')]);

/** What is known of a person at this moment; kept with the dossier as a snapshot. */
export const PartySnapshot = Type.Object({
  fullName: Type.String({ minLength: 1, maxLength: 200 }),
  subjectType: Type.Union([
    Type.Literal('citizen'),
    Type.Literal('foreigner'),
    Type.Literal('newborn'),
    Type.Literal('organisation'),
    Type.Literal('overseas'),
  ]),
  idType: Type.Optional(Nullable(Type.String({ maxLength: 40 }))),
  idNumber: Type.Optional(Nullable(Type.String({ maxLength: 40 }))),
  birthDate: Type.Optional(Nullable(Type.String({ maxLength: 10 }))),
  gender: Type.Optional(Nullable(Type.String({ maxLength: 20 }))),
  phone: Type.Optional(Nullable(Type.String({ maxLength: 30 }))),
  email: Type.Optional(Nullable(Type.String({ maxLength: 200 }))),
  address: Type.Optional(Nullable(Type.String({ maxLength: 500 }))),
});
export type PartySnapshotType = Static<typeof PartySnapshot>;

export const PartyInput = Type.Object({
  role: Type.Union([
    Type.Literal('owner'),
    Type.Literal('submitter'),
    Type.Literal('representative'),
    Type.Literal('payer'),
    Type.Literal('recipient'),
  ]),
  personId: Type.Optional(Nullable(Id)),
  snapshot: PartySnapshot,
});

export const ComponentInput = Type.Object({
  code: Type.String({ maxLength: 80 }),
  provided: Type.Boolean(),
  originals: Type.Optional(Type.Integer({ minimum: 0, maximum: 999 })),
  copies: Type.Optional(Type.Integer({ minimum: 0, maximum: 999 })),
  fileIds: Type.Optional(Type.Array(Id, { maxItems: 50 })),
  source: Type.Optional(Type.Union([Type.Literal('paper'), Type.Literal('file'), Type.Literal('reused')])),
  note: Type.Optional(Type.String({ maxLength: 500 })),
});

export const IntakeBody = Type.Object({
  procedureCode: Type.String({ maxLength: 20 }),
  caseId: Type.Optional(Nullable(Type.String({ maxLength: 80 }))),
  area: Type.Optional(Type.Union([Type.Literal('normal'), Type.Literal('difficult')])),
  channel: ChannelSchema,
  /** The one-stop desk that receives. */
  unitId: Id,
  parties: Type.Array(PartyInput, { minItems: 1, maxItems: 20 }),
  formValues: Type.Record(Type.String(), Type.Unknown()),
  components: Type.Array(ComponentInput, { maxItems: 200 }),
  copies: Type.Optional(Type.Integer({ minimum: 1, maximum: 99 })),
  resultMethod: ResultMethodSchema,
  resultAddress: Type.Optional(Nullable(Type.String({ maxLength: 500 }))),
  subject: Type.Optional(Type.String({ maxLength: 1000 })),
  /** Pass the dossier to the first office at once. */
  forward: Type.Optional(Type.Boolean()),
});
export type IntakeBodyType = Static<typeof IntakeBody>;

export const IntakeReply = Type.Object({
  id: Id,
  code: Type.String(),
  version: Type.Integer(),
  status: Type.String(),
  submittedAt: Instant,
  receivedAt: Nullable(Instant),
  dueAt: Nullable(Instant),
});
export type IntakeReplyType = Static<typeof IntakeReply>;

/** Intake at the desk or from the post; `Idempotency-Key` makes a double click one dossier. */
export const receiveDossier = endpoint({
  id: 'receiveDossier',
  module: 'dossiers',
  method: 'POST',
  path: '/api/dossiers',
  summary: 'Tiếp nhận hồ sơ tại quầy hoặc qua bưu chính',
  access: { permission: 'dossier.receive' },
  body: IntakeBody,
  reply: IntakeReply,
  status: 201,
});

export const previewIntake = endpoint({
  id: 'previewIntake',
  module: 'dossiers',
  method: 'POST',
  path: '/api/dossiers/preview',
  summary: 'Tính thử hạn trả, phí và lỗi của hồ sơ đang nhập (không ghi)',
  access: { permission: 'dossier.receive' },
  body: IntakeBody,
  reply: Type.Object({
    dueAt: Nullable(Instant),
    limitText: Type.String(),
    fees: Type.Array(
      Type.Object({
        id: Type.String(),
        name: Type.String(),
        amountVnd: Nullable(Type.Integer()),
        note: Nullable(Type.String()),
      }),
    ),
    missingComponents: Type.Array(Type.Object({ code: Type.String(), name: Type.String() })),
    errors: Type.Array(Type.Object({ path: Type.String(), code: Type.String(), message: Type.String() })),
  }),
});

export const Light = Type.Union([
  Type.Literal('green'),
  Type.Literal('amber'),
  Type.Literal('red'),
  Type.Literal('paused'),
  Type.Literal('none'),
]);

export const DossierRow = Type.Object({
  id: Id,
  code: Type.String(),
  version: Type.Integer(),
  procedureCode: Type.String(),
  procedureName: Type.String(),
  subject: Type.String(),
  /** Owner as the reader may see it. */
  ownerName: Type.String(),
  status: Type.String(),
  statusName: Type.String(),
  nationalStatus: Type.Integer(),
  channel: ChannelSchema,
  submittedAt: Instant,
  receivedAt: Nullable(Instant),
  dueAt: Nullable(Instant),
  stepName: Nullable(Type.String()),
  stepDueAt: Nullable(Instant),
  holderUnitId: Nullable(Id),
  holderUnitName: Nullable(Type.String()),
  holderStaffId: Nullable(Id),
  holderStaffName: Nullable(Type.String()),
  unread: Type.Boolean(),
  light: Light,
});
export type DossierRowType = Static<typeof DossierRow>;

/**
 * `mine`: assigned to me · `role`: steps I may take, assigned to nobody · `unit`: everything my units hold ·
 * `desk`: filed online or by post, waiting at my desk · `return`: results waiting to be handed over.
 */
export const InboxView = Type.Union([
  Type.Literal('mine'),
  Type.Literal('role'),
  Type.Literal('unit'),
  Type.Literal('desk'),
  Type.Literal('return'),
  Type.Literal('acting'),
]);

export const listInbox = endpoint({
  id: 'listInbox',
  module: 'dossiers',
  method: 'GET',
  path: '/api/inbox',
  summary: 'Việc cần xử lý, trễ trước xếp trước',
  access: { permission: 'dossier.read' },
  query: Type.Object({
    view: InboxView,
    unitId: Type.Optional(Id),
    status: Type.Optional(Type.String({ maxLength: 40 })),
    procedureCode: Type.Optional(Type.String({ maxLength: 20 })),
    channel: Type.Optional(ChannelSchema),
    cursor: Type.Optional(Type.String({ maxLength: 200 })),
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200 })),
  }),
  reply: Type.Object({ rows: Type.Array(DossierRow), nextCursor: Nullable(Type.String()) }),
});

export const countInbox = endpoint({
  id: 'countInbox',
  module: 'dossiers',
  method: 'GET',
  path: '/api/inbox/counts',
  summary: 'Số việc theo từng ngăn và đèn (tối đa 1000 mỗi ngăn)',
  access: { permission: 'dossier.read' },
  reply: Type.Object({
    views: Type.Array(
      Type.Object({
        view: InboxView,
        total: Type.Integer(),
        late: Type.Integer(),
        soon: Type.Integer(),
        capped: Type.Boolean(),
      }),
    ),
  }),
});

export const listDossiers = endpoint({
  id: 'listDossiers',
  module: 'dossiers',
  method: 'GET',
  path: '/api/dossiers',
  summary: 'Danh sách hồ sơ theo đơn vị, thời gian, trạng thái (mới nhất trước)',
  access: { permission: 'dossier.read' },
  query: Type.Object({
    unitId: Type.Optional(Id),
    basis: Type.Optional(Type.Union([Type.Literal('received'), Type.Literal('decided')])),
    status: Type.Optional(Type.String({ maxLength: 40 })),
    procedureCode: Type.Optional(Type.String({ maxLength: 20 })),
    channel: Type.Optional(ChannelSchema),
    from: Type.Optional(Day),
    to: Type.Optional(Day),
    late: Type.Optional(Type.Boolean()),
    cursor: Type.Optional(Type.String({ maxLength: 200 })),
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200 })),
  }),
  reply: Type.Object({ rows: Type.Array(DossierRow), nextCursor: Nullable(Type.String()) }),
});

export const listFormerUnits = endpoint({
  id: 'listFormerUnits',
  module: 'dossiers',
  method: 'GET',
  path: '/api/dossiers/former-units',
  summary:
    'Cơ quan, Bộ phận Một cửa cũ đã sáp nhập, giải thể mà người dùng được xem hồ sơ; hỏi theo từng đơn vị ở danh sách hồ sơ',
  access: { permission: 'dossier.read' },
  reply: Type.Object({
    rows: Type.Array(
      Type.Object({
        unitId: Id,
        name: Type.String(),
        kind: Type.Union([Type.Literal('authority'), Type.Literal('desk')]),
        closedOn: Day,
      }),
    ),
  }),
});

/** Personal data travels in the body, never in the address (contracts §4.12). An ID number needs a reason and is logged. */
export const searchDossiers = endpoint({
  id: 'searchDossiers',
  module: 'dossiers',
  method: 'POST',
  path: '/api/dossiers/search',
  summary: 'Tìm theo mã, tên, điện thoại, số giấy tờ, nội dung; không phân biệt dấu, chịu gõ sai',
  access: { permission: 'dossier.read' },
  body: Type.Object({
    q: Type.String({ minLength: 1, maxLength: 200 }),
    reason: Type.Optional(Type.String({ maxLength: 300 })),
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 100 })),
  }),
  reply: Type.Object({
    rows: Type.Array(DossierRow),
    matchedBy: Type.Union([
      Type.Literal('code'),
      Type.Literal('id-number'),
      Type.Literal('phone'),
      Type.Literal('name'),
      Type.Literal('similar-name'),
      Type.Literal('content'),
      Type.Literal('nothing'),
    ]),
    suggestions: Type.Array(Type.String()),
  }),
});

export const findPeople = endpoint({
  id: 'findPeople',
  module: 'dossiers',
  method: 'POST',
  path: '/api/people/search',
  summary: 'Tìm người đã từng có hồ sơ để điền nhanh khi tiếp nhận',
  access: { permission: 'dossier.receive' },
  body: Type.Object({ q: Type.String({ minLength: 2, maxLength: 200 }), unitId: Id }),
  reply: Type.Object({
    rows: Type.Array(Type.Object({ personId: Id, snapshot: PartySnapshot, lastDossierCode: Nullable(Type.String()) })),
  }),
});

const CommandSchema = Type.Object({
  kind: Type.String({ maxLength: 40 }),
  forward: Type.Optional(Type.Boolean()),
  reason: Type.Optional(Type.String({ maxLength: 4000 })),
  note: Type.Optional(Type.String({ maxLength: 4000 })),
  items: Type.Optional(
    Type.Array(
      Type.Object({
        code: Nullable(Type.String({ maxLength: 80 })),
        name: Type.String({ maxLength: 500 }),
        what: Type.String({ maxLength: 2000 }),
      }),
      { maxItems: 100 },
    ),
  ),
  deadline: Type.Optional(Day),
  staffId: Type.Optional(Type.Union([Id, Type.Null()], { description: 'null khi phân công: trả về đơn vị' })),
  amountVnd: Type.Optional(Type.Integer({ minimum: 0 })),
  result: Type.Optional(Type.Union([Type.Literal('granted'), Type.Literal('refused')])),
  title: Type.Optional(Type.String({ maxLength: 500 })),
  body: Type.Optional(Type.String({ maxLength: 20_000 })),
  method: Type.Optional(ResultMethodSchema),
  receiver: Type.Optional(Nullable(Type.String({ maxLength: 200 }))),
});
export type CommandBodyType = Static<typeof CommandSchema>;

export const HistoryLine = Type.Object({
  seq: Type.Integer(),
  kind: Type.String(),
  at: Instant,
  recordedAt: Instant,
  /** The sentence people read, e.g. “Chuyển từ Tiếp nhận sang Thẩm tra hồ sơ”. */
  text: Type.String(),
  who: Type.String(),
  note: Nullable(Type.String()),
});

export const LegalCommand = Type.Object({
  kind: Type.String(),
  label: Type.String(),
  /** What will happen, written on the button's hint. */
  consequence: Type.String(),
  needsReason: Type.Boolean(),
});

export const DossierPage = Type.Object({
  row: DossierRow,
  version: Type.Integer(),
  procedure: Type.Object({
    code: Type.String(),
    name: Type.String(),
    revisionId: Id,
    caseName: Nullable(Type.String()),
  }),
  receivedBy: Type.Object({ id: Id, name: Type.String() }),
  decidedBy: Type.Object({ id: Id, name: Type.String() }),
  supportedBy: Type.Array(Type.Object({ id: Id, name: Type.String() })),
  parties: Type.Array(Type.Object({ role: Type.String(), snapshot: PartySnapshot })),
  /** The form as printed lines. */
  formLines: Type.Array(Type.Object({ label: Type.String(), value: Type.String() })),
  formValues: Type.Record(Type.String(), Type.Unknown()),
  components: Type.Array(
    Type.Object({
      code: Type.String(),
      name: Type.String(),
      required: Type.Boolean(),
      provided: Type.Boolean(),
      originals: Type.Integer(),
      copies: Type.Integer(),
      source: Type.String(),
      files: Type.Array(Type.Object({ id: Id, name: Type.String() })),
    }),
  ),
  fees: Type.Array(
    Type.Object({
      id: Type.String(),
      name: Type.String(),
      amountVnd: Nullable(Type.Integer()),
      paidVnd: Type.Integer(),
      entries: Type.Array(
        Type.Object({
          id: Id,
          kind: Type.String(),
          amountVnd: Type.Integer(),
          method: Nullable(Type.String()),
          platform: Nullable(Type.String()),
          reference: Nullable(Type.String()),
          at: Instant,
        }),
      ),
    }),
  ),
  submittedAt: Instant,
  receivedAt: Nullable(Instant),
  dueOriginal: Nullable(Instant),
  dueCurrent: Nullable(Instant),
  endedAt: Nullable(Instant),
  returnedAt: Nullable(Instant),
  punctuality: Nullable(Type.String()),
  latenessMinutes: Nullable(Type.Integer()),
  clockStatus: Type.String(),
  resultMethod: ResultMethodSchema,
  resultAddress: Nullable(Type.String()),
  result: Nullable(
    Type.Object({
      kind: Type.String(),
      title: Type.String(),
      body: Type.String(),
      number: Nullable(Type.String()),
      issuedAt: Nullable(Instant),
      approvedAt: Nullable(Instant),
    }),
  ),
  /** A first text for `draft-result`, filled from the procedure's template. */
  draft: Nullable(Type.Object({ title: Type.String(), body: Type.String() })),
  steps: Type.Array(
    Type.Object({
      id: Type.String(),
      name: Type.String(),
      unitName: Type.String(),
      state: Type.Union([Type.Literal('done'), Type.Literal('current'), Type.Literal('ahead')]),
      dueAt: Nullable(Instant),
    }),
  ),
  supplements: Type.Array(
    Type.Object({
      stage: Type.String(),
      reason: Type.String(),
      items: Type.Array(Type.Object({ code: Nullable(Type.String()), name: Type.String(), what: Type.String() })),
      requestedAt: Instant,
      deadline: Nullable(Day),
      answeredAt: Nullable(Instant),
    }),
  ),
  history: Type.Array(HistoryLine),
  slips: Type.Array(Type.Object({ kind: Type.String(), title: Type.String(), url: Type.String() })),
  commands: Type.Array(LegalCommand),
  /** Colleagues to whom the current step may be assigned. */
  assignable: Type.Array(Type.Object({ staffId: Id, name: Type.String(), title: Type.String() })),
});
export type DossierPageType = Static<typeof DossierPage>;

const ById = Type.Object({ id: Id });

export const getDossier = endpoint({
  id: 'getDossier',
  module: 'dossiers',
  method: 'GET',
  path: '/api/dossiers/:id',
  summary: 'Toàn bộ một hồ sơ; mỗi lần xem được ghi nhật ký',
  access: { permission: 'dossier.read' },
  params: ById,
  reply: DossierPage,
});

export const commandDossier = endpoint({
  id: 'commandDossier',
  module: 'dossiers',
  method: 'POST',
  path: '/api/dossiers/:id/commands',
  summary: 'Thực hiện một thao tác trên hồ sơ (bản cũ hoặc thao tác không còn hợp lệ: 409, không đổi gì)',
  access: { permission: 'dossier.read' },
  params: ById,
  body: Type.Object({ version: Type.Integer({ minimum: 1 }), command: CommandSchema }),
  reply: Type.Object({
    id: Id,
    version: Type.Integer(),
    status: Type.String(),
    statusName: Type.String(),
    number: Nullable(Type.String()),
  }),
});

export const recordPayment = endpoint({
  id: 'recordPayment',
  module: 'dossiers',
  method: 'POST',
  path: '/api/dossiers/:id/payments',
  summary: 'Ghi thu hoặc hoàn phí, lệ phí',
  access: { permission: 'dossier.collect-fee' },
  params: ById,
  body: Type.Object({
    kind: Type.Union([Type.Literal('paid'), Type.Literal('refunded')]),
    feeId: Type.String({ maxLength: 80 }),
    amountVnd: Type.Integer({ minimum: 1, maximum: 1_000_000_000_000 }),
    /** `online`: on a platform for online payment; a transfer or card at the desk is not. */
    method: Type.Union([Type.Literal('cash'), Type.Literal('transfer'), Type.Literal('card'), Type.Literal('online')]),
    /** Of `online`, and needed there: the national portal, or the platform of a ministry or province. */
    platform: Type.Optional(Type.Union([Type.Literal('national'), Type.Literal('own')])),
    /** Of `online`, and needed there: the transaction as the electronic receipt names it. */
    reference: Type.Optional(Type.String({ maxLength: 60 })),
    note: Type.Optional(Type.String({ maxLength: 500 })),
  }),
  reply: Type.Object({ id: Id, paidVnd: Type.Integer() }),
  status: 201,
});

export const uploadFile = endpoint({
  id: 'uploadFile',
  module: 'dossiers',
  method: 'POST',
  path: '/api/uploads',
  summary: 'Tải một tệp lên (multipart, trường “file”); gắn vào hồ sơ khi tiếp nhận',
  access: 'staff',
  reply: Type.Object({ id: Id, name: Type.String(), size: Type.Integer(), mime: Type.String() }),
  status: 201,
});

export const listIntakeProcedures = endpoint({
  id: 'listIntakeProcedures',
  module: 'dossiers',
  method: 'GET',
  path: '/api/intake/procedures',
  summary: 'Thủ tục nhận được tại một bộ phận một cửa hôm nay',
  access: { permission: 'dossier.receive' },
  query: Type.Object({ unitId: Id, q: Type.Optional(Type.String({ maxLength: 200 })) }),
  reply: Type.Object({
    rows: Type.Array(
      Type.Object({ code: Type.String(), name: Type.String(), fieldName: Type.String(), limitText: Type.String() }),
    ),
  }),
});

export const getIntakeProcedure = endpoint({
  id: 'getIntakeProcedure',
  module: 'dossiers',
  method: 'GET',
  path: '/api/intake/procedures/:code',
  summary: 'Tờ khai, trường hợp, giấy tờ và phí của một thủ tục để tiếp nhận',
  access: { permission: 'dossier.receive' },
  params: Type.Object({ code: Type.String({ maxLength: 20 }) }),
  query: Type.Object({ unitId: Id }),
  reply: Type.Object({
    code: Type.String(),
    name: Type.String(),
    revisionId: Id,
    decidedBy: Type.Object({ id: Id, name: Type.String() }),
    /** A FormDefinition of core/forms. */
    form: Type.Unknown(),
    cases: Type.Array(Type.Object({ id: Type.String(), name: Type.String() })),
    components: Type.Array(
      Type.Object({
        code: Type.String(),
        name: Type.String(),
        required: Type.Boolean(),
        originals: Type.Integer(),
        copies: Type.Integer(),
        present: Type.String(),
      }),
    ),
    channels: Type.Array(ChannelSchema),
  }),
});

const RegisterPeriod = { unitId: Id, from: Day, to: Day };

export const listRegisterBooks = endpoint({
  id: 'listRegisterBooks',
  module: 'dossiers',
  method: 'GET',
  path: '/api/registers/books',
  summary: 'Sổ theo dõi hồ sơ người dùng được in: của bộ phận mình và của bộ phận đã nhập vào',
  access: { permission: 'register.print' },
  reply: Type.Object({
    rows: Type.Array(Type.Object({ unitId: Id, name: Type.String(), closedOn: Nullable(Type.String()) })),
  }),
});

export const planRegister = endpoint({
  id: 'planRegister',
  module: 'dossiers',
  method: 'GET',
  path: '/api/registers/dossiers',
  summary: 'Sổ theo dõi hồ sơ của một bộ phận trong một khoảng ngày: bao nhiêu hồ sơ, in thành những quyển nào',
  access: { permission: 'register.print' },
  query: Type.Object(RegisterPeriod),
  reply: Type.Object({
    rows: Type.Integer(),
    ended: Type.Integer(),
    takenOver: Type.Integer(),
    volumes: Type.Array(Type.Object({ number: Type.Integer(), first: Type.Integer(), last: Type.Integer() })),
  }),
});
