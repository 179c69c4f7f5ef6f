import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { StaffActor } from '../core/access/actor.ts';
import { rebuildMetrics } from '../modules/insight/metrics/index.ts';
import { createOverviewService, type OverviewService } from '../modules/insight/overview/index.ts';
import { failure } from '../modules/onestop/dossiers/testing/failure.ts';
import { fillDesk2026 } from './demo/first-desk.ts';
import { createOverviewPorts } from './overview-ports.ts';
import { generateDossiers } from './volume/generate.ts';
import { openDemoSystem } from './volume/testing.ts';

let demo: Awaited<ReturnType<typeof openDemoSystem>>;
let overview: OverviewService;
let commune: string;
let units: readonly string[];

const READINGS = ['board.read', 'metrics.read', 'report.read', 'targets.read', 'registers.read'];

function leader(of: readonly string[], permissions: readonly string[] = READINGS): StaffActor {
  const id = (n: number): string => `01890000-0000-7000-8000-${String(n).padStart(12, '0')}`;
  return {
    kind: 'staff',
    accountId: id(501),
    staffId: id(601),
    displayName: 'Lãnh đạo mẫu',
    homeUnitId: commune,
    unitIds: [commune],
    roles: [],
    unitsByPermission: new Map(permissions.map((permission) => [permission, new Set(of)])),
    assurance: 'password',
    address: '203.0.113.9',
  };
}

beforeAll(async () => {
  demo = await openDemoSystem();
  const { system } = demo;
  const directory = await system.organisation.directory();
  await generateDossiers(system, 900, { seed: 5 });
  // The commune with most dossiers past their day.
  const { rows } = await sql<{ unitId: string }>`select decided_by_unit_id "unitId" from dossiers.dossier
    where status in ('received', 'processing') and due_current < ${system.clock.now()} group by 1 order by count(*) desc, min(code)`.execute(
    system.db,
  );
  commune = rows[0]?.unitId ?? '';
  units = directory.reachOn(commune, 'subtree', '2026-11-18');
  await rebuildMetrics(system.db);
  overview = createOverviewService({ ...system, ports: createOverviewPorts(system) });
}, 120_000);
afterAll(() => demo.close());

test('figures are those of the metrics, and the page begins with the superior unit', async () => {
  const page = await overview.overview(leader(units), {});
  expect(page.unit.id).toBe(commune);
  const period = demo.system.metrics.periodOf(page.period.id, 'calendar');
  for (const figure of page.figures) {
    const [value] = await demo.system.metrics.values(leader(units), [
      { metricId: figure.metricId, unitId: commune, roll: 'tree', period },
    ]);
    expect([figure.metricId, figure.rounded]).toEqual([figure.metricId, value?.rounded]);
  }
  expect(page.figures).toHaveLength(6);
});

test('units directly below stand with the figures they have by themselves', async () => {
  const directory = await demo.system.organisation.directory();
  const [superior] = directory.pathOn(commune, '2026-11-18').slice(-1);
  const all = directory.reachOn(superior?.unitId ?? '', 'subtree', '2026-11-18');
  const page = await overview.overview(leader(all), { unitId: superior?.unitId ?? '' });
  const period = demo.system.metrics.periodOf(page.period.id, 'calendar');
  const ids = page.figures.map((figure) => figure.metricId);
  expect(page.below.map((row) => row.unitId)).toContain(commune);
  for (const row of page.below) {
    const values = await Promise.all(
      ids.map((metricId) =>
        demo.system.metrics.values(leader(all), [{ metricId, unitId: row.unitId, roll: 'tree', period }]),
      ),
    );
    expect(row.values.map((one) => [one.metricId, one.rounded])).toEqual(
      values.flatMap(([one]) => [[one?.metricId, one?.rounded]]),
    );
  }
});

test('every late dossier of the board stands on the page, by unit, with its oldest due day', async () => {
  const actor = leader(units);
  const [page, board] = await Promise.all([overview.overview(actor, {}), demo.system.boards.desk(actor, {})]);
  const late = page.concerns.filter((one) => one.kind === 'late');
  expect(board.all.late).toBeGreaterThan(0);
  expect(late.reduce((sum, one) => sum + one.count, 0)).toBe(board.all.late);
  for (const one of late.filter((each) => each.unitId !== null)) {
    const { rows } = await demo.system.boards.deskRows(actor, { bucket: 'late', unitId: one.unitId ?? '', limit: 200 });
    expect(rows).toHaveLength(one.count);
    expect(one.since).toBe(rows.map((row) => row.dueAt?.slice(0, 10) ?? '').sort()[0]);
  }
});

test('what owes an apology says since when, as the dossiers behind it do', async () => {
  const actor = leader(units);
  const page = await overview.overview(actor, {});
  const owed = page.concerns.filter((one) => one.kind === 'apology-owed');
  expect(owed.length).toBeGreaterThan(0);
  const days = { from: `${page.at.slice(0, 4)}-01-01`, to: page.at.slice(0, 10) };
  for (const one of owed) {
    const found = { ...days, unitId: one.unitId ?? '', figure: 'apologiesOwed' as const, limit: 200 };
    const { rows, total } = await demo.system.boards.unitRows(actor, found);
    expect(total).toBe(one.count);
    expect(one.since).toBe(rows.map((row) => row.dueAt?.slice(0, 10) ?? '').sort()[0]);
  }
});

test('one unit has one name, whatever its source calls it; a target says how far it is', async () => {
  const page = await overview.overview(leader(units), {});
  for (const one of page.concerns.filter((each) => each.unitId === commune)) expect(one.unitName).toBe(page.unit.name);
  const targets = page.concerns.filter((one) => one.kind === 'target-behind');
  const board = await demo.system.targets.board(leader(units), { unitId: commune, year: Number(page.at.slice(0, 4)) });
  expect(targets.length).toBe(board.rows.filter((row) => row.light === 'behind' || row.light === 'near').length);
  for (const one of targets) {
    const row = board.rows.find((each) => each.id === one.refId);
    expect([one.standing?.value, one.standing?.goal, one.by]).toEqual([row?.value, row?.goal, row?.toDay]);
  }
});

test('the page of an office shows what went through its steps, as the metrics have it', async () => {
  const actor = leader(units);
  const directory = await demo.system.organisation.directory();
  const offices = units.filter((id) => directory.unitOn(id, '2026-11-18')?.type !== 'administrative');
  const pages = await Promise.all(offices.map((unitId) => overview.overview(actor, { unitId, period: '2026' })));
  expect(pages.every((page) => page.office)).toBe(true);
  const left = pages.map((page) => page.figures.find((one) => one.metricId === 'steps-left')?.rounded ?? 0);
  expect(left.some((count) => count > 0)).toBe(true);
  const [value] = await demo.system.metrics.values(actor, [
    { metricId: 'steps-left', unitId: commune, roll: 'tree', period: demo.system.metrics.periodOf('2026', 'calendar') },
  ]);
  expect(left.reduce((sum, count) => sum + count, 0)).toBeLessThanOrEqual(value?.rounded ?? 0);
});

test('without the right to a source its concerns are left out; without figures the page still opens', async () => {
  const page = await overview.overview(leader(units, ['board.read']), {});
  expect(page.figures).toEqual([]);
  expect(new Set(page.concerns.map((one) => one.kind))).not.toContain('target-behind');
});

test('a source that fails takes nothing else away', async () => {
  const ports = createOverviewPorts(demo.system);
  const broken = { name: 'broken', permission: 'board.read', find: () => Promise.reject(new Error('down')) };
  const service = createOverviewService({ ...demo.system, ports: { ...ports, sources: [broken, ...ports.sources] } });
  const [whole, page] = await Promise.all([overview.overview(leader(units), {}), service.overview(leader(units), {})]);
  expect(page.concerns).toEqual(whole.concerns);
});

test('a page is read once until something is written: who asks after that sees it', async () => {
  const actor = leader(units);
  const lateOn = (page: Awaited<ReturnType<OverviewService['overview']>>): number =>
    page.concerns.filter((one) => one.kind === 'late').reduce((sum, one) => sum + one.count, 0);
  const before = await overview.overview(actor, {});
  const { numAffectedRows: moved } =
    await sql`update dossiers.dossier set due_current = due_current - interval '90 days'
    where id in (select id from dossiers.dossier where holder_unit_id = any(${[...units]}::uuid[]) and status = 'processing'
      and clock_status <> 'paused' and due_current > ${demo.system.clock.now()} order by id limit 2)`.execute(
      demo.system.db,
    );
  expect(moved).toBe(2n);
  const [after, again] = await Promise.all([overview.overview(actor, {}), overview.overview(actor, {})]);
  expect([lateOn(after), lateOn(again)]).toEqual([lateOn(before) + 2, lateOn(before) + 2]);
  const others = await overview.overview(leader(units, ['metrics.read', 'board.read']), {});
  expect([others.figures, lateOn(others)]).toEqual([after.figures, lateOn(after)]);
  expect(others.concerns.some((one) => one.kind === 'target-behind')).toBe(false);
});

test('of many late actions those of a unit stand on its page, however many others have', async () => {
  const { rows: staff } = await sql<{ id: string }>`select id from organisation.staff limit 1`.execute(demo.system.db);
  const [other] = units.filter((id) => id !== commune);
  const give = (unitId: string, dueDay: string, many: number) =>
    sql`insert into targets.action (id, origin_type, origin_id, origin_label, unit_id, title, owner_staff_id, due_day, state, created_at, created_by)
      select gen_random_uuid(), 'test', 'test', 'Chỉ tiêu thử', ${unitId}::uuid, 'Việc thử ' || n, ${staff[0]?.id ?? ''}::uuid, ${dueDay}::date,
        'open', now(), 'system:test' from generate_series(1, ${many}::integer) n`.execute(demo.system.db);
  await give(other ?? '', '2026-01-05', 60);
  await give(commune, '2026-01-06', 1);
  const reader = leader(units, ['board.read', 'targets.read']);
  const alone = {
    ...reader,
    unitsByPermission: new Map([...reader.unitsByPermission, ['board.read', new Set([commune])]]),
  };
  const page = await overview.overview(alone, { unitId: commune });
  expect(page.concerns.filter((one) => one.kind === 'action-late').map((one) => one.since)).toEqual(['2026-01-06']);
  await sql`delete from targets.action where origin_type = 'test'`.execute(demo.system.db);
});

test('registers overdue on the page are those of their list', async () => {
  const actor = leader(units);
  const page = await overview.overview(actor, {});
  const { rows } = await demo.system.registers.list(actor, { unitId: page.unit.id });
  const late = rows.filter((row) => row.missing > 0 && row.period && row.period.deadline < page.at.slice(0, 10));
  expect(late.length).toBeGreaterThan(0);
  const [line] = page.concerns.filter((one) => one.kind === 'register-late');
  expect([line?.count, line?.since]).toEqual([late.length, late.map((row) => row.period?.deadline).sort()[0]]);
  for (const name of line?.subject?.split('; ') ?? []) expect(late.map((row) => row.name)).toContain(name);
});

test('however many reports are late, the red target stays on the page and no count is lost', async () => {
  const ports = createOverviewPorts(demo.system);
  const one = { light: 'red', count: 1, since: '2026-10-01', unitId: commune, who: null, subject: 'Việc' } as const;
  const reports = Array.from({ length: 150 }, (_, n) => ({ ...one, kind: 'report-late' as const, refId: `r${n}` }));
  const target = { ...one, kind: 'target-behind' as const, since: null, refId: 't' };
  const source = { name: 'many', permission: 'board.read', find: () => Promise.resolve([...reports, target]) };
  const service = createOverviewService({ ...demo.system, ports: { ...ports, sources: [source] } });
  const { concerns } = await service.overview(leader(units), {});
  expect(concerns.at(-1)).toMatchObject({ kind: 'target-behind', refId: 't' });
  const late = concerns.filter(({ kind }) => kind === 'report-late');
  expect(late.reduce((sum, { count }) => sum + count, 0)).toBe(150);
  expect(late.at(-1)).toMatchObject({ otherUnits: 1, since: '2026-10-01', refId: null });
});

test('a source that failed is asked again by the next page', async () => {
  const ports = createOverviewPorts(demo.system);
  let asked = 0;
  const source = {
    name: 'shaky',
    permission: 'board.read',
    find: () => (++asked === 1 ? Promise.reject(new Error('down')) : Promise.resolve([])),
  };
  const service = createOverviewService({ ...demo.system, ports: { ...ports, sources: [source] } });
  await service.overview(leader(units), {});
  await service.overview(leader(units), {});
  expect(asked).toBe(2);
});

test('a foreign unit is missing, a period that is none is refused', async () => {
  const [desk] = units.filter((id) => id !== commune);
  expect((await failure(overview.overview(leader([desk ?? '']), { unitId: commune }))).code).toBe('row/missing');
  expect((await failure(overview.overview(leader(units), { period: '2026-13' }))).code).toBe('metrics/unknown-period');
});

test('a report already sent is no longer overdue, however late it was sent; a returned one says so', async () => {
  await fillDesk2026(demo.system);
  const directory = await demo.system.organisation.directory();
  const [superior] = directory.pathOn(commune, '2026-11-18').slice(-1);
  const actor = leader(directory.reachOn(superior?.unitId ?? '', 'subtree', '2026-11-18'), [
    ...READINGS,
    'report.receive',
  ]);
  const { rows } = await demo.system.reports.list(actor, { side: 'receive', only: 'late' });
  const page = await overview.overview(actor, { unitId: superior?.unitId ?? '' });
  const overdue = page.concerns.filter((one) => one.kind === 'report-late');
  const shown = (id: string): string | null | undefined => overdue.find((one) => one.refId === id)?.subject;
  expect(rows.map((row) => row.state)).toEqual(expect.arrayContaining(['returned', 'submitted']));
  for (const row of rows) {
    const sent = ['submitted', 'resubmitted', 'accepted', 'locked'].includes(row.state);
    expect([row.unitName, row.state, shown(row.id) === undefined]).toEqual([row.unitName, row.state, sent]);
    if (row.state === 'returned') expect(shown(row.id)).toMatch(/: bị trả lại$/);
  }
});
