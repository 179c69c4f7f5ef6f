import Type, { type Static } from 'typebox';
import { endpoint } from '../../../core/contract/endpoint.ts';
import { Day, Id, Instant, Nullable } from '../../../core/contract/fields.ts';

const access = { permission: 'registers.design' } as const;
const Version = Type.Integer({ minimum: 1 });
const params = Type.Object({ id: Id });
const RegisterId = Type.String({ pattern: '^[a-z0-9-]{1,40}$' });
/** What it must be, the check of the design says place by place. */
const Definition = Type.Record(Type.String({ maxLength: 40 }), Type.Unknown());

const DesignLine = Type.Object({
  /** null: of the content, without a copy here. */
  id: Nullable(Id),
  version: Version,
  registerId: Type.String(),
  name: Type.String(),
  state: Type.Enum(['content', 'draft', 'published']),
  validFrom: Nullable(Day),
  /** Of the whole register: no period begins after it. */
  lastDay: Nullable(Day),
  changedAt: Nullable(Instant),
  changedBy: Type.String(),
  digest: Nullable(Type.String()),
});
export type DesignLineType = Static<typeof DesignLine>;
const Made = Type.Object({ id: Id });
const Saved = Type.Object({ id: Id, version: Version });

export const listRegisterDesigns = endpoint({
  id: 'listRegisterDesigns',
  module: 'registers',
  method: 'GET',
  path: '/api/register-designs',
  summary: 'Thiết kế sổ nhập tay: sổ trong bộ nội dung, bản nháp, bản đã công bố, sổ đã ngừng',
  access,
  reply: Type.Object({ rows: Type.Array(DesignLine) }),
});

export const createRegisterDesign = endpoint({
  id: 'createRegisterDesign',
  module: 'registers',
  method: 'POST',
  path: '/api/register-designs',
  summary: 'Lập bản nháp: bản sau của một sổ, hoặc sổ mới (trống hoặc chép từ sổ khác)',
  access,
  body: Type.Object({
    /** The register the draft begins as; left out: an empty one, which needs `as`. */
    copyOf: Type.Optional(RegisterId),
    /** A register of its own; without it the draft is the next version of the copied one. */
    as: Type.Optional(Type.Object({ id: RegisterId, name: Type.String({ minLength: 1, maxLength: 120 }) })),
  }),
  reply: Made,
});

export const readRegisterDesign = endpoint({
  id: 'readRegisterDesign',
  module: 'registers',
  method: 'POST',
  path: '/api/register-designs/yaml',
  summary: 'Lập bản nháp từ tệp YAML như trong content/registers; tệp sai bị từ chối và nêu chỗ sai',
  access,
  body: Type.Object({ yaml: Type.String({ minLength: 1, maxLength: 500_000 }) }),
  reply: Made,
});

export const getRegisterDesign = endpoint({
  id: 'getRegisterDesign',
  module: 'registers',
  method: 'GET',
  path: '/api/register-designs/:id',
  summary: 'Một bản thiết kế sổ hoặc một sổ có sẵn: định nghĩa, trạng thái, bản trước của sổ',
  access,
  /** Of a design, or of a register of the content. */
  params: Type.Object({ id: RegisterId }),
  reply: Type.Object({
    ...DesignLine.properties,
    definition: Definition,
    /** The definition as a file of `content/registers`. */
    yaml: Type.String(),
    /** The published version before it; null: the register is new. */
    before: Nullable(Definition),
  }),
});

export const saveRegisterDesign = endpoint({
  id: 'saveRegisterDesign',
  module: 'registers',
  method: 'POST',
  path: '/api/register-designs/:id',
  summary: 'Lưu bản nháp của sổ; sổ sai bị từ chối và nêu chỗ sai',
  access,
  params,
  body: Type.Object({ version: Version, definition: Definition }),
  reply: Saved,
});

export const publishRegisterDesign = endpoint({
  id: 'publishRegisterDesign',
  module: 'registers',
  method: 'POST',
  path: '/api/register-designs/:id/publish',
  summary: 'Công bố bản nháp của sổ từ một ngày; bản công bố không sửa được, số đã nhập giữ theo bản cũ',
  access,
  params,
  body: Type.Object({ version: Version, validFrom: Day }),
  reply: Saved,
});

export const discardRegisterDesign = endpoint({
  id: 'discardRegisterDesign',
  module: 'registers',
  method: 'POST',
  path: '/api/register-designs/:id/discard',
  summary: 'Bỏ bản nháp của sổ',
  access,
  params,
  body: Type.Object({ version: Version }),
  reply: Made,
});

export const endRegister = endpoint({
  id: 'endRegister',
  module: 'registers',
  method: 'POST',
  path: '/api/register-designs/end',
  summary: 'Ngừng dùng một sổ sau một ngày, hoặc dùng lại; số đã nhập vẫn còn',
  access,
  body: Type.Object({
    registerId: RegisterId,
    /** No period begins after it; null: the register is used again. */
    lastDay: Nullable(Day),
    reason: Type.String({ maxLength: 1000 }),
  }),
  reply: Type.Object({ registerId: Type.String(), lastDay: Nullable(Day) }),
});
