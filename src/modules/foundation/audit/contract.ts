import Type, { type Static } from 'typebox';
import { endpoint } from '../../../core/contract/endpoint.ts';

/** One line of the trail as read by an inspector. */
export const AuditLine = Type.Object({
  id: Type.String(),
  chainId: Type.String(),
  occurredAt: Type.String(),
  recordedAt: Type.String(),
  actor: Type.String(),
  assurance: Type.String(),
  address: Type.Union([Type.String(), Type.Null()]),
  action: Type.String(),
  objectType: Type.String(),
  objectId: Type.String(),
  /** Null also after erasure. */
  payload: Type.Unknown(),
  erasedAt: Type.Union([Type.String(), Type.Null()]),
});
export type AuditLine = Static<typeof AuditLine>;

/** Filters join by "and". `action` may end in `*` (`dossier.*`). `from` inclusive, `to` exclusive, ISO instants. */
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
