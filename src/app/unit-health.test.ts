import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { StaffActor } from '../core/access/actor.ts';
import { failure } from '../modules/onestop/dossiers/testing/failure.ts';
import { FIXTURE_PROCEDURE } from '../modules/onestop/dossiers/testing/fixture-procedure.ts';
import { ACTOR, createWorld, intakeBody, staff, UNIT, type World } from '../modules/onestop/dossiers/testing/world.ts';
import { createStatisticsSubscriber } from '../modules/onestop/statistics/index.ts';
import type { HealthPorts } from '../modules/onestop/unit-health/ports.ts';
import type { HealthContent } from '../modules/onestop/unit-health/rules/definition.ts';
import { createHealthService, type HealthService } from '../modules/onestop/unit-health/service.ts';
import { createHealthSubscriber } from '../modules/onestop/unit-health/subscribers.ts';
import { dispatchOnce } from '../platform/events/outbox.ts';
import { createLog } from '../platform/log/log.ts';
import { createHealthPorts } from './health-ports.ts';

const dated = { name: 'Quy tắc', validFrom: '2018-01-01', source: 'Thử', verified: false, answerWorkingDays: 3 };
const CONTENT: HealthContent = {
  id: 'unit-health',
  source: 'Thử',
  verified: false,
  rules: [
    { kind: 'zero-online', ...dated, periods: ['month'], lookbackMonths: 1 },
    { kind: 'under-entry', ...dated, lookbackMonths: 12 },
    { kind: 'parked', ...dated, thresholds: [{ status: 'processing', workingDays: 10 }] },
    { kind: 'never-arrives', ...dated, months: 1 },
  ],
  books: [
    {
      code: 'so-thu',
      name: 'Sổ thử',
      validFrom: '2018-01-01',
      source: 'Thử',
      verified: false,
      procedureCodes: [],
      levels: ['xa'],
    },
  ],
};

const units = [UNIT.authority, UNIT.desk, UNIT.office];
const leader: StaffActor = staff(31, UNIT.authority, { 'health.answer': units, 'board.read': units });
const above: StaffActor = staff(32, UNIT.otherAuthority, {
  'health.manage': [...units, UNIT.otherAuthority],
  'board.read': [...units, UNIT.otherAuthority],
});
const log = createLog('silent');

let world: World;
let service: HealthService;
let online: boolean;
const dispatch = async (): Promise<void> => {
  while ((await dispatchOnce(world.db, [createStatisticsSubscriber(), createHealthSubscriber()], log)) > 0);
};

beforeAll(async () => {
  world = await createWorld();
  const ports: HealthPorts = {
    ...createHealthPorts({ ports: world.ports, organisation: undefined as never, homeUnits: async () => [] }),
    authoritiesOn: async () => [UNIT.authority, UNIT.otherAuthority].map((unitId) => ({ unitId, level: 'xa' })),
    proceduresOn: async () => [{ code: FIXTURE_PROCEDURE.code, name: 'Xác nhận', online }],
  };
  service = createHealthService({ db: world.db, clock: world.clock, ports, content: CONTENT });
});
afterAll(() => world.drop());
beforeEach(async () => {
  online = true;
  world.clock.set(new Date('2023-08-21T01:00:00Z'));
});

const at = (day: string): void => world.clock.set(new Date(`${day}T01:00:00Z`));
const rows = async (query: Parameters<HealthService['list']>[1] = {}, who = above) =>
  (await service.list(who, query)).rows;
const events = async (topic: string): Promise<number> =>
  Number(
    (await sql<{ n: number }>`select count(*) n from platform.event where topic = ${topic}`.execute(world.db)).rows[0]
      ?.n,
  );

test('before anything was recorded nothing is found', async () => {
  expect(await service.recompute(above)).toEqual({ found: 0, changed: 0, closed: 0 });
});

describe('a month without online dossiers', () => {
  test('is found once, however often one looks, and told once', async () => {
    await world.receive();
    await dispatch();
    at('2023-09-04');
    expect(await service.lookNightly()).toMatchObject({ found: 2 });
    expect(await service.lookNightly()).toBeUndefined();
    expect(await service.recompute(above)).toEqual({ found: 0, changed: 0, closed: 0 });
    const found = await rows({ rule: 'zero-online' });
    expect(
      found.map(({ unitId, period, measure, state, deadline }) => [unitId, period, measure, state, deadline]),
    ).toEqual(
      expect.arrayContaining([
        [UNIT.authority, '2023-08', 1, 'open', '2023-09-07'],
        [UNIT.otherAuthority, '2023-08', 0, 'open', '2023-09-07'],
      ]),
    );
    expect(await events('unit-health.found')).toBe(2);
    expect(
      (await service.zeroOnline(above, { from: '2023-08-01', to: '2023-08-31' })).rows.map((row) => row.unitId),
    ).toEqual([UNIT.authority, UNIT.otherAuthority]);
  });

  test('is no finding where nothing was offered online', async () => {
    online = false;
    at('2023-09-04');
    expect(await service.recompute(above)).toMatchObject({ found: 0, closed: 2 });
    expect(await service.zeroOnline(above, { from: '2023-08-01', to: '2023-08-31' })).toEqual({
      rows: [],
      offering: 0,
    });
    online = true;
    expect(await service.recompute(above)).toMatchObject({ found: 2 });
    expect((await rows({ rule: 'zero-online' })).map((row) => row.state)).toEqual(['open', 'open']);
  });

  test('closes by itself, with a trace, when an online dossier of that month turns up', async () => {
    const [mine] = await rows({ rule: 'zero-online', unitId: UNIT.authority });
    if (!mine) throw new Error('no finding');
    await sql`update statistics.daily set received_online = 1 where unit_id = ${UNIT.authority}`.execute(world.db);
    at('2023-09-04');
    await service.recompute(above);
    const page = await service.get(above, mine.id);
    expect([page.state, page.closedAs]).toEqual(['closed', 'facts']);
    expect(page.history.map((row) => row.kind)).toEqual(['found', 'closed', 'reopened', 'closed']);
  });
});

describe('what people do with a finding', () => {
  const current = async () => {
    const [one] = await rows({ rule: 'zero-online', unitId: UNIT.otherAuthority });
    if (!one) throw new Error('no finding');
    return one;
  };
  const other = staff(33, UNIT.otherAuthority, {
    'health.answer': [UNIT.otherAuthority],
    'health.manage': [UNIT.otherAuthority],
    'board.read': [UNIT.otherAuthority],
  });

  test('is the unit’s to explain, and nobody else sees it', async () => {
    const { id, version } = await current();
    const said = { version, reason: 'Chưa có người nộp trực tuyến', evidence: 'Báo cáo 12/BC' };
    expect((await failure(service.explain(leader, id, said))).code).toBe('row/missing');
    expect((await failure(service.explain(above, id, said))).code).toBe('access/forbidden');
    expect((await failure(service.explain(other, id, { ...said, evidence: '  ' }))).code).toBe('health/reason-needed');
    await service.explain(other, id, said);
    expect((await failure(service.explain(other, id, said))).code).toBe('row/stale');
    expect((await failure(service.explain(other, id, { ...said, version: version + 1 }))).code).toBe('health/not-now');
  });

  test('is decided by somebody else; of two at once one wins', async () => {
    const { id, version } = await current();
    expect((await failure(service.decide(other, id, { version, act: 'accept' }))).code).toBe('health/own-explanation');
    expect((await service.get(other, id)).may).toEqual([]);
    expect((await failure(service.decide(above, id, { version, act: 'return' }))).code).toBe('health/reason-needed');
    const both = await Promise.allSettled([
      service.decide(above, id, { version, act: 'return', note: 'Chưa rõ' }),
      service.decide(above, id, { version, act: 'accept' }),
    ]);
    expect(both.map((one) => one.status).sort()).toEqual(['fulfilled', 'rejected']);
  });

  test('ends accepted and closed; a later look leaves it closed', async () => {
    let { id, version, state } = await current();
    if (state === 'returned') {
      ({ version } = await service.explain(other, id, { version, reason: 'Bổ sung', evidence: 'Phụ lục' }));
      ({ version } = await service.decide(above, id, { version, act: 'accept' }));
    }
    state = (await service.get(above, id)).state;
    expect(state).toBe('accepted');
    await service.decide(above, id, { version, act: 'close' });
    await service.recompute(above);
    expect(await service.get(above, id)).toMatchObject({ state: 'closed', closedAs: 'accepted', may: [] });
  });

  test('its history cannot be changed', async () => {
    await expect(sql`update unit_health.history set note = 'x'`.execute(world.db)).rejects.toThrow(/append-only/);
  });
});

describe('books', () => {
  const entry = { unitId: UNIT.authority, book: 'so-thu', month: '2023-08' };

  test('a book that shows more than the system is found at once, and closes when corrected', async () => {
    at('2023-09-04');
    const { lines, units: mine } = await service.books(leader, {});
    expect(mine.map((unit) => unit.id)).toEqual([UNIT.authority]);
    const shown = lines[0]?.months.at(-1);
    expect(shown).toMatchObject({ month: '2023-08', version: 0, count: null });
    const inSystem = shown?.inSystem ?? 0;
    expect(await service.enterBook(leader, { ...entry, version: 0, count: inSystem + 3 })).toEqual({
      version: 1,
      inSystem,
      finding: true,
    });
    const [found] = await rows({ rule: 'under-entry' });
    expect(found).toMatchObject({ unitId: UNIT.authority, period: '2023-08', measure: 3, state: 'open' });
    expect((await failure(service.enterBook(leader, { ...entry, version: 0, count: 1 }))).code).toBe('row/stale');
    expect(await service.enterBook(leader, { ...entry, version: 1, count: inSystem })).toMatchObject({
      finding: false,
    });
    expect((await rows({ rule: 'under-entry' }))[0]?.state).toBe('closed');
  });

  test('only months that are over, only books of one’s own', async () => {
    expect((await failure(service.enterBook(leader, { ...entry, month: '2023-09', version: 0, count: 1 }))).code).toBe(
      'health/month-not-over',
    );
    const foreign = { ...entry, unitId: UNIT.otherAuthority, version: 0, count: 1 };
    expect((await failure(service.enterBook(leader, foreign))).code).toBe('row/missing');
    expect((await failure(service.books(leader, { unitId: UNIT.otherAuthority }))).code).toBe('row/missing');
  });
});

test('a dossier parked at a step is found with the unit that holds it, by working days', async () => {
  at('2023-09-25');
  const made = await world.receive();
  await world.act(ACTOR.officer, made.id, { kind: 'open' });
  at('2023-10-09');
  await service.recompute(above);
  const parked = async () => (await rows({ rule: 'parked', unitId: UNIT.office }))[0];
  const before = await parked();
  at('2023-10-10');
  await service.recompute(above);
  const after = await parked();
  expect((after?.measure ?? 0) - (before?.measure ?? 0)).toBe(1);
  const page = await service.get(above, after?.id ?? '');
  expect(page.facts.dossiers?.map((one) => one.code)).toContain(made.code);
  expect(page.facts.states).toMatchObject([{ status: 'processing', workingDays: 10 }]);
});

test('a procedure nobody asks for is found, and closes with the first dossier', async () => {
  at('2023-11-06');
  await service.recompute(above);
  expect((await rows({ rule: 'never-arrives', unitId: UNIT.authority }))[0]).toMatchObject({
    measure: 1,
    state: 'open',
  });
  await world.service.receiveAtDesk(ACTOR.desk, intakeBody());
  await dispatch();
  await service.recompute(above);
  const [closed] = await rows({ rule: 'never-arrives', unitId: UNIT.authority });
  expect(closed).toMatchObject({ state: 'closed', closedAs: 'facts' });
});

test('what was not answered in time is overdue, in the list and in the sums', async () => {
  const { overdue } = await service.list(above, {});
  const late = await rows({ overdue: true });
  expect(late.length).toBe(overdue);
  expect(late.every((row) => row.overdue && row.deadline < '2023-11-06')).toBe(true);
});
