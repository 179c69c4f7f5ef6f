import Type, { type Static } from 'typebox';
import { endpoint } from '../../../core/contract/endpoint.ts';
import { Day, Id, Instant, Nullable } from '../../../core/contract/fields.ts';
import { CONCERN_KINDS, STANDING_MEASURES, STANDING_RELATIONS } from './rules/concerns.ts';

const Text = Nullable(Type.String());
const Count = Nullable(Type.Number());
const Unit = Type.Object({ id: Id, name: Type.String() });
const Cutoff = Type.Literal('calendar');

const Figure = Type.Object({
  metricId: Type.String(),
  name: Type.String(),
  meaning: Type.String(),
  source: Type.String(),
  verified: Type.Boolean(),
  unit: Type.String(),
  numerator: Count,
  denominator: Count,
  rounded: Count,
  before: Count,
  change: Nullable(Type.Object({ by: Type.Number(), better: Nullable(Type.Boolean()) })),
  frozenAt: Nullable(Instant),
  computedAt: Instant,
});
export type OverviewFigureType = Static<typeof Figure>;

const Concern = Type.Object({
  kind: Type.Enum(CONCERN_KINDS),
  light: Type.Enum(['red', 'amber']),
  count: Type.Integer(),
  since: Nullable(Day),
  unitId: Nullable(Id),
  unitName: Type.String(),
  who: Text,
  subject: Text,
  refId: Text,
  otherUnits: Type.Optional(Type.Integer()),
  by: Type.Optional(Day),
  standing: Type.Optional(
    Type.Object({
      measure: Type.Enum(STANDING_MEASURES),
      decimals: Type.Integer(),
      value: Count,
      band: Text,
      bound: Nullable(Type.Enum(['above', 'below'])),
      numerator: Count,
      denominator: Count,
      goal: Type.Object({ relation: Type.Enum(STANDING_RELATIONS), value: Count, band: Text, reference: Text }),
      forecast: Nullable(Type.Object({ value: Type.Number(), met: Type.Boolean(), outOfReach: Type.Boolean() })),
    }),
  ),
  more: Type.Optional(Type.Integer()),
});
export type ConcernType = Static<typeof Concern>;

export const getOverview = endpoint({
  id: 'getOverview',
  module: 'overview',
  method: 'GET',
  path: '/api/overview',
  summary: 'Trang lãnh đạo: cái gì đang đỏ, từ bao giờ, ai giữ, làm gì tiếp; số liệu chính của đơn vị',
  access: { permission: 'board.read' },
  query: Type.Object({
    unitId: Type.Optional(Id),
    /** `2026-11`, `2026-Q4`, `2026-H2`, `2026`; left out: the present month. */
    period: Type.Optional(Type.String({ pattern: '^\\d{4}(-(\\d{2}|Q[1-4]|H[12]))?$' })),
  }),
  reply: Type.Object({
    at: Instant,
    unit: Unit,
    /** The unit is an office: figures are of steps, those of decided dossiers stand with the authority. */
    office: Type.Boolean(),
    units: Type.Array(Unit),
    period: Type.Object({ id: Type.String(), from: Day, to: Day, cutoff: Cutoff }),
    before: Type.Object({ id: Type.String(), from: Day, to: Day }),
    figures: Type.Array(Figure),
    concerns: Type.Array(Concern),
    /** Units directly below that the reader may open and that have figures, in the order of `figures`. */
    below: Type.Array(
      Type.Object({
        unitId: Id,
        unitName: Type.String(),
        values: Type.Array(Type.Object({ metricId: Type.String(), unit: Type.String(), rounded: Count })),
      }),
    ),
  }),
});
