import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type IndicatorSet, leavesOf } from '../core/scoring/index.ts';
import { ticketOf } from '../modules/insight/surveys/ticket.ts';
import { type Answer, asTwoPeople, type TwoPeople } from './testing/two-people.ts';
import { generateDossiers } from './volume/generate.ts';
import { openDemoSystem } from './volume/testing.ts';

// Over HTTP, by two people who may do everything everywhere: what is wrong is a problem in words, and leaves no row behind.
let demo: Awaited<ReturnType<typeof openDemoSystem>>;
let app: TwoPeople['app'];
let call: TwoPeople['call'];
/** A commune and its province as they are today, and a district that ended on 30/6/2025. */
let commune: string;
let province: string;
let gone: string;

beforeAll(async () => {
  demo = await openDemoSystem();
  const { system } = demo;
  await generateDossiers(system, 400, { seed: 7 });
  ({ app, call } = await asTwoPeople(system));
  const directory = await system.organisation.directory();
  const found = directory.byCode('gso', '20779', '2026-11-18');
  commune = found?.unitId ?? '';
  province = found?.parentId ?? '';
  gone = directory.byCode('gso', '512', '2024-06-01')?.unitId ?? '';
}, 180_000);
afterAll(async () => {
  await app.fastify.close();
  await demo.close();
});

const post = (url: string, payload: object, who: 'one' | 'two' = 'one') => call('POST', url, payload, who);

/** Rows of every table the modules of measuring write, and of what they tell others and the trail. */
async function written(): Promise<Readonly<Record<string, number>>> {
  const { rows } = await sql<{ name: string }>`select schemaname || '.' || tablename name from pg_tables
    where schemaname in ('targets', 'indices', 'surveys', 'reports', 'registers', 'audit', 'files')
      or schemaname || '.' || tablename in ('metrics.closing', 'metrics.frozen', 'platform.event') order by 1`.execute(
    demo.system.db,
  );
  const counts: Record<string, number> = {};
  for (const { name } of rows) {
    const { rows: counted } = await sql<{ n: number }>`select count(*)::int n from ${sql.table(name)}`.execute(
      demo.system.db,
    );
    counts[name] = counted[0]?.n ?? -1;
  }
  return counts;
}

/** Refused as a problem with this code, in words for people, with nothing written. */
async function refused(
  wrong: () => Promise<Answer>,
  status: number,
  code: string,
  says: RegExp,
): Promise<Record<string, unknown>> {
  const before = await written();
  const { json, ...answer } = await wrong();
  expect({ ...answer, code: json['code'], says: String(json['detail']) }).toEqual({
    status,
    type: 'application/problem+json; charset=utf-8',
    code,
    says: expect.stringMatching(says),
  });
  expect(await written()).toEqual(before);
  return json;
}

const survey = (over: object = {}) => ({
  name: 'Khảo sát mẫu',
  formId: 'sau-ho-so',
  unitId: province,
  unitIds: [commune],
  finishedFrom: '2026-01-01',
  finishedTo: '2026-10-31',
  openFrom: '2026-11-01',
  openTo: '2026-11-30',
  quota: { kind: 'fixed', perStratum: 15 },
  weighted: false,
  walkIns: false,
  minimum: 5,
  ...over,
});
const target = (unitIds: readonly string[]) => ({
  unitIds,
  period: '2026',
  terms: {
    name: 'Hồ sơ nộp trực tuyến',
    source: { number: '', text: 'Chỉ tiêu giả định' },
    owner: 'Văn phòng',
    direction: 'up',
    weight: 1,
    value: { metric: 'online-rate' },
    unit: 'percent',
    decimals: 2,
    goal: { atLeast: 60 },
    forecast: 'ratio',
  },
});

describe('a unit that ceased', () => {
  it('is given no target, not even with others', async () => {
    const json = await refused(() => post('/api/targets', target([commune, gone])), 422, 'target/unit', /Hiệp Đức/);
    expect(String(json['detail'])).not.toContain(gone);
  });

  it('is scored in no round, nor holds one', async () => {
    const wish = { setCode: 'de-an-06-2023', year: 2026 };
    for (const units of [{ unitId: province, unitIds: [gone] }, { unitId: gone }])
      await refused(
        () => post('/api/indices/rounds', { ...wish, ...units }),
        422,
        'indices/unit-ceased',
        /Hiệp Đức không tồn tại ngày 18\/11\/2026/,
      );
  });

  it('is asked about no dossiers finished after it, nor holds a survey', async () => {
    await refused(
      () => post('/api/surveys', survey({ unitIds: [commune, gone] })),
      422,
      'survey/unit-ceased',
      /Hiệp Đức không tồn tại ngày 31\/10\/2026/,
    );
    await refused(
      () => post('/api/surveys', survey({ unitId: gone })),
      422,
      'survey/unit-ceased',
      /Hiệp Đức không tồn tại ngày 18\/11\/2026/,
    );
    const before = survey({ unitIds: [gone], finishedFrom: '2025-01-01', finishedTo: '2025-06-30' });
    expect((await post('/api/surveys', before)).status).toBe(200);
  });

  it('makes no report, and enters nothing into a register', async () => {
    const report = { reportId: '07a-BTP', periodId: '2026-Q3', unitId: gone };
    await refused(() => post('/api/reports', report), 422, 'report/unit-ceased', /Hiệp Đức không tồn tại ngày chốt/);
    const entry = { unitId: gone, periodId: '2026-08', version: 0, values: { collected: 1 } };
    await refused(
      () => post('/api/registers/de-an-06/entries', entry),
      422,
      'registers/unit-ceased',
      /Hiệp Đức không còn ngày 31\/08\/2026/,
    );
  });

  it('has no figure afterwards, and is not closed with nothing in it', async () => {
    const asked = `/api/metrics/value?metricId=received&unitId=${gone}&period=2026-08&cutoff=calendar`;
    const { status, json } = await call('GET', asked);
    expect([status, json['value']]).toEqual([
      200,
      expect.objectContaining({ value: null, rounded: null, warnings: ['unit-closed'] }),
    ]);
    await refused(
      () => post('/api/metrics/closings', { unitId: gone, period: '2026-08', cutoff: 'calendar' }),
      422,
      'metrics/unit-ceased',
      /không tồn tại ngày 31\/08\/2026/,
    );
  });
});

describe('a period that is not over', () => {
  it('has no figures closed and no sample drawn', async () => {
    await refused(
      () => post('/api/metrics/closings', { unitId: commune, period: '2026-11', cutoff: 'calendar' }),
      409,
      'metrics/period-open',
      /Kỳ chưa hết/,
    );
    const made = await post('/api/surveys', survey({ finishedTo: '2026-11-18', openFrom: '2026-11-18' }));
    await refused(
      () => post(`/api/surveys/${String(made.json['id'])}/act`, { version: 1, act: 'draw' }),
      409,
      'survey/period-open',
      /chưa kết thúc/,
    );
  });

  it('has no result of an index frozen', async () => {
    const wish = { setCode: 'par-index-commune-2026', year: 2026, unitId: province, unitIds: [commune] };
    const { json } = await post('/api/indices/rounds', wish);
    await refused(
      () => post(`/api/indices/rounds/${String(json['id'])}/decision`, { version: 1, act: 'freeze' }),
      409,
      'indices/period-open',
      /từ ngày 01\/01\/2027/,
    );
  });
});

describe('points', () => {
  let sheet = '';
  beforeAll(async () => {
    const round = await post('/api/indices/rounds', {
      ...{ setCode: 'de-an-06-2023', year: 2026, unitId: province, unitIds: [commune] },
    });
    const page = await call('GET', `/api/indices/rounds/${String(round.json['id'])}`);
    sheet = String((page.json['rows'] as { sheetId: string }[])[0]?.sheetId);
  });
  const score = (wish: object, who: 'one' | 'two' = 'one') =>
    post(`/api/indices/sheets/${sheet}/scores`, { criterionId: 'accounts', version: 0, note: '', ...wish }, who);

  it('above the maximum, without a whole to divide by, or of nothing, are refused at their place', async () => {
    for (const [wish, path] of [
      [{ points: 15.01 }, 'points'],
      [{ numerator: 1, denominator: 0 }, 'denominator'],
      [{ numerator: 1 }, 'denominator'],
    ] as const) {
      const json = await refused(() => score(wish), 422, 'indices/points', /tối đa 15/);
      expect(json['fields']).toMatchObject([
        { path: expect.stringContaining(path), message: expect.stringMatching(/./) },
      ]);
    }
  });

  it('of two people at once are one’s: the other is told, and the first stay as they are', async () => {
    const both = await Promise.all([score({ points: 3 }, 'one'), score({ points: 5 }, 'two')]);
    expect(both.map((reply) => reply.status).toSorted()).toEqual([200, 409]);
    const lost = both.find((reply) => reply.status === 409);
    expect(lost).toMatchObject({
      type: 'application/problem+json; charset=utf-8',
      json: { code: 'row/stale', detail: expect.stringMatching(/./) },
    });
    const page = await call('GET', `/api/indices/sheets/${sheet}`);
    const kept = (page.json['criteria'] as { id: string }[]).find((one) => one.id === 'accounts');
    expect(kept).toMatchObject({ selfPoints: both[0]?.status === 200 ? 3 : 5 });
    await refused(() => score({ points: 7 }), 409, 'row/stale', /./);
  });
});

describe('a set of one’s own', () => {
  let body: IndicatorSet;
  beforeAll(async () => {
    const copy = { basedOn: 'par-index-commune-2026', code: 'bo-sai', name: 'Bộ sai', validFrom: '2026-01-01' };
    await post('/api/indices/sets', { ...copy, unitId: province });
    body = (await call('GET', '/api/indices/sets/bo-sai')).json['body'] as IndicatorSet;
  });
  const save = (change: (set: IndicatorSet) => IndicatorSet, version = 1) =>
    call('POST', '/api/indices/sets/bo-sai/draft', { version, body: change(body) });

  it('with a formula nobody can compute is not kept: each place is told with the character', async () => {
    const [leaf] = leavesOf(body);
    for (const [expression, says] of [
      ['ratio * so_luong', /ký tự thứ 9: Không có tên “so_luong”/],
      ['maximum * (ratio >= 0.8)', /Chỗ này phải là một số/],
      ['6 / (1 - 1)', /Chia cho 0/],
      ['ratio +', /ký tự/],
    ] as const) {
      const wrong = (set: IndicatorSet): IndicatorSet =>
        JSON.parse(JSON.stringify(set), (_, value) =>
          value?.id === leaf?.criterion.id ? { ...value, rule: { kind: 'formula', expression } } : value,
        );
      const json = await refused(() => save(wrong), 422, 'indices/formula', /1 công thức sai/);
      expect(json['fields']).toMatchObject([{ path: `/${leaf?.criterion.id}`, message: expect.stringMatching(says) }]);
    }
  });

  it('whose maxima do not add up is kept as a draft that says where, and not published', async () => {
    const wrong = (set: IndicatorSet): IndicatorSet => ({
      ...set,
      domains: (set.domains ?? []).map((domain, n) => (n === 0 ? { ...domain, max: domain.max + 1 } : domain)),
    });
    const saved = await save(wrong);
    expect(saved.json['findings']).toMatchObject([{ code: 'set/maxima' }]);
    const json = await refused(
      () => post('/api/indices/sets/bo-sai/publication', { version: 2 }),
      422,
      'indices/set-faults',
      /1 lỗi/,
    );
    expect(json['fields']).toMatchObject([
      { path: `/${body.domains?.[0]?.id}`, message: expect.stringMatching(/cộng lại/) },
    ]);
  });
});

it('a link of a survey answers once: whoever comes again is told, and nothing is added', async () => {
  const { id } = (await post('/api/surveys', survey())).json as { id: string };
  for (const [version, act] of [
    [1, 'draw'],
    [2, 'open'],
  ] as const)
    expect((await post(`/api/surveys/${id}/act`, { version, act })).status).toBe(200);
  const { rows } = await sql<{
    dossier: string;
  }>`select dossier_id dossier from surveys.sampled where survey_id = ${id}::uuid limit 1`.execute(demo.system.db);
  const url = `/khao-sat/${ticketOf(demo.system.secret, id, rows[0]?.dossier ?? '')}`;
  const answer = () =>
    app.fastify.inject({
      method: 'POST',
      url,
      headers: { 'content-type': 'application/x-www-form-urlencoded', 'sec-fetch-site': 'same-origin' },
      payload: 'q-overall=5&q-promised=yes&q-channel=online',
    });
  const twice = await Promise.all([answer(), answer()]);
  expect(twice.map((reply) => reply.statusCode).toSorted()).toEqual([303, 409]);
  const before = await written();
  const [again, page] = [await answer(), await app.fastify.inject({ method: 'GET', url })];
  for (const reply of [again, page]) {
    expect(reply.statusCode).toBe(409);
    expect(reply.body).toContain('Hồ sơ này đã trả lời khảo sát');
  }
  expect(await written()).toEqual(before);
  const { rows: answers } = await sql<{
    n: number;
  }>`select count(*)::int n from surveys.answer where survey_id = ${id}::uuid`.execute(demo.system.db);
  expect(answers).toEqual([{ n: 1 }]);
});
