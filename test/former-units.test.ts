import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type DemoApp, openDemoApp, type Reply } from './demo-app.ts';

// The demo of 2026: xã Hiệp Đức was made of Tân Bình, Quế Tân and Quế Lưu on 01/07/2025, and huyện Hiệp Đức was
// divided among three communes. Its leader answers for what they left, and nobody else gains by it.
let demo: DemoApp;
const cookies: Record<'leader' | 'desk' | 'officer' | 'neighbour' | 'neighboursDesk' | 'city', string> = {
  leader: '',
  desk: '',
  officer: '',
  neighbour: '',
  neighboursDesk: '',
  city: '',
};
type Reader = keyof typeof cookies;
type Row = { readonly dossierId: string; readonly unitName: string };
const COMMUNE = '20779-hiep-duc-2025';
const FORMER = ['20779-tan-binh', '20758-que-tan', '20782-que-luu'];
const SYSTEM = { kind: 'system', name: 'test', assurance: 'system' } as const;

const get = (reader: Reader, url: string): Promise<Reply> => demo.call({ method: 'GET', url, cookie: cookies[reader] });
const rowsOf = async (reader: Reader, key: string, metricId = 'received') => {
  const asked = new URLSearchParams({ metricId, unitId: demo.unitId(key), period: '2025', pageSize: '200' });
  const reply = await get(reader, `/api/metrics/rows?${asked}`);
  expect(reply.status).toBe(200);
  return JSON.parse(reply.text) as { total: number; hidden: number; rows: Row[] };
};
/** Dossiers received by units, ended and never moved: what their successor finds of them. */
async function closedOf(column: 'received_by_unit_id' | 'decided_by_unit_id', keys: readonly string[]) {
  const { rows } = await sql<{ id: string; code: string }>`select id, code from dossiers.dossier
    where ${sql.ref(column)} = any(${keys.map(demo.unitId)}::uuid[]) and ended_at is not null order by id`.execute(
    demo.system.db,
  );
  return rows;
}
const first = (rows: readonly { id: string; code: string }[]) => {
  const [row] = rows;
  if (!row) throw new Error('the demo has no such dossier');
  return row;
};

beforeAll(async () => {
  demo = await openDemoApp('2026');
  const { identity, organisation } = demo.system;
  const found = await organisation.listStaff(SYSTEM, { unitId: demo.unitId('20767-viet-an-2025/lanh-dao') });
  const chairman = found.rows.find((row) => row.positions.some((post) => post.title.startsWith('Chủ tịch')));
  const password = demo.accounts[0]?.password ?? '';
  await identity.createDemoAccount(SYSTEM, { login: 'chutich.vietan', staffId: chairman?.id ?? '', password });
  cookies.leader = await demo.signIn('chutich.hiepduc');
  cookies.desk = await demo.signIn('motcua.hiepduc');
  cookies.officer = await demo.signIn('tuphap.hiepduc');
  cookies.neighbour = await demo.signIn('chutich.vietan');
  cookies.neighboursDesk = await demo.signIn('motcua.vietan');
  cookies.city = await demo.signIn('kiemsoat.danang');
}, 120_000);
afterAll(() => demo.close());

test('every row behind a figure of a merged commune is shown to its leader, and opens', async () => {
  for (const metricId of ['received', 'finished', 'late-of-due', 'steps-left']) {
    const { total, hidden } = await rowsOf('leader', COMMUNE, metricId);
    expect([metricId, hidden]).toEqual([metricId, 0]);
    expect(total).toBeGreaterThan(0);
  }
  const { rows } = await rowsOf('leader', COMMUNE);
  const former = new Set((await closedOf('decided_by_unit_id', FORMER)).map((row) => row.id));
  const inherited = rows.filter((row) => former.has(row.dossierId));
  expect(inherited.length).toBeGreaterThan(0);
  for (const { dossierId } of inherited) {
    const page = await get('leader', `/api/dossiers/${dossierId}`);
    expect(page.status).toBe(200);
    expect(JSON.parse(page.text).commands).toEqual([]);
  }
});

test('what belongs to it is read with it: lateness, warnings, forecast, keeping, papers, and whole personal data', async () => {
  const { id } = first(await closedOf('decided_by_unit_id', FORMER));
  const parts = ['lateness', 'warnings', 'forecast', 'apologies', 'slips/RECEIPT.pdf'].map(
    (one) => `/api/dossiers/${id}/${one}`,
  );
  for (const url of [...parts, `/api/retention/dossiers/${id}`]) {
    expect([url, (await get('leader', url)).status]).toEqual([url, 200]);
    expect([url, (await get('neighbour', url)).status]).toEqual([url, 404]);
  }
  const { parties } = JSON.parse((await get('leader', `/api/dossiers/${id}`)).text);
  expect(parties[0].snapshot.idNumber).toMatch(/^\d+$/);
});

test('the desk that keeps the book of a former desk opens the dossiers in it', async () => {
  const { id } = first(await closedOf('received_by_unit_id', ['20782-que-luu/mot-cua']));
  expect((await get('desk', `/api/dossiers/${id}`)).status).toBe(200);
  expect((await get('neighboursDesk', `/api/dossiers/${id}`)).status).toBe(404);
});

test('the office that does the work of former offices finds what they worked at, by the name of its owner', async () => {
  const { rows } = await sql<{ id: string; name: string }>`select d.id, p.snapshot->>'fullName' as name
    from dossiers.dossier d join dossiers.party p on p.dossier_id = d.id and p.role = 'owner'
    where d.ended_at is not null and exists (select 1 from dossiers.task t where t.dossier_id = d.id
      and t.unit_id = any(${FORMER.map((key) => demo.unitId(`${key}/tu-phap`))}::uuid[])) order by d.id`.execute(
    demo.system.db,
  );
  const { id, name } = rows[0] ?? { id: '', name: '' };
  const find = async (reader: Reader): Promise<string[]> => {
    const body = { q: name, limit: 100 };
    const reply = await demo.call({ method: 'POST', url: '/api/dossiers/search', cookie: cookies[reader], body });
    return JSON.parse(reply.text).rows.map((row: { id: string }) => row.id);
  };
  expect(await find('officer')).toContain(id);
  expect(await find('neighbour')).not.toContain(id);
});

test('the list shows what units of today have, and of a former unit what is asked for by itself', async () => {
  const ids = async (reader: Reader, query: object): Promise<string[]> => {
    const asked = new URLSearchParams({ basis: 'decided', limit: '200', ...query });
    const reply = await get(reader, `/api/dossiers?${asked}`);
    expect(reply.status).toBe(200);
    return JSON.parse(reply.text).rows.map((row: { id: string }) => row.id);
  };
  const former = (await closedOf('decided_by_unit_id', ['20782-que-luu'])).map((row) => row.id);
  const usual = await ids('leader', {});
  expect(usual.length).toBeGreaterThan(0);
  expect(usual.filter((id) => former.includes(id))).toEqual([]);
  const asked = { unitId: demo.unitId('20782-que-luu') };
  expect((await ids('leader', asked)).toSorted()).toEqual(former);
  expect(await ids('neighbour', asked)).toEqual([]);
});

test('the former units whose dossiers a reader may ask for are told with their last day, to nobody else', async () => {
  type Unit = { unitId: string; name: string; kind: string; closedOn: string };
  const told = async (reader: Reader): Promise<Unit[]> => {
    const reply = await get(reader, '/api/dossiers/former-units');
    expect(reply.status).toBe(200);
    return JSON.parse(reply.text).rows;
  };
  const authorities = [
    ['20779-tan-binh', 'Ủy ban nhân dân thị trấn Tân Bình', '2025-06-30'],
    ['20782-que-luu', 'Ủy ban nhân dân xã Quế Lưu', '2025-06-30'],
    ['20758-que-tan', 'Ủy ban nhân dân xã Quế Tân', '2025-06-30'],
    ['20758-hiep-hoa', 'Ủy ban nhân dân xã Hiệp Hòa', '2024-12-31'],
    ['20761-hiep-thuan', 'Ủy ban nhân dân xã Hiệp Thuận', '2024-12-31'],
  ] as const;
  expect((await told('leader')).filter((one) => one.kind === 'authority')).toEqual(
    authorities.map(([key, name, closedOn]) => ({ unitId: demo.unitId(key), name, kind: 'authority', closedOn })),
  );
  const desks = await told('desk');
  expect(desks.map((one) => one.kind)).toEqual(desks.map(() => 'desk'));
  expect(desks.map((one) => one.unitId)).toContain(demo.unitId('20782-que-luu/mot-cua'));
  const theirs = new Set((await told('neighbour')).map((one) => one.unitId));
  for (const { unitId } of await told('leader')) expect(theirs.has(unitId)).toBe(false);
});

test('to read is not to act: nothing changes by the hand of the successor', async () => {
  const { id } = first(await closedOf('received_by_unit_id', ['20782-que-luu/mot-cua']));
  const version = JSON.parse((await get('desk', `/api/dossiers/${id}`)).text).version;
  for (const reader of ['leader', 'desk'] as const) {
    const act = (url: string, body: object): Promise<Reply> =>
      demo.call({
        method: 'POST',
        url,
        cookie: cookies[reader],
        body,
        headers: { 'idempotency-key': `${reader}${url}` },
      });
    const stop = { version, command: { kind: 'stop', reason: 'Thử' } };
    const refused = await act(`/api/dossiers/${id}/commands`, stop);
    expect([refused.status, refused.text]).toEqual([409, expect.stringContaining('dossier/illegal-action')]);
    const money = { kind: 'paid', feeId: 'le-phi', amountVnd: 1000, method: 'cash' };
    expect((await act(`/api/dossiers/${id}/payments`, money)).status).toBe(403);
  }
  expect(JSON.parse((await get('desk', `/api/dossiers/${id}`)).text).version).toBe(version);
});

test('a neighbour opens, finds and counts none of them', async () => {
  const former = await closedOf('decided_by_unit_id', FORMER);
  for (const { id, code } of former) {
    expect((await get('neighbour', `/api/dossiers/${id}`)).status).toBe(404);
    expect((await get('neighboursDesk', `/api/dossiers/${id}`)).status).toBe(404);
    const found = await demo.call({
      method: 'POST',
      url: '/api/dossiers/search',
      cookie: cookies.neighbour,
      body: { q: code },
    });
    expect(JSON.parse(found.text).rows).toEqual([]);
  }
  const { code } = first(former);
  const found = await demo.call({
    method: 'POST',
    url: '/api/dossiers/search',
    cookie: cookies.leader,
    body: { q: code },
  });
  expect(JSON.parse(found.text).rows.map((row: { code: string }) => row.code)).toEqual([code]);
});

test('what a divided district left is read where its figures stand, in the city, by none of its communes', async () => {
  const { id } = first(await closedOf('decided_by_unit_id', ['512-hiep-duc']));
  expect((await get('leader', `/api/dossiers/${id}`)).status).toBe(404);
  expect((await get('neighbour', `/api/dossiers/${id}`)).status).toBe(404);
  expect((await get('city', `/api/dossiers/${id}`)).status).toBe(200);
  expect(await rowsOf('city', '48-da-nang-2025')).toMatchObject({ hidden: 0 });
});

test('the inbox holds the work of units of today only', async () => {
  const { rows } = JSON.parse((await get('leader', '/api/inbox?view=unit&limit=200')).text);
  const units = await demo.system.organisation.directory();
  const held = await sql<{ unit: string }>`select distinct holder_unit_id unit from dossiers.dossier
    where id = any(${rows.map((row: { id: string }) => row.id)}::uuid[])`.execute(demo.system.db);
  expect(rows.length).toBeGreaterThan(0);
  for (const { unit } of held.rows) expect(units.unitOn(unit, '2026-11-18')).toBeDefined();
});
