import Type, { type Static } from 'typebox';
import { endpoint } from '../../../core/contract/endpoint.ts';
import { Id, Nullable } from '../../../core/contract/fields.ts';

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
  }),
});

const asked = {
  metricId: Type.String({ maxLength: 60 }),
  unitId: Id,
  roll: Type.Optional(Type.Union([Type.Literal('own'), Type.Literal('tree')])),
  period: PeriodId,
  cutoff: Type.Optional(Cutoff),
  field: Type.Optional(Type.String({ maxLength: 60 })),
  procedureCode: Type.Optional(Type.String({ maxLength: 20 })),
  channel: Type.Optional(Type.Union([Type.Literal('desk'), Type.Literal('online'), Type.Literal('post')])),
};
const AskedQuery = Type.Object(asked);
export type AskedQueryType = Static<typeof AskedQuery>;

const Value = Type.Object({
  unitId: Id,
  unitName: Type.String(),
  period: Type.Object({ id: Type.String(), from: Type.String(), to: Type.String(), cutoff: Cutoff }),
  numerator: Count,
  denominator: Count,
  value: Count,
  rounded: Count,
  unit: Type.String(),
  computedAt: Type.String(),
  definitionId: Type.String(),
  warnings: Type.Array(
    Type.Union([Type.Literal('unit-closed'), Type.Literal('units-changed'), Type.Literal('period-open')]),
  ),
  frozenAt: Text,
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
    units: Type.Array(Value),
  }),
});

export const listMetricRows = endpoint({
  id: 'listMetricRows',
  module: 'metrics',
  method: 'GET',
  path: '/api/metrics/rows',
  summary: 'Các hồ sơ sau một con số',
  access,
  query: Type.Object({
    ...asked,
    side: Type.Optional(Type.Union([Type.Literal('numerator'), Type.Literal('denominator')])),
    page: Type.Optional(Type.Integer({ minimum: 1, maximum: 100_000 })),
    pageSize: Type.Optional(Type.Integer({ minimum: 1, maximum: 200 })),
  }),
  reply: Type.Object({
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
      }),
    ),
    total: Type.Integer(),
    /** How many of `total` the reader may not see. */
    hidden: Type.Integer(),
  }),
});
export type MetricRowType = Static<(typeof listMetricRows)['reply']>['rows'][number];

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
