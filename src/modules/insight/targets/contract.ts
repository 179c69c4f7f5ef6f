import Type, { type Static } from 'typebox';
import { endpoint } from '../../../core/contract/endpoint.ts';
import { Day, Id, Instant, Nullable } from '../../../core/contract/fields.ts';
import { ACTION_ACTS, ACTION_STATES } from './rules/action.ts';
import { LIGHTS } from './rules/attain.ts';
import { DIRECTIONS, MEASURES, TargetTerms } from './rules/definition.ts';

const read = { permission: 'targets.read' } as const;
const edit = { permission: 'targets.edit' } as const;
const Version = Type.Integer({ minimum: 1 });
const Text = Nullable(Type.String());
const Count = Nullable(Type.Number());
const Light = Type.Enum(LIGHTS);
const Cutoff = Type.Enum(['calendar', 'nd09']);
const Year = Type.Integer({ minimum: 2000, maximum: 2199 });
const Words = (maxLength: number) => Type.String({ minLength: 1, maxLength });
const params = Type.Object({ id: Id });
const Unit = Type.Object({ id: Id, name: Type.String() });

/** A result as people read it: `value` rounded once to the target's decimals, null where there is no data. */
const figure = {
  value: Count,
  numerator: Count,
  denominator: Count,
  band: Text,
  bound: Nullable(Type.Enum(['above', 'below'])),
  light: Light,
  /** Percent of the goal, two decimals, never cut off above. */
  attainment: Count,
};

const GoalView = Type.Object({
  relation: Type.Enum(['at-least', 'above', 'at-most', 'below', 'not-below', 'not-above', 'band']),
  /** The number to reach; of a moving goal what it is now, null where that has no data. */
  value: Count,
  band: Text,
  /** With whom a moving goal compares, in words. */
  reference: Text,
});

export const TargetLine = Type.Object({
  id: Id,
  version: Version,
  unitId: Id,
  unitName: Type.String(),
  name: Type.String(),
  periodId: Type.String(),
  fromDay: Day,
  toDay: Day,
  sourceNumber: Type.String(),
  sourceDate: Nullable(Day),
  sourceText: Type.String(),
  owner: Type.String(),
  direction: Type.Enum(DIRECTIONS),
  weight: Type.Number(),
  measure: Type.Enum(MEASURES),
  decimals: Type.Integer(),
  ended: Type.Boolean(),
  /** Where the value comes from; `entered` where somebody typed it. */
  valueFrom: Type.Enum(['metric', 'register', 'survey', 'index', 'entered']),
  /** The closed survey the value was read from; null where it comes from elsewhere. */
  surveyId: Nullable(Id),
  goal: GoalView,
  planned: Nullable(Type.Object({ quantity: Type.Number(), derived: Type.Boolean(), note: Text })),
  minimumVolume: Count,
  /** Last day the figure holds for. */
  asOf: Nullable(Day),
  ...figure,
  forecast: Nullable(
    Type.Object({
      method: Type.Enum(['final', 'linear', 'same-share']),
      value: Type.Number(),
      light: Light,
      needed: Count,
    }),
  ),
  /** No forecast, because where a running total stood when the period began is not known. */
  startUnknown: Type.Boolean(),
  change: Nullable(Type.Object({ points: Type.Number(), percent: Count, since: Type.String() })),
  /** How to open the dossiers behind it on the page of figures. */
  drill: Nullable(
    Type.Object({
      metricId: Type.String(),
      unitId: Id,
      period: Type.String(),
      cutoff: Cutoff,
      roll: Type.Enum(['own', 'tree']),
    }),
  ),
  actionsRunning: Type.Integer(),
  actionsLate: Type.Integer(),
});
export type TargetLineType = Static<typeof TargetLine>;

const Total = Type.Object({
  count: Type.Record(Light, Type.Integer()),
  metShare: Count,
  attainment: Count,
  unjudgedWeight: Type.Number(),
});

const may = { mayEdit: Type.Boolean(), mayEnter: Type.Boolean() };

export const getTargetOptions = endpoint({
  id: 'getTargetOptions',
  module: 'targets',
  method: 'GET',
  path: '/api/targets/options',
  summary: 'Đơn vị được xem chỉ tiêu, số liệu có thể dùng làm chỉ tiêu',
  access: read,
  reply: Type.Object({
    units: Type.Array(Unit),
    /** Those with units below that have targets. */
    above: Type.Array(Unit),
    editable: Type.Array(Unit),
    metrics: Type.Array(Type.Object({ id: Type.String(), name: Type.String(), unit: Type.String() })),
    /** Measures of registers, also of those made in the console. */
    registers: Type.Array(
      Type.Object({ register: Type.String(), measure: Type.String(), name: Type.String(), unit: Type.String() }),
    ),
    today: Day,
  }),
});

export const getTargetBoard = endpoint({
  id: 'getTargetBoard',
  module: 'targets',
  method: 'GET',
  path: '/api/targets',
  summary: 'Các chỉ tiêu của một đơn vị trong một năm, với kết quả và dự báo',
  access: read,
  query: Type.Object({ unitId: Id, year: Year, ended: Type.Optional(Type.Boolean()) }),
  reply: Type.Object({
    unit: Unit,
    year: Type.Integer(),
    /** Years the unit has targets for, newest first. */
    years: Type.Array(Type.Integer()),
    rows: Type.Array(TargetLine),
    total: Total,
    computedAt: Instant,
    ...may,
  }),
});

export const listTargetUnits = endpoint({
  id: 'listTargetUnits',
  module: 'targets',
  method: 'GET',
  path: '/api/targets/units',
  summary: 'Đơn vị và các đơn vị trực thuộc: tổng hợp chỉ tiêu theo trọng số, xếp hạng',
  access: read,
  query: Type.Object({ unitId: Id, year: Year }),
  reply: Type.Object({
    unit: Unit,
    /** The units directly below that have targets and the reader may see; ranked first, then those nothing can be said of. */
    rows: Type.Array(Type.Object({ unitId: Id, unitName: Type.String(), rank: Count, total: Total })),
    population: Type.Integer(),
    computedAt: Instant,
  }),
});
export type UnitTotalType = Static<typeof listTargetUnits.reply>['rows'][number];

const Entry = Type.Object({
  no: Type.Integer(),
  asOf: Day,
  value: Count,
  numerator: Count,
  denominator: Count,
  band: Text,
  bound: Nullable(Type.Enum(['above', 'below'])),
  evidence: Type.String(),
  fileId: Nullable(Id),
  fileName: Text,
  at: Instant,
  by: Type.String(),
  /** A later entry of the same day stands in its place. */
  replaced: Type.Boolean(),
});
export type TargetEntryType = Static<typeof Entry>;

export const getTarget = endpoint({
  id: 'getTarget',
  module: 'targets',
  method: 'GET',
  path: '/api/targets/:id',
  summary: 'Một chỉ tiêu: kết quả, diễn biến, số đã nhập, các lần sửa',
  access: read,
  params,
  reply: Type.Object({
    line: TargetLine,
    terms: TargetTerms,
    /** How the figure is defined where it is counted from dossiers. */
    definition: Nullable(
      Type.Object({
        name: Type.String(),
        meaning: Type.String(),
        source: Type.String(),
        verified: Type.Boolean(),
      }),
    ),
    cutoff: Cutoff,
    fromContent: Type.Boolean(),
    /** Oldest first: months of a year's target, else the periods before; of entered values the days. */
    trend: Type.Array(Type.Object({ label: Type.String(), value: Count, band: Text })),
    entries: Type.Array(Entry),
    revisions: Type.Array(
      Type.Object({
        no: Type.Integer(),
        act: Type.Enum(['adopt', 'add', 'edit', 'end', 'resume']),
        reason: Type.String(),
        at: Instant,
        by: Type.String(),
      }),
    ),
    computedAt: Instant,
    ...may,
  }),
});

const Place = Type.Object({ targetId: Id, unitId: Id, unitName: Type.String(), rank: Count, ...figure });
export type LeaguePlaceType = Static<typeof Place>;

export const getTargetLeague = endpoint({
  id: 'getTargetLeague',
  module: 'targets',
  method: 'GET',
  path: '/api/targets/:id/league',
  summary: 'Xếp hạng các đơn vị cùng được giao chỉ tiêu',
  access: read,
  params,
  reply: Type.Object({
    /** Ranked first; then units with too few cases, then those without data, both without a rank. */
    rows: Type.Array(Place),
    population: Type.Integer(),
    /** Units that take part but the reader may not see. */
    hidden: Type.Integer(),
  }),
});

export const addTarget = endpoint({
  id: 'addTarget',
  module: 'targets',
  method: 'POST',
  path: '/api/targets',
  summary: 'Giao một chỉ tiêu cho một hay nhiều đơn vị',
  access: edit,
  body: Type.Object({
    unitIds: Type.Array(Id, { minItems: 1, maxItems: 300 }),
    period: Type.String({ minLength: 4, maxLength: 24 }),
    cutoff: Type.Optional(Cutoff),
    terms: TargetTerms,
  }),
  reply: Type.Object({ ids: Type.Array(Id) }),
  status: 201,
});

const Done = Type.Object({ id: Id, version: Version });

export const editTarget = endpoint({
  id: 'editTarget',
  module: 'targets',
  method: 'POST',
  path: '/api/targets/:id/terms',
  summary: 'Sửa nội dung chỉ tiêu, nêu lý do',
  access: edit,
  params,
  body: Type.Object({ version: Version, terms: TargetTerms, reason: Words(1000) }),
  reply: Done,
});

export const endTarget = endpoint({
  id: 'endTarget',
  module: 'targets',
  method: 'POST',
  path: '/api/targets/:id/end',
  summary: 'Thôi theo dõi một chỉ tiêu, hoặc theo dõi lại, nêu lý do',
  access: edit,
  params,
  body: Type.Object({ version: Version, act: Type.Enum(['end', 'resume']), reason: Words(1000) }),
  reply: Done,
});

export const enterTargetValue = endpoint({
  id: 'enterTargetValue',
  module: 'targets',
  method: 'POST',
  path: '/api/targets/:id/values',
  summary: 'Nhập kết quả của một chỉ tiêu, kèm tài liệu kiểm chứng',
  access: { permission: 'targets.enter' },
  params,
  body: Type.Object({
    version: Version,
    asOf: Day,
    numerator: Type.Optional(Type.Number()),
    denominator: Type.Optional(Type.Number({ minimum: 0 })),
    value: Type.Optional(Type.Number()),
    band: Type.Optional(Words(40)),
    bound: Type.Optional(Type.Enum(['above', 'below'])),
    evidence: Words(1000),
    /** An upload of the same person. */
    fileId: Type.Optional(Id),
  }),
  reply: Done,
});

const ActionView = Type.Object({
  id: Id,
  version: Version,
  originType: Type.String(),
  originId: Type.String(),
  originLabel: Type.String(),
  unitId: Id,
  unitName: Type.String(),
  title: Type.String(),
  ownerStaffId: Id,
  ownerName: Type.String(),
  dueDay: Day,
  state: Type.Enum(ACTION_STATES),
  /** Days past the due day while it is not done; 0: in time. */
  lateDays: Type.Integer(),
  acts: Type.Array(Type.Enum(ACTION_ACTS)),
  notes: Type.Array(
    Type.Object({
      act: Type.Enum(['create', ...ACTION_ACTS]),
      state: Type.Enum(ACTION_STATES),
      text: Type.String(),
      at: Instant,
      by: Type.String(),
    }),
  ),
});
export type ActionViewType = Static<typeof ActionView>;

export const listTargetActions = endpoint({
  id: 'listTargetActions',
  module: 'targets',
  method: 'GET',
  path: '/api/targets/actions',
  summary: 'Việc phải làm để kéo lại chỉ tiêu, điểm bị trừ; của đơn vị được xem và việc mình chịu trách nhiệm',
  access: 'staff',
  query: Type.Object({
    unitId: Type.Optional(Id),
    originType: Type.Optional(Type.String({ pattern: '^[a-z][a-z-]{1,39}$' })),
    originId: Type.Optional(Words(100)),
    only: Type.Optional(Type.Enum(['running', 'late', 'done', 'dropped'])),
    mine: Type.Optional(Type.Boolean()),
    q: Type.Optional(Type.String({ maxLength: 200 })),
    page: Type.Optional(Type.Integer({ minimum: 1, maximum: 10_000 })),
  }),
  reply: Type.Object({ rows: Type.Array(ActionView), total: Type.Integer() }),
});

export const createTargetAction = endpoint({
  id: 'createTargetAction',
  module: 'targets',
  method: 'POST',
  path: '/api/targets/:id/actions',
  summary: 'Giao một việc để kéo lại chỉ tiêu: ai làm, bao giờ xong',
  access: edit,
  params,
  body: Type.Object({
    title: Words(300),
    ownerStaffId: Id,
    dueDay: Day,
    text: Type.Optional(Type.String({ maxLength: 2000 })),
  }),
  reply: Type.Object({ id: Id }),
  status: 201,
});

export const actOnTargetAction = endpoint({
  id: 'actOnTargetAction',
  module: 'targets',
  method: 'POST',
  path: '/api/targets/actions/:id',
  summary: 'Bắt đầu, ghi chú, báo xong, thôi, mở lại, đổi người hoặc hạn của một việc',
  access: 'staff',
  params,
  body: Type.Object({
    version: Version,
    act: Type.Enum(ACTION_ACTS),
    text: Type.Optional(Type.String({ maxLength: 2000 })),
    ownerStaffId: Type.Optional(Id),
    dueDay: Type.Optional(Day),
  }),
  reply: Type.Object({ id: Id, version: Version, state: Type.Enum(ACTION_STATES) }),
});

export const listTargetPeople = endpoint({
  id: 'listTargetPeople',
  module: 'targets',
  method: 'GET',
  path: '/api/targets/people',
  summary: 'Cán bộ của cơ quan có thể chịu trách nhiệm một việc',
  access: 'staff',
  query: Type.Object({ unitId: Id }),
  reply: Type.Object({ rows: Type.Array(Type.Object({ staffId: Id, name: Type.String(), title: Type.String() })) }),
});
