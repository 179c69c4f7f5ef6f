import Type, { type Static } from 'typebox';
import { endpoint } from '../../../core/contract/endpoint.ts';
import { Id, Nullable } from '../../../core/contract/fields.ts';

const Text = Nullable(Type.String());
const Level = Type.Union([Type.Literal('none'), Type.Literal('possible'), Type.Literal('likely')]);

const forecast = {
  level: Level,
  /** Working days, one decimal: left until the due date, usually needed, needed when slow. */
  remainingDays: Type.Number(),
  usualDays: Type.Number(),
  slowDays: Type.Number(),
  stepsLeft: Type.Integer(),
  /** The smallest sample among the steps left; 0 where an allowance had to do. */
  sample: Type.Integer(),
  basis: Type.Union([Type.Literal('unit'), Type.Literal('procedure'), Type.Literal('allowance')]),
};

export const getDossierForecast = endpoint({
  id: 'getDossierForecast',
  module: 'forecast',
  method: 'GET',
  path: '/api/dossiers/:id/forecast',
  summary: 'Dự báo trễ của một hồ sơ đang xử lý',
  access: { permission: 'dossier.read' },
  params: Type.Object({ id: Id }),
  /** `forecast` null: nothing to foresee (not in processing, or late already). */
  reply: Type.Object({ forecast: Nullable(Type.Object(forecast)) }),
});
export type DossierForecastType = NonNullable<Static<(typeof getDossierForecast)['reply']>['forecast']>;

export const listForecast = endpoint({
  id: 'listForecast',
  module: 'forecast',
  method: 'GET',
  path: '/api/forecast',
  summary: 'Hồ sơ đang xử lý có khả năng trễ trong phạm vi đơn vị',
  access: { permission: 'dossier.read' },
  query: Type.Object({
    level: Type.Optional(Type.Union([Type.Literal('likely'), Type.Literal('possible')])),
    unitId: Type.Optional(Id),
    stepId: Type.Optional(Type.String({ maxLength: 80 })),
    procedureCode: Type.Optional(Type.String({ maxLength: 20 })),
    cursor: Type.Optional(Type.String({ maxLength: 300 })),
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200 })),
  }),
  reply: Type.Object({
    rows: Type.Array(
      Type.Object({
        dossierId: Id,
        code: Type.String(),
        procedureCode: Type.String(),
        procedureName: Type.String(),
        stepName: Text,
        holderUnitName: Text,
        holderStaffName: Text,
        dueAt: Text,
        ...forecast,
      }),
    ),
    nextCursor: Text,
  }),
});
export type ForecastRowType = Static<(typeof listForecast)['reply']>['rows'][number];

const HitRate = Type.Object({
  from: Type.Union([Type.Literal('likely'), Type.Literal('possible')]),
  warned: Type.Integer(),
  warnedLate: Type.Integer(),
  late: Type.Integer(),
  /** 0 to 1; null where there is too little to go by. */
  precision: Nullable(Type.Number()),
  recall: Nullable(Type.Number()),
});
export type HitRateType = Static<typeof HitRate>;

export const getForecastHitRate = endpoint({
  id: 'getForecastHitRate',
  module: 'forecast',
  method: 'GET',
  path: '/api/forecast/hit-rate',
  summary: 'Dự báo trễ đúng được bao nhiêu',
  access: { permission: 'dossier.read' },
  query: Type.Object({ procedureCode: Type.Optional(Type.String({ maxLength: 20 })) }),
  reply: Type.Object({
    windowDays: Type.Integer(),
    minSample: Type.Integer(),
    dossiers: Type.Integer(),
    /** When all open dossiers were last counted through. */
    computedAt: Text,
    rates: Type.Array(HitRate),
  }),
});
