import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { StaffActor } from '../../../core/access/actor.ts';
import { dispatchOnce } from '../../../platform/events/outbox.ts';
import { createLog } from '../../../platform/log/log.ts';
import { createLedgerReader } from '../dossiers/index.ts';
import { ACTOR, createWorld, START, staff, TO_DECIDED, UNIT, type World } from '../dossiers/testing/world.ts';
import type { ForecastContext } from './context.ts';
import { keepForecasts, refresh } from './learn-service.ts';
import { createForecastService, type ForecastService } from './service.ts';
import { createForecastSubscriber } from './subscribers.ts';

let world: World;
let ctx: ForecastContext;
let service: ForecastService;
const log = createLog('silent');
const HOUR = 60;
const DAY = 24 * HOUR;
const head: StaffActor = staff(31, UNIT.office, { 'board.read': [UNIT.office] });
const stranger: StaffActor = staff(32, UNIT.otherOffice, { 'board.read': [UNIT.otherOffice] });

beforeAll(async () => {
  world = await createWorld();
  ctx = {
    db: world.db,
    clock: world.clock,
    ledgers: createLedgerReader(world.ports, () => world.clock.now()),
    ports: world.ports,
  };
  service = createForecastService(ctx);
});
afterAll(() => world.drop());

async function dispatch(): Promise<void> {
  for (let n = 1; n > 0; ) n = await dispatchOnce(world.db, [createForecastSubscriber(ctx)], log);
}

/** Received on a Monday at 08:00; the officer needs `days` calendar days, the others minutes. */
async function decided(week: number, days: number): Promise<string> {
  world.clock.set(new Date(START.getTime() + week * 7 * DAY * 60_000));
  const { id } = await world.receive();
  world.pass(days * DAY);
  for (const [who, command] of TO_DECIDED) await world.act(ACTOR[who], id, command);
  await dispatch();
  return id;
}

test('learns the pace of each step from endings, by unit and over all units', async () => {
  for (let n = 0; n < 10; n++) await decided(0, 2);
  await decided(0, 4);
  await service.recountAll();
  const { rows } = await sql<{ unit_id: string | null; sample: number; median_minutes: number; p90_minutes: number }>`
    select unit_id, sample, median_minutes, p90_minutes from forecast.pace where step_id = 'tham-tra' order by unit_id nulls last`.execute(
    world.db,
  );
  // Two working days of eight hours; what follows within the same minutes belongs to the other steps.
  expect(rows).toEqual([
    { unit_id: UNIT.office, sample: 11, median_minutes: 963, p90_minutes: 963 },
    { unit_id: null, sample: 11, median_minutes: 963, p90_minutes: 963 },
  ]);
});

test('warns of an open dossier whose steps left usually take longer than what is left, with its reason', async () => {
  world.clock.set(new Date(START.getTime() + 7 * DAY * 60_000));
  const { id } = await world.receive();
  expect((await service.ofDossier(head, id)).forecast).toMatchObject({
    level: 'none',
    remainingDays: 3,
    usualDays: 2,
    stepsLeft: 4,
    sample: 11,
    basis: 'unit',
  });
  // Nobody touched the first step for two days: it is taken to end now, the rest takes minutes.
  world.pass(2 * DAY);
  expect((await service.ofDossier(head, id)).forecast).toMatchObject({ level: 'none', remainingDays: 1 });
  await sql`update forecast.pace set median_minutes = 700, p90_minutes = 900 where step_id = 'ky'`.execute(world.db);
  expect((await service.ofDossier(head, id)).forecast).toMatchObject({
    level: 'likely',
    remainingDays: 1,
    usualDays: 1.5,
  });
  // Late already: no forecast any more.
  world.pass(3 * DAY);
  expect((await service.ofDossier(head, id)).forecast).toBeNull();
});

test('a pause keeps what was left', async () => {
  world.clock.set(new Date(START.getTime() + 14 * DAY * 60_000));
  const { id } = await world.receive();
  await world.act(ACTOR.officer, id, {
    kind: 'request-supplement',
    items: [{ text: 'Giấy tờ tùy thân' }],
    reason: 'Thiếu',
  } as never);
  const before = (await service.ofDossier(head, id)).forecast;
  world.pass(10 * DAY);
  expect((await service.ofDossier(head, id)).forecast).toEqual(before);
});

test('lists the warned dossiers of the reader’s units, the strong warnings first, page by page', async () => {
  world.clock.set(new Date(START.getTime() + 21 * DAY * 60_000));
  const ids: string[] = [];
  for (let n = 0; n < 3; n++) ids.push((await world.receive()).id);
  world.pass(2 * DAY);
  await keepForecasts(ctx);
  await sql`update forecast.pace set median_minutes = 700, p90_minutes = 900 where step_id = 'ky'`.execute(world.db);
  world.pass(61);
  await keepForecasts(ctx);
  const all = await service.list(head, { limit: 200 });
  expect(ids.every((id) => all.rows.some((row) => row.dossierId === id && row.level === 'likely'))).toBe(true);
  const paged: string[] = [];
  let cursor: string | null = null;
  do {
    const page: Awaited<ReturnType<ForecastService['list']>> = await service.list(head, {
      limit: 1,
      ...(cursor ? { cursor } : {}),
    });
    paged.push(...page.rows.map((row) => row.dossierId));
    cursor = page.nextCursor;
  } while (cursor);
  expect(paged).toEqual(all.rows.map((row) => row.dossierId));
  expect((await service.list(stranger, {})).rows).toEqual([]);
  await expect(service.ofDossier(stranger, ids[0] ?? '')).rejects.toMatchObject({ code: 'row/missing' });
});

test('the periodic work runs once however many processes ask, and again after the clock was moved back', async () => {
  const runs = async (): Promise<number> => {
    const { rows } = await sql<{
      n: number;
    }>`select count(*) n from forecast.run where ran_at = ${world.clock.now()}`.execute(world.db);
    return Number(rows[0]?.n);
  };
  world.pass(2 * DAY);
  await Promise.all([keepForecasts(ctx), keepForecasts(ctx)]);
  expect(await runs()).toBe(2);
  world.pass(1);
  await keepForecasts(ctx);
  expect(await runs()).toBe(0);
  world.pass(-5 * DAY);
  await keepForecasts(ctx);
  expect(await runs()).toBe(2);
});

test('compares each ended dossier with the last forecast before its due day, and tells too small samples', async () => {
  await sql`delete from forecast.outcome`.execute(world.db);
  world.clock.set(new Date(START.getTime() + 35 * DAY * 60_000));
  await sql`update forecast.pace set median_minutes = 2000, p90_minutes = 2000 where step_id = 'ky'`.execute(world.db);
  const ids: string[] = [];
  for (let n = 0; n < 12; n++) ids.push((await world.receive()).id);
  await refresh(ctx);
  await refresh(ctx);
  const snapshots = await sql<{
    n: number;
  }>`select count(*) n from forecast.snapshot where dossier_id = any(${ids}::uuid[])`.execute(world.db);
  expect(Number(snapshots.rows[0]?.n)).toBe(12);
  // Nine end in time, three end late: all twelve had been warned.
  for (const [index, id] of ids.entries()) {
    if (index === 9) world.pass(7 * DAY);
    for (const [who, command] of TO_DECIDED) await world.act(ACTOR[who], id, command);
  }
  await dispatch();
  const { dossiers, rates } = await service.hitRate(undefined);
  expect(dossiers).toBe(12);
  expect(rates[0]).toEqual({ from: 'likely', warned: 12, warnedLate: 3, late: 3, precision: 0.25, recall: null });
  expect((await service.list(head, { limit: 200 })).rows.some((row) => ids.includes(row.dossierId))).toBe(false);
});

test('a first count learns from dossiers that no event told of', async () => {
  await sql`delete from forecast.sample`.execute(world.db);
  await service.recountAll();
  const { rows } = await sql<{ n: number }>`select count(distinct dossier_id) n from forecast.sample`.execute(world.db);
  expect(Number(rows[0]?.n)).toBe(23);
});
