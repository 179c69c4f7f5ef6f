import Type, { type Static } from 'typebox';
import { endpoint } from '../../../core/contract/endpoint.ts';

/** One line of the trail as read by an inspector. */
export const AuditLine = Type.Object({
  id: Type.String(),
  chainId: Type.String(),
  occurredAt: Type.String(),
  recordedAt: Type.String(),
  actor: Type.String(),
  /** Name and title of staff; empty for everybody else. */
  actorName: Type.String(),
  assurance: Type.String(),
  address: Type.Union([Type.String(), Type.Null()]),
  action: Type.String(),
  objectType: Type.String(),
  objectId: Type.String(),
  /** Code of a dossier, name of a unit or of staff; empty where there is none. */
  objectName: Type.String(),
  /** Null also after erasure. */
  payload: Type.Unknown(),
  erasedAt: Type.Union([Type.String(), Type.Null()]),
});
export type AuditLine = Static<typeof AuditLine>;

/**
 * Filters join by "and". `objectId` takes a dossier's code too, and finds the lists it stood in as well. `action` may end in `*` (`dossier.*`). `from` inclusive, `to` exclusive, ISO instants.
 */
export const AuditQuery = Type.Object({
  chainId: Type.Optional(Type.String({ maxLength: 100 })),
  objectType: Type.Optional(Type.String({ maxLength: 100 })),
  objectId: Type.Optional(Type.String({ maxLength: 100 })),
  actor: Type.Optional(Type.String({ maxLength: 100 })),
  action: Type.Optional(Type.String({ maxLength: 100 })),
  from: Type.Optional(Type.String({ maxLength: 40 })),
  to: Type.Optional(Type.String({ maxLength: 40 })),
  /** `nextCursor` of the page before. */
  cursor: Type.Optional(Type.String({ pattern: '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' })),
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200 })),
});
export type AuditQuery = Static<typeof AuditQuery>;

/** Youngest first. Reading the trail is itself recorded. */
export const listAudit = endpoint({
  id: 'listAudit',
  module: 'audit',
  method: 'GET',
  path: '/api/audit',
  summary: 'Tra cứu nhật ký',
  access: { permission: 'audit.read' },
  query: AuditQuery,
  reply: Type.Object({ rows: Type.Array(AuditLine), nextCursor: Type.Union([Type.String(), Type.Null()]) }),
});

const { cursor: _cursor, limit: _limit, ...Filters } = AuditQuery.properties;

/** The same for a file, at most 5,000 lines; `truncated` where there are more. Taking lines out is itself recorded. */
export const exportAudit = endpoint({
  id: 'exportAudit',
  module: 'audit',
  method: 'POST',
  path: '/api/audit/export',
  summary: 'Xuất nhật ký',
  access: { permission: 'audit.read' },
  body: Type.Object(Filters),
  reply: Type.Object({ rows: Type.Array(AuditLine), truncated: Type.Boolean() }),
});

/** A POST: what is typed is somebody's name. */
export const findAuditPeople = endpoint({
  id: 'findAuditPeople',
  module: 'audit',
  method: 'POST',
  path: '/api/audit/people',
  summary: 'Tìm cán bộ để lọc nhật ký',
  access: { permission: 'audit.read' },
  body: Type.Object({ q: Type.String({ minLength: 1, maxLength: 200 }) }),
  reply: Type.Object({
    rows: Type.Array(Type.Object({ actor: Type.String(), name: Type.String(), title: Type.String() })),
  }),
});
