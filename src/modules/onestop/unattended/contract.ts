import Type from 'typebox';
import { endpoint } from '../../../core/contract/endpoint.ts';

const Id = Type.String({ pattern: '^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$' });
const MaybeText = Type.Union([Type.String(), Type.Null()]);
const Reason = Type.Union([Type.Literal('absent'), Type.Literal('departed')]);
const lead = { permission: 'dossier.reassign' } as const;
const Target = Type.Union([Id, Type.Null()], { description: 'null: trả về đơn vị' });

export const UnattendedRow = Type.Object({
  id: Type.String(),
  code: Type.String(),
  version: Type.Integer(),
  procedureName: Type.String(),
  stepName: Type.String(),
  role: Type.String(),
  unitId: Type.String(),
  unitName: Type.String(),
  staffId: Type.String(),
  staffName: Type.String(),
  reason: Reason,
  until: MaybeText,
  dueAt: MaybeText,
});

export const listUnattended = endpoint({
  id: 'listUnattended',
  module: 'unattended',
  method: 'GET',
  path: '/api/unattended',
  summary: 'Hồ sơ ở người vắng không có người làm thay, hoặc ở người đã thôi việc',
  access: lead,
  query: Type.Object({
    unitId: Type.Optional(Id),
    staffId: Type.Optional(Id),
    reason: Type.Optional(Reason),
    page: Type.Optional(Type.Integer({ minimum: 1, maximum: 100_000 })),
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200 })),
  }),
  reply: Type.Object({
    rows: Type.Array(UnattendedRow),
    total: Type.Integer(),
    holders: Type.Array(Type.Object({ staffId: Type.String(), name: Type.String(), dossiers: Type.Integer() })),
  }),
});

export const findTakers = endpoint({
  id: 'findTakers',
  module: 'unattended',
  method: 'GET',
  path: '/api/unattended/takers',
  summary: 'Ai nhận được việc của một vai trò tại một đơn vị',
  access: lead,
  query: Type.Object({ unitId: Id, role: Type.String({ maxLength: 60 }) }),
  reply: Type.Object({
    rows: Type.Array(Type.Object({ staffId: Type.String(), name: Type.String(), title: Type.String() })),
  }),
});

export const giveUnattended = endpoint({
  id: 'giveUnattended',
  module: 'unattended',
  method: 'POST',
  path: '/api/unattended/assignments',
  summary: 'Giao lại nhiều hồ sơ cho một người, hoặc trả về đơn vị',
  access: lead,
  body: Type.Object({
    dossiers: Type.Array(Type.Object({ id: Id, version: Type.Integer({ minimum: 1 }) }), {
      minItems: 1,
      maxItems: 200,
    }),
    staffId: Target,
  }),
  reply: Type.Object({
    done: Type.Integer(),
    failed: Type.Array(Type.Object({ id: Type.String(), code: Type.String() })),
  }),
});

export const countHeldBy = endpoint({
  id: 'countHeldBy',
  module: 'unattended',
  method: 'GET',
  path: '/api/staff/:id/holdings',
  summary: 'Hồ sơ đang ở một người, để bàn giao khi người ấy thôi chức vụ',
  access: { permission: 'staff.edit' },
  params: Type.Object({ id: Id }),
  reply: Type.Object({
    total: Type.Integer(),
    rows: Type.Array(
      Type.Object({
        unitId: Type.String(),
        unitName: Type.String(),
        role: Type.String(),
        dossiers: Type.Integer(),
        takers: Type.Array(Type.Object({ staffId: Type.String(), name: Type.String(), title: Type.String() })),
      }),
    ),
  }),
});

export const handOverHeld = endpoint({
  id: 'handOverHeld',
  module: 'unattended',
  method: 'POST',
  path: '/api/staff/:id/holdings',
  summary: 'Bàn giao hồ sơ của một người tại một đơn vị cho đơn vị hoặc cho một người khác',
  access: { permission: 'staff.edit' },
  params: Type.Object({ id: Id }),
  body: Type.Object({ unitId: Id, role: Type.String({ maxLength: 60 }), staffId: Target }),
  reply: Type.Object({ done: Type.Integer(), left: Type.Integer() }),
});
