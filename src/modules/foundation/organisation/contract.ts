import Type, { type TSchema } from 'typebox';
import { endpoint } from '../../../core/contract/endpoint.ts';
import { Day as DayText } from '../../../core/contract/fields.ts';
import { CODE_SCHEMES, SUCCESSION_KINDS, UNIT_LEVELS, UNIT_TYPES } from './rules/unit.ts';

const anyOf = <const T extends readonly string[]>(values: T) =>
  Type.Unsafe<T[number]>(Type.Union(values.map((value) => Type.Literal(value))));
const OrNull = <S extends TSchema>(schema: S) => Type.Union([schema, Type.Null()]);
const Id = Type.String({ pattern: '^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$' });
const Name = Type.String({ minLength: 1, maxLength: 300 });
const Query = Type.Optional(Type.String({ maxLength: 200 }));
const Page = {
  page: Type.Optional(Type.Integer({ minimum: 1, maximum: 100_000 })),
  pageSize: Type.Optional(Type.Integer({ minimum: 1, maximum: 200 })),
};
const Level = anyOf(UNIT_LEVELS);
const UnitTypeName = anyOf(UNIT_TYPES);
const ReachName = anyOf(['unit', 'authority', 'subtree'] as const);
const Period = { validFrom: Type.String(), validTo: OrNull(Type.String()) };
const NewPeriod = { validFrom: DayText, validTo: Type.Optional(OrNull(DayText)) };
const Done = Type.Object({ ok: Type.Literal(true) });
const Created = Type.Object({ id: Type.String() });
const editUnits = { permission: 'organisation.edit' } as const;
const editStaff = { permission: 'staff.edit' } as const;

const UnitRef = Type.Object({ unitId: Type.String(), name: Type.String() });
const Version = {
  unitId: Type.String(),
  name: Type.String(),
  level: Level,
  type: UnitTypeName,
  kind: Type.String(),
  serves: Type.Array(Type.String()),
  parentId: OrNull(Type.String()),
  ...Period,
};
export const UnitRow = Type.Object({ ...Version, code: OrNull(Type.String()), place: Type.String() });

export const pickUnits = endpoint({
  id: 'pickUnits',
  module: 'organisation',
  method: 'GET',
  path: '/api/public/units',
  summary: 'Chọn tỉnh, xã cho ô địa chỉ, theo ngày',
  access: 'public',
  query: Type.Object({
    day: Type.Optional(DayText),
    parentId: Type.Optional(Id),
    level: Type.Optional(anyOf(['province', 'district', 'commune'] as const)),
    q: Query,
  }),
  reply: Type.Object({
    rows: Type.Array(
      Type.Object({
        unitId: Type.String(),
        name: Type.String(),
        kind: Type.String(),
        level: Level,
        code: OrNull(Type.String()),
        place: Type.String(),
      }),
    ),
  }),
});

export const listUnits = endpoint({
  id: 'listUnits',
  module: 'organisation',
  method: 'GET',
  path: '/api/units',
  summary: 'Danh sách đơn vị tại một ngày',
  access: 'staff',
  query: Type.Object({
    q: Query,
    day: Type.Optional(DayText),
    level: Type.Optional(Level),
    type: Type.Optional(UnitTypeName),
    ...Page,
  }),
  reply: Type.Object({ rows: Type.Array(UnitRow), total: Type.Integer() }),
});

export const listUnitChildren = endpoint({
  id: 'listUnitChildren',
  module: 'organisation',
  method: 'GET',
  path: '/api/units/:id/children',
  summary: 'Đơn vị trực thuộc tại một ngày',
  access: 'staff',
  params: Type.Object({ id: Type.Union([Id, Type.Literal('root')]) }),
  query: Type.Object({ day: Type.Optional(DayText) }),
  reply: Type.Object({ rows: Type.Array(UnitRow) }),
});

export const getUnit = endpoint({
  id: 'getUnit',
  module: 'organisation',
  method: 'GET',
  path: '/api/units/:id',
  summary: 'Đơn vị với lịch sử, mã và kế thừa',
  access: 'staff',
  params: Type.Object({ id: Id }),
  query: Type.Object({ day: Type.Optional(DayText) }),
  reply: Type.Object({
    unit: OrNull(UnitRow),
    authorityName: OrNull(Type.String()),
    path: Type.Array(UnitRef),
    versions: Type.Array(Type.Object(Version)),
    codes: Type.Array(
      Type.Object({ unitId: Type.String(), scheme: anyOf(CODE_SCHEMES), code: Type.String(), ...Period }),
    ),
    successions: Type.Array(
      Type.Object({
        id: Type.String(),
        date: Type.String(),
        kind: Type.String(),
        from: Type.Array(UnitRef),
        to: Type.Array(UnitRef),
        partial: Type.Boolean(),
        source: Type.String(),
        verified: Type.Boolean(),
      }),
    ),
    successors: Type.Array(UnitRef),
  }),
});

export const createUnit = endpoint({
  id: 'createUnit',
  module: 'organisation',
  method: 'POST',
  path: '/api/units',
  summary: 'Thêm đơn vị',
  access: editUnits,
  status: 201,
  body: Type.Object({
    name: Name,
    level: Level,
    type: UnitTypeName,
    kind: Type.String({ pattern: '^[a-z-]{1,40}$' }),
    serves: Type.Optional(Type.Array(Type.String({ pattern: '^[a-z-]{1,40}$' }), { maxItems: 20 })),
    parentId: Id,
    ...NewPeriod,
  }),
  reply: Created,
});

export const reviseUnit = endpoint({
  id: 'reviseUnit',
  module: 'organisation',
  method: 'POST',
  path: '/api/units/:id/revisions',
  summary: 'Đổi tên, loại hoặc đơn vị cha từ một ngày',
  access: editUnits,
  params: Type.Object({ id: Id }),
  body: Type.Object({
    from: DayText,
    name: Type.Optional(Name),
    kind: Type.Optional(Type.String({ pattern: '^[a-z-]{1,40}$' })),
    serves: Type.Optional(Type.Array(Type.String({ pattern: '^[a-z-]{1,40}$' }), { maxItems: 20 })),
    parentId: Type.Optional(Id),
  }),
  reply: Done,
});

export const endUnit = endpoint({
  id: 'endUnit',
  module: 'organisation',
  method: 'POST',
  path: '/api/units/:id/end',
  summary: 'Kết thúc đơn vị sau một ngày',
  access: editUnits,
  params: Type.Object({ id: Id }),
  body: Type.Object({ lastDay: DayText }),
  reply: Done,
});

export const addUnitCode = endpoint({
  id: 'addUnitCode',
  module: 'organisation',
  method: 'POST',
  path: '/api/units/:id/codes',
  summary: 'Thêm mã cho đơn vị',
  access: editUnits,
  params: Type.Object({ id: Id }),
  body: Type.Object({
    scheme: anyOf(CODE_SCHEMES),
    code: Type.String({ pattern: '^[0-9A-Z]+(\\.[0-9A-Z]+)*$', maxLength: 35 }),
    ...NewPeriod,
  }),
  reply: Done,
});

export const listOfficeTemplates = endpoint({
  id: 'listOfficeTemplates',
  module: 'organisation',
  method: 'GET',
  path: '/api/office-templates',
  summary: 'Mẫu cơ cấu cơ quan',
  access: editUnits,
  reply: Type.Object({
    rows: Type.Array(Type.Object({ id: Type.String(), name: Type.String(), levels: Type.Array(Level) })),
  }),
});

export const createOffices = endpoint({
  id: 'createOffices',
  module: 'organisation',
  method: 'POST',
  path: '/api/units/:id/offices',
  summary: 'Tạo các bộ phận theo mẫu',
  access: editUnits,
  params: Type.Object({ id: Id }),
  body: Type.Object({ template: Type.String({ maxLength: 60 }), from: DayText }),
  reply: Type.Object({ ids: Type.Array(Type.String()) }),
});

export const recordSuccession = endpoint({
  id: 'recordSuccession',
  module: 'organisation',
  method: 'POST',
  path: '/api/successions',
  summary: 'Ghi nhận sáp nhập, chia tách, đổi tên, giải thể',
  access: editUnits,
  status: 201,
  body: Type.Object({
    date: DayText,
    kind: anyOf(SUCCESSION_KINDS),
    from: Type.Array(Id, { minItems: 1, maxItems: 100 }),
    to: Type.Array(Id, { maxItems: 100 }),
    source: Name,
    note: Type.Optional(OrNull(Type.String({ maxLength: 1000 }))),
    endFrom: Type.Optional(Type.Boolean()),
    newName: Type.Optional(Name),
  }),
  reply: Created,
});

export const previewSuccession = endpoint({
  id: 'previewSuccession',
  module: 'organisation',
  method: 'POST',
  path: '/api/successions/preview',
  summary: 'Xem trước một lần sáp nhập, chia tách, đổi tên, giải thể',
  access: editUnits,
  body: Type.Object({
    date: DayText,
    kind: anyOf(SUCCESSION_KINDS),
    from: Type.Array(Id, { minItems: 1, maxItems: 100 }),
    to: Type.Array(Id, { maxItems: 100 }),
    endFrom: Type.Boolean(),
    newName: Type.Optional(Type.String({ maxLength: 300 })),
  }),
  reply: Type.Object({
    problems: Type.Array(Type.String()),
    units: Type.Array(
      Type.Object({
        unitId: Type.String(),
        name: Type.String(),
        heirName: OrNull(Type.String()),
        openDossiers: Type.Integer(),
      }),
    ),
    staff: Type.Array(
      Type.Object({
        staffId: Type.String(),
        name: Type.String(),
        positions: Type.Array(Type.String()),
        grants: Type.Array(Type.String()),
      }),
    ),
  }),
});

const StaffRow = {
  id: Type.String(),
  fullName: Type.String(),
  email: OrNull(Type.String()),
  phone: OrNull(Type.String()),
  endedOn: OrNull(Type.String()),
  version: Type.Integer(),
};
const Contact = {
  email: Type.Optional(OrNull(Type.String({ maxLength: 200, pattern: '^[^@\\s]+@[^@\\s]+$' }))),
  phone: Type.Optional(OrNull(Type.String({ maxLength: 30, pattern: '^[0-9+ .()-]+$' }))),
};
const NewPosition = Type.Object({ unitId: Id, title: Name, main: Type.Optional(Type.Boolean()), ...NewPeriod });

export const listStaff = endpoint({
  id: 'listStaff',
  module: 'organisation',
  method: 'GET',
  path: '/api/staff',
  summary: 'Danh sách cán bộ',
  access: editStaff,
  query: Type.Object({ q: Query, unitId: Type.Optional(Id), ...Page }),
  reply: Type.Object({
    rows: Type.Array(
      Type.Object({
        ...StaffRow,
        positions: Type.Array(Type.Object({ unitId: Type.String(), unitName: Type.String(), title: Type.String() })),
      }),
    ),
    total: Type.Integer(),
  }),
});

export const getStaff = endpoint({
  id: 'getStaff',
  module: 'organisation',
  method: 'GET',
  path: '/api/staff/:id',
  summary: 'Cán bộ với chức vụ và vai trò',
  access: editStaff,
  params: Type.Object({ id: Id }),
  reply: Type.Object({
    ...StaffRow,
    positions: Type.Array(
      Type.Object({
        id: Type.String(),
        unitId: Type.String(),
        unitName: Type.String(),
        title: Type.String(),
        main: Type.Boolean(),
        ...Period,
      }),
    ),
    grants: Type.Array(
      Type.Object({
        id: Type.String(),
        roleCode: Type.String(),
        roleName: Type.String(),
        unitId: Type.String(),
        unitName: Type.String(),
        reach: ReachName,
        reason: OrNull(Type.String()),
        ...Period,
      }),
    ),
  }),
});

export const createStaff = endpoint({
  id: 'createStaff',
  module: 'organisation',
  method: 'POST',
  path: '/api/staff',
  summary: 'Thêm cán bộ',
  access: editStaff,
  status: 201,
  body: Type.Object({ fullName: Name, ...Contact, position: NewPosition }),
  reply: Created,
});

export const updateStaff = endpoint({
  id: 'updateStaff',
  module: 'organisation',
  method: 'PUT',
  path: '/api/staff/:id',
  summary: 'Sửa thông tin cán bộ, cho nghỉ',
  access: editStaff,
  params: Type.Object({ id: Id }),
  body: Type.Object({
    version: Type.Integer({ minimum: 1 }),
    fullName: Name,
    ...Contact,
    endedOn: Type.Optional(OrNull(DayText)),
  }),
  reply: Done,
});

export const addPosition = endpoint({
  id: 'addPosition',
  module: 'organisation',
  method: 'POST',
  path: '/api/staff/:id/positions',
  summary: 'Thêm chức vụ, kiêm nhiệm',
  access: editStaff,
  status: 201,
  params: Type.Object({ id: Id }),
  body: NewPosition,
  reply: Created,
});

export const endPosition = endpoint({
  id: 'endPosition',
  module: 'organisation',
  method: 'POST',
  path: '/api/positions/:id/end',
  summary: 'Kết thúc chức vụ',
  access: editStaff,
  params: Type.Object({ id: Id }),
  body: Type.Object({ lastDay: DayText }),
  reply: Done,
});

export const grantRole = endpoint({
  id: 'grantRole',
  module: 'organisation',
  method: 'POST',
  path: '/api/staff/:id/grants',
  summary: 'Gán vai trò',
  access: editStaff,
  status: 201,
  params: Type.Object({ id: Id }),
  body: Type.Object({
    roleCode: Type.String({ pattern: '^[a-z-]{1,40}$' }),
    unitId: Id,
    reach: Type.Optional(ReachName),
    reason: Type.Optional(OrNull(Type.String({ maxLength: 500 }))),
    ...NewPeriod,
  }),
  reply: Created,
});

export const endGrant = endpoint({
  id: 'endGrant',
  module: 'organisation',
  method: 'POST',
  path: '/api/grants/:id/end',
  summary: 'Thôi vai trò',
  access: editStaff,
  params: Type.Object({ id: Id }),
  body: Type.Object({ lastDay: DayText }),
  reply: Done,
});

export const listRoles = endpoint({
  id: 'listRoles',
  module: 'organisation',
  method: 'GET',
  path: '/api/roles',
  summary: 'Vai trò và quyền',
  access: 'staff',
  reply: Type.Object({
    rows: Type.Array(
      Type.Object({
        code: Type.String(),
        name: Type.String(),
        reach: ReachName,
        permissions: Type.Array(Type.Object({ code: Type.String(), name: Type.String() })),
      }),
    ),
  }),
});
