import Type from 'typebox';
import { endpoint } from '../../../core/contract/endpoint.ts';

export const listRegimes = endpoint({
  id: 'listRegimes',
  module: 'reference',
  method: 'GET',
  path: '/api/regimes',
  summary: 'Chế độ pháp lý theo mặt và thời kỳ',
  access: 'staff',
  reply: Type.Object({
    rows: Type.Array(
      Type.Object({
        aspect: Type.String(),
        id: Type.String(),
        validFrom: Type.String(),
        validTo: Type.Union([Type.String(), Type.Null()]),
        value: Type.Unknown(),
        source: Type.String(),
        verified: Type.Boolean(),
        note: Type.Union([Type.String(), Type.Null()]),
      }),
    ),
  }),
});

export const listUnverifiedContent = endpoint({
  id: 'listUnverifiedContent',
  module: 'reference',
  method: 'GET',
  path: '/api/unverified-content',
  summary: 'Nội dung pháp lý chưa được kiểm tra với nguồn',
  access: { permission: 'system.administer' },
  reply: Type.Object({
    rows: Type.Array(
      Type.Object({
        file: Type.String(),
        document: Type.String(),
        place: Type.String(),
        label: Type.String(),
        source: Type.String(),
      }),
    ),
    total: Type.Integer(),
  }),
});

export const getCatalogue = endpoint({
  id: 'getCatalogue',
  module: 'reference',
  method: 'GET',
  path: '/api/public/catalogues/:id',
  summary: 'Danh mục dùng chung: kênh, trạng thái, đối tượng, bộ ngành',
  access: 'public',
  params: Type.Object({ id: Type.String({ pattern: '^[a-z-]{1,40}$' }) }),
  reply: Type.Object({
    id: Type.String(),
    entries: Type.Array(Type.Object({ code: Type.String(), name: Type.String() })),
  }),
});
