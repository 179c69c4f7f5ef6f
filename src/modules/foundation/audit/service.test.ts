import { afterAll, beforeAll, expect, test } from 'vitest';
import type { StaffActor } from '../../../core/access/actor.ts';
import { createFixedClock } from '../../../platform/config/config.ts';
import { createTestDatabase } from '../../../platform/testing/database.ts';
import { createAuditService, INSTALLATION_CHAIN, recordAudit } from './index.ts';

const at = new Date('2026-11-22T01:00:00Z');
const inspector = (units: string[], ...more: string[]): StaffActor => ({
  kind: 'staff',
  accountId: 'acc',
  staffId: 'st',
  displayName: 'Cán bộ thử',
  homeUnitId: 'u1',
  unitIds: ['u1'],
  roles: [],
  unitsByPermission: new Map(['audit.read', ...more].map((permission) => [permission, new Set(units)])),
  assurance: 'password',
  address: '203.0.113.9',
});
let database: Awaited<ReturnType<typeof createTestDatabase>>;
let service: ReturnType<typeof createAuditService>;

beforeAll(async () => {
  database = await createTestDatabase();
  service = createAuditService({ db: database.db, clock: createFixedClock(at) });
  const entry = (chainId: string, n: number) => ({
    chainId,
    occurredAt: new Date(at.getTime() + n * 60_000),
    actor: { kind: 'system', name: 'test', assurance: 'system' } as const,
    action: n % 2 ? 'dossier.read' : 'dossier.receive',
    object: { type: 'dossier', id: `d${n}` },
    payload: { n },
  });
  const numbers = [0, 1, 2, 3, 4];
  await recordAudit(database.db, [...numbers.map((n) => entry('u1', n)), ...numbers.map((n) => entry('u2', n))]);
  await recordAudit(database.db, [entry(INSTALLATION_CHAIN, 9)]);
});
afterAll(() => database.drop());

test('a reader sees only the chains of the units the permission is held for', async () => {
  const { rows } = await service.listAudit(inspector(['u1']), {});
  expect(new Set(rows.map((row) => row.chainId))).toEqual(new Set(['u1']));
});

test('asking for a foreign chain gives nothing', async () => {
  expect((await service.listAudit(inspector(['u1']), { chainId: 'u2' })).rows).toEqual([]);
});

test('the chain of the installation needs its administrator', async () => {
  const asked = { chainId: INSTALLATION_CHAIN, action: 'dossier.*' };
  expect((await service.listAudit(inspector(['u1']), asked)).rows).toHaveLength(0);
  expect((await service.listAudit(inspector(['u1'], 'system.administer'), asked)).rows).toHaveLength(1);
});

test('pages follow each other youngest first without gap or repetition', async () => {
  const seen: string[] = [];
  let cursor: string | null = null;
  do {
    const page = await service.listAudit(inspector(['u2']), {
      limit: 2,
      chainId: 'u2',
      action: 'dossier.*',
      ...(cursor ? { cursor } : {}),
    });
    seen.push(...page.rows.map((row) => row.objectId));
    cursor = page.nextCursor;
  } while (cursor);
  expect(seen).toEqual(['d4', 'd3', 'd2', 'd1', 'd0']);
});

test('filters join: action, object and a time range whose end is open', async () => {
  const within = { from: '2026-11-22T08:01:00+07:00', to: '2026-11-22T08:03:00+07:00' };
  expect(
    (await service.listAudit(inspector(['u1']), { ...within, action: 'dossier.*' })).rows.map((r) => r.objectId),
  ).toEqual(['d2', 'd1']);
  expect((await service.listAudit(inspector(['u1']), { ...within, action: 'dossier.read' })).rows).toHaveLength(1);
  expect((await service.listAudit(inspector(['u1']), { objectType: 'dossier', objectId: 'd3' })).rows).toHaveLength(1);
});

test('a time that is no instant is refused with its field', async () => {
  await expect(service.listAudit(inspector(['u1']), { from: 'hôm qua' })).rejects.toMatchObject({
    code: 'request/invalid',
    details: { fields: [{ path: 'from' }] },
  });
});

test('reading the trail is recorded in the trail', async () => {
  await service.listAudit(inspector(['u1']), { chainId: 'u1' });
  const { rows } = await service.listAudit(inspector(['u1']), { chainId: 'u1', action: 'audit.read' });
  expect(rows[0]).toMatchObject({ actor: 'staff:st', action: 'audit.read', address: '203.0.113.9' });
});

test('names stand beside ids; a dossier is found by its code, in lists as well; taking lines out is recorded', async () => {
  const [staffId, dossierId] = ['01890000-0000-7000-8000-000000000007', '01890000-0000-7000-8000-000000000008'];
  const named = createAuditService({
    db: database.db,
    clock: createFixedClock(at),
    names: {
      staff: async (ids) => new Map(ids.map((id) => [id, { name: 'Cán bộ thử', title: 'Chuyên viên' }])),
      units: async () => new Map(),
      dossierCodes: async (ids) => new Map(ids.map((id) => [id, 'H17.1-261122-0001'])),
      findDossierId: async (code) => (code === 'H17.1-261122-0001' ? dossierId : undefined),
      findStaff: async (unitIds) => (unitIds.includes('u3') ? [{ staffId, name: 'Cán bộ thử', title: '' }] : []),
    },
  });
  const reader = { ...inspector(['u3']), staffId };
  const entry = { chainId: 'u3', occurredAt: at, actor: reader };
  await recordAudit(database.db, [
    { ...entry, action: 'dossier.read', object: { type: 'dossier', id: dossierId } },
    {
      ...entry,
      action: 'dossier.read-list',
      object: { type: 'dossier-list', id: 'dossiers' },
      payload: { ids: [dossierId] },
    },
    {
      ...entry,
      action: 'dossier.read-list',
      object: { type: 'dossier-list', id: 'dossiers' },
      payload: { ids: ['x'] },
    },
  ]);
  const { rows, truncated } = await named.exportAudit(reader, { objectId: 'H17.1-261122-0001' });
  expect(truncated).toBe(false);
  expect(rows.map((row) => row.action).sort()).toEqual(['dossier.read', 'dossier.read-list']);
  expect(rows.find((row) => row.action === 'dossier.read')).toMatchObject({
    actorName: 'Cán bộ thử (Chuyên viên)',
    objectName: 'H17.1-261122-0001',
  });
  expect((await named.findPeople(reader, 'thu')).rows).toEqual([
    { actor: `staff:${staffId}`, name: 'Cán bộ thử', title: '' },
  ]);
  expect((await named.findPeople(inspector(['u1']), 'thu')).rows).toEqual([]);
  const trail = await service.listAudit(inspector(['u1'], 'system.administer'), { action: 'audit.export' });
  expect(trail.rows[0]?.payload).toMatchObject({ rows: 2 });
});
