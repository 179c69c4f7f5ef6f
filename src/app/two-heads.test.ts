import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { dispatchOnce } from '../platform/events/outbox.ts';
import { asTwoPeople, type TwoPeople } from './testing/two-people.ts';
import { generateDossiers } from './volume/generate.ts';
import { openDemoSystem } from './volume/testing.ts';

// Over HTTP, as two browsers would: heads who decide at the same moment, and a dossier that ends while an apology waits.
let demo: Awaited<ReturnType<typeof openDemoSystem>>;
let app: TwoPeople['app'];
let call: TwoPeople['call'];
let open: readonly { id: string; version: number }[];

beforeAll(async () => {
  demo = await openDemoSystem();
  const { system } = demo;
  await generateDossiers(system, 400, { seed: 7 });
  ({ app, call } = await asTwoPeople(system));
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

const post = (who: 'one' | 'two', url: string, payload: object) => call('POST', url, payload, who);

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
