import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { StaffActor } from '../core/access/actor.ts';
import { pointsOf } from '../core/scoring/index.ts';
import { type MetricValue, watchFigures } from '../modules/insight/metrics/index.ts';
import { createReportService, findReport, knownRegisters } from '../modules/insight/reports/index.ts';
import { lintReport } from '../modules/insight/reports/rules/form.ts';
import { staffWith } from '../modules/onestop/dossiers/testing/staff.ts';
import { type HttpApp, SESSION_COOKIE } from '../platform/http/app.ts';
import { runCli } from './cli.ts';
import { createApp } from './http.ts';
import { createMetricsPorts } from './metrics-ports.ts';
import { createReportPorts } from './report-ports.ts';
import { generateDossiers } from './volume/generate.ts';
import { openDemoSystem } from './volume/testing.ts';

// Figures of steps are metrics like any other: a target, an index, a report, the screens and the command line name them.
let demo: Awaited<ReturnType<typeof openDemoSystem>>;
let app: HttpApp;
let unit: string;
let actor: StaffActor;
const QUARTER = '2026-Q3';

beforeAll(async () => {
  demo = await openDemoSystem();
  const { system } = demo;
  await generateDossiers(system, 600, { seed: 5 });
  const ports = createMetricsPorts(system.readDb, system.dossierPorts);
  await watchFigures({ ...system, directory: () => system.organisation.directory(), ports });
  const { rows } = await sql<{
    unit: string;
  }>`select d.decided_by_unit_id unit from dossiers.visit v join dossiers.dossier d on d.id = v.dossier_id
    where v.ended_at between '2026-06-15' and '2026-09-14' group by 1 order by count(*) desc`.execute(system.db);
  const directory = await system.organisation.directory();
  unit = rows.find((row) => directory.unitOn(row.unit, '2026-09-14')?.level === 'commune')?.unit ?? '';
  const names = ['metrics.read', 'dossier.read', 'targets.read', 'targets.edit', 'report.read', 'report.fill'];
  const indices = ['indices.read', 'indices.score', 'indices.appraise', 'indices.edit', 'indices.publish'];
  const below = directory.reachOn(unit, 'subtree', '2026-11-18');
  actor = staffWith(1, unit, Object.fromEntries([...names, ...indices].map((one) => [one, below])));
  app = await createApp({ ...system, identity: { ...system.identity, authenticate: async () => actor } });
}, 120_000);
afterAll(async () => {
  await app.fastify.close();
  await demo.close();
});

const get = async (url: string) => {
  const reply = await app.fastify.inject({ method: 'GET', url, headers: { cookie: `${SESSION_COOKIE}=x` } });
  return { status: reply.statusCode, body: reply.json() };
};
const figure = async (metricId: string, period: string): Promise<MetricValue> => {
  const { metrics } = demo.system;
  const query = { metricId, unitId: unit, roll: 'tree' as const, period: metrics.periodOf(period, 'nd09') };
  const [value] = await metrics.values(actor, [query]);
  if (!value) throw new Error('a figure for each question');
  return value;
};

describe('a metric of steps', () => {
  it('is the same on the page, by units, told apart, in its rows and on the page of steps', async () => {
    const asked = `unitId=${unit}&period=${QUARTER}&cutoff=nd09`;
    const { body } = await get(`/api/metrics/value?metricId=steps-late-rate&${asked}`);
    const { numerator, denominator } = body.value;
    expect(denominator).toBeGreaterThan(20);
    expect(body.definition).toMatchObject({ fact: 'visit', dimensions: expect.arrayContaining(['step', 'channel']) });
    const sum = (rows: readonly { denominator: number }[]) => rows.reduce((total, one) => total + one.denominator, 0);
    expect(sum(body.units)).toBe(denominator);
    expect(body.trend.at(-1)).toEqual(body.value);
    for (const by of ['step', 'procedure', 'field', 'channel']) {
      const split = await get(`/api/metrics/split?metricId=steps-late-rate&${asked}&by=${by}`);
      expect([by, sum(split.body.rows)]).toEqual([by, denominator]);
      expect(split.body.rows.every((row: { name: string }) => row.name !== '')).toBe(true);
    }
    for (const [side, number] of [
      ['numerator', numerator],
      ['denominator', denominator],
    ]) {
      const list = await get(`/api/metrics/rows?metricId=steps-late-rate&${asked}&side=${side}&pageSize=200`);
      expect(list.body).toMatchObject({ rows: [], total: number, hidden: 0 });
      expect(list.body.visits).toHaveLength(Math.min(200, number));
    }
    const steps = await get(`/api/metrics/steps?${asked}&by=step`);
    const left = (await figure('steps-left', QUARTER)).value;
    expect(steps.body.rows.reduce((total: number, one: { visits: number }) => total + one.visits, 0)).toBe(left);
  });

  it('is not narrowed by what its fact has not, nor by persons without the right', async () => {
    const asked = `unitId=${unit}&period=${QUARTER}`;
    expect(await get(`/api/metrics/value?metricId=steps-left&${asked}&receivedUnitId=${unit}`)).toMatchObject({
      status: 422,
      body: { code: 'metrics/no-dimension' },
    });
    expect((await get(`/api/metrics/split?metricId=received&${asked}&by=step`)).body.code).toBe('metrics/no-dimension');
    expect((await get(`/api/metrics/split?metricId=steps-left&${asked}&by=person`)).status).toBe(404);
  });

  it('is a target', async () => {
    const terms = {
      name: 'Tỷ lệ xử lý bước quá hạn không quá 1 %',
      source: { number: '12/QĐ-UBND', date: '2026-01-15', text: 'Kế hoạch năm 2026' },
      owner: 'Văn phòng',
      direction: 'down',
      weight: 1,
      value: { metric: 'steps-late-rate' },
      unit: 'percent',
      decimals: 2,
      goal: { atMost: 1 },
      forecast: 'ratio',
    } as const;
    await demo.system.targets.add(actor, { unitIds: [unit], period: '2026', terms });
    const board = await demo.system.targets.board(actor, { unitId: unit, year: 2026 });
    const line = board.rows.find((row) => row.name === terms.name);
    const { metrics } = demo.system;
    const [year] = await metrics.values(actor, [
      { metricId: 'steps-late-rate', unitId: unit, roll: 'tree', period: metrics.periodOf('2026', 'calendar') },
    ]);
    expect(line).toMatchObject({ numerator: year?.numerator, denominator: year?.denominator, value: year?.rounded });
    expect(line?.light).toBe((year?.value ?? 0) <= 1 ? 'met' : 'behind');
  });

  it('scores a criterion of an index', async () => {
    const { indices, metrics } = demo.system;
    const wish = {
      basedOn: 'par-index-commune-2026',
      code: 'bo-thu',
      name: 'Bộ thử',
      unitId: unit,
      validFrom: '2026-01-01',
    };
    await indices.copySet(actor, wish);
    const { body } = await indices.set(actor, 'bo-thu');
    const domains = (body.domains ?? []).map((domain) => ({
      ...domain,
      ...(domain.criteria && {
        criteria: domain.criteria.map((one) => (one.id === 'on-time' ? { ...one, metric: 'steps-on-time-rate' } : one)),
      }),
    }));
    expect((await indices.saveSet(actor, 'bo-thu', { version: 1, body: { ...body, domains } })).findings).toEqual([]);
    await indices.publishSet(actor, 'bo-thu', { version: 2 });
    const { id } = await indices.openRound(actor, { setCode: 'bo-thu', year: 2026, unitId: unit });
    const sheetId = (await indices.round(actor, id)).rows[0]?.sheetId ?? '';
    const measured = (await indices.sheet(actor, sheetId)).criteria.find((one) => one.id === 'on-time');
    const [value] = await metrics.values(actor, [
      { metricId: 'steps-on-time-rate', unitId: unit, roll: 'tree', period: metrics.periodOf('2026', 'calendar') },
    ]);
    const { numerator, denominator } = value ?? {};
    expect(denominator).toBeGreaterThan(0);
    const exact = pointsOf(
      { max: 14, rule: { kind: 'linear', from: 0.8 } },
      { numerator: numerator ?? 0, denominator: denominator ?? 0 },
    );
    expect(measured).toMatchObject({
      live: true,
      metricId: 'steps-on-time-rate',
      numerator,
      denominator,
      selfPoints: exact?.round(4).toNumber(),
    });
  });

  it('fills cells of a report, the same on the page and the command line, one click from its rows', async () => {
    const { system } = demo;
    const ports = createReportPorts({ ...system, db: system.readDb });
    const reports = createReportService({ db: system.db, clock: system.clock, ports });
    const { ids } = await reports.assign(actor, { reportId: 'cchc', periodId: QUARTER, unitId: unit });
    const page = await reports.get(actor, ids[0] ?? '');
    const rate = await figure('steps-late-rate', QUARTER);
    const cells = (of: readonly { id: string; cells: Readonly<Record<string, unknown>> }[]) =>
      ['steps', 'steps-late'].map((id) => of.find((row) => row.id === id)?.cells['3']);
    expect(cells(page.rows)).toEqual([rate.denominator, rate.numerator]);
    const [source] = page.rows.find((row) => row.id === 'steps')?.sources ?? [];
    const days = '2026-06-15..2026-09-14';
    expect(source).toMatchObject({
      register: 'so-lieu',
      measure: 'steps-late-rate',
      unitId: unit,
      periods: [{ id: days, name: '15/06/2026 – 14/09/2026' }],
      readable: true,
      reason: null,
    });
    const rows = await get(`/api/metrics/rows?metricId=steps-late-rate&unitId=${unit}&period=${days}&side=denominator`);
    expect(rows.body.total).toBe(rate.denominator);
    const gso = (await system.organisation.directory()).codeOn(unit, 'gso', '2026-09-14') ?? '';
    const out: string[] = [];
    await runCli(['report', 'cchc', '--unit', gso, '--period', QUARTER, '--json'], {
      out: (line: string) => void out.push(line),
      note: () => undefined,
      env: {
        DATABASE_URL: system.databaseUrl,
        MOTCUA_LOG_LEVEL: 'silent',
        MOTCUA_DATA_DIR: fs.mkdtempSync(path.join(os.tmpdir(), 'motcua-steps-')),
      },
      path: (typed: string) => typed,
      interactive: false,
    });
    expect(cells((JSON.parse(out[0] ?? '') as { rows: Parameters<typeof cells>[0] }).rows)).toEqual(cells(page.rows));
  });

  it('in a report is refused with the place where nobody knows it, or where it cannot be taken', async () => {
    const report = findReport('cchc');
    if (report?.rows.by !== 'fixed') throw new Error('the quarterly report has fixed rows');
    const known = knownRegisters();
    const at = report.rows.list.findIndex((row) => row.id === 'steps');
    const places = (source: object) => {
      const list = (report.rows.by === 'fixed' ? report.rows.list : []).map((row, nth) =>
        nth === at ? { ...row, sources: { '3': { register: 'so-lieu', measure: 'steps-late-rate', ...source } } } : row,
      );
      return lintReport({ ...report, rows: { by: 'fixed', list } }, known).map((one) => one.path);
    };
    expect(places({ part: 'denominator' })).toEqual([]);
    expect(places({ measure: 'steps-lost' })).toEqual([`rows.list[${at}].sources.3.measure`]);
    expect(places({ measure: 'steps-left', part: 'denominator' })).toEqual([`rows.list[${at}].sources.3.part`]);
    expect(places({ part: 'numerator', period: 'latest' })).toEqual([`rows.list[${at}].sources.3.period`]);
  });
});
