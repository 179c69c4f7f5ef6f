import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Actor, StaffActor } from '../../../core/access/actor.ts';
import { createFixedClock } from '../../../platform/config/config.ts';
import { createHttpApp, type HttpApp } from '../../../platform/http/app.ts';
import { createLog } from '../../../platform/log/log.ts';
import { createTestDatabase } from '../../../platform/testing/database.ts';
import { registerOrganisationRoutes } from './routes.ts';
import { createOrganisationService, type OrganisationService } from './service.ts';

const clock = createFixedClock(new Date('2023-08-31T02:00:00Z'));
const guest: Actor = { kind: 'guest', assurance: 'none', address: '127.0.0.1' };
let test: Awaited<ReturnType<typeof createTestDatabase>>;
let service: OrganisationService;
let app: HttpApp;
let actor: Actor = guest;

beforeAll(async () => {
  test = await createTestDatabase();
  service = createOrganisationService({ db: test.db, clock });
  await service.loadContent();
  app = await createHttpApp({
    log: createLog('silent'),
    authenticate: async () => actor,
    trustProxy: false,
    secure: false,
  });
  registerOrganisationRoutes(app, service);
  await app.fastify.ready();
});
afterAll(async () => {
  await app.fastify.close();
  await test.drop();
});

async function call(
  method: 'GET' | 'POST' | 'PUT',
  url: string,
  body?: object,
): Promise<{ status: number; json: Record<string, unknown> }> {
  const reply = await app.fastify.inject({ method, url, ...(body ? { payload: body } : {}) });
  return { status: reply.statusCode, json: reply.json() };
}
async function administratorAt(code: string): Promise<StaffActor> {
  const unitId = (await service.directory()).byCode('gso', code, '2023-08-31')?.unitId ?? '';
  const system: Actor = { kind: 'system', name: 'test', assurance: 'system' };
  const staffId = await service.createStaff(system, {
    fullName: 'Quản Trị Thử',
    position: { unitId, title: 'Văn phòng', validFrom: '2023-01-01' },
  });
  await service.grantRole(system, staffId, { roleCode: 'administrator', unitId, validFrom: '2023-01-01' });
  const grants = await service.loadGrants(staffId, clock.now());
  if (!grants) throw new Error('no grants');
  return { kind: 'staff', accountId: 'a', assurance: 'password+totp', address: '127.0.0.1', ...grants };
}

describe('over HTTP', () => {
  it('the public picker answers guests, by the day asked about', async () => {
    actor = guest;
    const { status, json } = await call('GET', '/api/public/units?day=2026-01-01&q=da+nang');
    expect(status).toBe(200);
    expect(json['rows']).toEqual([expect.objectContaining({ name: 'Thành phố Đà Nẵng', code: '48' })]);
    expect((await call('GET', '/api/public/units?day=2026-02-30')).status).toBe(400);
    expect((await call('GET', '/api/public/units?parentId=x')).status).toBe(400);
  });

  it('the rest asks guests to sign in and refuses staff without the permission', async () => {
    actor = guest;
    expect((await call('GET', '/api/units')).status).toBe(401);
    expect((await call('POST', '/api/staff', {})).status).toBe(401);
    actor = { ...(await administratorAt('20767')), unitsByPermission: new Map() };
    expect((await call('GET', '/api/units?q=hiep')).status).toBe(200);
    expect((await call('GET', '/api/staff')).status).toBe(403);
  });

  it('an administrator makes an office, a person there, and a role, and ends them', async () => {
    const admin = await administratorAt('20764');
    actor = admin;
    const made = await call('POST', '/api/units', {
      name: 'Tổ Rà soát',
      level: 'commune',
      type: 'professional',
      kind: 'ra-soat',
      parentId: admin.homeUnitId,
      validFrom: '2023-02-01',
      validTo: '2023-12-31',
    });
    expect(made.status).toBe(201);
    const unitId = String(made.json['id']);
    // What the administrator may do reaches the new unit once the rights are read again.
    const grants = await service.loadGrants(admin.staffId, clock.now());
    actor = { ...admin, unitsByPermission: grants?.unitsByPermission ?? new Map() };
    const person = await call('POST', '/api/staff', {
      fullName: 'Người Mới',
      email: 'moi@example.vn',
      position: { unitId, title: 'Tổ viên', validFrom: '2023-03-01' },
    });
    expect(person.status).toBe(201);
    const id = String(person.json['id']);
    const grant = await call('POST', `/api/staff/${id}/grants`, {
      roleCode: 'officer',
      unitId,
      validFrom: '2023-03-01',
    });
    expect(grant.status).toBe(201);
    const detail = await call('GET', `/api/staff/${id}`);
    expect(detail.json).toMatchObject({
      fullName: 'Người Mới',
      version: 1,
      grants: [{ roleName: 'Chuyên viên thụ lý', unitName: 'Tổ Rà soát', reach: 'unit', validTo: null }],
    });
    expect((await call('POST', `/api/grants/${String(grant.json['id'])}/end`, { lastDay: '2023-08-30' })).status).toBe(
      200,
    );
    expect((await service.loadGrants(id, clock.now()))?.roles).toEqual([]);
    expect((await call('PUT', `/api/staff/${id}`, { version: 7, fullName: 'Khác' })).json).toMatchObject({
      code: 'row/stale',
      status: 409,
    });
    expect(
      (await call('POST', `/api/staff/${id}/grants`, { roleCode: 'no-such-role', unitId, validFrom: '2023-03-01' }))
        .status,
    ).toBe(404);
  });

  it('a foreign unit and a missing one look the same', async () => {
    actor = await administratorAt('20770');
    const foreign = (await service.directory()).byCode('gso', '20773', '2023-08-31')?.unitId ?? '';
    const a = await call('POST', `/api/units/${foreign}/end`, { lastDay: '2023-12-31' });
    const b = await call('POST', '/api/units/00000000-0000-7000-8000-000000000000/end', { lastDay: '2023-12-31' });
    expect([a.status, a.json['code'], a.json['detail']]).toEqual([404, 'row/missing', b.json['detail']]);
    expect(b.status).toBe(404);
  });

  it('unknown members, wrong types and days that do not exist are refused with the field', async () => {
    actor = await administratorAt('20776');
    const bad = await call('POST', '/api/staff', {
      fullName: 5,
      position: { unitId: 'x', title: '', validFrom: '2023-02-30' },
    });
    expect(bad.status).toBe(400);
    expect(bad.json['code']).toBe('request/invalid');
  });

  it('a closed unit is told with its successors', async () => {
    actor = await administratorAt('20788');
    const id = (await service.directory()).byCode('gso', '20761', '2023-08-31')?.unitId ?? '';
    const { json } = await call('GET', `/api/units/${id}?day=2026-01-01`);
    expect(json).toMatchObject({ unit: null, successors: [{ name: 'Xã Hiệp Đức' }] });
    expect(json['successions']).toEqual([
      expect.objectContaining({ kind: 'merge', date: '2025-01-01', verified: true }),
    ]);
  });
});
