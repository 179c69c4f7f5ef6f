import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Actor } from '../../../core/access/actor.ts';
import { createFixedClock } from '../../../platform/config/config.ts';
import { createHttpApp, type HttpApp } from '../../../platform/http/app.ts';
import { createLog } from '../../../platform/log/log.ts';
import { createTestDatabase } from '../../../platform/testing/database.ts';
import { registerProcedureRoutes } from './routes.ts';
import type { ProcedureDefinition } from './rules/definition.ts';
import { createProceduresService } from './service.ts';

const guest: Actor = { kind: 'guest', assurance: 'none', address: '127.0.0.1' };
const staff = (...permissions: string[]): Actor => ({
  kind: 'staff',
  accountId: 'a',
  staffId: '0190a1b2-0000-7000-8000-000000000001',
  displayName: 'Người thử',
  homeUnitId: 'u',
  unitIds: ['u'],
  roles: [],
  unitsByPermission: new Map(permissions.map((one) => [one, new Set(['u'])])),
  assurance: 'password+totp',
  address: '127.0.0.1',
});
let test: Awaited<ReturnType<typeof createTestDatabase>>;
let app: HttpApp;
let actor: Actor = guest;

beforeAll(async () => {
  test = await createTestDatabase();
  const service = createProceduresService({ db: test.db, clock: createFixedClock(new Date('2026-11-22T02:00:00Z')) });
  await service.loadContent();
  app = await createHttpApp({
    log: createLog('silent'),
    authenticate: async () => actor,
    trustProxy: false,
    secure: false,
  });
  registerProcedureRoutes(app, service);
  await app.fastify.ready();
});
afterAll(async () => {
  await app.fastify.close();
  await test.drop();
});

/** What the replies looked at here hold, taken together. */
type Json = {
  id: string;
  code: string;
  total: number;
  version: number;
  revisionId: string;
  rows: { id: string; revision: string }[];
  findings: unknown[];
  definition: ProcedureDefinition;
};
type Reply = { status: number; json: Json };
async function call(method: 'GET' | 'POST' | 'PUT', url: string, body?: object): Promise<Reply> {
  const reply = await app.fastify.inject({ method, url, ...(body ? { payload: body } : {}) });
  return { status: reply.statusCode, json: reply.json() };
}

describe('over HTTP', () => {
  it('anybody may search and read what is in force on a day', async () => {
    actor = guest;
    const found = await call('GET', `/api/procedures?q=${encodeURIComponent('ho kinh doanh')}&day=2023-08-31`);
    expect(found).toMatchObject({
      status: 200,
      json: { total: 1, likely: false, rows: [{ code: '1.001612', levels: ['huyen'], limitText: '3 ngày làm việc' }] },
    });
    const one = await call('GET', '/api/procedures/1.013225?level=xa');
    expect(one.json.definition).toMatchObject({ revision: '2025-07-01', form: { id: 'de-nghi-cap-phep-xay-dung' } });
    expect((await call('GET', '/api/procedure-fields')).json.rows).toHaveLength(5);
  });

  it('a missing procedure, a bad code and a bad day are told apart', async () => {
    expect((await call('GET', '/api/procedures/9.999999')).status).toBe(404);
    expect((await call('GET', '/api/procedures/abc')).status).toBe(404);
    expect((await call('GET', '/api/procedures?day=2025-02-30')).status).toBe(400);
    expect((await call('GET', '/api/procedures?page=0')).status).toBe(400);
  });

  it('drafts are for those who may read the catalogue', async () => {
    actor = guest;
    expect((await call('GET', '/api/procedure-catalogue')).status).toBe(401);
    actor = staff('dossier.read');
    expect((await call('GET', '/api/procedure-catalogue')).status).toBe(403);
    actor = staff('procedure.read');
    expect((await call('GET', '/api/procedure-catalogue')).json.total).toBe(5);
    expect((await call('POST', '/api/procedure-revisions', { definition: {} })).status).toBe(403);
  });

  it('an administrator copies, changes, compares and publishes', async () => {
    actor = staff('procedure.read', 'procedure.edit', 'procedure.publish');
    const revisions = (await call('GET', '/api/procedure-catalogue/1.001612/revisions')).json.rows;
    expect(revisions.map((row: { revision: string }) => row.revision)).toEqual([
      '2025-07-01',
      '2023-01-01',
      '2022-01-01',
    ]);
    const now = revisions[0] ?? { id: '' };
    const copy = await call('POST', `/api/procedure-revisions/${now.id}/copy`, {
      revision: '2027-01-01',
      validFrom: '2027-01-01',
    });
    expect(copy.status).toBe(201);
    const draft = (await call('GET', `/api/procedure-revisions/${copy.json.id}`)).json;
    expect(draft).toMatchObject({ status: 'draft', version: 1, origin: 'editor' });
    const definition = {
      ...draft.definition,
      timeLimits: [{ ...draft.definition.timeLimits[0], allow: { unit: 'working-day', amount: 2 } }],
    };
    const url = `/api/procedure-revisions/${copy.json.id}`;
    const saved = await call('PUT', url, { version: 1, definition });
    expect(saved.json.findings).toContainEqual(expect.objectContaining({ rule: 'steps/sum', severity: 'error' }));
    const refused = await call('POST', `${url}/publish`, { version: 2 });
    expect(refused.status).toBe(422);
    expect(refused.json.code).toBe('procedure/invalid');
    const diff = await call('GET', `/api/procedure-revisions/${now.id}/diff/${copy.json.id}`);
    expect(diff.json.rows).toContainEqual(
      expect.objectContaining({ path: '/timeLimits/chung/allow/amount', before: '3', after: '2' }),
    );
    expect((await call('PUT', url, { version: 2, definition: draft.definition })).json.version).toBe(3);
    expect((await call('POST', `${url}/publish`, { version: 2 })).status).toBe(409);
    expect(await call('POST', `${url}/publish`, { version: 3 })).toEqual({ status: 200, json: { ok: true } });
    expect((await call('GET', '/api/procedures/1.001612?day=2027-01-01')).json.revisionId).toBe(copy.json.id);
    expect((await call('GET', '/api/procedures/1.001612?day=2026-12-31')).json.revisionId).toBe(now.id);
  });

  it('a draft of nonsense is refused with its places', async () => {
    const reply = await call('POST', '/api/procedure-revisions', { definition: { code: 'x' } });
    expect(reply.status).toBe(400);
    expect(JSON.stringify(reply.json)).toContain('/code');
  });
});
