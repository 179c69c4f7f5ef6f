import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { compileCalendar } from '../../../core/working-time/index.ts';
import { AppError } from '../../../platform/errors/app-error.ts';
import { checkLog } from './testing/check-log.ts';
import {
  ACTOR,
  CALENDAR_REVISION_ID,
  createWorld,
  SYSTEM,
  staff,
  TO_DECIDED,
  UNIT,
  unknownId,
  type World,
} from './testing/world.ts';

let world: World;
beforeAll(async () => {
  world = await createWorld();
  world.state.calendars.set(HOLIDAYS, holidays());
});
afterAll(() => world.drop());

const HOLIDAYS = '01890000-0000-7000-8000-000000000092';
const vn = (text: string): Date => new Date(`${text}+07:00`);
const chairman = staff(5, UNIT.authority, {
  'dossier.approve': [UNIT.authority],
  'dossier.reappoint': [UNIT.authority],
});
const ORDER = { newDueAt: vn('2023-09-15T17:00:00'), reason: 'Chờ xác minh', apologyId: unknownId() };

function holidays() {
  const week = Object.fromEntries(
    ['mon', 'tue', 'wed', 'thu', 'fri'].map((day) => [
      day,
      [
        ['07:00', '11:30'],
        ['13:30', '17:00'],
      ],
    ]),
  );
  const exceptions = [{ date: '2023-08-23', kind: 'off' }];
  const result = compileCalendar({ timeZone: 'Asia/Ho_Chi_Minh', week, exceptions });
  if (!result.ok) throw new Error('calendar');
  return result.calendar;
}

/** Code of an expected refusal; undefined where it was done. */
async function codeOf(promise: Promise<unknown>): Promise<string | undefined> {
  try {
    await promise;
    return undefined;
  } catch (error) {
    if (error instanceof AppError) return error.code;
    throw error;
  }
}

type Columns = {
  due_original: Date;
  due_current: Date;
  step_due_at: Date;
  calendar_revision_id: string;
  late_original: boolean | null;
};
async function columns(id: string): Promise<Columns> {
  const { rows } = await sql<Columns>`select due_original, due_current, step_due_at, calendar_revision_id, late_original
    from dossiers.dossier where id = ${id}::uuid`.execute(world.db);
  if (!rows[0]) throw new Error('no dossier');
  return rows[0];
}

describe('re-appointment', () => {
  test('lights follow the agreed date: none is red before it, whoever holds the dossier, and the log replays', async () => {
    world.clock.set(vn('2023-08-21T08:00:00'));
    const { id } = await world.receive();
    const lightAt = async (text: string): Promise<string | undefined> => {
      world.clock.set(vn(text));
      const { rows } = await world.service.list(ACTOR.desk, { limit: 200 });
      return rows.find((row) => row.id === id)?.light;
    };
    expect(await lightAt('2023-08-23T17:00:00')).toBe('red');
    await world.service.reappoint(chairman, { dossierId: id, ...ORDER });
    expect(await lightAt('2023-08-24T09:00:00')).not.toBe('red');
    await world.act(ACTOR.officer, id, { kind: 'draft-result', result: 'granted', title: 'GIẤY', body: 'Nội dung.' });
    await world.act(ACTOR.officer, id, { kind: 'forward' });
    await checkLog(world.db, id);
    for (const text of ['2023-08-28T17:00:00', '2023-09-06T17:00:00', '2023-09-15T17:00:00'])
      expect(await lightAt(text)).not.toBe('red');
    expect(await lightAt('2023-09-15T17:00:01')).toBe('red');
    world.clock.set(vn('2023-08-21T08:00:00'));
  });

  test('moves the promise, keeps the first one, and is told in log, trail and outbox', async () => {
    const { id } = await world.receive();
    const before = await columns(id);
    const moved = await world.service.reappoint(chairman, { dossierId: id, ...ORDER });
    const after = await columns(id);
    expect(after).toMatchObject({ due_original: before.due_original, due_current: ORDER.newDueAt });
    expect(moved).toMatchObject({
      fromDueAt: before.due_current,
      dueAt: ORDER.newDueAt,
      version: await world.versionOf(id),
    });
    const { rows } = await sql<{
      n: number;
    }>`select count(*)::int n from platform.event where topic = 'dossier.reappointed'
      and key = ${id} and payload ->> 'dueAt' like '2023-09-15T17:00%'`.execute(world.db);
    expect(rows[0]?.n).toBe(1);
    const { rows: trail } = await sql<{
      n: number;
    }>`select count(*)::int n from audit.entry where action = 'dossier.reappoint'
      and object_id = ${id}`.execute(world.db);
    expect(trail[0]?.n).toBe(1);
    await checkLog(world.db, id);
  });

  test('of ten at once one moves it', async () => {
    const { id } = await world.receive();
    const other = world.anotherProcess();
    const all = await Promise.all(
      Array.from({ length: 10 }, (_, i) =>
        codeOf((i % 2 ? other : world.service).reappoint(chairman, { dossierId: id, ...ORDER })),
      ),
    );
    const codes = all.map((code) => code ?? 'ok');
    expect(codes.filter((code) => code === 'ok')).toHaveLength(1);
    expect(codes.every((code) => ['ok', 'row/stale', 'dossier/reappointed'].includes(code))).toBe(true);
    await checkLog(world.db, id);
  });

  test('lives and dies with the transaction of who asks', async () => {
    const { id } = await world.receive();
    const before = await world.versionOf(id);
    const failed = world.db.transaction().execute(async (trx) => {
      await world.service.reappoint(chairman, { dossierId: id, ...ORDER }, trx);
      throw new Error('the approval failed');
    });
    await expect(failed).rejects.toThrow('the approval failed');
    expect(await world.versionOf(id)).toBe(before);
  });

  test('is refused to others, to strangers of the unit, and on another version', async () => {
    const { id } = await world.receive();
    const by = (actor: Parameters<World['service']['reappoint']>[0], more = {}): Promise<string | undefined> =>
      codeOf(world.service.reappoint(actor, { dossierId: id, ...ORDER, ...more }));
    expect(await by(ACTOR.officer)).toBe('dossier/illegal-action');
    expect(await by(ACTOR.otherDesk)).toBe('row/missing');
    expect(await by(chairman, { expectedVersion: 1 })).toBe('row/stale');
    expect(await by(chairman, { newDueAt: vn('2023-09-16T10:00:00') })).toBe('dossier/day-off');
    expect(await by(chairman, { reason: ' ' })).toBe('dossier/reason-needed');
    expect(await by(SYSTEM)).toBeUndefined();
  });

  test('the class of the end follows it, lateness against the first promise stays known', async () => {
    world.clock.set(vn('2023-08-21T08:00:00'));
    const { id } = await world.receive();
    await world.service.reappoint(chairman, { dossierId: id, ...ORDER });
    world.clock.set(vn('2023-09-11T08:00:00'));
    for (const [who, command] of TO_DECIDED) await world.act(ACTOR[who], id, command);
    const { rows } = await sql<{
      punctuality: string;
      late_original: boolean;
      lateness_minutes: number;
      original: number;
    }>`
      select punctuality, late_original, lateness_minutes, lateness_original_minutes original from dossiers.dossier where id = ${id}::uuid`.execute(
      world.db,
    );
    expect(rows[0]).toMatchObject({ punctuality: 'early', late_original: true, lateness_minutes: 0 });
    expect(rows[0]?.original).toBeGreaterThan(0);
    await checkLog(world.db, id);
    world.clock.set(vn('2023-08-21T08:00:00'));
  });
});

describe('another calendar', () => {
  test('a forecast tells what moves and changes nothing', async () => {
    const { id } = await world.receive();
    const [forecast] = await world.service.due.forecast([id, unknownId()], HOLIDAYS);
    const { due_current: due } = await columns(id);
    expect(forecast?.now.dueAt).toEqual(due);
    expect(forecast?.moved?.dueAt).toEqual(new Date(due.getTime() + 86_400_000));
    expect(await columns(id)).toMatchObject({ due_current: due });
  });

  test('there and back gives the same columns, and the log replays', async () => {
    const { id } = await world.receive();
    const before = await columns(id);
    const order = { dossierId: id, planId: unknownId() };
    const there = await world.service.due.move(chairman, {
      ...order,
      expectedVersion: await world.versionOf(id),
      calendarRevisionId: HOLIDAYS,
    });
    expect((await columns(id)).calendar_revision_id).toBe(HOLIDAYS);
    expect((await columns(id)).due_original).toEqual(before.due_original);
    await checkLog(world.db, id);
    await world.service.due.moveBack(chairman, { ...order, expectedVersion: there.version });
    expect(await columns(id)).toEqual(before);
    await checkLog(world.db, id);
  });

  test('what happened since stops the way back', async () => {
    const { id } = await world.receive();
    const order = { dossierId: id, planId: unknownId() };
    const version = await world.versionOf(id);
    await world.service.due.move(chairman, { ...order, expectedVersion: version, calendarRevisionId: HOLIDAYS });
    await world.act(ACTOR.officer, id, { kind: 'open' });
    const stale = await codeOf(world.service.due.moveBack(chairman, { ...order, expectedVersion: version + 1 }));
    expect(stale).toBe('row/stale');
  });

  test('a resume counts by the calendar of the dossier, whatever was published since', async () => {
    const { id } = await world.receive();
    await world.act(ACTOR.officer, id, { kind: 'suspend', reason: 'Chờ cơ quan khác' });
    const ask = world.ports.calendarFor;
    Object.assign(world.ports, { calendarFor: async () => ({ revisionId: HOLIDAYS, calendar: holidays() }) });
    await world.act(ACTOR.officer, id, { kind: 'resume' });
    Object.assign(world.ports, { calendarFor: ask });
    const { calendar_revision_id: revision, due_current: due, due_original: promised } = await columns(id);
    expect(revision).toBe(CALENDAR_REVISION_ID);
    expect(due.getTime() - promised.getTime()).toBe(60_000);
  });

  test('lists the open ones of a revision, page by page', async () => {
    const question = { revisionIds: [CALENDAR_REVISION_ID], decidedByUnitIds: [UNIT.authority], limit: 3 };
    const seen: string[] = [];
    for (let afterId = '00000000-0000-0000-0000-000000000000'; ; ) {
      const page = await world.service.due.listMovable({ ...question, afterId });
      seen.push(...page);
      const last = page.at(-1);
      if (!last) break;
      afterId = last;
    }
    const { rows } = await sql<{
      id: string;
    }>`select id from dossiers.dossier where clock_status in ('running', 'paused')
      and calendar_revision_id = ${CALENDAR_REVISION_ID}::uuid and decided_by_unit_id = ${UNIT.authority}::uuid order by id`.execute(
      world.db,
    );
    expect(seen).toEqual(rows.map((row) => row.id));
  });
});
