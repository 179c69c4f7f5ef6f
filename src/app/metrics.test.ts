import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { StaffActor } from '../core/access/actor.ts';
import { staffWith } from '../modules/onestop/dossiers/testing/staff.ts';
import { type HttpApp, SESSION_COOKIE } from '../platform/http/app.ts';
import { createApp } from './http.ts';
import { generateDossiers } from './volume/generate.ts';
import { openDemoSystem } from './volume/testing.ts';

let demo: Awaited<ReturnType<typeof openDemoSystem>>;
let app: HttpApp;
let reader: StaffActor;

beforeAll(async () => {
  demo = await openDemoSystem();
  await generateDossiers(demo.system, 300, { seed: 5 });
  const { rows } = await sql<{ unit: string }>`select decided_by_unit_id unit from dossiers.dossier
    where received_at is not null group by 1 order by count(*) desc, min(code) limit 1`.execute(demo.system.db);
  const unit = rows[0]?.unit ?? '';
  reader = staffWith(1, unit, { 'metrics.read': [unit], 'dossier.read': [unit] });
  app = await createApp({ ...demo.system, identity: { ...demo.system.identity, authenticate: async () => reader } });
}, 120_000);
afterAll(async () => {
  await app.fastify.close();
  await demo.close();
});

const get = async (url: string) => {
  const reply = await app.fastify.inject({ method: 'GET', url, headers: { cookie: `${SESSION_COOKIE}=x` } });
  return { status: reply.statusCode, body: reply.json() };
};

it('generated dossiers are counted, and each figure opens to its rows over HTTP', async () => {
  const options = await get('/api/metrics');
  expect(options.status).toBe(200);
  const unitId = options.body.units[0].id;
  const { rows } = await sql<{
    year: string;
    n: number;
  }>`select to_char(received_day, 'YYYY') as year, count(*)::int n from dossiers.fact
    where decided_by_unit_id = ${unitId} group by 1 order by 2 desc limit 1`.execute(demo.system.db);
  const year = rows[0]?.year;
  const figure = await get(`/api/metrics/value?metricId=received&unitId=${unitId}&period=${year}&roll=own`);
  expect(figure.status).toBe(200);
  expect(figure.body.value.value).toBe(rows[0]?.n);
  expect(figure.body.trend.at(-1)).toEqual(figure.body.value);
  const list = await get(`/api/metrics/rows?metricId=received&unitId=${unitId}&period=${year}&roll=own&pageSize=200`);
  expect(list.body).toMatchObject({ total: rows[0]?.n, hidden: 0 });
  expect(list.body.rows).toHaveLength(Math.min(200, rows[0]?.n ?? 0));
});

it('a step of many procedures has the name most of them give it', async () => {
  const { body } = await get('/api/metrics');
  const { rows } = await sql<{ name: string; n: number }>`select s->>'name' name, count(distinct r.code)::int n
    from procedures.revision r, jsonb_array_elements(r.definition->'steps') s
    where r.status = 'published' and s->>'id' = 'tiep-nhan' group by 1 order by 2 desc, 1`.execute(demo.system.db);
  expect(rows.length).toBeGreaterThan(1);
  const chosen = body.steps.find((one: { id: string }) => one.id === 'tiep-nhan')?.name;
  expect([chosen, rows.find((row) => row.name === chosen)?.n]).toEqual(['Tiếp nhận và chuyển hồ sơ', rows[0]?.n]);
});

it('says what is wrong with a question', async () => {
  const unitId = reader.homeUnitId;
  expect(await get(`/api/metrics/value?metricId=received&unitId=${unitId}&period=2023-13`)).toMatchObject({
    status: 422,
    body: { code: 'metrics/unknown-period' },
  });
  expect((await get(`/api/metrics/value?metricId=none&unitId=${unitId}&period=2023`)).body.code).toBe(
    'metrics/unknown-metric',
  );
  expect(
    (await get(`/api/metrics/rows?metricId=received&unitId=${unitId}&period=2023&side=denominator`)).body.code,
  ).toBe('metrics/no-denominator');
  for (const path of ['value', 'rows', 'split'])
    expect(
      await get(
        `/api/metrics/${path}?metricId=open&unitId=${unitId}&period=2199${path === 'split' ? '&by=channel' : ''}`,
      ),
    ).toMatchObject({ status: 422, body: { code: 'metrics/future', detail: expect.stringContaining('01/01/2199') } });
});
