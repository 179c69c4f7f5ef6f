import Type, { type Static } from 'typebox';
import { endpoint } from '../../../core/contract/endpoint.ts';
import { Day, Id } from '../../../core/contract/fields.ts';

const read = { permission: 'board.read' } as const;
const answer = { permission: 'health.answer' } as const;
const manage = { permission: 'health.manage' } as const;
const Month = Type.String({ pattern: '^\\d{4}-(0[1-9]|1[0-2])$' });
const Text = Type.Union([Type.String(), Type.Null()]);
const Params = Type.Object({ id: Id });
const Version = Type.Integer({ minimum: 1 });
const Count = Type.Integer();
const Words = Type.String({ minLength: 1, maxLength: 2000 });

const Rule = Type.Union([
  Type.Literal('zero-online'),
  Type.Literal('under-entry'),
  Type.Literal('parked'),
  Type.Literal('never-arrives'),
]);
const State = Type.Union([
  Type.Literal('open'),
  Type.Literal('explained'),
  Type.Literal('returned'),
  Type.Literal('accepted'),
  Type.Literal('closed'),
]);
const FindingRow = {
  id: Id,
  version: Type.Integer(),
  rule: Rule,
  ruleName: Type.String(),
  unitId: Id,
  unitName: Type.String(),
  period: Type.String(),
  state: State,
  foundAt: Type.String(),
  /** Last day to answer, inclusive. */
  deadline: Type.String(),
  overdue: Type.Boolean(),
  measure: Count,
  closedAs: Type.Union([Type.Literal('facts'), Type.Literal('accepted'), Type.Null()]),
};
const Finding = Type.Object(FindingRow);
export type FindingRowType = Static<typeof Finding>;

const FindingFilter = {
  rule: Type.Optional(Rule),
  /** `unsettled`: everything but closed. */
  state: Type.Optional(Type.Union([State, Type.Literal('unsettled')])),
  unitId: Type.Optional(Id),
  period: Type.Optional(Type.String({ maxLength: 10 })),
  overdue: Type.Optional(Type.Boolean()),
};

export const listFindings = endpoint({
  id: 'listFindings',
  module: 'unit-health',
  method: 'GET',
  path: '/api/unit-health/findings',
  summary: 'Phát hiện về sức khỏe đơn vị trong phạm vi của tôi',
  access: read,
  query: Type.Object({
    ...FindingFilter,
    page: Type.Optional(Type.Integer({ minimum: 1, maximum: 10_000 })),
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200 })),
  }),
  reply: Type.Object({
    rows: Type.Array(Finding),
    total: Type.Integer(),
    unsettled: Type.Integer(),
    overdue: Type.Integer(),
    checkedOn: Text,
    /** Units that have findings, for the filter. */
    units: Type.Array(Type.Object({ id: Id, name: Type.String() })),
    mayRecompute: Type.Boolean(),
    mayEnterBooks: Type.Boolean(),
  }),
});

export const getFinding = endpoint({
  id: 'getFinding',
  module: 'unit-health',
  method: 'GET',
  path: '/api/unit-health/findings/:id',
  summary: 'Một phát hiện: số liệu, giải trình, diễn biến',
  access: read,
  params: Params,
  reply: Type.Object({
    ...FindingRow,
    facts: Type.Object({
      offered: Type.Optional(Count),
      received: Type.Optional(Count),
      months: Type.Optional(Count),
      procedures: Type.Optional(Type.Array(Type.Object({ code: Type.String(), name: Type.String() }))),
      books: Type.Optional(
        Type.Array(Type.Object({ book: Type.String(), name: Type.String(), inBook: Count, inSystem: Count })),
      ),
      states: Type.Optional(
        Type.Array(Type.Object({ status: Type.String(), statusName: Type.String(), workingDays: Count, count: Count })),
      ),
      dossiers: Type.Optional(
        Type.Array(Type.Object({ id: Id, code: Type.String(), statusName: Type.String(), since: Type.String() })),
      ),
    }),
    checkedAt: Type.String(),
    reason: Text,
    evidence: Text,
    decisionNote: Text,
    /** Where the rule comes from, and whether somebody compared it. */
    source: Type.String(),
    verified: Type.Boolean(),
    may: Type.Array(
      Type.Union([Type.Literal('explain'), Type.Literal('accept'), Type.Literal('return'), Type.Literal('close')]),
    ),
    history: Type.Array(
      Type.Object({ kind: Type.String(), at: Type.String(), who: Type.String(), note: Text, evidence: Text }),
    ),
  }),
});
export type FindingType = Static<(typeof getFinding)['reply']>;

const Done = Type.Object({ version: Type.Integer() });

export const explainFinding = endpoint({
  id: 'explainFinding',
  module: 'unit-health',
  method: 'POST',
  path: '/api/unit-health/findings/:id/explain',
  summary: 'Giải trình một phát hiện: lý do và căn cứ',
  access: answer,
  params: Params,
  body: Type.Object({ version: Version, reason: Words, evidence: Words }),
  reply: Done,
});

export const decideFinding = endpoint({
  id: 'decideFinding',
  module: 'unit-health',
  method: 'POST',
  path: '/api/unit-health/findings/:id/decide',
  summary: 'Chấp nhận, trả lại giải trình hoặc đóng phát hiện',
  access: manage,
  params: Params,
  body: Type.Object({
    version: Version,
    act: Type.Union([Type.Literal('accept'), Type.Literal('return'), Type.Literal('close')]),
    note: Type.Optional(Type.String({ maxLength: 2000 })),
  }),
  reply: Done,
});

export const recomputeFindings = endpoint({
  id: 'recomputeFindings',
  module: 'unit-health',
  method: 'POST',
  path: '/api/unit-health/recompute',
  summary: 'Kiểm tra lại ngay các đơn vị trong phạm vi của tôi',
  access: manage,
  reply: Type.Object({ found: Count, changed: Count, closed: Count }),
});

export const listZeroOnline = endpoint({
  id: 'listZeroOnline',
  module: 'unit-health',
  method: 'GET',
  path: '/api/unit-health/zero-online',
  summary: 'Đơn vị không có hồ sơ trực tuyến nào trong một kỳ',
  access: read,
  query: Type.Object({ from: Day, to: Day }),
  reply: Type.Object({
    rows: Type.Array(
      Type.Object({ unitId: Id, unitName: Type.String(), offered: Count, online: Count, received: Count }),
    ),
    /** Authorities of the reader in which something could be filed online. */
    offering: Count,
  }),
});
export type ZeroOnlineRowType = Static<(typeof listZeroOnline)['reply']>['rows'][number];

const BookLine = Type.Object({
  unitId: Id,
  unitName: Type.String(),
  book: Type.String(),
  bookName: Type.String(),
  /** Twelve months, the oldest first; `version` 0 where nothing was entered yet. */
  months: Type.Array(
    Type.Object({
      month: Month,
      version: Type.Integer(),
      count: Type.Union([Count, Type.Null()]),
      inSystem: Count,
      note: Text,
    }),
  ),
});
export type BookLineType = Static<typeof BookLine>;

export const listBooks = endpoint({
  id: 'listBooks',
  module: 'unit-health',
  method: 'GET',
  path: '/api/unit-health/books',
  summary: 'Số liệu sổ giấy đã nhập và số của hệ thống, theo tháng',
  access: answer,
  query: Type.Object({ until: Type.Optional(Month), unitId: Type.Optional(Id) }),
  reply: Type.Object({
    until: Month,
    lastMonth: Month,
    units: Type.Array(Type.Object({ id: Id, name: Type.String() })),
    lines: Type.Array(BookLine),
  }),
});

export const saveBookCount = endpoint({
  id: 'saveBookCount',
  module: 'unit-health',
  method: 'POST',
  path: '/api/unit-health/books',
  summary: 'Nhập số việc của một sổ giấy trong một tháng đã kết thúc',
  access: answer,
  body: Type.Object({
    unitId: Id,
    book: Type.String({ pattern: '^[a-z-]{1,60}$' }),
    month: Month,
    version: Type.Integer({ minimum: 0 }),
    count: Type.Integer({ minimum: 0, maximum: 1_000_000 }),
    note: Type.Optional(Type.String({ maxLength: 500 })),
  }),
  reply: Type.Object({ version: Type.Integer(), inSystem: Count, finding: Type.Boolean() }),
});
