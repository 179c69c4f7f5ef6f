import Type from 'typebox';
import { endpoint } from '../../../core/contract/endpoint.ts';
import { Day as DayText } from '../../../core/contract/fields.ts';

const Id = Type.String({ pattern: '^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$' });
const Time = Type.String({ pattern: '^([01]\\d|2[0-3]):[0-5]\\d$' });
const MaybeText = Type.Union([Type.String(), Type.Null()]);
const Status = Type.Union([
  Type.Literal('planned'),
  Type.Literal('active'),
  Type.Literal('ended'),
  Type.Literal('cancelled'),
]);
const Params = Type.Object({ id: Id });
const Version = Type.Integer({ minimum: 1 });
const Done = Type.Object({ ok: Type.Literal(true) });

const NewActing = Type.Object({
  staffId: Id,
  unitId: Type.Optional(Type.Union([Id, Type.Null()])),
  permissions: Type.Optional(
    Type.Union([Type.Array(Type.String({ maxLength: 60 }), { minItems: 1, maxItems: 50 }), Type.Null()]),
  ),
  signing: Type.Optional(Type.Boolean()),
  decisionNumber: Type.Optional(Type.Union([Type.String({ maxLength: 100 }), Type.Null()])),
});
const ActingList = Type.Array(NewActing, { maxItems: 5 });

export const AbsenceView = Type.Object({
  id: Type.String(),
  version: Type.Integer(),
  staffId: Type.String(),
  staffName: Type.String(),
  staffTitle: Type.String(),
  unitNames: Type.Array(Type.String()),
  kind: Type.String(),
  kindName: Type.String(),
  startsAt: Type.String(),
  endsAt: Type.String({ description: 'không tính thời điểm này' }),
  note: MaybeText,
  status: Status,
  statusName: Type.String(),
  cancelReason: MaybeText,
  mayChange: Type.Boolean(),
  acting: Type.Array(
    Type.Object({
      staffId: Type.String(),
      name: Type.String(),
      startsAt: Type.String(),
      endsAt: Type.String(),
      unitName: MaybeText,
      permissionNames: Type.Union([Type.Array(Type.String()), Type.Null()]),
      signing: Type.Boolean(),
      decisionNumber: MaybeText,
    }),
  ),
});

export const listAbsences = endpoint({
  id: 'listAbsences',
  module: 'absence',
  method: 'GET',
  path: '/api/absences',
  summary: 'Lịch vắng mặt và người làm thay: của tôi, tôi làm thay, và của đơn vị tôi phụ trách',
  access: 'staff',
  query: Type.Object({
    own: Type.Optional(Type.Literal('yes')),
    q: Type.Optional(Type.String({ maxLength: 200 })),
    unitId: Type.Optional(Id),
    kind: Type.Optional(Type.String({ maxLength: 40 })),
    status: Type.Optional(Status),
    from: Type.Optional(DayText),
    to: Type.Optional(DayText),
    page: Type.Optional(Type.Integer({ minimum: 1, maximum: 100_000 })),
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200 })),
  }),
  reply: Type.Object({ rows: Type.Array(AbsenceView), total: Type.Integer() }),
});

export const recordAbsence = endpoint({
  id: 'recordAbsence',
  module: 'absence',
  method: 'POST',
  path: '/api/absences',
  summary: 'Ghi vắng mặt (của mình, hoặc của người thuộc đơn vị phụ trách) và cử người làm thay',
  access: 'staff',
  status: 201,
  body: Type.Object({
    staffId: Id,
    kind: Type.String({ maxLength: 40 }),
    from: DayText,
    fromTime: Type.Optional(Time),
    to: DayText,
    toTime: Type.Optional(Time),
    note: Type.Optional(Type.String({ maxLength: 500 })),
    acting: ActingList,
  }),
  reply: Type.Object({ id: Type.String() }),
});

export const changeActing = endpoint({
  id: 'changeActing',
  module: 'absence',
  method: 'POST',
  path: '/api/absences/:id/acting',
  summary: 'Cử lại người làm thay, từ lúc này',
  access: 'staff',
  params: Params,
  body: Type.Object({ version: Version, acting: ActingList }),
  reply: Done,
});

export const endAbsence = endpoint({
  id: 'endAbsence',
  module: 'absence',
  method: 'POST',
  path: '/api/absences/:id/end',
  summary: 'Đã trở lại làm việc: hết vắng từ lúc này',
  access: 'staff',
  params: Params,
  body: Type.Object({ version: Version }),
  reply: Done,
});

export const cancelAbsence = endpoint({
  id: 'cancelAbsence',
  module: 'absence',
  method: 'POST',
  path: '/api/absences/:id/cancel',
  summary: 'Hủy lần vắng chưa tới hoặc ghi nhầm',
  access: 'staff',
  params: Params,
  body: Type.Object({ version: Version, reason: Type.String({ minLength: 1, maxLength: 500 }) }),
  reply: Done,
});

const Person = Type.Object({ staffId: Type.String(), name: Type.String(), title: Type.String() });

export const findAbsencePeople = endpoint({
  id: 'findAbsencePeople',
  module: 'absence',
  method: 'GET',
  path: '/api/absences/people',
  summary: 'Tìm người: ghi vắng cho ai (thuộc đơn vị phụ trách), hoặc ai làm thay (cùng cơ quan)',
  access: 'staff',
  query: Type.Object({
    for: Type.Optional(Id),
    q: Type.String({ maxLength: 200 }),
  }),
  reply: Type.Object({ rows: Type.Array(Person) }),
});

export const getAbsenceChoices = endpoint({
  id: 'getAbsenceChoices',
  module: 'absence',
  method: 'GET',
  path: '/api/absences/choices/:id',
  summary: 'Những gì giao làm thay được của một người: đơn vị, quyền, quyền ký; danh mục lý do vắng',
  access: 'staff',
  params: Params,
  reply: Type.Object({
    person: Person,
    kinds: Type.Array(Type.Object({ code: Type.String(), name: Type.String() })),
    units: Type.Array(Type.Object({ id: Type.String(), name: Type.String() })),
    permissions: Type.Array(Type.Object({ code: Type.String(), name: Type.String(), signing: Type.Boolean() })),
    wholePerson: Type.Boolean({ description: 'Người ghi được giao mọi chức vụ, không phải chọn đơn vị' }),
  }),
});
