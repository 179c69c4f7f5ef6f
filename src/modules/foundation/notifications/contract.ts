import Type, { type Static } from 'typebox';
import { endpoint } from '../../../core/contract/endpoint.ts';

const Nullable = <S extends Type.TSchema>(schema: S) => Type.Union([schema, Type.Null()]);
const Uuid = Type.String({ pattern: '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' });
const Cursor = Type.Optional(Uuid);
const Id = Type.Object({ id: Uuid });
const PageQuery = Type.Object({ cursor: Cursor, limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 100 })) });

/** A notice in the reader's own inbox, youngest first. */
export const InboxMessage = Type.Object({
  id: Type.String(),
  subject: Type.String(),
  /** Plain text; line breaks count. */
  body: Type.String(),
  dossierId: Nullable(Type.String()),
  createdAt: Type.String(),
  readAt: Nullable(Type.String()),
});
export type InboxMessage = Static<typeof InboxMessage>;
const Inbox = Type.Object({
  rows: Type.Array(InboxMessage),
  /** All unread messages, not only those of this page. */
  unread: Type.Integer(),
  nextCursor: Nullable(Type.String()),
});
export type Inbox = Static<typeof Inbox>;

export const listStaffMessages = endpoint({
  id: 'listStaffMessages',
  module: 'notifications',
  method: 'GET',
  path: '/api/messages',
  summary: 'Thông báo của tôi (cán bộ)',
  access: 'staff',
  query: PageQuery,
  reply: Inbox,
});

export const readStaffMessage = endpoint({
  id: 'readStaffMessage',
  module: 'notifications',
  method: 'POST',
  path: '/api/messages/:id/read',
  summary: 'Đánh dấu đã đọc (cán bộ)',
  access: 'staff',
  params: Id,
  reply: Type.Object({}),
});

export const listCitizenMessages = endpoint({
  id: 'listCitizenMessages',
  module: 'notifications',
  method: 'GET',
  path: '/api/my/messages',
  summary: 'Thông báo của tôi (công dân)',
  access: 'citizen',
  query: PageQuery,
  reply: Inbox,
});

export const readCitizenMessage = endpoint({
  id: 'readCitizenMessage',
  module: 'notifications',
  method: 'POST',
  path: '/api/my/messages/:id/read',
  summary: 'Đánh dấu đã đọc (công dân)',
  access: 'citizen',
  params: Id,
  reply: Type.Object({}),
});

/** `sent`: the mail server took it over. `failed`: given up. */
const DeliveryStatus = Type.Union([
  Type.Literal('waiting'),
  Type.Literal('sending'),
  Type.Literal('sent'),
  Type.Literal('failed'),
]);

/** One e-mail in the delivery log: address masked, no body. */
export const Delivery = Type.Object({
  id: Type.String(),
  to: Type.String(),
  subject: Type.String(),
  template: Type.String(),
  dossierId: Nullable(Type.String()),
  status: DeliveryStatus,
  attempts: Type.Integer(),
  lastError: Nullable(Type.String()),
  createdAt: Type.String(),
  sentAt: Nullable(Type.String()),
  resendOf: Nullable(Type.String()),
});
export type Delivery = Static<typeof Delivery>;

export const DeliveryQuery = Type.Object({
  status: Type.Optional(DeliveryStatus),
  dossierId: Type.Optional(Uuid),
  cursor: Cursor,
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200 })),
});
export type DeliveryQuery = Static<typeof DeliveryQuery>;

export const listDeliveries = endpoint({
  id: 'listDeliveries',
  module: 'notifications',
  method: 'GET',
  path: '/api/notifications',
  summary: 'Nhật ký gửi thông báo',
  access: { permission: 'notification.read-log' },
  query: DeliveryQuery,
  reply: Type.Object({ rows: Type.Array(Delivery), nextCursor: Nullable(Type.String()) }),
});

/** Sends a sent or failed e-mail once more, as a new message. Asked twice while that one waits, it is one. */
export const resendMessage = endpoint({
  id: 'resendMessage',
  module: 'notifications',
  method: 'POST',
  path: '/api/notifications/:id/resend',
  summary: 'Gửi lại thông báo',
  access: { permission: 'notification.read-log' },
  params: Id,
  reply: Type.Object({ id: Type.String() }),
});
