import fc from 'fast-check';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { StaffActor } from '../../../core/access/actor.ts';
import { uuidv7 } from '../../../core/ids/uuid.ts';
import { type CompiledCalendar, compileCalendar } from '../../../core/working-time/index.ts';
import { AppError } from '../../../platform/errors/app-error.ts';
import { type DomainEvent, deliver } from '../../../platform/events/outbox.ts';
import { checkLog } from '../dossiers/testing/check-log.ts';
import {
  ACTOR,
  CALENDAR_REVISION_ID,
  createWorld,
  intakeBody,
  START,
  staff,
  UNIT,
  type World,
} from '../dossiers/testing/world.ts';
import { createAssignmentSubscriber } from './assignment-service.ts';
import type { PlanContext } from './context.ts';
import type { AssignedCalendar, PlanRevision } from './ports.ts';
import { type CalendarPlanService, createCalendarPlanService } from './service.ts';

const vn = (text: string): Date => new Date(`${text}+07:00`);
const MORE = '01890000-0000-7000-8000-000000000092';
const FEWER = '01890000-0000-7000-8000-000000000093';
const BOTH_UNITS = [UNIT.authority, UNIT.otherAuthority];
const may = (units: readonly string[]): Readonly<Record<string, readonly string[]>> => ({
  'calendar.plan': units,
  'calendar.apply': units,
});
const approver = staff(21, UNIT.authority, may(BOTH_UNITS));
const second = staff(22, UNIT.authority, may(BOTH_UNITS));
const commune = staff(23, UNIT.authority, may([UNIT.authority]));

let world: World;
let plans: CalendarPlanService;
let revisions: PlanRevision[];
let assigned: AssignedCalendar | undefined;

function calendarOf(off: readonly string[], saturdays: readonly string[] = []): CompiledCalendar {
  const hours = [
    ['07:00', '11:30'],
    ['13:30', '17:00'],
  ];
  const result = compileCalendar({
    timeZone: 'Asia/Ho_Chi_Minh',
    week: Object.fromEntries(['mon', 'tue', 'wed', 'thu', 'fri'].map((day) => [day, hours])),
    exceptions: [
      ...off.map((date) => ({ date, kind: 'off' })),
      ...saturdays.map((date) => ({ date, kind: 'working', windows: hours })),
    ],
  });
  if (!result.ok) throw new Error('calendar');
  return result.calendar;
}

const planService = (due = world.service.due): CalendarPlanService => createCalendarPlanService(contextOf(due));
function contextOf(due = world.service.due): PlanContext {
  return {
    db: world.db,
    clock: world.clock,
    ports: {
      due,
      revisionsOf: async (code) => (code === 'lich-thu' ? revisions : []),
      assignedCalendar: async () => assigned,
      calendarRevision: (id) => world.ports.calendarRevision(id),
      unitsBelow: async (unitId) => [unitId],
      unitNames: world.ports.unitNames,
      staffNames: world.ports.staffNames,
    },
  };
}

beforeAll(async () => {
  world = await createWorld();
  world.state.calendars.set(MORE, calendarOf(['2023-08-23']));
  world.state.calendars.set(FEWER, calendarOf([], ['2023-08-26', '2023-08-27']));
});
afterAll(() => world.drop());
beforeEach(async () => {
  // A world of its own for each test: what is open stays open for the next plan.
  await sql`truncate dossiers.dossier, dossiers.code, dossiers.action, dossiers.task, dossiers.clock_segment, dossiers.party,
    dossiers.component, dossiers.search_key, calendar_plan.item, calendar_plan.plan cascade`.execute(world.db);
  world.clock.set(START);
  revisions = [
    { id: CALENDAR_REVISION_ID, validFrom: '2018-01-01', supersededAt: null },
    { id: MORE, validFrom: '2023-08-01', supersededAt: null },
    { id: FEWER, validFrom: '2023-08-01', supersededAt: null },
  ];
  assigned = undefined;
  plans = planService();
});

type Columns = {
  id: string;
  version: number;
  due_original: Date;
  due_current: Date;
  step_due_at: Date;
  calendar_revision_id: string;
};
async function columns(): Promise<Map<string, Columns>> {
  const { rows } = await sql<Columns>`select id, version, due_original, due_current, step_due_at, calendar_revision_id
    from dossiers.dossier order by id`.execute(world.db);
  return new Map(rows.map((row) => [row.id, row]));
}
const received = async (count: number): Promise<string[]> => {
  const ids: string[] = [];
  for (let i = 0; i < count; i++) ids.push((await world.receive()).id);
  return ids;
};
const work = async (service = plans): Promise<void> => {
  while (await service.workOnce());
};
const make = async (
  more: Partial<Parameters<CalendarPlanService['make']>[1]> = {},
  who: StaffActor = approver,
): Promise<string> => {
  const wish = {
    calendarCode: 'lich-thu',
    revisionId: MORE,
    policy: 'later-only',
    unitId: null,
    reason: 'Nghỉ bù',
  } as const;
  return (await plans.make(who, { ...wish, ...more })).id;
};
const ORDER = { decisionNumber: '12/QĐ-UBND', reason: 'Theo thông báo nghỉ lễ', acceptLate: false };
const apply = async (id: string, who: StaffActor = approver, more = {}): Promise<void> => {
  const { version } = await plans.get(who, id);
  await plans.apply(who, id, { ...ORDER, version, ...more });
};
const revert = async (id: string): Promise<void> => {
  const { version } = await plans.get(approver, id);
  await plans.revert(approver, id, { version, reason: 'Thông báo đã bị thu hồi' });
};
async function codeOf(promise: Promise<unknown>): Promise<string> {
  try {
    await promise;
    return 'ok';
  } catch (error) {
    if (error instanceof AppError) return error.code;
    throw error;
  }
}
const figures = async (id: string): Promise<Record<string, number>> => {
  const { units } = await plans.get(approver, id);
  const sum: Record<string, number> = {};
  for (const unit of units)
    for (const [name, value] of Object.entries(unit))
      if (typeof value === 'number' && value !== 0) sum[name] = (sum[name] ?? 0) + value;
  return sum;
};

describe('a plan', () => {
  test('lists what moves and by how much, and moves nothing', async () => {
    const ids = await received(3);
    const before = await columns();
    const id = await make();
    await work();
    const plan = await plans.get(approver, id);
    expect(plan).toMatchObject({ status: 'ready', validFrom: '2023-08-01', decisionNumber: null });
    expect(plan.units).toMatchObject([
      { unitName: 'Ủy ban nhân dân xã Mẫu Một', later: 3, listed: 3, movedMinutes: 3 * 480 },
    ]);
    const { rows, total } = await plans.items(approver, id, { direction: 'later' });
    expect(total).toBe(3);
    expect(rows.map((row) => row.dossierId).sort()).toEqual([...ids].sort());
    expect(rows[0]).toMatchObject({ movedMinutes: 480, movedDays: 1, becomesLate: false, state: 'listed' });
    expect(await columns()).toEqual(before);
  });

  test('applied moves every date and the calendar; the first promise stays, the log replays', async () => {
    const [first = ''] = await received(3);
    const before = await columns();
    const id = await make();
    await work();
    await apply(id);
    await work();
    expect(await plans.get(approver, id)).toMatchObject({ status: 'applied', decisionNumber: '12/QĐ-UBND' });
    for (const [dossierId, row] of await columns()) {
      const was = before.get(dossierId);
      expect(row.due_current.getTime() - (was?.due_current.getTime() ?? 0)).toBe(86_400_000);
      expect(row.due_original).toEqual(was?.due_original);
      expect(row.calendar_revision_id).toBe(MORE);
      await checkLog(world.db, dossierId);
    }
    const { rows } = await sql<{
      detail: Record<string, unknown>;
      actor: string;
    }>`select detail, actor from dossiers.action
      where dossier_id = ${first}::uuid and kind = 'due-moved'`.execute(world.db);
    expect(rows).toMatchObject([
      {
        actor: 'system:calendar-plan',
        detail: {
          planId: id,
          decidedBy: `staff:${approver.staffId}`,
          fromRevisionId: CALENDAR_REVISION_ID,
          toRevisionId: MORE,
        },
      },
    ]);
    const { rows: trail } = await sql<{
      action: string;
    }>`select action from audit.entry where object_id = ${id} order by id`.execute(world.db);
    expect(trail.map((entry) => entry.action)).toEqual([
      'calendar-plan.make',
      'calendar-plan.apply',
      'calendar-plan.applied',
    ]);
  });

  test('tells nobody of dossiers whose date does not move, but counts them by the new calendar', async () => {
    await received(2);
    world.state.calendars.set(FEWER, calendarOf(['2024-02-09']));
    const id = await make({ revisionId: FEWER });
    await work();
    expect(await figures(id)).toEqual({ same: 2, listed: 2 });
    await apply(id);
    await work();
    expect([...(await columns()).values()].map((row) => row.calendar_revision_id)).toEqual([FEWER, FEWER]);
    const { rows } = await sql<{
      n: number;
    }>`select count(*)::int n from platform.event where topic = 'dossier.due-moved'
      and (payload ->> 'dossierId') = any(select id::text from dossiers.dossier)`.execute(world.db);
    expect(rows[0]?.n).toBe(0);
    world.state.calendars.set(FEWER, calendarOf([], ['2023-08-26', '2023-08-27']));
  });

  test('takes in what was received by the old calendar while it waited for its approval', async () => {
    await received(1);
    const id = await make();
    await work();
    await received(2);
    await apply(id);
    await work();
    expect(await figures(id)).toMatchObject({ moved: 3 });
  });

  test('skips what has ended meanwhile, recounts what was paused, with a trace', async () => {
    const [ends = '', pauses = '', stays = ''] = await received(3);
    const id = await make();
    await work();
    await world.act(ACTOR.desk, ends, { kind: 'withdraw', reason: 'Rút' });
    await world.act(ACTOR.officer, pauses, { kind: 'suspend', reason: 'Chờ cơ quan khác' });
    await apply(id);
    await work();
    const { rows } = await plans.items(approver, id, {});
    expect(Object.fromEntries(rows.map((row) => [row.dossierId, [row.state, row.why]]))).toEqual({
      [ends]: ['skipped', 'ended'],
      [pauses]: ['moved', null],
      [stays]: ['moved', null],
    });
    await world.act(ACTOR.officer, pauses, { kind: 'resume' });
    await checkLog(world.db, pauses);
  });

  test('lists a dossier whose calendar cannot be read as not to be counted, and goes on with the others', async () => {
    const [bad = '', good = ''] = await received(2);
    const lost = '01890000-0000-7000-8000-000000000099';
    await sql`update dossiers.dossier set calendar_revision_id = ${lost}::uuid where id = ${bad}::uuid`.execute(
      world.db,
    );
    revisions.push({ id: lost, validFrom: '2010-01-01', supersededAt: START });
    const id = await make();
    await work();
    await apply(id);
    await work();
    const { rows } = await plans.items(approver, id, {});
    expect(Object.fromEntries(rows.map((row) => [row.dossierId, [row.direction, row.state]]))).toEqual({
      [bad]: ['unknown', 'kept'],
      [good]: ['later', 'moved'],
    });
  });

  test('of two people at once one gives the order', async () => {
    await received(2);
    const id = await make();
    await work();
    const { version } = await plans.get(approver, id);
    const codes = await Promise.all(
      [approver, second, approver, second].map((who) => codeOf(planService().apply(who, id, { ...ORDER, version }))),
    );
    expect(codes.filter((code) => code === 'ok')).toHaveLength(1);
    expect(codes.every((code) => code === 'ok' || code === 'row/stale')).toBe(true);
    await work();
    expect(await codeOf(apply(id, second))).toBe('plan/state');
    const { rows } = await sql<{
      n: number;
    }>`select count(*)::int n from dossiers.action where kind = 'due-moved'`.execute(world.db);
    expect(rows[0]?.n).toBe(2);
  });

  test('goes on where a killed process left off, and two processes move nothing twice', async () => {
    await received(60);
    const id = await make();
    await work();
    await apply(id);
    expect(await plans.workOnce()).toBe(true);
    expect(await figures(id)).toMatchObject({ moved: 25, listed: 35 });
    // The process is gone; two others come.
    await Promise.all([work(planService()), work(planService())]);
    await work();
    expect(await figures(id)).toMatchObject({ moved: 60 });
    const { rows } = await sql<{ n: number; d: number }>`select count(*)::int n, count(distinct dossier_id)::int d
      from dossiers.action where kind = 'due-moved'`.execute(world.db);
    expect(rows[0]).toEqual({ n: 60, d: 60 });
    expect((await plans.get(approver, id)).status).toBe('applied');
  });

  test('one dossier the database refuses holds up no other: its batch is undone, it alone is named', async () => {
    const [bad = '', ...good] = await received(4);
    const id = await make();
    await work();
    await apply(id);
    const move: World['service']['due']['move'] = async (actor, order, trx) => {
      const done = await world.service.due.move(actor, order, trx);
      if (order.dossierId === bad) throw new Error('the disk said no');
      return done;
    };
    await work(planService({ ...world.service.due, move }));
    const after = await columns();
    expect(after.get(bad)?.calendar_revision_id).toBe(CALENDAR_REVISION_ID);
    for (const dossierId of good) expect(after.get(dossierId)?.calendar_revision_id).toBe(MORE);
    for (const dossierId of after.keys()) await checkLog(world.db, dossierId);
    const { rows } = await plans.items(approver, id, { state: 'skipped' });
    expect(rows.map((row) => [row.dossierId, row.why])).toEqual([[bad, 'failed']]);
  });
});

describe('the policy', () => {
  test('only later: what would come earlier keeps its date and its calendar', async () => {
    world.clock.set(vn('2023-08-25T08:00:00'));
    await received(2);
    const before = await columns();
    const id = await make({ revisionId: FEWER });
    await work();
    expect(await figures(id)).toMatchObject({ earlier: 2, kept: 2 });
    await apply(id);
    await work();
    expect(await columns()).toEqual(before);
    expect((await plans.items(approver, id, {})).rows.map((row) => row.why)).toEqual(['earlier', 'earlier']);
  });

  test('both: what becomes late by it must be accepted, with the number told', async () => {
    world.clock.set(vn('2023-08-25T08:00:00'));
    await received(2);
    world.clock.set(vn('2023-08-29T08:00:00'));
    const id = await make({ revisionId: FEWER, policy: 'both' });
    await work();
    expect(await figures(id)).toMatchObject({ earlier: 2, becomesLate: 2, listed: 2 });
    expect(await codeOf(apply(id))).toBe('plan/makes-late');
    await apply(id, approver, { acceptLate: true });
    await work();
    expect(await figures(id)).toMatchObject({ moved: 2 });
  });
});

describe('the way back', () => {
  test('gives the same columns but for the version', async () => {
    await received(3);
    const before = await columns();
    const id = await make();
    await work();
    await apply(id);
    await work();
    await revert(id);
    await work();
    const plain = (rows: Map<string, Columns>) => [...rows.values()].map(({ version: _, ...rest }) => rest);
    expect(plain(await columns())).toEqual(plain(before));
    expect(await plans.get(approver, id)).toMatchObject({
      status: 'reverted',
      revertReason: 'Thông báo đã bị thu hồi',
    });
    for (const dossierId of before.keys()) await checkLog(world.db, dossierId);
    expect(await codeOf(revert(id))).toBe('plan/state');
  });

  test('leaves what was worked on since, and names it', async () => {
    const [worked = '', idle = ''] = await received(2);
    const id = await make();
    await work();
    await apply(id);
    await work();
    await world.act(ACTOR.officer, worked, { kind: 'open' });
    await revert(id);
    await work();
    const { rows } = await plans.items(approver, id, {});
    expect(Object.fromEntries(rows.map((row) => [row.dossierId, [row.state, row.why]]))).toEqual({
      [worked]: ['changed', 'since'],
      [idle]: ['restored', null],
    });
  });

  test('for random histories, there and back is no way at all', async () => {
    const acts = fc.array(
      fc.constantFrom('open', 'suspend', 'resume', 'request-supplement', 'accept-supplement', 'draft-result'),
      {
        maxLength: 5,
      },
    );
    await fc.assert(
      fc.asyncProperty(
        fc.array(acts, { minLength: 1, maxLength: 3 }),
        fc.constantFrom(MORE, FEWER),
        async (histories, to) => {
          await sql`truncate calendar_plan.item, calendar_plan.plan cascade`.execute(world.db);
          for (const history of histories) {
            const { id } = await world.receive();
            for (const kind of history) {
              const command = {
                kind,
                reason: 'Lý do',
                items: [{ code: null, name: 'Giấy', what: 'bản chính' }],
                result: 'granted',
                title: 'GIẤY',
                body: 'Nội dung',
              };
              const who = kind === 'accept-supplement' ? ACTOR.desk : ACTOR.officer;
              await codeOf(world.act(who, id, command as never));
            }
          }
          const before = await columns();
          const id = await make({ revisionId: to, policy: 'both' });
          await work();
          await apply(id, approver, { acceptLate: true });
          await work();
          await revert(id);
          await work();
          for (const [dossierId, row] of await columns()) {
            const was = before.get(dossierId);
            expect({ ...row, version: 0 }).toEqual({ ...was, version: 0 });
            await checkLog(world.db, dossierId);
          }
        },
      ),
      { numRuns: 8 },
    );
  });
});

describe('who may', () => {
  test('sees and plans only for the units they hold the permission for', async () => {
    await received(1);
    await world.service.receiveAtDesk(ACTOR.otherDesk, intakeBody({ unitId: UNIT.otherDesk }));
    const all = await make();
    const own = await make({}, commune);
    await work();
    expect((await plans.get(commune, own)).units.map((unit) => unit.unitId)).toEqual([UNIT.authority]);
    expect((await plans.items(commune, all, {})).total).toBe(1);
    expect((await plans.items(approver, all, {})).total).toBe(2);
    expect(await codeOf(apply(all, commune))).toBe('plan/beyond-own');
    const stranger = staff(24, UNIT.clerks, may([UNIT.clerks]));
    expect(await codeOf(plans.get(stranger, own))).toBe('row/missing');
    expect((await plans.list(stranger, {})).total).toBe(0);
  });

  test('a plan can be counted anew or dropped before it is applied, not after', async () => {
    await received(1);
    const id = await make();
    await work();
    await received(1);
    await plans.recount(approver, id, (await plans.get(approver, id)).version);
    await work();
    expect(await figures(id)).toMatchObject({ listed: 2 });
    expect(await codeOf(plans.discard(approver, id, 1))).toBe('row/stale');
    await plans.discard(approver, id, (await plans.get(approver, id)).version);
    expect(await codeOf(apply(id))).toBe('plan/state');
  });

  test('a superseded revision, an only one, an unknown calendar and a missing reason are refused', async () => {
    expect(await codeOf(make({ calendarCode: 'khac' }))).toBe('row/missing');
    expect(await codeOf(make({ reason: ' ' }))).toBe('dossier/reason-needed');
    revisions = [{ id: MORE, validFrom: '2023-08-01', supersededAt: null }];
    expect(await codeOf(make())).toBe('plan/nothing-older');
    revisions = [
      { id: CALENDAR_REVISION_ID, validFrom: '2018-01-01', supersededAt: null },
      { id: MORE, validFrom: '2023-08-01', supersededAt: START },
    ];
    expect(await codeOf(make())).toBe('plan/superseded');
  });

  test('a repeated request makes one plan', async () => {
    const wish = {
      calendarCode: 'lich-thu',
      revisionId: MORE,
      policy: 'later-only',
      unitId: null,
      reason: 'Nghỉ bù',
    } as const;
    const replies = await Promise.all([1, 2, 3].map(() => plans.make(approver, wish, 'key-1')));
    expect(new Set(replies.map((reply) => reply.id)).size).toBe(1);
    expect((await plans.list(approver, {})).total).toBe(1);
  });
});

test('an order repeated under its key is given once and answers again', async () => {
  await received(1);
  const id = await make();
  await work();
  const { version } = await plans.get(approver, id);
  const order = { ...ORDER, version };
  await plans.apply(approver, id, order, 'khoa');
  await plans.apply(approver, id, order, 'khoa');
  expect(await codeOf(plans.apply(approver, id, order))).toBe('row/stale');
  expect(await codeOf(plans.apply(approver, id, { ...order, reason: 'Khác' }, 'khoa'))).toBe(
    'request/repeated-differently',
  );
  const { rows } = await sql<{ n: number }>`select count(*)::int n from audit.entry
    where action = 'calendar-plan.apply' and object_id = ${id}`.execute(world.db);
  expect(rows[0]?.n).toBe(1);
});

describe('another calendar given to a unit', () => {
  const event = (from: string, id = uuidv7(world.clock.now())): DomainEvent => ({
    id,
    topic: 'calendar.assigned',
    key: UNIT.desk,
    payload: { unitId: UNIT.desk, from, by: `staff:${approver.staffId}` },
    occurredAt: world.clock.now(),
  });
  const hear = async (...events: DomainEvent[]): Promise<void> => {
    const subscriber = createAssignmentSubscriber(contextOf());
    await world.db.transaction().execute((trx) => deliver(subscriber, events, trx));
  };
  const give = (revisionId: string, unitIds: readonly string[] = [UNIT.desk]): void => {
    const otherRevisionIds = [CALENDAR_REVISION_ID, MORE, FEWER].filter((id) => id !== revisionId);
    assigned = { code: 'lich-thu', name: 'Lịch thử', revisionId, otherRevisionIds, unitIds };
  };

  test('lists the open dossiers of its desk with what moves, once; applied and led back like any plan', async () => {
    const [id = ''] = await received(1);
    const before = await columns();
    give(MORE);
    const heard = event('2023-08-22');
    await hear(heard, heard);
    await work();
    const { rows } = await plans.list(approver, {});
    expect(rows).toMatchObject([
      {
        id: heard.id,
        status: 'ready',
        cause: 'assignment',
        assignedFrom: '2023-08-22',
        unitName: 'Bộ phận Một cửa xã Mẫu Một',
        reason: 'Bộ phận Một cửa xã Mẫu Một theo Lịch thử từ ngày 22/08/2023.',
      },
    ]);
    expect((await plans.items(approver, heard.id, {})).rows).toMatchObject([
      { dossierId: id, direction: 'later', movedDays: 1, movedMinutes: 480, state: 'listed' },
    ]);
    await apply(heard.id);
    await work();
    expect((await columns()).get(id)).toMatchObject({ calendar_revision_id: MORE });
    await checkLog(world.db, id);
    await revert(heard.id);
    await work();
    const after = (await columns()).get(id);
    expect({ ...after, version: 0 }).toEqual({ ...before.get(id), version: 0 });
  });

  test('leaves alone what is due before its first day, what another desk received, and what nothing is open for', async () => {
    await received(1);
    give(MORE, [UNIT.otherDesk]);
    await hear(event('2023-08-22'));
    expect((await plans.list(approver, {})).rows).toEqual([]);
    assigned = undefined;
    await hear(event('2023-08-22'));
    expect((await plans.list(approver, {})).rows).toEqual([]);
    give(MORE);
    const late = event('2023-10-01');
    await hear(late);
    await work();
    expect((await plans.items(approver, late.id, {})).rows).toMatchObject([{ state: 'kept', why: 'before-start' }]);
  });

  test('is not applied any more once the unit has yet another one', async () => {
    await received(1);
    give(MORE);
    const heard = event('2023-08-22');
    await hear(heard);
    await work();
    give(FEWER);
    expect(await codeOf(apply(heard.id))).toBe('plan/superseded');
  });
});
