import Type, { type Static } from 'typebox';
import { endpoint } from '../../../core/contract/endpoint.ts';
import { Day, Id, Instant, Nullable } from '../../../core/contract/fields.ts';
import { REPORT_ACTS, STATES } from './rules/acts.ts';
import { CUTOFFS, RANKS } from './rules/period.ts';
import { SOURCE_PARTS, SOURCE_REACHES } from './rules/source.ts';

const Version = Type.Integer({ minimum: 1 });
const params = Type.Object({ id: Id });
const read = { permission: 'report.read' } as const;
export const PeriodId = Type.String({ pattern: '^\\d{4}(-(\\d{2}|Q[1-4]|H[12]))?$' });
export const ReportId = Type.String({ pattern: '^[A-Za-z0-9.-]{1,40}$' });
const Cell = Type.Union([Type.Number(), Type.String({ maxLength: 1000 }), Type.Null()]);
const Cells = Type.Record(Type.String({ maxLength: 10 }), Cell);

const ColumnView = Type.Object({
  no: Type.String(),
  title: Type.String(),
  group: Type.Array(Type.String()),
  kind: Type.String(),
  type: Type.String(),
  /** What it counts, where it only counts dossiers, each once: its cells lead to them. */
  counted: Type.Boolean(),
  /** A percentage: never added up. */
  divided: Type.Boolean(),
});
/** A cell that comes from a register: what the register says, and why the report says something else. */
const SourceView = Type.Object({
  column: Type.String(),
  register: Type.String(),
  registerName: Type.String(),
  measure: Type.String(),
  measureName: Type.String(),
  part: Type.Enum(SOURCE_PARTS),
  reach: Type.Enum(SOURCE_REACHES),
  unitId: Id,
  periods: Type.Array(Type.Object({ id: Type.String(), name: Type.String() })),
  entered: Type.Integer(),
  expected: Type.Integer(),
  /** null: nothing entered. */
  value: Nullable(Type.Number()),
  overwrite: Type.Boolean(),
  doubt: Type.String(),
  /** null: the cell says what the register says. */
  reason: Nullable(Type.String()),
  /** The reader may see the register's entries. */
  readable: Type.Boolean(),
});
/** A typed cell to which units below add: the cell is `own` and `below` together. */
const SumView = Type.Object({
  column: Type.String(),
  /** What the unit itself has typed. */
  own: Nullable(Type.Number()),
  /** What units below have sent, added up; null: nobody has a number. */
  below: Nullable(Type.Number()),
  /** Units below that have sent, those of them with a number there, and those that should send. */
  sent: Type.Integer(),
  filled: Type.Integer(),
  expected: Type.Integer(),
});
const RowView = Type.Object({
  id: Type.String(),
  kind: Type.Union([Type.Literal('heading'), Type.Literal('row'), Type.Literal('total')]),
  label: Type.String(),
  cells: Cells,
  typed: Type.Array(Type.String()),
  sources: Type.Array(SourceView),
  sums: Type.Array(SumView),
  unsent: Type.Boolean(),
  /** The figures are what a unit below has sent; of the total: some of them are. */
  taken: Type.Boolean(),
  /** The report the row was taken over from, of a unit below that has sent; null also where the reader may not see it. */
  reportId: Nullable(Id),
  /** Which of its versions. */
  reportNo: Nullable(Type.Integer()),
});
const CheckView = Type.Object({
  id: Type.String(),
  says: Type.String(),
  ok: Type.Boolean(),
  failures: Type.Array(
    Type.Object({
      rowId: Type.String(),
      rowLabel: Type.String(),
      left: Type.Number(),
      right: Type.Number(),
      columns: Type.Array(Type.String()),
    }),
  ),
});
const FigureView = Type.Object({
  id: Type.String(),
  label: Type.String(),
  numerator: Nullable(Type.Number()),
  denominator: Nullable(Type.Number()),
  percent: Nullable(Type.Number()),
});

const Head = {
  id: Id,
  version: Version,
  reportId: Type.String(),
  reportCode: Type.String(),
  reportName: Type.String(),
  unitId: Id,
  unitName: Type.String(),
  receiverName: Nullable(Type.String()),
  periodId: Type.String(),
  periodName: Type.String(),
  cutoff: Type.Enum(CUTOFFS),
  deadline: Day,
  state: Type.Enum(STATES),
  stateName: Type.String(),
  /** Days late: of the first sending, or until today where it is not sent or was sent back; null: not due yet. */
  lateDays: Nullable(Type.Integer()),
  sentAt: Nullable(Instant),
  lastNo: Type.Integer(),
};
export const ReportLine = Type.Object(Head);
export type ReportLineType = Static<typeof ReportLine>;

const Content = {
  rows: Type.Array(RowView),
  total: Nullable(RowView),
  checks: Type.Array(CheckView),
  figures: Type.Array(FigureView),
  warnings: Type.Array(Type.Object({ code: Type.String(), message: Type.String() })),
  texts: Type.Record(Type.String(), Type.String()),
  note: Type.String(),
  computedAt: Instant,
};

export const ReportPage = Type.Object({
  ...Head,
  columns: Type.Array(ColumnView),
  sections: Type.Array(
    Type.Object({
      id: Type.String(),
      no: Type.String(),
      title: Type.String(),
      text: Type.Boolean(),
      hint: Type.String(),
    }),
  ),
  notes: Type.Array(Type.String()),
  source: Type.String(),
  verified: Type.Boolean(),
  doubt: Type.String(),
  /** The version shown; 0: what is being filled in. */
  no: Type.Integer(),
  /** A draft of another unit that was never sent: no figures, texts or note. */
  withheld: Type.Boolean(),
  final: Type.Boolean(),
  acts: Type.Array(Type.Enum(REPORT_ACTS)),
  ...Content,
  versions: Type.Array(
    Type.Object({
      no: Type.Integer(),
      digest: Type.String(),
      reason: Type.String(),
      lateDays: Type.Integer(),
      sentAt: Instant,
      sentBy: Type.String(),
    }),
  ),
  /** What the system of the level above said of versions, oldest first. */
  told: Type.Array(
    Type.Object({
      no: Type.Integer(),
      status: Type.String(),
      reason: Type.String(),
      at: Instant,
      by: Type.String(),
    }),
  ),
  history: Type.Array(
    Type.Object({
      act: Type.String(),
      stateName: Type.String(),
      reason: Type.String(),
      versionNo: Nullable(Type.Integer()),
      at: Instant,
      by: Type.String(),
    }),
  ),
});
export type ReportPageType = Static<typeof ReportPage>;

/** What an act leaves: the version to act on next. */
export const Done = Type.Object({ id: Id, version: Version, state: Type.Enum(STATES) });

export const listReportRegimes = endpoint({
  id: 'listReportRegimes',
  module: 'reports',
  method: 'GET',
  path: '/api/reports/regimes',
  summary: 'Chế độ báo cáo, kỳ gần nhất đã kết thúc và đơn vị được lập, được giao',
  access: read,
  reply: Type.Object({
    rows: Type.Array(
      Type.Object({
        id: Type.String(),
        code: Type.String(),
        name: Type.String(),
        content: Type.String(),
        reporters: Type.String(),
        recipient: Type.String(),
        frequency: Type.Array(Type.Enum(RANKS)),
        cutoff: Type.Enum(CUTOFFS),
        source: Type.String(),
        verified: Type.Boolean(),
        periods: Type.Array(
          Type.Object({
            id: Type.String(),
            name: Type.String(),
            deadline: Day,
            /** Days the deadline is past today; null: it is not. */
            lateDays: Nullable(Type.Integer()),
          }),
        ),
      }),
    ),
    units: Type.Array(Type.Object({ id: Id, name: Type.String(), gives: Type.Boolean() })),
  }),
});

export const assignReport = endpoint({
  id: 'assignReport',
  module: 'reports',
  method: 'POST',
  path: '/api/reports',
  summary: 'Lập báo cáo của đơn vị mình, hoặc giao cho mọi đơn vị cấp dưới trực tiếp',
  access: read,
  body: Type.Object({
    reportId: ReportId,
    periodId: PeriodId,
    cutoff: Type.Optional(Type.Enum(CUTOFFS)),
    unitId: Id,
    /** Give it to the units directly below instead. */
    below: Type.Optional(Type.Boolean()),
  }),
  reply: Type.Object({ ids: Type.Array(Id), given: Type.Integer(), known: Type.Integer() }),
});

export const getReport = endpoint({
  id: 'getReport',
  module: 'reports',
  method: 'GET',
  path: '/api/reports/:id',
  summary: 'Một báo cáo: biểu, kiểm tra cân đối, các lần gửi, việc đã làm',
  access: read,
  params,
  query: Type.Object({ no: Type.Optional(Type.Integer({ minimum: 1, maximum: 1000 })) }),
  reply: ReportPage,
});

export const saveReport = endpoint({
  id: 'saveReport',
  module: 'reports',
  method: 'POST',
  path: '/api/reports/:id/draft',
  summary: 'Lưu ô nhập tay, phần chữ và ghi chú của báo cáo đang lập',
  access: { permission: 'report.fill' },
  params,
  body: Type.Object({
    version: Version,
    manual: Type.Record(Type.String({ maxLength: 60 }), Cells),
    /** Why cells say something else than the register they come from: row → column → words. */
    reasons: Type.Optional(
      Type.Record(
        Type.String({ maxLength: 60 }),
        Type.Record(Type.String({ maxLength: 10 }), Type.String({ maxLength: 500 })),
      ),
    ),
    texts: Type.Record(Type.String({ maxLength: 60 }), Type.String({ maxLength: 20_000 })),
    note: Type.String({ maxLength: 4000 }),
  }),
  reply: Done,
});

export const submitReport = endpoint({
  id: 'submitReport',
  module: 'reports',
  method: 'POST',
  path: '/api/reports/:id/submit',
  summary: 'Gửi báo cáo: chốt thành một bản không sửa được; gửi lại phải nêu lý do',
  access: { permission: 'report.fill' },
  params,
  body: Type.Object({ version: Version, reason: Type.Optional(Type.String({ maxLength: 1000 })) }),
  reply: Done,
});

export const decideReport = endpoint({
  id: 'decideReport',
  module: 'reports',
  method: 'POST',
  path: '/api/reports/:id/decision',
  summary: 'Cơ quan nhận: nhận, trả lại, chốt, mở lại (trả lại và mở lại phải nêu lý do)',
  access: { permission: 'report.receive' },
  params,
  body: Type.Object({
    version: Version,
    act: Type.Enum(['return', 'accept', 'lock', 'reopen']),
    reason: Type.Optional(Type.String({ maxLength: 1000 })),
  }),
  reply: Done,
});
