import Type, { type Static } from 'typebox';
import { endpoint } from '../../../core/contract/endpoint.ts';
import { Id, Nullable } from '../../../core/contract/fields.ts';
import { METRIC_GROUPS } from './rules/facts.ts';

const Text = Nullable(Type.String());
const Count = Nullable(Type.Number());
const access = { permission: 'metrics.read' } as const;
const Cutoff = Type.Union([Type.Literal('calendar'), Type.Literal('nd09')]);
const PeriodId = Type.String({ minLength: 4, maxLength: 24 });

const Definition = Type.Object({
  id: Type.String(),
  name: Type.String(),
  meaning: Type.String(),
  source: Type.String(),
  note: Text,
  verified: Type.Boolean(),
  unit: Type.String(),
  direction: Type.String(),
  hasDenominator: Type.Boolean(),
  /** What is counted: dossiers, or visits of dossiers to steps. */
  fact: Type.Union([Type.Literal('dossier'), Type.Literal('visit')]),
  /** What it is about, for lists. */
  group: Type.Enum(METRIC_GROUPS),
  /** What it may be narrowed by and told apart by. */
  dimensions: Type.Array(Type.String()),
});

export const getMetricOptions = endpoint({
  id: 'getMetricOptions',
  module: 'metrics',
  method: 'GET',
  path: '/api/metrics',
  summary: 'Các số liệu và đơn vị được xem',
  access,
  reply: Type.Object({
    metrics: Type.Array(Definition),
    units: Type.Array(Type.Object({ id: Id, name: Type.String() })),
    fields: Type.Array(Type.Object({ code: Type.String(), name: Type.String() })),
    procedures: Type.Array(Type.Object({ code: Type.String(), name: Type.String(), field: Type.String() })),
    steps: Type.Array(Type.Object({ id: Type.String(), name: Type.String() })),
  }),
});

const place = {
  unitId: Id,
  roll: Type.Optional(Type.Union([Type.Literal('own'), Type.Literal('tree')])),
  period: PeriodId,
  cutoff: Type.Optional(Cutoff),
  field: Type.Optional(Type.String({ maxLength: 60 })),
  procedureCode: Type.Optional(Type.String({ maxLength: 20 })),
};
/** Of metrics of visits only; a person for those who may know persons. */
const visitPlace = {
  stepId: Type.Optional(Type.String({ maxLength: 60 })),
  staffId: Type.Optional(Id),
};
const asked = {
  metricId: Type.String({ maxLength: 60 }),
  ...place,
  /** Only what this unit received. */
  receivedUnitId: Type.Optional(Id),
  channel: Type.Optional(Type.Union([Type.Literal('desk'), Type.Literal('online'), Type.Literal('post')])),
  ...visitPlace,
};
const AskedQuery = Type.Object(asked);
export type AskedQueryType = Static<typeof AskedQuery>;

/** Of one of many units: in the period, by the definition and with the doubts of the whole. */
const unitValue = {
  unitId: Id,
  unitName: Type.String(),
  numerator: Count,
  denominator: Count,
  value: Count,
  rounded: Count,
  unit: Type.String(),
  computedAt: Type.String(),
  frozenAt: Text,
};
const UnitValue = Type.Object(unitValue);
export type UnitValueType = Static<typeof UnitValue>;

const Value = Type.Object({
  ...unitValue,
  period: Type.Object({ id: Type.String(), from: Type.String(), to: Type.String(), cutoff: Cutoff }),
  definitionId: Type.String(),
  warnings: Type.Array(
    Type.Union([Type.Literal('unit-closed'), Type.Literal('units-changed'), Type.Literal('period-open')]),
  ),
});
export type MetricValueType = Static<typeof Value>;

export const getMetric = endpoint({
  id: 'getMetric',
  module: 'metrics',
  method: 'GET',
  path: '/api/metrics/value',
  summary: 'Một số liệu: giá trị, định nghĩa, diễn biến, theo đơn vị trực thuộc',
  access,
  query: AskedQuery,
  reply: Type.Object({
    definition: Definition,
    value: Value,
    /** Oldest first, the asked period last. */
    trend: Type.Array(Value),
    /** The unit by itself, then those directly below; their counts add up to the whole. Empty for `own`. */
    units: Type.Array(UnitValue),
    /** The period is over, not closed, and the reader may close it. */
    closable: Type.Boolean(),
  }),
});

const Paging = {
  page: Type.Optional(Type.Integer({ minimum: 1, maximum: 100_000 })),
  pageSize: Type.Optional(Type.Integer({ minimum: 1, maximum: 200 })),
};

const StepVisit = Type.Object({
  dossierId: Id,
  code: Type.String(),
  stepName: Type.String(),
  procedureCode: Type.String(),
  procedureName: Type.String(),
  channel: Type.String(),
  unitName: Type.String(),
  /** Null also where the reader may not know. */
  staffName: Text,
  startedAt: Type.String(),
  dueAt: Text,
  endedAt: Type.String(),
  class: Type.Union([Type.Literal('on-time'), Type.Literal('late'), Type.Literal('untimed')]),
  way: Type.Union([Type.Literal('onward'), Type.Literal('returned'), Type.Literal('taken-back')]),
  minutes: Count,
});
export type StepVisitType = Static<typeof StepVisit>;

export const listMetricRows = endpoint({
  id: 'listMetricRows',
  module: 'metrics',
  method: 'GET',
  path: '/api/metrics/rows',
  summary: 'Các hồ sơ, hay các lượt qua bước, sau một con số',
  access,
  query: Type.Object({
    ...asked,
    side: Type.Optional(Type.Union([Type.Literal('numerator'), Type.Literal('denominator')])),
    ...Paging,
  }),
  reply: Type.Object({
    /** Empty where the metric counts visits. */
    rows: Type.Array(
      Type.Object({
        dossierId: Id,
        code: Type.String(),
        procedureCode: Type.String(),
        procedureName: Type.String(),
        channel: Type.String(),
        unitName: Type.String(),
        receivedDay: Type.String(),
        dueAt: Text,
        endedDay: Text,
        punctuality: Text,
        latenessMinutes: Count,
        workMinutes: Count,
      }),
    ),
    /** Empty where the metric counts dossiers. */
    visits: Type.Array(StepVisit),
    total: Type.Integer(),
    /** How many of `total` the reader may not see. */
    hidden: Type.Integer(),
  }),
});
export type MetricRowType = Static<(typeof listMetricRows)['reply']>['rows'][number];

const SplitBy = Type.Union([
  Type.Literal('unit'),
  Type.Literal('field'),
  Type.Literal('procedure'),
  Type.Literal('channel'),
  Type.Literal('step'),
  Type.Literal('person'),
]);

export const splitMetric = endpoint({
  id: 'splitMetric',
  module: 'metrics',
  method: 'GET',
  path: '/api/metrics/split',
  summary: 'Một số liệu chia theo lĩnh vực, thủ tục, kênh, bước, cán bộ hay đơn vị; cộng lại bằng chính số đó',
  access,
  query: Type.Object({ ...asked, by: SplitBy }),
  reply: Type.Object({
    rows: Type.Array(
      Type.Object({
        key: Type.String(),
        /** Null: the software, where persons are told apart; no field known, where fields are. */
        name: Text,
        numerator: Count,
        denominator: Count,
        value: Count,
        rounded: Count,
        unit: Type.String(),
      }),
    ),
    computedAt: Type.String(),
  }),
});
export type SplitRowType = Static<(typeof splitMetric)['reply']>['rows'][number];
export type SplitByType = Static<typeof SplitBy>;

export const closeMetricPeriod = endpoint({
  id: 'closeMetricPeriod',
  module: 'metrics',
  method: 'POST',
  path: '/api/metrics/closings',
  summary: 'Chốt số liệu một kỳ của đơn vị và các đơn vị trực thuộc',
  access: { permission: 'metrics.close' },
  body: Type.Object({ unitId: Id, period: PeriodId, cutoff: Cutoff }),
  reply: Type.Object({ id: Id, digest: Type.String(), closedAt: Type.String() }),
});

export const listMetricCorrections = endpoint({
  id: 'listMetricCorrections',
  module: 'metrics',
  method: 'GET',
  path: '/api/metrics/corrections',
  summary: 'Số liệu đã chốt mà dữ kiện về sau đã đổi',
  access,
  query: Type.Object({ unitId: Id, period: PeriodId, cutoff: Type.Optional(Cutoff) }),
  reply: Type.Object({
    rows: Type.Array(Type.Object({ metricId: Type.String(), frozen: Value, now: Value })),
  }),
});

export const listMetricClosings = endpoint({
  id: 'listMetricClosings',
  module: 'metrics',
  method: 'GET',
  path: '/api/metrics/closings',
  summary: 'Các kỳ đã chốt số liệu của đơn vị',
  access,
  query: Type.Object({ unitId: Id }),
  reply: Type.Object({
    rows: Type.Array(
      Type.Object({
        id: Id,
        period: Type.String(),
        cutoff: Cutoff,
        from: Type.String(),
        to: Type.String(),
        closedAt: Type.String(),
        /** Null: by the software. */
        closedBy: Text,
        digest: Type.String(),
      }),
    ),
  }),
});
export type ClosingType = Static<(typeof listMetricClosings)['reply']>['rows'][number];

const StepQuery = Type.Object({
  ...place,
  ...visitPlace,
  by: Type.Optional(
    Type.Union([Type.Literal('step'), Type.Literal('person'), Type.Literal('unit'), Type.Literal('procedure')]),
  ),
});
export type StepQueryType = Static<typeof StepQuery>;

export const listStepFigures = endpoint({
  id: 'listStepFigures',
  module: 'metrics',
  method: 'GET',
  path: '/api/metrics/steps',
  summary: 'Số lượt, quá hạn và thời gian của các bước, theo bước, người, đơn vị hay thủ tục',
  access,
  query: StepQuery,
  reply: Type.Object({
    rows: Type.Array(
      Type.Object({
        key: Type.String(),
        /** Null: the software, where persons are told apart. */
        name: Text,
        visits: Type.Integer(),
        late: Type.Integer(),
        returned: Type.Integer(),
        onTimePercent: Count,
        averageMinutes: Count,
      }),
    ),
    period: Type.Object({ id: Type.String(), from: Type.String(), to: Type.String(), cutoff: Cutoff }),
    computedAt: Type.String(),
    /** Whether the reader may ask by person. */
    persons: Type.Boolean(),
  }),
});
export type StepFigureType = Static<(typeof listStepFigures)['reply']>['rows'][number];
