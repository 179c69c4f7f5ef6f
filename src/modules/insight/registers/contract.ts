import Type, { type Static } from 'typebox';
import { endpoint } from '../../../core/contract/endpoint.ts';
import { Day, Id, Instant, Nullable } from '../../../core/contract/fields.ts';

const read = { permission: 'registers.read' } as const;
const enter = { permission: 'registers.enter' } as const;
const RegisterId = Type.String({ pattern: '^[a-z0-9-]{1,40}$' });
const PeriodId = Type.String({ pattern: '^[A-Za-z0-9-]{1,40}$' });
const params = Type.Object({ id: RegisterId });
const entryParams = Type.Object({ id: Id });
const Value = Type.Union([Type.Number(), Type.String({ maxLength: 1000 }), Type.Null()]);
/** A field of type `result` holds `<code> <label>`; sent, the code is enough. */
const Values = Type.Record(Type.String({ maxLength: 30 }), Value);
const Reason = Type.String({ maxLength: 1000 });
const Figure = Type.Object({
  numerator: Type.Number(),
  denominator: Nullable(Type.Number()),
  value: Nullable(Type.Number()),
});
const PeriodView = Type.Object({
  id: Type.String(),
  name: Type.String(),
  from: Day,
  to: Day,
  deadline: Day,
  close: Day,
});
const UnitView = Type.Object({ id: Id, name: Type.String() });

const Progress = {
  expected: Type.Integer(),
  entered: Type.Integer(),
  missing: Type.Integer(),
  late: Type.Integer(),
};
const Head = {
  id: Type.String(),
  name: Type.String(),
  shape: Type.Union([Type.Literal('figures'), Type.Literal('list')]),
  who: Type.String(),
  frequency: Type.String(),
  source: Type.String(),
  verified: Type.Boolean(),
  doubt: Type.String(),
};
const RegisterLine = Type.Object({ ...Head, ...Progress, period: Nullable(PeriodView), closed: Type.Boolean() });
export type RegisterLineType = Static<typeof RegisterLine>;

export const listRegisters = endpoint({
  id: 'listRegisters',
  module: 'registers',
  method: 'GET',
  path: '/api/registers',
  summary: 'Các sổ số liệu nhập tay, kỳ đang phải nhập, số đơn vị còn thiếu và nhập trễ',
  access: read,
  query: Type.Object({ unitId: Type.Optional(Id) }),
  reply: Type.Object({ units: Type.Array(UnitView), unitId: Nullable(Id), rows: Type.Array(RegisterLine) }),
});

const FieldView = Type.Object({
  key: Type.String(),
  label: Type.String(),
  type: Type.Enum(['number', 'percent', 'text', 'day', 'choice', 'result']),
  unit: Type.String(),
  hint: Type.String(),
  required: Type.Boolean(),
  computed: Type.Boolean(),
  choices: Type.Array(Type.Object({ code: Type.String(), label: Type.String() })),
});
export type RegisterFieldView = Static<typeof FieldView>;
const Row = Type.Object({
  unitId: Id,
  unitName: Type.String(),
  /** null: the unit has entered nothing. */
  entryId: Nullable(Id),
  version: Type.Integer(),
  values: Nullable(Values),
  /** As corrected after the closing, where it differs from what counts; `removed`: the line was taken out then. */
  corrected: Nullable(Values),
  removed: Type.Boolean(),
  missing: Type.Boolean(),
  lateDays: Nullable(Type.Integer()),
  changedAt: Nullable(Instant),
  mayEnter: Type.Boolean(),
  /**
   * Of a unit that ceased within the period: since when, and the unit with which its entry counts. `replaced`: not any more,
   * for that unit has told the whole; `ended`: divided or done away with, counts with the unit above.
   */
  former: Nullable(
    Type.Object({ unitName: Type.String(), since: Day, how: Type.Enum(['merged', 'replaced', 'ended']) }),
  ),
});
export type RegisterRow = Static<typeof Row>;

const RegisterPage = Type.Object({
  ...Head,
  ...Progress,
  lineName: Type.String(),
  fields: Type.Array(FieldView),
  units: Type.Array(UnitView),
  unitId: Id,
  unitName: Type.String(),
  periods: Type.Array(PeriodView),
  period: PeriodView,
  closed: Type.Boolean(),
  mayOpen: Type.Boolean(),
  /** Units the reader may enter for in this period. */
  entering: Type.Array(UnitView),
  measures: Type.Array(
    Type.Object({
      id: Type.String(),
      name: Type.String(),
      unit: Type.String(),
      figure: Nullable(Figure),
      /** With what was corrected after the closing, where that differs. */
      corrected: Nullable(Figure),
    }),
  ),
  /** Where a unit's own figure for all below is not what those below have entered together. */
  differences: Type.Array(
    Type.Object({ unitName: Type.String(), measureName: Type.String(), own: Type.Number(), below: Type.Number() }),
  ),
  openings: Type.Array(
    Type.Object({ unitName: Type.String(), untilDay: Day, reason: Type.String(), at: Instant, by: Type.String() }),
  ),
  /** Codes of the results the rows refer to that the reader may open. */
  results: Type.Array(Type.String()),
  rows: Type.Array(Row),
  total: Type.Integer(),
  pageSize: Type.Integer(),
});
export type RegisterPageType = Static<typeof RegisterPage>;

export const getRegister = endpoint({
  id: 'getRegister',
  module: 'registers',
  method: 'GET',
  path: '/api/registers/:id',
  summary: 'Một sổ trong một kỳ: số của đơn vị và các đơn vị cấp dưới, đơn vị còn thiếu, sửa sau khi khóa',
  access: read,
  params,
  query: Type.Object({
    unitId: Type.Optional(Id),
    periodId: Type.Optional(PeriodId),
    only: Type.Optional(Type.Enum(['missing', 'late', 'corrected'])),
    q: Type.Optional(Type.String({ maxLength: 100 })),
    sort: Type.Optional(Type.Enum(['unit', 'late', 'changed'])),
    page: Type.Optional(Type.Integer({ minimum: 1, maximum: 10_000 })),
  }),
  reply: RegisterPage,
});

export const getRegisterTrend = endpoint({
  id: 'getRegisterTrend',
  module: 'registers',
  method: 'GET',
  path: '/api/registers/:id/trend',
  summary: 'Một chỉ số của sổ qua các kỳ: đơn vị và các đơn vị trực tiếp cấp dưới',
  access: read,
  params,
  query: Type.Object({ unitId: Type.Optional(Id), measure: Type.Optional(RegisterId) }),
  reply: Type.Object({
    measure: Type.Object({ id: Type.String(), name: Type.String(), unit: Type.String() }),
    periods: Type.Array(Type.Object({ id: Type.String(), name: Type.String() })),
    rows: Type.Array(Type.Object({ unitId: Id, unitName: Type.String(), cells: Type.Array(Nullable(Figure)) })),
  }),
});

export const getRegisterEntry = endpoint({
  id: 'getRegisterEntry',
  module: 'registers',
  method: 'GET',
  path: '/api/registers/entries/:id',
  summary: 'Lịch sử một dòng sổ: các bản, ai, khi nào, vì sao, tài liệu kiểm chứng',
  access: read,
  params: entryParams,
  reply: Type.Object({
    id: Id,
    registerId: Type.String(),
    unitName: Type.String(),
    periodName: Type.String(),
    mayEnter: Type.Boolean(),
    results: Type.Array(Type.String()),
    versions: Type.Array(
      Type.Object({
        no: Type.Integer(),
        values: Nullable(Values),
        counted: Type.Boolean(),
        origin: Type.String(),
        reason: Type.String(),
        evidence: Type.String(),
        at: Instant,
        by: Type.String(),
        /** For what the unit became, after it was no more. */
        successorName: Nullable(Type.String()),
      }),
    ),
    files: Type.Array(
      Type.Object({ id: Id, name: Type.String(), size: Type.Integer(), at: Instant, by: Type.String() }),
    ),
  }),
});

export const listRegisterResults = endpoint({
  id: 'listRegisterResults',
  module: 'registers',
  method: 'GET',
  path: '/api/registers/:id/results',
  summary: 'Kết quả của đơn vị và cấp dưới mà một dòng sổ có thể dẫn đến: chỉ số, chỉ tiêu, khảo sát, số liệu đã chốt',
  access: enter,
  params,
  query: Type.Object({ unitId: Id, periodId: PeriodId, q: Type.Optional(Type.String({ maxLength: 100 })) }),
  reply: Type.Object({ rows: Type.Array(Type.Object({ code: Type.String(), label: Type.String() })) }),
});
export type ResultChoiceType = Static<typeof listRegisterResults.reply>['rows'][number];

export const listRegisterMentions = endpoint({
  id: 'listRegisterMentions',
  module: 'registers',
  method: 'GET',
  path: '/api/registers/mentions',
  summary: 'Dòng sổ dẫn đến một kết quả (khen thưởng vì kết quả ấy); “of” là mã kết quả hoặc phần đầu của mã',
  access: read,
  query: Type.Object({ of: Type.String({ pattern: '^(index|target|survey|metric):[A-Za-z0-9._:-]{0,200}$' }) }),
  reply: Type.Object({
    rows: Type.Array(
      Type.Object({
        entryId: Id,
        registerId: Type.String(),
        periodId: Type.String(),
        unitId: Id,
        unitName: Type.String(),
        /** What tells the line apart, to find it in its register. */
        line: Type.String(),
        code: Type.String(),
        /** The result as it stood when the line was entered. */
        label: Type.String(),
        /** e.g. `Khen thưởng`, and `12/QĐ-UBND ngày 19/07/2023 (5 tập thể, 9 cá nhân)`. */
        name: Type.String(),
        text: Type.String(),
      }),
    ),
  }),
});
export type MentionType = Static<typeof listRegisterMentions.reply>['rows'][number];

export const saveEntry = endpoint({
  id: 'saveRegisterEntry',
  module: 'registers',
  method: 'POST',
  path: '/api/registers/:id/entries',
  summary: 'Nhập, sửa hoặc bỏ một dòng sổ; mỗi lần là một bản mới, sau hạn phải nêu lý do sửa',
  access: enter,
  params,
  body: Type.Object({
    unitId: Id,
    periodId: PeriodId,
    /** Without it a new line. */
    entryId: Type.Optional(Id),
    /** The version that was seen; 0 for a new line. */
    version: Type.Integer({ minimum: 0 }),
    /** null takes the line out. */
    values: Nullable(Values),
    reason: Type.Optional(Reason),
    evidence: Type.Optional(Reason),
  }),
  reply: Type.Object({ id: Id, version: Type.Integer(), counted: Type.Boolean() }),
});

export const openRegisterPeriod = endpoint({
  id: 'openRegisterPeriod',
  module: 'registers',
  method: 'POST',
  path: '/api/registers/:id/openings',
  summary: 'Mở lại một kỳ đã khóa cho một đơn vị và các đơn vị cấp dưới, đến hết một ngày, có lý do',
  access: { permission: 'registers.edit' },
  params,
  body: Type.Object({ unitId: Id, periodId: PeriodId, untilDay: Day, reason: Reason }),
  reply: Type.Object({ id: Id }),
});

export const attachEvidence = endpoint({
  id: 'attachRegisterEvidence',
  module: 'registers',
  method: 'POST',
  path: '/api/registers/entries/:id/evidence',
  summary: 'Gắn tài liệu kiểm chứng vào một dòng sổ (multipart, trường “file”: PDF, ảnh, DOCX, XLSX)',
  access: enter,
  params: entryParams,
  reply: Type.Object({ id: Id, name: Type.String() }),
  status: 201,
});

const ImportReply = Type.Object({
  /** Rows with figures in the file, and what they would do (or did). */
  rows: Type.Integer(),
  fresh: Type.Integer(),
  changed: Type.Integer(),
  same: Type.Integer(),
  /** The period is closed: changes stand beside the figure and need a reason. */
  needsReason: Type.Boolean(),
  /** No note in the file says for which period it is: whoever takes it makes sure. */
  unnamed: Type.Boolean(),
  findings: Type.Array(Type.Object({ cell: Type.String(), message: Type.String() })),
  /** Send it back to apply exactly what was checked. */
  seen: Type.String(),
  applied: Type.Boolean(),
});
export type ImportReplyType = Static<typeof ImportReply>;

export const importRegister = endpoint({
  id: 'importRegister',
  module: 'registers',
  method: 'POST',
  path: '/api/registers/:id/import',
  summary:
    'Nhập từ tệp XLSX theo mẫu (multipart: “reason” rồi “file”): kiểm tra trước; có “seen” thì ghi, tất cả hoặc không',
  access: enter,
  params,
  query: Type.Object({ unitId: Id, periodId: PeriodId, seen: Type.Optional(Type.String({ maxLength: 100 })) }),
  reply: ImportReply,
});
