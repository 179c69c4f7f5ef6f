import Type from 'typebox';
import { endpoint } from '../../../core/contract/endpoint.ts';

const plan = { permission: 'calendar.plan' } as const;
const apply = { permission: 'calendar.apply' } as const;
const Id = Type.String({ pattern: '^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$' });
const Params = Type.Object({ id: Id });
const Version = Type.Integer({ minimum: 1 });
const Text = Type.String({ minLength: 1, maxLength: 1000 });
const MaybeText = Type.Union([Type.String(), Type.Null()]);
const Policy = Type.Union([Type.Literal('later-only'), Type.Literal('both')]);
const Direction = Type.Union([
  Type.Literal('later'),
  Type.Literal('earlier'),
  Type.Literal('same'),
  Type.Literal('unknown'),
]);
const ItemState = Type.Union([
  Type.Literal('listed'),
  Type.Literal('kept'),
  Type.Literal('moved'),
  Type.Literal('skipped'),
  Type.Literal('restored'),
  Type.Literal('changed'),
]);
const Status = Type.Union([
  Type.Literal('counting'),
  Type.Literal('ready'),
  Type.Literal('applying'),
  Type.Literal('applied'),
  Type.Literal('reverting'),
  Type.Literal('reverted'),
  Type.Literal('discarded'),
]);
const PlanFacts = {
  id: Type.String(),
  version: Type.Integer(),
  calendarCode: Type.String(),
  revisionId: Type.String(),
  validFrom: Type.String(),
  unitName: MaybeText,
  /** What called for the plan: a new revision, or another calendar given to the unit. */
  cause: Type.Union([Type.Literal('revision'), Type.Literal('assignment')]),
  assignedFrom: MaybeText,
  policy: Policy,
  reason: Type.String(),
  status: Status,
  statusName: Type.String(),
  madeAt: Type.String(),
  madeBy: MaybeText,
  countedAt: MaybeText,
  decisionNumber: MaybeText,
  decisionReason: MaybeText,
  applyOrderedAt: MaybeText,
  applyOrderedBy: MaybeText,
  appliedAt: MaybeText,
  revertReason: MaybeText,
  revertOrderedAt: MaybeText,
  revertOrderedBy: MaybeText,
  revertedAt: MaybeText,
};
const Count = Type.Integer();
const UnitFigures = Type.Object({
  unitId: Type.String(),
  unitName: Type.String(),
  later: Count,
  earlier: Count,
  same: Count,
  unknown: Count,
  becomesLate: Count,
  listed: Count,
  kept: Count,
  moved: Count,
  skipped: Count,
  restored: Count,
  changed: Count,
  movedMinutes: Count,
});
const Done = Type.Object({ ok: Type.Literal(true) });

export const listCalendarPlans = endpoint({
  id: 'listCalendarPlans',
  module: 'calendar-plans',
  method: 'GET',
  path: '/api/calendar-plans',
  summary: 'Kế hoạch tính lại ngày hẹn trả theo lịch mới',
  access: plan,
  query: Type.Object({ page: Type.Optional(Type.Integer({ minimum: 1, maximum: 10_000 })) }),
  reply: Type.Object({ rows: Type.Array(Type.Object(PlanFacts)), total: Type.Integer() }),
});

export const makeCalendarPlan = endpoint({
  id: 'makeCalendarPlan',
  module: 'calendar-plans',
  method: 'POST',
  path: '/api/calendar-plans',
  summary: 'Lập kế hoạch tính lại ngày hẹn trả; chưa dời hồ sơ nào',
  access: plan,
  status: 201,
  body: Type.Object({
    calendarCode: Type.String({ pattern: '^[a-z0-9-]{1,60}$' }),
    revisionId: Id,
    policy: Policy,
    unitId: Type.Optional(Type.Union([Id, Type.Null()])),
    reason: Text,
  }),
  reply: Type.Object({ id: Type.String() }),
});

export const getCalendarPlan = endpoint({
  id: 'getCalendarPlan',
  module: 'calendar-plans',
  method: 'GET',
  path: '/api/calendar-plans/:id',
  summary: 'Một kế hoạch và số hồ sơ theo đơn vị',
  access: plan,
  params: Params,
  reply: Type.Object({ ...PlanFacts, units: Type.Array(UnitFigures) }),
});

export const listCalendarPlanItems = endpoint({
  id: 'listCalendarPlanItems',
  module: 'calendar-plans',
  method: 'GET',
  path: '/api/calendar-plans/:id/items',
  summary: 'Hồ sơ trong kế hoạch: ngày hẹn trước và sau',
  access: plan,
  params: Params,
  query: Type.Object({
    direction: Type.Optional(Direction),
    state: Type.Optional(ItemState),
    unitId: Type.Optional(Id),
    late: Type.Optional(Type.Literal('yes')),
    q: Type.Optional(Type.String({ maxLength: 60 })),
    page: Type.Optional(Type.Integer({ minimum: 1, maximum: 100_000 })),
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200 })),
  }),
  reply: Type.Object({
    rows: Type.Array(
      Type.Object({
        dossierId: Type.String(),
        code: Type.String(),
        unitName: Type.String(),
        dueBefore: MaybeText,
        dueAfter: MaybeText,
        movedMinutes: Type.Integer(),
        movedDays: Type.Integer(),
        direction: Direction,
        becomesLate: Type.Boolean(),
        state: ItemState,
        why: MaybeText,
      }),
    ),
    total: Type.Integer(),
  }),
});

export const recountCalendarPlan = endpoint({
  id: 'recountCalendarPlan',
  module: 'calendar-plans',
  method: 'POST',
  path: '/api/calendar-plans/:id/recount',
  summary: 'Tính lại danh sách của kế hoạch chưa áp dụng',
  access: plan,
  params: Params,
  body: Type.Object({ version: Version }),
  reply: Done,
});

export const discardCalendarPlan = endpoint({
  id: 'discardCalendarPlan',
  module: 'calendar-plans',
  method: 'POST',
  path: '/api/calendar-plans/:id/discard',
  summary: 'Hủy kế hoạch chưa áp dụng',
  access: plan,
  params: Params,
  body: Type.Object({ version: Version }),
  reply: Done,
});

export const applyCalendarPlan = endpoint({
  id: 'applyCalendarPlan',
  module: 'calendar-plans',
  method: 'POST',
  path: '/api/calendar-plans/:id/apply',
  summary: 'Quyết định áp dụng kế hoạch: dời ngày hẹn trả của mọi hồ sơ trong danh sách',
  access: apply,
  params: Params,
  body: Type.Object({
    version: Version,
    decisionNumber: Type.String({ minLength: 1, maxLength: 100 }),
    reason: Text,
    acceptLate: Type.Optional(Type.Boolean()),
  }),
  reply: Done,
});

export const revertCalendarPlan = endpoint({
  id: 'revertCalendarPlan',
  module: 'calendar-plans',
  method: 'POST',
  path: '/api/calendar-plans/:id/revert',
  summary: 'Hoàn lại kế hoạch đã áp dụng',
  access: apply,
  params: Params,
  body: Type.Object({ version: Version, reason: Text }),
  reply: Done,
});
