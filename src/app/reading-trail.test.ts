import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Actor, actorRef, type CitizenActor, type StaffActor } from '../core/access/actor.ts';
import { readRoles } from '../modules/foundation/organisation/index.ts';
import type { Timer } from '../platform/events/timers.ts';
import { type HttpApp, SESSION_COOKIE } from '../platform/http/app.ts';
import { createApp } from './http.ts';
import { generateDossiers } from './volume/generate.ts';
import { openDemoSystem } from './volume/testing.ts';

// Walks every route as staff with every right and as a citizen, and looks for people's names, numbers, phones and
// addresses in what comes back: where there are some, the trail must have a new entry of that reader.
let demo: Awaited<ReturnType<typeof openDemoSystem>>;
let app: HttpApp & { readonly timers: readonly Timer[] };
let staff: StaffActor;
let citizen: CitizenActor;
let personal: string[];
let dossier: { id: string; code: string; owner: string; unit: string };
const one = <T>(row: T | undefined): T => {
  if (row === undefined) throw new Error('the demo lacks something');
  return row;
};
const address = '203.0.113.9';

beforeAll(async () => {
  demo = await openDemoSystem();
  const { system } = demo;
  await generateDossiers(system, 60, { seed: 7 });
  const { rows } = await sql<{ id: string; code: string; owner: string; unit: string; account: string }>`
    select d.id, d.code, p.snapshot->>'fullName' owner, d.received_by_unit_id unit, coalesce(d.citizen_account_id, gen_random_uuid()) account
    from dossiers.dossier d join dossiers.party p on p.dossier_id = d.id and p.role = 'owner'
    where d.received_at is not null order by d.id desc limit 1`.execute(system.db);
  const row = one(rows[0]);
  dossier = row;
  await sql`update dossiers.dossier set citizen_account_id = ${row.account} where id = ${row.id}`.execute(system.db);
  const found = await sql<{ words: string[] }>`select array_agg(distinct w) words from dossiers.party p
    cross join lateral (values (p.snapshot->>'fullName'), (p.snapshot->>'idNumber'), (p.snapshot->>'phone'), (p.snapshot->>'address')) v(w)
    where length(w) > 8`.execute(system.db);
  personal = one(found.rows[0]).words;
  const units = await sql<{
    ids: string[];
  }>`select array_agg(distinct unit_id) ids from organisation.unit_version`.execute(system.db);
  const all = new Set(one(units.rows[0]).ids);
  staff = {
    kind: 'staff',
    accountId: '01890000-0000-7000-8000-000000000001',
    staffId: '01890000-0000-7000-8000-000000000002',
    displayName: 'Cán bộ thử',
    homeUnitId: row.unit,
    unitIds: [row.unit],
    roles: [],
    unitsByPermission: new Map(Object.keys(readRoles().permissions).map((permission) => [permission, all])),
    assurance: 'password+totp',
    address,
  };
  citizen = {
    kind: 'citizen',
    accountId: row.account,
    subject: 'thu',
    fullName: 'Người Dân Thử Nghiệm',
    idNumber: '999090123456',
    birthDate: '1990-09-05',
    email: null,
    phone: null,
    assurance: 'loa2',
    address,
  };
  const actors: Readonly<Record<string, Actor>> = { staff, citizen };
  const authenticate = async (token: string | undefined): Promise<Actor> =>
    actors[token ?? ''] ?? { kind: 'guest', assurance: 'none', address };
  app = await createApp({ ...system, identity: { ...system.identity, authenticate } });
}, 120_000);
afterAll(async () => {
  await app.fastify.close();
  await demo.close();
});

/** What a route needs to answer with something. Others are called with ids filled in and an empty body. */
const ASKED: Readonly<Record<string, { query?: () => string; body?: () => unknown }>> = {
  'GET /api/inbox': { query: () => 'view=unit' },
  'POST /api/dossiers/search': { body: () => ({ q: dossier.owner }) },
  'POST /api/people/search': { body: () => ({ q: dossier.owner, unitId: dossier.unit }) },
  'GET /api/registers/dossiers.pdf': { query: () => `unitId=${dossier.unit}` },
  'GET /api/retention/decisions': { query: () => 'kind=erasure' },
};
const FILLED: Readonly<Record<string, () => string>> = {
  ':id': () => dossier.id,
  ':code': () => dossier.code,
  ':kind': () => 'RECEIPT.pdf',
  ':seq': () => '1',
  ':fileId': () => dossier.id,
  '*': () => '',
};

async function entriesOf(actor: Actor): Promise<number> {
  for (const timer of demo.system.timers) if (timer.name === 'audit.readings') await timer.run();
  const { rows } = await sql<{
    n: number;
  }>`select count(*)::int n from audit.entry where actor = ${actorRef(actor)}`.execute(demo.system.db);
  return rows[0]?.n ?? 0;
}

async function walk(actor: StaffActor | CitizenActor): Promise<{ shown: string[]; unrecorded: string[] }> {
  const [shown, unrecorded]: [string[], string[]] = [[], []];
  for (const route of app.routes) {
    const name = `${route.method} ${route.path}`;
    // The session's own end would end the walk; the simulator of sign-in leads elsewhere.
    if (/sign-out|dang-xuat|dang-nhap|^\/metrics$/.test(route.path)) continue;
    const path = route.path.replace(/:\w+|\*/g, (part) => (FILLED[part] ?? (() => dossier.id))());
    const { query, body } = ASKED[name] ?? {};
    const before = await entriesOf(actor);
    const reply = await app.fastify.inject({
      method: route.method as 'GET',
      url: query ? `${path}?${query()}` : path,
      headers: { cookie: `${SESSION_COOKIE}=${actor.kind}` },
      ...(route.method === 'GET' ? {} : { payload: (body?.() ?? {}) as object }),
    });
    const paper = String(reply.headers['content-type']).startsWith('application/pdf');
    if (!paper && !personal.some((word) => reply.body.includes(word))) continue;
    shown.push(name);
    if ((await entriesOf(actor)) === before) unrecorded.push(name);
  }
  return { shown, unrecorded };
}

test('whatever staff are shown of people is in the trail', async () => {
  const { shown, unrecorded } = await walk(staff);
  expect(unrecorded).toEqual([]);
  expect(shown).toEqual(
    expect.arrayContaining([
      'POST /api/people/search',
      'GET /api/inbox',
      'GET /api/dossiers',
      'POST /api/dossiers/search',
      'GET /api/dossiers/:id',
      'GET /api/dossiers/:id/slips/:kind',
      'GET /api/registers/dossiers.pdf',
    ]),
  );
}, 60_000);

test('whatever citizens are shown of their dossiers is in the trail', async () => {
  const { shown, unrecorded } = await walk(citizen);
  expect(unrecorded).toEqual([]);
  expect(shown).toEqual(expect.arrayContaining(['GET /ho-so/:id']));
}, 60_000);

test('the entry of a list holds the ids shown, nothing else', async () => {
  await entriesOf(staff);
  const { rows } = await sql<{ payload: Record<string, unknown> }>`select payload from audit.entry
    where action in ('dossier.read-list', 'dossier.search')`.execute(demo.system.db);
  expect(rows.length).toBeGreaterThan(2);
  for (const { payload } of rows) {
    expect(Object.keys(payload)).toEqual(['ids']);
    expect((payload['ids'] as unknown[]).length).toBeGreaterThan(0);
  }
});
