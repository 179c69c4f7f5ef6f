import Type, { type Static } from 'typebox';
import { endpoint } from '../../../core/contract/endpoint.ts';
import { Day, Id } from '../../../core/contract/fields.ts';
import { UNIT_FIGURES } from './rules/unit-figures.ts';

const read = { permission: 'board.read' } as const;
const Count = Type.Integer();
const Text = Type.Union([Type.String(), Type.Null()]);
const Bucket = Type.Union([
  Type.Literal('open'),
  Type.Literal('due-today'),
  Type.Literal('at-risk'),
  Type.Literal('late'),
  Type.Literal('citizen'),
  Type.Literal('money'),
  Type.Literal('agency'),
]);
const Counts = Type.Object({
  open: Count,
  'due-today': Count,
  'at-risk': Count,
  late: Count,
  citizen: Count,
  money: Count,
  agency: Count,
});
const Line = Type.Object({
  unitId: Id,
  unitName: Type.String(),
  /** Step or person; null: nobody yet, or no step. */
  key: Text,
  name: Text,
  counts: Counts,
  /** The earliest due instant of the late ones; null: none is late. */
  lateSince: Text,
  /** The earliest due instant of those at risk; null: none is. */
  riskDue: Text,
});
export type BoardLineType = Static<typeof Line>;

export const getHeadBoard = endpoint({
  id: 'getHeadBoard',
  module: 'boards',
  method: 'GET',
  path: '/api/boards/desk',
  summary: 'Hồ sơ đơn vị tôi đang giữ lúc này, theo bước và theo người',
  access: read,
  query: Type.Object({ unitId: Type.Optional(Id) }),
  reply: Type.Object({
    at: Type.String(),
    all: Counts,
    steps: Type.Array(Line),
    people: Type.Array(Line),
    units: Type.Array(Type.Object({ id: Id, name: Type.String() })),
  }),
});

const Page = {
  page: Type.Optional(Type.Integer({ minimum: 1, maximum: 10_000 })),
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200 })),
};
const Rows = Type.Object({
  rows: Type.Array(
    Type.Object({
      id: Id,
      code: Type.String(),
      procedureName: Type.String(),
      statusName: Type.String(),
      stepName: Text,
      /** Who holds it; of the units board, where nobody does any more, who decided it. */
      unitName: Type.String(),
      staffName: Text,
      dueAt: Text,
      /** When processing ended; null while it goes on. */
      endedAt: Text,
      late: Type.Boolean(),
      atRisk: Type.Boolean(),
    }),
  ),
  total: Count,
});
export type BoardRowType = Static<typeof Rows>['rows'][number];

export const listBoardRows = endpoint({
  id: 'listBoardRows',
  module: 'boards',
  method: 'GET',
  path: '/api/boards/desk/rows',
  summary: 'Hồ sơ đứng sau một con số của bảng điều hành',
  access: read,
  query: Type.Object({
    bucket: Type.Optional(Bucket),
    unitId: Type.Optional(Id),
    stepId: Type.Optional(Type.String({ maxLength: 80 })),
    /** A person, or `none`. */
    staffId: Type.Optional(Type.String({ pattern: '^(none|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})$' })),
    ...Page,
  }),
  reply: Rows,
});

const Figures = {
  received: Count,
  online: Count,
  finished: Count,
  inTime: Count,
  late: Count,
  open: Count,
  openLate: Count,
  apologiesOwed: Count,
  /** Late of finished and open due (denominator `late-of-due`): count, denominator, per cent or null where nothing was due. */
  lateOfDue: Count,
  due: Count,
  lateRatePercent: Type.Union([Type.Number(), Type.Null()]),
};

export const getUnitsBoard = endpoint({
  id: 'getUnitsBoard',
  module: 'boards',
  method: 'GET',
  path: '/api/boards/units',
  summary: 'Số liệu mọi đơn vị trong phạm vi của tôi theo khoảng ngày',
  access: read,
  query: Type.Object({ from: Day, to: Day }),
  reply: Type.Object({
    rows: Type.Array(Type.Object({ unitId: Id, unitName: Type.String(), ...Figures })),
    total: Type.Object(Figures),
  }),
});
export type UnitFiguresType = Static<(typeof getUnitsBoard)['reply']>['rows'][number];

export const listUnitRows = endpoint({
  id: 'listUnitRows',
  module: 'boards',
  method: 'GET',
  path: '/api/boards/units/rows',
  summary: 'Hồ sơ đứng sau một con số của bảng mọi đơn vị',
  access: read,
  query: Type.Object({ from: Day, to: Day, figure: Type.Enum(UNIT_FIGURES), unitId: Type.Optional(Id), ...Page }),
  reply: Rows,
});
