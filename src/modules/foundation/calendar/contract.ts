import Type from 'typebox';
import { endpoint } from '../../../core/contract/endpoint.ts';
import { Day as DayText } from '../../../core/contract/fields.ts';

const edit = { permission: 'calendar.edit' } as const;
const Code = Type.String({ pattern: '^[a-z0-9-]{1,60}$' });
const CodeParams = Type.Object({ code: Code });
const Definition = Type.Unsafe<unknown>(Type.Object({}));
const Problem = Type.Object({ path: Type.String(), code: Type.String(), message: Type.String() });
const NewRevision = {
  definition: Definition,
  validFrom: DayText,
  source: Type.String({ minLength: 1, maxLength: 500 }),
};

export const listCalendars = endpoint({
  id: 'listCalendars',
  module: 'calendar',
  method: 'GET',
  path: '/api/calendars',
  summary: 'Các lịch làm việc',
  access: 'staff',
  reply: Type.Object({
    rows: Type.Array(
      Type.Object({ id: Type.String(), code: Type.String(), name: Type.String(), isDefault: Type.Boolean() }),
    ),
  }),
});

export const listCalendarRevisions = endpoint({
  id: 'listCalendarRevisions',
  module: 'calendar',
  method: 'GET',
  path: '/api/calendars/:code/revisions',
  summary: 'Các bản công bố của một lịch',
  access: 'staff',
  params: CodeParams,
  reply: Type.Object({
    rows: Type.Array(
      Type.Object({
        id: Type.String(),
        validFrom: Type.String(),
        validTo: Type.Union([Type.String(), Type.Null()]),
        source: Type.String(),
        verified: Type.Boolean(),
        publishedAt: Type.String(),
        supersededAt: Type.Union([Type.String(), Type.Null()]),
      }),
    ),
  }),
});

export const getCalendarDefinition = endpoint({
  id: 'getCalendarDefinition',
  module: 'calendar',
  method: 'GET',
  path: '/api/calendar-revisions/:id',
  summary: 'Nội dung một bản lịch',
  access: 'staff',
  params: Type.Object({ id: Type.String({ pattern: '^[0-9a-f-]{36}$' }) }),
  reply: Type.Object({ definition: Type.Unknown() }),
});

export const checkCalendar = endpoint({
  id: 'checkCalendar',
  module: 'calendar',
  method: 'POST',
  path: '/api/calendars/check',
  summary: 'Kiểm tra một bản lịch trước khi công bố',
  access: edit,
  body: Type.Object({ definition: Definition }),
  reply: Type.Object({ problems: Type.Array(Problem) }),
});

export const createCalendar = endpoint({
  id: 'createCalendar',
  module: 'calendar',
  method: 'POST',
  path: '/api/calendars',
  summary: 'Thêm lịch làm việc',
  access: edit,
  status: 201,
  body: Type.Object({ code: Code, name: Type.String({ minLength: 1, maxLength: 200 }), ...NewRevision }),
  reply: Type.Object({ id: Type.String() }),
});

export const publishCalendarRevision = endpoint({
  id: 'publishCalendarRevision',
  module: 'calendar',
  method: 'POST',
  path: '/api/calendars/:code/revisions',
  summary: 'Công bố bản lịch mới từ một ngày',
  access: edit,
  status: 201,
  params: CodeParams,
  body: Type.Object(NewRevision),
  reply: Type.Object({ id: Type.String() }),
});

export const getUnitCalendar = endpoint({
  id: 'getUnitCalendar',
  module: 'calendar',
  method: 'GET',
  path: '/api/units/:id/calendar',
  summary: 'Lịch một đơn vị đang theo và các lịch riêng đã gán',
  access: 'staff',
  params: Type.Object({ id: Type.String({ pattern: '^[0-9a-f-]{36}$' }) }),
  query: Type.Object({ day: Type.Optional(DayText) }),
  reply: Type.Object({
    inForce: Type.Union([Type.Object({ code: Type.String(), name: Type.String(), own: Type.Boolean() }), Type.Null()]),
    assignments: Type.Array(
      Type.Object({
        code: Type.String(),
        name: Type.String(),
        validFrom: Type.String(),
        validTo: Type.Union([Type.String(), Type.Null()]),
      }),
    ),
  }),
});

export const assignCalendar = endpoint({
  id: 'assignCalendar',
  module: 'calendar',
  method: 'POST',
  path: '/api/units/:id/calendar',
  summary: 'Gán lịch riêng cho đơn vị',
  access: edit,
  params: Type.Object({ id: Type.String({ pattern: '^[0-9a-f-]{36}$' }) }),
  body: Type.Object({
    code: Type.Union([Code, Type.Null()]),
    from: DayText,
    to: Type.Optional(Type.Union([DayText, Type.Null()])),
  }),
  reply: Type.Object({ ok: Type.Literal(true) }),
});
