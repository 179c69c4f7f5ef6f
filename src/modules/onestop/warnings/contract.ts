import Type, { type Static } from 'typebox';
import { endpoint } from '../../../core/contract/endpoint.ts';
import { Day as DayText } from '../../../core/contract/fields.ts';
import { Act, Colour, LadderDefinition } from './rules/definition.ts';

const Nullable = <T extends Type.TSchema>(schema: T) => Type.Union([schema, Type.Null()]);
const Id = Type.String({ pattern: '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' });
const ProcedureCode = Type.String({ pattern: '^[1-9]\\.\\d{6}$' });
const SubjectText = Type.Union([Type.Literal('dossier'), Type.Literal('step')]);

/** An open dossier with the gravest rung it stands on. No personal data. */
export const WarningRow = Type.Object({
  dossierId: Type.String(),
  code: Type.String(),
  procedureCode: Type.String(),
  procedureName: Type.String(),
  stepName: Type.String(),
  holderUnitName: Type.String(),
  holderStaffName: Nullable(Type.String()),
  dueAt: Type.String(),
  rungDueAt: Type.String(),
  paused: Type.Boolean(),
  subject: SubjectText,
  rung: Type.String(),
  rungText: Type.String(),
  colour: Colour,
  reachedAt: Type.String(),
});
export type WarningRow = Static<typeof WarningRow>;

const Filters = {
  /** Unit that holds the dossier. */
  unitId: Type.Optional(Id),
  staffId: Type.Optional(Id),
  rung: Type.Optional(Type.String({ maxLength: 20 })),
  procedureCode: Type.Optional(ProcedureCode),
  colour: Type.Optional(Colour),
};

/** Dossiers on a rung within the reader's units, the most urgent first. */
export const listWarnings = endpoint({
  id: 'listWarnings',
  module: 'warnings',
  method: 'GET',
  path: '/api/warnings',
  summary: 'Hồ sơ đang được cảnh báo trong các đơn vị của tôi',
  access: { permission: 'dossier.read' },
  query: Type.Object({
    ...Filters,
    cursor: Type.Optional(Type.String({ maxLength: 300 })),
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200 })),
  }),
  reply: Type.Object({ rows: Type.Array(WarningRow), nextCursor: Nullable(Type.String()) }),
});
export type WarningQuery = Static<typeof listWarnings.query>;

const Group = Type.Object({ key: Type.String(), name: Type.String(), count: Type.Integer(), red: Type.Integer() });

/** How many dossiers stand on a rung, by rung, unit, person and procedure: also what the list can be filtered by. */
export const sumWarnings = endpoint({
  id: 'sumWarnings',
  module: 'warnings',
  method: 'GET',
  path: '/api/warnings/sums',
  summary: 'Số hồ sơ đang được cảnh báo theo nấc, đơn vị, người giữ và thủ tục',
  access: { permission: 'dossier.read' },
  reply: Type.Object({
    total: Type.Integer(),
    red: Type.Integer(),
    amber: Type.Integer(),
    rungs: Type.Array(Group),
    units: Type.Array(Group),
    staff: Type.Array(Group),
    procedures: Type.Array(Group),
  }),
});

/** Warnings of one dossier: made, and to come as the clock now runs. */
export const dossierWarnings = endpoint({
  id: 'dossierWarnings',
  module: 'warnings',
  method: 'GET',
  path: '/api/dossiers/:id/warnings',
  summary: 'Cảnh báo của một hồ sơ: đã phát và sắp tới',
  access: { permission: 'dossier.read' },
  params: Type.Object({ id: Id }),
  reply: Type.Object({
    paused: Type.Boolean(),
    made: Type.Array(
      Type.Object({
        id: Type.String(),
        stepName: Nullable(Type.String()),
        text: Type.String(),
        colour: Colour,
        acts: Type.Array(Act),
        reachedAt: Type.String(),
        recordedAt: Type.String(),
        late: Type.Boolean(),
      }),
    ),
    ahead: Type.Array(
      Type.Object({
        subject: SubjectText,
        rung: Type.String(),
        text: Type.String(),
        colour: Colour,
        acts: Type.Array(Act),
        at: Type.String(),
      }),
    ),
  }),
});

/** A ladder with what it holds for. `id` of one that comes with the program: `content:<name>`. */
export const LadderView = Type.Object({
  id: Type.String(),
  name: Type.String(),
  procedureCode: Nullable(Type.String()),
  unitId: Nullable(Type.String()),
  unitName: Nullable(Type.String()),
  validFrom: Type.String(),
  source: Type.String(),
  verified: Type.Boolean(),
  /** Comes with the program: cannot be edited, only overridden. */
  builtIn: Type.Boolean(),
  /** Null: the scope uses the wider ladder again from that day. */
  definition: Nullable(LadderDefinition),
});
export type LadderView = Static<typeof LadderView>;

export const listLadders = endpoint({
  id: 'listLadders',
  module: 'warnings',
  method: 'GET',
  path: '/api/warning-ladders',
  summary: 'Các thang cảnh báo đang dùng',
  access: { permission: 'warning.edit' },
  reply: Type.Object({ rows: Type.Array(LadderView) }),
});

const NewLadderBody = Type.Object(
  {
    name: Type.String({ minLength: 1, maxLength: 200 }),
    procedureCode: Nullable(ProcedureCode),
    unitId: Nullable(Id),
    validFrom: DayText,
    source: Type.String({ minLength: 1, maxLength: 500 }),
    definition: Nullable(LadderDefinition),
    /** Id of the newest ladder of this scope the editor has seen; null: none. Another one since: 409. */
    seen: Nullable(Id),
  },
  { additionalProperties: false },
);
export type NewLadderBody = Static<typeof NewLadderBody>;

export const publishLadder = endpoint({
  id: 'publishLadder',
  module: 'warnings',
  method: 'POST',
  path: '/api/warning-ladders',
  summary: 'Đặt thang cảnh báo cho một thủ tục, một đơn vị hoặc tất cả',
  access: { permission: 'warning.edit' },
  body: NewLadderBody,
  reply: Type.Object({ id: Type.String() }),
});

const LadderPreviewBody = Type.Object(
  {
    definition: LadderDefinition,
    /** Day and time of reception in Vietnam, `2026-03-02T07:30`. */
    receivedAt: Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}$' }),
    limitDays: Type.Number({ minimum: 0.5, maximum: 365, multipleOf: 0.5 }),
    /** Unit whose calendar counts; the reader's own where left out. */
    unitId: Type.Optional(Id),
  },
  { additionalProperties: false },
);
export type LadderPreviewBody = Static<typeof LadderPreviewBody>;

/** What a ladder would do to a sample dossier, and what is wrong with it; nothing is saved. */
export const previewLadder = endpoint({
  id: 'previewLadder',
  module: 'warnings',
  method: 'POST',
  path: '/api/warning-ladders/preview',
  summary: 'Thử thang cảnh báo trên một hồ sơ mẫu',
  access: { permission: 'warning.edit' },
  body: LadderPreviewBody,
  reply: Type.Object({
    dueAt: Type.String(),
    rungs: Type.Array(
      Type.Object({
        rung: Type.String(),
        text: Type.String(),
        colour: Colour,
        acts: Type.Array(Act),
        at: Type.String(),
      }),
    ),
    faults: Type.Array(Type.Object({ path: Type.String(), message: Type.String() })),
  }),
});
