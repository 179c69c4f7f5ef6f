import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Actor, StaffActor } from '../core/access/actor.ts';
import { readRoles } from '../modules/foundation/organisation/index.ts';
import { dispatchOnce } from '../platform/events/outbox.ts';
import { type HttpApp, SESSION_COOKIE } from '../platform/http/app.ts';
import { createApp } from './http.ts';
import { generateDossiers } from './volume/generate.ts';
import { openDemoSystem } from './volume/testing.ts';

// Over HTTP, as two browsers would: heads who decide at the same moment, and a dossier that ends while an apology waits.
let demo: Awaited<ReturnType<typeof openDemoSystem>>;
let app: HttpApp;
let open: readonly { id: string; version: number }[];

const staffId = (n: number): string => `01890000-0000-7000-8000-00000000000${n}`;

beforeAll(async () => {
  demo = await openDemoSystem();
  const { system } = demo;
  await generateDossiers(system, 400, { seed: 7 });
  const { rows: units } = await sql<{ id: string }>`select distinct unit_id id from organisation.unit_version`.execute(
    system.db,
  );
  const everywhere = new Set(units.map((unit) => unit.id));
  const head = (n: number): StaffActor => ({
    kind: 'staff',
    accountId: staffId(n),
    staffId: staffId(n),
    displayName: `Lãnh đạo ${n}`,
    homeUnitId: units[0]?.id ?? '',
    unitIds: [...everywhere],
    roles: [],
    unitsByPermission: new Map(Object.keys(readRoles().permissions).map((permission) => [permission, everywhere])),
    assurance: 'password+totp',
    address: '203.0.113.9',
  });
  const heads: Readonly<Record<string, Actor>> = { one: head(1), two: head(2) };
  const authenticate = async (token: string | undefined): Promise<Actor> =>
    heads[token ?? ''] ?? { kind: 'guest', assurance: 'none', address: '203.0.113.9' };
  app = await createApp({ ...system, identity: { ...system.identity, authenticate } });
  const found = await sql<{ id: string; version: number }>`select id, version from dossiers.dossier
    where status = 'processing' and clock_status = 'running' and due_current > ${system.clock.now()} order by id`.execute(
    system.db,
  );
  open = found.rows;
}, 120_000);
afterAll(async () => {
  await app.fastify.close();
  await demo.close();
});

async function post(
  who: 'one' | 'two',
  url: string,
  payload: object,
): Promise<{ status: number; json: Record<string, unknown> }> {
  const reply = await app.fastify.inject({
    method: 'POST',
    url,
    payload,
    headers: { cookie: `${SESSION_COOKIE}=${who}`, 'sec-fetch-site': 'same-origin' },
  });
  return { status: reply.statusCode, json: reply.json() };
}

const propose = (dossierId: string) =>
  post('one', '/api/apologies', {
    dossierId,
    reasonCode: 'xac-minh',
    reason: 'Phải xác minh tại nơi cư trú cũ.',
    newDueDay: '2026-12-16',
  });

it('of two heads who approve at once one wins, the other is told, and the date moves once', async () => {
  const dossierId = open[0]?.id ?? '';
  const { status, json } = await propose(dossierId);
  expect(status, JSON.stringify(json)).toBe(200);
  const url = `/api/apologies/${String(json['id'])}/approve`;
  const both = await Promise.all((['one', 'two'] as const).map((who) => post(who, url, { version: json['version'] })));
  expect(both.map((reply) => reply.status).sort()).toEqual([200, 409]);
  const lost = both.find((reply) => reply.status === 409)?.json;
  expect(lost).toMatchObject({ code: 'row/stale' });
  expect(String(lost?.['detail'])).not.toBe('');
  const { rows } = await sql<{ reappointments: number; moved: number }>`select d.reappointments,
      (select count(*)::int from dossiers.action a where a.dossier_id = d.id and a.kind = 'reappointed') moved
    from dossiers.dossier d where d.id = ${dossierId}::uuid`.execute(demo.system.db);
  expect(rows[0]).toEqual({ reappointments: 1, moved: 1 });
});

it('an apology proposed for a dossier that ends meanwhile is withdrawn, with a trace', async () => {
  const dossier = open[1];
  const { json } = await propose(dossier?.id ?? '');
  const ended = await post('two', `/api/dossiers/${dossier?.id}/commands`, {
    version: dossier?.version,
    command: { kind: 'withdraw', reason: 'Người nộp xin rút hồ sơ' },
  });
  expect(ended.status, JSON.stringify(ended.json)).toBe(200);
  const { db, subscribers, log } = demo.system;
  while ((await dispatchOnce(db, subscribers, log)) > 0);
  const id = String(json['id']);
  const { rows } = await sql<{ state: string; reason: string; trail: number }>`select a.state, a.withdraw_reason reason,
      (select count(*)::int from audit.entry e where e.action = 'apology.withdraw' and e.object_id = a.id::text) trail
    from apologies.apology a where a.id = ${id}::uuid`.execute(db);
  expect(rows[0]).toMatchObject({ state: 'withdrawn', trail: 1 });
  expect(rows[0]?.reason).toContain('đã kết thúc');
  // Who approves it now is told that it is gone.
  expect((await post('one', `/api/apologies/${id}/approve`, { version: Number(json['version']) + 1 })).status).toBe(
    409,
  );
});
