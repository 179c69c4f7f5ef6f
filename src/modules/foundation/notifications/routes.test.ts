import pino from 'pino';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Actor } from '../../../core/access/actor.ts';
import { uuidv7 } from '../../../core/ids/uuid.ts';
import { createFixedClock } from '../../../platform/config/config.ts';
import { createHttpApp, type HttpApp } from '../../../platform/http/app.ts';
import { createTestDatabase } from '../../../platform/testing/database.ts';
import { createAuditService, registerAuditRoutes } from '../audit/index.ts';
import { createNotificationService, queueMessage, registerNotificationRoutes } from './index.ts';

const at = new Date('2026-11-22T01:00:00Z');
const clock = createFixedClock(at);
const accountId = uuidv7(at);
const address = '203.0.113.7';
const person = { subject: 's', fullName: 'Người thử', idNumber: null, birthDate: null, email: null, phone: null };
const post = { accountId, staffId: uuidv7(at), displayName: 'Cán bộ thử', homeUnitId: 'u', unitIds: ['u'], roles: [] };
const actors: Record<string, Actor> = {
  guest: { kind: 'guest', assurance: 'none', address },
  citizen: { kind: 'citizen', accountId, ...person, assurance: 'loa2', address },
  clerk: { kind: 'staff', ...post, unitsByPermission: new Map(), assurance: 'password', address },
  inspector: {
    kind: 'staff',
    ...post,
    unitsByPermission: new Map(['audit.read', 'notification.read-log'].map((name) => [name, new Set([uuidv7(at)])])),
    assurance: 'password',
    address,
  },
};
let database: Awaited<ReturnType<typeof createTestDatabase>>;
let app: HttpApp;
let messageId: string;

beforeAll(async () => {
  database = await createTestDatabase();
  app = await createHttpApp({
    log: pino({ level: 'silent' }),
    authenticate: async (token) => actors[token ?? 'guest'] ?? (actors['guest'] as Actor),
    trustProxy: false,
    secure: false,
  });
  registerNotificationRoutes(app, createNotificationService({ db: database.db, clock }));
  registerAuditRoutes(app, createAuditService({ db: database.db, clock }));
  messageId =
    (await queueMessage(database.db, {
      ...{ recipient: `citizen:${accountId}`, channel: 'app', subject: 'Tin', body: 'Nội dung', template: 't' },
      dedupeKey: 'k',
      at,
    })) ?? '';
});
afterAll(async () => {
  await app.fastify.close();
  await database.drop();
});

const ask = (who: string, method: 'GET' | 'POST', url: string) =>
  app.fastify.inject({ method, url, cookies: { motcua_session: who }, headers: { 'sec-fetch-site': 'same-origin' } });

test.each([
  ['GET', '/api/messages', 401, 403, 200, 200],
  ['GET', '/api/my/messages', 401, 200, 403, 403],
  ['GET', '/api/notifications', 401, 403, 403, 200],
  ['POST', `/api/notifications/${uuidv7(at)}/resend`, 401, 403, 403, 404],
  ['GET', '/api/audit', 401, 403, 403, 200],
] as const)('%s %s answers guest %i, citizen %i, clerk %i, inspector %i', async (method, url, ...expected) => {
  const answers = [];
  for (const who of ['guest', 'citizen', 'clerk', 'inspector']) answers.push((await ask(who, method, url)).statusCode);
  expect(answers).toEqual(expected);
});

test('a citizen reads and ticks off an own message over HTTP', async () => {
  expect((await ask('citizen', 'GET', '/api/my/messages')).json()).toMatchObject({
    unread: 1,
    rows: [{ id: messageId, createdAt: '2026-11-22T08:00:00+07:00' }],
  });
  expect((await ask('citizen', 'POST', `/api/my/messages/${messageId}/read`)).statusCode).toBe(200);
  expect((await ask('citizen', 'GET', '/api/my/messages')).json()).toMatchObject({ unread: 0 });
});

test.each([
  '/api/audit?cursor=------------------------------------',
  '/api/audit?limit=100000',
  '/api/audit?from=qua',
  '/api/notifications?dossierId=1',
  '/api/notifications?status=lost',
])('%s is refused as invalid, not as a fault of ours', async (url) => {
  expect((await ask('inspector', 'GET', url)).statusCode).toBe(400);
});
